"""Reads files under test: any of them may be damaged, missing, huge, or made to mislead."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from planlib.errors import Problem, said
from planlib.figures.fingerprints import file_hash
from planlib.verify.evidence import FORMAT, Sealed

# Bytes of one file. The largest page known has two million, the index of 11,000 areas ten.
LARGEST = 64_000_000

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
        why = error.strerror or str(error)
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
    if text is None:
        return None
    try:
        document = kind.model_validate_json(text)
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
    if document.text() != text:
        pairs = zip(document.text().splitlines(), text.splitlines(), strict=False)
        line = next((at for at, (a, b) in enumerate(pairs, start=1) if a != b), None)
        problems.append(Problem(said("verify.not-written-planlib-writes"), str(path), line))
    if document.sealed().sha256 != document.sha256:
        message = said("verify.sealed-file-changed")
        problems.append(Problem(message, str(path)))
    return document


def check_hash(path: Path, expected: str, problems: list[Problem]) -> bool:
    """Whether a file has a hash; a problem where it has not."""
    try:
        if path.is_symlink() or not path.is_file():
            problems.append(Problem(said("verify.file-gone"), str(path)))
        elif file_hash(path) != expected:
            problems.append(Problem(said("verify.file-hash-differs"), str(path)))
        else:
            return True
    except OSError as error:
        why = error.strerror or str(error)
        problems.append(Problem(said("verify.cannot-read", why=why), str(path)))
    return False
