"""A folder for what the processes of one run keep for themselves, gone when the run is.

A run that is killed cannot remove it. The run holds a lock in it for as long as it lives, so the
next run of the same person knows which of these folders belong to nobody any more, and removes
them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import lock_descriptor

PREFIX = "planlib-run-"
LOCK = "lock"
UNLOCKED = 3600.0  # seconds after which a folder without a lock cannot be one just being made


class ScratchFolder:
    """The folder; leaving the ``with`` block removes it."""

    def __init__(self) -> None:
        sweep()
        while True:
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
            self._lock = (self.path / LOCK).open("a+", encoding="ascii")
            if lock_descriptor(self._lock.fileno(), blocking=False):
                break  # else another run swept it away between its making and its locking
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the folder."""
        self._lock.close()
        # A kernel that is just ending may still be removing its own files there.
        shutil.rmtree(self.path, ignore_errors=True)


def sweep() -> int:
    """Remove the folders that killed runs of this person left; returns how many there were."""
    found = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            found_here = folder.lstat()  # a link may be anybody's
            mine = not hasattr(os, "getuid") or found_here.st_uid == os.getuid()
            if not mine or not stat.S_ISDIR(found_here.st_mode):
                continue
            if not (folder / LOCK).exists():
                if time.time() - folder.stat().st_mtime > UNLOCKED:
                    shutil.rmtree(folder, ignore_errors=True)
                continue
            with (folder / LOCK).open("r+", encoding="ascii") as handle:
                if not lock_descriptor(handle.fileno(), blocking=False):
                    continue
            shutil.rmtree(folder, ignore_errors=True)
            found += 1
    return found
