"""The files that ``planlib template`` and ``planlib export`` write for an office and other people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planlib.cli.terminal import tell
from planlib.errors import InputError, Problem, said
from planlib.language.language import Language
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.report.audience_marks import internal_mark
from planlib.storage.whole_files import same_file, target_of


def template_command(
    plan: str, area: str | None, asked: int | str, out: Path, lang: str | None,
    audience: str = PUBLIC, *, force: bool = False,
) -> None:  # fmt: skip
    """Write a template for an area and a period, with the figures before it as an audience sees them.

    Raises InputError for what is unknown or cannot be written, and where ``out``
    holds what would be lost, unless ``force`` is given.
    """
    from planlib.disclosure import published
    from planlib.evaluation.checked import known_area, known_period
    from planlib.excel.overwriting import sealed, write_new
    from planlib.excel.template.asked import goals_asked
    from planlib.excel.template.workbook import template_workbook
    from planlib.figures.reading import read_observations
    from planlib.plan.periods.calendar import period
    from planlib.plan.shipped import figure_files, open_plan, plan_folder

    if out.suffix.lower() != ".xlsx":
        raise InputError([Problem(said("cli.template-xlsx-file"), str(out))])
    target_of(out)  # at once, before anything large is read
    opened = open_plan(plan)
    year = known_period(opened, asked, with_baseline=True)
    goals = goals_asked(opened, year)
    if not goals:
        message = said("cli.nothing-asked-in-period", period=period(year))
        raise InputError([Problem(message, subject=said("review.plan-subject", plan=opened.id))])
    paths = [path for path in figure_files(opened, plan_folder(plan)) if path.is_file()]
    figures = published(opened, read_observations(paths, opened), audience).observations
    where = known_area(opened, figures, area)
    language = Language(lang or opened.languages[0])
    made = template_workbook(opened, figures.frame, where, year, language.code, audience)
    write_new(out, sealed(made), force=force)
    sheets = sum(any(one.id in goals for one in section.goals) for section in opened.sections)
    tell(language("template.written", file=out, n=len(goals), sheets=sheets + 1))


def raw_command(
    plan: str, area: str | None, observations: Sequence[Path] | None, out: Path, lang: str | None,
    audience: str, *, force: bool = False,
) -> None:  # fmt: skip
    """Write the tidy figures of one area, or of all of them, as an audience may see them.

    Raises InputError for what is unknown or cannot be written, and where ``out``
    holds what would be lost, unless ``force`` is given.
    """
    from planlib.disclosure import published
    from planlib.evaluation.checked import known_area
    from planlib.excel.export import write_figures
    from planlib.figures.reading import read_observations
    from planlib.plan.shipped import figure_files, open_plan, plan_folder

    if out.suffix.lower() not in {".csv", ".xlsx"}:
        raise InputError([Problem(said("cli.figures-written-csv-xlsx"), str(out))])
    target = target_of(out)  # at once, before anything large is read
    opened = open_plan(plan)
    language = Language(lang or opened.languages[0])
    paths = list(observations or figure_files(opened, plan_folder(plan)))
    if any(same_file(path, out) for path in paths):
        message = said("cli.export-must-not-replace")
        raise InputError([Problem(message, str(out))])
    whole = read_observations(paths, opened)
    figures = published(opened, whole, audience).observations
    if area is not None:
        figures = figures.of_area(known_area(opened, figures, area))
    mark = ("", "figures")
    if audience == INTERNAL:
        mark = (internal_mark(language), language("workbook.internal.sheet"))
    sources = [whole.frame]
    if target.exists() and audience == INTERNAL:  # an earlier export may have been for the public
        sources.append(published(opened, whole).observations.frame)
    write_figures(figures.frame, out, force=force, mark=mark, sources=sources)
    tell(language("export.written", n=len(figures.frame), file=out))
