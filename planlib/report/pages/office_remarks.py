"""The remarks that a page shows: those of the file it is given, or of the one beside its figures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from planlib.evaluation.evaluation import Evaluation
from planlib.plan.remarks.reading import read_remarks, remarks_beside
from planlib.plan.remarks.remark import Remark, remarks_for

Given: TypeAlias = str | os.PathLike[str]


def remark_files(evaluation: Evaluation, given: Given = "") -> list[Path]:
    """The file of remarks that is given, else those beside the figures."""
    if os.fspath(given):
        return [Path(given)]
    return remarks_beside(map(str, evaluation.figures.frame["file"].cat.categories))


def remarks_of(evaluation: Evaluation, area: str, given: Given = "") -> tuple[Remark, ...]:
    """What the office says of an area to the audience of an evaluation.

    Raises InputError with every problem of the file.
    """
    found = read_remarks(remark_files(evaluation, given), evaluation.plan, evaluation.areas)
    return remarks_for(found, area, evaluation.audience)
