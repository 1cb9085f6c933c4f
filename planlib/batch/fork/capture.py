"""What a notebook prints, in the pieces and the order in which a kernel would send it.

ipykernel's own streams do the work, file descriptors included. Two things are better here: they
hand over through a plain event loop instead of zmq, and what a subprocess wrote is never lost or
late, where a kernel drops it when the cell ends first.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import termios
import threading
from collections.abc import Callable
from typing import Any

from planlib.batch.fork.private_interfaces import (
    BackgroundSocket,
    IOPubThread,
    make_selector_io_loop,
)
from planlib.batch.fork.private_interfaces import OutStream as KernelStream
from planlib.batch.fork.wire import readable

PIECE = 1 << 16


class PubThread(IOPubThread):
    """The thread that sends outputs while the notebook computes, without zmq."""

    def __init__(self, channel: Any, session: Any) -> None:
        # The parent's __init__ opens the sockets this one does without.
        self.socket = channel
        self.session = session
        self._stopped = False
        self._master_pid = os.getpid()
        self._pipe_flag = False  # processes forked by the notebook write to the wire themselves
        self._event_pipes = {}
        self._event_pipe_gc_task = None
        self.background_socket = BackgroundSocket(self)
        self.io_loop = make_selector_io_loop()
        self.thread = threading.Thread(target=self._thread_main, name="IOPub", daemon=True)

    def _thread_main(self) -> None:
        self.io_loop.start()
        self.io_loop.close(all_fds=True)

    def schedule(self, f: Callable[[], Any]) -> None:
        """Have the thread call a function; call it at once where the thread is not running."""
        if self.thread.is_alive():
            self.io_loop.add_callback(f)
        else:
            f()


class OutStream(KernelStream):
    """A standard stream that knows whether everything written to its descriptor has been read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._reading = threading.RLock()
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]
        os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self._reading = threading.RLock()

    def _watch_pipe_fd(self) -> None:
        """In a thread: take up what is written to the descriptor itself."""
        try:
            while self._should_watch and self._fid is not None:
                readable(self._fid, seconds=None)
                with self._reading:
                    if waiting(self._fid):
                        self._take(self._fid)
        except Exception:
            self._exc = sys.exc_info()

    def _take(self, descriptor: int) -> None:
        piece = os.read(descriptor, PIECE)
        super().write(piece.decode(errors="replace"))
        os.write(self._original_stdstream_copy, piece)

    def drain(self) -> None:
        """Take up all that has been written to the descriptor by now."""
        if self._fid is None or not self._is_master_process():  # type: ignore[no-untyped-call]
            return
        with self._reading:
            while waiting(self._fid):
                self._take(self._fid)

    def write(self, string: str) -> int | None:  # type: ignore[override]  # as ipykernel's
        """Write after what subprocesses wrote before."""
        if self._fid is not None and waiting(self._fid):
            self.drain()
        return super().write(string)

    def flush(self) -> None:
        """Send what there is, subprocesses' output included."""
        self.drain()
        super().flush()  # type: ignore[no-untyped-call]


# A notebook that shows or pickles its streams sees the class a kernel has.
OutStream.__module__ = KernelStream.__module__


def waiting(descriptor: int) -> int:
    """How many bytes wait in a pipe."""
    (count,) = struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4))
    return int(count)
