"""Reads a file of IATI activities as a plan: results are its sections, indicators its goals.

Each period of an indicator becomes the reporting period of the plan in which it ends; its own days
stay in the source of the figure and of the target. The plan reports by the longest period in which
no two periods of an indicator fall together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from planlib.errors import Faults, refused, said
from planlib.exchange.draft import (
    WHOLE,
    BaselineDraft,
    GoalDraft,
    Names,
    PlanDraft,
    TargetDraft,
    Unread,
)
from planlib.exchange.iati.beside import FIGURE, TARGET, kept_of
from planlib.exchange.iati.told import (
    PERCENT,
    Indicator,
    Told,
    day_of,
    indicators_of,
    narratives,
    words_of,
)
from planlib.exchange.iati.xml_tree import LANG, Element, read_xml
from planlib.exchange.slugs import Slugs, slug
from planlib.exchange.timing import frequency_for, year_end_of
from planlib.exchange.values import figure_of, terms_of
from planlib.figures.typed.numbers import Unreadable
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.periods.text import read_period
from planlib.plan.yes_no import yes_no_unit

MOST_SECTIONS = 150


@dataclass
class _Ids:
    goals: Slugs = field(default_factory=Slugs)
    sections: Slugs = field(default_factory=Slugs)
    documents: Slugs = field(default_factory=Slugs)


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
    draft = PlanDraft(plan_id, {}, Calendar(finest, year_ends), path.name)
    results = {(id(activity), indicator.result) for activity, _, indicator in found}
    building = _Building(draft, lang, by_result=len(results) <= MOST_SECTIONS)
    if not building.by_result and len({one[0] for one in results}) > MOST_SECTIONS:
        hint = said("exchange.split-file")
        raise refused(said("exchange.too-many-sections", most=MOST_SECTIONS), path, hint=hint)
    for activity, result, indicator in found:
        building.indicator(activity, result, indicator, kinds[id(indicator)])
    if len(activities) == 1:
        draft.names = narratives(activities[0].first("title"), lang)
    return draft


class _Building:
    """Places what is told in the plan, indicator by indicator."""

    def __init__(self, draft: PlanDraft, lang: str, *, by_result: bool) -> None:
        self.draft, self.lang, self.by_result = draft, lang, by_result
        self.language = Language(lang)
        self.ids = _Ids()
        self.documents: dict[int, str] = {}
        self.sections: dict[tuple[int, int], str] = {}
        self.places: dict[str, str] = {}  # a location's ref to the area's id
        self.place_names: dict[str, Names] = {}
        self.area_ids = Slugs({WHOLE})

    def indicator(
        self, activity: Element, result: Element, indicator: Indicator, frequency: Frequency
    ) -> None:
        """One indicator: a goal where it has a target, else a line for everything it has."""
        draft = self.draft
        draft.unread += indicator.unread
        for place in activity.all("location"):
            self.place_names.setdefault(
                place.get("ref"), narratives(place.first("name"), self.lang)
            )
        number = f"{self.language('exchange.indicator')} {indicator.number}"
        names = indicator.names or {self.lang: number}
        identifier = self._identifier(activity)
        goal = GoalDraft(
            self.ids.goals.give(words_of(names, self.lang), f"indicator-{indicator.number}"),
            self._section(activity, result, indicator), names, self._unit(indicator),
            {
                "document": self._document(activity), "section": identifier,
                "paragraph": indicator.number,
                "note": f"IATI result {indicator.result} type {result.get('type') or '-'}, "
                f"measure {indicator.measure or '-'}, ascending {int(indicator.ascending)}, "
                f"aggregation-status {int(indicator.aggregated)}",
            },
            frequency=frequency,
        )  # fmt: skip
        if frequency is not Frequency.year:
            goal.terms["make_up"] = "last"  # IATI says nothing of longer periods
        calendar = Calendar(frequency, draft.calendar.year_ends)
        figures: list[dict[str, str | float | int]] = []
        seen: dict[tuple[object, ...], int] = {}
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
        area, group = self._area(told), self._group(told)
        source = str(told.span) if told.span else "baseline"
        key = (
            told.kind,
            period,
            area,
            group,
            *(str(told.more.get(name, "")) for name in ("vintage", "cadence")),
        )
        if key in seen:
            raise Unreadable(said("exchange.told-twice", line=seen[key]))
        seen[key] = told.line
        if told.kind == "target":
            if group:
                raise Unreadable(said("exchange.target-of-group"))
            if told.number is None:
                raise Unreadable(said("exchange.value-empty"))
            kept = kept_of(told, TARGET)
            if "comparison" not in kept:
                kept = {**terms_of(told.number, indicator.better), **kept}
            terms = kept
            words = told.number.words if told.number.words != told.text else ""
            goal.targets.append(TargetDraft(period, terms, area, source, words or told.comment))
            return
        columns = figure_of(told.number, percentage=goal.unit == "%") if told.number else {}
        kept = kept_of(told, FIGURE)
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

    def _area(self, told: Told) -> str:
        if not told.location:
            if told.kind == "target" or (told.kind == "baseline" and not told.group):
                return ""
            self.draft.areas.setdefault(WHOLE, {self.lang: self.language("exchange.whole")})
            return WHOLE
        if told.location not in self.places:
            area = self.area_ids.give(told.location)
            self.places[told.location] = area
            names = self.place_names.get(told.location)
            self.draft.areas[area] = names or {self.lang: told.location}
        return self.places[told.location]

    def _group(self, told: Told) -> str:
        parts = []
        for name, member in told.group.items():
            _, members = self.draft.dimensions.setdefault(slug(name), (name, {}))
            members.setdefault(slug(member), member)
            parts.append((slug(name), slug(member)))
        order = list(self.draft.dimensions)
        return ";".join(f"{n}={m}" for n, m in sorted(parts, key=lambda one: order.index(one[0])))

    def _unit(self, indicator: Indicator) -> str | Names:
        if any(told.more.get("comparison") == "done" for told in indicator.told):
            return yes_no_unit(LANGUAGES)
        numbers = [told.text for told in indicator.told if told.number is not None]
        shares = [text for text in numbers if text.endswith("%")]
        bare = indicator.measure == "" and numbers and len(shares) == len(numbers)
        if indicator.measure == PERCENT or bare:
            return "%"
        return {self.lang: self.language("exchange.unit")}

    @staticmethod
    def _identifier(activity: Element) -> str:
        one = activity.first("iati-identifier")
        return one.text if one is not None and one.text else f"line {activity.line}"

    def _document(self, activity: Element) -> str:
        if id(activity) not in self.documents:
            identifier = self._identifier(activity)
            name = self.ids.documents.give(identifier, f"activity-{len(self.documents) + 1}")
            self.documents[id(activity)] = name
            title = narratives(activity.first("title"), self.lang) or {self.lang: identifier}
            document: dict[str, str | dict[str, str]] = {"id": name, "title": title}
            if day_of(updated := activity.get("last-updated-datetime")) is not None:
                document["dated"] = updated[:10]
            self.draft.documents.append(document)
        return self.documents[id(activity)]

    def _section(self, activity: Element, result: Element, indicator: Indicator) -> str:
        key = (id(activity), indicator.result if self.by_result else 0)
        if key not in self.sections:
            names = narratives((result if self.by_result else activity).first("title"), self.lang)
            otherwise = f"result-{indicator.result}" if self.by_result else "activity"
            names = names or {self.lang: self._identifier(activity)}
            name = self.ids.sections.give(words_of(names, self.lang), otherwise)
            self.sections[key] = name
            self.draft.sections[name] = names
        return self.sections[key]
