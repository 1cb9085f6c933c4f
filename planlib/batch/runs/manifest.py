"""What is done in a reports folder: one line a job, with its key and the hashes of its files.

While a run goes, lines are only ever added to a journal of its own, one when a job's files are in
place; at its end they are folded into the manifest, which is replaced in one step, and only then does the
journal go. A run that is killed at any moment leaves a manifest, a journal, or both, and reading
the one and then the other gives the same. A line cut short is no line: its job is run again.

An address has no appending. There the journal is a few files of many lines each, written when
enough of them wait or some time has passed; a killed run loses the lines that waited, and those
jobs are run again.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
import time
import uuid
from dataclasses import dataclass, fields
from typing import IO

from planlib.batch.jobs.keys import Key
from planlib.batch.runs.settings import MANIFEST
from planlib.storage.store import LocalStore, Store

JOURNAL = ".planlib-journal"
_NUMBER = re.compile(rf"{re.escape(JOURNAL)}-([0-9]{{4,9}})\.jsonl$")
_PARTS = tuple(one.name for one in fields(Key))
ENOUGH, OFTEN = 500, 15.0  # lines, and seconds, after which an address gets a journal file


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One job that is done: its name, its key, and the hash of each file by its ending."""

    name: str
    key: Key
    files: dict[str, str]

    def line(self) -> str:
        """The entry as one line of JSON."""
        key = {part: getattr(self.key, part) for part in _PARTS}
        return json.dumps({"name": self.name, **key, "files": self.files})


def _read(text: bytes, into: dict[str, ManifestEntry], lines: dict[str, str]) -> None:
    """Take over the whole lines of a file; whatever is damaged is left out."""
    for line in text.splitlines():
        try:
            read = json.loads(line)
            name, files = read.pop("name"), read.pop("files")
            if files is None:
                into.pop(name, None)
                lines.pop(name, None)
                continue
            key = Key(**{part: sys.intern(text) for part, text in read.items()})
            into[name] = ManifestEntry(name, key, dict(files))
            lines[name] = line.decode()
        except (ValueError, KeyError, TypeError, AttributeError):
            continue


class Manifest:
    """The entries of a folder, and the journal of the run that holds its lock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._entries: dict[str, ManifestEntry] = {}
        self._lines: dict[str, str] = {}  # of the entries as they stand in the files
        self._journals: list[str] = []
        self._waiting: list[str] = []
        self._written = time.monotonic()
        self._handle: IO[bytes] | None = None
        names = store.names()
        read = [MANIFEST] if MANIFEST in names else []
        self._journals = [name for name in names if name.startswith(JOURNAL)]
        for name in [*read, *self._journals]:
            _read(store.read(name), self._entries, self._lines)

    def get(self, name: str) -> ManifestEntry | None:
        """The entry of a job, None where there is none."""
        return self._entries.get(name)

    def add(self, entry: ManifestEntry) -> None:
        """Note that a job is done. Raises OSError."""
        line = entry.line()
        self._entries[entry.name], self._lines[entry.name] = entry, line
        self._note(line)

    def drop(self, name: str) -> None:
        """Note that a job failed: whatever it wrote before is not what it would write now."""
        self._lines.pop(name, None)
        if self._entries.pop(name, None) is not None:
            self._note(json.dumps({"name": name, "files": None}))

    def _note(self, line: str) -> None:
        if isinstance(self._store, LocalStore):
            self._append(self._store, line)
            return
        self._waiting.append(line)
        if len(self._waiting) >= ENOUGH or time.monotonic() - self._written >= OFTEN:
            self._flush()

    def _append(self, store: LocalStore, line: str) -> None:
        while self._handle is None:
            numbers = [int(found[1]) for found in map(_NUMBER.match, self._journals) if found]
            number = max(numbers, default=0)
            name = f"{JOURNAL}-{number + 1:04d}.jsonl"
            with contextlib.suppress(FileExistsError):  # found with the next number
                # In one write at the end of the file: a line is there whole, or cut short.
                self._handle = store.create(name)
            self._journals = sorted({*self._journals, name})
        whole = self._handle.tell()
        try:
            written = self._handle.write(f"{line}\n".encode())
            if written != len(line.encode()) + 1:
                raise OSError(28, os.strerror(28), str(store.path(self._journals[-1])))
        except OSError:
            self._handle.truncate(whole)
            self._handle.seek(whole)
            raise

    def _flush(self) -> None:
        if self._waiting:
            name = f"{JOURNAL}-{uuid.uuid4().hex}.jsonl"
            self._store.write(name, "\n".join(self._waiting) + "\n")
            self._journals.append(name)
            self._waiting = []
        self._written = time.monotonic()

    def close(self) -> None:
        """Fold the journal into the manifest. Raises OSError."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
        lines = "".join(f"{self._lines[name]}\n" for name in sorted(self._lines))
        if lines or self._journals:
            self._store.write(MANIFEST, lines)
        for name in self._journals:
            self._store.remove(name)
        self._journals, self._waiting = [], []

    def abandon(self) -> None:
        """Let go of the journal as it stands, where it could not be folded."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def __len__(self) -> int:
        return len(self._entries)
