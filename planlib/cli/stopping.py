"""A command that is stopped ends in good order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOPPED = 130  # the exit code


class Stop:
    """Whether a run was asked to stop."""

    asked = False

    def check(self) -> None:
        """Stop now where it was asked and nothing came of it.

        What a signal raises is dropped by Python where it comes in a callback of the interpreter's
        own, such as one that tidies up after an import: a run that never ends looks here besides.
        """
        if self.asked:
            raise KeyboardInterrupt


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
