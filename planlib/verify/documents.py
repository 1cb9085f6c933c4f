"""Reads files under test: any of them may be damaged, missing, huge, or made to mislead."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from planlib.errors import Problem
from planlib.intake.fingerprints import file_hash
from planlib.model.evidence import Sealed

LARGEST = 200_000_000  # bytes; the largest page known has two million

Document = TypeVar("Document", bound=Sealed)


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The text of a file; None, with a problem, where it cannot be read."""
    try:
        if not path.is_file():
            problems.append(Problem("there is no such file", str(path)))
        elif path.stat().st_size > LARGEST:
            message = f"is too large to be checked: more than {LARGEST // 10**6} MB"
            problems.append(Problem(message, str(path)))
        else:
            # As bytes: reading as text would turn one line ending into another.
            return path.read_bytes().decode("utf-8")
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror or error}", str(path)))
    except UnicodeDecodeError as error:
        problems.append(Problem(f"must be UTF-8 text, byte {error.start + 1} is not", str(path)))
    return None


def read_sealed(path: Path, kind: type[Document], problems: list[Problem]) -> Document | None:
    """A sealed document; None where it is none. Its seal and its very letters are checked."""
    text = read_text(path, problems)
    if text is None:
        return None
    try:
        document = kind.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        message = f"is not a file of verdicts: {where + ': ' if where else ''}{first['msg']}"
        problems.append(Problem(message[:300], str(path)))
        return None
    if document.text() != text:
        pairs = zip(document.text().splitlines(), text.splitlines(), strict=False)
        line = next((at for at, (a, b) in enumerate(pairs, start=1) if a != b), None)
        problems.append(Problem("is not written as planlib writes it", str(path), line))
    if document.sealed().sha256 != document.sha256:
        message = "does not have the hash it was sealed with: something in it was changed"
        problems.append(Problem(message, str(path)))
    return document


def check_hash(path: Path, expected: str, problems: list[Problem]) -> bool:
    """Whether a file has a hash; a problem where it has not."""
    try:
        if not path.is_file():
            problems.append(Problem("there is no such file any more", str(path)))
        elif file_hash(path) != expected:
            problems.append(Problem("has another hash than when it was reviewed", str(path)))
        else:
            return True
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror or error}", str(path)))
    return False
