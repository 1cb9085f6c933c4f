"""Gives the columns of figures their types in memory: years, numbers, report dates, states, words."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import said
from planlib.figures.csv_text import say_more
from planlib.figures.limits import LARGEST
from planlib.figures.observations import NUMBER_COLUMNS, UNDATED, State, vintage_day
from planlib.figures.raw_table import MOST_PROBLEMS, WORDS, RawTable
from planlib.figures.spreadsheet_text import unguarded
from planlib.figures.tables.numbers import NUMBER, THOUSANDS, number_hint, plain_number
from planlib.figures.tables.periods import keep_periods
from planlib.language.typed.dates import NO_DATE, typed_date
from planlib.language.typed.unreadable import Unreadable

_NUMBER, _THOUSANDS = re.compile(NUMBER).fullmatch, re.compile(THOUSANDS).fullmatch
NO_VINTAGE = "figures.vintage-not-a-date"


def convert_columns(table: RawTable) -> None:
    """Give every column its type in memory, in place."""
    if not keep_periods(table):
        _year(table)
    frame = table.frame
    for name in NUMBER_COLUMNS:
        if name in frame:
            _number(table, name)
    for name in WORDS:
        if name in frame:
            frame[name] = _categorical(frame[name])
    if "vintage" not in frame:
        frame["vintage"] = np.full(len(frame), UNDATED, np.int32)
    else:
        _vintage(table)
    _state(table)


def _categorical(values: pd.Series[Any]) -> pd.Categorical:
    """Text as categories, an empty text for what is blank."""
    if not isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype("category")
    if values.isna().any():
        if "" not in values.cat.categories:
            values = values.cat.add_categories([""])
        values = values.fillna("")
    column = pd.Categorical(values)
    texts = [unguarded(str(text)) for text in column.categories]
    if texts != list(column.categories):
        return pd.Categorical(pd.Series(texts, dtype="object").to_numpy()[column.codes])
    return column


def _mapped(table: RawTable, column: str, convert: Any, must: str, **facts: Any) -> None:
    """Replace texts by numbers, converting each different text once."""
    texts = _categorical(table.frame[column])
    numbers, wrong = [], set()
    for code, text in enumerate(texts.categories):
        try:
            numbers.append(convert(str(text).strip()))
        except (ValueError, KeyError):
            numbers.append(0)
            wrong.add(code)
    if wrong:
        table.say_rows(np.isin(texts.codes, list(wrong)), column, must, **facts)
    table.frame[column] = np.asarray(numbers, dtype=np.int64)[texts.codes]


def _vintage(table: RawTable) -> None:
    """Report dates as day numbers; ``vintage_text`` has them as exact as they were told."""
    cells = _categorical(table.frame["vintage"])
    texts: list[str] = []
    faults: dict[int, Unreadable] = {}
    for code, text in enumerate(cells.categories):
        try:
            texts.append(typed_date(text) if str(text).strip() else "")
        except Unreadable as error:
            texts.append("")
            faults[code] = error
    wrong = np.flatnonzero(np.isin(cells.codes, list(faults)))
    table.wrong.update(table.row[wrong].tolist())
    for position in wrong[:MOST_PROBLEMS]:
        code = cells.codes[position]
        must, hint = faults[code].fault, faults[code].hint
        if must.key == NO_DATE:
            found = repr(str(cells.categories[code]))
            must, hint = said(NO_VINTAGE, column="vintage", found=found), None
        table.say(must, int(table.row[position]), hint=hint, column="vintage")
    say_more(table.problems, len(wrong) - MOST_PROBLEMS, table.name)
    days = np.array([vintage_day(text) for text in texts], np.int32)
    table.frame["vintage"] = days[cells.codes] if len(texts) else np.empty(0, np.int32)
    names, same = np.unique(np.array(texts, dtype=object), return_inverse=True)
    codes = same[cells.codes] if len(texts) else cells.codes
    table.frame["vintage_text"] = pd.Categorical.from_codes(codes, pd.Index(list(names)))


def _year(table: RawTable) -> None:
    values = table.frame["year"]
    if values.dtype == object or isinstance(values.dtype, pd.CategoricalDtype | pd.StringDtype):
        text = values.astype("str").str.strip()
        wrong = ~text.str.fullmatch("[0-9]{4}")
        if wrong.any():
            table.say_rows(wrong, "year", "figures.year-not-four-digits")
            return
        values = text.astype(np.int32)
    elif values.isna().any() or (values % 1 != 0).any():
        table.say_rows(values.isna() | (values % 1 != 0), "year", "figures.value-not-whole")
        return
    elif ((values < 0) | (values > 9999)).any():
        table.say_rows((values < 0) | (values > 9999), "year", "figures.year-not-four-digits")
        return
    table.frame["year"] = values.astype(np.int32)


def _number(table: RawTable, name: str) -> None:
    values = table.frame[name]
    if values.dtype.kind in "iuf":
        given = values.to_numpy() if isinstance(values.dtype, np.dtype) else None
        if given is not None and given.dtype.kind == "f" and given.dtype.itemsize < 8:
            numbers = _as_printed(given)
        else:
            numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        blank = values.isna().to_numpy()
        if blank.all():  # as most columns are in most files
            table.frame[name] = np.full(len(values), np.nan)
            return
        cells = ["" if none else str(cell) for cell, none in zip(values, blank, strict=True)]
        codes, texts = pd.factorize(np.array(cells, dtype=object))
        found = [_read(str(text).strip(), decimal_comma=table.decimal_comma) for text in texts]
        numbers = np.array([one for one, _, _ in found], np.float64)[codes]
        wrong = np.array([none for _, none, _ in found], bool)[codes]
        doubtful = np.array([two for _, _, two in found], bool)[codes]
        _say_no_numbers(table, name, np.flatnonzero(wrong))
        hint = said("figures.thousands-decimals-write-1300")
        table.say_rows(doubtful, name, "figures.number-in-doubt", hint)
    if (np.abs(numbers) > LARGEST).any():
        table.say_rows(np.isinf(numbers), name, "figures.number-not-finite")
        large = np.isfinite(numbers) & (np.abs(numbers) > LARGEST)
        table.say_rows(large, name, "figures.number-too-large")
    table.frame[name] = numbers


def _as_printed(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Numbers of short floats as they are printed: 12.3, and not 12.300000190734863, which exceeds 12.3."""
    each, codes = np.unique(values, return_inverse=True)
    return np.array([float(str(one)) for one in each], np.float64)[codes]


def _read(text: str, *, decimal_comma: bool) -> tuple[float, bool, bool]:
    """The number that a text tells, whether it tells none though it must, and whether it tells two."""
    if not text:
        return np.nan, False, False
    plain = text if _NUMBER(text) else plain_number(text, decimal_comma=decimal_comma) or text
    if not _NUMBER(plain):
        return np.nan, True, False
    return float(plain), False, bool(_THOUSANDS(text))


def _say_no_numbers(table: RawTable, name: str, positions: Any) -> None:
    for position in positions[:MOST_PROBLEMS]:
        found = str(table.frame[name].iloc[position])
        must = said("figures.value-not-a-number", column=name, found=repr(found))
        table.say(must, int(table.row[position]), hint=number_hint(found), column=name)
    say_more(table.problems, len(positions) - MOST_PROBLEMS, table.name)


def _state(table: RawTable) -> None:
    """State codes; an empty state is measured where there is a number, else missing."""
    frame = table.frame
    numbers = [
        frame[name].to_numpy() for name in NUMBER_COLUMNS if name in frame and name != "assigned"
    ]
    known = np.zeros(len(frame), dtype=bool)
    for column in numbers:
        known |= ~np.isnan(column)
    default = np.where(known, State.measured, State.missing).astype(np.int8)
    if "state" not in frame:
        frame["state"] = default
        return
    states = {state.name: int(state) for state in State} | {"": -1}
    names = ", ".join(state.name for state in State)
    _mapped(table, "state", states.__getitem__, "figures.state-unknown", known=names)
    codes = frame["state"].to_numpy().astype(np.int8)
    frame["state"] = np.where(codes < 0, default, codes)
