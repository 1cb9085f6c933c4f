"""The commands that make reports, and prove them: review, notebooks, verify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    AreaOption,
    AsOfOption,
    AudienceOption,
    FiguresOption,
    LangsOption,
)


def review(
    plan: Annotated[
        str | None,
        typer.Argument(help="Id of a shipped plan, or a plan folder; the default set without one."),
    ] = None,
    default: Annotated[
        bool,
        typer.Option("--default", help="The default set: the ward plan and two national ones."),
    ] = False,
    area: AreaOption = None,
    years: Annotated[
        str | None,
        typer.Option("--years", help="Such as 2011,2013 or 2011-2015; the whole term by default."),
    ] = None,
    midterm: Annotated[
        bool | None,
        typer.Option(
            "--midterm/--no-midterm",
            help="The mid-term review too; by default where its year is among the years.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    lang: LangsOption = None,
    audience: AudienceOption = "public",
    out: Annotated[Path, typer.Option("--out", help="Where the reports go.")] = Path("reports"),
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; 2 by default.")
    ] = None,
) -> None:
    """Run the review notebooks and write their pages and an index to open in a browser.

    Exit code 0 only if every notebook ran, 3 if one failed (the others are written all the same).
    """
    from planlib.cli import reviewing

    if default and plan is not None:
        raise typer.BadParameter("takes no PLAN", param_hint="--default")
    langs = lang if lang is not None else "vi,en"
    requests = reviewing.requests_of(plan, area, years, midterm, as_of, langs, audience)
    raise typer.Exit(reviewing.review(requests, out, jobs))


def notebooks(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Notebooks or folders; those that come with planlib by default."),
    ] = None,
    clean_only: Annotated[
        bool, typer.Option("--clean-only", help="Clean their metadata without running them.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; 2 by default.")
    ] = None,
) -> None:
    """Run notebooks in place with their own parameters, and clean them.

    Tags, outputs and execution counts stay; paths, times and versions of this machine go.
    """
    from planlib.cli import reviewing

    raise typer.Exit(reviewing.notebooks(paths or [], clean_only, jobs))


def verify(
    out: Annotated[Path, typer.Argument(help="A reports folder, or the folder of one review.")],
    plan_dir: Annotated[
        list[Path] | None,
        typer.Option("--plan-dir", help="Folder of a plan that does not ship; may be repeated."),
    ] = None,
    observations: FiguresOption = None,
) -> None:
    """Prove finished reports: recompute every verdict, check every hash and every shown number."""
    from planlib.cli.verify_command import verify_command

    raise typer.Exit(verify_command(out, plan_dir or [], observations or []))
