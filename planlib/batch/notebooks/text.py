"""Reads the text of a notebook, whatever stands in its place, and says in a few words why not."""

from __future__ import annotations

from pathlib import Path

from planlib.errors import one_line
from planlib.storage.atomic import read_bytes

# What reading a notebook raises that is gone, no notebook, or deeper than Python can follow.
NO_NOTEBOOK = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
    MemoryError,
)
LARGEST_NOTEBOOK = 100_000_000  # bytes; one with its outputs has a few million


def text_at(notebook: str) -> str:
    """The text of a notebook; raises OSError or ValueError for what is none."""
    data = read_bytes(Path(notebook), LARGEST_NOTEBOOK + 1)
    if len(data) > LARGEST_NOTEBOOK:
        raise ValueError(f"more than {LARGEST_NOTEBOOK // 1_000_000} MB")
    return data.decode("utf-8")


def why_unread(error: BaseException) -> str:
    """Why a notebook could not be read, in a few words."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return one_line(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)[
        :300
    ]
