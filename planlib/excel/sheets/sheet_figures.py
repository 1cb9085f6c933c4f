"""Figures read from a sheet row by row, with the cell of every number, on their way to a frame."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from planlib.errors import Problem, Said, said
from planlib.excel.sheets.row import Figure, GoalRow
from planlib.figures.observations import COLUMNS, OPTIONAL_COLUMNS
from planlib.figures.reading import typed_frame
from planlib.figures.tables.periods import PERIOD
from planlib.figures.typed.office_words import words_of
from planlib.language.languages import DEFAULT
from planlib.language.text import Text
from planlib.messages import in_words
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Period


@dataclass
class SheetFigures:
    """Figures and problems of one file; ``area``, ``year``, ``vintage`` and ``source`` are shared.

    ``vintage`` is None where the file names no date for all, and ``vintage_place`` is where it
    should stand. ``heads`` are the sheet's own of each column, ``empty`` the goals that nothing was
    typed for.
    """

    file: str
    area: str | None = None
    year: int | None = None
    vintage: str | None = None
    vintage_place: str | None = None
    source: str = ""
    rows: list[Figure] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    empty: list[Text] = field(default_factory=list)
    lang: str = DEFAULT
    heads: dict[str, str] = field(default_factory=dict)

    def worded(self, problem: Problem) -> Problem:
        """A problem in the words of the sheet: its heads, and its states."""
        words = words_of(self.heads, self.lang)
        message, hint = problem.message, problem.hint
        return replace(
            problem,
            message=in_words(message, words) if isinstance(message, Said) else message,
            hint=in_words(hint, words) if isinstance(hint, Said) else hint,
        )

    def say(self, message: str, place: str, goal: Goal, hint: Said | None = None) -> None:
        """Add a problem of a goal's row."""
        subject = said("figures.goal-subject", goal=goal.name)
        self.problems.append(Problem(message, self.file, place, subject, hint))

    def add(self, row: GoalRow, figure: Figure | None) -> None:
        """Take a row's figure and its problems; a row without a figure is counted as empty."""
        self.problems += row.problems
        if figure is None:
            self.empty += [] if row.problems or row.goal.group else [row.goal.name]
        else:
            self.put(row, figure)

    def put(self, row: GoalRow, figure: Figure) -> None:
        """Take a figure whose problems are already told."""
        if not figure.get("vintage"):
            told = any(one.column == "vintage" and not one.warning for one in row.problems)
            if self.vintage is None and not told:
                message = said("excel.report-date-missing")
                place = self.vintage_place or row.place
                problem = Problem(message, self.file, place, hint=said("excel.date-example"))
                if problem not in self.problems:
                    self.problems.append(problem)
            figure["vintage"] = self.vintage or ""
        figure.setdefault("source", self.source)
        figure.setdefault("area", self.area)
        figure.setdefault("year", self.year if row.period is None else row.period)
        figure["goal"], figure["member"] = row.goal.id, row.member.id if row.member else ""
        if row.goal.group:
            figure["group"] = row.goal.group
        self.rows.append(figure)
        places = {column: given.place for column, given in row.cells.items()}
        self.places.append({"": places.get("value", row.place)} | places)

    def frame(self) -> tuple[pd.DataFrame, list[Problem]]:
        """The figures as the readers of files give them; ``row`` counts from 1."""
        columns: dict[str, list[object]] = {
            name: [row.get(name) for row in self.rows]
            for name in (*COLUMNS, *OPTIONAL_COLUMNS)
            if name in COLUMNS or any(name in row for row in self.rows)
        }
        if any(isinstance(code, Period) for code in columns["year"]):  # told as they are written
            columns = {PERIOD if name == "year" else name: columns[name] for name in columns}
            columns[PERIOD] = [str(code) for code in columns[PERIOD]]
        frame, problems = typed_frame(Path(self.file), columns)
        return frame, [self.worded(self.placed(problem)) for problem in problems]

    def placed(self, problem: Problem) -> Problem:
        """A problem of a row of the frame, at its cell."""
        if not isinstance(problem.place, int) or not 1 <= problem.place <= len(self.places):
            return problem
        places = self.places[problem.place - 1]
        return replace(problem, place=places.get(problem.column or "", places[""]))
