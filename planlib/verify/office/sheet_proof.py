"""A table of results, or of tidy figures, against the plan's figures: each cell by code of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from planlib.errors import Problem, Said, did_you_mean, said
from planlib.figures.observations import vintage_day
from planlib.figures.tidy_rows import csv_lines, tidy_columns
from planlib.language.languages import LANGUAGES
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.shipped import shipped_plans
from planlib.verify.markup import plain
from planlib.verify.office.differences import differences
from planlib.verify.office.held import OfficeProof
from planlib.verify.office.items import OfficeFile, OfficeTable
from planlib.verify.office.sheet_file import read_csv
from planlib.verify.office.sheet_rows import ResultRows, SheetOrigin
from planlib.verify.sources import OpenFigures, OpenPlan
from planlib.verify.texts import filled

NOTE = re.compile(r" \[[^\[\]]+ \d+\]$")  # of a head that points to a note
TIDY = ("area", "goal")  # how the heads of tidy figures begin
CODES = ("goal_code", "area_code")


class SheetProof:
    """The check of one table: a workbook, CSV, JSON, Parquet, Markdown or HTML."""

    def __init__(self, proof: OfficeProof) -> None:
        self.proof, self.sources, self.problems = proof, proof.sources, proof.problems

    def check(self, path: Path, file: OfficeFile) -> SheetOrigin | None:
        """Hold a file against its plan; None where it cannot be, or is proven to the last cell."""
        for message, place in file.strange:
            self.problems.append(Problem(message, str(path), place))
        for one in file.items:
            if isinstance(one, OfficeTable) and one.rows:
                heads = [" ".join(cell) for cell in one.rows[0]]
                if tuple(heads[:2]) == TIDY:
                    self._tidy(path, file, one)
                    return None
        found = next(filter(None, map(_headed, _tables(file))), None)
        if found is None:
            self._say(path, said("verify.table-of-nothing"), hint=said("verify.export-it-again"))
            return None
        table, at, keys, lang = found
        return self._results(path, file, table.rows[at + 1 :], keys, lang, f"{table.place}", at + 2)

    def _say(self, path: Path, message: Said, place: str = "", *, hint: Said | None = None) -> None:
        self.problems.append(Problem(message, str(path), place or None, hint=hint))

    # ---------------------------------------------------------- tidy figures

    def _tidy(self, path: Path, file: OfficeFile, table: OfficeTable) -> None:
        """Tidy figures are just those of the plan that an audience may see."""
        goals = {row[1][0] for row in table.rows[1:] if len(row) > 1 and row[1]}
        areas = {row[0][0] for row in table.rows[1:] if row and row[0]}
        opened = self._plan_of(path, goals)
        if opened is None:
            return
        tries = []
        for audience in (PUBLIC, INTERNAL):
            seen = self.sources.figures(opened, audience, None)
            if seen is not None:
                right = _tidy_table(seen, areas)
                tries.append(differences(str(path), _alone(table), _alone(right)))
        if not tries:
            return
        best = min(tries, key=lambda one: len(one.problems))
        self.proof.compared += best.compared
        self.problems += best.problems

    def _plan_of(self, path: Path, goals: set[str]) -> OpenPlan | None:
        """The one plan that has these goals."""
        names = dict.fromkeys([*self.sources.given, *shipped_plans()])
        opened = [one for name in names if (one := self.sources.plan(name)) is not None]
        found = [one for one in opened if goals and goals <= set(one.plan.goal_ids)]
        if len(found) == 1:
            return found[0]
        best = max(opened, key=lambda one: len(goals & set(one.plan.goal_ids)), default=None)
        strange = sorted(goals - set(best.plan.goal_ids))[:1] if best is not None else []
        if not found and best is not None and len(goals) > 1 and goals & set(best.plan.goal_ids):
            self._say(path, said("verify.goal-not-in-plan"), strange[0],
                      hint=did_you_mean(strange[0], best.plan.goal_ids))  # fmt: skip
            return best
        self._say(path, said("verify.table-of-nothing"), hint=said("verify.give-folder-plan-dir"))
        return None

    # ---------------------------------------------------------- results

    def _results(
        self, path: Path, file: OfficeFile, rows: Sequence[Sequence[tuple[str, ...]]],
        keys: Sequence[str], lang: str, place: str, first: int,
    ) -> SheetOrigin | None:  # fmt: skip
        cells = [dict(zip(keys, map(_content, row), strict=False)) for row in rows]
        # What readers get has names alone; it says of which plan it is.
        if any(key not in keys for key in CODES) and "plan" not in file.about:
            self._say(path, said("verify.table-of-nothing"), hint=said("verify.export-it-again"))
            return None
        goals = {row.get("goal_code", "") for row in cells}
        named = file.about.get("plan", "")
        opened = self.sources.plan(named) if named else self._plan_of(path, goals)
        if opened is None:
            return None
        day = file.about.get("as_of", "")
        asked = file.about.get("audience", "")
        try:
            vintage_day(day or "2000")
        except ValueError:
            self._say(path, said("verify.as-of-not-a-date", found=repr(day)[:100]))
            return None
        if asked not in {"", PUBLIC, INTERNAL}:
            self._say(path, said("verify.table-of-nothing"), hint=said("verify.export-it-again"))
            return None
        for audience in (asked,) if asked else (PUBLIC, INTERNAL):
            before = len(self.problems)
            check = ResultRows(self.proof, path, opened, (lang, audience, day))
            origin = check.all(cells, place, first)
            if origin is not None and len(self.problems) == before:
                return origin
            if audience == PUBLIC and not asked:
                told = self.problems[before:]
                del self.problems[before:]
        if not asked and len(self.problems) - before > len(told):
            self.problems[before:] = told
        return origin


def _content(cell: tuple[str, ...]) -> str:
    """What a cell holds; a number stays one."""
    return cell[0] if len(cell) == 1 else " ".join(cell)


def _tables(file: OfficeFile) -> Iterator[OfficeTable]:
    yield from (one for one in file.items if isinstance(one, OfficeTable))


def _headed(table: OfficeTable) -> tuple[OfficeTable, int, list[str], str] | None:
    """A table with the row of its heads, their keys and their language; None where there is none."""
    for at, row in enumerate(table.rows[:40]):
        heads = [plain(NOTE.sub("", " ".join(cell))) for cell in row]
        for lang in LANGUAGES:
            known = _heads(lang)
            if sum(head in known for head in heads) >= max(6, len(heads) - 2):
                return table, at, [known.get(head, "") for head in heads], lang
    return None


def _heads(lang: str) -> dict[str, str]:
    """The heads of a table of results in a language, with the key of each."""
    names = [
        "area",
        "section",
        "indicator",
        "group",
        "unit",
        "period",
        "target",
        "when",
        "actual",
        "level",
        "verdict",
        "source",
        "note",
        "goal_code",
        "area_code",
        "group_code",
        "verdict_code",
    ]
    known = {filled(f"results.{name}", lang): name for name in names}
    for name in ("target", "actual", "level"):
        column = filled(f"results.{name}", lang)
        known[filled("results.in_numbers", lang, column=column)] = f"{name}_number"
    return known


def _tidy_table(seen: OpenFigures, areas: set[str]) -> OfficeTable:
    frame = seen.seen.frame
    if areas and areas != set(map(str, frame["area"].unique())):
        frame = frame[frame["area"].isin(areas)]
    columns = tidy_columns(frame)
    text = ",".join(columns) + "\n" + csv_lines(frame, columns)
    (table,) = _tables(read_csv(text.encode()))
    return table


def _alone(table: OfficeTable) -> OfficeFile:
    """A table by itself, its numbers as numbers wherever they stand."""
    rows = (tuple(tuple(map(_number, cell)) for cell in row) for row in table.rows)
    return OfficeFile(items=[OfficeTable(tuple(rows), table.place)])


def _number(text: str) -> str:
    bare = text.removeprefix("'")
    try:
        return f"{float(bare):.12g}" if re.fullmatch(r"-?[\d.]+(e[-+]?\d+)?", bare) else bare
    except ValueError:
        return bare
