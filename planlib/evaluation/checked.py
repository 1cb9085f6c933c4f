"""What somebody asks for, checked against a plan and its figures: area, goal, year, period, day."""

from __future__ import annotations

from datetime import date

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.figures.observations import Observations, vintage_day
from planlib.figures.typed.dates import typed_date
from planlib.figures.typed.numbers import Unreadable
from planlib.plan.base import check_id
from planlib.plan.goal import Goal
from planlib.plan.groups.dimensions import GroupFault, read_group
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


def known_year(plan: Plan, year: int) -> int:
    """A reporting year of the plan; raises InputError for any other."""
    if year not in plan.years:
        first, last = plan.years[0], plan.years[-1]
        message = said("review.year-outside-term", first=first, last=last, found=year)
        raise InputError([Problem(message, subject=said("review.plan-subject", plan=plan.id))])
    return year


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
