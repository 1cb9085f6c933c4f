"""Opens the evaluation a command is about, and settles its area."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # commands start without pandas
    from planlib.evaluation import Evaluation


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

    given = evaluate(plan, figures)
    place = given.area(area)
    return given.as_known_on(as_of).seen_by(audience), place
