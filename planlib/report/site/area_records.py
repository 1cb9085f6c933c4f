"""How the last run left the folder of each review, so that what is as it was is not read again.

``.planlib-areas.jsonl`` holds a line a review: every file with its size, times and hash, what the index
needs of it, and a key of what it was made from; its head holds the pages of lists of areas. A file is
as it was when its size and times are, or else its hash. Whoever doubts that reads everything: ``planlib
verify`` does. Of a folder at an address nothing is kept, and all is read.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from planlib.report.site.area_results import AreaResults, PlanHead
from planlib.report.site.page_records import PageRecords
from planlib.storage.atomic import Stamp
from planlib.storage.store import LocalStore, Place, Store, store_of

AREAS_KEPT = ".planlib-areas.jsonl"
FORMAT = 3
SETTLED = 50_000_000  # nanoseconds after which a change shows in the times of a file
COARSE = 1_000_000_000  # times of whole seconds: a disk that tells them no finer


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """A review as a run left it: its files with their hashes, its results, what it was made from."""

    results: AreaResults
    files: Mapping[str, str]
    key: str
    beside: str

    @property
    def whole(self) -> bool:
        """Whether all was made that was asked for, and it is known from what."""
        return bool(self.key) and not (self.results.failures or self.results.undone)


class AreaRecords:
    """The records of a reports folder.

    ``there`` are stamps of the files of reviews, where they were looked at already. ``made_with`` names
    the versions of what shapes pages: of others nothing is known here.
    """

    def __init__(
        self, place: Place, made_with: str = "",
        there: Mapping[str, Mapping[str, Stamp]] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self._store, self._made_with = store_of(place), made_with
        self._there = there
        self._lines: dict[str, str] = {}
        self._heads: dict[str, PlanHead] = {}
        self._found: dict[str, AreaRecord | None] = {}
        self._results: dict[str, tuple[AreaResults, str]] = {}
        self._beside: tuple[Collection[str], str] = ((), "")
        self._changed = False
        self.pages = PageRecords(self._store)
        if isinstance(self._store, LocalStore) and made_with:
            self._read(self._store)

    def _read(self, store: LocalStore) -> None:
        try:
            first, *lines = store.read(AREAS_KEPT).decode("utf-8").splitlines()
            head = json.loads(first)
            if (head["format"], head["made_with"]) != (FORMAT, self._made_with):
                return
            self._heads = {name: PlanHead.read(told) for name, told in head["plans"].items()}
            self._lines = {json.loads(line[1 : line.index(",")]): line for line in lines}
            self.pages = PageRecords(store, head["pages"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self._lines = {}  # what is damaged is made again

    def settled(self, folder: str, beside: Collection[str] | None = None) -> AreaRecord | None:
        """The record of a review whose folder is as the last run left it, else None.

        ``beside`` are the pages of goals that its index leads to: with others it is to be written.
        """
        if folder not in self._found:
            line = self._lines.get(folder)
            self._found[folder] = None if line is None else self._checked(folder, line)
        record = self._found[folder]
        if record is not None and beside is not None and record.beside != self._told(beside):
            self._found[folder] = record = None
        return record

    def _told(self, beside: Collection[str]) -> str:
        """A short form of the names of pages, which are the same for all areas of a plan."""
        if beside is not self._beside[0]:
            text = "\n".join(sorted(beside))
            self._beside = beside, hashlib.sha256(text.encode()).hexdigest()[:16]
        return self._beside[1]

    def _checked(self, folder: str, line: str) -> AreaRecord | None:
        store = self._store.at(folder)
        assert isinstance(store, LocalStore)
        try:
            _, head, results, key, beside, files = json.loads(line)
            there = self._there.get(folder)
            there = store.stamps() if there is None else there
            if there.keys() != files.keys():
                return None
            for name, (sha256, *stamp) in files.items():
                if [*there[name]] != stamp and hashlib.sha256(
                    store.read(name)
                ).hexdigest() != sha256:
                    return None
            hashes = {name: file[0] for name, file in files.items()}
            return AreaRecord(AreaResults.read(self._heads[head], results), hashes, key, beside)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def hashes(self, folder: str, wanted: Set[str]) -> dict[str, str]:
        """The hashes of some files of a review, as far as they are there. Raises OSError."""
        if (record := self.settled(folder)) is not None:
            return {name: record.files[name] for name in wanted & record.files.keys()}
        store = self._store.at(folder)
        there = wanted & {*store.names()}
        return {name: hashlib.sha256(store.read(name)).hexdigest() for name in there}

    def forget(self, folders: Iterable[str]) -> None:
        """The files of some reviews will be others, or may."""
        self._found |= dict.fromkeys(folders)

    def note(self, results: AreaResults, beside: Collection[str]) -> None:
        """Keep what the index needs of a review that was not settled; ``beside`` as there."""
        self._results[results.folder] = results, self._told(beside)

    def folders_with(self, begin: str) -> list[str]:
        """The folders, of those asked for or noted, that have a page whose name begins so."""
        known = {folder: one.results for folder, one in self._found.items() if one is not None}
        known |= {folder: results for folder, (results, _) in self._results.items()}
        return sorted(f for f, one in known.items() if any(p.startswith(begin) for p in one.pages))

    def changed(self, folder: str) -> None:
        """Files of a review were written anew after its results were known."""
        if (record := self._found.get(folder)) is not None and folder not in self._results:
            self._results[folder] = record.results, record.beside
        self._found[folder] = None

    def keep_only(self, folders: Iterable[str]) -> None:
        """Forget the reviews that are there no more."""
        gone = self._lines.keys() - {*folders}
        for folder in gone:
            del self._lines[folder]
        self._changed |= bool(gone)

    def close(self, keys: Mapping[str, str]) -> None:
        """Write down how the reviews noted stand now; ``keys`` say what some were made from.

        Raises OSError.
        """
        store = self._store
        if not isinstance(store, LocalStore) or not self._made_with:
            return
        heads = {head: name for name, head in self._heads.items()}
        for folder, (results, beside) in self._results.items():
            name = heads.setdefault(results.head, str(len(heads)))
            files = _files(store.at(folder))
            record = [folder, name, results.record(), keys.get(folder, ""), beside, files]
            self._lines[folder] = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        if not (self._results or self._changed or self.pages.changed):
            return
        plans = {name: head.record() for head, name in heads.items()}
        told = {
            "format": FORMAT, "made_with": self._made_with, "plans": plans,
            "pages": self.pages.record(),
        }  # fmt: skip
        lines = [json.dumps(told, ensure_ascii=False), *self._lines.values()]
        store.write(AREAS_KEPT, "".join(f"{line}\n" for line in lines))


def _files(store: Store) -> dict[str, list[Any]]:
    """Every file of a folder: its hash, size and times; without these where it was just written.

    A change in the same moment would leave them as they are, so its hash is asked for next time.
    """
    assert isinstance(store, LocalStore)
    found: dict[str, list[Any]] = {}
    for name, stamp in store.stamps().items():
        began = time.time_ns()
        sha256 = hashlib.sha256(store.read(name)).hexdigest()
        newest = max(stamp[1:3], default=began)
        fine = SETTLED if newest % COARSE else 2 * COARSE
        found[name] = [sha256, *(stamp if newest + fine < began else ())]
    return found
