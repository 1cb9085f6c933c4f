"""What a run has still to make, kept in the reports folder for as long as it is not made.

A run that is stopped or killed leaves pages of before beside verdicts of now. ``planlib verify``
tells by this file that the folder is between two runs, and the next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterable

from planlib.storage.store import Store
from planlib.verify.documents import UNFINISHED


class Unfinished:
    """The names of pages and documents that are still to be made, also by runs before this one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        try:
            told = store.read(UNFINISHED).decode("utf-8", "replace")
        except OSError:
            told = ""
        self._kept = told
        self._left = dict.fromkeys(told.splitlines())

    def begin(self, names: Iterable[str]) -> None:
        """These are to be made."""
        self._left |= dict.fromkeys(names)
        self._keep()

    def end(self, names: Iterable[str]) -> None:
        """These are made, or could not be."""
        for name in names:
            self._left.pop(name, None)
        self._keep()

    def _keep(self) -> None:
        told = "".join(f"{name}\n" for name in sorted(self._left))
        if told and told != self._kept:
            self._store.write(UNFINISHED, told)
        elif self._kept and not told:
            self._store.remove(UNFINISHED)
        self._kept = told
