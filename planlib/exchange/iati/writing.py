"""Writes a plan and its figures as IATI results, version 2.03.

Sections are results, goals indicators. What IATI has no place for (report dates, states, what a
share is made of, how a target is compared) stands as JSON in a comment that begins with "planlib",
from which ``import-plan`` takes it back; every number stands in the XML once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd

from planlib.exchange.draft import WHOLE
from planlib.exchange.iati.beside import goal_keys, plan_keys
from planlib.exchange.iati.targets import TargetInTime, targets_in_time
from planlib.exchange.iati.told import OWN, PLANLIB, Span, day_of
from planlib.exchange.yaml_out import number_out
from planlib.figures.observations import Observations, State, vintage_text
from planlib.language.text import Text
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import frequency_of
from planlib.plan.plan import Plan
from planlib.plan.target import Cadence

VERSION = "2.03"
# A citation as import-plan writes it: result, its type, measure and aggregation status.
_CITED = re.compile(
    r"IATI result ([0-9]+) type (\S+), measure (\S+), ascending ([01]), aggregation-status ([01])"
)
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")
TEXTS = ("exclusive", "words", "published_verdict", "published_reason", "note")
PARTS = ("numerator", "denominator", "assigned")
Key = tuple[int, str]  # a period and its days as they were cited


def iati_text(plan: Plan, figures: Observations) -> str:
    """The plan and its figures as the text of an XML file.

    Goals are those in force today, ambiguous ones with the target of their default reading. They
    come in the order of the plan, periods in that of time.
    """
    plan = plan.in_force(None)
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
    if len(root) == 1:  # once in the file
        _described(activity, {}, plan_keys(plan), type="1")
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


def _described(
    inside: ET.Element, words: Mapping[str, str], more: Mapping[str, object], **given: str
) -> None:
    """A description: words in their languages, and what planlib writes beside."""
    element = ET.SubElement(inside, "description", given)
    for code, text in words.items():
        ET.SubElement(element, "narrative", {"xml:lang": code}).text = _harmless(text)
    ET.SubElement(element, "narrative").text = _harmless(_beside(more))


def _beside(more: Mapping[str, object]) -> str:
    return PLANLIB + json.dumps(more, ensure_ascii=False)


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
        unit = self.goal.unit
        _described(indicator, {} if isinstance(unit, str) else unit, goal_keys(self.goal))
        ET.SubElement(indicator, "reference", {"vocabulary": OWN, "code": self.goal.id})
        starts = {one.area: one.baseline for one in self.goal.targets if not one.group}
        for area, start in {None: self.goal.baseline, **starts}.items():
            if start is not None:
                day = date.fromordinal(self.plan.calendar.end(start.year)).isoformat()
                given = {"year": day[:4], "iso-date": day, "value": number_out(start.value)}
                indicator.append(self._told("baseline", given, area or "", "", {}, start.source))
        whole: dict[Key, list[ET.Element]] = {}
        for held in targets_in_time(self.plan, self.goal):
            source = (held.target.source if held.target is not None else "") or ""
            key = held.period, self._days(held.period, source, held.cadence)
            whole.setdefault(key, []).append(self._target(held))
        for row in self.rows.to_dict("records"):
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

    def _target(self, held: TargetInTime) -> ET.Element:
        more, target = held.beside(self.main), held.target
        if target is None:
            return self._told("target", {}, held.area, held.group, more, "")
        if target.source and not _SPAN.fullmatch(target.source):
            more["source"] = target.source
        given = {"value": held.text()}
        return self._told("target", given, held.area, held.group, more, target.words or "")

    def _actual(self, row: Mapping[Hashable, Any], source: str) -> ET.Element:
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
            _narrated(element, "comment", _beside(more))
        return element


def _interval(numbers: dict[str, float]) -> str:
    low, high = numbers.get("low"), numbers.get("high")
    if low is not None and high is not None:
        return f"{number_out(low)} to {number_out(high)}"
    return f">={number_out(low)}" if low is not None else f"<={number_out(high or 0.0)}"
