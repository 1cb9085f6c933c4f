"""Evaluations kept for whoever asks the same one again: the plan and the figures of all its areas.

Only where it was asked for (``keeping``), as in a process that makes page after page of one plan. What
was read is used again only while every file it was read from is the same.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from planlib.evaluation.evaluation import Evaluation
from planlib.plan.plan_files import AREAS, yaml_files
from planlib.plan.shipped import PLANS, plan_folder

Stamp = tuple[tuple[str, int, int, int, int], ...]
JUST_NOW = 2_000_000_000  # nanoseconds in which a file may be written again and bear the same times
TOGETHER = 64  # areas scored in one go: the next pages are of these
MOST = 2  # evaluations: a batch goes plan by plan, for one audience and day


@dataclass(frozen=True)
class _Kept:
    evaluation: Evaluation
    figures: tuple[Path, ...]
    stamp: Stamp


Asked = tuple[str, ...]
_keeping: ContextVar[bool] = ContextVar("keeping", default=False)
_kept: dict[Asked, _Kept] = {}


@contextlib.contextmanager
def keeping() -> Iterator[None]:
    """As long as this lasts, evaluations of plans in folders are kept, and those kept are used."""
    before = _keeping.set(True)
    try:
        yield
    finally:
        _keeping.reset(before)


def kept(
    place: str,
    as_of: object,
    audience: str,
    made: Callable[[], tuple[Evaluation, Sequence[object]]],
) -> Evaluation:
    """The evaluation of a plan at a place, made now with the files of its figures or kept from before.

    Whoever gets it gets one of their own, which shares what was scored.
    """
    if not _keeping.get() or "://" in place:
        return made()[0]
    folder = plan_folder(place)
    asked = (str(Path.cwd()), str(folder), repr(as_of), audience)
    known = _kept.get(asked)
    if known is not None and _stamp(folder, known.figures) == known.stamp:
        return known.evaluation.one_of_many(TOGETHER)
    before = _stamp(folder, ())
    evaluation, sources = made()
    figures = tuple(one for one in sources if isinstance(one, Path))
    stamp = _stamp(folder, figures)
    _kept.pop(asked, None)
    whole = {*map(str, figures)} <= {name for name, *_ in stamp} and len(figures) == len(sources)
    if whole and _settled(stamp) and set(before) <= set(stamp):
        while len(_kept) >= MOST:
            del _kept[next(iter(_kept))]
        _kept[asked] = _Kept(evaluation, figures, stamp)
        return evaluation.one_of_many(TOGETHER)
    return evaluation


def _stamp(folder: Path, figures: Sequence[Path]) -> Stamp:
    """The files of a plan and its figures, with what changes when one is written."""
    paths = (*yaml_files(folder), PLANS / AREAS, *sorted(folder.glob("*.yml")), *figures)
    found = []
    for path in paths:
        with contextlib.suppress(OSError):
            seen = path.stat()
            times = (seen.st_mtime_ns, seen.st_ctime_ns)
            found.append((str(path), seen.st_ino, seen.st_size, *times))
    return tuple(found)


def _settled(stamp: Stamp) -> bool:
    """Whether no file may have been written while it was read, or still be with the same times."""
    now = time.time_ns()
    return all(max(times) < now - JUST_NOW for _, _, _, *times in stamp)
