"""The end of the wire in the notebook's process, where threads and child processes all write."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence

from planlib.batch.fork.wire import Unpacker, packed


class Wire:
    """The end of the socket in the notebook's process.

    Threads of the notebook write here, and processes it forks: what a worker of
    ``multiprocessing`` prints belongs to the notebook too. A lock on a file keeps their messages
    apart, as the system lets go of it when a process is killed.
    """

    def __init__(self, end: socket.socket) -> None:
        self.socket = end
        self._unpacker = Unpacker()
        self._turn = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open as long as the wire
        self._threads = threading.Lock()
        os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self._threads = threading.Lock()  # another thread may have held it, and is not here

    def send(self, frames: Sequence[bytes]) -> None:
        """Send a message whole."""
        data = packed(frames)
        with self._threads:
            fcntl.lockf(self._turn, fcntl.LOCK_EX)
            try:
                self.socket.sendall(data)
            finally:
                fcntl.lockf(self._turn, fcntl.LOCK_UN)

    def receive(self) -> Iterator[list[bytes]]:
        """The messages that have arrived; raises EOFError where the other end is closed."""
        try:
            data = self.socket.recv(1 << 16, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if not data:
            raise EOFError
        yield from self._unpacker.feed(data)


class Channel:
    """One channel of a wire, as much of a zmq socket as ``Session.send`` needs."""

    def __init__(self, wire: Wire, name: bytes) -> None:
        self._wire = wire
        self._name = name

    def send_multipart(
        self, frames: Sequence[bytes], *, copy: bool = True, track: bool = False
    ) -> None:
        """Send the frames of a message."""
        self._wire.send([self._name, *(bytes(frame) for frame in frames)])

    def close(self) -> None:
        """Nothing to close: the wire is closed with the process."""
