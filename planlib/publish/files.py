"""Files that are whole or not there: written beside their place, then moved into it.

A run may be killed at any moment, and a reader may open a page at any moment; both must find
either the old file or the new one. What a killed run leaves behind is recognised by its name.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

PART = ".part"
_LEFTOVER = re.compile(r"^\..+\.[0-9]+\.part$")


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step; whatever fails, the old file stays. Raises OSError."""
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as handle:
            handle.write(text)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_changed(path: Path, text: str) -> bool:
    """Write a file unless it already says so; returns whether it was written. Raises OSError."""
    try:
        if path.read_text("utf-8") == text:
            return False
    except (OSError, ValueError):
        pass  # not there, or not readable as text: written anew
    write_whole(path, text)
    return True


def remove_leftovers(folder: Path) -> int:
    """Remove the unfinished files of a killed run below a folder; returns how many there were.

    Only for the holder of the folder's lock: nobody else may be writing there.
    """
    found = [path for path in folder.rglob(f".*{PART}") if _LEFTOVER.match(path.name)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
