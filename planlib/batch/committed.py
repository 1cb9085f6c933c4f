"""The notebooks of the project itself: run again with their own defaults, and cleaned, in place.

They are committed executed, since a cell without an execution count is compared with nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planlib.batch.failure import Failure
from planlib.batch.pool import Answered, Pool
from planlib.batch.worker import Answer, Order
from planlib.errors import InputError, Problem, one_line
from planlib.publish.files import write_changed


@dataclass(frozen=True)
class Refreshed:
    """What came of one notebook; one that failed is left as it was."""

    path: Path
    changed: bool
    failure: Failure | None = None


def notebooks_in(paths: Iterable[Path]) -> list[Path]:
    """The notebooks named, and those in the folders named. Raises InputError."""
    found: list[Path] = []
    problems = []
    for path in paths:
        if path.is_dir():
            found += sorted(path.glob("*.ipynb"))
        elif path.is_file():
            found.append(path)
        else:
            problems.append(Problem("there is no such notebook", file=str(path)))
    if problems:
        raise InputError(problems)
    return list(dict.fromkeys(found))


def clean_notebooks(paths: Sequence[Path]) -> list[Refreshed]:
    """Clean notebooks in place. Raises InputError where one cannot be read or written."""
    import nbformat

    from planlib.batch.cleaning import clean, text_of

    done = []
    for path in paths:
        try:
            text = text_of(clean(nbformat.read(path, as_version=4)))
            done.append(Refreshed(path, write_changed(path, text)))
        except (OSError, ValueError, AttributeError, nbformat.ValidationError) as error:
            told = one_line(f"{type(error).__name__}: {error}")[:300]
            message = f"cannot be cleaned: {told}"
            raise InputError([Problem(message, file=str(path))]) from None
    return done


def refresh_notebooks(paths: Sequence[Path], workers: int) -> list[Refreshed]:
    """Run notebooks with their own defaults, clean them, and put them in place of the old ones.

    They run in their own folder, as nbval will run them. Raises InputError where one cannot be
    read or written.
    """
    before = [_content(path) for path in paths]
    orders = [
        Order(
            notebook=str(path.resolve()),
            executed=str(path.resolve()),
            folder=str(path.resolve().parent),
        )
        for path in paths
    ]
    answers: dict[int, Answer] = {}
    with Pool(workers) as pool:
        for event in pool.run(orders):
            if isinstance(event, Answered):
                answers[event.number] = event.answer
    done = []
    for number, path in enumerate(paths):
        answer = answers[number]
        if answer.trouble:
            raise InputError([Problem(f"cannot be written: {answer.trouble}", file=str(path))])
        failure = Failure(**answer.failure) if answer.failure is not None else None
        done.append(Refreshed(path, _content(path) != before[number], failure))
    return done


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError([Problem(f"cannot be read: {error.strerror}", file=str(path))]) from None
