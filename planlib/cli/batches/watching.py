"""``planlib watch``: a batch that is run again whenever what it reads has changed."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path

from planlib.batch.jobs.keys import Keys
from planlib.batch.jobs.planning import Planned
from planlib.batch.runs.changes import FileChanges
from planlib.batch.runs.outcomes import Listener
from planlib.batch.runs.progress import Watcher, in_words
from planlib.batch.runs.run import run
from planlib.cli.batches.asked import AskedBatch
from planlib.cli.stopping import STOPPED, Stoppable, stoppable
from planlib.cli.terminal import lang_asked, spoken, tell
from planlib.errors import InputError, Problem, said, shown_path, system_reason

Ask = Callable[[], AbstractContextManager[AskedBatch]]
NAMED = 3  # files that changed told by name


class Quiet:
    """A listener that says nothing: a rebuild is told when it is over."""

    def expect(self, jobs: int, reused: int) -> None:
        """So many jobs."""

    def started(self, label: str) -> None:
        """A job was taken up."""

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended."""

    def after(self, stage: str, done: int, total: int) -> None:
        """So much is done of what is made of all jobs together."""


def watch_batch(what: str, ask: Ask) -> int:
    """Run what is asked for, and again after every change, until it is stopped.

    Returns the exit code: 0 where it was stopped while it waited. Raises InputError where what is
    asked for is wrong from the start.
    """
    with stoppable() as stop:
        busy = True
        try:
            with ask() as asked:
                planned = asked.planned()
                out = asked.out
            if not planned.jobs:
                tell(spoken()("command.nothing"), file=sys.stderr)
                return 2
            changes = FileChanges(_files(what, planned))
            with Watcher(spoken()) as watcher:
                _rebuild(what, ask, changes, Stoppable(watcher, stop))
            stop.check()
            tell(spoken()("watch.waiting", out=shown_path(out)))
            while True:
                busy = False
                changed = changes.wait()
                busy = True
                _rebuild(what, ask, changes, Stoppable(Quiet(), stop), changed)
                stop.check()
        except KeyboardInterrupt:
            ended = "watch.stopped" if busy else "watch.ended"
            tell(spoken()(ended, out=shown_path(out)), file=sys.stderr)
            return STOPPED if busy else 0


def _files(what: str, planned: Planned) -> list[Path]:
    """What decides on the pages of a run, and the list of jobs that asked for it."""
    listed = [Path(what)] if Path(what).is_file() else []
    return [*listed, *Keys(planned.checks).watched(planned.jobs)]


def _tell(now: str, problems: Iterable[Problem]) -> None:
    for problem in problems:
        tell(f"{now} {problem.in_language(lang_asked())}", file=sys.stderr)


def _rebuild(
    what: str, ask: Ask, changes: FileChanges, listener: Listener, changed: Sequence[Path] = ()
) -> None:
    """Run once, and say in a line what came of it; what is wrong with a file is told instead."""
    say = spoken()
    now = time.strftime("%H:%M:%S")
    names = ", ".join(path.name for path in changed[:NAMED])
    why = say("watch.changed", names=names, n=len(changed)) if changed else say("watch.first")
    try:
        with ExitStack() as stack:
            asked = stack.enter_context(ask())
            planned = asked.planned()
            changes.also(_files(what, planned))
            settings = replace(asked.settings, resume=True) if changed else asked.settings
            report = run(planned, listener, settings)
    except InputError as error:
        _tell(now, error.problems)
        return
    except OSError as error:  # gone, or locked by an editor, between two looks
        why = said("verify.cannot-read", why=system_reason(error))
        _tell(now, [Problem(why, str(error.filename or what))])
        return
    made = sum(not one.reused and one.failure is None for one in report.outcomes)
    took = in_words(report.seconds, say)
    told = say("watch.made", n=made, all=say.number(len(report.outcomes)), time=took)
    tell(f"{now} {say.labelled(why, told)}")
    for one in report.failed:
        assert one.failure is not None
        tell(f"{now} {say('command.job.failed', job=one.job.label, kept='')}", file=sys.stderr)
        tell(one.failure.block(), file=sys.stderr)
    for document in report.unmade:
        told = say("command.document.failed", file=document.job.name, reason=document.failure)
        tell(f"{now} {told}", file=sys.stderr)
