"""Writes docs/combinations.md from the model: ``python tests/targets/combinations.py``.

Every comparison with every basis and every cadence, allowed or refused with its reason; and what each
that is allowed may be told by: on a day, of an area, a group or a period, along shorter periods.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

sys.path.insert(0, str(Path(__file__).parent.parent))

from helpers import PLACE, goal, plan

from planlib.errors import Faults
from planlib.plan.areas import Area
from planlib.plan.checks.links import Links
from planlib.plan.checks.meaning import unclear_targets
from planlib.plan.comparisons.registry import KINDS
from planlib.plan.goal import Goal, Section
from planlib.plan.goal_parts import MakeUp
from planlib.plan.header import PlanHeader
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan_files import PlanFiles
from planlib.plan.target import PERCENT_BASES, Basis, Cadence, Target
from planlib.plan.yaml_text import YamlFile

PAGE = Path(__file__).parent.parent.parent / "docs" / "combinations.md"
SHIPPED = (
    "at_least",
    "above",
    "at_most",
    "below",
    "between",
    "about",
    "all_of",
    "done",
    "maintain",
    "relative",
    "rank",
)
CASES = {"vi": "vụ", "en": "cases"}
YES_NO = {"vi": "có/không", "en": "yes/no"}
TEXT = {"vi": "chữ", "en": "text"}
HEAD = """# Which targets can be combined

Written by `python tests/targets/combinations.py` from the model; a test holds it to the model, scores
every combination that is allowed, in a plan of years and in one of quarters with the years they make up
(with `latest_within` wherever it may stand), by scoring and by the code of the proof, and asks for the
refusal of every other one. What each may be told by is below; of that too all that is allowed is scored
by both, in a plan of months with areas and groups, and the rest asked for its refusal.

A target is a comparison × a basis × a cadence. ✓ is allowed; a number tells why not, below. The unit of
the goal is `%` where the basis makes a percentage, `yes/no` for `done`, else an amount such as cases.
How each is written stands in [targets.md](targets.md).
"""


TOLD = """## How each may be told

What each allowed target may say besides, as a whole plan is read with it: ✓ or why not, below. Where a plan
of halves, quarters or months (alike for the three) differs from one of years, it comes after a slash.
`day`: a `due_day` in its due period; `area`, `group`, `period`: a target of its own under `targets:`;
`yearly`: a target for each period; `cumulative`: one of the year so far; `latest_within`. `make_up`: how
shorter periods may make a year, in bold what a plan need not say.
"""


def written(comparison: str, basis: Basis, cadence: Cadence) -> dict[str, Any]:
    """A target of a combination as a plan writes it."""
    target: dict[str, Any] = {"comparison": comparison, "basis": basis, "cadence": cadence}
    keys = KINDS[comparison].keys
    if "low" in keys:
        target |= {"low": 10, "high": 20}
    if "value" in keys and "since" not in keys:
        target |= {"value": 10}
    if comparison == "relative":
        target |= {"to": {"area": "b"}}
    if comparison == "rank":
        target |= {"among": {"best": 1}}
    if comparison in {"about", "maintain", "relative", "rank"}:
        target |= {"better": "higher"}
    if "members" in keys:
        target |= {"members": [{"id": one, "name": TEXT} for one in ("one", "two")]}
    if cadence is Cadence.by:
        target |= {"due": 2014}
    return target


def of(comparison: str, basis: Basis, cadence: Cadence) -> Goal | list[str]:
    """The goal of a combination, or why it is refused."""
    unit: Any = "%" if basis in PERCENT_BASES - {Basis.change_since} else CASES
    unit = YES_NO if comparison == "done" else unit
    try:
        target = Target.model_validate(written(comparison, basis, cadence))
        name = f"{comparison}-{basis}-{cadence}".replace("_", "-")
        made = goal(name, unit, target=target)
    except ValidationError as error:
        reason = error.errors()[0]["ctx"]["error"]
        return list(reason.found) if isinstance(reason, Faults) else [str(reason)]
    header = plan(made).header
    return [str(message) for _, message, _ in unclear_targets(made, header)] or made


def every() -> Iterator[tuple[str, Basis, Cadence]]:
    """Every combination there is."""
    for comparison in SHIPPED:
        for basis in Basis:
            for cadence in Cadence:
                yield comparison, basis, cadence


AREAS = [
    (YamlFile(Path("areas.yaml")), Area.model_validate({"id": one, "name": TEXT})) for one in "ab"
]
SEX = {
    "id": "sex", "name": TEXT,
    "members": [{"id": one, "name": TEXT} for one in ("women", "men")],
}  # fmt: skip
STEPS = {
    Frequency.year: 2013, Frequency.half: "2013-H1", Frequency.quarter: "2013-Q2",
    Frequency.month: "2013-06",
}  # fmt: skip
NONE = ""  # a way of making up longer periods that the plan does not name


@cache
def header(periods: Frequency = Frequency.year) -> PlanHeader:
    """That of a plan with two areas and a dimension, reported by periods of a length."""
    yearly = plan(goal(target=written("at_least", Basis.level, Cadence.every_year))).header
    told = yearly.model_dump(mode="json")
    return PlanHeader.model_validate(told | {"periods": periods, "dimensions": [SEX]})


def told_as(
    comparison: str,
    basis: Basis,
    cadence: Cadence,
    periods: Frequency = Frequency.year,
    **more: Any,
) -> Goal | list[str]:
    """A goal of a combination as a whole plan is read with it, or why it is refused."""
    unit: Any = "%" if basis in PERCENT_BASES - {Basis.change_since} else CASES
    name = f"{comparison}-{basis}-{cadence}".replace("_", "-")
    given = {"unit": YES_NO if comparison == "done" else unit, "source": [PLACE]}
    if "yearly" not in more:
        given["target"] = written(comparison, basis, cadence)
    context = {"calendar": header(periods).calendar, "languages": ("vi", "en")}
    try:
        made = Goal.model_validate({"id": name, "name": TEXT} | given | more, context=context)
    except ValidationError as error:
        reason = error.errors()[0].get("ctx", {}).get("error")
        return list(reason.found) if isinstance(reason, Faults) else [str(error.errors()[0]["msg"])]
    section = Section.model_validate({"section": "all", "name": TEXT, "goals": [made]})
    file = YamlFile(Path("goals.yaml"))
    files = PlanFiles(header(periods), file, [(file, section)], [], AREAS, complete=True)
    return list(dict.fromkeys(one.message for one in Links(files).problems())) or made


def other_number(comparison: str) -> dict[str, Any]:
    """What an own target of a comparison says instead of the goal's; a note where it has no number."""
    keys = KINDS[comparison].keys
    if "low" in keys:
        return {"low": 12, "high": 22}
    if "value" in keys and "since" not in keys:
        return {"value": 12}
    return {"among": {"best": 1}} if comparison == "rank" else {"note": TEXT}


def ways(
    comparison: str, basis: Basis, cadence: Cadence, periods: Frequency
) -> dict[str, Goal | list[str]]:
    """The ways a combination may be told by, each the goal told so, or why it is refused."""
    target, yearly = written(comparison, basis, cadence), periods is Frequency.year
    own, asked = other_number(comparison), (comparison, basis, cadence, periods)
    usual = yearly or isinstance(made_up(*asked)[NONE], Goal)
    more: dict[str, Any] = {} if usual else {"make_up": "last"}
    summed = more if usual or not isinstance(made_up(*asked)["sum"], Goal) else {"make_up": "sum"}
    at = STEPS[periods]
    return {
        "day": told_as(*asked, target=target | {"due_day": "2014-03-31"}, **more),
        "area": told_as(*asked, targets=[{"area": "a", **own}], **more),
        "group": told_as(*asked, by=["sex"], targets=[{"group": "sex=women", **own}], **more),
        "period": told_as(*asked, targets=[{"period": at, **own}], **more),
        "yearly": told_as(*asked, yearly=[{"year": at, **target}], **more),
        "cumulative": told_as(
            *asked, yearly=[{"year": at, **target, "cumulative": True}], **summed
        ),
        "latest_within": told_as(*asked, latest_within=2, **more),
    }


@cache
def made_up(
    comparison: str, basis: Basis, cadence: Cadence, periods: Frequency
) -> dict[str, Goal | list[str]]:
    """How a combination's shorter periods may make a year; ``NONE`` is what a plan need not say."""
    asked = (comparison, basis, cadence, periods)
    named = {str(one): told_as(*asked, make_up=str(one)) for one in MakeUp}
    return {NONE: told_as(*asked), **named}


def _made_up_cell(found: dict[str, Goal | list[str]]) -> str:
    default = found[NONE]
    usual = str(default.made_up_by) if isinstance(default, Goal) else NONE
    allowed = [name for name, one in found.items() if name and isinstance(one, Goal)]
    return " ".join(f"**`{name}`**" if name == usual else f"`{name}`" for name in allowed)


def _numbers(found: Goal | list[str], reasons: list[str]) -> str:
    """The cell of a combination: allowed, or the numbers of its reasons, which are remembered."""
    if isinstance(found, Goal):
        return "✓"
    reasons += [reason for reason in found if reason not in reasons]
    return ", ".join(str(reasons.index(reason) + 1) for reason in found)


def _listed(reasons: list[str]) -> list[str]:
    return [f"{number}. {reason}" for number, reason in enumerate(reasons, start=1)]


def _told_table() -> list[str]:
    """What the allowed combinations may be told by; those of a cadence that agree share a row."""
    rows: dict[tuple[str, ...], dict[str, list[str]]] = {}
    reasons: list[str] = []
    heads: list[str] = []
    for cadence in Cadence:
        for comparison in SHIPPED:
            for basis in Basis:
                if not isinstance(of(comparison, basis, cadence), Goal):
                    continue
                found = ways(comparison, basis, cadence, Frequency.year)
                shorter = ways(comparison, basis, cadence, Frequency.month)
                heads = [*found]
                both = (dict.fromkeys((_numbers(found[one], reasons),
                                       _numbers(shorter[one], reasons))) for one in heads)  # fmt: skip
                cells = [" / ".join(one) for one in both]
                make_up = _made_up_cell(made_up(comparison, basis, cadence, Frequency.month))
                alike = rows.setdefault((f"`{cadence}`", *cells, make_up), {})
                alike.setdefault(comparison, []).append(f"`{basis}`")
    lines = [
        f"| cadence | targets | {' | '.join(f'`{one}`' for one in heads)} | `make_up` |",
        "|---" * (len(heads) + 3) + "|",
    ]
    for (cadence, *cells), alike in rows.items():
        together: dict[str, list[str]] = {}
        for comparison, bases in alike.items():
            together.setdefault(", ".join(bases), []).append(f"`{comparison}`")
        named = "; ".join(f"{', '.join(names)}: {bases}" for bases, names in together.items())
        lines.append(f"| {cadence} | {named} | {' | '.join(cells)} |")
    return [*lines, "", "### Why not so", "", *_listed(reasons)]


def page() -> str:
    """The whole page."""
    reasons: list[str] = []
    rows = [
        f"| `{comparison}` | `{basis}` | "
        + " | ".join(_numbers(of(comparison, basis, cadence), reasons) for cadence in Cadence)
        + " |"
        for comparison in SHIPPED
        for basis in Basis
    ]
    heads = " | ".join(f"`{cadence}`" for cadence in Cadence)
    table = [f"| comparison | basis | {heads} |", "|---" * (len(Cadence) + 2) + "|", *rows]
    told = ["", "## Why not", "", *_listed(reasons), "", TOLD, *_told_table(), ""]
    return "\n".join([HEAD, *table, *told])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
