"""Rows of tables read cell by cell, where the heads of their columns say what each cell is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from planlib.exchange.text.columns import ColumnReader, HeadedColumn, roles_of
from planlib.exchange.text.grammar.amounts import Amount, AmountFinder
from planlib.exchange.text.grammar.lexicon import Lexicon
from planlib.exchange.text.grammar.marks import MarkFinder
from planlib.exchange.text.grammar.numbers import Number, NumberFinder
from planlib.exchange.text.grammar.times import Time, TimeFinder
from planlib.exchange.text.grammar.units import AmountUnit
from planlib.exchange.text.grammar.wording import Wording
from planlib.exchange.text.passages import Passage
from planlib.exchange.text.proposals import Proposal
from planlib.exchange.text.rows import PART
from planlib.exchange.text.spots import Context, Read, Terms, as_terms
from planlib.exchange.text.targets import GROWTH

LONGEST_UNIT = 24  # characters in parentheses behind a name
HUNDRED = 100.0
_BRACKET = re.compile(r"\s*\(([^()]+)\)\s*$")


@dataclass(frozen=True)
class CellAmount:
    """The one amount that a cell holds, with the comparison, the time and the sign told beside it."""

    amount: Amount
    comparison: str = ""
    due: Time | None = None
    sign: str = ""
    change: bool = False  # says by how much something moves, not where it is to be


def _is_change(cell: CellAmount, unit: AmountUnit, name: str, start: float | None) -> bool:
    """Whether a cell with a sign says a change: -15% of tonnes, or less than nothing from above it."""
    if not cell.sign:
        return False
    if cell.amount.unit.kind == "percent" and unit.kind != "percent":
        return True
    return cell.sign == "-" and not GROWTH.search(name) and not (start is not None and start < 0)


@dataclass
class RowReading:
    """The proposals of a row, and where the numbers of its other cells stand, by what they are."""

    proposals: list[Proposal] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)


class TableReader:
    """Reads rows below heads, in a language."""

    def __init__(self, words: Lexicon) -> None:
        self.words, self.wording = words, Wording(words)
        self.numbers, self.marks = NumberFinder(words), MarkFinder(words)
        self.columns = ColumnReader(words, self.marks)
        self.times, self.amounts = TimeFinder(words), AmountFinder(words)

    def read(self, passage: Passage, context: Context) -> RowReading | None:
        """What a row says; None where its cells or its heads do not say it by themselves."""
        cells = passage.text.split(PART)
        whole = passage.cells or cells
        if not len(cells) == len(whole) == len(passage.head):
            return None
        columns = self.columns.of(passage.head, context)
        named = [i for i, one in enumerate(columns) if one.kind == "name"][-1:]
        aimed = [
            i
            for i, one in enumerate(columns)
            if one.kind == "target" and re.search(r"\d", cells[i])
        ]
        if not named or not aimed or not re.search(r"[^\W\d_]{2}", whole[named[0]]):
            return None
        told = {i: self._cell(cells[i], dated=columns[i].year is not None) for i in aimed}
        dues = {
            i: (one.due if one else None)
            or columns[i].year
            or self.columns.year_in(columns, cells, "due")
            for i, one in told.items()
        }
        starts = [
            (columns[i].year or self.columns.year_in(columns, cells, "base"), one.amount.low)
            for i, column in enumerate(columns)
            if column.kind == "start"
            and (one := self._cell(cells[i], dated=True))
            and one.amount.high is None
        ]
        late = max((year.year or 0 for year, _ in starts if year), default=0)
        first = min((due.year or 0 for due in dues.values() if due), default=late + 1)
        if context.results or late >= first or not all(told.values()):
            return None
        read = RowReading(roles=roles_of(columns, cells))
        unit = self._unit(columns, whole, named[0])
        name = self._name(columns, whole, named[0], bracket=unit[2])
        values = [one.amount.low for one in told.values() if one]
        start = starts[-1][1] if starts else None
        for i, one in told.items():
            assert one is not None
            one = replace(one, change=_is_change(one, unit[0], name, start))
            target = self._target(one, start, values, name)
            at = sum(len(cell) + 1 for cell in cells[:i])
            read.proposals.append(
                self._proposal(passage, (name, unit, columns[i]), (one, target), dues[i], context)
            )
            made = read.proposals[-1]
            made.at = at + one.amount.start
            made.numbers = [(at, at + len(cells[i]))]
            year = starts[-1][0].year if starts and starts[-1][0] else None
            if one.change:
                made.since = year
                made.reasons += [] if year else ["base-year"]
            elif year:
                made.baseline = (year, starts[-1][1] * unit[1])
        return read

    # ----------------------------------------------------------------- cells

    def _cell(self, cell: str, *, dated: bool) -> CellAmount | None:
        """The amount of a cell that holds nothing beside it but a comparison and a time.

        A bare 2000 is an amount where the head of its column names the year.
        """
        marks = [] if dated and re.fullmatch(r"\s*[0-9]{4}\s*", cell) else self.marks.find(cell)
        times = [one for one in self.times.find(cell, marks) if one.year]
        numbers = [
            one
            for one in self.numbers.find(cell)
            if not one.words and not any(t.start <= one.start < t.end for t in times)
        ]
        amounts = [one for one in self.amounts.find(cell, numbers, times) if one.kind == "number"]
        if len(amounts) != 1 or len(times) > 1:
            return None
        (one,) = amounts
        before, after = cell[: one.start], cell[one.end :]
        for time in times:
            before = before[: time.start] + before[time.end :]
            a, b = max(time.start - one.end, 0), max(time.end - one.end, 0)
            after = after[:a] + after[b:]
        lead = self.wording.lead(before)
        trailing, end = self.wording.trail(after)
        signed = re.fullmatch(r"\s*([-+−])\s*", lead.rest)
        if signed and one.high is not None:
            return None
        if re.search(r"\w|[-+−]", "" if signed else lead.rest) or re.search(r"\w", after[end:]):
            return None
        sign = "" if signed is None else signed[1].replace("−", "-")
        if sign == "-":
            one = replace(one, low=-one.low, other=None if one.other is None else -one.other)
        due = times[0] if times else None
        kept = None if due is None else replace(due, kind="due", year=due.last or due.year)
        return CellAmount(one, lead.comparison or trailing, kept, sign)

    def _unit(
        self, columns: Sequence[HeadedColumn], cells: Sequence[str], name: int
    ) -> tuple[AmountUnit, float, bool]:
        """The unit of a row, what its numbers are to be multiplied by, whether the name holds it."""
        told = [cells[i].strip() for i, one in enumerate(columns) if one.kind == "unit"]
        bracket = _BRACKET.search(cells[name])
        held = False
        if not any(told) and bracket and len(bracket[1]) <= LONGEST_UNIT:
            told, held = [bracket[1].strip()], True
        if not any(told):
            return AmountUnit(), 1.0, False
        text = f"1 {told[0]}"
        unit, value, end, _ = self.amounts.units.unit(text, Number(0, 1, 1.0))
        if unit.kind and not text[end:].strip():
            return unit, value, held
        return AmountUnit("things", told[0]), 1.0, held

    def _name(
        self, columns: Sequence[HeadedColumn], cells: Sequence[str], name: int, *, bracket: bool
    ) -> str:
        """The name of a row, behind what stands in the columns before it."""
        words = _BRACKET.sub("", cells[name]) if bracket else cells[name]
        over = [
            cells[i].strip()
            for i in range(name)
            if columns[i].kind in {"other", "name"} and re.search(r"[^\W\d_]{2}", cells[i])
        ]
        return ": ".join([*over, " ".join(words.split())])

    # --------------------------------------------------------------- targets

    def _target(
        self, cell: CellAmount, start: float | None, values: Sequence[float], name: str
    ) -> Read:
        """Comparison and bounds, by what the cell says, else by where things come from."""
        read, amount = Read(), cell.amount
        better = bool(self.words.within("better", name))
        worse = bool(self.words.within("worse", name))
        if amount.other is not None:
            read.doubt("two-numbers")
        if cell.comparison in {"at_least", "above", "at_most", "below"}:
            read.terms = {"comparison": cell.comparison, "value": amount.low}
            if amount.high is not None:
                read.doubt("range-or-change")
            return read
        if amount.high is not None:
            low, high = sorted(amount.pair())
            read.terms = {"comparison": "between", "low": low, "high": high}
            read.terms["better"] = "lower" if worse and not better else "higher"
            return read
        path = [*([] if start is None else [start]), *values]
        rises, falls = (
            any(a < b for a, b in pairwise(path)),
            any(a > b for a, b in pairwise(path)),
        )
        down = falls if rises != falls else amount.low == 0 or (worse and not better)
        read.terms = {"comparison": "at_most" if down else "at_least", "value": amount.low}
        if cell.comparison:
            read.doubt("up-to" if cell.comparison == "maybe" else "about")
        elif rises and falls:
            read.doubt("direction")
        elif rises or falls:
            if (rises and worse and not better) or (falls and better and not worse):
                read.doubt("direction")
            elif start is None:
                read.doubt("bare")
        elif amount.low not in {0.0, HUNDRED}:
            read.doubt("direction" if worse else "bare")
        return read

    def _proposal(
        self,
        passage: Passage,
        row: tuple[str, tuple[AmountUnit, float, bool], HeadedColumn],
        told: tuple[CellAmount, Read],
        due: Time | None,
        context: Context,
    ) -> Proposal:
        name, (unit, factor, _), column = row
        cell, read = told
        if cell.amount.unit.kind:
            unit, factor = cell.amount.unit, 1.0
        elif column.percent and not unit.kind:
            unit = AmountUnit("percent", "%")
        terms: Terms = {
            key: float(str(one)) * factor if key in {"value", "low", "high"} else one
            for key, one in read.terms.items()
        }
        share = unit.kind == "percent" and not GROWTH.search(name)
        most = max(cell.amount.low, cell.amount.high or 0)
        terms |= {"basis": "share" if share and 0 <= most <= HUNDRED else "level", "cadence": "by"}
        if cell.change:
            read.reasons = [one for one in read.reasons if one not in {"bare", "direction"}]
            if not cell.comparison:
                terms["comparison"] = "at_most" if cell.sign == "-" else "at_least"
            percent = unit.kind == "percent"
            terms["basis"] = "change_since" if percent else "difference_since"
            if row[1][0].kind == unit.kind:  # of tonnes in tonnes, of percent in percent
                read.doubt("range-or-change")
        elif cell.sign and share:
            read.doubt("percent-or-points")
        if due is None and context.time is not None and context.time.kind == "due":
            due = context.time
            if due.loose:
                read.doubt("time-heading")
        if due is None:
            read.doubt("no-time")
        if not unit.kind:
            read.doubt("no-unit")
        if not column.exact and not context.aims:
            read.doubt("weak-aim")
        year = None if due is None else due.last or due.year
        return Proposal(
            name, as_terms(terms), unit, passage, 0, passage.text, read.reasons,
            due=None if due is None or year is None else (year, due.part),
            fiscal=bool(due and due.fiscal),
        )  # fmt: skip
