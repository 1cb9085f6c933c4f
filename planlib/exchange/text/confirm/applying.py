"""Decisions carried out: confirmed goals lose what marks them as proposals, refused ones go."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planlib.errors import Faults, InputError, Problem, refused, said, shown
from planlib.exchange.text.confirm.table import (
    DONE,
    FILE,
    NUMBERS,
    Decision,
    decided_table,
    decisions_table,
    read_decisions,
    target_of,
)
from planlib.exchange.text.grammar.lexicon import DIGITS, lexicon
from planlib.exchange.text.grammar.numbers import value_of
from planlib.exchange.yaml_out import yaml_lines
from planlib.figures.csv_text import decoded
from planlib.plan.header import calendar_of
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS, HEADER
from planlib.plan.reading import load_plan
from planlib.plan.shipped import PLANS
from planlib.plan.target import Target
from planlib.plan.yaml_text import read_yaml
from planlib.storage.whole_files import LARGEST_TABLE, read_whole, replace_bytes


@dataclass(frozen=True)
class Confirmed:
    """What came of the decisions: how many goals were confirmed, refused and are still proposed."""

    plan: Plan
    confirmed: int
    refused: int
    open: int


class ProposedPlan:
    """The files of a plan with proposed goals, as data."""

    def __init__(self, folder: Path) -> None:
        plan, problems = load_plan(folder, PLANS / AREAS)
        if plan is None or problems:
            raise InputError(problems)
        self.folder, self.plan = folder, plan
        self.lang = plan.languages[0]
        self.header: dict[str, Any] = read_yaml(folder / HEADER).data
        files = {path: read_yaml(path).data for path in sorted(folder.glob("*.yaml"))}
        self.sections: dict[Path, dict[str, Any]] = {
            path: data for path, data in files.items() if "section" in data
        }

    @property
    def proposed(self) -> list[dict[str, Any]]:
        """The goals that nobody has confirmed yet."""
        return [
            goal for data in self.sections.values() for goal in data["goals"] if "proposed" in goal
        ]

    def table(self) -> str:
        """The table of decisions, nothing decided."""
        return decisions_table(self.proposed)


def write_table(folder: Path) -> Path:
    """Write the table of a plan's proposed goals, and say where. Raises InputError."""
    proposed = ProposedPlan(folder)
    if not proposed.proposed:
        raise refused(said("from-text.nothing-proposed"), folder)
    file = folder / FILE
    file.parent.mkdir(exist_ok=True)
    replace_bytes(file, [proposed.table().encode()])
    return file


def confirm(folder: Path, file: Path | None = None) -> Confirmed:
    """Carry out the decisions of a table, that of the plan's folder by default.

    Raises InputError with a line for every row that cannot be carried out; nothing is changed then.
    """
    mine = ProposedPlan(folder)
    if not mine.proposed:
        raise refused(said("from-text.nothing-proposed"), folder)
    file = file or folder / FILE
    decisions = {one.goal: one for one in read_decisions(file, mine.proposed)}
    if not decisions:
        raise refused(
            said("from-text.nothing-decided"), file, hint=said("from-text.nothing-decided-hint")
        )
    problems: list[Problem] = []
    for data in mine.sections.values():
        goals: list[dict[str, Any]] = []
        for goal in data["goals"]:
            decision = decisions.get(goal["id"])
            if decision is None:
                goals.append(goal)
            elif decision.yes:
                goals.append(_confirmed(goal, decision, mine, file, problems))
        data["goals"] = goals
    if problems:
        raise InputError(problems)
    plan = _written(mine, file)
    if file == folder / FILE:  # what is done moves to a table of its own
        done = folder / DONE
        before = decoded(read_whole(done, LARGEST_TABLE), done) if done.exists() else ""
        replace_bytes(done, [decided_table(before, decisions.values()).encode()])
        replace_bytes(file, [ProposedPlan(folder).table().encode()])
    yes = sum(one.yes for one in decisions.values())
    left = sum(goal.proposed is not None for goal in plan.goals)
    return Confirmed(plan, yes, len(decisions) - yes, left)


def _confirmed(
    goal: Mapping[str, Any],
    decision: Decision,
    mine: ProposedPlan,
    file: Path,
    problems: list[Problem],
) -> dict[str, Any]:
    """A goal as the decision wants it; what cannot be done joins the problems."""
    told = {key: one for key, one in goal.items() if key != "proposed"}
    changed = decision.changed

    def wrong(message: str) -> None:
        problems.append(Problem(message, str(file), decision.line, decision.goal))

    chosen = changed.get("reading", "")
    if chosen and chosen not in {one["id"] for one in goal.get("readings", ())}:
        wrong(said("from-text.no-such-reading", found=shown(chosen)))
        return told
    told |= {key: changed[key] for key in ("name", "unit") if changed.get(key)}
    target = target_of(goal)
    if chosen:
        target = next(dict(one["target"]) for one in goal["readings"] if one["id"] == chosen)
    keys = [key for key in changed if key not in {"reading", "name", "unit"}]
    if not keys and not chosen:
        return told
    for key in keys:
        text = changed[key]
        if not text:
            target.pop(key, None)
        elif key in NUMBERS:
            number = _number(text, lexicon(mine.lang).decimal)
            if number is None:
                wrong(said("from-text.decision-number", column=key, found=shown(text)))
                return told
            target[key] = number
        else:
            target[key] = int(text) if key == "due" and text.isdigit() else text
    for fault in _faults(target, mine):
        wrong(fault)
    if "targets" in told:
        whose = {
            key: goal["targets"][0][key] for key in ("group", "area") if key in goal["targets"][0]
        }
        told["targets"] = [{**whose, **target}]
    else:
        told.pop("readings", None)
        told["target"] = target
    return told


def _number(text: str, decimal: str) -> float | None:
    """A number as typed; None for none, and for one that can be read in two ways.

    >>> _number("-7.5", "."), _number("1.300", ","), _number("1.300", "."), _number("many", ".")
    (-7.5, 1300.0, None, None)
    """
    found = re.fullmatch(rf"([-−]?)\s*({DIGITS})", text.strip())
    read = value_of(found[2], decimal) if found else None
    if found is None or read is None or read[1] is not None:
        return None
    return -read[0] if found[1] else read[0]


def _faults(target: Mapping[str, Any], mine: ProposedPlan) -> Sequence[str]:
    """Why a target is none."""
    context = {"calendar": calendar_of(mine.header), "languages": mine.plan.languages}
    try:
        Target.model_validate(dict(target), context=context)
    except ValidationError as error:
        return [
            message
            for one in error.errors()
            for message in (
                one["ctx"]["error"].found
                if isinstance(one.get("ctx", {}).get("error"), Faults)
                else [
                    said(
                        "from-text.decision-key",
                        column=str(one["loc"][-1]),
                        found=shown(one["input"]),
                    )
                ]
            )
        ]
    return []


def _written(mine: ProposedPlan, file: Path) -> Plan:
    """The plan's files written again, where ``planlib check`` has nothing against them."""
    kept = {path: data for path, data in mine.sections.items() if data["goals"]}
    if not kept:
        raise refused(said("from-text.all-refused"), file)
    header = {**mine.header, "sections": [
        one for one in mine.header["sections"] if one in {data["section"] for data in kept.values()}
    ]}  # fmt: skip
    texts = {mine.folder / HEADER: header, **kept}
    with tempfile.TemporaryDirectory(prefix=".planlib-") as made:
        trial = Path(made) / mine.folder.name
        shutil.copytree(mine.folder, trial)
        for path in mine.sections:
            (trial / path.name).unlink()
        for path, data in texts.items():
            (trial / path.name).write_text("\n".join(yaml_lines(data)) + "\n", encoding="utf-8")
        plan, problems = load_plan(trial, PLANS / AREAS)
        if plan is None or problems:
            raise InputError(replace(one, file=str(file), place=None) for one in problems)
    for path, data in texts.items():
        replace_bytes(path, [("\n".join(yaml_lines(data)) + "\n").encode()])
    for path in mine.sections.keys() - kept.keys():
        path.unlink()
    return plan
