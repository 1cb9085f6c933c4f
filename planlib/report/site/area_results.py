"""What the index of many areas needs of each: a few hundred letters, kept beside the reports.

They are taken from the ``review.json`` of an area and the names of its pages, so an index of eleven
thousand areas is written without reading eleven thousand files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from planlib.language.text import Text
from planlib.report.site.folder import AreaSummary, PeriodColumn, SitePage, pages_named
from planlib.scoring.verdict import Verdict

Codes = npt.NDArray[np.uint8]
ZERO = ord("0")


class HeadGoal(NamedTuple):
    """A goal: its id and name, whether it is a part of another, and who is responsible."""

    id: str
    name: Text
    part: bool = False
    lead: Text | None = None

    def record(self) -> list[Any]:
        """The goal as JSON values."""
        return [self.id, dict(self.name), self.part, self.lead and dict(self.lead)]

    @classmethod
    def read(cls, record: Sequence[Any]) -> HeadGoal:
        """The goal that a record tells. Raises TypeError or ValueError for any other."""
        goal, name, part, lead = record
        return cls(str(goal), Text(name), bool(part), Text(lead) if lead else None)


@dataclass(frozen=True)
class PlanHead:
    """What the areas of a plan share on the index.

    ``goals`` stand in the order of the plan, ``sections`` are their names and how many goals each has.
    """

    plan: str
    name: Text
    term: tuple[int, int]
    as_of: str
    columns: tuple[PeriodColumn, ...]
    goals: tuple[HeadGoal, ...]
    sections: tuple[tuple[Text, int], ...] = ()

    def record(self) -> dict[str, Any]:
        """The head as JSON values."""
        return {
            "plan": self.plan,
            "name": dict(self.name),
            "term": list(self.term),
            "as_of": self.as_of,
            "columns": [[column.kind, column.year] for column in self.columns],
            "goals": [goal.record() for goal in self.goals],
            "sections": [[dict(name), count] for name, count in self.sections],
        }

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> PlanHead:
        """The head that a record tells. Raises KeyError, TypeError or ValueError for any other."""
        columns = tuple(PeriodColumn(kind=kind, year=year) for kind, year in record["columns"])
        goals = tuple(map(HeadGoal.read, record["goals"]))
        sections = tuple((Text(name), int(count)) for name, count in record["sections"])
        first, last = record["term"]
        return cls(
            record["plan"], Text(record["name"]), (first, last), record["as_of"], columns, goals,
            sections,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AreaResults:
    """One area on the index: its names, its pages, what failed, and its verdicts.

    ``failures`` counts pages that were not made, ``undone`` documents. ``pages`` are the names of
    its pages, ``languages`` those its own index is written in; ``codes`` has a letter for each
    column and goal, goal after goal in each column. ``within`` are the groups it is in: kind, id, names.
    """

    head: PlanHead
    area: str
    name: Mapping[str, str]
    languages: tuple[str, ...]
    illustrative: bool
    order: int
    failures: int
    undone: int
    pages: tuple[str, ...]
    codes: str
    within: tuple[tuple[str, str, Mapping[str, str]], ...] = ()

    @property
    def folder(self) -> str:
        """The folder below the reports, with slashes."""
        return f"{self.head.plan}/{self.area}"

    def links(self) -> tuple[dict[str, str], ...]:
        """The pages of each column, by language."""
        return _links(self.head.columns, self.pages, self.languages)

    def record(self) -> list[Any]:
        """The results as JSON values, without their head."""
        return [
            self.area, dict(self.name), self.languages, self.illustrative, self.order,
            self.failures, self.undone, self.pages, self.codes,
            [[kind, group, dict(name)] for kind, group, name in self.within],
        ]  # fmt: skip

    @classmethod
    def read(cls, head: PlanHead, record: Sequence[Any]) -> AreaResults:
        """The results that a record tells. Raises TypeError or ValueError for any other."""
        area, name, languages, illustrative, order, failures, undone, pages, codes, within = record
        if len(codes) != len(head.columns) * len(head.goals):
            raise ValueError("verdicts of other goals")
        return cls(
            head,
            area,
            name,
            tuple(languages),
            illustrative,
            order,
            failures,
            undone,
            tuple(pages),
            codes,
            tuple((kind, group, name) for kind, group, name in within),
        )


def area_results(
    summary: AreaSummary, pages: Sequence[SitePage], languages: tuple[str, ...]
) -> AreaResults:
    """What the index needs of an area, from its summary and pages."""
    rows = summary.rows
    goals = tuple(HeadGoal(row.goal, row.name, row.part, row.lead) for row in rows)
    sections = tuple((section.name, len(section.rows)) for section in summary.groups)
    head = PlanHead(
        summary.plan, summary.plan_name, summary.term, summary.as_of, summary.columns, goals,
        sections,
    )  # fmt: skip
    undone = sum(bool(one.format) for one in summary.failures)
    columns = range(len(summary.columns))
    codes = "".join(chr(ZERO + Verdict[row.verdicts[at]]) for at in columns for row in rows)
    return AreaResults(
        _shared(head), summary.area, summary.area_name, languages, summary.illustrative,
        summary.order, len(summary.failures) - undone, undone,
        tuple(page.name for page in pages), codes,
        tuple((one.kind, one.group, one.name) for one in summary.within),
    )  # fmt: skip


def with_shared_head(results: AreaResults) -> AreaResults:
    """The results with the one head that all areas share, as another process does not hand it on."""
    return replace(results, head=_shared(results.head))


@cache
def _shared(head: PlanHead) -> PlanHead:
    """One head for all areas that have the same, which compare faster by that."""
    return head


def codes_of(some: Sequence[AreaResults]) -> Codes:
    """The verdicts of areas of one head: areas × columns × goals, as codes of ``Verdict``."""
    head = some[0].head
    letters = np.frombuffer("".join(one.codes for one in some).encode("ascii"), np.uint8)
    return (letters - ZERO).reshape(len(some), len(head.columns), len(head.goals))


def counted(some: Sequence[AreaResults]) -> npt.NDArray[np.int64]:
    """How many goals of areas have which verdict: areas × columns × verdicts, parts left out."""
    whole = np.array([not goal.part for goal in some[0].head.goals], np.bool_)
    codes = codes_of(some)[:, :, whole]
    return np.stack([(codes == verdict).sum(axis=2) for verdict in Verdict], axis=2)


@cache
def _links(
    columns: tuple[PeriodColumn, ...], names: tuple[str, ...], languages: tuple[str, ...]
) -> tuple[dict[str, str], ...]:
    pages, found = pages_named(names), []
    for column in columns:
        mine = (page for page in pages if (page.kind, page.year) == (column.kind, column.year))
        named = {page.lang: page.name for page in mine}
        found.append({lang: named[lang] for lang in (*languages, *named) if lang in named})
    return tuple(found)
