"""The plan: its term, its sections of goals, its measures, its scoring rule and its sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, Self

from pydantic import Field, PrivateAttr, model_validator

from planlib.errors import Faults, said
from planlib.language.text import Text
from planlib.plan.areas import Area
from planlib.plan.base import Id, LeastCount, Part, Words, Year
from planlib.plan.goal import Goal, Measure, Place, Section

RULES = ("office-table",)  # the scoring rules that are carried out


class Term(Part):
    """The reporting years of the plan, both ends included."""

    first: Year
    last: Year

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first > self.last:
            raise Faults(said("plan.first-exceeds-last", first=self.first, last=self.last))
        if self.last - self.first > 49:
            raise Faults(said("plan.term-too-long"))
        return self


class Rule(Part):
    """The scoring rule, named and dated, with the place it was read from."""

    id: Annotated[Id, Field(json_schema_extra={"enum": list(RULES)})]
    dated: Words
    note: Text
    source: Words


class Document(Part):
    """A document the plan cites.

    ``labels`` says what readers call a part that the document leaves unnumbered, by the ``section``
    it is cited with.
    """

    id: Id
    title: Text
    note: Text | None = None
    url: Words | None = None
    dated: Words | None = None
    labels: dict[Words, Text] = Field(default_factory=dict)


class Thresholds(Part):
    """From which probability on a target is on track, and at risk; below, it is off track.

    >>> Thresholds(on_track=0.8).at_risk
    0.3
    """

    on_track: float = Field(default=0.7, gt=0, lt=1)
    at_risk: float = Field(default=0.3, gt=0, lt=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_risk >= self.on_track:
            raise Faults(
                said(
                    "plan.at-risk-not-below-on-track", at_risk=self.at_risk, on_track=self.on_track
                )
            )
        return self


class PlanHeader(Part):
    """What ``plan.yaml`` holds: everything about the plan but its goals and measures.

    ``least_count``: fewer people than this, in a sensitive goal, are not told to the public.
    """

    id: Id
    name: Text
    note: Text | None = None
    term: Term
    baseline_year: Year | None = None
    midterm_after: Year | None = None
    sections: tuple[Id, ...] = Field(min_length=1)
    areas: tuple[Id, ...] = ()
    figures: tuple[Words, ...] = ()
    rule: Rule
    sources: tuple[Document, ...] = ()
    renamed: dict[Id, Id] = Field(default_factory=dict)
    coverage_floor: float = Field(default=0.8, ge=0, le=1)
    least_count: LeastCount = 5
    outlook: Thresholds = Field(default_factory=Thresholds)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found: list[str] = []
        if self.baseline_year is not None and self.baseline_year >= self.term.first:
            found.append(
                said(
                    "plan.baseline-year-not-before-term",
                    first=self.term.first,
                    baseline_year=self.baseline_year,
                )
            )
        if self.midterm_after is not None and not (
            self.term.first <= self.midterm_after <= self.term.last
        ):
            found.append(
                said(
                    "plan.midterm-after-outside-term",
                    first=self.term.first,
                    last=self.term.last,
                    midterm_after=self.midterm_after,
                )
            )
        for name in ("sections", "areas", "figures"):
            entries = getattr(self, name)
            if len(set(entries)) < len(entries):
                found.append(said("plan.entries-must-differ", name=name))
        for figure in self.figures:
            path = PurePosixPath(figure)
            if path.is_absolute() or ".." in path.parts:
                found.append(said("plan.figures-names-files-below", figure=figure))
            if not figure.isprintable() or any(len(part.encode()) > 255 for part in path.parts):
                message = said("plan.figures-names-files-printable")
                found.append(message)
        if found:
            raise Faults(*found)
        return self


class Plan(Part):
    """A complete plan. ``registry`` holds the areas known to it, the shared ones included."""

    header: PlanHeader
    sections: tuple[Section, ...]
    measures: tuple[Measure, ...] = ()
    registry: tuple[Area, ...] = ()

    _written: Plan | None = PrivateAttr(default=None)
    _place: str | None = PrivateAttr(default=None)

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
        sections = tuple(
            section.model_copy(update={"goals": tuple(g.in_force(day) for g in section.goals)})
            for section in written.sections
        )
        standing = Plan.model_construct(
            header=self.header, sections=sections, measures=self.measures, registry=self.registry
        )
        standing._written = written
        return standing

    @property
    def written(self) -> Plan:
        """The plan as its files tell it: every goal in its first text, with all its revisions."""
        return self._written or self

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
    def years(self) -> tuple[int, ...]:
        """The reporting years of the term."""
        return tuple(range(self.header.term.first, self.header.term.last + 1))

    @property
    def figure_years(self) -> tuple[int, ...]:
        """The years figures may be of: from the baseline year (or the year before) to the end."""
        first = self.header.baseline_year or self.header.term.first - 1
        return tuple(range(first, self.header.term.last + 1))

    @property
    def midterm_after(self) -> int:
        """The year after which the mid-term review stands; the middle where the plan is silent."""
        term = self.header.term
        return self.header.midterm_after or (term.first + term.last) // 2

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

    def section_of(self, goal_id: str) -> Section:
        """The section a goal stands in. Raises KeyError."""
        return self._section_of[goal_id]

    def measures_for(self, goal_id: str) -> tuple[Measure, ...]:
        """The measures that serve a goal."""
        return tuple(measure for measure in self.measures if goal_id in measure.goals)

    def area_name(self, area_id: str) -> Text:
        """An area's name; its id where the registry does not know it."""
        area = self.areas_by_id.get(area_id)
        return area.name if area else Text.in_all(area_id)

    def section_label(self, place: Place, language: str) -> str:
        """The part of a document that is cited, as readers of a language know it."""
        document = self.document(place.document)
        label = document.labels.get(place.section) if document else None
        return label.in_language(language) if label else place.section

    def document(self, document_id: str) -> Document | None:
        """A cited document, or None."""
        return next((doc for doc in self.header.sources if doc.id == document_id), None)
