"""Writes a plan's figures in a standard's format: one file, or a folder of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planlib.errors import refused, said
from planlib.evaluation.evaluation import Evaluation
from planlib.exchange.standards.figure_table import figure_table
from planlib.exchange.standards.json_stat import json_stat
from planlib.exchange.standards.open_sdg import open_sdg
from planlib.exchange.standards.packages import csv_on_the_web, data_package
from planlib.exchange.standards.sdmx import sdmx_csv, sdmx_ml
from planlib.figures.observations import Observations
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.storage.whole_files import replace_bytes, target_of, unwritten

ALONE = ""  # the name of the one file of a format that is one


@dataclass(frozen=True)
class StandardExport:
    """What is written: an evaluation, the figures of it that were asked for, and the headline's area."""

    evaluation: Evaluation
    figures: Observations
    area: str
    language: Language

    @property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.evaluation.plan


def _iati(asked: StandardExport) -> dict[str, bytes]:
    from planlib.exchange.iati.writing import iati_text

    return {ALONE: iati_text(asked.plan, asked.figures).encode()}


# A format is a line here: it gives files by their names, or one without.
WRITERS: dict[str, Callable[[StandardExport], dict[str, bytes]]] = {
    "sdmx-csv": lambda a: {ALONE: sdmx_csv(figure_table(a.figures.frame, a.plan), a.plan)},
    "sdmx-ml": lambda a: {ALONE: sdmx_ml(figure_table(a.figures.frame, a.plan), a.plan)},
    "json-stat": lambda a: {
        ALONE: json_stat(figure_table(a.figures.frame, a.plan), a.plan, a.language)
    },
    "data-package": lambda a: data_package(a.figures.frame, a.plan, a.language),
    "csvw": lambda a: csv_on_the_web(a.figures.frame, a.plan, a.language),
    "iati": _iati,
    "open-sdg": lambda a: open_sdg(a.evaluation, a.area, a.language),
}


def write_standard(kind: str, asked: StandardExport, out: Path, *, force: bool) -> int:
    """Write the files of a format; how many. Raises InputError; what is there stays without ``force``."""
    files = WRITERS[kind](asked)
    if out.exists() and not force:
        raise refused(said("exchange.is-there-already"), out, hint=said("exchange.or-force"))
    if ALONE in files:
        replace_bytes(target_of(out), [files[ALONE]])
        return 1
    if out.exists() and not out.is_dir():
        raise refused(said("exchange.is-no-folder"), out)
    for name, data in files.items():
        path = out / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritten(path.parent, error) from None
        replace_bytes(path, [data])
    return len(files)
