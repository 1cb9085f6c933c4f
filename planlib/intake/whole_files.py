"""Writes a file of figures so that a kill at any moment leaves the old one or the new one.

The new bytes go beside the file, reach the disk, and then take its name in one step. Whoever writes
holds a lock that the operating system lets go of however the process ends.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from planlib.errors import InputError, Problem, said


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
