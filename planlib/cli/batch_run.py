"""Runs a batch for the command line, and prints what came of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from planlib.batch.job_list import Asked
from planlib.batch.log import LOG
from planlib.batch.planning import Planned, plan_run
from planlib.batch.progress import Watcher, in_words
from planlib.batch.run import How, Outcome, Report, run
from planlib.cli.reviewing import FAILED, STOPPED, stoppable
from planlib.cli.terminal import plain, tell
from planlib.errors import shown_path
from planlib.intake.shipped import NOTEBOOKS
from planlib.publish.store import Store, open_store

WIDE = 160
TOLD = 30  # failures told in full on the screen; the log has them all


def run_batch(
    requests: Sequence[Asked], out: str, notebooks: Path | None, how: How, again: str
) -> int:
    """Run a batch and say what came of it; returns the exit code.

    ``again`` is the command that goes on after a stop. Raises InputError.
    """
    store = open_store(out)
    planned = plan_run(requests, store, notebooks or NOTEBOOKS)
    if not planned.jobs:
        tell("nothing to run: no year and no mid-term was asked for", file=sys.stderr)
        return 2
    with stoppable():
        try:
            with Watcher() as watcher:
                report = run(planned, watcher, how=how)
        except KeyboardInterrupt:
            tell(f"Stopped. What was finished stands in {shown_path(out)}.", file=sys.stderr)
            tell(f"To go on, run it again: {again}", file=sys.stderr)
            return STOPPED
    _tell(planned, report, store, out)
    return FAILED if report.failed else 0


def _tell(planned: Planned, report: Report, store: Store, out: str) -> None:
    console = Console()
    console = Console(width=None if console.is_terminal else WIDE, soft_wrap=True)
    console.print(_table(report))
    for outcome in report.failed[:TOLD]:
        assert outcome.failure is not None
        kept = shown_path(str(store.path(outcome.job.failed)))
        tried = f", tried {outcome.attempts} times" if outcome.attempts > 1 else ""
        told = f"{outcome.job.label} failed{tried}, kept as {kept}\n  {outcome.failure.block()}"
        console.print(plain(told))
    if len(report.failed) > TOLD:
        console.print(f"… and {len(report.failed) - TOLD} more failures, all of them in {LOG}.")
    if report.moved:
        moved = "Inputs changed while the batch ran; run it again, and what they touch is made new."
        tell(moved, file=sys.stderr)
    vi, en = (shown_path(str(path)) for path in report.index)
    told = f"{in_words(report.seconds)}. Open {vi} (English: {en}); details in {LOG}."
    console.print(plain(told))


def _table(report: Report) -> Table:
    """How many ran, were reused and failed, for each plan and kind of review."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for name in ("ran", "reused", "failed", "seconds each"):
        table.add_column(name, justify="right")
    groups: dict[str, list[Outcome]] = {}
    for outcome in report.outcomes:
        job = outcome.job
        name = f"{job.plan}: {job.kind}" if job.kind else f"own: {job.notebook.name}"
        groups.setdefault(name, []).append(outcome)
    for name, mine in groups.items():
        table.add_row(plain(name), *_counts(mine))
    if len(groups) > 1:
        table.add_row("all", *_counts(report.outcomes), style="bold")
    return table


def _counts(outcomes: Sequence[Outcome]) -> list[str]:
    failed = sum(one.failure is not None for one in outcomes)
    reused = sum(one.reused for one in outcomes)
    ran = [one.seconds for one in outcomes if not one.reused and one.failure is None]
    mean = f"{sum(ran) / len(ran):.1f}" if ran else ""
    return [str(len(ran)), str(reused), str(failed), mean]
