"""Files under test: any may be damaged, missing, huge, or made to mislead.

They are read, and a reports folder is listed without following a link, so that nothing is
overlooked.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from planlib.errors import Problem, Said, said, system_reason
from planlib.figures.fingerprints import file_hash
from planlib.verify.evidence import FORMAT, Sealed

# Bytes of one file. The largest page known has two million, the index of 11,000 areas ten.
LARGEST = 64_000_000
DEEPEST = 60  # folders in one another; planlib's own are two deep, those of own notebooks a few
SHOWN = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".ipynb")  # what a reader opens
# What a run that was stopped has still to make, a name a line.
UNFINISHED = ".planlib-unfinished.txt"
# What a run keeps for itself in the folder, and what one that was killed was just writing.
KEPT = re.compile(
    r"\.planlib\.lock|\.planlib-unfinished\.txt|\.planlib-(manifest|areas|journal[-0-9a-f]*)\.jsonl|(.*/)?\.[^/]+\.part"
)

Document = TypeVar("Document", bound=Sealed)


def read_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """A file; None, with a problem, where it is none, is a link, is too large or cannot be read."""
    try:
        if path.is_symlink() or not path.is_file():
            problems.append(Problem(said("figures.file-not-found"), str(path)))
        elif path.stat().st_size > LARGEST:
            message = said("verify.file-too-large", most=LARGEST // 10**6)
            problems.append(Problem(message, str(path)))
        else:
            return path.read_bytes()
    except OSError as error:
        why = system_reason(error)
        problems.append(Problem(said("verify.cannot-read", why=why), str(path)))
    return None


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The text of a file; None, with a problem, where it cannot be read."""
    data = read_bytes(path, problems)  # as text, one line ending would turn into another
    return None if data is None else decoded(data, path, problems)


def decoded(data: bytes, path: Path, problems: list[Problem]) -> str | None:
    """The text of bytes; None, with a problem, where they are none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = said("verify.file-not-utf-8", at=error.start + 1)
        problems.append(Problem(message, str(path)))
        return None


def read_json(text: str) -> Any:
    """What a JSON text says. Raises ValueError where it is none, in whatever way."""
    try:
        return json.loads(text, parse_constant=_refused)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no number of JSON")


def read_sealed(path: Path, kind: type[Document], problems: list[Problem]) -> Document | None:
    """A sealed document; None where it is none. Its seal and its very letters are checked."""
    text = read_text(path, problems)
    document = None if text is None else parsed(text, path, kind, problems)
    if text is None or document is None:
        return None
    if document.text() != text:
        pairs = zip(document.text().splitlines(), text.splitlines(), strict=False)
        line = next((at for at, (a, b) in enumerate(pairs, start=1) if a != b), None)
        problems.append(Problem(said("verify.not-written-planlib-writes"), str(path), line))
    if document.sealed().sha256 != document.sha256:
        message = said("verify.sealed-file-changed")
        problems.append(Problem(message, str(path)))
    return document


def parsed(text: str, path: Path, kind: type[Document], problems: list[Problem]) -> Document | None:
    """The document that a text holds, its seal not looked at; None, with a problem, where none."""
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if first["loc"] == ("schema_version",) and "sha256" in text:
            message = said("verify.format-unknown", format=FORMAT)
            hint = said("verify.run-review-again-verify")
            problems.append(Problem(message, str(path), hint=hint))
            return None
        where = ".".join(str(part)[:50] for part in first["loc"])
        why = f"{where + ': ' if where else ''}{first['msg']}"[:300]
        problems.append(Problem(said("verify.verdicts-unreadable", why=why), str(path)))
        return None


def check_hash(
    path: Path, expected: str, problems: list[Problem], hint: Said | None = None
) -> bool:
    """Whether a file has a hash; a problem, with a hint where there is one, where it has not."""
    try:
        if path.is_symlink() or not path.is_file():
            problems.append(Problem(said("verify.file-gone"), str(path)))
        elif file_hash(path) != expected:
            problems.append(Problem(said("verify.file-hash-differs"), str(path), hint=hint))
        else:
            return True
    except OSError as error:
        why = system_reason(error)
        problems.append(Problem(said("verify.cannot-read", why=why), str(path)))
    return False


@dataclass(frozen=True)
class Listing:
    """The files below a folder by name, with slashes."""

    root: Path
    files: frozenset[str]

    def strangers(self, known: Collection[str], reviews: Collection[str]) -> tuple[str, ...]:
        """Files that nobody vouches for, in order.

        ``known`` are those that somebody does, ``reviews`` the folders of reviews, in which every
        file counts; elsewhere those count that a reader opens as a page.
        """
        found = []
        for name in sorted(self.files - frozenset(known)):
            if KEPT.fullmatch(name):
                continue
            folder, _, last = name.rpartition("/")
            if folder in reviews or last.lower().endswith(SHOWN):
                found.append(name)
        return tuple(found)

    def others(self, known: Collection[str], strangers: Collection[str]) -> tuple[str, ...]:
        """The files that are neither known nor strangers: nothing is said of what is in them."""
        left = self.files - frozenset(known) - frozenset(strangers)
        return tuple(sorted(n for n in left if not KEPT.fullmatch(n)))


def listing_of(root: Path, problems: list[Problem]) -> Listing:
    """The files below a folder; a link, and what is no file, are told and left alone."""
    found: set[str] = set()
    waiting: list[tuple[str, int]] = [("", 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(root / folder) as entries:
                for entry in entries:
                    name = f"{folder}/{entry.name}" if folder else entry.name
                    if entry.is_symlink():
                        message = said("verify.link-proof-follows-none")
                        problems.append(Problem(message, str(root / name)))
                    elif entry.is_dir():
                        waiting.append((name, depth + 1))
                        if depth + 1 > DEEPEST:
                            waiting.pop()
                            message = said("verify.lies-too-deep-checked")
                            problems.append(Problem(message, str(root / name)))
                    elif entry.is_file():
                        found.add(name)
                    else:
                        message = said("verify.not-a-file")
                        problems.append(Problem(message, str(root / name)))
        except OSError as error:
            why = system_reason(error)
            message = said("verify.cannot-read", why=why)
            problems.append(Problem(message, str(root / folder)))
    return Listing(root, frozenset(found))
