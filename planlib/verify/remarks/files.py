"""What the offices of a plan say, from their files, and what the verdict file says they do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from planlib.errors import InputError, Problem, said
from planlib.plan.plan import Plan
from planlib.plan.plan_files import REMARKS
from planlib.plan.remarks.reading import read_remarks, remarks_beside
from planlib.plan.remarks.remark import Remark, remarks_for
from planlib.verify.evidence import Evidence


class OfficeFiles:
    """The remarks of a plan: in the file that is ``given``, or beside its figures."""

    def __init__(self, given: Path | None, problems: list[Problem]) -> None:
        self.given, self.problems = given, problems
        self._read: dict[str, tuple[Remark, ...]] = {}

    def of(
        self, plan: Plan, figures: Sequence[Path], areas: Sequence[str]
    ) -> tuple[Remark, ...]:  # fmt: skip
        """All of a plan, read once; none, with its problems, where a file is faulty."""
        if plan.id not in self._read:
            paths = [self.given] if self.given is not None else remarks_beside(figures)
            try:
                self._read[plan.id] = read_remarks(paths, plan, areas)
            except InputError as error:
                self.problems += error.problems
                self._read[plan.id] = ()
        return self._read[plan.id]


def claimed(
    evidence: Evidence, remarks: Sequence[Remark], file: Path, problems: list[Problem]
) -> tuple[Remark, ...]:
    """The remarks that pages of a review must show; a problem where the verdict file has others."""
    right = remarks_for(remarks, evidence.area, evidence.audience)
    if evidence.remarks != right:
        changed = next(
            (one for one in (*evidence.remarks, *right)
             if (one in evidence.remarks) != (one in right)),
            None,
        )  # fmt: skip
        text = "–" if changed is None else f"{changed.period} {changed.key}: {changed.text}"[:200]
        hint = said("verify.give-remarks", file=REMARKS)
        problems.append(Problem(said("verify.remarks-changed", text=text), str(file), hint=hint))
    return right
