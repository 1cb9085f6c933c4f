"""``verdicts.json`` of two runs: read as they stand, and only as far as they are not the same.

The file has a claim a line. What stands in both to the letter has not moved and is not even parsed;
of the rest only claims that say something else than which rows they are made from are checked.
Reports of the format before are read too, so that a run can be compared with one from before a
release; the hashes of their files of figures are of whole files, not of an area's rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from planlib.batch.difference.claim_lines import OF, ReadClaim, as_read, read_claims
from planlib.errors import Problem
from planlib.verify.documents import parsed, read_json
from planlib.verify.evidence import FORMAT, Evidence, Sealed, canonical

BEFORE = (2,)  # formats that are read beside the one that is written
# Which rows a claim is made from, as it is written.
_ROW = r'\{"file": "[^"\\]*", "row": [1-9][0-9]*, "sha256": "[0-9a-f]{64}"\}'
_INPUTS = re.compile(rf'"inputs": \[(?:{_ROW}(?:, {_ROW})*)?\], (?="kind": )')
_CLAIMS, _NONE, _END = '\n"verdicts": [\n', '\n"verdicts": []\n}\n', "\n]\n}\n"

Document = TypeVar("Document", bound=Sealed)
ClaimKey = tuple[object, ...]


@dataclass(frozen=True)
class ReviewText:
    """What a review claims, a claim a line; ``head`` is what stands before them."""

    path: Path
    head: str
    claims: tuple[str, ...]

    @classmethod
    def of(cls, text: str, path: Path) -> ReviewText:
        """The parts of a file; what is no such file is told when it is read."""
        if _CLAIMS not in text:
            text = _rewritten(text)
        head, mark, claims = text.partition(_CLAIMS)
        lines = tuple(claims.removesuffix(_END).split(",\n")) if mark else ()
        return cls(path, head.removesuffix(_NONE), lines)

    @property
    def of_now(self) -> bool:
        """Whether it is of the format that is written."""
        return _as_written(self.head) == self.head

    @cached_property
    def goals(self) -> frozenset[str]:
        """The goals of which anything is claimed; a line that is no claim is of none."""
        return frozenset(goal for line in self.claims if (goal := _goal(line)))

    def said(self, claims: Collection[str], problems: list[Problem]) -> ReviewSaid | None:
        """What is said with some of the claims; None, with a problem, where that cannot be read."""
        head = self._read((), [])
        if head is not None and (read := read_claims(claims)) is not None:
            return ReviewSaid(head, read)
        found = self._read(claims, [])
        found = found or self._read(self.claims, problems)  # told as it stands in the whole file
        return None if found is None else ReviewSaid(found, [*map(as_read, found.verdicts)])

    def _read(self, claims: Collection[str], problems: list[Problem]) -> Evidence | None:
        told = _CLAIMS + ",\n".join(claims) + _END if claims else _NONE
        return read_document(self.head + told, self.path, Evidence, problems)


@dataclass(frozen=True)
class ReviewSaid:
    """What a review says: some of its claims, and in ``about`` all else."""

    about: Evidence
    claims: list[ReadClaim]


@dataclass(frozen=True)
class ReviewPair:
    """A review in two runs, with the claims alone that may have moved."""

    old: ReviewSaid
    new: ReviewSaid
    old_text: ReviewText
    new_text: ReviewText

    @classmethod
    def of(cls, old: ReviewText, new: ReviewText, problems: list[Problem]) -> ReviewPair | None:
        """Two files held against each other; None, with problems, where one cannot be read."""
        was, now = _others(old, new.claims), _others(new, old.claims)
        both = {*was.values()} & {*now.values()}
        mine, its = (
            [line for line, bare in told.items() if bare not in both] for told in (was, now)
        )
        before, after = old.said(mine, problems), new.said(its, problems)
        if before is None or after is None:
            return None
        return cls(before, after, old, new)

    @property
    def same_rows(self) -> bool:
        """Whether what both claim is made from the same rows of figures."""
        try:
            was, now = _rows(self.old_text), _rows(self.new_text)
        except (ValueError, TypeError, AttributeError, LookupError):
            return False  # both have a line that is no claim
        return all(was[key] == now[key] for key in was.keys() & now.keys())

    @property
    def same_figures(self) -> bool:
        """Whether both runs read the same figures; of two formats only what the claims use counts."""
        one, other = self.old.about, self.new.about
        if self.old_text.of_now != self.new_text.of_now:
            return self.same_rows and one.remarks == other.remarks
        was, now = (sorted((f.name, f.sha256) for f in run.figures) for run in (one, other))
        return was == now and one.remarks == other.remarks

    def known(self, claim: ReadClaim, *, in_old: bool) -> bool:
        """Whether a run claims anything of the goal of a claim."""
        return claim.goal in (self.old_text if in_old else self.new_text).goals


def _goal(line: str) -> str:
    try:
        told = read_json(line)
    except ValueError:
        return ""
    return str(told.get("goal", "")) if isinstance(told, dict) else ""


def read_document(
    text: str, path: Path, kind: type[Document], problems: list[Problem]
) -> Document | None:
    """A document of a format that is read; None, with a problem, where it is none."""
    return parsed(_as_written(text), path, kind, problems)


def _as_written(text: str) -> str:
    """The text of a format before as that of the one that is written: they have the same fields."""
    for version in BEFORE:
        told = f'\n"schema_version": {version},\n'
        text = text.replace(told, f'\n"schema_version": {FORMAT},\n', 1)
    return text


def _rewritten(text: str) -> str:
    """The file on the lines it would be written on, where it is JSON."""
    try:
        told = read_json(text)
        return canonical(told) if isinstance(told, dict) else text
    except ValueError:
        return text


def _others(review: ReviewText, lines: Collection[str]) -> dict[str, str]:
    """The claims that are not among the lines of another run, each with what it says alone."""
    known = frozenset(lines)
    return {line: _INPUTS.sub("", line, 1) for line in review.claims if line not in known}


def _rows(review: ReviewText) -> dict[ClaimKey, set[str]]:
    """The rows that each claim is made from."""
    told = map(read_json, review.claims)
    return {
        tuple(one.get(name, "") for name in OF): {row["sha256"] for row in one["inputs"]}
        for one in told
    }
