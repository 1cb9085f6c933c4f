"""Writes a plan with its figures for elsewhere: IATI results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planlib.errors import refused, said
from planlib.figures.reading import read_observations
from planlib.language.language import Language
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import read_plan
from planlib.plan.shipped import PLANS, figure_files, plan_folder
from planlib.storage.whole_files import replace_bytes

FORMATS = ("iati",)


@dataclass(frozen=True)
class PlanExport:
    """What was written: how many goals and figures, and line by line what the format has no place for.

    The lines are in ``language``, the one asked for or the plan's first.
    """

    language: Language
    goals: int
    figures: int
    left_out: tuple[str, ...]


def export_plan(name: str, out: Path, lang: str | None = None, *, force: bool) -> PlanExport:
    """Write a plan, by id or folder, to a file. Raises InputError, nothing is written then.

    What was left out is told in the language, the plan's first where none is named.
    """
    from planlib.exchange.iati.left_out import left_out
    from planlib.exchange.iati.writing import iati_text

    folder = plan_folder(name)
    plan = read_plan(folder, PLANS / AREAS)
    figures = read_observations(figure_files(plan, folder), plan)
    if out.exists() and not force:
        raise refused(said("exchange.is-there-already"), out, hint=said("exchange.or-force"))
    replace_bytes(out, [iati_text(plan, figures).encode()])
    language = Language(lang or plan.languages[0])
    left = tuple(left_out(plan, language))
    return PlanExport(language, len(plan.goals), len(figures.frame), left)
