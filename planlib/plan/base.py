"""What every part of a plan shares: frozen, unknown keys refused, texts, ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WrapValidator,
)

from planlib.errors import Faults, said
from planlib.language.text import ASKED, check_text
from planlib.plan.brief import brief
from planlib.plan.periods.calendar import (
    CALENDAR_YEARS,
    Calendar,
    Frequency,
    Period,
    frequency_of,
    period,
)
from planlib.plan.periods.text import looks_like_period, period_of, read_period

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
ID_LENGTH = 64
_WRITTEN_ID = re.compile(ID_PATTERN).fullmatch
# Beyond this a "number" in a plan is a slip of the keyboard, and float arithmetic loses integers.
LARGEST = 1e15


def check_id(text: str) -> str:
    """Refuse an id that is not ASCII words joined by hyphens, 64 characters at most.

    >>> check_id("ward-2010-2015")
    'ward-2010-2015'
    """
    if len(text) > ID_LENGTH:
        raise Faults(said("plan.id-too-long", n=ID_LENGTH, found=len(text)))
    if not _WRITTEN_ID(text):
        raise Faults(said("plan.id-small-ascii-letters"))
    return text


Id = Annotated[str, AfterValidator(check_id), Field(json_schema_extra={"pattern": ID_PATTERN})]
Words = Annotated[str, AfterValidator(check_text)]


def period_record(code: int) -> int | str:
    """A period in a record: a calendar year as its number, any other as it is written."""
    at = period(code)
    return str(at) if isinstance(at, Period) else at


def _period(value: Any, whole_number: Any, info: ValidationInfo) -> int:
    """A period of the plan's calendar, which is the context's (of calendar years without one).

    It may be in words: those of the plan's languages and of English, else of any language.
    """
    if isinstance(value, Period):
        return value
    calendar: Calendar = (info.context or {}).get("calendar", CALENDAR_YEARS)
    if isinstance(value, str) and not looks_like_period(value):
        from planlib.plan.periods.typed import stated_period  # most plans need no words for it

        return stated_period(value, calendar, (info.context or {}).get(ASKED) or ())
    if isinstance(value, str) or (calendar.split and type(value) is int):
        return read_period(value, calendar)
    return int(whole_number(value))


def _whole_year(value: int) -> int:
    if frequency_of(value) is not Frequency.year:
        example = "2023/24" if isinstance(value, Period) and value.split else "2023"
        raise Faults(said("plan.only-years-here", example=example, found=repr(str(value))))
    return value


_NUMBER = {"type": "integer", "minimum": 1900, "maximum": 2200}
_WRITTEN = {"anyOf": [_NUMBER, {"type": "string"}]}
_TYPED = {
    "anyOf": [
        _NUMBER,
        {
            "type": "string",
            "description": "A period as planlib writes it, or in words of the plan's languages.",
            "examples": ["2023/24", "2024-Q2", "2024-07", "quý II/2024", "July 2024", "FY2014"],
        },
    ]
}
AnyPeriod = Annotated[
    int,
    Field(ge=1900, le=2200, strict=True, json_schema_extra=_TYPED),
    WrapValidator(_period),
    PlainSerializer(period_record, when_used="json"),
]
CalendarYear = Annotated[int, Field(ge=1900, le=2200, strict=True)]
Year = Annotated[AnyPeriod, AfterValidator(_whole_year)]


def _stored(value: Any, whole_number: Any) -> int:
    if isinstance(value, Period):
        return value
    return period_of(value) if isinstance(value, str) else int(whole_number(value))


# A period in what planlib writes and reads again.
StoredPeriod = Annotated[
    int,
    Field(ge=1900, le=2200, strict=True, json_schema_extra=_WRITTEN),
    WrapValidator(_stored),
    PlainSerializer(period_record, when_used="json"),
]
Number = Annotated[
    float, Field(allow_inf_nan=False, ge=-LARGEST, le=LARGEST, strict=True), AfterValidator(float)
]
LeastCount = Annotated[int, Field(ge=2, le=1000, strict=True)]  # people who hide one another
IntervalLevel = Annotated[Number, Field(ge=50, lt=100)]  # percent: how often an interval holds


class Part(BaseModel):
    """Base of every part of a plan."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """A private attribute; pydantic gives the same, thirty times as slow."""
            try:
                return object.__getattribute__(self, "__pydantic_private__")[name]
            except (AttributeError, KeyError, TypeError):  # none yet, another name, or none at all
                return super().__getattr__(name)

    def __repr__(self) -> str:
        return brief(type(self).__name__, self)

    def __str__(self) -> str:
        return repr(self)
