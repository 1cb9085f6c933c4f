"""Reads a file of IATI activities as a plan: results are its sections, indicators its goals.

Each period of an indicator becomes the reporting period of the plan in which it ends; its own days
stay in the source of the figure and of the target. The plan reports by the longest period in which
no two periods of an indicator fall together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from planlib.errors import Faults, refused, said
from planlib.exchange.doubts import doubts
from planlib.exchange.draft import BaselineDraft, GoalDraft, PlanDraft, TargetDraft, Unread
from planlib.exchange.iati.beside import kept_figure, kept_goal, kept_plan, kept_target
from planlib.exchange.iati.naming import MEMBER, Naming, identifier_of, members_of
from planlib.exchange.iati.told import (
    Indicator,
    Told,
    beside,
    day_of,
    indicators_of,
    narratives,
    words_of,
)
from planlib.exchange.iati.xml_tree import LANG, Element, read_xml
from planlib.exchange.timing import frequency_for, year_end_of
from planlib.exchange.values import figure_of, terms_of
from planlib.exchange.yaml_out import Value
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.header import CalendarKeys
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.periods.text import read_period
from planlib.plan.target import RECURRING

MOST_SECTIONS = 150


def read_iati(path: Path, plan_id: str, lang: str) -> PlanDraft:
    """The plan a file tells, and all that could not be read. Raises InputError for another file."""
    root = read_xml(path)
    activities = [root] if root.name == "iati-activity" else list(root.all("iati-activity"))
    if root.name not in {"iati-activities", "iati-activity"}:
        raise refused(said("exchange.not-iati", found=repr(root.name[:60])), path, root.line)
    found = [
        (activity, result, indicator)
        for activity in activities
        for result, indicator in indicators_of(
            activity, (activity.get(LANG) or lang).lower().partition("-")[0]
        )
    ]
    if not found:
        raise refused(said("exchange.no-indicators"), path, root.line)
    spans = {told.span for _, _, indicator in found for told in indicator.told if told.span}
    year_ends = year_end_of((span.first, span.last) for span in spans)
    kinds = {
        id(indicator): frequency_for([one.span.last for one in indicator.told if one.span], year_ends)
        for _, _, indicator in found
    }  # fmt: skip
    finest = max(kinds.values(), key=lambda one: one.in_year)
    first = activities[0]
    stated, calendar = _stated(first, lang, Calendar(finest, year_ends))
    draft = PlanDraft(plan_id, {}, calendar, path.name, stated=stated)
    results = {(id(activity), indicator.result) for activity, _, indicator in found}
    building = _Building(draft, Naming(draft, lang, by_result=len(results) <= MOST_SECTIONS))
    if not building.naming.by_result and len({one[0] for one in results}) > MOST_SECTIONS:
        hint = said("exchange.split-file")
        raise refused(said("exchange.too-many-sections", n=MOST_SECTIONS), path, hint=hint)
    for activity, result, indicator in found:
        building.indicator(activity, result, indicator, kinds[id(indicator)])
    building.references()
    building.naming.order_areas()
    draft.doubtful += doubts(draft, building.lines)
    if len(activities) == 1:
        draft.names = narratives(activities[0].first("title"), lang)
    return draft


def _stated(first: Element, lang: str, calendar: Calendar) -> tuple[Mapping[str, Value], Calendar]:
    """What planlib wrote beside the plan itself, with the calendar that it then has."""
    more = beside(first, "description", lang)[1]
    if not more:
        return {}, calendar
    try:
        keys = CalendarKeys.model_validate(
            {name: more[name] for name in CalendarKeys.model_fields if name in more}
        )
        return kept_plan(more, keys.calendar), keys.calendar
    except (ValidationError, Unreadable):  # somebody else's
        return {}, calendar


class _Building:
    """Places what is told in the plan, indicator by indicator."""

    def __init__(self, draft: PlanDraft, naming: Naming) -> None:
        self.draft, self.naming, self.lang = draft, naming, naming.lang
        self.lines: dict[str, int] = {}  # of the goals
        self.members: frozenset[str] = frozenset()  # of the indicator at hand

    def indicator(
        self, activity: Element, result: Element, indicator: Indicator, frequency: Frequency
    ) -> None:
        """One indicator: a goal where it has a target, else a line for everything it has."""
        draft = self.draft
        draft.unread += indicator.unread
        naming = self.naming
        naming.places(activity)
        number = f"{naming.language('exchange.indicator')} {indicator.number}"
        names = indicator.names or {self.lang: number}
        kept = self._kept(indicator)
        if self.draft.stated:  # written by planlib: the goal says it where it has its own
            frequency = Frequency(str(kept.get("period", draft.calendar.frequency)))
        goal = GoalDraft(
            naming.goal(names, indicator),
            naming.section(activity, result, indicator), names,
            naming.unit(indicator, kept.pop("unit", None)),
            {
                "document": naming.document(activity), "section": identifier_of(activity),
                "paragraph": indicator.number,
                "note": f"IATI result {indicator.result} type {result.get('type') or '-'}, "
                f"measure {indicator.measure or '-'}, ascending {int(indicator.ascending)}, "
                f"aggregation-status {int(indicator.aggregated)}",
            },
            frequency=frequency,
        )  # fmt: skip
        self.lines[goal.id] = indicator.element.line
        if frequency is not Frequency.year and not draft.stated:
            goal.terms["make_up"] = "last"  # IATI says nothing of longer periods
        kept.pop("period", None)
        goal.terms |= kept
        calendar = Calendar(frequency, draft.calendar.year_ends)
        figures: list[dict[str, str | float | int]] = []
        seen: dict[tuple[object, ...], int] = {}
        self.members = members_of(indicator.told)
        for told in indicator.told:
            try:
                self._place(told, goal, indicator, figures, seen, calendar)
            except Unreadable as error:
                self._unread(told, indicator, error)
        if not goal.targets:
            self._without_target(indicator, figures)
            return
        draft.goals.append(goal)
        day = day_of(activity.get("last-updated-datetime"))
        for figure in figures:
            end = calendar.end(int(figure["year"]))
            if day is not None and "vintage" not in figure:
                figure["vintage"] = activity.get("last-updated-datetime")[:10]
                if day < end:  # told before the period was over
                    figure.setdefault("state", "estimate")
            figure["goal"] = goal.id
            draft.figures.append(figure)

    def _kept(self, indicator: Indicator) -> dict[str, Value]:
        """What planlib wrote beside an indicator."""
        more = beside(indicator.element, "description", self.lang)[1]
        try:
            return kept_goal(more, self.draft.calendar)
        except Unreadable as error:
            subject = words_of(indicator.names, self.lang)
            line = indicator.element.line
            self.draft.unread.append(
                Unread(line, subject, "description", "", error.fault, error.hint)
            )
            return {}

    def references(self) -> None:
        """What goals say of goals that could not be read is listed, and left out."""
        known = {goal.id for goal in self.draft.goals}
        for goal in self.draft.goals:
            for key in ("part_of", "denominator", "inflows", "outflows"):
                named = goal.terms.get(key, ())
                if not {named} <= known if isinstance(named, str) else not {*named} <= known:  # type: ignore[misc]
                    why = said("exchange.goal-not-read")
                    found = named if isinstance(named, str) else ", ".join(map(str, named))  # type: ignore[arg-type]
                    name = words_of(goal.names, self.lang)
                    self.draft.unread.append(Unread(self.lines[goal.id], name, key, found, why))
                    del goal.terms[key]

    def _unread(self, told: Told, indicator: Indicator, error: Unreadable) -> None:
        subject = words_of(indicator.names, self.lang)
        one = Unread(told.line, subject, told.kind, told.text, error.fault, error.hint)
        self.draft.unread.append(one)

    def _without_target(
        self, indicator: Indicator, figures: list[dict[str, str | float | int]]
    ) -> None:
        for told in indicator.told:
            if told.kind != "target" and told.number is not None:
                error = Unreadable(said("exchange.no-target"), said("exchange.no-target-hint"))
                self._unread(told, indicator, error)

    def _place(
        self, told: Told, goal: GoalDraft, indicator: Indicator,
        figures: list[dict[str, str | float | int]], seen: dict[tuple[object, ...], int],
        calendar: Calendar,
    ) -> None:  # fmt: skip
        """A baseline, target or actual in its period. Raises Unreadable where it has no place."""
        if told.text.endswith("%") and goal.unit != "%":
            raise Unreadable(said("exchange.percent-mixed"), said("exchange.percent-mixed-hint"))
        period = self._period(told, calendar)
        member = told.group.get(MEMBER, "") if self.members else ""
        parts = {name: one for name, one in told.group.items() if name != MEMBER or not member}
        area, group = self.naming.area(told), self.naming.group(parts)
        source = str(told.span) if told.span else "baseline"
        key = (
            told.kind,
            period,
            area,
            group,
            member,
            *(str(told.more.get(name, "")) for name in ("vintage", "cadence")),
        )
        if key in seen:
            raise Unreadable(said("exchange.told-twice", line=seen[key]))
        seen[key] = told.line
        if told.kind == "target":
            if told.more.get("no_target") is True:
                goal.targets.append(TargetDraft(period, {"no_target": True}, area, group))
                return
            if told.number is None:
                raise Unreadable(said("exchange.value-empty"))
            terms = kept_target(told.more, calendar)
            if "comparison" not in terms:
                terms = {**terms_of(told.number, indicator.better), **terms}
            if terms.get("cadence") in RECURRING:
                again = ("each", area, group, json.dumps(terms, sort_keys=True))
                if again in seen:
                    return  # told again of another period
                seen[again] = told.line
            words = told.number.words if told.number.words != told.text else ""
            goal.targets.append(
                TargetDraft(period, terms, area, group, source, words or told.comment)
            )
            return
        columns = figure_of(told.number, percentage=goal.unit == "%") if told.number else {}
        kept = kept_figure(told.more)
        if "numerator" in kept and told.more.get("made") is True:
            columns = {}
        single = columns.get("value")
        if told.kind == "baseline" and not group and single is not None:
            goal.baselines[area] = BaselineDraft(
                period, float(single), told.comment or self.draft.source, told.line
            )
            return
        row: dict[str, str | float | int] = {"area": area, "year": period, "source": source}
        row |= {"note": told.comment} if told.comment else {}
        row |= {"group": group} if group else {}
        row |= {"member": member} if member else {}
        figures.append(row | columns | kept)

    def _period(self, told: Told, calendar: Calendar) -> int:
        if told.span is not None:
            return calendar.containing(told.span.last)
        if told.day is not None:
            return calendar.containing(told.day)
        try:
            return read_period(told.year, calendar)
        except Faults:  # a bare year where years do not end in December
            why = said("exchange.baseline-year", found=repr(told.year))
            raise Unreadable(why, said("exchange.baseline-year-hint")) from None
