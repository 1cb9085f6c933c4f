"""Writes docs/combinations.md from the model: ``python tests/targets/combinations.py``.

Every comparison with every basis and every cadence, allowed or refused with its reason.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

sys.path.insert(0, str(Path(__file__).parent.parent))

from helpers import goal, plan

from planlib.errors import Faults
from planlib.plan.checks.meaning import unclear_targets
from planlib.plan.comparisons.registry import KINDS
from planlib.plan.goal import Goal
from planlib.plan.target import PERCENT_BASES, Basis, Cadence, Target

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
refusal of every other one.

A target is a comparison × a basis × a cadence. ✓ is allowed; a number tells why not, below. The unit of
the goal is `%` where the basis makes a percentage, `yes/no` for `done`, else an amount such as cases.
How each is written stands in [targets.md](targets.md).
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


def page() -> str:
    """The whole page."""
    reasons: list[str] = []
    rows = []
    for comparison in SHIPPED:
        for basis in Basis:
            cells = []
            for cadence in Cadence:
                found = of(comparison, basis, cadence)
                if isinstance(found, Goal):
                    cells.append("✓")
                    continue
                for reason in found:
                    if reason not in reasons:
                        reasons.append(reason)
                cells.append(", ".join(str(reasons.index(reason) + 1) for reason in found))
            rows.append(f"| `{comparison}` | `{basis}` | {' | '.join(cells)} |")
    heads = " | ".join(f"`{cadence}`" for cadence in Cadence)
    table = [f"| comparison | basis | {heads} |", "|---" * (len(Cadence) + 2) + "|", *rows]
    told = [f"{number}. {reason}" for number, reason in enumerate(reasons, start=1)]
    return "\n".join([HEAD, *table, "", "## Why not", "", *told, ""])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
