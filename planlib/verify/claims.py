"""The verdicts that ``verdicts.json`` claims against the same ones recomputed, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from planlib.errors import Problem, Said, said
from planlib.figures.observations import ILLUSTRATIVE
from planlib.language.text import Text
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.verify.cells import clean
from planlib.verify.evidence import Claim, Evidence, HashedRow
from planlib.verify.periods.rows import Row
from planlib.verify.recompute import Recomputed
from planlib.verify.sources import AreaFigures
from planlib.verify.targets.claimed import judged_target
from planlib.verify.targets.judged import RecomputedVerdict

LAST_DIGIT = 1.5e-4  # of a chance of four decimals


class Claims:
    """Checks the claims of one review against what its figures give."""

    def __init__(self, file: str, recomputed: Recomputed, figures: AreaFigures) -> None:
        self.file, self.recomputed, self.figures = file, recomputed, figures
        self.problems: list[Problem] = []
        self._changed: set[tuple[str, int]] = set()

    def check(self, evidence: Evidence) -> int:
        """Compare every claim; returns how many verdicts were recomputed."""
        expected = list(self._expected())
        keys = [_key(claim) for claim in expected]
        found = [_key(claim) for claim in evidence.verdicts]
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
        for frequency in dict.fromkeys((Frequency.year, self.recomputed.plan.header.periods)):
            made = self.recomputed.along(frequency)
            for year in made.plan.years:
                for goal in _followed(made):
                    yield self._claim("annual", goal, year, made.annual(goal, year))
        made = self.recomputed.along(Frequency.year)
        after = made.plan.midterm_after
        for goal in _followed(made):
            yield self._claim("midterm", goal, after, made.midterm(goal, after))

    def _claim(self, kind: str, goal: Goal, year: int, answer: RecomputedVerdict) -> Claim:
        def tidy(number: float | None) -> float | None:
            return None if number is None else clean(number)

        rule = self.recomputed.plan.header.rule
        default = next((reading.id for reading in goal.readings if reading.default), None)
        values: dict[str, Any] = {
            "goal": goal.id,
            "group": goal.group,
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
            "certainty": answer.certainty,
            "figure_of": answer.figure_of,
            "against": tidy(answer.against),
            "target": judged_target(answer.target),
            "reading": default,
            "readings": answer.readings,
            "rule": f"{rule.id} {rule.dated}",
            "vintage": answer.vintage,
            "inputs": tuple(self._row(file, row) for file, row in answer.inputs),
        }
        return Claim.model_validate(values)

    def _row(self, file: str, row: int) -> HashedRow:
        file, row = self.figures.placed(file, row)
        return HashedRow(file=file, row=row, sha256=self.figures.row_hash(file, row))

    def _compare(self, claimed: Claim, expected: Claim) -> None:
        place = " ".join(filter(None, (claimed.group, claimed.kind, str(claimed.year))))
        for name in Claim.model_fields:
            found, right = getattr(claimed, name), getattr(expected, name)
            if found == right or (name == "certainty" and as_sure(found, right)):
                continue
            if name == "inputs":
                self._inputs(claimed, expected, place)
                continue
            message = said(
                "verify.key-differs", name=name, right=_described(right), found=_described(found)
            )
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


def as_sure(one: float | None, other: float | None) -> bool:
    """Whether two chances are the same but for their last printed digit."""
    return one is not None and other is not None and abs(one - other) <= LAST_DIGIT


def _followed(made: Recomputed) -> Iterator[Goal]:
    """Every goal of everybody, then of the groups it is followed for."""
    yield from made.plan.goals
    for goal in made.plan.goals:
        yield from groups_followed(made, goal)


def groups_followed(made: Recomputed, goal: Goal) -> list[Goal]:
    """A goal in each group that is followed: every member, and what is split by several."""
    if not goal.by:
        return []
    place = {
        f"{one.id}={member.id}": (at, number)
        for at, one in enumerate(made.plan.header.dimensions)
        if one.id in goal.by
        for number, member in enumerate(one.members)
    }
    crossed = [group.split(";") for group in made.rows.groups(goal)]
    crossed.sort(key=lambda parts: (len(parts), [place[part] for part in parts]))
    names = [*place, *(";".join(parts) for parts in crossed if len(parts) > 1)]
    return [made.standing(goal).in_group(name) for name in names]


def splits(plan: Plan) -> Iterator[tuple[Text, ...]]:
    """What goals may be followed by: a dimension, or several in the order of the plan."""
    names = [one.name for one in plan.header.dimensions]
    most = max((len(goal.by) for goal in plan.goals), default=0)
    return (some for size in range(1, most + 1) for some in combinations(names, size))


def _key(claim: Claim) -> tuple[str, int, str, str]:
    return claim.kind, claim.year, claim.goal, claim.group


def _place(key: tuple[str, int, str, str]) -> str:
    return " ".join(str(part) for part in (key[2], key[3], key[0], key[1]) if part)


def _described(value: Any) -> str:
    if hasattr(value, "model_dump"):
        value = {k: v for k, v in value.model_dump().items() if v not in (None, ())}
    return repr(value)[:200]


def made_up(rows: Iterable[Row]) -> bool:
    """Whether any figure of an area is made up."""
    return any(str(row.get("source", "")).startswith(ILLUSTRATIVE) for row in rows)
