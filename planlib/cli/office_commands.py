"""The commands for offices that keep their figures in Excel: template, import and export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    AreaOption,
    AsOfOption,
    AudienceOption,
    FiguresOption,
    ForceOption,
    LangOption,
    PlanArgument,
    checked_language,
    period_of,
)
from planlib.cli.terminal import wrong_use
from planlib.errors import said
from planlib.plan.audience import PUBLIC


def template(
    plan: PlanArgument,
    year: Annotated[
        str,
        typer.Option(
            "--year", "--period", help="The year the figures are of, or another period: 2023/24-Q3."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "--output", "-o", help="The .xlsx file to write.")],
    area: AreaOption = None,
    audience: AudienceOption = PUBLIC,
    lang: LangOption = None,
    force: ForceOption = False,
) -> None:
    """Write an Excel workbook for an office to fill in with an area's figures of a period."""
    from planlib.cli.office_files import template_command

    at = period_of(year)
    if at is None:
        raise wrong_use(said("cli.template-of-a-period"), "--year")
    template_command(plan, area, at, out, checked_language(lang), audience, force=force)


def import_file(
    file: Annotated[
        Path,
        typer.Argument(
            help="A filled template, a workbook of your own, CSV or Parquet, SDMX, JSON-stat, or a "
            "data package."
        ),
    ],
    plan: Annotated[
        str | None,
        typer.Option("--plan", help="Plan id or folder; a template of a shipped plan knows it."),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", help="The .csv file that takes the figures; the plan's own without."
        ),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--map", help="A YAML file saying what the columns of your own sheet hold."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything and write nothing.")
    ] = False,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", help="A copy of the workbook with the problems marked."),
    ] = None,
    lang: LangOption = None,
    force: ForceOption = False,
) -> None:
    """Take figures in from a workbook or a table: all of them, or none and every problem."""
    from planlib.cli.import_command import ImportRequest, import_command

    asked = ImportRequest(file, plan, into, mapping, dry_run=dry_run)
    import_command(asked, checked_language(lang), annotate=annotate, force=force)


def export(
    plan: PlanArgument,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "--output", "-o",
            help="The .xlsx, .csv, .json, .parquet, .md or .html file to write.",
        ),
    ],
    area: Annotated[
        str | None, typer.Option("--area", help="Only this area; all of them without.")
    ] = None,
    period: Annotated[
        list[str] | None,
        typer.Option(
            "--period",
            help="Only this period, or 'term'; may be repeated. All that have figures without.",
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="The tidy figures in a standard: sdmx-csv, sdmx-ml, json-stat, iati (one file), "
            "data-package, csvw, open-sdg (a folder).",
        ),
    ] = None,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw", help="The tidy figures themselves (.csv or .xlsx), the same when read back."
        ),
    ] = False,
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = PUBLIC,
    lang: LangOption = None,
    force: ForceOption = False,
) -> None:  # fmt: skip
    """Write the table of results for others: names, target, actual, verdict, source and note.

    A workbook everybody can read, data for programs, or a table for a page or an e-mail, as the
    file's ending says.
    """
    from planlib.cli.exporting.export_command import ExportRequest, results_command

    code = checked_language(lang)
    if form is not None:
        from planlib.cli.exporting.export_command import standard_command

        if raw or period:
            raise wrong_use(said("cli.format-is-all"), "--format")
        asked_of = ExportRequest(plan, area, (), observations, as_of, audience)
        standard_command(asked_of, form, out, code, force=force)
        return
    if raw:
        from planlib.cli.office_files import raw_command

        if period or as_of is not None:
            raise wrong_use(said("cli.raw-is-all"), "--raw")
        raw_command(plan, area, observations, out, code, audience, force=force)
        return
    periods = [period_of(one) for one in period or ()]
    asked = tuple("term" if one is None else one for one in periods)
    request = ExportRequest(plan, area, asked, observations, as_of, audience)
    results_command(request, out, code, force=force)
