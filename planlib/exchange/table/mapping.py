"""A mapping: what the columns of a table of indicators hold, told in a small YAML file.

``columns`` names the head of each column. ``words`` says what the table's own words mean: which way
is better, which verdict a colour is, and which rows are milestones. What every row shares stands
beside them: ``better``, ``period`` (the figures' own), ``due`` (the targets'), ``baseline_year``,
``source``. ``decimal`` is the sign before the decimals where every number has it; without it what
can be read in two ways is not read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from planlib.errors import Faults, Said, said
from planlib.excel.sheets.mapping import Head
from planlib.exchange.table.across import Across
from planlib.exchange.table.others import NamedOther
from planlib.plan.base import Id, Part, Words
from planlib.plan.comparisons.base import Better
from planlib.plan.faults import read_part
from planlib.plan.goal_parts import MakeUp
from planlib.plan.header import CalendarKeys
from planlib.plan.periods.calendar import Frequency
from planlib.plan.targets.others import Among, Measure
from planlib.plan.targets.tolerance import Tolerance
from planlib.plan.verdicts import PUBLISHED

GOAL = "goal"  # what the room of sheets calls the column of names


class TableColumns(Part):
    """The heads of the table's columns; ``indicator`` and a target are needed.

    A head of two rows is a list: ``[2013, Actual]``.
    """

    indicator: Head
    target: Head | None = None
    to: Head | None = None
    among: Head | None = None
    low: Head | None = None
    high: Head | None = None
    name: Head | None = None
    kind: Head | None = None
    unit: Head | None = None
    better: Head | None = None
    section: Head | None = None
    area: Head | None = None
    period: Head | None = None
    due: Head | None = None
    baseline: Head | None = None
    baseline_year: Head | None = None
    actual: Head | None = None
    evidence: Head | None = None
    published_verdict: Head | None = None
    published_reason: Head | None = None
    vintage: Head | None = None
    source: Head | None = None
    note: Head | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        heads = list(self.heads().values())
        found = []
        if len(set(heads)) < len(heads):
            found.append(said("exchange.column-named-twice"))
        if self.baseline is None and self.baseline_year is not None:
            found.append(said("exchange.baseline-and-year"))
        if self.evidence is not None and self.kind is None:
            found.append(said("exchange.evidence-goes-with-kind"))
        if found:
            raise Faults(*found)
        return self

    def heads(self) -> dict[str, str]:
        """The head of every column that is named."""
        named = {name: head for name, head in self.model_dump().items() if head is not None}
        return {GOAL if name == "indicator" else name: head for name, head in named.items()}


def _verdict(word: str) -> str:
    known = [verdict.name for verdict in PUBLISHED]
    if word not in known:
        raise Faults(said("exchange.verdict-unknown", known=", ".join(known), found=repr(word)))
    return word


MILESTONE = "milestone"


class TableWords(Part):
    """What the table's own words mean.

    A ``kind`` is a milestone, which is done by its date or is not, or a target, which is a number.
    ``to`` is whom a target is held against, ``among`` the place an area is to have.
    """

    kind: dict[str, Literal["milestone", "target"]] = Field(default_factory=dict)
    to: dict[str, NamedOther] = Field(default_factory=dict)
    among: dict[str, Among] = Field(default_factory=dict)
    better: dict[str, Better] = Field(default_factory=dict)
    published_verdict: dict[str, Annotated[str, AfterValidator(_verdict)]] = Field(
        default_factory=dict
    )


def _texts(value: Any) -> Any:
    """A number among words is a word: 0 for missing."""
    return [str(one) if type(one) in {int, float} else one for one in value] if isinstance(value, list) else value  # fmt: skip


def _text(value: Any) -> Any:
    return str(value) if type(value) is int else value


Missing = Annotated[tuple[Words, ...], BeforeValidator(_texts)]
When = Annotated[Words, BeforeValidator(_text)]


class TableMapping(CalendarKeys):
    """What a mapping file of a table holds.

    ``missing`` are words for no figure, ``missing_in`` those of single indicators alone.
    ``year_to_date`` names the indicators whose figures and targets are running totals of the year.
    ``make_up`` says how shorter periods make a year, ``make_up_of`` where single indicators differ.
    ``across`` names the columns that hold a period each. ``to`` is whom every target is held
    against, by the ``measure``; ``among`` the place every area is to have.
    """

    columns: TableColumns
    words: TableWords = Field(default_factory=TableWords)
    name: Words | None = None
    sheet: Words | None = None
    decimal: Literal[".", ","] | None = None
    better: Better | None = None
    period: When | None = None
    due: When | None = None
    baseline_year: When | None = None
    source: Words | None = None
    area: Id | None = None
    areas: dict[str, Id] = Field(default_factory=dict)
    units: dict[str, Words] = Field(default_factory=dict)
    missing: Missing = ()
    missing_in: dict[str, Missing] = Field(default_factory=dict)
    year_to_date: Missing = ()
    make_up: MakeUp | None = None
    make_up_of: dict[str, MakeUp] = Field(default_factory=dict)
    tolerance: Tolerance | None = None
    across: Across | None = None
    to: Words | None = None
    measure: Measure | None = None
    among: Among | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = [
            said("exchange.give-once", name=name)
            for name in (
                "among",
                "area",
                "baseline_year",
                "better",
                "due",
                "period",
                "source",
                "to",
            )
            if getattr(self, name) is not None and getattr(self.columns, name) is not None
        ]
        if self.columns.baseline is not None and not (
            self.columns.baseline_year or self.baseline_year
        ):
            found.append(said("exchange.baseline-and-year"))
        found += self._targets()
        if self.columns.kind is not None and not self.words.kind:
            found.append(said("exchange.kind-needs-words"))
        if "nearly_met" in self.words.published_verdict.values() and self.tolerance is None:
            found.append(said("exchange.nearly-met-needs-tolerance"))
        if self.periods is not Frequency.year and self.make_up is None:
            found.append(said("exchange.needs-make-up"))
        if found:
            raise Faults(*found)
        return self

    def _targets(self) -> list[Said]:
        columns, across = self.columns, self.across
        stated = [columns.target, columns.to, columns.among, self.to, self.among]
        there = any(stated) or (across is not None and across.target is not None)
        found = []
        if not there and (columns.low is None or columns.high is None):
            found.append(said("exchange.column-of-targets"))
        given = [name for name in ("actual", "target") if across and getattr(across, name)]
        found += [said("exchange.give-once", name=name) for name in given if getattr(columns, name)]
        if across is not None and (columns.period or self.period):
            found.append(said("exchange.give-once", name="period"))
        if self.measure is not None and not (self.to or columns.to):
            found.append(said("exchange.measure-goes-with-to"))
        return found

    def plain(self, text: str) -> str:
        """A number with the table's own decimal sign, written with a point; other texts as they are.

        >>> columns = TableColumns(indicator="a", target="b")
        >>> TableMapping(columns=columns, decimal=",").plain("1,234")
        '1.234'
        """
        if self.decimal == "," and re.fullmatch(r"[-+]?[0-9]+,[0-9]+", text):
            return text.replace(",", ".")
        return text


def read_table_mapping(path: Path) -> TableMapping:
    """A mapping file; raises InputError with every problem and its line."""
    return read_part(TableMapping, path)
