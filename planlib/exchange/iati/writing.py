"""Writes a plan and its figures as IATI results, version 2.03.

Sections are results, goals indicators. What IATI has no place for (report dates, states, what a
share is made of, how a target is compared) stands as JSON in a comment that begins with "planlib",
from which ``import-plan`` takes it back; every number stands in the XML once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd

from planlib.exchange.draft import WHOLE
from planlib.exchange.iati.told import PLANLIB, Span, day_of
from planlib.exchange.yaml_out import number_out
from planlib.figures.observations import Observations, State, vintage_text
from planlib.language.text import Text
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of
from planlib.plan.plan import Plan
from planlib.plan.target import PERCENT_BASES, Cadence, Target

VERSION = "2.03"
# A citation as import-plan writes it: result, its type, measure and aggregation status.
_CITED = re.compile(
    r"IATI result ([0-9]+) type (\S+), measure (\S+), ascending ([01]), aggregation-status ([01])"
)
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")
TEXTS = ("exclusive", "words", "published_verdict", "published_reason", "note")
PARTS = ("numerator", "denominator", "assigned")
Key = tuple[int, str]  # a period and its days as they were cited


@dataclass(frozen=True)
class _TargetInTime:
    """A target with the period it is for and what it says of its time."""

    target: Target
    period: int
    area: str = ""
    cadence: str = ""


def iati_text(plan: Plan, figures: Observations) -> str:
    """The plan and its figures as the text of an XML file.

    Ambiguous goals have the target of their default reading. Goals come in the order of the plan,
    periods in that of time.
    """
    root = ET.Element("iati-activities", {"version": VERSION})
    results: dict[tuple[str, str], ET.Element] = {}
    activities: dict[str, ET.Element] = {}
    rows = {str(goal): part for goal, part in figures.frame.groupby("goal", observed=True)}
    for goal in plan.goals:
        identifier, result = _identity(plan, goal)
        if identifier not in activities:
            activities[identifier] = _activity(root, plan, goal, identifier)
        if (identifier, result) not in results:
            kind = (_cited(goal) or ("", "1"))[1].replace("-", "1")
            made = ET.SubElement(activities[identifier], "result", {"type": kind})
            results[identifier, result] = made
            _narrated(made, "title", plan.section_of(goal.id).name)
        _Indicator(plan, goal, rows.get(goal.id)).write(results[identifier, result])
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _cited(goal: Goal) -> tuple[str, ...] | None:
    """What an imported goal cites: its result, type, measure, direction, aggregation status."""
    note = goal.source[0].note
    found = _CITED.fullmatch(next(iter(note.values()))) if note else None
    return found.groups() if found else None


def _identity(plan: Plan, goal: Goal) -> tuple[str, str]:
    """The activity and the result a goal belongs to: those it cites, else the plan and its section."""
    cited = _cited(goal)
    if cited is None:
        return plan.id, plan.section_of(goal.id).section
    return goal.source[0].section, cited[0]


def _activity(root: ET.Element, plan: Plan, goal: Goal, identifier: str) -> ET.Element:
    activity = ET.SubElement(root, "iati-activity")
    ET.SubElement(activity, "iati-identifier").text = identifier
    document = plan.document(goal.source[0].document)
    own = identifier == plan.id or document is None
    _narrated(activity, "title", plan.header.name if own else document.title)  # type: ignore[union-attr]
    for area in (one for one in plan.header.areas if one != WHOLE):
        place = ET.SubElement(activity, "location", {"ref": area})
        _narrated(place, "name", plan.area_name(area))
    return activity


def _narrated(inside: ET.Element, name: str, words: Text | str) -> None:
    texts = {"": words} if isinstance(words, str) else dict(words)
    element = ET.SubElement(inside, name)
    for code, text in texts.items():
        given = {"xml:lang": code} if code else {}
        ET.SubElement(element, "narrative", given).text = _harmless(text)


def _harmless(text: str) -> str:
    """A text without the characters that XML 1.0 cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


class _Indicator:
    def __init__(self, plan: Plan, goal: Goal, rows: pd.DataFrame | None) -> None:
        self.plan, self.goal = plan, goal
        self.frequency = plan.frequency_of(goal)
        self.rows = rows if rows is not None else pd.DataFrame()
        term = plan.header.term
        self.first, self.last = term.first, term.last
        self.main = goal.main_target()

    def write(self, result: ET.Element) -> None:
        """The indicator with its baseline and every period that has a target or a figure."""
        cited = _cited(self.goal) or ("", "", "2" if self.goal.unit == "%" else "1", "", "0")
        given = {"ascending": "0" if self.main.better == "lower" else "1"}
        if cited[2] != "-":
            given = {"measure": cited[2], **given}
        indicator = ET.SubElement(result, "indicator", {**given, "aggregation-status": cited[4]})
        _narrated(indicator, "title", self.goal.name)
        if isinstance(self.goal.unit, Text):
            _narrated(indicator, "description", self.goal.unit)
        starts = {one.area: one.baseline for one in self.goal.targets if not one.group}
        for area, start in {None: self.goal.baseline, **starts}.items():
            if start is not None:
                day = date.fromordinal(self.plan.calendar.end(start.year)).isoformat()
                given = {"year": day[:4], "iso-date": day, "value": number_out(start.value)}
                indicator.append(self._told("baseline", given, area or "", "", {}, start.source))
        whole: dict[Key, list[ET.Element]] = {}
        for held in self._targets():
            key = held.period, self._days(held.period, held.target.source or "", held.cadence)
            whole.setdefault(key, []).append(self._target(held))
        for at in range(len(self.rows)):
            row = self.rows.iloc[at]
            source = str(row.get("source", "") or "")
            year = int(row["year"])
            element = self._actual(row, source)
            if source == "baseline":
                day = date.fromordinal(self.plan.calendar.end(year)).isoformat()
                element.tag = "baseline"
                element.attrib = {"year": day[:4], "iso-date": day, **element.attrib}
                indicator.append(element)
                continue
            whole.setdefault((year, self._days(year, source, "")), []).append(element)
        for (_, days), told in sorted(whole.items(), key=lambda one: (one[0][1][11:], one[0][1])):
            period = ET.SubElement(indicator, "period")
            for name, day in zip(("start", "end"), days.split("/"), strict=True):
                ET.SubElement(period, f"period-{name}", {"iso-date": day})
            period.extend(sorted(told, key=lambda one: one.tag, reverse=True))  # targets first

    def _days(self, code: int, source: str, cadence: str) -> str:
        """The days of a period: those its source cites where they end in it, else its own."""
        calendar = self.plan.calendar
        if found := _SPAN.fullmatch(source):
            first, last = (day_of(day) for day in found.groups())
            if first and last and calendar.containing(last, frequency_of(code)) == code:
                return source
        last = calendar.end(code)
        first = calendar.end(code - 1) + 1
        if cadence in {Cadence.over_term, Cadence.keep}:
            first = calendar.end(self.first - 1) + 1
        return str(Span(first, last))

    def _targets(self) -> Iterator[_TargetInTime]:
        goal = self.goal
        # Read, a year's target of a plan of quarters is that of its quarters; it is told once.
        within = self.plan.calendar.within
        for at, yearly in {within(one.year, self.frequency): one for one in goal.yearly}.items():
            yield _TargetInTime(yearly, at)
        stated = [] if goal.yearly or (goal.targets and not goal.target) else [self.main]
        if goal.term_target is not None and not any(one is goal.term_target for one in stated):
            stated.append(goal.term_target)
        for target in stated:
            yield from self._in_time(target)
        for own in goal.targets:
            if own.no_target or own.group:
                continue
            target = own.over(goal.target)
            times = [_TargetInTime(target, own.period)] if own.period else self._in_time(target)
            yield from (replace(one, area=own.area or "") for one in times)

    def _in_time(self, target: Target) -> Iterator[_TargetInTime]:
        """A target with the periods it is for: that in which it is due, the last, or each."""
        calendar = self.plan.calendar
        if target.cadence is Cadence.by and target.due is not None:
            yield _TargetInTime(target, target.due, cadence="by")
        elif target.cadence in {Cadence.over_term, Cadence.keep}:
            end = calendar.within(self.last, self.frequency)
            yield _TargetInTime(target, end, cadence=str(target.cadence))
        else:
            each = Frequency.year if target.cadence is Cadence.every_year else self.frequency
            for code in calendar.axis(self.first, self.last, each):
                yield _TargetInTime(target, code)

    def _target(self, held: _TargetInTime) -> ET.Element:
        target = held.target
        low, high, value = target.low, target.high, target.value
        ends = [number_out(end) for end in (low, high) if end is not None]
        if value is None and not ends:
            value = target.near if target.near is not None else 1.0  # members, or done
        text = " to ".join(ends) if value is None else number_out(value)
        sign = {"above": ">", "below": "<", "about": "~"}.get(target.comparison, "")
        more: dict[str, object] = {}
        upward = self.main.better != "lower"
        plain = {"at_least", "above"} if upward else {"at_most", "below"}
        if target.comparison not in plain | {"about", "between", "all_of"}:
            more = {"comparison": target.comparison}
            more |= {} if value is None or target.value is None else {"value": target.value}
        if target.comparison in {"between", "about"} and target.better != self.main.better:
            more["better"] = target.better
        if target.comparison == "between" and target.beyond != "good":
            more["beyond"] = target.beyond
        if target.basis in PERCENT_BASES or target.basis != "level":
            more["basis"] = str(target.basis)
        if held.cadence:
            more["cadence"] = held.cadence
        if target.source and not _SPAN.fullmatch(target.source):
            more["source"] = target.source
        given = {"value": sign + text}
        return self._told("target", given, held.area, "", more, target.words or "")

    def _actual(self, row: pd.Series, source: str) -> ET.Element:
        more: dict[str, object] = {}
        day = vintage_text(int(row["vintage"]))
        if day is not None:
            more["vintage"] = str(row.get("vintage_text", "") or day)
        state = State(int(row["state"]))
        if state is not State.measured:
            more["state"] = state.name
        numbers = {name: float(row[name]) for name in ("value", "low", "high", *PARTS)
                   if name in row and not np.isnan(row[name])}  # fmt: skip
        more |= {name: numbers[name] for name in PARTS if name in numbers}
        texts = {name: str(row[name]) for name in TEXTS if name in row and str(row[name] or "")}
        note = texts.pop("note", "")
        more |= texts
        if source and not _SPAN.fullmatch(source) and source != "baseline":
            more["source"] = source
        given = {}
        if "value" in numbers:
            given["value"] = number_out(numbers["value"])
        elif {"low", "high"} & numbers.keys():
            given["value"] = _interval(numbers)
            more.setdefault("words", "")  # not those of the interval
        elif numbers.get("denominator"):
            given["value"] = number_out(100 * numbers["numerator"] / numbers["denominator"])
            more["made"] = True
        group = str(row.get("group", "") or "")
        if member := str(row.get("member", "") or ""):
            group = f"{group};member={member}".strip(";")
        return self._told("actual", given, str(row["area"]), group, more, note)

    def _told(
        self, name: str, given: dict[str, str], area: str, group: str, more: dict[str, object],
        words: str,
    ) -> ET.Element:  # fmt: skip
        element = ET.Element(name, given)
        if area and area != WHOLE:
            ET.SubElement(element, "location", {"ref": area})
        for part in filter(None, group.split(";")):
            dimension, _, member = part.partition("=")
            ET.SubElement(element, "dimension", {"name": dimension, "value": member})
        if words:
            _narrated(element, "comment", words)
        if more:
            _narrated(element, "comment", PLANLIB + json.dumps(more, ensure_ascii=False))
        return element


def _interval(numbers: dict[str, float]) -> str:
    low, high = numbers.get("low"), numbers.get("high")
    if low is not None and high is not None:
        return f"{number_out(low)} to {number_out(high)}"
    return f">={number_out(low)}" if low is not None else f"<={number_out(high or 0.0)}"


def left_out(plan: Plan) -> Iterable[str]:
    """What of a plan IATI has no place for, by the keys of its names."""
    if any(goal.readings for goal in plan.goals):
        yield "export-plan.readings"
    if any(goal.revisions for goal in plan.goals):
        yield "export-plan.revisions"
    if plan.measures:
        yield "export-plan.measures"
