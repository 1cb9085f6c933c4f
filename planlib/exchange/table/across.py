"""Tables with a column a period: each row is read once for every period, from that period's columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Self

from pydantic import PlainValidator, model_validator

from planlib.errors import Faults, InputError, Problem, Said, said
from planlib.excel.sheets.flags import names_year, parted_head
from planlib.excel.sheets.heads import folded_head, heads_in
from planlib.excel.sheets.mapping import BELOW
from planlib.excel.sheets.table import SheetTable
from planlib.plan.base import Part
from planlib.plan.periods.calendar import period
from planlib.plan.periods.text import EARLIEST, LATEST
from planlib.plan.periods.typed import TypedPeriods

# What a row says of its indicator, whichever the period.
SHARED = ("goal", "name", "kind", "unit", "better", "section", "area", "to", "among", "vintage",
          "source", "note")  # fmt: skip


def _heads(value: Any) -> dict[str, str] | str | None:
    """``all``, a list of heads that are periods, or the head of each period's column."""
    if value is None or value == "all":
        return None if value is None else "all"
    named = {one: one for one in value} if isinstance(value, list) else value
    if isinstance(named, dict) and named:
        return {
            str(at): BELOW.join(map(str, head)) if isinstance(head, list) else str(head)
            for at, head in named.items()
        }
    raise Faults(said("exchange.across-heads"))


PeriodHeads = Annotated[dict[str, str] | str | None, PlainValidator(_heads)]


class Across(Part):
    """Which columns hold a period each: of actual figures, of targets, or of both.

    ``all`` takes every column whose head is a period.
    """

    actual: PeriodHeads = None
    target: PeriodHeads = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.actual is None and self.target is None:
            raise Faults(said("exchange.across-of-what"))
        if self.actual == self.target == "all":
            raise Faults(said("exchange.across-all-once"))
        return self

    def heads(self) -> Iterator[tuple[str, dict[str, str] | str]]:
        """The columns of figures and of targets, as far as there are any."""
        for kind in ("actual", "target"):
            named = getattr(self, kind)
            if named is not None:
                yield kind, named


def tables_across(
    table: SheetTable, across: Across, periods: TypedPeriods
) -> list[tuple[int, SheetTable]]:
    """The table once for each period, with its columns of that period alone.

    Raises InputError where a head that is named is not there, is there twice or is no period.
    """
    found: dict[int, dict[str, int]] = {}
    problems: list[Problem] = []
    places = heads_in(table.sheet, table.head)
    named_heads = [
        head for _, named in across.heads() if isinstance(named, dict) for head in named.values()
    ]
    used = {
        *table.columns.values(),
        *(at for head in named_heads for at in places.get(folded_head(head), [])),
    }
    flags: dict[int, str] = {}

    def say(message: Said, at: int | None = None, hint: Said | None = None) -> None:
        place = table.sheet.name if at is None else table.sheet.place(table.head, at)
        problems.append(Problem(message, str(table.book.path), place, hint=hint))

    def read(text: str, at: int | None = None) -> int | None:
        try:
            return periods.read(text)
        except Faults as fault:
            why = fault.found[0]
            say(why if isinstance(why, Said) else said("exchange.reason", reason=why), at)
            return None

    for kind, named in across.heads():
        if isinstance(named, str):
            columns = []
            for head, at in places.items():
                if BELOW in head or at[0] in used:
                    continue
                plain, of_column = parted_head(table.sheet.text(table.head, at[0]) or head)
                before = len(problems)
                code = read(plain, at[0])
                if code is not None:
                    columns.append((code, at))
                    flags[at[0]] = of_column
                elif (
                    len(problems) == before
                    and names_year(plain, EARLIEST, LATEST)
                    and table.holds_digits(at[0])
                ):
                    hint = said("exchange.name-head-under-across")
                    say(said("excel.head-with-year-unread", head=repr(plain)), at[0], hint)
            if not columns and not problems:
                say(said("exchange.across-no-period"))
        else:
            columns = []
            for text, head in named.items():
                code, at = read(text), places.get(folded_head(head), [])
                if code is None and not problems:
                    say(said("excel.not-a-period", text=repr(text)))
                if not at:
                    say(said("excel.no-column-headed", head=repr(head.replace(BELOW, " "))))
                elif code is not None:
                    columns.append((code, at))
        for code, at in columns:
            assert code is not None
            if len(at) > 1 or kind in found.get(code, {}):
                say(said("excel.two-columns-same-head", head=str(period(code))), at[-1])
            found.setdefault(code, {}).setdefault(kind, at[0])
    if problems:
        raise InputError(problems)
    shared = {name: at for name, at in table.columns.items() if name in SHARED}
    return [
        (
            code,
            replace(
                table,
                columns={**shared, **found[code]},
                flags=flags.get(found[code].get("actual", -1), ""),
            ),
        )
        for code in sorted(found)
    ]
