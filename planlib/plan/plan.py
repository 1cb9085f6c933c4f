"""The plan: its sections of goals, its measures and areas, and the periods it is looked at along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Self

from pydantic import PrivateAttr

from planlib.language.text import Text
from planlib.plan.areas import Area
from planlib.plan.base import Part
from planlib.plan.goal import Goal, Section
from planlib.plan.goal_parts import Measure, Place
from planlib.plan.groups.dimensions import group_name, single_groups
from planlib.plan.header import RAG, Document, PlanHeader
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.periods.placed import placed
from planlib.plan.target import Target
from planlib.plan.targets.others import Reference
from planlib.plan.targets.own import OwnTarget
from planlib.plan.targets.tolerance import Tolerance

FAR = 10**7  # a day number after all others: what has no day comes last


class Plan(Part):
    """A complete plan. ``registry`` holds the areas known to it, the shared ones included.

    It is looked at along its reporting periods, or along longer ones (see ``along``); ``years`` are
    the periods it is looked at along, of whatever length.
    """

    header: PlanHeader
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...] = ()
    registry: tuple[Area, ...] = ()

    _written: Plan | None = PrivateAttr(default=None)
    _place: str | None = PrivateAttr(default=None)
    _along: Frequency | None = PrivateAttr(default=None)
    _reporting: Plan | None = PrivateAttr(default=None)  # the same along its reporting periods
    _views: dict[Frequency, Plan] = PrivateAttr(default_factory=dict)
    _axes: dict[tuple[int, int, Frequency], tuple[int, ...]] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any, /) -> None:
        """Whom targets are held against is told by the plan's names."""
        super().model_post_init(context)
        for goal in self.goals:
            for target in targets_of(goal):
                if target.to is not None:
                    target.to.call(self._names_of(target.to))

    def _names_of(self, to: Reference) -> tuple[Text, ...]:
        other = to.goal and self._by_id.get(self.header.renamed.get(to.goal, to.goal))
        goal = other.name if other else None
        area = None if to.area is None else self.area_name(to.area)
        group = self.group_name(to.group) if to.group else None
        return tuple(one for one in (goal, area, group) if one is not None)

    def __repr__(self) -> str:
        return f"<Plan {self.id} {self.years[0]}-{self.years[-1]}: {len(self.goals)} goals>"

    def in_force(self, as_of: int | None) -> Plan:
        """The plan as it stood on a day (a day number), later revisions of goals unmade.

        None stands for today: every revision made. Asked again of its answer, it starts from the
        plan as written, so a later day brings later revisions back.
        """
        written = self.written
        if not any(goal.revisions for goal in written.goals):
            return self
        day = None if as_of is None else date.fromordinal(max(as_of, 1))
        standing = self._with(written._sections_of(lambda goal: goal.in_force(day)))
        standing._written = written
        return standing.along(self.frequency)

    def along(self, frequency: Frequency) -> Plan:
        """The plan looked at along periods of that length, no shorter than it reports in.

        Its ``years`` are then halves, say, and its goals name halves wherever they named others.
        """
        plan = self._reporting or self
        if frequency is plan.header.periods:
            return plan
        if frequency not in plan._views:
            sections = plan._sections_of(lambda goal: placed(goal, plan.calendar, frequency))
            other = plan._with(sections)
            other._written, other._along, other._reporting = plan.written, frequency, plan
            plan._views[frequency] = other
        return plan._views[frequency]

    def _with(self, sections: tuple[Section, ...]) -> Plan:
        return Plan.model_construct(
            header=self.header, sections=sections, measures=self.measures, registry=self.registry
        )

    def _sections_of(self, changed: Callable[[Goal], Goal]) -> tuple[Section, ...]:
        return tuple(
            section.model_copy(update={"goals": tuple(changed(goal) for goal in section.goals)})
            for section in self.sections
        )

    def read_as(self, readings: Mapping[str, str]) -> Plan:
        """The plan with other readings, by goal, in place of those it is read by default."""

        def read(goal: Goal) -> Goal:
            wanted = readings.get(goal.id)
            if wanted is None:
                return goal
            chosen = (one.model_copy(update={"default": one.id == wanted}) for one in goal.readings)
            return goal.altered({"readings": tuple(chosen)})

        return self._with(self.written._sections_of(read)).along(self.frequency)

    @property
    def frequency(self) -> Frequency:
        """How long the periods are that it is looked at along; its reporting periods by default."""
        return self._along or self.header.periods

    @property
    def calendar(self) -> Calendar:
        """How its time is divided."""
        return self.header.calendar

    def frequency_of(self, goal: Goal) -> Frequency:
        """How long the periods are that a goal is reported and judged in."""
        return goal.period or self.header.periods

    @property
    def written(self) -> Plan:
        """The plan as its files tell it: every goal in its first text, with all its revisions."""
        return self._written or self

    def below_whole(self, goal: Goal) -> bool:
        """Whether a part of a goal stands right below it, other parts of it between them perhaps.

        Elsewhere, in another section say, it is no row of the goal above it.
        """
        if goal.part_of is None:
            return False
        goals = self.section_of(goal.id).goals
        at = [one.id for one in goals].index(goal.id)
        others = (one for one in reversed(goals[:at]) if one.part_of != goal.part_of)
        return next((one.id for one in others), None) == goal.part_of

    @property
    def place(self) -> str | None:
        """The folder or address its files were read from, where that was told."""
        return self._place

    def read_from(self, place: str) -> Self:
        """The plan, which remembers the folder or address its files were read from."""
        self._place = place
        return self

    @property
    def id(self) -> str:
        """The plan's id."""
        return self.header.id

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages its texts are in; the first is that of whatever names none."""
        return self.header.languages

    @property
    def years(self) -> tuple[int, ...]:
        """The periods of the term: its years, or the shorter ones it is looked at along."""
        term = self.header.term
        return self._axis(term.first, term.last)

    @property
    def figure_years(self) -> tuple[int, ...]:
        """The periods figures may be of: from the baseline (or the year before) to the end."""
        term = self.header.term
        return self._axis(self.header.baseline_year or term.first - 1, term.last)

    @property
    def base_period(self) -> int:
        """The period what is counted from the baseline starts from: the last of its year."""
        first = self.header.baseline_year or self.header.term.first - 1
        return self.calendar.within(first, self.frequency)

    @property
    def midterm_after(self) -> int:
        """The period after which the mid-term review stands; the middle where the plan is silent."""
        term = self.header.term
        half = term.first + (term.last - term.first) // 2
        return self.calendar.within(self.header.midterm_after or half, self.frequency)

    def _axis(self, first: int, last: int) -> tuple[int, ...]:
        if (first, last, self.frequency) not in self._axes:
            self._axes[first, last, self.frequency] = self.calendar.axis(
                first, last, self.frequency
            )
        return self._axes[first, last, self.frequency]

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """All goals in the order of the text."""
        return tuple(goal for section in self.sections for goal in section.goals)

    @cached_property
    def goal_ids(self) -> tuple[str, ...]:
        """The ids of all goals in the order of the text."""
        return tuple(goal.id for goal in self.goals)

    @cached_property
    def _by_id(self) -> dict[str, Goal]:
        return {goal.id: goal for goal in self.goals}

    @cached_property
    def _section_of(self) -> dict[str, Section]:
        return {goal.id: section for section in self.sections for goal in section.goals}

    @cached_property
    def areas_by_id(self) -> dict[str, Area]:
        """The registry by id."""
        return {area.id: area for area in self.registry}

    def goal(self, goal_id: str) -> Goal:
        """The goal of that id, or the successor of a renamed one. Raises KeyError."""
        return self._by_id[self.header.renamed.get(goal_id, goal_id)]

    def versions_of(self, goals: Iterable[Goal] | None) -> tuple[Goal, ...]:
        """Some goals as they stand in this plan, all of its goals without any. Raises KeyError."""
        return self.goals if goals is None else tuple(self.goal(goal.id) for goal in goals)

    def tolerance_of(self, goal: Goal, target: Target) -> Tolerance | None:
        """How far short of a target of a goal is nearly met; None where the rule tolerates nothing.

        The target's own, else the goal's, else the rule's. A yes or no has none.
        """
        rule = self.header.rule
        if rule.id != RAG or not target.kind.tolerant:
            return None
        return target.tolerance or goal.tolerance or rule.tolerance

    def section_of(self, goal_id: str) -> Section:
        """The section a goal stands in. Raises KeyError."""
        return self._section_of[goal_id]

    def measures_for(self, goal_id: str) -> tuple[Measure, ...]:
        """The measures that serve a goal."""
        return tuple(measure for measure in self.measures if goal_id in measure.goals)

    def lead_of(self, goal: Goal) -> Text | None:
        """Who answers for a goal: its own lead, else that of the goal it is a part of."""
        whole = None if goal.part_of is None else self.goal(goal.part_of)
        return goal.lead or (whole.lead if whole else None)

    def deadline(self, measure: Measure) -> int | None:
        """The day number on which a measure is to be done by; None where none is set."""
        if measure.due is None:
            return None
        day = measure.due_day
        return self.calendar.end(measure.due) if day is None else day.toordinal()

    def next_step(self, goal: Goal) -> Measure | None:
        """The measure for a goal that is to be done next: the open one with the nearest day."""
        mine = [one for one in self.measures_for(goal.id) if one.open]
        return min(mine, key=lambda one: self.deadline(one) or FAR, default=None)

    def area_name(self, area_id: str) -> Text:
        """An area's name; its id where the registry does not know it."""
        area = self.areas_by_id.get(area_id)
        return area.name if area else Text.in_all(area_id)

    def groups_of(self, goal: Goal) -> tuple[str, ...]:
        """The groups of one dimension each that a goal is followed for, whatever has figures."""
        return single_groups(self.header.dimensions, goal.by)

    def group_name(self, group: str) -> Text:
        """What readers call a group."""
        return group_name(group, self.header.dimensions)

    def section_label(self, place: Place, language: str) -> str:
        """The part of a document that is cited, as readers of a language know it."""
        document = self.document(place.document)
        label = document.labels.get(place.section) if document else None
        return label.in_language(language) if label else place.section

    def document(self, document_id: str) -> Document | None:
        """A cited document, or None."""
        return next((doc for doc in self.header.sources if doc.id == document_id), None)


def targets_of(goal: Goal) -> Iterator[Target | OwnTarget]:
    """Every target that a goal or a revision of it states, own ones as they are written."""
    yield from goal.stated_targets()
    yield from goal.targets
    for revision in goal.revisions:
        stated = (revision.target, revision.term_target, *(one.target for one in revision.readings))
        yield from (one for one in stated if one is not None)
        yield from revision.yearly
        yield from revision.targets
