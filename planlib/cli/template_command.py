"""What ``planlib template`` does: writes the workbook an office fills in."""

from __future__ import annotations

from pathlib import Path

from planlib.cli.terminal import tell
from planlib.errors import InputError, Problem, said
from planlib.show.language import Language


def template_command(plan: str, area: str | None, year: int, lang: str, out: Path) -> None:
    """Write a template for an area and a year. Raises InputError for what is unknown."""
    from planlib.intake.shipped import figure_files, open_plan, plan_folder
    from planlib.intake.tables import read_observations
    from planlib.intake.whole_files import replace_bytes
    from planlib.publish.template_workbook import template_workbook
    from planlib.review.desk import known_area

    if out.suffix.lower() != ".xlsx":
        raise InputError([Problem(said("a template is an .xlsx file"), str(out))])
    opened = open_plan(plan)
    if year not in opened.figure_years:
        years = opened.figure_years
        message = said("the year must lie in {first}-{last}, found {found}",
                       first=years[0], last=years[-1], found=year)  # fmt: skip
        raise InputError([Problem(message, subject=f"plan '{opened.id}'")])
    paths = [path for path in figure_files(opened, plan_folder(plan)) if path.is_file()]
    figures = read_observations(paths, opened)
    where = known_area(opened, figures, area)
    replace_bytes(out, [template_workbook(opened, figures.frame, where, year, lang)])
    sheets = sum(bool(section.goals) for section in opened.sections)
    language = Language(lang)
    tell(language("template.written", file=out, n=len(opened.goals), sheets=sheets + 1))
