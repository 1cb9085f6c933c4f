"""Objects that print in a line: what they are and are of, not all they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from planlib.errors import shortened
from planlib.messages import ENGLISH

LONGEST = 300  # characters of what is told of an object
_PLAIN = bool | int | float | date


def brief(kind: str, parts: Iterable[tuple[str | None, object]]) -> str:
    """What an object is in a line: its parts in order, without those that are empty.

    >>> brief("Goal", [("id", "case-clearance"), ("note", None), ("readings", [1, 2])])
    "<Goal id='case-clearance' readings: 2>"
    """
    described = kind
    for name, part in parts:
        words = _words(name or "", part)
        if len(described) + len(words) > LONGEST:
            return f"<{described} …>"
        described += f" {words}" if words else ""
    return f"<{described}>"


def _words(name: str, part: object) -> str:
    if isinstance(part, Enum):
        return f"{name}={part.name}"
    if isinstance(part, _PLAIN):
        return f"{name}={part}"
    if isinstance(part, str):
        return f"{name}={shortened(repr(part))}" if part else ""
    if hasattr(part, "bare"):  # a name in several languages
        return f"{name}={shortened(repr(part.bare(ENGLISH)))}"
    known = getattr(part, "id", None)
    if isinstance(known, str):
        return f"{name}={known!r}"
    return f"{name}: {len(part)}" if isinstance(part, Sized) and len(part) else ""


class Brief:
    """A dataclass (with ``repr=False``) that prints in a line."""

    def __repr__(self) -> str:
        held: Any = self
        parts = ((field.name, getattr(held, field.name)) for field in fields(held))
        return brief(type(self).__name__, parts)
