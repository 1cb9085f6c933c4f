"""What the places, groups, documents and units of an IATI file are called in the plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from planlib.errors import Faults
from planlib.exchange.draft import WHOLE, Names, PlanDraft
from planlib.exchange.iati.told import OWN, PERCENT, Indicator, Told, day_of, narratives, words_of
from planlib.exchange.iati.xml_tree import Element
from planlib.exchange.slugs import Slugs
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.base import check_id
from planlib.plan.yes_no import yes_no_unit

MEMBER = "member"  # the dimension that planlib writes the members of an "all of" target as


class Naming:
    """Gives ids to what is named in a file, each name the same id, and enters it in the draft."""

    def __init__(self, draft: PlanDraft, lang: str, *, by_result: bool) -> None:
        self.draft, self.lang, self.by_result = draft, lang, by_result
        self.language = Language(lang)
        self.goals, self._sections, self._documents = Slugs(), Slugs(), Slugs()
        self.document_of: dict[int, str] = {}
        self.section_of: dict[tuple[int, int], str] = {}
        self.area_of: dict[str, str] = {}  # by the location's ref
        self.area_names: dict[str, Names] = {}
        self._areas = Slugs({WHOLE})
        stated: list[dict[str, Any]] = draft.stated.get("dimensions", [])  # type: ignore[assignment]
        self.dimension_of: dict[str, str] = {one["id"]: one["id"] for one in stated}
        self._dimensions = Slugs(set(self.dimension_of))
        self._members: dict[str, tuple[Slugs, dict[str, str]]] = {}
        for one in stated:
            ids = {str(member["id"]): str(member["id"]) for member in one["members"]}
            self._members[one["id"]] = Slugs(set(ids)), ids

    def goal(self, names: Names, indicator: Indicator) -> str:
        """The id of a goal: what whoever reports calls it, where that can be one, else its title."""
        for one in indicator.element.all("reference"):
            code = one.get("code")
            if one.get("vocabulary") == OWN and _is_id(code) and code not in self.goals.taken:
                return self.goals.give(code)
        return self.goals.give(words_of(names, self.lang), f"indicator-{indicator.number}")

    def places(self, activity: Element) -> None:
        """What the locations of an activity are called."""
        for place in activity.all("location"):
            names = narratives(place.first("name"), self.lang)
            self.area_names.setdefault(place.get("ref"), names)

    def area(self, told: Told) -> str:
        """The area of a value; empty for targets and starts of all of them."""
        if not told.location:
            if told.kind == "target" or (told.kind == "baseline" and not told.group):
                return ""
            self.draft.areas.setdefault(WHOLE, {self.lang: self.language("exchange.whole")})
            return WHOLE
        if told.location not in self.area_of:
            area = self._areas.give(told.location, f"area-{len(self.area_of) + 1}")
            self.area_of[told.location] = area
            names = self.area_names.get(told.location)
            self.draft.areas[area] = names or {self.lang: told.location}
        return self.area_of[told.location]

    def order_areas(self) -> None:
        """Areas in the order in which the activities name their locations, those unnamed first.

        In what planlib wrote all of them are areas of the plan, figures or not.
        """
        if self.draft.stated:
            for ref in filter(None, self.area_names):
                if ref not in self.area_of:
                    self.area_of[ref] = self._areas.give(ref, f"area-{len(self.area_of) + 1}")
                    self.draft.areas[self.area_of[ref]] = self.area_names[ref] or {self.lang: ref}
        order = {
            self.area_of[ref]: at
            for at, ref in enumerate(self.area_names, 1)
            if ref in self.area_of
        }
        areas = sorted(self.draft.areas.items(), key=lambda one: order.get(one[0], 0))
        self.draft.areas = dict(areas)

    def group(self, parts: Mapping[str, str]) -> str:
        """The group of a value, by its dimensions; names that differ in capitals only are the same."""
        found = []
        for name, member in parts.items():
            key = name.casefold()
            if key not in self.dimension_of:
                number = len(self.dimension_of) + 1
                self.dimension_of[key] = self._dimensions.give(name, f"dimension-{number}")
            dimension = self.dimension_of[key]
            slugs, ids = self._members.setdefault(dimension, (Slugs(), {}))
            if member.casefold() not in ids:
                ids[member.casefold()] = slugs.give(member, f"member-{len(ids) + 1}")
                _, members = self.draft.dimensions.setdefault(dimension, (name, {}))
                members[ids[member.casefold()]] = member
            found.append((dimension, ids[member.casefold()]))
        order = list(self._members)
        return ";".join(f"{n}={m}" for n, m in sorted(found, key=lambda one: order.index(one[0])))

    def unit(self, indicator: Indicator, kept: object) -> str | Names:
        """The unit of an indicator: percent, or the words planlib kept, or just a number."""
        if isinstance(kept, dict):
            return {str(code): str(words) for code, words in kept.items()}
        if any(told.more.get("comparison") == "done" for told in indicator.told):
            return yes_no_unit(LANGUAGES)
        numbers = [told.text for told in indicator.told if told.number is not None]
        shares = [text for text in numbers if text.endswith("%")]
        bare = indicator.measure == "" and numbers and len(shares) == len(numbers)
        if indicator.measure == PERCENT or bare or kept == "%":
            return "%"
        return {self.lang: self.language("exchange.unit")}

    def document(self, activity: Element) -> str:
        """The activity as a document that goals cite."""
        if id(activity) not in self.document_of:
            identifier = identifier_of(activity)
            name = self._documents.give(identifier, f"activity-{len(self.document_of) + 1}")
            self.document_of[id(activity)] = name
            title = narratives(activity.first("title"), self.lang) or {self.lang: identifier}
            document: dict[str, str | dict[str, str]] = {"id": name, "title": title}
            if day_of(updated := activity.get("last-updated-datetime")) is not None:
                document["dated"] = updated[:10]
            self.draft.documents.append(document)
        return self.document_of[id(activity)]

    def section(self, activity: Element, result: Element, indicator: Indicator) -> str:
        """The result as a section, or the activity where there are too many results."""
        key = (id(activity), indicator.result if self.by_result else 0)
        if key not in self.section_of:
            names = narratives((result if self.by_result else activity).first("title"), self.lang)
            otherwise = f"result-{indicator.result}" if self.by_result else "activity"
            names = names or {self.lang: identifier_of(activity)}
            name = self._sections.give(words_of(names, self.lang), otherwise)
            self.section_of[key] = name
            self.draft.sections[name] = names
        return self.section_of[key]


def identifier_of(activity: Element) -> str:
    """What an activity is called, its line without a name."""
    one = activity.first("iati-identifier")
    return one.text if one is not None and one.text else f"line {activity.line}"


def members_of(told: Collection[Told]) -> frozenset[str]:
    """The members of an indicator's "all of" targets, as planlib wrote them."""
    found: set[str] = set()
    for one in told:
        members = one.more.get("members")
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict):
                found.add(str(member.get("id")))
    return frozenset(found)


def _is_id(code: str) -> bool:
    try:
        check_id(code)
    except Faults:
        return False
    return True
