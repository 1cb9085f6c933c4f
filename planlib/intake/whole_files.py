"""Reads a file whole within bounds, and writes one so that a kill leaves the old or the new one.

The new bytes go beside the file, reach the disk, and then take its name in one step. Whoever writes
holds a lock that the operating system lets go of however the process ends.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from planlib.errors import InputError, Problem, said

LARGEST_TABLE = 2**29  # bytes of a table of figures
LONGEST_NAME = 200  # characters of a name that are told


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of a file; raises InputError for one that cannot be read or is longer than ``most``.

    For whatever a stranger sends: a device, a pipe nobody writes to and a file that grows while it
    is read come back in one line, as do names and links that lead nowhere.
    """
    with open_file(path, most) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise too_long(path, most)
    return data


def open_file(path: Path, most: int) -> IO[bytes]:
    """A file opened for reading; raises InputError as ``read_whole`` does.

    The kind and length are those of what was opened, whatever has the name a moment later.
    """
    try:
        # A pipe that nobody writes to would block the opening itself.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except (OSError, ValueError) as error:
        raise unread(path, error) from None
    told = os.fstat(handle)
    if not stat.S_ISREG(told.st_mode):
        os.close(handle)
        folder = stat.S_ISDIR(told.st_mode)
        kind = said("a folder, not a file") if folder else said("a pipe or a device, not a file")
        raise InputError([Problem(said("cannot be read: {reason}", reason=kind), str(path))])
    if told.st_size > most:
        os.close(handle)
        raise too_long(path, most)
    return os.fdopen(handle, "rb")


def unread(path: Path, error: Exception) -> InputError:
    """Why a file cannot be read, as one problem; the name is cut where it is the fault."""
    reason = getattr(error, "strerror", None) or str(error)
    name = str(path)
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return InputError([Problem(said("cannot be read: {reason}", reason=reason), shown)])


def too_long(path: Path, most: int) -> InputError:
    """A file longer than is read."""
    size = most // 2**20
    return InputError([Problem(said("is longer than {size} MB", size=size), str(path))])


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold a file for writing; waits for another writer. Raises InputError where it cannot be held.

    The lock is a file of its own beside it, since the file itself is replaced. It stays, empty.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        handle = lock.open("a+b")
    except OSError as error:
        raise _unwritten(path, error) from None
    with handle:
        _take(handle)
        yield


def replace_bytes(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file in one step; whatever fails, the old one stays. Raises InputError."""
    target = path.resolve()  # a link stays a link
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as handle:
            for part in parts:
                handle.write(part)
            handle.flush()
            os.fsync(handle.fileno())
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise _unwritten(path, error) from None
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def remove_leftovers(path: Path) -> None:
    """Remove what a killed writer left beside a file; only for the holder of its lock."""
    target = path.resolve()
    for left in target.parent.glob(f".{target.name}.*.part"):
        left.unlink(missing_ok=True)


def _unwritten(path: Path, error: OSError) -> InputError:
    message = said("cannot be written: {reason}", reason=error.strerror or str(error))
    return InputError([Problem(message, str(path))])


if sys.platform == "win32":
    import msvcrt
    import time

    def _take(handle: IO[bytes]) -> None:
        while True:
            try:
                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.05)
            else:
                return

    def _sync_folder(folder: Path) -> None:
        """Windows has no such call; the rename itself is all there is."""
else:
    import fcntl

    def _take(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _sync_folder(folder: Path) -> None:
        """The new name itself must reach the disk."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
