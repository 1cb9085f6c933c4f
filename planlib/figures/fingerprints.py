"""What a file and a row of figures looked like, as hashes, under names that hold on any machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from planlib.errors import refused, said
from planlib.figures.observations import Observations
from planlib.plan.plan_files import AREAS, yaml_files
from planlib.plan.shipped import DATA, PLANS

Rows = npt.NDArray[np.integer]


def file_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, read piece by piece. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def plan_files(folder: Path) -> dict[str, Path]:
    """The files a plan is read from, by name: its own, and the registry of areas all plans share."""
    found = {path.name: path for path in yaml_files(folder)}
    return found | {f"shared/{AREAS}": PLANS / AREAS}


def figures_by_name(paths: Sequence[Path], folder: Path) -> dict[str, Path]:
    """Files of figures by their portable names.

    That is the path below the plan's folder, or ``data/…`` for what ships, else the bare name.
    Raises InputError where two files would have the same name.
    """
    found: dict[str, Path] = {}
    for path in paths:
        name = portable_name(path, folder)
        if name in found and found[name].resolve() != path.resolve():
            message = said("figures.two-files-figures-called", name=name)
            raise refused(message, file=path, hint=said("figures.rename-one"))
        found[name] = path
    return found


def portable_name(path: Path, folder: Path) -> str:
    """A file of figures as readers of any machine know it.

    >>> portable_name(DATA / "local" / "figures.csv", PLANS / "ward-2010-2015")
    'data/local/figures.csv'
    """
    whole = path.resolve()
    for root, prefix in ((folder.resolve(), ""), (DATA.resolve(), "data/")):
        if whole.is_relative_to(root):
            return prefix + whole.relative_to(root).as_posix()
    return path.name


class RowHashes:
    """The SHA-256 of rows of figures, each file read once.

    Of a CSV file a row is the line as it stands, ending included, as ``sed -n 12p | sha256sum``
    gives it; of a Parquet file the row as JSON with sorted keys.
    """

    def __init__(self) -> None:
        self._files: dict[Path, _TextRows | _ParquetRows] = {}

    def of(self, path: Path, row: int) -> str:
        """The hash of a row, counted from 1. Raises OSError, and IndexError past the end."""
        file = self._file(path)
        if not 1 <= row <= file.count:
            raise IndexError(f"{path} has {file.count} rows")
        return hashlib.sha256(file.between(row, row)).hexdigest()

    def of_rows(self, path: Path, rows: Rows) -> str:
        """The hash of rows in rising order, one after another; raises as ``of`` does."""
        file = self._file(path)
        if len(rows) and not 1 <= rows[0] <= rows[-1] <= file.count:
            raise IndexError(f"{path} has {file.count} rows")
        file.ready(rows)
        total = hashlib.sha256()
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1  # between rows that follow each other
        for start, end in pairwise([0, *breaks, len(rows)] if len(rows) else []):
            total.update(file.between(int(rows[start]), int(rows[end - 1])))
        return total.hexdigest()

    def of_lines(self, path: Path, lines: tuple[int, int] | None) -> str:
        """The hash of the rows from one to another, or of none; raises as ``of`` does."""
        file = self._file(path)
        if lines is None:
            return hashlib.sha256().hexdigest()
        if not 1 <= lines[0] <= lines[1] <= file.count:
            raise IndexError(f"{path} has {file.count} rows")
        return hashlib.sha256(file.between(*lines)).hexdigest()

    def _file(self, path: Path) -> _TextRows | _ParquetRows:
        if path not in self._files:
            parquet = path.suffix.lower() == ".parquet"
            self._files[path] = _ParquetRows(path) if parquet else _TextRows(path)
        return self._files[path]


class _TextRows:
    """The lines of a text file."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        if b"\r" in self._data:
            lengths = [len(line) for line in self._data.splitlines(keepends=True)]
            ends = np.cumsum(lengths, dtype=np.int64)
        else:
            ends = np.flatnonzero(np.frombuffer(self._data, np.uint8) == ord("\n")) + 1
            if self._data and not self._data.endswith(b"\n"):
                ends = np.append(ends, len(self._data))
        self._ends = np.append(0, ends)
        self._view = memoryview(self._data)
        self.count = len(ends)

    def ready(self, rows: Rows) -> None:
        """The lines are at hand."""

    def between(self, first: int, last: int) -> memoryview:
        """The lines from one to another, counted from 1."""
        return self._view[self._ends[first - 1] : self._ends[last]]


class _ParquetRows:
    """The rows of a Parquet file as JSON, made when they are asked for."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._table = pq.read_table(path)
        self.count = self._table.num_rows
        self._ready: dict[int, bytes] = {}  # those asked for together last: an area's

    def ready(self, rows: Rows) -> None:
        """Make some rows together, which one by one takes fifty times as long."""
        made = self._table.take(rows - 1).to_pylist()
        self._ready = dict(zip(rows.tolist(), map(_row_text, made), strict=True))

    def between(self, first: int, last: int) -> bytes:
        """The rows from one to another, counted from 1."""
        numbers = range(first, last + 1)
        if first == last and first not in self._ready:
            return _row_text(self._table.slice(first - 1, 1).to_pylist()[0])
        if not all(number in self._ready for number in numbers):
            self.ready(np.arange(first, last + 1))
        return b"".join(map(self._ready.__getitem__, numbers))


def _row_text(row: Mapping[str, object]) -> bytes:
    return json.dumps(row, sort_keys=True, default=str).encode()


class AreaRows:
    """The rows of each file of figures that are about an area, as hashes.

    ``files`` are the places of the files by their portable names, ``observations`` what was read
    from them. A row that is about several areas, as one of a wide table, counts for each.
    """

    def __init__(
        self, observations: Observations, files: Mapping[str, Path], hashes: RowHashes
    ) -> None:
        frame, self.files = observations.frame, files
        areas, held = frame["area"].cat, frame["file"].cat
        codes = areas.codes.to_numpy()
        order = np.argsort(codes, kind="stable")
        names = [str(name) for name in areas.categories]
        ends = np.searchsorted(codes[order], np.arange(len(names) + 1))
        self._place = dict(zip(names, pairwise(ends), strict=True))
        self._rows, self._of = frame["row"].to_numpy()[order], held.codes.to_numpy()[order]
        self._together = _together(self._rows, self._of, ends[:-1], np.diff(ends))
        known = {str(path): code for code, path in enumerate(held.categories)}
        self._read = {name: (path, known.get(str(path), -1)) for name, path in files.items()}
        self._hashes = hashes

    def of(self, area: str) -> dict[str, str]:
        """The hash of an area's rows in every file, in their order; of none the hash of nothing.

        Raises OSError.
        """
        start, end = self._place.get(area, (0, 0))
        rows, of = self._rows[start:end], self._of[start:end]
        together = end > start and start in self._together
        found = {}
        for name, (path, code) in self._read.items():
            try:
                if together:
                    lines = (int(rows[0]), int(rows[-1])) if of[0] == code else None
                    found[name] = self._hashes.of_lines(path, lines)
                    continue
                here = of == code
                mine = rows if here.all() else rows[here]
                if not (mine[1:] > mine[:-1]).all():
                    mine = np.unique(mine)
                found[name] = self._hashes.of_rows(path, mine)
            except IndexError:
                raise OSError(None, f"{path} changed while it was read") from None
        return found


def _together(rows: Rows, of: Rows, starts: Rows, lengths: Rows) -> frozenset[int]:
    """Where the rows of an area begin that follow each other in one file, as most do in most files."""
    starts = starts[lengths > 0]
    if not len(starts):
        return frozenset()
    apart = np.append(True, (np.diff(rows) != 1) | (np.diff(of) != 0))
    apart[starts] = False
    return frozenset(starts[~np.logical_or.reduceat(apart, starts)].tolist())
