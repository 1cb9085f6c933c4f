"""Jupyter messages over one local socket, where a kernel would use five zmq sockets.

A message travels as its channel and the frames ``jupyter_client.session.Session`` makes of it, so
whatever a kernel could send arrives as a client of a kernel would get it. Everything shares one
ordered stream: an output never arrives after the reply that closes its cell.
"""

from __future__ import annotations

import select
import struct
from collections.abc import Iterator, Sequence

IOPUB = b"iopub"
SHELL = b"shell"
LATER = "--"  # between what a template imports before and after its first notebook
END = b"end"  # asks the notebook's process to end in good order

HEADER = struct.Struct("!I")  # the length of a request to the template
WARM_SECONDS = struct.Struct("!d")  # what the template says once it is warm: how long it took
_COUNT = struct.Struct("!I")
_LENGTH = struct.Struct("!Q")


def readable(*descriptors: int, seconds: float | None) -> set[int]:
    """Those with something to read or an end to see, waiting so long for one; None waits for ever.

    By ``poll``: ``select`` refuses a descriptor beyond 1,023, which a process with many files has.
    """
    poller = select.poll()
    for descriptor in descriptors:
        poller.register(descriptor, select.POLLIN)
    return {found for found, _ in poller.poll(None if seconds is None else seconds * 1000)}


def packed(frames: Sequence[bytes]) -> bytes:
    """Frames as the bytes of one message.

    >>> list(Unpacker().feed(packed([b"shell", b"", b"x"])))
    [[b'shell', b'', b'x']]
    """
    parts = [_COUNT.pack(len(frames))]
    for frame in frames:
        parts += [_LENGTH.pack(len(frame)), frame]
    return b"".join(parts)


class Unpacker:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    @property
    def held(self) -> int:
        """The bytes of a message that is not whole yet."""
        return len(self._bytes)

    def feed(self, more: bytes) -> Iterator[list[bytes]]:
        """Add what arrived; gives each message that is whole by now."""
        self._bytes += more
        while (end := self._end()) is not None:
            yield self._frames()
            del self._bytes[:end]

    def _end(self) -> int | None:
        """Where the first message ends, None where it is not there yet."""
        held = len(self._bytes)
        if held < _COUNT.size:
            return None
        (count,) = _COUNT.unpack_from(self._bytes)
        at: int = _COUNT.size
        for _ in range(count):
            if held < at + _LENGTH.size:
                return None
            at += _LENGTH.size + _LENGTH.unpack_from(self._bytes, at)[0]
        return at if held >= at else None

    def _frames(self) -> list[bytes]:
        (count,) = _COUNT.unpack_from(self._bytes)
        at = _COUNT.size
        frames = []
        for _ in range(count):
            (length,) = _LENGTH.unpack_from(self._bytes, at)
            at += _LENGTH.size
            frames.append(bytes(self._bytes[at : at + length]))
            at += length
        return frames
