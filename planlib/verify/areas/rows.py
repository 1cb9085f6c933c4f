"""The lines of the files of figures that are about an area, hashed once more for the proof."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import pandas as pd

from planlib.figures.observations import Observations


class AreaLines:
    """The hash of the lines about an area in each file; ``paths`` are the files by portable names."""

    def __init__(self, paths: Mapping[str, Path], observations: Observations) -> None:
        self._paths, self._frame = paths, observations.frame
        self._lines: dict[Path, list[bytes]] = {}

    @cached_property
    def _rows(self) -> dict[tuple[str, str], pd.Series[int]]:
        groups = self._frame.groupby(["area", "file"], observed=True)["row"]
        return {(str(area), str(file)): rows for (area, file), rows in groups}

    def of(self, area: str) -> dict[str, str]:
        """The hash of every file's lines about an area. Raises OSError, and IndexError past the end."""
        found = {}
        for name, path in self._paths.items():
            total = hashlib.sha256()
            rows = self._rows.get((area, str(path)))
            for row in [] if rows is None else sorted({*rows.tolist()}):
                total.update(self._of_file(path)[row - 1])
            found[name] = total.hexdigest()
        return found

    def _of_file(self, path: Path) -> list[bytes]:
        if path not in self._lines:
            if path.suffix.lower() == ".parquet":
                import pyarrow.parquet as pq

                rows = pq.read_table(path).to_pylist()
                told = [json.dumps(row, sort_keys=True, default=str).encode() for row in rows]
                self._lines[path] = told
            else:
                self._lines[path] = path.read_bytes().splitlines(keepends=True)
        return self._lines[path]
