"""What lies in a reports folder, found without following a link, so that nothing is overlooked."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from planlib.errors import Problem, said

DEEPEST = 60  # folders in one another; planlib's own are two deep, those of own notebooks a few
SHOWN = (".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".ipynb")  # what a reader opens
# What a run keeps for itself in the folder, and what one that was killed was just writing.
KEPT = re.compile(
    r"\.planlib\.lock|\.planlib-(manifest|journal[-0-9a-f]*)\.jsonl|(.*/)?\.[^/]+\.part"
)


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
            why = error.strerror or str(error)
            message = said("verify.cannot-read", why=why)
            problems.append(Problem(message, str(root / folder)))
    return Listing(root, frozenset(found))
