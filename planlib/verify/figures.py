"""The figure a target is held against, from the rows of one goal in one area.

A figure is an interval, both ends the same where it is one number. ``unknown`` years make a total
an interval too, and the flags say why there may be no figure at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf, isfinite, isnan, nan

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Limits
from planlib.plan.periods.calendar import span
from planlib.plan.target import Basis, Cadence, Target
from planlib.verify.bounds import added, exact, percent, rounded
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.periods.rows import Row, Rows, number
from planlib.verify.targets.changes import change, difference
from planlib.verify.targets.interval import Figure

SILENT = frozenset({State.not_due, State.not_applicable, State.suppressed})
PARTS = {  # what a ratio is made from
    Basis.share: ("numerator", "denominator"),
    Basis.growth: ("numerator", "denominator"),
    Basis.quota: ("value", "assigned"),
}


def figure_of(
    rows: Rows, goal: Goal, target: Target, year: int, first: int, base: int
) -> Figure:  # fmt: skip
    """The figure compared in a year.

    ``first`` is the first year of the term, ``base`` the year a change over the term starts from.
    """
    if target.comparison == RecomputedComparison.all_of:
        return _members(rows, goal, target, year)
    if target.basis is Basis.change:
        over_term = target.cadence is Cadence.over_term
        before = base if over_term else rows.before(target, year)
        now, was = (_plain(rows.held(goal, target, one)) for one in (year, before))
        return change(now, was, target)
    if target.comparison == RecomputedComparison.maintain:
        then = _of_year(rows.held(goal, target, target.since or base), target)
        return difference(
            _of_year(rows.held(goal, target, year), target), _start(goal, target, then), target
        )
    if target.basis in {Basis.change_since, Basis.difference_since}:
        was = _start(goal, target, _plain(rows.held(goal, target, base)))
        made = change if target.basis is Basis.change_since else difference
        return made(_plain(rows.held(goal, target, year)), was, target)
    if target.cadence is Cadence.over_term:
        return _total(rows, goal, target, year, first)
    return _of_year(rows.held(goal, target, year), target)


def _start(goal: Goal, target: Target, reported: Figure) -> Figure:
    """What a figure is held against: the stated baseline, else what was reported then."""
    start = goal.baseline
    if start is None or target.since is not None:
        return reported
    return Figure(low=start.value, high=start.value, missing=False)


def _plain(row: Row | None) -> Figure:
    if row is None:
        return Figure()
    state = int(row["state"])
    value, low, high = number(row, "value"), number(row, "low"), number(row, "high")
    if isnan(value) and not (isnan(low) and isnan(high)):
        low, high = (-inf if isnan(low) else low), (inf if isnan(high) else high)
    else:
        low = high = value
    exclusive = str(row.get("exclusive", "") or "") if low != high else ""
    return Figure(
        low=low,
        high=high,
        missing=isnan(low) and state not in SILENT,
        suppressed=state == State.suppressed,
        not_applicable=state == State.not_applicable,
        not_due=state == State.not_due,
        over=exclusive in {"low", "both"},
        under=exclusive in {"high", "both"},
    )


def _of_year(row: Row | None, target: Target) -> Figure:
    plain = _plain(row)
    if target.basis in {Basis.share, Basis.growth}:
        above, below = number(row, "numerator"), number(row, "denominator")
        if isnan(above) or isnan(below):
            return plain  # the stated percentage
        if below <= 0:  # nothing to take a share of
            return replace(plain, low=nan, high=nan, missing=False, not_applicable=True)
        share = percent(above, below)
        return replace(plain, low=share, high=share, missing=False, over=False, under=False)
    if target.basis is Basis.quota:
        assigned = number(row, "assigned")
        if assigned <= 0:  # nothing was assigned
            none = plain.not_applicable or not plain.missing
            return replace(plain, low=nan, high=nan, not_applicable=none)
        return replace(
            plain,
            low=percent(plain.low, assigned),
            high=percent(plain.high, assigned),
            missing=(plain.missing or isnan(assigned)) and not plain.silent,
        )
    return plain


def _total(rows: Rows, goal: Goal, target: Target, year: int, first: int) -> Figure:
    """The running total since the term began; a year that does not apply adds nothing to it."""
    mine = [rows.row(goal, one) for one in span(first, year)]
    plain = [_plain(row) for row in mine]
    idle = [one.not_applicable and not one.known for one in plain]
    hidden = any(one.suppressed for one in plain)
    if target.basis in PARTS:
        return _ratio_of_sums(mine, plain, target.basis, hidden=hidden)
    gap = any(not one.known and not none for one, none in zip(plain, idle, strict=True))
    last = replace(plain[-1], gap=gap, hidden=hidden)
    if not any(one.known for one in plain):
        return replace(last, low=nan, high=nan)
    floor, ceiling = _least_and_most(goal.limits_of(target))
    members = list(zip(plain, idle, strict=True))
    least = [one.low if one.known else 0.0 if none else floor for one, none in members]
    most = [one.high if one.known else 0.0 if none else ceiling for one, none in members]
    return replace(
        last,
        low=added(least),
        high=added(most),
        not_applicable=False,
        over=any(one.over for one in plain),
        under=any(one.under for one in plain),
    )


def _ratio_of_sums(
    rows: Sequence[Row | None], plain: Sequence[Figure], basis: Basis, *, hidden: bool
) -> Figure:
    """One total in percent of another, decided on the totals: a year of nothing hides nothing."""
    name, of = PARTS[basis]
    counts = [row for row, one in zip(rows, plain, strict=True) if not one.not_applicable]
    # Additions are held against the stock of the first year, anything else against all years.
    held = rows[:1] if basis is Basis.growth else counts
    below = [number(row, of) for row in held] if counts else []
    ends = [[number(row, name) for row in counts]] * 2
    if basis is Basis.quota:
        amounts = [_plain(row) for row in counts]
        ends = [[one.low for one in amounts], [one.high for one in amounts]]
    gap = any(isnan(one) for one in (*ends[0], *below))
    last = replace(plain[-1], low=nan, high=nan, gap=gap, hidden=hidden, not_applicable=False)
    if gap:
        suppressed = last.suppressed or hidden
        return replace(last, missing=not suppressed, suppressed=suppressed)
    whole = sum((exact(one) for one in below), Fraction(0))
    if whole <= 0:
        none = not (last.suppressed or hidden)
        return replace(last, missing=False, not_applicable=True, suppressed=not none)
    low, high = (_part_of(end, whole) for end in ends)
    quota = basis is Basis.quota
    return replace(
        last, low=low, high=high, missing=False, over=quota and any(one.over for one in plain),
        under=quota and any(one.under for one in plain),
    )  # fmt: skip


def _part_of(amounts: Sequence[float], whole: Fraction) -> float:
    if not all(isfinite(one) for one in amounts):
        return sum(amounts)
    return rounded(100 * sum((exact(one) for one in amounts), Fraction(0)) / whole)


def _least_and_most(limits: Limits) -> tuple[float, float]:
    """What a year without a figure may have brought."""
    floor = limits.low if limits.low is not None and limits.low >= 0 else -inf
    return floor, inf if limits.high is None else limits.high


def _members(rows: Rows, goal: Goal, target: Target, year: int) -> Figure:
    """How many members have it: undecided while one is unknown and none lacks it."""
    held = [rows.row(goal, year, member.id) for member in target.members]
    values = [number(row, "value") for row in held]
    states = [int(row["state"]) if row is not None else State.missing for row in held]
    known = [value for value in values if not isnan(value)]
    decided = len(known) == len(values) or 0 in known
    count = sum(known) if decided else nan
    silent = any(state in SILENT for state in states)
    return Figure(
        low=count,
        high=count,
        missing=isnan(count) and not silent,
        suppressed=isnan(count) and State.suppressed in states,
        not_applicable=all(state == State.not_applicable for state in states),
        not_due=isnan(count) and State.not_due in states,
    )
