"""What ``planlib template`` does: writes the workbook an office fills in."""

from __future__ import annotations

from pathlib import Path

from planlib.cli.terminal import tell
from planlib.errors import InputError, Problem, said
from planlib.language.language import Language
from planlib.plan.audience import PUBLIC


def template_command(
    plan: str, area: str | None, year: int, out: Path, lang: str, audience: str = PUBLIC,
    force: bool = False,
) -> None:  # fmt: skip
    """Write a template for an area and a year, with last year's figures as an audience sees them.

    Raises InputError for what is unknown or cannot be written, and where ``out``
    holds what would be lost, unless ``force`` is given.
    """
    from planlib.disclosure import published
    from planlib.evaluation.checked import known_area
    from planlib.excel.overwriting import sealed, write_new
    from planlib.excel.template.workbook import template_workbook
    from planlib.figures.reading import read_observations
    from planlib.plan.shipped import figure_files, open_plan, plan_folder
    from planlib.storage.whole_files import target_of

    if out.suffix.lower() != ".xlsx":
        raise InputError([Problem(said("cli.template-xlsx-file"), str(out))])
    target_of(out)  # at once, before anything large is read
    opened = open_plan(plan)
    if year not in opened.figure_years:
        years = opened.figure_years
        message = said("review.year-outside-term", first=years[0], last=years[-1], found=year)
        raise InputError([Problem(message, subject=said("review.plan-subject", plan=opened.id))])
    paths = [path for path in figure_files(opened, plan_folder(plan)) if path.is_file()]
    figures = published(opened, read_observations(paths, opened), audience).observations
    where = known_area(opened, figures, area)
    made = template_workbook(opened, figures.frame, where, year, lang, audience)
    write_new(out, sealed(made), force=force)
    sheets = sum(bool(section.goals) for section in opened.sections)
    language = Language(lang)
    tell(language("template.written", file=out, n=len(opened.goals), sheets=sheets + 1))
