"""A pandas DataFrame as figures: cells of any kind become what a file could have held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import said
from planlib.figures.observations import NUMBER_COLUMNS
from planlib.figures.raw_table import RawTable, check_columns

LABELS = frozenset({"area", "goal", "year", "period", "group", "vintage", "member"})
Cells = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True)
class FrameSource:
    """A DataFrame; messages name a row by its position, counted as ``iloc`` does from 0.

    ``first`` is the number of the first row where the frame stands for something else.
    """

    frame: pd.DataFrame
    name: str = "figures (DataFrame)"
    first: int = 0

    def raw(self, *, by_columns: bool = True) -> RawTable:
        """The columns as they stand; what is wrong with their form is in ``problems``."""
        table = RawTable(self.name, head=None)
        given = self.frame
        if LABELS & {*given.index.names} - {*given.columns}:
            given = given.reset_index()
        if table.too_large(given.shape[1], len(given)):
            return table
        for name, count in Counter(given.columns).items():
            if count > 1:
                table.say(said("figures.column-stands-twice", column=str(name)))
        if not table.problems:
            table.frame = pd.DataFrame({name: _plain(given[name], name) for name in given.columns})
            table.row = np.arange(self.first, self.first + len(given), dtype=np.int32)
            check_columns(table)
        return table


def _plain(column: pd.Series[Any], name: object) -> Any:
    """A column as an array: numbers where they are wanted and all cells are such, else texts."""
    wanted = name in NUMBER_COLUMNS or name == "year"
    number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
    if wanted and number:
        plain = isinstance(column.dtype, np.dtype)
        if plain:
            return column.array
        short = str(column.dtype).lower().startswith(("float32", "float[", "halffloat"))
        return column.to_numpy(np.float32 if short else np.float64, na_value=np.nan)
    if isinstance(column.dtype, pd.StringDtype) or (not wanted and _of_texts(column)):
        return column.array
    cells = column.to_numpy(object)
    empty = np.asarray(pd.isna(cells), dtype=bool)
    if wanted and all(_is_number(cell) for cell in cells[~empty]):
        return np.array(
            [np.nan if no else float(one) for one, no in zip(cells, empty, strict=True)]
        )
    texts = [None if no else _text(one) for one, no in zip(cells, empty, strict=True)]
    return np.array(texts, dtype=object)


def _of_texts(column: pd.Series[Any]) -> bool:
    """Whether the column has categories, all of them texts: then it stays short."""
    kind = column.dtype
    return isinstance(kind, pd.CategoricalDtype) and all(
        isinstance(text, str) for text in kind.categories
    )


def _is_number(cell: object) -> bool:
    return isinstance(cell, Real | Decimal) and not isinstance(cell, bool | np.bool_)


def _text(cell: object) -> str:
    """A cell as it would stand in a file; a year or a code that an empty cell made 101.0 is 101.

    >>> _text(101.0), _text(1.23), _text(Decimal("1.230")), _text(True)
    ('101', '1.23', '1.23', 'True')
    """
    if not _is_number(cell):
        return str(cell)
    return f"{float(cell):.15g}"  # type: ignore[arg-type]
