"""The verdicts a review claims against the same ones recomputed, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planlib.errors import Problem, Said, said
from planlib.plan.goal import Goal
from planlib.verify.evidence import Claim, Evidence, HashedRow, judged_target
from planlib.verify.printed import clean
from planlib.verify.recompute import Answer, Recomputed
from planlib.verify.sources import AreaFigures


class Claims:
    """Checks the claims of one review against what its figures give."""

    def __init__(self, file: str, recomputed: Recomputed, figures: AreaFigures) -> None:
        self.file, self.recomputed, self.figures = file, recomputed, figures
        self.problems: list[Problem] = []
        self._changed: set[tuple[str, int]] = set()

    def check(self, evidence: Evidence) -> int:
        """Compare every claim; returns how many verdicts were recomputed."""
        expected = list(self._expected())
        keys = [(claim.kind, claim.year, claim.goal) for claim in expected]
        found = [(claim.kind, claim.year, claim.goal) for claim in evidence.verdicts]
        if found != keys:
            lacking = next((key for key in keys if key not in set(found)), None)
            strange = next((key for key in found if key not in set(keys)), None)
            message = said("verify.not-every-goal-and-year")
            hint = None
            if lacking is not None and strange is not None:
                hint = said("verify.lacks-and-holds",
                            lacking=_place(lacking), found=_place(strange))  # fmt: skip
            elif lacking is not None:
                hint = said("verify.lacks", found=_place(lacking))
            elif strange is not None:
                hint = said("verify.holds-what-it-must-not", found=_place(strange))
            self.problems.append(Problem(message, self.file, hint=hint))
        claimed = dict(zip(found, evidence.verdicts, strict=True))
        for key, claim in zip(keys, expected, strict=True):
            if key in claimed:
                self._compare(claimed[key], claim)
        return len(expected)

    def _expected(self) -> Iterator[Claim]:
        plan = self.recomputed.plan
        for year in plan.years:
            for goal in plan.goals:
                yield self._claim("annual", goal, year, self.recomputed.annual(goal, year))
        after = plan.midterm_after
        for goal in plan.goals:
            yield self._claim("midterm", goal, after, self.recomputed.midterm(goal, after))

    def _claim(self, kind: str, goal: Goal, year: int, answer: Answer) -> Claim:
        def tidy(number: float | None) -> float | None:
            return None if number is None else clean(number)

        rule = self.recomputed.plan.header.rule
        default = next((reading.id for reading in goal.readings if reading.default), None)
        values: dict[str, Any] = {
            "goal": goal.id,
            "kind": kind,
            "year": year,
            "on": answer.on,
            "verdict": answer.verdict,
            "published": answer.published,
            "value": tidy(answer.value),
            "low": tidy(answer.low),
            "high": tidy(answer.high),
            "level": tidy(answer.level),
            "estimate": answer.estimate,
            "target": judged_target(answer.target),
            "reading": default,
            "readings": answer.readings,
            "rule": f"{rule.id} {rule.dated}",
            "vintage": answer.vintage,
            "inputs": tuple(self._row(file, row) for file, row in answer.inputs),
        }
        return Claim.model_validate(values)

    def _row(self, file: str, row: int) -> HashedRow:
        return HashedRow(file=file, row=row, sha256=self.figures.row_hash(file, row))

    def _compare(self, claimed: Claim, expected: Claim) -> None:
        place = f"{claimed.kind} {claimed.year}"
        for name in Claim.model_fields:
            found, right = getattr(claimed, name), getattr(expected, name)
            if found == right:
                continue
            if name == "inputs":
                self._inputs(claimed, expected, place)
                continue
            message = said("verify.key-differs", name=name, right=_told(right), found=_told(found))
            self._say(message, place, claimed.goal)

    def _inputs(self, claimed: Claim, expected: Claim, place: str) -> None:
        """Another row than claimed, or the same row with other content: the latter once a row."""
        if [(one.file, one.row) for one in claimed.inputs] != [
            (one.file, one.row) for one in expected.inputs
        ]:
            rows = ", ".join(f"{one.file}:{one.row}" for one in expected.inputs) or "none"
            self._say(said("verify.inputs-differ", right=rows[:300]), place, claimed.goal)
            return
        for one, right in zip(claimed.inputs, expected.inputs, strict=True):
            if one.sha256 != right.sha256 and (one.file, one.row) not in self._changed:
                self._changed.add((one.file, one.row))
                message = said("verify.row-hash-differs")
                subject = said("figures.goal-subject", goal=claimed.goal)
                path = str(self.figures.paths[one.file])
                self.problems.append(Problem(message, path, one.row, subject=subject))

    def _say(self, message: Said, place: str, goal: str) -> None:
        subject = said("figures.goal-subject", goal=goal)
        self.problems.append(Problem(message, self.file, place, subject=subject))


def _place(key: tuple[str, int, str]) -> str:
    return f"{key[2]} {key[0]} {key[1]}"


def _told(value: Any) -> str:
    if hasattr(value, "model_dump"):
        value = {k: v for k, v in value.model_dump().items() if v not in (None, ())}
    return repr(value)[:200]
