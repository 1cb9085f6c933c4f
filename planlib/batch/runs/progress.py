"""What a person sees while jobs run: a bar on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from planlib.errors import printable
from planlib.language.language import Language

OFTEN = 30.0  # seconds between two lines that say how far it is, where there is no bar


class Watcher:
    """Tells the progress of a run on standard error, in a language."""

    def __init__(self, language: Language, console: Console | None = None) -> None:
        self._language = language
        self._console = console or Console(stderr=True, soft_wrap=True)
        self._total = self._done = self._failed = 0
        self._current: dict[str, None] = {}
        self._began = self._reported_at = time.monotonic()
        self._bar: Progress | None = None
        if self._console.is_terminal:
            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.fields[pace]}"),
                TextColumn("{task.description}", markup=False),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task("", total=None, pace="")

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def expect(self, jobs: int, reused: int) -> None:
        """So many jobs will be run, and so many are done already."""
        self._total = jobs
        self._began = self._reported_at = time.monotonic()
        if reused:
            self._say(self._language("progress.reused", n=reused, jobs=self._language.number(jobs)))
        if self._bar is not None:
            self._bar.update(self._task, total=jobs)

    def started(self, label: str) -> None:
        """A job was taken up."""
        self._current[label] = None
        self._refresh()

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended; ``failure`` is empty where it ended well."""
        self._done += 1
        self._current.pop(label, None)
        far: dict[str, Any] = {"done": self._done, "total": self._total}
        if failure:
            self._failed += 1
            self._say(self._language("progress.failed", job=label, failure=failure, **far))
        elif self._bar is None:
            took = self._language.number(seconds, 1)
            self._say(self._language("progress.done", job=label, seconds=took, **far))
        if self._bar is None and time.monotonic() - self._reported_at > OFTEN:
            self._reported_at = time.monotonic()
            self._say(self._language("progress.far", pace=self.pace(), **far))
        self._refresh()

    def after(self, stage: str, done: int, total: int) -> None:
        """So much is done of what is made of all jobs together."""
        name = self._language(stage)
        if self._bar is not None:
            self._bar.update(self._task, total=total, completed=done, description=name, pace="")
        elif time.monotonic() - self._reported_at > OFTEN:
            self._reported_at = time.monotonic()
            self._say(self._language("progress.after", what=name, done=done, total=total))

    def pace(self) -> str:
        """The rate so far, the time left at that rate, and the failures."""
        if not self._done:
            return ""
        gone = max(time.monotonic() - self._began, 1e-3)
        left = (self._total - self._done) * gone / self._done
        key = "progress.pace.failed" if self._failed else "progress.pace"
        rate = self._language.number(self._done / gone * 60, 1)
        return self._language(
            key, rate=rate, left=in_words(left, self._language), failed=self._failed
        )

    def _say(self, text: str) -> None:
        self._console.print(Text(printable(text)))

    def _refresh(self) -> None:
        if self._bar is not None:
            now = ", ".join(label.rpartition("/")[2] for label in list(self._current)[:4])
            self._bar.update(
                self._task, completed=self._done, description=printable(now), pace=self.pace()
            )


def in_words(seconds: float, language: Language) -> str:
    """A length of time as people say it.

    >>> english = Language("en")
    >>> in_words(8, english), in_words(95, english), in_words(4000, english)
    ('8 s', '2 min', '1 h 7 min')
    """
    if seconds < 60:
        return language("progress.seconds", seconds=f"{seconds:.0f}")
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return language("progress.minutes", minutes=minutes)
    return language("progress.hours", hours=hours, minutes=minutes)
