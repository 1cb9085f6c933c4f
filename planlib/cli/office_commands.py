"""The commands for offices that keep their figures in Excel: template, import and export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    AreaOption,
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
    out: Annotated[Path, typer.Option("--output", "-o", help="The .xlsx file to write.")],
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
        Path, typer.Argument(help="A filled template, a workbook of your own, CSV or Parquet.")
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
    out: Annotated[Path, typer.Option("--output", "-o", help="The .csv or .xlsx file to write.")],
    area: Annotated[
        str | None, typer.Option("--area", help="Only this area; all of them without.")
    ] = None,
    observations: FiguresOption = None,
    audience: AudienceOption = PUBLIC,
    lang: LangOption = None,
    force: ForceOption = False,
) -> None:
    """Write figures as CSV or Excel: harmless when opened there, the same when read back."""
    from planlib.cli.office_files import export_command

    export_command(plan, area, observations, out, checked_language(lang), audience, force=force)
