"""What ``plan.yaml`` holds: the plan's term, calendar, scoring rule and sources."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from planlib.errors import Faults, said
from planlib.language.languages import LANGUAGES
from planlib.language.text import Text
from planlib.plan.base import Id, IntervalLevel, LeastCount, Part, Words, Year
from planlib.plan.groups.dimensions import Dimension
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.targets.tolerance import Tolerance
from planlib.plan.verdicts import Verdict

OFFICE_TABLE, RAG = "office-table", "rag"
RULES = (OFFICE_TABLE, RAG)  # the scoring rules that are carried out
LONGEST_WAIT = 1000  # days after a period, until its figures are to be there
USUAL_LANGUAGES = ("vi", "en")  # of a plan that names none


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
    """The scoring rule, named and dated, with the place it was read from.

    ``rag`` (red, amber, green) is ``office-table`` with a ``tolerance``: what is short of its target
    by no more than that is nearly met.
    """

    id: Annotated[Id, Field(json_schema_extra={"enum": list(RULES)})]
    dated: Words
    note: Text
    source: Words
    tolerance: Tolerance | None = None

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts it can give, in the order they are read out."""
        return tuple(v for v in Verdict if v is not Verdict.nearly_met or self.tolerance)

    @model_validator(mode="after")
    def _tolerates(self) -> Self:
        if self.id == RAG and self.tolerance is None:
            raise Faults(said("plan.rag-needs-tolerance"))
        if self.id == OFFICE_TABLE and self.tolerance is not None:
            raise Faults(said("plan.tolerance-goes-with-rag"))
        return self


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


def _year_ends(text: str) -> str:
    found = re.fullmatch("(0[1-9]|1[0-2])-([0-9]{2})", text)
    month = int(found[1]) if found else 0
    if found is None or int(found[2]) not in {
        monthrange(2023, month)[1],
        monthrange(2024, month)[1],
    }:
        raise Faults(said("plan.year-ends-last-of-month", found=repr(text)))
    return text


YearEnds = Annotated[str, AfterValidator(_year_ends)]


class CalendarKeys(Part):
    """What a plan says of its time."""

    periods: Frequency = Frequency.year
    year_ends: YearEnds = "12-31"
    years_named_by: Literal["start", "end"] | None = None

    @cached_property
    def calendar(self) -> Calendar:
        """How the plan's time is divided."""
        named = None if self.years_named_by is None else self.years_named_by == "end"
        return Calendar(self.periods, int(self.year_ends[:2]), named)


class PlanHeader(CalendarKeys):
    """What ``plan.yaml`` holds: everything about the plan but its goals and measures.

    ``languages`` are those every text of the plan is in, the first of them by default.
    ``least_count``: fewer people than this, in a sensitive goal, are not told to the public.
    ``interval_level`` is how often, in percent, the interval beside a figure holds what it
    estimates; ``complete_counts`` says that counts are of everybody, so that shares made from them
    are no samples and have no sampling error. ``reported_within`` is how many days after the end of
    a period its figures are to be there. ``periods`` is the shortest reporting period,
    ``year_ends`` the last day of a year as MM-DD; ``years_named_by`` says whether FY2014 begins or
    ends in 2014. ``peer_groups`` is what readers call the peer groups of its areas; one without a
    name there is told by its id.
    """

    id: Id
    languages: tuple[Words, ...] = Field(
        default=USUAL_LANGUAGES, min_length=1, json_schema_extra={"items": {"enum": [*LANGUAGES]}}
    )
    name: Text
    note: Text | None = None
    term: Term
    baseline_year: Year | None = None
    midterm_after: Year | None = None
    sections: tuple[Id, ...] = Field(min_length=1)
    areas: tuple[Id, ...] = ()
    peer_groups: dict[Id, Text] = Field(default_factory=dict)
    figures: tuple[Words, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    rule: Rule
    sources: tuple[Document, ...] = ()
    renamed: dict[Id, Id] = Field(default_factory=dict)
    coverage_floor: float = Field(default=0.8, ge=0, le=1)
    least_count: LeastCount = 5
    interval_level: IntervalLevel = 95
    complete_counts: bool = Field(default=False, strict=True)
    outlook: Thresholds = Field(default_factory=Thresholds)
    reported_within: int = Field(default=0, ge=0, le=LONGEST_WAIT, strict=True)

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
        unknown = [repr(code) for code in self.languages if code not in LANGUAGES]
        if unknown:
            names, known = ", ".join(unknown), ", ".join(LANGUAGES)
            found.append(said("plan.language-without-catalogue", names=names, known=known))
        for name in ("languages", "sections", "areas", "figures"):
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


def calendar_of(data: object) -> Calendar:
    """The calendar that the data of a ``plan.yaml`` name, before they are checked."""
    keys = ("periods", "year_ends", "years_named_by")
    given = {key: data[key] for key in keys if key in data} if isinstance(data, Mapping) else {}
    try:
        return CalendarKeys.model_validate(given).calendar
    except ValueError:  # what is wrong is told when the header is read
        return Calendar()
