"""A recomputed verdict, one of many, how far a figure is from its target, and what is lost.

Verdict names are plain words here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod

from planlib.figures.observations import State, vintage_text
from planlib.plan.target import Target
from planlib.verify.periods.rows import Row

REACHED = ("exceeded", "met")
JUDGED = (*REACHED, "nearly_met", "not_met", "not_yet")


@dataclass(frozen=True)
class RecomputedVerdict:
    """One verdict; numbers are None where there is none, ``row`` the year's own row."""

    verdict: str
    on: str = "year"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    target: Target | None = None
    row: Row | None = None
    published: str | None = None
    readings: dict[str, str] = field(default_factory=dict)
    decided: int = 0  # the year that decided, of years that must all be reached
    figure_of: int | None = None  # the earlier period whose figure stands in
    against: float | None = None  # the figure of others, or how many are ranked
    alone: bool = False  # whether that year decided by itself
    inputs: tuple[tuple[str, int], ...] = ()
    chances: Mapping[str, float] | None = None  # of each verdict, where they are known

    @property
    def certainty(self) -> float | None:
        """The chance that the final figure gives the same verdict."""
        return None if self.chances is None else round(self.chances.get(self.verdict, 0.0), 4)

    @property
    def vintage(self) -> str | None:
        """The date of the report the year's figure comes from."""
        return vintage_text(int(self.row["vintage"])) if self.row is not None else None

    def differs(self, *, exceeds: bool) -> bool:
        """Whether the published verdict is another one.

        Where no published verdict is "exceeded" (``exceeds``), "met" stands for both.
        """
        if self.published is None:
            return False
        said, found = (
            "met" if not exceeds and one == "exceeded" else one
            for one in (self.published, self.verdict)
        )
        return said != found

    @property
    def estimate(self) -> bool:
        """Whether the year's figure is an estimate."""
        return self.row is not None and int(self.row["state"]) == State.estimate

    @property
    def words(self) -> str:
        """The figure as its source put it."""
        return str(self.row.get("words", "") or "") if self.row is not None else ""


def kept(years: list[RecomputedVerdict], *, final: bool) -> RecomputedVerdict:
    """Years that must all be reached as one verdict, with the numbers of the year that decided.

    That is the first year that was missed or has no figure, else the newest that came to the same.
    """
    judged = [one for one in years if one.verdict in JUDGED]
    chances = _of_all([one.chances for one in judged], final=final)
    found = {one.verdict for one in years}
    worst = ("not_met", "suppressed", "no_data", "not_yet", "nearly_met")
    verdict = next((one for one in worst if one in found), "")
    if verdict and verdict != "not_yet":
        first = next(one for one in years if one.verdict == verdict)
        missed = verdict in {"not_met", "nearly_met"}
        if missed and not final:
            verdict = "not_yet"
        return replace(first, verdict=verdict, alone=missed, chances=chances if missed else None)
    if not verdict and not judged:
        verdict = "not_due" if "not_due" in found else "not_applicable"
    elif not verdict:
        verdict = "exceeded" if all(one.verdict == "exceeded" for one in judged) else "met"
    same = [one for one in years if one.verdict == verdict]
    if verdict not in JUDGED:
        chances = None
    return replace(same[-1], verdict=verdict, alone=verdict == "not_yet", chances=chances)


def _of_all(years: Sequence[Mapping[str, float] | None], *, final: bool) -> dict[str, float] | None:
    """The chances of a verdict on all years, each being independent of the others."""

    def all_of(*names: str) -> float:
        return prod(sum(year.get(name, 0.0) for name in names) for year in years if year)

    if not years or not all(years):
        return None
    reached, beyond = all_of(*REACHED), all_of("exceeded")
    found = {"exceeded": beyond, "met": reached - beyond}
    if not final:
        return found | {"not_yet": 1 - reached}
    no_miss = all_of(*REACHED, "nearly_met", "not_yet")
    near = all_of(*REACHED, "nearly_met")
    return found | {"nearly_met": near - reached, "not_met": 1 - no_miss, "not_yet": no_miss - near}
