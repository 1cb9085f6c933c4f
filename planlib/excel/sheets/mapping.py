"""A mapping: how a sheet somebody made himself is to be read, told in a small YAML file.

``columns`` names the head of each column of figures; what every row shares (goal, area, year, report
date, source) stands beside it; ``goals``, ``areas`` and ``groups`` give the sheet's own names for
those (a group's is ``sex=women``, or empty for everybody), ``states`` what stands in a figure's cell
where there is none, or behind it. ``encoding`` is that of a CSV file where it is not found out. ``years`` says that each year has a
column of figures: all headed by one, those listed, or by their heads. ``period`` and ``periods``
are other words for ``year`` and ``years``: each may be any period of the plan. ``unit`` or
``scale`` is that of all amounts where the sheet does not say it, ``units`` what the sheet's own
words for units are: another word, or how many of the goal's own unit.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, model_validator

from planlib.errors import Faults, said
from planlib.language.languages import LanguageCode
from planlib.plan.base import AnyPeriod, Id, Part, Words
from planlib.plan.faults import read_part
from planlib.plan.periods.calendar import CALENDAR_YEARS, Calendar
from planlib.plan.periods.text import looks_like_period
from planlib.plan.periods.typed import typed_period


def _as_text(value: object) -> object:
    """A year alone is a number to YAML."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


BELOW = " › "  # between the two rows of a head


def _years(value: object, info: ValidationInfo) -> dict[int, str] | str | None:
    """``all``, or the head of each period's column."""
    if value is None or value == "all":
        return None if value is None else "all"
    named = {year: str(year) for year in value} if isinstance(value, list) else value
    if isinstance(named, dict) and named:
        heads = {str(year): str(_as_head(head)) for year, head in named.items()}
        calendar: Calendar = (info.context or {}).get("calendar", CALENDAR_YEARS)
        if calendar != CALENDAR_YEARS:
            return {typed_period(text, calendar, ()): head for text, head in heads.items()}
        if all(re.fullmatch("[12][0-9]{3}", year) for year in heads):
            return {int(year): head for year, head in heads.items()}
    raise ValueError("'years' is all, a list of years, or the head of each: {2011: Result 2011}")


def _in_words(value: object, info: ValidationInfo) -> object:
    """A period in words as one of the plan's calendar."""
    if not isinstance(value, str) or looks_like_period(value):
        return value
    return typed_period(value, (info.context or {}).get("calendar", CALENDAR_YEARS), ())


TypedPeriod = Annotated[AnyPeriod, BeforeValidator(_in_words)]
Heads = Annotated[dict[int, str] | str | None, PlainValidator(_years)]


def _size(value: object) -> float | str:
    """How many of the goal's unit, or a unit in words."""
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1e12:
        return float(value)
    raise ValueError("a size is a number above 0, or words such as nghìn or thousand")


Size = Annotated[float | str, PlainValidator(_size)]


def _as_head(value: object) -> object:
    """The heads of two rows, the upper one first, as one."""
    if isinstance(value, list) and len(value) == 2:
        return BELOW.join(str(_as_text(part)) for part in value)
    return _as_text(value)


Head = Annotated[Words, BeforeValidator(_as_head)]


def _encoding(value: object) -> str:
    """The name of an encoding of texts, such as cp850 or mac-roman."""
    try:
        "".encode(str(value))
    except (LookupError, UnicodeError):
        raise Faults(said("excel.encoding-unknown", name=repr(value))) from None
    return str(value)


Encoding = Annotated[str, PlainValidator(_encoding)]


class Columns(Part):
    """The heads of the sheet's columns; a figure is needed.

    A head of two rows is a list: ``[Thực hiện, Năm 2013]``.
    """

    goal: Head | None = None
    value: Head | None = None
    low: Head | None = None
    high: Head | None = None
    numerator: Head | None = None
    denominator: Head | None = None
    assigned: Head | None = None
    percent: Head | None = None
    state: Head | None = None
    published_verdict: Head | None = None
    area: Head | None = None
    year: Head | None = None
    period: Head | None = None
    group: Head | None = None
    unit: Head | None = None
    vintage: Head | None = None
    source: Head | None = None
    note: Head | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        heads = list(self.heads().values())
        if len(set(heads)) < len(heads):
            raise ValueError("each column of the sheet is named once")
        return self

    @property
    def figures(self) -> bool:
        """Whether a column of figures is named."""
        return not (self.value is None and self.numerator is None and self.low is None)

    def heads(self) -> dict[str, str]:
        """The head of every column that is named; ``year`` for that of periods, whatever its key."""
        named = {name: head for name, head in self.model_dump().items() if head is not None}
        return {"year" if name == "period" else name: head for name, head in named.items()}


StateName = Literal["measured", "estimate", "missing", "not_due", "not_applicable", "suppressed"]


class SheetMapping(Part):
    """What a mapping file holds."""

    columns: Columns
    sheet: Words | None = None
    encoding: Encoding | None = None
    language: LanguageCode | None = None
    goal: Id | None = None
    area: Id | None = None
    year: TypedPeriod | None = None
    period: TypedPeriod | None = None
    years: Heads = None
    periods: Heads = None
    vintage: Annotated[Words, BeforeValidator(_as_text)] | None = None
    source: Words | None = None
    unit: Words | None = None
    scale: Size | None = None
    units: dict[str, Size] = Field(default_factory=dict)
    goals: dict[str, Id] = Field(default_factory=dict)
    areas: dict[str, Id] = Field(default_factory=dict)
    groups: dict[str, str] = Field(default_factory=dict)
    states: dict[str, StateName] = Field(default_factory=dict)
    skip: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = list[str]()
        for name in ("goal", "area"):
            if (getattr(self, name) is None) == (getattr(self.columns, name) is None):
                found.append(said("exchange.give-once", name=name))
        columns = self.columns
        given = [at for at in (self.year, self.period, columns.year, columns.period) if at]
        word = "period" if self.period or columns.period or self.periods else "year"
        if self.heads is None and len(given) != 1:
            found.append(said("exchange.give-once", name=word))
        if self.heads is not None and (given or (self.years and self.periods)):
            found.append(said("excel.give-year-years-not"))
        if self.heads is not None and columns.figures:
            found.append(said("excel.years-figures-stand-below"))
        if self.heads is None and not columns.figures:
            found.append(said("excel.columns-names-figures-stand"))
        if self.unit is not None and self.scale is not None:
            found.append(said("excel.give-unit-scale-not"))
        if self.vintage is not None and self.columns.vintage is not None:
            found.append(said("excel.give-vintage-once-all"))
        if found:
            raise Faults(*found)
        return self

    @property
    def when(self) -> int | None:
        """The period of all rows, where they share one."""
        return self.period if self.year is None else self.year

    @property
    def heads(self) -> dict[int, str] | str | None:
        """``all``, or the head of each period's column, where periods have columns."""
        return self.periods if self.years is None else self.years


def read_mapping(path: Path, calendar: Calendar = CALENDAR_YEARS) -> SheetMapping:
    """A mapping file for a plan of that calendar; raises InputError with every problem and its line."""
    return read_part(SheetMapping, path, calendar)
