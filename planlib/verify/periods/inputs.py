"""The rows of the figures that a recomputed verdict was made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planlib.figures.observations import State
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of, span
from planlib.plan.target import Basis, Cadence, Target
from planlib.verify.targets.others import rows_of_others

if TYPE_CHECKING:
    from planlib.verify.recompute import Recomputed
    from planlib.verify.targets.area_reports import AreaReports
    from planlib.verify.targets.judged import RecomputedVerdict

Place = tuple[str, int]
EACH = frozenset({Cadence.every_year, Cadence.every_period, Cadence.keep})


def rows_behind(
    made: Recomputed, goal: Goal, answer: RecomputedVerdict, year: int
) -> tuple[Place, ...]:
    """The file and row of each, in the order of the periods.

    ``made`` is along the periods the goal is reported in, ``year`` where the verdict stands.
    """
    calendar, own = made.plan.calendar, made.plan.frequency
    at = calendar.within(year, own)
    at -= calendar.end(at) > calendar.end(year)
    decided = answer.decided or at
    if frequency_of(decided).in_year < own.in_year:
        periods = {decided}  # judged as a whole
    else:
        periods = set(_periods(made, made.standing(goal), answer, at))
        parted = answer.on != "term" and frequency_of(year).in_year < own.in_year
        if parted and not answer.alone and _each(answer.target):
            target = answer.target
            parts = calendar.parts(year, own)
            periods |= {
                one if target is None else made.speaking(made.standing(goal), target, one)
                for one in parts
            }
    found = [one for period in sorted(periods) for one in _rows(made, goal, period)]
    term = answer.on == "term"
    held = made.of_term(goal) if term else made.target_of(goal, at)
    for period in sorted(periods):
        target = held or made.target_of(goal, period)
        for where, other in rows_of_others(made, made.standing(goal), target):
            found += _rows(where, other, period)
    return tuple(dict.fromkeys(found))


def _each(target: Target | None) -> bool:
    if target is None:
        return False
    return target.cadence in {Cadence.every_period, Cadence.keep} and not target.cumulative


def _periods(made: Recomputed, goal: Goal, answer: RecomputedVerdict, at: int) -> Iterator[int]:
    term = answer.on == "term"
    target = made.of_term(goal) if term else made.target_of(goal, at)
    so_far = span(made.first, at)
    held = {at}
    if term and answer.alone:
        held = {answer.decided}
    elif term and (target is None or target.cadence in EACH):
        held |= set(so_far)
    elif term and target is not None and target.cadence is Cadence.by and target.due:
        held |= set(span(target.due, at))
    standing = made.standing(goal)
    if target is None:
        for one in held:
            own = made.target_of(goal, one)
            yield one if own is None else made.speaking(standing, own, one)
        return
    held = {made.speaking(standing, target, one) for one in held}
    if target.cadence is Cadence.over_term:
        yield from {*held, *so_far, *({made.base} if target.basis is Basis.change else ())}
        return
    if target.basis is Basis.change:
        held |= {made.rows.before(target, one) for one in held}
    shorter = made.plan.frequency is not Frequency.year
    if shorter and (target.cumulative or target.cadence is Cadence.every_year):
        for one in held:
            yield from _of_year(made, one)
    else:
        yield from held
    if target.basis is not Basis.change and (target.since or goal.baseline is None):
        yield target.since or made.base


def _of_year(made: Recomputed, at: int) -> Iterator[int]:
    """A year that is over by itself, else its periods so far."""
    calendar = made.plan.calendar
    year = calendar.within(at, Frequency.year)
    if calendar.is_last(at):
        yield year
    else:
        yield from (one for one in calendar.parts(year, made.plan.frequency) if one <= at)


def _rows(made: AreaReports, goal: Goal, code: int) -> Iterator[Place]:
    seen, own = made.along(frequency_of(code)), made.plan.frequency
    if seen is not made:
        stated = seen.rows.reported(goal, code)
        if stated is None or int(stated["state"]) == State.missing:
            for part in made.plan.calendar.parts(code, own):
                yield from _rows(made, goal, part)
            return
    version = seen.plan.goal(goal.id)
    version = version.in_group(goal.group) if goal.group else version
    for row in seen.rows.all_of(version, code):
        yield str(row["file"]), int(row["row"])
