"""What somebody asks for, checked against a plan and its figures: area, goal, year, period, day."""

from __future__ import annotations

from datetime import date

from planlib.errors import Faults, InputError, Problem, did_you_mean, said
from planlib.figures.observations import Observations, vintage_day
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.base import check_id
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import GroupFault, read_group
from planlib.plan.periods.calendar import CALENDAR_YEARS, Frequency, frequency_of, period
from planlib.plan.plan import Plan

AsOf = str | date | int | None
LAST_PLAIN_YEAR = 9999  # a smaller number is a year, a greater one a day number


def day_of(as_of: AsOf) -> int | None:
    """The day number of an as-of day; None and an empty text mean no limit.

    It is an ISO text such as 2014, 2014-03 or 2014-03-31 (a year and a month stand for their last
    day), a ``date``, a year or a day number. Raises InputError for any other text.

    >>> day_of("2014") == day_of(date(2014, 12, 31)) == day_of(2014) == day_of(735598)
    True
    """
    if as_of is None or as_of == "":
        return None
    if isinstance(as_of, date):
        return as_of.toordinal()
    if isinstance(as_of, int) and as_of > LAST_PLAIN_YEAR:
        return as_of
    try:
        return vintage_day(typed_date(str(as_of)))
    except Unreadable as error:
        message = said("review.as-of-not-a-date", found=repr(as_of))
        raise InputError([Problem(message, hint=error.hint)]) from None


def known_period(plan: Plan, asked: int | str, *, with_baseline: bool = False) -> int:
    """A period of the plan's term, given as such or as people write it: a year, a quarter, …

    ``with_baseline`` takes those figures may be of, from the baseline on.

    Raises InputError for any other, and for what can be read in two ways.
    """
    subject = said("review.plan-subject", plan=plan.id)
    at = asked
    if isinstance(asked, str) or (plan.calendar.split and type(asked) is int and asked < 10_000):
        try:
            from planlib.plan.periods.typed import typed_period

            at = typed_period(str(asked), plan.calendar, plan.languages)
        except Faults as fault:
            if plan.calendar != CALENDAR_YEARS:
                raise InputError([Problem(fault.found[0], subject=subject)]) from None
            at = 0
    at = period(int(at))
    along = plan.along(frequency_of(at)) if at else plan
    years = along.figure_years if with_baseline else along.years
    if at not in years:
        first, last, found = years[0], years[-1], at or asked
        message = said("review.year-outside-term", first=first, last=last, found=found)
        raise InputError([Problem(message, subject=subject)])
    return at


def whole_year(plan: Plan, asked: int | str) -> int:
    """The last year of the term that is over at the end of a period; its first one at least.

    Raises InputError as ``known_period`` does.
    """
    calendar, code = plan.calendar, known_period(plan, asked)
    year = calendar.within(code, Frequency.year)
    if calendar.end(year) > calendar.end(code):
        year -= 1
    return max(year, plan.along(Frequency.year).years[0])


def known_goal(plan: Plan, goal_id: str) -> str:
    """The id of a goal, or of the successor of a renamed one; raises InputError."""
    try:
        return plan.goal(goal_id).id
    except KeyError:
        message = said("review.goal-not-in-plan", plan=plan.id, goal=goal_id)
        raise InputError([Problem(message, hint=did_you_mean(goal_id, plan.goal_ids))]) from None


def known_group(plan: Plan, goal: Goal | None, text: str) -> str:
    """A group of the plan, or that a goal is followed for, in the plan's order of dimensions.

    Raises InputError.
    """
    group = read_group(text, plan.header.dimensions, goal.by if goal else None)
    if isinstance(group, GroupFault):
        subject = said("figures.goal-subject", goal=goal.id) if goal else None
        raise InputError([Problem(group.message, subject=subject, hint=group.hint)])
    return group


def known_areas(plan: Plan, figures: Observations) -> tuple[str, ...]:
    """The areas the plan follows, in its order, then the others that have figures."""
    held = [str(name) for name in figures.frame["area"].cat.categories]
    return tuple(dict.fromkeys([*plan.header.areas, *held]))


def known_area(plan: Plan, figures: Observations, area: str | None) -> str:
    """The area to review: the one named, else the plan's first. Raises InputError.

    An area is known when the plan follows it or the figures hold it.
    """
    known = known_areas(plan, figures)
    if area is None:
        if not known:
            raise InputError([Problem(said("review.no-area"))])
        return known[0]
    try:
        check_id(area)
    except ValueError as error:
        raise InputError(
            [Problem(said("figures.area-id-invalid", area=repr(area), reason=error))]
        ) from None
    if area not in known:
        hint = did_you_mean(area, known) or said("review.areas-known", names=", ".join(known[:20]))
        raise InputError([Problem(said("plan.area-not-found", name=area), hint=hint)])
    return area
