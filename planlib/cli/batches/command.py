"""``planlib batch`` and ``planlib watch``: both read what is asked for from the same options."""

from __future__ import annotations

import contextlib
import inspect
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planlib.batch.workers.tasks import ENGINES
from planlib.cli.batches.asked import AskedBatch
from planlib.cli.options import (
    AsOfOption,
    LangsOption,
    MidtermOption,
    RemarksOption,
    YearsOption,
)
from planlib.cli.terminal import wrong_use
from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.plan.audience import PUBLIC

if TYPE_CHECKING:
    from planlib.batch.jobs.job_list import AnyRequest


@contextlib.contextmanager
def asked(
    what: Annotated[
        str,
        typer.Argument(
            metavar="PLAN|JOBS.yaml",
            help="Id of a shipped plan, a plan folder or its address such as s3://bucket/plan, or a "
            "YAML list of jobs.",
        ),
    ],
    areas: Annotated[
        str | None,
        typer.Option(
            "--areas", help="all, or ids joined by commas; the plan's first area by default."
        ),
    ] = None,
    years: YearsOption = None,
    midterm: MidtermOption = None,
    as_of: AsOfOption = None,
    lang: LangsOption = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience",
            help="public: counts that identify people are withheld; or internal. Public by default.",
        ),
    ] = None,
    remarks: RemarksOption = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            help="html, and the documents to make beside each page: docx, odt, pdf, md, joined by "
            "commas. PDF and odt are made by LibreOffice.",
        ),
    ] = "html",
    notebooks: Annotated[
        Path | None,
        typer.Option(
            "--notebooks",
            help="A folder with annual-review.ipynb and midterm-review.ipynb of your own, to run "
            "instead of those that come with planlib.",
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            help="How cells are run: papermill, fork, or auto to choose. Outputs are the same.",
        ),
    ] = "auto",
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Notebooks at a time; 2 by default.")
    ] = None,
    out: Annotated[
        str,
        typer.Option(
            "--out",
            help="Where the reports go: a folder, or an address such as s3://bucket/reports.",
        ),
    ] = "reports",
    resume: Annotated[
        bool,
        typer.Option(
            "--resume/--fresh",
            help="Leave alone what is done and whose inputs are the same, or run everything again.",
        ),
    ] = True,
    timeout: Annotated[
        float | None,
        typer.Option(
            "--timeout", min=0.001, help="Seconds a notebook may take; no limit by default."
        ),
    ] = None,
    retries: Annotated[
        int,
        typer.Option("--retries", min=0, help="How often a notebook that failed is tried again."),
    ] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            help="Run on an existing Dask cluster: the address of its scheduler, such as "
            "tcp://10.0.0.1:8786. Its machines and whoever reaches them are trusted wholly.",
        ),
    ] = None,
) -> Iterator[AskedBatch]:
    """What the options ask for, as long as a plan that was fetched is there. Raises InputError."""
    from planlib.batch.jobs.jobs import Request
    from planlib.batch.jobs.spans import names_in
    from planlib.batch.runs.fetched_plan import plan_at
    from planlib.batch.runs.settings import BatchSettings
    from planlib.cli.reviewing import documents_of, languages_of, years_of

    if engine not in ENGINES:
        hint = did_you_mean(engine, ENGINES) or said(
            "outlook.methods-known", names=", ".join(ENGINES)
        )
        raise typer.BadParameter(f"no engine '{engine}' ({hint})", param_hint="--engine")
    if cluster is not None and not cluster.strip():
        raise typer.BadParameter("the address of a scheduler", param_hint="--cluster")
    settings = BatchSettings(
        workers=workers,
        engine=engine,
        timeout=timeout,
        retries=retries,
        resume=resume,
        record=True,
        cluster=cluster or "",
        forks=True,
    )
    again = " ".join(
        ["planlib", *(shlex.quote(word) for word in sys.argv[1:] if word != "--fresh")]
    )
    with contextlib.ExitStack() as stack:
        if what.endswith((".yaml", ".yml")):
            narrowing = {
                "--areas": areas, "--years": years, "--midterm": midterm, "--as-of": as_of,
                "--lang": lang, "--audience": audience, "--remarks": remarks,
                "--format": formats if formats != "html" else None,
            }  # fmt: skip
            for name, value in narrowing.items():
                if value is not None:
                    message = said("cli.option-stands-in-jobs")
                    raise typer.BadParameter(message, param_hint=name)
            requests: list[AnyRequest] = jobs_listed(Path(what))
        else:
            named = "all" if areas == "all" else names_in(areas) if areas is not None else None
            if named == ():
                raise typer.BadParameter("all, or ids joined by commas", param_hint="--areas")
            wanted, langs, beside = years_of(years), languages_of(lang), documents_of(formats)
            if "://" in what:
                # The run will stand beside the plan that is fetched; other paths are of here.
                out = out if "://" in out else str(Path(out).absolute())
                notebooks = notebooks.absolute() if notebooks is not None else None
                remarks = remarks.absolute() if remarks is not None else None
                what = stack.enter_context(plan_at(what))
            seen = audience or PUBLIC
            said_in = "" if remarks is None else str(remarks)
            requests = [
                Request(
                    what,
                    None,
                    wanted,
                    midterm,
                    as_of or "",
                    langs,
                    seen,
                    named,
                    remarks=said_in,
                    documents=beside,
                )
            ]
        yield AskedBatch(requests, out, notebooks, settings, again)


def with_its_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command that takes every option of ``asked``, and gives it on."""
    options = inspect.signature(asked, eval_str=True).replace(return_annotation=None)
    command.__signature__ = options  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in options.parameters.values()}
    return command


@with_its_options
def batch(**given: Any) -> None:
    """Run the reviews of many areas, years and languages; run it again to go on after a stop.

    Done work is left alone while the notebook, its parameters, the figures it reads, the plan and planlib itself stay the same; what was edited or deleted is made again. What ran is listed in batch-log.jsonl beside the reports.

    A list of jobs is a YAML file. One entry asks for reviews of a plan, another for a notebook of your own, which writes mine/ward-01.ipynb and mine/ward-01.html:

    \b
    - plan: ward-2010-2015
      areas: all
      years: 2011-2013
      lang: vi
    - notebook: mine.ipynb
      output: mine/ward-01
      parameters: {area: ward-01}

    Exit code 0 only if every notebook ran, 3 if one failed or a document could not be made (the others are written all the same), 130 if it was stopped.
    """
    from planlib.cli.batches.first_worker import workers_ahead

    _one_thread()
    with workers_ahead(given) as pool:
        from planlib.cli.batches.run import run_batch

        with asked(**given) as what:
            raise typer.Exit(run_batch(what, pool))


@with_its_options
def watch(**given: Any) -> None:
    """Run a batch, and run it again whenever its figures, its plan or its notebooks change.

    Only what a change touches is made again; each time is told in a line. What is wrong with a file is told, and the next change waited for. Ctrl-C ends it.
    """
    _one_thread()
    from planlib.cli.batches.watching import watch_batch

    if "://" in given["what"]:
        raise wrong_use(said("cli.watch-needs-files"), "PLAN|JOBS.yaml")
    raise typer.Exit(watch_batch(given["what"], lambda: asked(**given)))


def _one_thread() -> None:
    """Sums of arrays take one thread in every worker, forked of this command or not: the last digit hangs on it."""
    from planlib.batch.workers.process import THREADS

    for name in THREADS:
        os.environ.setdefault(name, "1")


def jobs_listed(path: Path) -> list[AnyRequest]:
    """The jobs of a list; raises InputError with every problem of it."""
    from planlib.batch.jobs.job_list import read_jobs

    if not os.path.isfile(path):  # noqa: PTH113 - no name is too long or too odd for it
        raise InputError([Problem(said("cli.jobs-not-found"), file=str(path))])
    return read_jobs(path)
