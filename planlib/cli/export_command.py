"""What ``planlib export`` does: writes figures as CSV or Excel for other people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planlib.cli.terminal import tell
from planlib.errors import InputError, Problem, said
from planlib.show.language import Language


def export_command(
    plan: str, area: str | None, observations: Sequence[Path] | None, out: Path, lang: str,
    audience: str,
) -> None:  # fmt: skip
    """Write the figures of one area, or of all of them, as an audience may see them.

    Raises InputError for what is unknown.
    """
    from planlib.disclosure import published
    from planlib.intake.shipped import figure_files, open_plan, plan_folder
    from planlib.intake.tables import read_observations
    from planlib.publish.figures_out import write_figures
    from planlib.review.desk import known_area

    if out.suffix.lower() not in {".csv", ".xlsx"}:
        raise InputError([Problem(said("figures are written as .csv or .xlsx"), str(out))])
    opened = open_plan(plan)
    figures = read_observations(observations or figure_files(opened, plan_folder(plan)), opened)
    found = published(opened, figures, audience)
    figures = found.observations
    if area is not None:
        figures = figures.of_area(known_area(opened, figures, area))
    write_figures(figures.frame, out)
    language = Language(lang)
    tell(language("export.written", n=len(figures.frame), file=out))
