"""What a person sees while jobs run: a bar on a terminal, plain lines anywhere else."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Watcher:
    """Tells the progress of a run on standard error."""

    def __init__(self, total: int, console: Console | None = None) -> None:
        self._console = console or Console(stderr=True, soft_wrap=True)
        self._total = total
        self._done = 0
        self._current: list[str] = []
        self._bar: Progress | None = None
        if self._console.is_terminal:
            self._bar = Progress(
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
                console=self._console,
                transient=True,
            )
            self._task = self._bar.add_task("", total=total)

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

    def started(self, label: str) -> None:
        """A job was taken up."""
        self._current.append(label)
        self._refresh()

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended; ``failure`` is empty where it ended well."""
        self._done += 1
        self._current.remove(label)
        if failure:
            self._say(f"[{self._done}/{self._total}] {label} FAILED, {failure}")
        elif self._bar is None:
            self._say(f"[{self._done}/{self._total}] {label} ({seconds:.1f} s)")
        self._refresh()

    def _say(self, text: str) -> None:
        self._console.print(escape(text), highlight=False)

    def _refresh(self) -> None:
        if self._bar is not None:
            now = ", ".join(label.rpartition("/")[2] for label in self._current)
            self._bar.update(self._task, completed=self._done, description=escape(now))
