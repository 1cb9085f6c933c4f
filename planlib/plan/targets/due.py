"""When a target is due: in a period, or on a day.

A day that ends a reporting period means that period. Any other lies inside one, and the figure of
which period tells whether the target was reached by then can be read in two ways: the plan says it
by giving both, ``due`` the period and ``due_day`` the day. Of a milestone the period it lies in
counts: its figure says whether it was done by the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    ModelWrapValidatorHandler,
    PlainSerializer,
    PlainValidator,
    PrivateAttr,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from planlib.errors import Faults, Said, said, shown
from planlib.plan.base import AnyPeriod, Part
from planlib.plan.periods.calendar import CALENDAR_YEARS, Calendar, Frequency
from planlib.plan.periods.text import looks_like_period

if TYPE_CHECKING:
    from planlib.language.language import Language
    from planlib.plan.target import Target

_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
Fault = tuple[str, Said, Said | None]


class Day(date):
    """A day of the calendar, which is filled into texts in words."""

    def named(self, language: Language) -> str:
        """Its name in a language."""
        return language.date(self.isoformat())


def read_day(value: object) -> Day:
    """A day as plans write it, ``2014-03-31`` or ``31 March 2014``; raises Faults for anything else.

    >>> read_day("2014-03-31").isoformat(), read_day("31 mars 2014").isoformat()
    ('2014-03-31', '2014-03-31')
    """
    if isinstance(value, date):
        return Day.fromordinal(value.toordinal())
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return Day.fromisoformat(value)
    except ValueError:
        pass  # 30 February, or 2014-3-31
    if isinstance(value, str) and (typed := _typed_day(value)):
        return Day.fromisoformat(typed)
    raise Faults(said("plan.input-should-date-such"))


def _typed_day(text: str) -> str:
    """The day a text names as people type it; nothing where it names none. Raises Faults for two."""
    if _DAY.fullmatch(text):
        return ""
    from planlib.language.typed.dates import typed_date
    from planlib.language.typed.unreadable import Unreadable

    try:
        found = typed_date(text)
    except Unreadable as error:
        if error.in_doubt:
            raise Faults(error.fault, hint=error.hint) from None
        return ""
    return found if _DAY.fullmatch(found) else ""


PlanDay = Annotated[
    Day,
    PlainValidator(read_day),
    PlainSerializer(date.isoformat),
    WithJsonSchema({"type": "string", "format": "date"}),
]


class Due(Part):
    """What says when a target is due: ``due`` the period whose figure counts, perhaps on a day.

    Written as a day alone, ``due`` becomes the period that ends on it or that it lies in.
    """

    due: AnyPeriod | None = None
    due_day: PlanDay | None = None

    _bare_day: bool = PrivateAttr(default=False)

    @model_validator(mode="wrap")
    @classmethod
    def _read_due(
        cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        bare = isinstance(data, dict) and "due_day" not in data and _is_day(data.get("due"))
        if bare:
            calendar: Calendar = (info.context or {}).get("calendar", CALENDAR_YEARS)
            day = _stated(data["due"])
            data = {**data, "due": calendar.containing(day.toordinal()), "due_day": day}
        made = handler(data)
        made._bare_day = made._bare_day or bare
        return made


def _stated(value: object) -> Day:
    try:
        return read_day(value)
    except Faults as error:
        told = said("plan.key-invalid-found", key="due", reason=error.found[0], found=shown(value))
        raise Faults(told, hint=error.hint) from None


def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return isinstance(value, date)
    if _DAY.fullmatch(value):
        return True
    try:
        return not looks_like_period(value) and bool(_typed_day(value))
    except Faults:
        return True  # two days, which is told where it is read


def end_of_time(target: Target, period: int, calendar: Calendar) -> int:
    """The day number from which a target of a period is late; the period's end if no day is set."""
    if target.due_day is not None and period == target.due:
        return target.due_day.toordinal()
    return calendar.end(period)


def due_faults(
    stated: Due, target: Target, calendar: Calendar, own: Frequency, term: tuple[int, int]
) -> Iterator[Fault]:
    """What is wrong with the day a target is due, of a goal that is reported in ``own`` periods.

    ``stated`` is what the plan says of it, ``target`` the whole it is part of, ``term`` the years.
    """
    day, due = stated.due_day, stated.due
    if day is None or due is None:
        return
    number = day.toordinal()
    year = calendar.containing(number, Frequency.year)
    if not term[0] <= year <= term[1]:
        key = "due" if stated._bare_day else "due_day"
        yield (
            key,
            said("plan.day-outside-term", key=key, day=day, first=term[0], last=term[1]),
            None,
        )
        return
    if stated._bare_day:
        counts = calendar.within(due, own)
        if calendar.end(counts) != number and target.kind.figure != "yes_no":
            example = said("plan.due-day-example", period=str(counts - 1), day=day)
            yield "due", said("plan.day-inside-period", day=day, period=str(counts)), example
        return
    if not calendar.end(due - 1) < number <= calendar.end(due + 1):
        message = said("plan.due-day-not-of-due", day=day, period=str(due))
        yield "due_day", message, said("plan.due-day-in-or-after")
