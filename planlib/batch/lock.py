"""One run at a time in a reports folder: two would undo each other's index.

The operating system holds the lock and lets go when the process ends, however it ends, so a
killed run never leaves a folder locked. The file stays; it is empty between runs.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from planlib.errors import InputError, Problem

NAME = ".planlib.lock"


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold the folder; raises InputError where another run does, OSError where it is read-only."""
    with (out / NAME).open("a+", encoding="ascii") as handle:
        try:
            take(handle)
        except OSError:
            handle.seek(0)
            who = handle.read().strip()
            whose = f"process {who}" if who.isdigit() else "another process"
            raise InputError(
                [
                    Problem(
                        f"{whose} is writing reports to this folder",
                        file=str(out),
                        hint="wait until it is done, or choose another folder with --out",
                    )
                ]
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        try:
            yield
        finally:
            handle.truncate(0)


if sys.platform == "win32":
    import msvcrt

    def take(handle: IO[str]) -> None:
        """Take the lock of an open file; raises OSError where another process holds it."""
        # A byte far behind the text, which others must be able to read.
        handle.seek(1 << 20)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def take(handle: IO[str]) -> None:
        """Take the lock of an open file; raises OSError where another process holds it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
