"""Opens an evaluation from files: a plan by its name, with its own figures or with others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planlib.evaluation.checked import AsOf
from planlib.evaluation.evaluation import Evaluation
from planlib.figures.observations import Observations
from planlib.figures.reading import read_observations
from planlib.plan.plan import Plan
from planlib.plan.shipped import figure_files, open_plan, plan_folder


def evaluate(
    plan: Plan | str | Path,
    figures: Observations | Sequence[Path] | None = None,
    *,
    as_of: AsOf = None,
    audience: str = "internal",
) -> Evaluation:
    """Evaluate a plan, given as such or by its id or folder, with its own figures or other ones.

    ``figures`` have been read, or are files to read. ``as_of`` and ``audience`` are as in
    ``Evaluation``. Raises InputError with every problem found.

    >>> evaluate("viet-nam-2016-2020", as_of="2019-12-31")
    <Evaluation of viet-nam-2016-2020 2016-2020: 35 goals, 1 areas, 47 figures, as of 2019-12-31, internal>
    """
    opened = plan if isinstance(plan, Plan) else open_plan(str(plan))
    if not isinstance(figures, Observations):
        folder = None if isinstance(plan, Plan) else plan_folder(str(plan))
        figures = read_observations(figures or figure_files(opened, folder), opened)
    return Evaluation(opened, figures, as_of, audience)
