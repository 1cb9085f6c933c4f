"""The commands that make reports, and prove them: review, notebooks, verify."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    AreaOption,
    AsOfOption,
    AudienceOption,
    CompareOption,
    FiguresOption,
    LangsOption,
    MidtermOption,
    RemarksOption,
    SpeechOption,
    YearsOption,
    language_of,
)
from planlib.cli.terminal import NONE_ASKED, wrong_use
from planlib.errors import said
from planlib.plan.audience import PUBLIC


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
    years: YearsOption = None,
    midterm: MidtermOption = None,
    as_of: AsOfOption = None,
    lang: LangsOption = None,
    audience: AudienceOption = PUBLIC,
    out: Annotated[Path, typer.Option("--out", help="Where the reports go.")] = Path("reports"),
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; 2 by default.")
    ] = None,
    compare: CompareOption = None,
    remarks: RemarksOption = None,
) -> None:
    """Run the review notebooks and write their pages and an index to open in a browser.

    Exit code 0 only if every notebook ran, 3 if one failed (the others are written all the same).
    """
    from planlib.cli import reviewing

    if default and plan is not None:
        raise typer.BadParameter("takes no PLAN", param_hint="--default")
    requests = reviewing.requests_of(
        plan, area=area, years=years, midterm=midterm, as_of=as_of, lang=lang, audience=audience
    )
    if compare:
        if plan is None:
            raise typer.BadParameter(reviewing.NEEDS_PLAN, param_hint="--compare")
        requests = [replace(one, compare=tuple(compare)) for one in requests]
    if remarks is not None:
        if plan is None:
            raise typer.BadParameter(reviewing.NEEDS_PLAN, param_hint="--remarks")
        requests = [replace(one, remarks=str(remarks)) for one in requests]
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
    lang: SpeechOption = NONE_ASKED,
) -> None:
    """Run notebooks in place with their own parameters, and clean them.

    Tags, outputs and execution counts stay; paths, times and versions of this machine go.
    """
    from planlib.cli import reviewing

    language_of(lang, NONE_ASKED)
    raise typer.Exit(reviewing.notebooks(paths or [], clean_only=clean_only, workers=jobs))


def verify(
    out: Annotated[
        Path,
        typer.Argument(
            help="A reports folder, the folder of one review, or documents and tables that were "
            "handed in."
        ),
    ],
    plan_dir: Annotated[
        list[Path] | None,
        typer.Option("--plan-dir", help="Folder of a plan that does not ship; may be repeated."),
    ] = None,
    observations: FiguresOption = None,
    remarks: RemarksOption = None,
    seal: Annotated[
        str,
        typer.Option(
            "--seal",
            help="The seal an earlier proof printed, or a file that holds it: exit 1 where the "
            "reports have another now. Keep it apart from the reports; without it, anybody who "
            "changed a file could have sealed it again.",
        ),
    ] = "",
    rebuild: Annotated[
        bool,
        typer.Option(
            "--rebuild",
            help="Make every page again from the plan and its figures, and compare every byte: "
            "finds whatever was changed, and takes as long as making the reports.",
        ),
    ] = False,
    notebooks: Annotated[
        Path | None,
        typer.Option(
            "--notebooks",
            help="The folder of review notebooks of your own that the reports were made with. None "
            "is ever taken from the reports.",
        ),
    ] = None,
    job_list: Annotated[
        Path | None,
        typer.Option(
            "--job-list",
            help="With --rebuild: the list of jobs whose notebooks are to be run again too.",
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="With --rebuild: notebooks at a time; 2 by default."),
    ] = None,
    lang: SpeechOption = NONE_ASKED,
) -> None:
    """Prove finished reports: recompute every verdict, check every hash and every shown number.

    With --rebuild every page is made again and compared byte for byte, whatever was changed. Exit
    code 0 if all is proven, 1 with one line for each difference. The last line names what was not
    read.
    """
    from planlib.cli.verify_command import ProofOptions, verify_command

    if not rebuild:
        for name, value in (("--job-list", job_list), ("--workers", workers)):
            if value is not None:
                raise wrong_use(said("cli.option-goes-with-rebuild"), name)
    asked = ProofOptions(
        out, plan_dir or [], observations or [], seal, rebuild, notebooks, job_list, workers,
        remarks,
    )  # fmt: skip
    raise typer.Exit(verify_command(asked, language_of(lang, NONE_ASKED)))
