"""Verdicts and figures of one review in two runs: which moved, and why.

The why is read off what the claims themselves say: their rows of figures by hash and report, their
targets, rules and readings. Where nothing of a claim explains its move, what the whole review was
made from does: its plan, its figures, its day, its audience, planlib and its libraries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple

from planlib.batch.difference.claim_lines import OF_TARGET, OTHERS, TARGET, ReadClaim
from planlib.batch.difference.reviews import ReviewPair

_VERDICT, _VINTAGE, _READINGS = map(OTHERS.index, ("verdict", "vintage", "readings"))
_hash = itemgetter(2)
FIGURE = ("value", "low", "high", "figure_of", "against")  # what a verdict is judged by


class Why(StrEnum):
    """Why a claim moved; the order is that in which reasons are told."""

    new_goal = "new_goal"
    goal_gone = "goal_gone"
    new_figure = "new_figure"
    figure_gone = "figure_gone"
    revision = "revision"
    earlier_report = "earlier_report"
    row_corrected = "row_corrected"
    others = "others"
    target = "target"
    reading = "reading"
    rule = "rule"
    plan = "plan"
    figures = "figures"
    as_of = "as_of"
    audience = "audience"
    planlib = "planlib"
    unexplained = "unexplained"


class ClaimOf(NamedTuple):
    """What is told of a claim beside what moved: what it is of and made from, each row by its place."""

    goal: str
    group: str
    kind: str
    year: int
    on: str
    verdict: str
    vintage: str | None
    inputs: tuple[tuple[str, int], ...]


class ClaimMove(NamedTuple):
    """A claim that moved: each field that is another, before and after, and why.

    ``old`` or ``new`` is None where only one run has the claim.
    """

    old: ClaimOf | None
    new: ClaimOf | None
    moved: dict[str, tuple[Any, Any]]
    why: tuple[Why, ...]

    @property
    def claim(self) -> ClaimOf:
        """The claim as it is now, or was where it is gone."""
        one = self.new or self.old
        assert one is not None
        return one

    @property
    def of_figure(self) -> bool:
        """Whether the figure judged is another."""
        return any(name in self.moved for name in FIGURE)


def moved_claims(pair: ReviewPair, inputs: tuple[Why, ...]) -> Iterator[ClaimMove]:
    """What moved between two runs of a review; ``inputs`` is what they were made from otherwise."""
    before = {claim.of: claim for claim in pair.old.claims}
    after = {claim.of: claim for claim in pair.new.claims}
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            alone = Why.goal_gone if now is None else Why.new_goal
            one = now or was
            assert one is not None
            known = pair.known(one, in_old=now is not None)  # only of another period, group or day
            why = inputs or (Why.unexplained,) if known else (alone,)
            verdict = (_verdict(was) if was else None, _verdict(now) if now else None)
            yield ClaimMove(_of(was), _of(now), {"verdict": verdict}, why)
        elif moved := _moved(was, now):
            yield ClaimMove(_of(was), _of(now), moved, _why(was, now, moved, inputs))


def _of(claim: ReadClaim | None) -> ClaimOf | None:
    if claim is None:
        return None
    rows = tuple([(file, row) for file, row, _ in claim.rows])
    goal, group, kind, year, on = claim.of
    return ClaimOf(goal, group, kind, year, on, _verdict(claim), _vintage(claim), rows)


def _verdict(claim: ReadClaim) -> str:
    return str(claim.others[_VERDICT])


def _vintage(claim: ReadClaim) -> str | None:
    vintage: str | None = claim.others[_VINTAGE]
    return vintage


def _moved(was: ReadClaim, now: ReadClaim) -> dict[str, tuple[Any, Any]]:
    """The fields that are another; which line of a file a row stands on is none of them."""
    found = {
        name: (one, other)
        for name, one, other in zip(OTHERS, was.others, now.others, strict=True)
        if one != other
    }
    return (
        found if was.target == now.target else found | _target(was.target or {}, now.target or {})
    )


def _target(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What of a target is another, by ``target.`` and the field's name."""
    return {
        f"{TARGET}.{name}": (was.get(name), now.get(name))
        for name in OF_TARGET
        if was.get(name) != now.get(name)
    }


def _why(
    was: ReadClaim, now: ReadClaim, moved: Collection[str], inputs: tuple[Why, ...]
) -> tuple[Why, ...]:
    found = _of_rows(was, now)
    if "against" in moved:
        found.append(Why.others)
    if any(name.startswith(f"{TARGET}.") for name in moved):
        found.append(Why.target)
    if "reading" in moved or was.others[_READINGS].keys() != now.others[_READINGS].keys():
        found.append(Why.reading)
    if "rule" in moved:
        found.append(Why.rule)
    if Why.as_of in inputs:
        found.append(Why.as_of)
    return _ordered(found) or inputs or (Why.unexplained,)


def _of_rows(was: ReadClaim, now: ReadClaim) -> list[Why]:
    """What came of the rows of figures that a claim is made from."""
    one, other = ({*map(_hash, claim.rows)} for claim in (was, now))
    if one == other:
        return []
    if not one:
        return [Why.new_figure]
    if not other:
        return [Why.figure_gone]
    before, after = _vintage(was) or "", _vintage(now) or ""
    if before == after:
        return [Why.row_corrected]
    later = before < after
    return [Why.revision if later else Why.earlier_report]


def _ordered(found: Collection[Why]) -> tuple[Why, ...]:
    return tuple(why for why in Why if why in found) if len(found) > 1 else (*found,)


def input_changes(pair: ReviewPair, *, versions: bool) -> tuple[Why, ...]:
    """What two runs of a review were made from otherwise; ``versions`` of planlib and libraries."""
    old, new = pair.old.about, pair.new.about
    found = {
        Why.plan: plan_files(pair) != (),
        Why.figures: not pair.same_figures,
        Why.as_of: old.as_of != new.as_of,
        Why.audience: old.audience != new.audience,
        Why.rule: old.rule != new.rule,
        Why.planlib: versions or old.planlib != new.planlib,
    }
    return _ordered([why for why, is_so in found.items() if is_so])


def plan_files(pair: ReviewPair) -> tuple[str, ...]:
    """The files of the plan that are others."""
    was, now = (
        {file.name: file.sha256 for file in one.about.plan.files} for one in (pair.old, pair.new)
    )
    return tuple(name for name in sorted({*was, *now}) if was.get(name) != now.get(name))
