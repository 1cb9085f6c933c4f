"""Roll-ups lead with counts and the goals behind them; a mean comes last, or not at all.

Parts of another goal are shown but not counted. Goals not yet due, and those that do not apply,
are no gap; goals without data, or withheld, are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planlib.plan.brief import Brief
from planlib.scoring.counts import GAPS, VerdictCounts
from planlib.scoring.verdict import JUDGED, Verdict


@dataclass(frozen=True)
class Counted:
    """What a roll-up needs to know of one goal; ``attainment`` is 0 to 1, None where unknown.

    ``has_ratio`` is False for yes/no goals, which are counted but never averaged.
    """

    goal: str
    verdict: Verdict
    attainment: float | None
    has_ratio: bool = True


@dataclass(frozen=True, repr=False)
class Rollup(Brief):
    """Counts with the goals behind them, coverage, the worst goal, and the mean with its bounds.

    ``coverage`` is judged over expected, None where no figure is expected. ``worst`` is the missed
    goal furthest from its target: one whose time is not up is behind nothing yet. ``mean`` is None
    where coverage is under the floor; ``mean_low`` and ``mean_high`` put every unknown goal at 0
    and at 1.
    """

    goals: Mapping[Verdict, tuple[str, ...]]
    coverage: float | None
    worst: str | None
    mean: float | None
    mean_low: float | None
    mean_high: float | None

    @property
    def counts(self) -> VerdictCounts:
        """How many goals have each verdict; see ``planlib.scoring.counts``."""
        return VerdictCounts({verdict: len(self.goals[verdict]) for verdict in Verdict})

    def count(self, *verdicts: Verdict) -> int:
        """How many goals have one of these verdicts; all of them without any."""
        return sum(len(self.goals[verdict]) for verdict in verdicts or Verdict)


def roll_up(counted: Iterable[Counted], coverage_floor: float = 0.8) -> Rollup:
    """Count verdicts and, where enough is known, average attainment.

    >>> three = [
    ...     Counted("a", Verdict.not_met, 0.9),
    ...     Counted("b", Verdict.not_met, 0.6),
    ...     Counted("c", Verdict.no_data, None),
    ... ]
    >>> rollup = roll_up(three)
    >>> rollup.mean, rollup.mean_low, round(rollup.mean_high, 4), rollup.worst
    (None, 0.5, 0.8333, 'b')
    >>> roll_up(three, coverage_floor=0.6).mean
    0.75
    """
    rows = list(counted)
    goals = {v: tuple(row.goal for row in rows if row.verdict is v) for v in Verdict}
    judged = [row for row in rows if row.verdict in JUDGED]
    gaps = [row for row in rows if row.verdict in GAPS]
    expected = len(judged) + len(gaps)
    coverage = len(judged) / expected if expected else None
    known = [(row.attainment, row.goal) for row in judged if row.attainment is not None]
    unknown = sum(row.has_ratio for row in gaps) + sum(
        row.has_ratio and row.attainment is None for row in judged
    )
    missed = [
        (row.attainment, row.goal)
        for row in judged
        if row.verdict is Verdict.not_met and row.attainment is not None
    ]
    total, size = sum(a for a, _ in known), len(known) + unknown
    enough = coverage is not None and coverage >= coverage_floor
    return Rollup(
        goals=goals,
        coverage=coverage,
        worst=min(missed)[1] if missed else None,
        mean=total / len(known) if known and enough else None,
        mean_low=total / size if size else None,
        mean_high=(total + unknown) / size if size else None,
    )
