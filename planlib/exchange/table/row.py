"""One row of a table of indicators: what its cells say, by what the mapping says its words mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from planlib.errors import Faults, Said, said
from planlib.excel.sheets.flags import without_flags
from planlib.excel.sheets.row import InputCell
from planlib.exchange.draft import GoalDraft
from planlib.exchange.table.mapping import MILESTONE, TableMapping
from planlib.exchange.table.others import others_of
from planlib.exchange.values import number_in, terms_of
from planlib.exchange.yaml_out import Value
from planlib.figures.typed.numbers import NumberStyle, TypedNumber
from planlib.figures.typed.office_words import answer_of, verdict_of
from planlib.figures.typed.shown import in_format
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded
from planlib.plan.periods.text import read_period
from planlib.plan.periods.typed import TypedPeriods

NUMBERS = ("target", "low", "high", "actual", "baseline")
_BETTER = {"higher": "higher", "lower": "lower", "up": "higher", "down": "lower"}
_DAY = len("2015-12-31")


class Meanings:
    """What the words of a table mean, compared as words are."""

    def __init__(self, mapping: TableMapping, lang: str) -> None:
        self.mapping, self.lang = mapping, lang
        self.calendar, self.periods = mapping.calendar, TypedPeriods(mapping.calendar, (lang,))
        self.better = _BETTER | {folded(word): way for word, way in mapping.words.better.items()}
        self.kinds = {folded(word): one for word, one in mapping.words.kind.items()}
        self.others = {folded(word): one for word, one in mapping.words.to.items()}
        self.among = {folded(word): place for word, place in mapping.words.among.items()}
        self.verdicts = {folded(word): one for word, one in mapping.words.published_verdict.items()}
        self.missing = {folded(word) for word in mapping.missing}
        self.missing_in = {
            folded(name): {folded(word) for word in words}
            for name, words in mapping.missing_in.items()
        }
        self.to_date = {folded(name) for name in mapping.year_to_date}
        self.make_up = {folded(name): made for name, made in mapping.make_up_of.items()}
        self.units = {folded(name): unit for name, unit in mapping.units.items()}

    def no_figure(self, key: str, text: str) -> bool:
        """Whether a text says that an indicator has no figure."""
        return folded(text) in self.missing | self.missing_in.get(folded(key), set())


def text_of(cells: Mapping[str, InputCell], column: str) -> str:
    """A cell as text without spaces around it; empty where there is none."""
    value = cells[column].value if column in cells else ""
    return f"{value:.15g}" if isinstance(value, float) else str(value).strip()


@dataclass
class IndicatorRow:
    """A row with its goal; ``key`` is what the table calls the indicator.

    ``at`` is the period its columns are of, where periods have columns.
    """

    number: int
    cells: Mapping[str, InputCell]
    goal: GoalDraft
    key: str
    means: Meanings
    at: int | None = None

    def text(self, column: str) -> str:
        """A cell as text."""
        return text_of(self.cells, column)

    def milestone(self) -> bool:
        """Whether the row is one. Raises Unreadable for a kind without a meaning."""
        word = self.text("kind")
        if not word:
            return False
        if folded(word) not in self.means.kinds:
            raise Unreadable(said("exchange.word-unknown"), said("exchange.kind-unknown-hint"))
        return self.means.kinds[folded(word)] == MILESTONE

    def answer(self) -> float | None:
        """1 for done, 0 for not, None where nothing is said. Raises Unreadable."""
        text = self.text("actual")
        if "actual" not in self.cells or self.means.no_figure(self.key, text):
            return None
        answer = answer_of(text)
        if answer is None:
            raise Unreadable(said("exchange.not-yes-or-no"), said("exchange.not-yes-or-no-hint"))
        return answer

    def vintage(self) -> str:
        """The date of the report, empty where none is told. Raises Unreadable."""
        return typed_date(self.cells["vintage"].value) if "vintage" in self.cells else ""

    def when(self, column: str) -> int | None:
        """The period in a column, or that of all rows; a day is that in which it lies.

        Raises Unreadable.
        """
        if self.at is not None:
            return self.at if column == "period" else None
        shared = getattr(self.means.mapping, column, None)
        value = self.cells[column].value if column in self.cells else shared
        if value is None or value == "":
            return None
        calendar = self.means.calendar
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return calendar.containing(day.toordinal())
        text = f"{value:.12g}" if isinstance(value, float) else str(value).strip()
        try:
            found = self.means.periods.read(text)
            if found is not None:
                return found
            day_text = typed_date(text)
            if len(day_text) == _DAY:
                return calendar.containing(date.fromisoformat(day_text).toordinal())
            return read_period(text, calendar)
        except Faults as error:
            fault = error.found[0]
            why = fault if isinstance(fault, Said) else said("exchange.reason", reason=fault)
            raise Unreadable(why) from None

    def number_of(self, column: str) -> TypedNumber | None:
        """The number of a cell, None where it is empty or says there is none. Raises Unreadable."""
        cell = self.cells.get(column)
        text = self.text(column)
        if cell is None or self.means.no_figure(self.key, text):
            return None
        unit, mapping = self.goal.unit, self.means.mapping
        units = () if isinstance(unit, str) else tuple(map(folded, unit.values()))
        style = NumberStyle("percent" if unit == "%" else "amount", self.means.lang, units)
        if isinstance(cell.value, float | int):
            if cell.percent and unit != "%":
                raise Unreadable(said("figures.number-wanted-not-percentage", text=repr(text)))
            if cell.around is None:
                return TypedNumber(value=float(cell.value))
            return in_format(float(cell.value), cell.around, style, told=False)
        return number_in(mapping.plain(text), style, point=mapping.decimal is not None)

    def terms(self, columns: list[str], lang: str, *, milestone: bool) -> dict[str, Value] | None:
        """The keys of the target of a row, None where it has none. Raises Unreadable."""
        if milestone:
            if columns:
                raise Unreadable(said("exchange.milestone-with-number"))
            evidence = self.text("evidence")
            told: dict[str, Value] = {"comparison": "done"}
            return {**told, "evidence": {lang: evidence}} if evidence else told
        number = self._stated(columns)
        others = others_of(self, number)
        if others is not None or number is None:
            return others
        return {**terms_of(number, self.better())}

    def words(self, columns: list[str]) -> str:
        """The words a target's number stands in; none of a range or a comparison with others."""
        number = self._stated(columns)
        return number.words if number is not None and None in {number.low, number.high} else ""

    def _stated(self, columns: list[str]) -> TypedNumber | None:
        if not columns:
            return None
        if columns == ["target"]:
            return self.number_of("target")
        if "target" in columns:
            raise Unreadable(said("exchange.target-or-range"))
        ends = [self.number_of(one) for one in ("low", "high")]
        low, high = (None if end is None else end.value for end in ends)
        return None if low is None and high is None else TypedNumber(low=low, high=high)

    def better(self) -> str | None:
        """Which way is better, None where nothing says so. Raises Unreadable for another word."""
        text = self.text("better")
        if not text:
            return self.means.mapping.better
        if folded(text) not in self.means.better:
            why = said("exchange.better-unknown", found=repr(text))
            raise Unreadable(why, said("exchange.better-hint"))
        return self.means.better[folded(text)]

    def published(self) -> str | None:
        """The published verdict. Raises Unreadable for a word without a meaning."""
        word, verdicts = self.text("published_verdict"), self.means.verdicts
        if not word:
            return None
        verdict = verdicts.get(folded(word)) or (None if verdicts else verdict_of(word))
        if verdict is None:
            raise Unreadable(said("exchange.word-unknown"), said("exchange.word-unknown-hint"))
        return verdict


def plain_actual(cells: dict[str, InputCell], above: str) -> dict[str, InputCell]:
    """The cells of a row, an actual figure without its flags and marks, which say its state and note."""
    if "actual" not in cells:
        return cells
    told = {"value": cells["actual"]} | ({"note": cells["note"]} if "note" in cells else {})
    found = without_flags(told, above)
    if "value" not in found:  # withheld, or not there: listed as it stands
        return cells
    return {**cells, **found, "actual": found["value"]}
