"""The files that what a review claims is read from: each with its hash, and each row with its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

from planlib.batch.jobs.checks import Checks
from planlib.excel.export import figures_csv
from planlib.figures.fingerprints import file_hash, plan_files
from planlib.figures.observations import Observations
from planlib.plan.shipped import plan_folder
from planlib.verify.evidence import AREA_FIGURES, HashedFile, HashedRow

REMEMBERED = 10_000  # rows of figures


class PublicFigures:
    """What the public may see of an area, as the file beside its reviews."""

    def __init__(self, plan_files: tuple[HashedFile, ...], figures: Observations) -> None:
        data = figures_csv(figures.frame)
        self.text = data.decode()
        self.plan_files = plan_files
        self._file = HashedFile(name=AREA_FIGURES, sha256=hashlib.sha256(data).hexdigest())
        self._lines = data.splitlines(keepends=True)
        rows = zip(figures.frame["file"].astype(str), figures.frame["row"].tolist(), strict=True)
        self._place = {row: place for place, row in enumerate(rows, start=1)}

    def about(self, area: str) -> tuple[HashedFile, ...]:
        """The whole of the file, which is the area's own."""
        return (self._file,)

    def row(self, path: str, row: int) -> HashedRow:
        """The row of this file, counted from 1 with the heads, that a row of the figures became."""
        place = self._place[path, row]
        sha256 = hashlib.sha256(self._lines[place]).hexdigest()
        return HashedRow(file=AREA_FIGURES, row=place + 1, sha256=sha256)


class InputFiles:
    """The files a plan and its figures are read from, with their hashes. Raises OSError, InputError."""

    def __init__(self, plan: str, known: Checks) -> None:
        files = plan_files(plan_folder(plan))
        self.plan_files = tuple(
            HashedFile(name=name, sha256=file_hash(files[name])) for name in sorted(files)
        )
        self._areas, self._rows = known.about(plan), known.rows
        self._names = {str(path): name for name, path in self._areas.files.items()}
        self._paths = {name: Path(name) for name in self._names}
        self._told: dict[tuple[str, int], HashedRow] = {}

    def about(self, area: str) -> tuple[HashedFile, ...]:
        """The files of figures, each with the hash of its rows about an area. Raises OSError."""
        found = self._areas.of(area)
        return tuple(HashedFile(name=name, sha256=found[name]) for name in sorted(found))

    def row(self, path: str, row: int) -> HashedRow:
        """A row by the portable name of its file. Raises OSError."""
        if (path, row) not in self._told:  # several claims of an area are made from it
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            self._told[path, row] = self._row(path, row)
        return self._told[path, row]

    def _row(self, path: str, row: int) -> HashedRow:
        try:
            sha256 = self._rows.of(self._paths[path], row)
        except IndexError:
            raise OSError(None, f"{path} changed while it was read") from None
        return HashedRow(file=self._names[path], row=row, sha256=sha256)
