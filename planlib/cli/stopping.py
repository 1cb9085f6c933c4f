"""A command that is stopped ends in good order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOPPED = 130  # the exit code


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C and being asked to end (``kill``, a shutdown) stop the run in good order.

    Also where whoever started the command had it ignore Ctrl-C, as shells do behind ``&``: who
    sends the signal to a run means it. Only a closed terminal stays ignored where ``nohup`` says so.
    """

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    numbers = [signal.SIGINT, signal.SIGTERM]
    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup is not None and signal.getsignal(hangup) != signal.SIG_IGN:
        numbers.append(hangup)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
