"""Hashes of figures, area by area, so that a changed figure runs again only what reads it.

A page shows where its figures stand, so the file's name and the row are part of a row's hash: a
row put in before others changes the pages of those others too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.figures.observations import Observations
from planlib.report.text.phrases import file_text

Words = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]


class FigureHashes:
    """The hash of each area's rows, and of all of them; of areas without rows it says nothing.

    A column says nothing of an area where it is empty in all its rows: most are, in most areas.
    """

    def __init__(self, observations: Observations) -> None:
        frame = observations.frame
        names = [str(name) for name in frame["area"].cat.categories]
        codes = frame["area"].cat.codes.to_numpy()
        order = None if (codes[1:] >= codes[:-1]).all() else np.argsort(codes, kind="stable")
        sorted_codes = codes if order is None else codes[order]
        ends = np.searchsorted(sorted_codes, np.arange(len(names) + 1))
        with_rows = np.flatnonzero(np.diff(ends))
        hashes = {area: hashlib.sha256() for area in with_rows.tolist()}
        places = list(
            zip(
                with_rows.tolist(),
                ends[with_rows].tolist(),
                ends[with_rows + 1].tolist(),
                strict=True,
            )
        )
        for name in sorted(frame.columns):
            values, said = _told(frame[name], order)
            some = np.logical_or.reduceat(said, ends[with_rows]) if len(said) else with_rows
            if not some.any():
                continue
            header, held = f"{name}\0".encode(), values.data
            for (area, start, end), says in zip(places, some.tolist(), strict=True):
                if says:
                    hashes[area].update(header)
                    hashes[area].update(held[start:end])
        self._nothing = hashlib.sha256().hexdigest()[:16]
        self._areas = {names[area]: one.hexdigest()[:16] for area, one in hashes.items()}
        whole = "\n".join(f"{name} {text}" for name, text in self._areas.items())
        self.whole = hashlib.sha256(whole.encode()).hexdigest()[:16]

    def of_area(self, area: str) -> str:
        """The hash of an area's rows; that of no rows where it has none."""
        return self._areas.get(area, self._nothing)


class GoalHashes:
    """The hash of what some rows tell of goals, asked for goal after goal."""

    def __init__(self, frame: pd.DataFrame) -> None:
        goal = frame["goal"].cat
        self._goals, self._codes = goal.categories, goal.codes.to_numpy()
        names = sorted(map(str, frame.columns))
        told = [_told(frame[name], None) for name in names]
        self._heads = np.array([f"{name}\0" for name in names], dtype=object)
        self._words = np.stack([words for words, _ in told], axis=1)
        self._said = np.stack([said for _, said in told], axis=1)

    def of(self, goals: Iterable[str]) -> str:
        """The hash of the rows of some goals; what a column says of none of them does not count."""
        rows = np.isin(self._codes, self._goals.get_indexer(pd.Index(sorted(goals))))
        some = self._said[rows].any(axis=0)
        found = hashlib.sha256("".join(self._heads[some]).encode())
        found.update(np.ascontiguousarray(self._words[rows][:, some]).data)
        return found.hexdigest()[:16]


def _told(column: pd.Series[Any], order: npt.NDArray[np.intp] | None) -> tuple[Words, Bools]:
    """A column in an order as 64 bits a row, equal where the content is, and where it says anything."""
    values = column.to_numpy() if not isinstance(column.dtype, pd.CategoricalDtype) else None
    if values is None:
        texts = [str(text) for text in column.cat.categories.tolist()]
        if column.name == "file":
            texts = [file_text(text) for text in texts]
        # One more for no category at all, whose code is -1.
        digests = np.array([_digest(text) for text in [*texts, "\0none"]], dtype=np.uint64)
        words = digests[column.cat.codes.to_numpy()]
        said = words != 0
    else:
        kind = np.float64 if values.dtype.kind == "f" else np.int64
        words = values.astype(kind).view(np.uint64)
        said = values == values
    if order is not None:
        words, said = words[order], said[order]
    return np.ascontiguousarray(words), said


def _digest(text: str) -> int:
    """A number for a text, 0 for none."""
    if not text:
        return 0
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
