"""What only the office can say: causes, lessons, tasks, proposals, a note on a figure.

It lives in a YAML file beside the figures, is put in its place whenever a report is written, and is
taken back from a Word file that somebody has written in.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.plan.base import Id, Part, Words
from planlib.plan.faults import read_part
from planlib.plan.plan import Plan


class RemarkKind(StrEnum):
    """What a remark is about, and so where it stands."""

    situation = "situation"
    note = "note"
    objective = "objective"
    subjective = "subjective"
    lessons = "lessons"
    tasks = "tasks"
    proposals = "proposals"


class Remark(Part):
    """One remark of an area in a period, which is ``midterm`` or ``term`` in those reports.

    With a ``goal`` it is about that goal. Words are in one language, that of the office.
    """

    area: Id
    period: Words
    kind: RemarkKind
    text: Words
    goal: Id | None = None
    author: Words | None = None

    @property
    def key(self) -> str:
        """What names its place in a document."""
        return f"{self.kind}:{self.goal}" if self.goal else str(self.kind)


class RemarkFile(Part):
    """A file of remarks."""

    remarks: tuple[Remark, ...]


def read_remarks(path: Path, plan: Plan) -> tuple[Remark, ...]:
    """The remarks of a file; raises InputError with every problem and its line."""
    found = read_part(RemarkFile, path).remarks
    goals, problems = {goal.id for goal in plan.goals}, []
    for one in found:
        if one.goal is not None and one.goal not in goals:
            message = said("documents.remark-goal-unknown", goal=one.goal)
            hint = did_you_mean(one.goal, goals)
            problems.append(Problem(message, str(path), hint=hint))
        if one.area not in plan.areas_by_id:
            message = said("documents.remark-area-unknown", area=one.area)
            problems.append(
                Problem(message, str(path), hint=did_you_mean(one.area, plan.areas_by_id))
            )
    if problems:
        raise InputError(problems)
    return found


@dataclass(frozen=True)
class OfficeRemarks:
    """The remarks on one report, in the order of their file."""

    found: tuple[Remark, ...] = ()

    @classmethod
    def on(cls, remarks: Iterable[Remark], area: str, period: str) -> OfficeRemarks:
        """Those of an area and a period."""
        return cls(tuple(one for one in remarks if (one.area, one.period) == (area, period)))

    def of(self, kind: str) -> Iterator[Remark]:
        """Those of a kind: on the whole first, then on goals."""
        mine = [one for one in self.found if one.kind == kind]
        yield from sorted(mine, key=lambda one: one.goal is not None)


def taken_back(
    before: Sequence[Remark], written: Iterable[tuple[str, str]], area: str, period: str
) -> tuple[tuple[Remark, ...], int]:
    """Remarks with what was written in a document in their place, and how many of them changed.

    ``written`` is the key and the text of each place, in the order of the document. A place that
    was emptied takes its remark away; remarks the document does not hold stay as they are.
    """
    left: dict[str, deque[str]] = defaultdict(deque)
    for key, text in written:
        left[key].append(text)
    kept: list[Remark] = []
    changed = 0
    for one in before:
        here = (one.area, one.period) == (area, period) and left.get(one.key)
        text = left[one.key].popleft() if here else one.text
        changed += text != one.text
        if text:
            kept.append(one.model_copy(update={"text": text}))
    for key, texts in left.items():
        kind, _, goal = key.partition(":")
        for text in filter(None, texts):
            made = {"area": area, "period": period, "kind": kind, "text": text}
            kept.append(Remark.model_validate(made | ({"goal": goal} if goal else {})))
            changed += 1
    return tuple(kept), changed
