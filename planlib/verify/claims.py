"""The verdicts a review claims against the same ones recomputed, field by field.

They stand in ``verdicts.json``, and in ``review.json``, which the index is made from: everything in
it follows from plan and figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from planlib.errors import Problem, Said, said
from planlib.figures.observations import ILLUSTRATIVE
from planlib.language.text import Text
from planlib.plan.base import period_record
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.verify.cells import clean
from planlib.verify.documents import read_json, read_text
from planlib.verify.evidence import Claim, Evidence, HashedRow, judged_target
from planlib.verify.periods.rows import Row
from planlib.verify.recompute import Recomputed
from planlib.verify.sources import AreaFigures
from planlib.verify.targets.judged import RecomputedVerdict

MOST = 50  # differences told of one file
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


def index_verdicts(
    made: Recomputed, area: str, as_of: str, *, illustrative: bool
) -> dict[str, Any]:
    """What the file must hold, without the failures of a run."""
    made = made.along(Frequency.year)
    plan = made.plan.in_force(None)
    columns = [("annual", year) for year in plan.years] + [("midterm", plan.midterm_after)]
    return {
        "schema_version": 1,
        "plan": plan.id,
        "area": area,
        "plan_name": _text(plan.header.name),
        "area_name": _text(plan.area_name(area)),
        "term": [period_record(one) for one in (plan.years[0], plan.years[-1])],
        "as_of": as_of,
        "illustrative": illustrative,
        "order": [*plan.header.areas, area].index(area),
        "columns": [{"kind": kind, "year": period_record(year)} for kind, year in columns],
        "groups": [
            {
                "name": _text(section.name),
                "rows": [
                    {
                        "goal": goal.id,
                        "name": _text(goal.name),
                        "part": goal.part_of is not None,
                        "lead": _text(goal.lead) if goal.lead is not None else None,
                        "verdicts": [
                            (made.annual if kind == "annual" else made.midterm)(goal, year).verdict
                            for kind, year in columns
                        ],
                    }
                    for goal in section.goals
                ],
            }
            for section in plan.sections
        ],
    }


def _text(text: Text) -> dict[str, str]:
    return dict(text)


def check_index_verdicts(
    path: Path, expected: dict[str, Any], problems: list[Problem]
) -> dict[str, str]:
    """Compare the file with what it must hold; returns the pages that failed, with the reason."""
    text = read_text(path, problems)
    if text is None:
        return {}
    try:
        found = read_json(text)
        if not isinstance(found, dict):
            raise ValueError("it is no object")
        failures = found.pop("failures", [])
        if not all(isinstance(one, dict) for one in failures):
            raise ValueError("a failure is no object")
        failed = {_stem(one): str(one["reason"])[:300] for one in failures}
    except (ValueError, KeyError, TypeError) as error:
        message = said("verify.damaged", why=str(error)[:200])
        problems.append(Problem(message, str(path)))
        return {}
    for number, (place, right, actual) in enumerate(differences(expected, found)):
        if number == MOST:
            problems.append(Problem(said("verify.more-differences-told"), str(path)))
            break
        message = said("verify.value-differs", right=_shown(right), found=_shown(actual))
        problems.append(Problem(message, str(path), place))
    return failed


def _stem(failure: dict[str, Any]) -> str:
    """The name of a page that failed, without an ending."""
    about = "-".join(str(failure[one]) for one in ("kind", "goal", "year") if failure.get(one))
    return f"{about.replace('/', '_')}.{failure['lang']}"


def _shown(value: Any) -> str:
    if value is _NOTHING:
        return "nothing"
    return repr(value)[:200]


_NOTHING = object()


def differences(right: Any, found: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two JSON documents differ: the place, what must stand there, what does.

    >>> list(differences({"a": [1, 2]}, {"a": [1, 3], "b": None}))[0]
    ('a.1', 2, 3)
    """
    if isinstance(right, dict) and isinstance(found, dict):
        for key in [*right, *(key for key in found if key not in right)]:
            at = f"{place}.{key[:50]}" if place else key[:50]
            yield from differences(right.get(key, _NOTHING), found.get(key, _NOTHING), at)
    elif isinstance(right, list) and isinstance(found, list) and len(right) == len(found):
        for at, (one, other) in enumerate(zip(right, found, strict=True)):
            yield from differences(one, other, f"{place}.{at}")
    elif type(right) is not type(found) or right != found:
        yield place, right, found
