"""Targets that a table holds against others: so much more than another figure, or a place among all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planlib.errors import said
from planlib.exchange.draft import GoalDraft, PlanDraft, TargetDraft, Unread
from planlib.exchange.yaml_out import Value
from planlib.figures.typed.numbers import TypedNumber
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded
from planlib.plan.base import Part, Words
from planlib.plan.targets.others import Among, Best

if TYPE_CHECKING:
    from planlib.exchange.table.row import IndicatorRow

SAID = "said"  # what a table calls whom a target is held against, until all rows are read


class NamedOther(Part):
    """Whom a word of the table names: an area, an indicator, or one in an area, as the table calls them."""

    area: Words | None = None
    indicator: Words | None = None


def others_of(row: IndicatorRow, number: TypedNumber | None) -> dict[str, Value] | None:
    """The keys of a target that needs others' figures; None for any other.

    Raises Unreadable for a rank with a number, and for a comparison with more than one.
    """
    mapping, to, among = row.means.mapping, row.text("to"), _among(row)
    to = to or mapping.to or ""
    if not to and among is None:
        return None
    better = row.better()
    if better is None:
        raise Unreadable(said("exchange.which-way"), said("exchange.which-way-hint"))
    if among is not None:
        if to or number is not None:
            raise Unreadable(said("exchange.rank-with-number"))
        best: Value = {"best": among.best} if isinstance(among, Best) else among
        return {"comparison": "rank", "among": best, "better": better}
    if number is not None and number.value is None:
        raise Unreadable(said("exchange.relative-one-number"))
    value = 0.0 if number is None or number.value is None else number.value
    measure = mapping.measure or "difference"
    if measure == "percent" and value <= 0:
        raise Unreadable(said("plan.relative-percent-of"))
    told: dict[str, Value] = {"comparison": "relative", "value": value, "better": better}
    return {**told, "measure": measure, "to": {SAID: to}}


def _among(row: IndicatorRow) -> Among | None:
    """The place that is asked for: a word of the mapping's, or a number, counted from the best."""
    text = row.text("among")
    if not text:
        return row.means.mapping.among
    known = row.means.among.get(folded(text))
    if known is not None:
        return known
    if text.isdecimal() and int(text) > 0:
        return Best(best=int(text))
    raise Unreadable(said("exchange.word-unknown-place"), said("exchange.place-unknown-hint"))


@dataclass(frozen=True)
class Known:
    """What a table's words name: areas and indicators by their folded names, and the mapping's own."""

    areas: Mapping[str, str]
    goals: Mapping[str, GoalDraft]
    words: Mapping[str, NamedOther]

    def resolved(self, text: str) -> dict[str, Value]:
        """Whom a word names; raises Unreadable for nobody, or two."""
        hint = said("exchange.other-unknown-hint")
        word = self.words.get(folded(text))
        if word is None:
            area, goal = folded(text) in self.areas, folded(text) in self.goals
            if area and goal:
                raise Unreadable(said("exchange.other-is-two"), hint)
            word = NamedOther(area=text if area else None, indicator=text if goal else None)
        found: dict[str, Value] = {}
        if word.indicator is not None and folded(word.indicator) in self.goals:
            found["goal"] = self.goals[folded(word.indicator)].id
        if word.area is not None and folded(word.area) in self.areas:
            found["area"] = self.areas[folded(word.area)]
        if len(found) != len(word.model_dump(exclude_none=True)) or not found:
            raise Unreadable(said("exchange.other-unknown"), hint)
        return found


def settle_others(
    draft: PlanDraft, known: Known, places: Mapping[tuple[str, str, int], int | str]
) -> None:
    """Say of every target whom it is held against; what names nobody of the plan is listed.

    ``places`` is where the table states a target, by its goal, area and period.
    A goal that has no other target then is no goal of the plan, which others may be held against.
    """
    while True:
        there = {goal.id for goal in draft.goals if goal.targets}
        gone = False
        for goal in draft.goals:
            kept = []
            for target in goal.targets:
                try:
                    kept.append(_settled(target, known, there))
                except Unreadable as error:
                    keys = ((goal.id, area, target.period) for area in (target.area, *draft.areas))
                    gone, at = True, next(places[key] for key in keys if key in places)
                    name, text = next(iter(goal.names.values())), _said(target) or ""
                    draft.unread.append(Unread(at, name, "to", text, error.fault, error.hint))
            goal.targets = kept
        if not gone:
            break
    draft.goals = [goal for goal in draft.goals if goal.targets]
    ids = {goal.id for goal in draft.goals}
    draft.figures = [line for line in draft.figures if line["goal"] in ids]


def _said(target: TargetDraft) -> str | None:
    to = target.terms.get("to")
    return str(to[SAID]) if isinstance(to, Mapping) and SAID in to else None


def _settled(target: TargetDraft, known: Known, goals: set[str]) -> TargetDraft:
    text, to = _said(target), target.terms.get("to")
    if text is not None:
        to = known.resolved(text)
        target = replace(target, terms={**target.terms, "to": to})
    if isinstance(to, Mapping) and "goal" in to and to["goal"] not in goals:
        raise Unreadable(said("exchange.other-without-target"))
    return target
