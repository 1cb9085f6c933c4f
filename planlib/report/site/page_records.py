"""The pages beside the areas of a plan that stand as the last run left them, made from the same.

Of eleven thousand areas, whose verdicts stand on hundreds of pages, a changed figure is on one. A page
is made again unless what it is made from has the same hash as before, and so has every byte of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from planlib.storage.store import Store


class PageRecords:
    """Of each page below a reports folder: the hash of what it was made from, and of its bytes."""

    def __init__(self, store: Store, before: Mapping[str, Sequence[str]] | None = None) -> None:
        self._store, self._before = store, dict(before or {})
        self._now: dict[str, Sequence[str]] = {}

    def stands(self, name: str, key: str) -> bool:
        """Whether a page is as it was left, made from what ``key`` says; such a one is kept on record."""
        kept = self._before.get(name)
        if kept is None or kept[0] != key:
            return False
        try:
            stands = _hash(self._store.read(name)) == kept[1]
        except OSError:
            return False
        if stands:
            self._now[name] = kept
        return stands

    def made(self, name: str, key: str, text: str) -> None:
        """Keep what a page was made from."""
        self._now[name] = key, _hash(text.encode())

    @property
    def changed(self) -> bool:
        """Whether the record is another than before."""
        return {name: [*kept] for name, kept in self._before.items()} != self.record()

    def record(self) -> dict[str, list[str]]:
        """The record as JSON values: of the pages that stand, or were made."""
        return {name: [*kept] for name, kept in self._now.items()}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
