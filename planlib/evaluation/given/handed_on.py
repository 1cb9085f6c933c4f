"""What one process of a run has read, kept for its others: a plan and its figures are read once a run.

A batch evaluates a plan before it starts, and so would each of its notebooks again: of eleven
thousand areas that takes seconds a page. So the run keeps what it read in a folder of its own, which
nobody else can write to, and tells its workers where by a variable of their environment. What is
kept is a pickle with its arrays beside it, mapped and not read. It counts only while every file it
was read from has the size, times and number it had; else the files are read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.given.figures import GivenFigures
from planlib.scoring.certainty.lessons import Lessons
from planlib.storage.run_folder import PLACE

ALIGNED = 64  # bytes: arrays begin where a processor reads them best
SETTLED = 50_000_000  # nanoseconds after which a change shows in the times of a file
COARSE = 1_000_000_000  # times of whole seconds: a disk that tells them no finer
Stamp = tuple[int, ...]
Asked = tuple[str, str, str]  # the plan as it is opened, the audience, the day as it was typed
Place = tuple[int, int, int | None]  # of an array: see _written
Files = Mapping[str, Stamp]
Kept = tuple[Files, Callable[[], tuple[GivenFigures, Lessons]]]  # and how the rest is loaded
# What forks of this process have at hand, by the folder of the run and the name of what was asked for.
_of_forks: dict[tuple[str, str], tuple[Files, GivenFigures, Lessons]] = {}


class HandedEvaluations:
    """The evaluations of a run in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        _of_forks.clear()

    def keep(
        self, evaluation: Evaluation, asked: Asked, stamps: Mapping[Path, Stamp | None], *,
        files: bool = True,
    ) -> None:  # fmt: skip
        """Keep an evaluation under the plan, the day and the audience it was asked for.

        ``stamps`` are those of the files it was read from, as they were before. Without ``files`` only
        forks of this process have it; others read for themselves, as where it cannot be written.
        """
        if evaluation.plan.in_force(None) is not evaluation.plan:
            return  # what other days need of such a plan is not kept
        if not all(stamps.values()):
            return
        given, learned = evaluation._given, evaluation.learned.lessons()
        given.release(evaluation.as_of)
        name = _name(asked)
        told = {str(path.absolute()): stamp for path, stamp in stamps.items() if stamp is not None}
        if len(told) < len(stamps):
            return  # of a file that was just written nobody could see that it changes again
        if files:
            self._write(name, told, (given, learned))
        else:
            _of_forks[str(self._folder), name] = told, given, learned

    def _write(self, name: str, files: Files, what: tuple[GivenFigures, Lessons]) -> None:
        buffers: list[pickle.PickleBuffer] = []
        held = pickle.dumps(what, protocol=5, buffer_callback=buffers.append)
        with contextlib.suppress(OSError):
            with (self._folder / f"{name}.arrays").open("wb") as stream:
                places = [_written(stream, buffer.raw()) for buffer in buffers]
            told = pickle.dumps((files, places, held), protocol=5)
            (self._folder / f"{name}.part").write_bytes(told)
            (self._folder / f"{name}.part").rename(self._folder / name)


def handed_on(asked: Asked, files: Iterable[Path]) -> Evaluation | None:
    """What the run that started this process has kept; None without one, or where files are others.

    ``files`` are those the plan is read from now: a new one is another plan.
    """
    folder = os.environ.get(PLACE)
    if not folder:
        return None
    try:
        stamps, made_of = _at_hand(folder, asked) or _read(folder, asked)
        if any(stamp_of(Path(path)) != stamp for path, stamp in stamps.items()):
            return None
        if any(str(path.absolute()) not in stamps for path in files):
            return None
        given, learned = made_of()
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return None  # not kept, or the run is over
    _, audience, as_of = asked
    made = Evaluation(given.plan, given.figures, as_of or None, audience, given=given)
    made.learned._learned = learned
    return made


def _at_hand(folder: str, asked: Asked) -> Kept | None:
    """What the process knew that this one was forked from."""
    known = _of_forks.get((folder, _name(asked)))
    if known is None:
        return None
    stamps, given, learned = known
    return stamps, lambda: (given, learned)


def _read(folder: str, asked: Asked) -> Kept:
    """What was kept in files: those it was read from, and how it is loaded."""
    name = _name(asked)
    told = (Path(folder) / name).read_bytes()
    stamps, places, held = pickle.loads(told)  # of the run itself, in a folder of its own
    return stamps, lambda: pickle.loads(held, buffers=_mapped(Path(folder), name, places))


def stamp_of(path: Path) -> Stamp | None:
    """Size, times and number of a file; None where there is none, or it was just written.

    Written once more in the same moment it would bear the same times.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    if newest + (SETTLED if newest % COARSE else 2 * COARSE) > time.time_ns():
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _name(asked: Asked) -> str:
    plan, audience, as_of = asked
    text = "\0".join([os.path.abspath(plan), plan, audience, as_of])  # noqa: PTH100 - as typed
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _written(stream: Any, data: memoryview) -> Place:
    """Where an array stands: its beginning, its bytes, and the one word it consists of, if it is one."""
    size = data.nbytes
    if size and not size % 8:
        words = np.frombuffer(data, np.uint64)
        if (words == words[0]).all():  # as a column that no file has
            return 0, size, int(words[0])
    stream.write(b"\0" * (-stream.tell() % ALIGNED))
    at = stream.tell()
    stream.write(data)
    return at, size, None


def _mapped(folder: Path, name: str, places: Iterable[Place]) -> list[Any]:
    """The arrays, each a copy of this process's own as soon as it writes to it."""
    path = folder / f"{name}.arrays"
    whole = np.memmap(path, np.uint8, "c") if path.stat().st_size else np.empty(0, np.uint8)
    return [
        whole[at : at + size] if word is None else np.full(size // 8, word, np.uint64)
        for at, size, word in places
    ]
