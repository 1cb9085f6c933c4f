"""Runs a batch for the command line, and prints what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from planlib.batch.runs.log import LOG
from planlib.batch.runs.outcomes import DocumentOutcome, Outcome, RunReport
from planlib.batch.runs.progress import Watcher, in_words
from planlib.batch.runs.run import run
from planlib.batch.workers.pool import WorkerPool
from planlib.cli.batches.asked import AskedBatch
from planlib.cli.reviewing import FAILED, saved_as, where_to_look
from planlib.cli.stopping import STOPPED, Stoppable, stoppable
from planlib.cli.terminal import plain, spoken, tell
from planlib.errors import shown_path
from planlib.language.language import Language
from planlib.storage.store import Store

WIDE = 160
MOST_SHOWN = 30  # failures told in full on the screen; the log has them all


def run_batch(asked: AskedBatch, pool: WorkerPool | None = None) -> int:
    """Run a batch and say what came of it; returns the exit code. Raises InputError.

    ``pool`` are workers that start already.
    """
    out, planned = asked.out, asked.planned()
    if not planned.jobs:
        tell(spoken()("command.nothing"), file=sys.stderr)
        return 2
    with stoppable() as stop:
        try:
            with Watcher(spoken()) as watcher:
                report = run(planned, Stoppable(watcher, stop), asked.settings, pool)
        except KeyboardInterrupt:
            tell(spoken()("command.stopped", out=shown_path(out)), file=sys.stderr)
            tell(spoken()("command.again", again=asked.again), file=sys.stderr)
            return STOPPED
    _tell(report, planned.store)
    return FAILED if report.failed or report.unmade else 0


def _tell(report: RunReport, store: Store) -> None:
    console = Console()
    console = Console(width=None if console.is_terminal else WIDE, soft_wrap=True)
    language = spoken()
    console.print(_table(report, language))
    for outcome in report.failed[:MOST_SHOWN]:
        assert outcome.failure is not None
        notebook = outcome.failed_notebook
        saved = saved_as(str(store.path(notebook)) if notebook else "", language)
        if outcome.attempts > 1:
            key, n = "command.job.failed.tried", outcome.attempts
            message = language(key, n=n, job=outcome.job.label, kept=saved)
        else:
            message = language("command.job.failed", job=outcome.job.label, kept=saved)
        console.print(plain(f"{message}\n  {outcome.failure.block()}"))
    for document in report.unmade[:MOST_SHOWN]:
        where = shown_path(str(store.path(document.job.name)))
        told = language("command.document.failed", file=where, reason=document.failure)
        console.print(plain(told))
    more = sum(max(0, len(some) - MOST_SHOWN) for some in (report.failed, report.unmade))
    if more:
        console.print(language("command.more", n=more, log=LOG))
    if report.moved:
        tell(language("command.moved"), file=sys.stderr)
    took, look = in_words(report.seconds, language), where_to_look(report, language)
    console.print(plain(language("command.ended", time=took, open=look, log=LOG)))


def _table(report: RunReport, language: Language) -> Table:
    """How many ran, were reused and failed, for each plan and kind of review."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in ("ran", "reused", "failed", "seconds"):
        table.add_column(language(f"command.column.{name}"), justify="right")
    groups: dict[str, list[Outcome | DocumentOutcome]] = {}
    for outcome in report.outcomes:
        job = outcome.job
        custom = language("command.own", name=job.notebook.name)
        name = f"{job.plan}: {job.kind}" if job.kind else custom
        groups.setdefault(name, []).append(outcome)
    for document in report.documents:
        name = f"{document.job.page.plan}: {document.job.kind}"
        groups.setdefault(name, []).append(document)
    for name, mine in groups.items():
        table.add_row(plain(name), *_counts(mine, language))
    if len(groups) > 1:
        table.add_row(
            language("command.all"),
            *_counts([*report.outcomes, *report.documents], language),
            style="bold",
        )
    return table


def _counts(outcomes: Sequence[Outcome | DocumentOutcome], language: Language) -> list[str]:
    failed = sum(bool(one.failure) for one in outcomes)
    reused = sum(one.reused for one in outcomes)
    ran = [one.seconds for one in outcomes if not one.reused and not one.failure]
    mean = language.number(sum(ran) / len(ran), 1) if ran else ""
    return [*map(language.number, (len(ran), reused, failed)), mean]
