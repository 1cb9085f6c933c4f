"""``review.json``, which the index is made from: all of it follows from plan and figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planlib.errors import Problem, said
from planlib.language.text import Text
from planlib.plan.base import period_record
from planlib.plan.periods.calendar import Frequency
from planlib.verify.claims import groups_followed
from planlib.verify.documents import read_json, read_text
from planlib.verify.recompute import Recomputed
from planlib.verify.site.area_groups import group_name, groups_in

MOST = 50  # differences told of one file


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
                        "groups": [
                            {
                                "group": one.group,
                                "name": _text(plan.group_name(one.group)),
                                "verdicts": [
                                    (made.annual if kind == "annual" else made.midterm)(
                                        one, year
                                    ).verdict
                                    for kind, year in columns
                                ],
                            }
                            for one in groups_followed(made, goal)
                        ],
                    }
                    for goal in section.goals
                ],
            }
            for section in plan.sections
        ],
        "within": [
            {
                "kind": "whole" if kind == "in" else "peers",
                "group": group,
                "name": _text(group_name(plan, kind, group)),
            }
            for kind, group in groups_in(plan.areas_by_id, area)
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
        if not isinstance(failures, list) or not all(isinstance(one, dict) for one in failures):
            raise ValueError("the failures are no list of objects")
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
    """The name of a page that failed, without an ending, or of a document, with its own."""
    about = "-".join(str(failure[one]) for one in ("kind", "goal", "year") if failure.get(one))
    ending = f".{failure['format']}" if failure.get("format") else ""
    return f"{about.replace('/', '_')}.{failure['lang']}{ending}"


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
