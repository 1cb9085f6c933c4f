"""What a file and a row of figures looked like, as hashes, under names that hold on any machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from planlib.errors import refused, said
from planlib.plan.plan_files import AREAS, yaml_files
from planlib.plan.shipped import DATA, PLANS


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
    """The SHA-256 of single rows of figures, each file read once.

    Of a CSV file it is the line as it stands, ending included, as ``sed -n 12p | sha256sum`` gives
    it; of a Parquet file the row as JSON with sorted keys.
    """

    def __init__(self) -> None:
        self._rows: dict[Path, list[bytes]] = {}

    def of(self, path: Path, row: int) -> str:
        """The hash of a row, counted from 1. Raises OSError, and IndexError past the end."""
        if path not in self._rows:
            self._rows[path] = _rows_of(path)
        return hashlib.sha256(self._rows[path][row - 1]).hexdigest()


def _rows_of(path: Path) -> list[bytes]:
    if path.suffix.lower() == ".parquet":
        import pyarrow.parquet as pq

        rows = pq.read_table(path).to_pylist()
        return [json.dumps(row, sort_keys=True, default=str).encode() for row in rows]
    return path.read_bytes().splitlines(keepends=True)
