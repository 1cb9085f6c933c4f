"""The notebooks of the project itself: run again with their own defaults, and cleaned, in place.

They are committed executed, since a cell without an execution count is compared with nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.batch.notebooks.parameters import shown_name
from planlib.batch.notebooks.text import NO_NOTEBOOK, text_at, why_unread
from planlib.batch.workers.failure import NotebookFailure
from planlib.batch.workers.pool import TaskEnded, WorkerPool
from planlib.batch.workers.tasks import Task, TaskResult
from planlib.errors import InputError, Problem, said, system_reason
from planlib.storage.atomic import write_changed

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True)
class Refreshed:
    """What came of one notebook; one that failed is left as it was."""

    path: Path
    changed: bool
    failure: NotebookFailure | None = None


def notebooks_in(paths: Iterable[Path]) -> list[Path]:
    """The notebooks named, and those in the folders named. Raises InputError."""
    found: list[Path] = []
    problems = []
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - no name is too long or too odd for it
            found += sorted(path.glob("*.ipynb"))
        elif os.path.isfile(path):  # noqa: PTH113
            found.append(path)
        else:
            problems.append(Problem(said("batch.notebook-not-found"), file=shown_name(path)))
    if problems:
        raise InputError(problems)
    return list(dict.fromkeys(found))


def clean_notebooks(paths: Sequence[Path]) -> list[Refreshed]:
    """Clean notebooks in place. Raises InputError, and writes none, where one may not be.

    That is one that cannot be read, and one that holds figures for internal use.
    """
    from planlib.batch.notebooks.cleaning import clean, text_of

    texts = {path: text_of(clean(notebook)) for path, notebook in _public(paths).items()}
    return [Refreshed(path, _written(path, text)) for path, text in texts.items()]


def _public(paths: Sequence[Path]) -> dict[Path, NotebookNode]:
    """The notebooks, all of which may be seen by anybody. Raises InputError."""
    from planlib.batch.notebooks.exposure import exposure
    from planlib.report.site.notebook_format import nbformat

    found, problems = {}, []
    for path in paths:
        try:
            found[path] = nbformat.reads(text_at(str(path)), as_version=4)
            nbformat.validate(found[path])
            if problem := exposure(found[path], str(path)):
                problems.append(problem)
        except (*NO_NOTEBOOK, nbformat.ValidationError) as error:
            problems.append(
                Problem(
                    said("batch.notebook-cannot-be-cleaned", reason=why_unread(error)),
                    file=str(path),
                )
            )
    if problems:
        raise InputError(problems)
    return found


def _written(path: Path, text: str) -> bool:
    try:
        return write_changed(path, text)
    except OSError as error:
        message = said("storage.cannot-written", reason=system_reason(error))
        raise InputError([Problem(message, file=str(path))]) from None


def refresh_notebooks(paths: Sequence[Path], workers: int) -> list[Refreshed]:
    """Run notebooks with their own defaults, clean them, and put them in place of the old ones.

    They run in their own folder, as nbval will run them. Raises InputError where one cannot be
    read or written, or holds figures for internal use.
    """
    _public(paths)
    before = [_content(path) for path in paths]
    tasks = [
        Task(
            notebook=str(path.resolve()),
            executed=path.name,
            out=str(path.resolve().parent),
            folder=str(path.resolve().parent),
        )
        for path in paths
    ]
    results: dict[int, TaskResult] = {}
    with WorkerPool(workers) as pool:
        for event in pool.run(tasks):
            if isinstance(event, TaskEnded):
                results[event.number] = event.result
    done = []
    for number, path in enumerate(paths):
        result = results[number]
        if result.trouble:
            raise InputError(
                [Problem(said("storage.cannot-written", reason=result.trouble), file=str(path))]
            )
        failure = (
            NotebookFailure.from_message(result.failure) if result.failure is not None else None
        )
        done.append(Refreshed(path, _content(path) != before[number], failure))
    return done


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            [Problem(said("storage.cannot-read", reason=system_reason(error)), file=str(path))]
        ) from None
