"""Waiting for files to change: looked at again and again, as no library watches everywhere.

A network folder, a synchronised one and a file that is replaced tell their changes to nobody but
who looks. What is being written is waited for: nothing is told before the files have stayed as they
are for a while.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from planlib.batch.jobs.keys import Stamp, stamps
from planlib.plan.plan_files import HEADER, yaml_files

EVERY = 0.4  # seconds between two looks; files that are the same in two have settled
STEP = 2.1  # seconds: a little more than the coarsest file systems count in


class FileChanges:
    """The files that changed since they were last told."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._before = stamps(files)

    def also(self, files: Iterable[Path]) -> None:
        """More files count from now on, as they are."""
        self._before |= stamps(path for path in files if path not in self._before)

    def wait(self) -> list[Path]:
        """Wait until files have changed and settled; those that are others, new or gone."""
        while True:
            time.sleep(EVERY)
            now = self._look()
            if now == self._before:
                continue
            time.sleep(_while(self._before, now))
            while (settled := self._look()) != now:
                now = settled
                time.sleep(_while(self._before, now))
            before, self._before = self._before, now
            if changed := sorted(path for path in now if before.get(path) != now[path]):
                return changed  # else what was being written is as it was

    def _look(self) -> dict[Path, Stamp]:
        """The files as they are, with those that were laid beside the others of a plan."""
        plans = [path.parent for path in self._before if path.name == HEADER]
        beside = (path for folder in plans for path in yaml_files(folder))
        return stamps(dict.fromkeys([*self._before, *beside]))


def _while(before: Mapping[Path, Stamp], now: Mapping[Path, Stamp]) -> float:
    """How long files must stay as they are.

    Where they are told apart by whole seconds, what is written in the same one as this looks the
    same: it must be over before the files are read, or it would never be noticed.
    """
    others = (stamp for path, stamp in now.items() if stamp and stamp != before.get(path))
    return STEP if any(stamp[1] % 10**9 == 0 for stamp in others) else EVERY
