"""A command that is stopped ends in good order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planlib.batch.runs.outcomes import Listener

STOPPED = 130  # the exit code


class Stop:
    """Whether a run was asked to stop."""

    asked = False

    def check(self) -> None:
        """Stop now where it was asked and nothing came of it.

        What a signal raises is dropped by Python where it comes in a callback of the interpreter's
        own, such as one that tidies up after an import: a run of many jobs looks here besides.
        """
        if self.asked:
            raise KeyboardInterrupt


class Stoppable:
    """Tells a listener how a run goes, and stops the run at its next job where that was asked."""

    def __init__(self, listener: Listener, stop: Stop) -> None:
        """Tell whom, and stop by what."""
        self._listener, self._stop = listener, stop

    def expect(self, jobs: int, reused: int) -> None:
        """So many jobs will be run, and so many are done already."""
        self._listener.expect(jobs, reused)
        self._stop.check()

    def started(self, label: str) -> None:
        """A job was taken up."""
        self._listener.started(label)
        self._stop.check()

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended."""
        self._listener.finished(label, seconds, failure)
        self._stop.check()

    def after(self, stage: str, done: int, total: int) -> None:
        """So much is done of what is made of all jobs together, which a run that was stopped makes too."""
        self._listener.after(stage, done, total)


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Ctrl-C and being asked to end (``kill``, a shutdown) stop the run in good order.

    Also where whoever started the command had it ignore Ctrl-C, as shells do behind ``&``: who
    sends the signal to a run means it. Only a closed terminal stays ignored where ``nohup`` says so.
    """

    run = Stop()

    def stop(*_: object) -> None:
        run.asked = True
        raise KeyboardInterrupt

    numbers = [signal.SIGINT, signal.SIGTERM]
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup is not None and signal.getsignal(hangup) != signal.SIG_IGN:
        numbers.append(hangup)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield run
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
