"""Checks figures against the plan: known goals, possible values, parts that agree with wholes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.errors import Problem, Said, did_you_mean, said, some_of
from planlib.figures.groups import group_faults
from planlib.figures.limits import (
    Fault,
    Floats,
    Mask,
    Message,
    Row,
    filler_faults,
    limit_faults,
    of_row,
    ratio_faults,
    share_faults,
)
from planlib.figures.observations import EXCLUSIVE, KEY, UNDATED, State, vintage_text, year_end
from planlib.figures.period_checks import outside_term, period_faults
from planlib.plan.base import check_id
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.plan.target import Basis
from planlib.plan.verdicts import PUBLISHED

MOST_OF_A_KIND = 50
EARLIEST = 1900  # the first year of a report
_YES_OR_NO = of_row("figures.yes-or-no-as-1-or-0", found="value")
HISTORY = 10  # years before the term that figures may reach back, for trends
REPORTS = 10  # years after the term in which reports of its figures may still come


def check_figures(frame: pd.DataFrame, plan: Plan) -> list[Problem]:
    """Every problem of the figures, in the order of files and rows."""
    check = _Check(frame, plan)
    check.names()
    check.years()
    check.states()
    check.repeated()
    problems = check.problems
    codes = frame["goal"].cat.codes.to_numpy()
    order = np.argsort(codes, kind="stable")
    ends = np.searchsorted(codes[order], np.arange(len(frame["goal"].cat.categories) + 1))
    for code, name in enumerate(frame["goal"].cat.categories):
        if name in plan.goal_ids and ends[code] < ends[code + 1]:
            mine = _Check(frame, plan, order[ends[code] : ends[code + 1]])
            mine.arrays = check.arrays  # made once for all goals
            mine.goal(plan.goal(str(name)))
            problems += mine.problems
    files = {str(file): i for i, file in enumerate(frame["file"].cat.categories)}
    return sorted(problems, key=lambda p: (files.get(str(p.file), 0), int(p.place or 0)))


class _Check:
    """Checks some rows of the frame: those at ``positions``, or all."""

    def __init__(
        self, frame: pd.DataFrame, plan: Plan, positions: npt.NDArray[np.intp] | None = None
    ) -> None:
        self.frame, self.plan, self.positions = frame, plan, positions
        self.arrays: dict[str, npt.NDArray[Any]] = {}  # of the whole frame
        self.problems: list[Problem] = []
        self.nothing = np.full(len(frame) if positions is None else len(positions), np.nan)

    def column(self, name: str) -> Floats:
        """A column of numbers; all unknown where no file has it."""
        if name not in self.frame:
            return self.nothing
        return self._mine(name, lambda: self.frame[name].to_numpy())

    def filled(self, name: str) -> Mask:
        """The rows with a text in a column; none where no file has it."""
        if name not in self.frame:
            return np.zeros(len(self.nothing), bool)
        return self._mine(f"{name} filled", lambda: self.frame[name].ne("").to_numpy())

    def _mine(self, name: str, whole: Callable[[], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        if name not in self.arrays:
            self.arrays[name] = whole()
        return self.arrays[name] if self.positions is None else self.arrays[name][self.positions]

    def say(
        self, wrong: Mask, message: Message, hint: Message | None = None, column: str | None = None
    ) -> None:
        """One problem a row; ``message`` and ``hint`` are texts, or functions of the row."""
        rows = np.flatnonzero(wrong)
        for at in rows[:MOST_OF_A_KIND]:
            row = self._row(at)
            self.problems.append(
                Problem(
                    _made(message, row) or "",
                    str(row["file"]),
                    int(row["row"]),
                    subject=said("figures.goal-subject", goal=row["goal"]),
                    hint=_made(hint, row),
                    column=column,
                )
            )
        self._say_more(rows[MOST_OF_A_KIND:])

    def _row(self, at: int) -> Row:
        return cast("Row", self.frame.iloc[at if self.positions is None else self.positions[at]])

    def _say_more(self, rows: npt.NDArray[np.intp]) -> None:
        """One line for the rows that are not told one by one, at the first of them."""
        if len(rows):
            row, count = self._row(rows[0]), len(rows)
            more = said("figures.more-rows-like-this", n=count)
            self.problems.append(Problem(more, str(row["file"]), int(row["row"])))

    def _say_names(self, column: str, faults: Mapping[str, tuple[Said, Said | None]]) -> None:
        """What is wrong with the names in a column; of very many the first are told."""
        names = self.frame[column]
        for name in list(faults)[:MOST_OF_A_KIND]:
            self.say((names == name).to_numpy(), *faults[name], column)
        rest = list(faults)[MOST_OF_A_KIND:]
        self._say_more(np.flatnonzero(names.isin(rest).to_numpy()))

    def names(self) -> None:
        goals: dict[str, tuple[Said, Said | None]] = {}
        message = said("figures.goal-not-in-plan", plan=self.plan.id)
        for name in map(str, self.frame["goal"].cat.categories):
            if name in self.plan.goal_ids:
                continue
            successor = self.plan.header.renamed.get(name)
            hint = None
            if successor:
                hint = said("plan.renamed-to", successor=successor)
            elif len(goals) < MOST_OF_A_KIND:  # looking for a near name takes its time
                hint = did_you_mean(name, self.plan.goal_ids)
            goals[name] = (message, hint)
        self._say_names("goal", goals)
        areas: dict[str, tuple[Said, Said | None]] = {}
        for name in map(str, self.frame["area"].cat.categories):
            try:
                check_id(name)
            except ValueError as error:
                areas[name] = (said("figures.area-id-invalid", area=repr(name), reason=error), None)
        self._say_names("area", areas)

    def years(self) -> None:
        years = self.frame["year"].to_numpy()
        first, last, outside = outside_term(self.plan, years, HISTORY)
        must = "figures.year-out-of-range"
        self.say(
            outside,
            lambda row: said(must, first=first, last=last, found=period(int(row["year"]))),
            column="year",
        )
        ends = date.fromordinal(self.plan.calendar.end(last)).year
        latest = max(ends + REPORTS, date.today().year + 1)
        vintage = self.frame["vintage"].to_numpy()
        earliest = date(EARLIEST, 1, 1).toordinal()
        wrong = ((vintage < earliest) & (vintage != UNDATED)) | (vintage > year_end(latest))
        dated = "figures.vintage-out-of-range"
        self.say(
            wrong & ~outside,
            lambda row: said(
                dated, first=EARLIEST, last=latest, found=vintage_text(int(row["vintage"]))
            ),
            column="vintage",
        )

    def states(self) -> None:
        state = self.frame["state"].to_numpy()
        value, low, high = self.column("value"), self.column("low"), self.column("high")
        numerator, denominator = self.column("numerator"), self.column("denominator")
        known = ~(np.isnan(value) & np.isnan(low) & np.isnan(high))
        known |= ~np.isnan(numerator)
        present = (state == State.measured) | (state == State.estimate)
        self.say(present & ~known, said("figures.measured-estimated-figure-needs"),
                 said("figures.state-missing-hint"), "value")  # fmt: skip
        numbered = "figures.state-has-no-number"
        self.say(~present & known, lambda row: said(numbered, state=State(row["state"]).name),
                 said("figures.leave-number-out-change"), "state")  # fmt: skip
        self.say(low > high, said("figures.low-exceeds-high"), column="low")
        self.exclusive(low, high)
        self.say((value < low) | (value > high), said("figures.value-outside-interval"),
                 column="value")  # fmt: skip
        self.say(np.isnan(numerator) != np.isnan(denominator),
                 said("figures.numerator-denominator-go-together"), column="numerator")  # fmt: skip
        self.say(denominator < 0, said("figures.denominator-negative"), column="denominator")
        assigned = self.column("assigned")
        self.say(assigned < 0, said("figures.assigned-negative"), column="assigned")
        if "published_verdict" in self.frame:
            verdicts = (*(verdict.name for verdict in PUBLISHED), "")
            wrong = ~self.frame["published_verdict"].isin(verdicts).to_numpy()
            must = said("figures.published-verdict-must-exceeded")
            self.say(wrong, must, column="published_verdict")

    def exclusive(self, low: Floats, high: Floats) -> None:
        """An end that is not part of a figure is named, and something is left of it."""
        if "exclusive" not in self.frame:
            return
        ends = self.frame["exclusive"].astype(object).to_numpy()
        known = ", ".join(EXCLUSIVE[1:])
        self.say(
            ~np.isin(ends, EXCLUSIVE),
            lambda row: said("figures.exclusive-unknown",
                             known=known, found=repr(str(row["exclusive"]))),
            said("figures.names-end-not-part"), "exclusive")  # fmt: skip
        for end, number in (("low", low), ("high", high)):
            gone = np.isin(ends, [end, "both"]) & np.isnan(number)
            self.say(gone, said("figures.exclusive-speaks-no-number", end=end), None, "exclusive")
        empty = np.isin(ends, EXCLUSIVE[1:]) & (low >= high)
        self.say(empty, said("figures.interval-empty"), None, "exclusive")

    def repeated(self) -> None:
        keys = [name for name in KEY if name in self.frame]
        # One number a row keeps this cheap for millions of rows.
        code = np.zeros(len(self.frame), np.int64)
        for name in keys:
            column = self.frame[name]
            if isinstance(column.dtype, pd.CategoricalDtype):
                part, size = column.cat.codes.to_numpy(), len(column.cat.categories)
            else:
                values = column.to_numpy()
                low = int(values.min()) if len(values) else 0
                part, size = values - low, int(values.max() - low) + 1 if len(values) else 1
            code = code * max(size, 1) + part
        if len(code) < 2:
            return
        ordered = np.sort(code)
        if not (ordered[1:] == ordered[:-1]).any():
            return
        first_of = pd.Series(self.frame["row"].to_numpy()).groupby(code).transform("first")
        firsts = first_of.to_numpy()
        repeated = pd.Series(code).duplicated().to_numpy()
        for at in np.flatnonzero(repeated)[:MOST_OF_A_KIND]:
            one = np.zeros(len(code), bool)
            one[at] = True
            hint = said("figures.revision-own-vintage")
            self.say(one, said("figures.row-stands-twice", line=int(firsts[at])), hint)
        self._say_more(np.flatnonzero(repeated)[MOST_OF_A_KIND:])

    def goal(self, goal: Goal) -> None:
        faulty = np.zeros(len(self.nothing), bool)
        for fault in self._faults(goal):
            self.say(*fault)
            faulty |= fault[0]
        remarked = self.filled("note") | self.filled("words")
        for fault in filler_faults(goal, self.column, remarked | faulty):
            self.say(*fault)

    def _texts(self, name: str) -> pd.Series[Any]:
        texts = self.frame[name]
        return texts if self.positions is None else texts.iloc[self.positions]

    def _faults(self, goal: Goal) -> Iterator[Fault]:
        target = goal.main_target()
        value = self.column("value")
        yield from period_faults(goal, self.plan.frequency_of(goal), self.column("year"))
        not_yes_no = ~np.isnan(value) & (value != 0) & (value != 1)
        if target.kind.figure == "yes_no":
            yield not_yes_no, _YES_OR_NO, None, "value"
        elif target.kind.figure == "members":
            yield from self._member_faults(goal, not_yes_no)
        elif "member" in self.frame:
            yield self.filled("member"), said("figures.member-goals-name-their"), None, "member"
        if target.basis is Basis.share:
            yield from share_faults(goal, self.column)
        elif target.basis is Basis.growth:
            yield from ratio_faults(self.column)
        yield from limit_faults(goal, self.column)
        if "group" in self.frame:
            yield from group_faults(goal, self.plan, self._texts("group"))

    def _member_faults(self, goal: Goal, not_yes_no: Mask) -> Iterator[Fault]:
        known = [m.id for t in goal.all_targets() for m in t.members]
        names = some_of(known)
        if "member" not in self.frame:
            needed = said("figures.needs-member-column", known=names)
            yield np.ones(len(not_yes_no), bool), needed, None, None
            return
        members = self._texts("member")
        yield (
            ~members.isin(known).to_numpy(),
            lambda row: said("figures.member-unknown", known=names, found=row["member"]),
            lambda row: did_you_mean(str(row["member"]), known),
            "member",
        )
        yield not_yes_no, _YES_OR_NO, None, "value"


def _made(message: Message | None, row: Row) -> Said | None:
    return message(row) if callable(message) else message
