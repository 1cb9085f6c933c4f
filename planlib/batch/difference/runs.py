"""Two runs held against each other, review by review and page by page.

Reviews whose ``verdicts.json`` is the same to the byte have the same verdicts and pages, as it
holds the hash of each; only the others are read, and of those only the pages whose hash is another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, starmap
from pathlib import Path
from typing import Any, Literal

from planlib.batch.difference.claims import (
    ClaimMove,
    ClaimOf,
    Why,
    input_changes,
    moved_claims,
    plan_files,
)
from planlib.batch.difference.folders import Place, RunFolder
from planlib.batch.difference.reviews import ReviewPair
from planlib.batch.difference.texts import PictureMove, TextMove, moved_blocks
from planlib.batch.workers.forked import worked
from planlib.errors import InputError, Problem
from planlib.storage.collecting import no_collecting
from planlib.verify.evidence import PAGE_NAME, Evidence

State = Literal["changed", "only_old", "only_new"]
HTML = (".html", ".htm")


@dataclass(frozen=True)
class PageMove:
    """A page that moved. ``changed`` without texts and pictures: it reads the same, but its code,
    its data or its make-up is another."""

    name: str
    state: State
    texts: tuple[TextMove, ...] = ()
    pictures: tuple[PictureMove, ...] = ()

    @property
    def reads_the_same(self) -> bool:
        """Whether a reader would see no difference."""
        return self.state == "changed" and not self.texts and not self.pictures

    @property
    def lang(self) -> str:
        """The language its name tells; empty where it tells none."""
        found = PAGE_NAME.match(self.name.rpartition("/")[2])
        return found[0].split(".")[1] if found else ""

    @property
    def about(self) -> str:
        """What it is about, in whatever language: its name up to that."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class ReviewMove:
    """A review that moved: what it was made from otherwise, its claims and its pages."""

    place: Place
    inputs: tuple[Why, ...]
    plan_files: tuple[str, ...]
    claims: tuple[ClaimMove, ...]
    pages: tuple[PageMove, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        """It is sent from another process as plain tuples, a fraction of the work of their classes."""
        claims = [(tuple(c.old or ()), tuple(c.new or ()), c.moved, c.why) for c in self.claims]
        pages = [
            (p.name, p.state, [*map(tuple, p.texts)], [*map(tuple, p.pictures)]) for p in self.pages
        ]
        return _sent, (self.place, self.inputs, self.plan_files, claims, pages)


def _sent(
    place: Place, inputs: tuple[Why, ...], plan_files: tuple[str, ...],
    claims: list[tuple[Any, ...]], pages: list[tuple[Any, ...]],
) -> ReviewMove:  # fmt: skip
    return ReviewMove(
        place, inputs, plan_files,
        tuple([
            ClaimMove(ClaimOf(*old) if old else None, ClaimOf(*new) if new else None, moved, why)
            for old, new, moved, why in claims
        ]),
        tuple([
            PageMove(name, state, tuple(starmap(TextMove, texts)), tuple(starmap(PictureMove, drawn)))
            for name, state, texts, drawn in pages
        ]),
    )  # fmt: skip


@dataclass(frozen=True)
class RunDifference:
    """What moved between two runs; ``pages`` are those of no review: indexes, pages of own notebooks.

    ``made_with`` gives each version that is another, before and after; ``same`` counts the reviews
    whose claims and pages have not moved at all, whatever they were made from.
    """

    old: RunFolder
    new: RunFolder
    made_with: Mapping[str, tuple[str, str]]
    reviews: tuple[ReviewMove, ...]
    pages: tuple[PageMove, ...]
    same: int

    @property
    def only_old(self) -> tuple[Place, ...]:
        """The reviews that only the earlier run has."""
        return tuple(sorted(self.old.reviews.keys() - self.new.reviews.keys()))

    @property
    def only_new(self) -> tuple[Place, ...]:
        """The reviews that only the later run has."""
        return tuple(sorted(self.new.reviews.keys() - self.old.reviews.keys()))

    @property
    def all_pages(self) -> Iterator[PageMove]:
        """Every page that moved."""
        return chain(self.pages, *(review.pages for review in self.reviews))

    @property
    def counts(self) -> dict[str, int]:
        """How many reviews, verdicts, figures, sentences, pictures and pages moved."""
        claims = [claim for review in self.reviews for claim in review.claims]
        pages = [*self.all_pages]
        return {
            "reviews": len(self.reviews),
            "same": self.same,
            "only_old": len(self.only_old),
            "only_new": len(self.only_new),
            "verdicts": sum("verdict" in claim.moved for claim in claims),
            "figures": sum(claim.of_figure for claim in claims),
            "claims": len(claims),
            "sentences": sum(len(page.texts) for page in pages),
            "pictures": sum(len(page.pictures) for page in pages),
            "pages": len(pages),
        }

    @property
    def moved(self) -> bool:
        """Whether anything moved."""
        return bool(self.reviews or self.pages or self.only_old or self.only_new)


def compare_runs(
    old: Path, new: Path, processes: int = 1, progress: Callable[[int, int], None] | None = None
) -> RunDifference:
    """What moved from one reports folder to another. Raises InputError with every damaged file.

    ``progress`` is told how many reviews are compared, and of how many.
    """
    before, after = RunFolder.open(old), RunFolder.open(new)
    was, now = before.made_with, after.made_with
    made_with = {
        name: (was.get(name, ""), now.get(name, ""))
        for name in sorted({*was, *now} if was and now else ())
        if was.get(name) != now.get(name)
    }
    both = sorted(before.reviews.keys() & after.reviews.keys())
    others = [place for place in both if before.reviews[place] != after.reviews[place]]
    comparing = _TwoRuns(before, after, bool(made_with))
    reviews: list[ReviewMove] = []
    problems: list[Problem] = []
    with no_collecting():
        results = worked(comparing.review, others, processes)
        for done, (moved, wrong) in enumerate(results, start=1):
            reviews += [moved] if moved is not None else []
            problems += wrong
            if progress is not None:
                progress(done, len(others))
    outside = tuple(_Pages(before, after, problems).of(_outside(before), _outside(after)))
    if problems:
        raise InputError(problems)
    same = len(both) - len(reviews)
    return RunDifference(before, after, made_with, tuple(reviews), outside, same)


@dataclass(frozen=True)
class _TwoRuns:
    """Compares the reviews of two runs one by one; ``versions``: made with others."""

    old: RunFolder
    new: RunFolder
    versions: bool

    def review(self, place: Place) -> tuple[ReviewMove | None, list[Problem]]:
        """What moved in a review, None where nothing did, and what is wrong with its files."""
        problems: list[Problem] = []
        one, other = self.old.review(place, problems), self.new.review(place, problems)
        pair = ReviewPair.of(one, other, problems) if one and other else None
        if pair is None:
            return None, problems
        inputs = input_changes(pair, versions=self.versions)
        claims = tuple(moved_claims(pair, inputs))
        compared = _Pages(self.old, self.new, problems)
        pages = tuple(compared.of(_listed(pair.old.about, place), _listed(pair.new.about, place)))
        if (
            not claims and not pages
        ):  # made from other figures or another plan that came to the same
            return None, problems
        return ReviewMove(place, inputs, plan_files(pair), claims, pages), problems


def _listed(evidence: Evidence, place: Place) -> dict[str, str]:
    return {f"{place[0]}/{place[1]}/{page.name}": page.sha256 for page in evidence.pages}


def _outside(run: RunFolder) -> dict[str, str]:
    """The files of no review, with their hashes."""
    if run.proof is None:
        return {}
    pages = {page.name: page.sha256 for page in run.proof.pages}
    return pages | {file.name: file.sha256 for file in run.proof.files}


@dataclass(frozen=True)
class _Pages:
    """Compares the pages of two runs; a notebook and its page are one."""

    old: RunFolder
    new: RunFolder
    problems: list[Problem]

    def of(self, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[PageMove]:
        """The pages that moved, by their names with their hashes, in order."""
        stems = {_stem(name) for name in {*was, *now} if was.get(name) != now.get(name)}
        by_stem: dict[str, set[str]] = {}
        for name in {*was, *now}:
            by_stem.setdefault(_stem(name), set()).add(name)
        for stem in sorted(stems):
            names = sorted(by_stem[stem])
            shown = next((name for name in names if name.endswith(HTML)), names[0])
            if not any(name in was for name in names):
                yield PageMove(shown, "only_new")
            elif not any(name in now for name in names):
                yield PageMove(shown, "only_old")
            else:
                yield self._changed(shown, was.get(shown, ""), now.get(shown, ""))

    def _changed(self, name: str, was: str, now: str) -> PageMove:
        if not was or not now:
            return PageMove(name, "only_new" if now else "only_old")
        if was == now or not name.endswith(HTML):
            return PageMove(name, "changed")
        before = self.old.page(name, was, self.problems)
        after = self.new.page(name, now, self.problems)
        if before is None or after is None:
            return PageMove(name, "changed")  # and a problem is told
        texts, pictures = moved_blocks(before, after)
        return PageMove(name, "changed", tuple(texts), tuple(pictures))


def _stem(name: str) -> str:
    return re.sub(r"\.(html?|ipynb)$", "", name)
