"""Hashes of figures, area by area, so that a changed figure runs again only what reads it.

A page shows where its figures stand, so the file's name and the row are part of a row's hash: a
row put in before others changes the pages of those others too.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pandas as pd

from planlib.figures.observations import Observations
from planlib.report.text.phrases import file_text

TOGETHER = 200_000  # rows turned into bytes at a time


class FigureHashes:
    """The hash of each area's rows, and of all of them."""

    def __init__(self, observations: Observations) -> None:
        frame = observations.frame
        header = "\0".join(frame.columns).encode()
        names = [str(name) for name in frame["area"].cat.categories]
        codes = frame["area"].cat.codes.to_numpy()
        order = np.argsort(codes, kind="stable")
        ends = np.searchsorted(codes[order], np.arange(len(names) + 1))
        readers = [_reader(frame[name]) for name in frame.columns]
        hashes = [hashlib.sha256(header) for _ in names]
        start, area = 0, 0
        while start < len(order):
            rows = order[start : start + TOGETHER]
            matrix = np.column_stack([read(rows) for read in readers])
            while area < len(names) and ends[area] < start + len(rows):
                first, last = max(ends[area] - start, 0), min(ends[area + 1] - start, len(rows))
                hashes[area].update(matrix[first:last].tobytes())
                if ends[area + 1] > start + len(rows):
                    break
                area += 1
            start += len(rows)
        self._nothing = hashlib.sha256(header).hexdigest()[:16]
        self._areas = {name: one.hexdigest()[:16] for name, one in zip(names, hashes, strict=True)}
        whole = "\n".join(f"{name} {text}" for name, text in self._areas.items())
        self.whole = hashlib.sha256(header + whole.encode()).hexdigest()[:16]

    def of_area(self, area: str) -> str:
        """The hash of an area's rows; that of no rows where it has none."""
        return self._areas.get(area, self._nothing)


def _reader(column: pd.Series[Any]) -> Any:
    """A function from positions to the column there, 64 bits a row, equal where the content is."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        texts = [str(text) for text in column.cat.categories]
        if column.name == "file":
            texts = [file_text(text) for text in texts]
        # One more for no category at all, whose code is -1.
        digests = np.array([_digest(text) for text in [*texts, "\0none"]], dtype=np.uint64)
        codes = column.cat.codes.to_numpy()
        return lambda rows: digests[codes[rows]]
    values = column.to_numpy()
    if values.dtype.kind == "f":
        return lambda rows: values[rows].astype(np.float64).view(np.uint64)
    return lambda rows: values[rows].astype(np.int64).view(np.uint64)


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
