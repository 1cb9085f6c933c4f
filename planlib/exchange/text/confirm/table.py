"""The table of decisions: a row a proposed goal, which a person fills in with any spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planlib.errors import InputError, Problem, did_you_mean, said, shown
from planlib.exchange.listing import table_text
from planlib.exchange.yaml_out import number_out
from planlib.figures.csv_text import read_csv_rows
from planlib.figures.spreadsheet_text import guarded, unguarded
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES

FILE, DONE = "reading/decisions.csv", "reading/decided.csv"
CHANGED = ("reading", "name", "unit", "comparison", "value", "low", "high", "cadence", "due")
TOLD = ("confidence", "place", "words", "unsure", "readings")
COLUMNS = ("goal", "decision", *CHANGED, *TOLD)
NUMBERS = ("value", "low", "high")


@dataclass(frozen=True)
class Decision:
    """What a person said of a goal: yes or no, and the cells that were changed."""

    goal: str
    yes: bool
    line: int
    changed: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)  # the whole row


def target_of(goal: Mapping[str, Any]) -> dict[str, Any]:
    """The target of a goal's YAML that holds until another reading is chosen."""
    if readings := goal.get("readings"):
        return dict(next((one for one in readings if one.get("default")), readings[0])["target"])
    if "target" in goal:
        return dict(goal["target"])
    return {key: one for key, one in goal["targets"][0].items() if key not in {"group", "area"}}


def cells_of(goal: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a proposed goal, as they stand until somebody changes them."""
    target, proposed = target_of(goal), goal["proposed"]
    unit = goal["unit"]
    named = unit if isinstance(unit, str) else " ".join(str(one) for one in unit.values())
    place = proposed.get("line") or proposed.get("page") or ""
    readings = [str(one["id"]) for one in goal.get("readings", ())]
    return {
        "goal": goal["id"], "decision": "", "reading": readings[0] if readings else "",
        "name": str(goal["name"]), "unit": named, "comparison": str(target["comparison"]),
        **{key: number_out(target[key]) if key in target else "" for key in NUMBERS},
        "cadence": str(target["cadence"]), "due": str(target.get("due", "")),
        "confidence": proposed["confidence"], "place": f"{proposed['file']}:{place}".rstrip(":"),
        "words": proposed["words"], "unsure": " ".join(proposed.get("unsure", ())),
        "readings": " ".join(readings),
    }  # fmt: skip


def decisions_table(
    goals: Sequence[Mapping[str, Any]], said_so_far: Mapping[str, Mapping[str, str]] | None = None
) -> str:
    """The table of proposed goals, with what has been said of them so far, by goal."""
    rows = []
    for goal in goals:
        cells = cells_of(goal) | dict((said_so_far or {}).get(goal["id"], {}))
        rows.append([guarded(cells[column]) for column in COLUMNS])
    return table_text(COLUMNS, rows)


def decided_table(before: str, decisions: Iterable[Decision]) -> str:
    """The table of what was carried out, with more rows below those before."""
    rows = [[guarded(one.cells.get(column, "")) for column in COLUMNS] for one in decisions]
    text = table_text(COLUMNS, rows)
    return before + text.partition("\n")[2] if before else text


def words_of(answer: str) -> set[str]:
    """What means an answer, ``yes`` or ``no``, in any language."""
    return {Language(code)(f"from-text.answer.{answer}").casefold() for code in LANGUAGES}


def read_decisions(file: Path, goals: Sequence[Mapping[str, Any]]) -> list[Decision]:
    """The rows that were decided. Raises InputError with a line for each that cannot be understood."""
    found = read_csv_rows(file, COLUMNS)
    head = found.head(("goal", "decision")) if found.rows else None
    if found.problems:
        raise InputError(found.problems)
    if head is None:
        hint = said("from-text.decisions-columns-hint", columns=", ".join(COLUMNS[:2]))
        raise InputError([Problem(said("from-text.decisions-columns"), str(file), hint=hint)])
    names, rows, lines = found.table(head)
    problems = list(found.problems)
    proposed = {str(goal["id"]): cells_of(goal) for goal in goals}
    decisions: dict[str, Decision] = {}
    for row, line in zip(rows, lines, strict=True):
        cells = {name: unguarded(cell.strip()) for name, cell in zip(names, row, strict=True)}
        try:
            one = _decision(cells, line, proposed)
        except _Fault as fault:
            problems.append(Problem(fault.message, str(file), line, fault.subject, fault.hint))
            continue
        if one is not None and one.goal in decisions:
            problems.append(Problem(said("from-text.decided-twice"), str(file), line, one.goal))
        elif one is not None:
            decisions[one.goal] = one
    if problems:
        raise InputError(problems)
    return list(decisions.values())


class _Fault(Exception):
    def __init__(self, message: str, subject: str, hint: str | None = None) -> None:
        self.message, self.subject, self.hint = message, subject, hint


def _decision(
    cells: Mapping[str, str], line: int, proposed: Mapping[str, Mapping[str, str]]
) -> Decision | None:
    goal, answer = cells["goal"], cells["decision"].casefold()
    if goal not in proposed:
        known = did_you_mean(goal, proposed)
        raise _Fault(said("from-text.no-such-proposal"), shown(goal), known)
    was = {key: cell.strip() for key, cell in proposed[goal].items()}
    changed = {key: cells[key] for key in CHANGED if key in cells and cells[key] != was[key]}
    if not answer:
        if changed:
            raise _Fault(said("from-text.changed-undecided", column=next(iter(changed))), goal)
        return None
    yes = answer in words_of("yes")
    if not yes and answer not in words_of("no"):
        raise _Fault(said("from-text.decision-unclear", found=shown(cells["decision"])), goal)
    return Decision(goal, yes, line, changed if yes else {}, cells)
