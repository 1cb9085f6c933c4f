"""What an activity's results say, element by element: baselines, targets and actuals with their line.

Nothing is placed in a plan's time yet: a period is its first and last day. What an element cannot
be read as is told to ``Unread`` at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from planlib.errors import Said, said
from planlib.exchange.draft import Names, Unread
from planlib.exchange.iati.xml_tree import LANG, Element
from planlib.exchange.values import number_in
from planlib.figures.typed.numbers import NumberStyle, TypedNumber
from planlib.language.typed.unreadable import Unreadable

EARLIEST, LATEST = 1900, 2200
UNIT, PERCENT, QUALITATIVE = "1", "2", "5"  # codes of IndicatorMeasure
PLANLIB = "planlib "  # begins a comment that holds what IATI has no place for
OWN = "99"  # the code of IndicatorVocabulary for ids of whoever reports


@dataclass(frozen=True)
class Span:
    """The days of a period, as day numbers."""

    first: int
    last: int

    def __str__(self) -> str:
        return "/".join(date.fromordinal(day).isoformat() for day in (self.first, self.last))


@dataclass
class Told:
    """One baseline, target or actual that has a number, or a state instead of one."""

    kind: str
    line: int
    text: str
    number: TypedNumber | None
    span: Span | None = None  # of a baseline None; its year or day is in the element
    year: str = ""
    day: int | None = None
    location: str = ""
    group: dict[str, str] = field(default_factory=dict)  # a dimension's name to its value
    comment: str = ""
    more: Mapping[str, object] = field(default_factory=dict)  # what planlib wrote beside


@dataclass
class Indicator:
    """One indicator of one result, with everything it tells that can be read."""

    element: Element
    result: int
    number: int
    names: Names
    measure: str
    ascending: bool
    aggregated: bool
    told: list[Told] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    @property
    def better(self) -> str:
        """Which way is better."""
        return "higher" if self.ascending else "lower"


def narratives(element: Element | None, lang: str) -> dict[str, str]:
    """The words of an element by language; what is in none of its own is in the activity's.

    Files before version 2 have no narratives: the element's own text then.
    """
    if element is None:
        return {}
    found: dict[str, str] = {}
    for one in [*element.all("narrative"), element]:
        code = (one.get(LANG) or lang).lower().replace("_", "-").partition("-")[0]
        if one.text:
            found.setdefault(code, one.text)
    return found


def words_of(names: Names, lang: str) -> str:
    """The words in a language, else the first there are."""
    return names.get(lang) or next(iter(names.values()), "")


def day_of(text: str) -> int | None:
    """A date as a day number, None for what is none; a time behind it does not matter."""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day.toordinal() if EARLIEST <= day.year <= LATEST else None


def beside(at: Element, name: str, lang: str) -> tuple[str, Mapping[str, object]]:
    """What the comment or description of an element says in words, and what planlib wrote there."""
    plain, more = "", {}
    for one in at.all(name):
        texts = [narrative.text for narrative in one.all("narrative")] or [one.text]
        for text in filter(None, texts):
            if text.startswith(PLANLIB):
                try:
                    known = json.loads(text.removeprefix(PLANLIB))
                except (ValueError, RecursionError):
                    known = None
                if isinstance(known, dict):
                    more = known
                    continue
            plain = plain or text
    return plain, more


def indicators_of(activity: Element, lang: str) -> Iterator[tuple[Element, Indicator]]:
    """Every indicator of an activity with its result, all its values read."""
    number = 0
    for at, result in enumerate(activity.all("result"), 1):
        for element in result.all("indicator"):
            number += 1
            status = element.get("aggregation-status") or result.get("aggregation-status")
            indicator = Indicator(
                element, at, number, narratives(element.first("title"), lang),
                element.get("measure"), element.get("ascending") not in {"0", "false"},
                status in {"1", "true"},
            )  # fmt: skip
            _IndicatorReading(indicator, lang).all()
            yield result, indicator


class _IndicatorReading:
    def __init__(self, indicator: Indicator, lang: str) -> None:
        self.indicator, self.lang = indicator, lang
        self.subject = words_of(indicator.names, lang)

    def unread(self, at: Element, what: str, found: str, why: Said, hint: Said | None) -> None:
        self.indicator.unread.append(Unread(at.line, self.subject, what, found, why, hint))

    def all(self) -> None:
        element = self.indicator.element
        for baseline in element.all("baseline"):
            self._value(baseline, None)
        periods = list(element.all("period"))
        for period in periods:
            self._period(period)
        if not periods:
            self.unread(element, "indicator", "", said("exchange.no-period"), None)

    def _period(self, period: Element) -> None:
        days = []
        for name in ("period-start", "period-end"):
            bound = period.first(name)
            text = bound.get("iso-date") if bound else ""
            days.append(day_of(text))
            if days[-1] is None:
                self.unread(
                    bound or period, name, text, said("exchange.not-a-day"),
                    said("exchange.not-a-day-hint"),
                )  # fmt: skip
        first, last = days
        values = [one for one in period.inside if one.name in {"target", "actual"}]
        if first is None or last is None or first > last:
            if first is not None and last is not None:
                self.unread(period, "period", str(Span(first, last)),
                            said("exchange.period-reversed"), None)  # fmt: skip
            for one in values:
                why = said("exchange.without-period")
                self.unread(one, one.name, one.get("value"), why, None)
            return
        if not values:
            self.unread(period, "period", str(Span(first, last)), said("exchange.period-empty"),
                        None)  # fmt: skip
        for one in values:
            self._value(one, Span(first, last))

    def _value(self, at: Element, span: Span | None) -> None:
        comment, more = beside(at, "comment", self.lang)
        text = at.get("value")
        told = Told(at.name, at.line, text, None, span, at.get("year"), comment=comment, more=more)
        told.day = day_of(at.get("iso-date"))
        locations = [one.get("ref") for one in at.all("location")]
        if len(locations) > 1 or locations == [""]:
            why, hint = said("exchange.locations"), said("exchange.locations-hint")
            self.unread(at, at.name, text, why, hint)
            return
        told.location = "".join(locations)
        for dimension in at.all("dimension"):
            name, member = dimension.get("name"), dimension.get("value")
            if not name or not member or name in told.group:
                self.unread(at, at.name, text, said("exchange.dimension-without-name"), None)
                return
            told.group[name] = member
        if at.name == "baseline" and not self._dated(at, told):
            return
        if not text and {"state", "numerator", "no_target"} & more.keys():
            self.indicator.told.append(told)
            return
        try:
            if self.indicator.measure == QUALITATIVE and "comparison" not in more:
                raise Unreadable(said("exchange.qualitative"), said("exchange.qualitative-hint"))
            style = NumberStyle("amount", self.lang)
            measure = self.indicator.measure
            if measure == PERCENT or (measure == "" and text.endswith("%")):
                style = NumberStyle("percent", self.lang)
            told.number = number_in(text, style, point=True)
        except Unreadable as error:
            found = text or comment
            self.unread(at, at.name, found, error.fault, error.hint)
            return
        self.indicator.told.append(told)

    def _dated(self, at: Element, told: Told) -> bool:
        """Whether a baseline says of when it is."""
        year = told.year
        known = year.isascii() and year.isdigit() and EARLIEST <= int(year) <= LATEST
        if told.day is not None or known:
            return True
        why = said("exchange.baseline-year", found=repr(year or at.get("iso-date")))
        if not told.text and not told.comment:
            why = said("exchange.baseline-empty")
        self.unread(at, at.name, told.text, why, said("exchange.baseline-year-hint"))
        return False
