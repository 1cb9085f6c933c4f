"""Opens what a command is about: a plan with its figures, as an evaluation or to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.errors import InputError, Problem, said, some_of
from planlib.figures.plausibility import doubtful_figures
from planlib.figures.reading import load_observations, read_table
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import load_plan, notes_on
from planlib.plan.shipped import PLANS, figure_files, plan_folder

if TYPE_CHECKING:
    from planlib.evaluation import Evaluation


def check_plan(name: str, observations: Sequence[Path]) -> tuple[list[Problem], list[Problem]]:
    """Every problem of a plan and its figures, and what is worth knowing but not wrong.

    ``observations`` are checked instead of the plan's own figures when given.
    """
    try:
        folder = plan_folder(name)
    except InputError as error:
        return list(error.problems), []
    plan, problems = load_plan(folder, PLANS / AREAS)
    if plan is None:  # what figures were named can still be read, if not held against the plan
        return problems + [one for path in observations for one in read_table(path)[1]], []
    figures, found = load_observations(list(observations) or figure_files(plan, folder), plan)
    notes = notes_on(plan)
    strangers = set(figures.frame["area"].cat.categories) - set(plan.areas_by_id)
    if not found:
        notes += doubtful_figures(figures.frame, plan)
    if strangers and not found:
        names = some_of(sorted(strangers))
        message = said("cli.areas-outside-registry", n=len(strangers), names=names)
        notes.append(Problem(message, subject=plan.id, warning=True))
    return problems + found, notes


def evaluated(
    plan: str,
    area: str | None,
    figures: Sequence[Path] | None,
    *,
    as_of: str | None,
    audience: str,
) -> tuple[Evaluation, str]:
    """The evaluation of a plan as known on a day and seen by an audience, and its area.

    Raises InputError: for the plan and its figures first, then the area, the day, the audience.
    """
    from planlib.evaluation import evaluate

    given = evaluate(plan, figures or None)
    place = given.area(area)
    return given.as_known_on(as_of).seen_by(audience), place
