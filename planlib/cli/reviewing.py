"""What ``planlib review`` and ``planlib notebooks`` read from their arguments, and what they print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from planlib.batch.jobs.default import DEFAULT
from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.jobs.spans import formats_in, languages_in, periods_in
from planlib.batch.runs.committed import (
    Refreshed,
    clean_notebooks,
    notebooks_in,
    refresh_notebooks,
)
from planlib.batch.runs.outcomes import RunReport
from planlib.batch.runs.progress import Watcher, in_words
from planlib.batch.runs.run import run
from planlib.batch.runs.settings import BatchSettings
from planlib.cli.stopping import STOPPED, stoppable
from planlib.cli.terminal import spoken, tell
from planlib.errors import shown_path
from planlib.language.language import Language
from planlib.plan.shipped import NOTEBOOKS

FAILED = 3


def years_of(text: str | None) -> list[int | str] | None:
    """Years as typed, such as ``2011,2013`` or ``2011-2015``; None leaves the choice to the plan."""
    if text is None:
        return None
    try:
        return list(periods_in(text))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--years") from None


def languages_of(text: str | None) -> tuple[str, ...] | None:
    """Languages as typed, such as ``vi,en``; None leaves the choice to the plan."""
    if text is None:
        return None
    try:
        return languages_in(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--lang") from None


def documents_of(text: str) -> tuple[str, ...]:
    """The formats of documents beside the pages as typed, such as ``html,docx,pdf``."""
    try:
        return formats_in(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--format") from None


NEEDS_PLAN = "needs a PLAN; without one the default set runs"


def requests_of(
    plan: str | None,
    *,
    area: str | None,
    years: str | None,
    midterm: bool | None,
    as_of: str | None,
    lang: str | None,
    audience: str,
) -> list[Request]:
    """What to review: one plan as asked, or the default set without a plan."""
    langs = languages_of(lang)
    if plan is not None:
        return [Request(plan, area, years_of(years), midterm, as_of or "", langs, audience)]
    options = {"--area": area, "--years": years, "--midterm": midterm, "--as-of": as_of}
    for name, value in options.items():
        if value is not None:
            raise typer.BadParameter(NEEDS_PLAN, param_hint=name)
    return [replace(request, langs=langs, audience=audience) for request in DEFAULT]


def review(requests: Sequence[Request], out: Path, workers: int | None) -> int:
    """Run the reviews and say what came of them; returns the exit code."""
    planned = plan_run(requests, out)
    if not planned.jobs:
        tell(spoken()("command.nothing"), file=sys.stderr)
        return 2
    with stoppable():
        try:
            with Watcher(spoken()) as watcher:
                report = run(planned, watcher, BatchSettings(workers))
        except KeyboardInterrupt:
            tell(spoken()("command.stopped", out=shown_path(str(out))), file=sys.stderr)
            return STOPPED
    _tell(report, out)
    return FAILED if report.failed else 0


def _tell(report: RunReport, out: Path) -> None:
    language = spoken()
    written = len(report.outcomes) - len(report.failed)
    took = in_words(report.seconds, language)
    tell(language("command.pages", n=written, out=shown_path(str(out)), time=took))
    tell(f"{where_to_look(report, language)}.")
    if report.failed:
        tell(language("command.failed", n=len(report.failed)), file=sys.stderr)
        for outcome in report.failed:
            notebook = outcome.failed_notebook
            saved = saved_as(str(out / notebook) if notebook else "", language)
            tell(f"  {outcome.job.label}{saved}", file=sys.stderr)


def where_to_look(report: RunReport, language: Language) -> str:
    """Which file to open, and which in other languages."""
    first, *others = (
        (lang, shown_path(str(path))) for lang, path in report.index.items()
    )  # fmt: skip
    if not others:
        return language("command.open", index=first[1])
    told = (
        language("command.open.other", language=language.name_of(lang), index=path)
        for lang, path in others
    )
    return language("command.open.others", index=first[1], others=", ".join(told))


def saved_as(path: str, language: Language) -> str:
    """Where a notebook that stopped is kept, empty where there was none to keep."""
    return language("command.kept", kept=shown_path(path)) if path else ""


def notebooks(paths: Sequence[Path], *, clean_only: bool, workers: int | None) -> int:
    """Run and clean the notebooks in place, or only clean them; returns the exit code."""
    found = notebooks_in(paths or [NOTEBOOKS])
    if not found:
        tell(spoken()("command.notebooks.none"), file=sys.stderr)
        return 1
    with stoppable():
        try:
            done = (
                clean_notebooks(found)
                if clean_only
                else refresh_notebooks(found, BatchSettings(workers).worker_count)
            )
        except KeyboardInterrupt:
            tell(spoken()("command.notebooks.stopped"), file=sys.stderr)
            return STOPPED
    for one in done:
        tell(f"{shown_path(str(one.path))}: {_word(one)}")
    for one in done:
        if one.failure is not None:
            tell(f"{shown_path(str(one.path))}: {one.failure.block()}", file=sys.stderr)
    return FAILED if any(one.failure for one in done) else 0


def _word(one: Refreshed) -> str:
    if one.failure is not None:
        return spoken()("command.notebook.failed")
    return spoken()("command.notebook.written" if one.changed else "command.notebook.unchanged")
