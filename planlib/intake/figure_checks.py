"""Checks figures against the plan: known goals, possible values, parts that agree with wholes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from planlib.errors import Problem, did_you_mean
from planlib.model.base import check_id
from planlib.model.goal import Goal
from planlib.model.observations import KEY, State
from planlib.model.plan import Plan
from planlib.model.target import Basis, Comparison

MOST_OF_A_KIND = 50
HISTORY = 10  # years before the term that figures may reach back, for trends
Mask = np.ndarray[Any, np.dtype[np.bool_]]


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
            mine.goal(plan.goal(str(name)))
            problems += mine.problems
    files = {str(file): i for i, file in enumerate(frame["file"].cat.categories)}
    return sorted(problems, key=lambda p: (files.get(str(p.file), 0), int(p.place or 0)))


class _Check:
    """Checks some rows of the frame: those at ``positions``, or all."""

    def __init__(
        self, frame: pd.DataFrame, plan: Plan, positions: np.ndarray[Any, Any] | None = None
    ) -> None:
        self.frame, self.plan, self.positions = frame, plan, positions
        self.problems: list[Problem] = []
        self.nothing = np.full(len(frame) if positions is None else len(positions), np.nan)

    def column(self, name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """A column of numbers; all unknown where no file has it."""
        if name not in self.frame:
            return self.nothing
        values = self.frame[name].to_numpy()
        return values if self.positions is None else values[self.positions]

    def say(self, wrong: Mask, message: Any, hint: Any = None) -> None:
        """One problem a row; ``message`` and ``hint`` are texts, or functions of the row."""
        for at in np.flatnonzero(wrong)[:MOST_OF_A_KIND]:
            row = self.frame.iloc[at if self.positions is None else self.positions[at]]
            self.problems.append(
                Problem(
                    message(row) if callable(message) else message,
                    str(row["file"]),
                    int(row["row"]),
                    subject=f"goal '{row['goal']}'",
                    hint=hint(row) if callable(hint) else hint,
                )
            )

    def names(self) -> None:
        goals = self.frame["goal"]
        for name in goals.cat.categories:
            if name in self.plan.goal_ids:
                continue
            successor = self.plan.header.renamed.get(str(name))
            hint = (
                f"it is now called '{successor}'"
                if successor
                else did_you_mean(str(name), self.plan.goal_ids)
            )
            wrong = (goals == name).to_numpy()
            self.say(wrong, f"the plan '{self.plan.id}' has no such goal", hint)
        areas = self.frame["area"]
        for name in areas.cat.categories:
            try:
                check_id(str(name))
            except ValueError as error:
                self.say((areas == name).to_numpy(), f"area {str(name)!r}: {error}")

    def years(self) -> None:
        first, last = self.plan.years[0] - HISTORY, self.plan.years[-1]
        years = self.frame["year"].to_numpy()
        must = f"'year' must lie in {first}-{last}"
        self.say((years < first) | (years > last), lambda row: f"{must}, found {row['year']}")

    def states(self) -> None:
        state = self.frame["state"].to_numpy()
        value, low, high = self.column("value"), self.column("low"), self.column("high")
        numerator, denominator = self.column("numerator"), self.column("denominator")
        known = ~(np.isnan(value) & np.isnan(low) & np.isnan(high))
        known |= ~np.isnan(numerator)
        present = (state == State.measured) | (state == State.estimate)
        self.say(present & ~known, "a measured or estimated figure needs a number",
                 "where there is none, the state is 'missing'")  # fmt: skip
        self.say(~present & known,
                 lambda row: f"the state '{State(row['state']).name}' has no number",
                 "leave the number out, or change the state")  # fmt: skip
        self.say(low > high, "'low' must not exceed 'high'")
        self.say(~np.isnan(value) & ~(np.isnan(low) & np.isnan(high)),
                 "give 'value', or 'low' and 'high', not both")  # fmt: skip
        self.say(np.isnan(numerator) != np.isnan(denominator),
                 "'numerator' and 'denominator' go together")  # fmt: skip
        self.say(denominator < 0, "'denominator' must not be negative")
        self.say(self.column("assigned") < 0, "'assigned' must not be negative")
        if "published_verdict" in self.frame:
            verdicts = ("exceeded", "met", "not_met", "not_yet", "")
            wrong = ~self.frame["published_verdict"].isin(verdicts).to_numpy()
            self.say(wrong, "'published_verdict' must be exceeded, met, not_met or not_yet")

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
            message = f"this area, year, vintage and member already stand in line {firsts[at]}"
            self.say(one, message, "a revision has its own vintage")

    def goal(self, goal: Goal) -> None:
        for wrong, message, hint in self._faults(goal):
            self.say(wrong, message, hint)

    def _members(self) -> pd.Series[Any]:
        members = self.frame["member"]
        return members if self.positions is None else members.iloc[self.positions]

    def _faults(self, goal: Goal) -> Iterator[tuple[Mask, Any, Any]]:
        target = goal.main_target()
        value, low, high = self.column("value"), self.column("low"), self.column("high")
        yes_no = "must be 1 (yes) or 0 (no)"
        not_yes_no = ~np.isnan(value) & (value != 0) & (value != 1)
        if target.comparison is Comparison.done:
            yield not_yes_no, lambda row: f"{yes_no}, found {row['value']:g}", None
        elif target.comparison is Comparison.all_of:
            yield from self._member_faults(goal, not_yes_no)
        elif "member" in self.frame:
            named = self._members().ne("").to_numpy()
            yield named, "'member' is for goals that name their members", None
        if target.basis is Basis.share:
            yield from self._share_faults(goal, value)
        elif target.basis is Basis.growth:
            yield from self._ratio_faults(value)
        if target.basis in {Basis.level, Basis.count}:
            limits = goal.limits_of(target)
            for end, sign, word in ((limits.low, 1, "below"), (limits.high, -1, "above")):
                if end is None:
                    continue
                for figure in (value, low, high):
                    wrong = sign * (figure - end) < -1e-9 * max(1.0, abs(end))
                    message = f"a figure {word} its natural limit {end:g}"
                    yield wrong, lambda row, m=message: f"{m}, found {_number(row)}", None

    def _member_faults(self, goal: Goal, not_yes_no: Mask) -> Iterator[tuple[Mask, Any, Any]]:
        known = [m.id for t in goal.all_targets() for m in t.members]
        if "member" not in self.frame:
            yield (
                np.ones(len(not_yes_no), bool),
                f"needs a 'member' column: {', '.join(known)}",
                None,
            )
            return
        members = self._members()
        yield (
            ~members.isin(known).to_numpy(),
            lambda row: f"'member' must be one of {', '.join(known)}, found '{row['member']}'",
            lambda row: did_you_mean(str(row["member"]), known),
        )
        yield not_yes_no, lambda row: f"must be 1 (yes) or 0 (no), found {row['value']:g}", None

    def _share_faults(self, goal: Goal, value: Any) -> Iterator[tuple[Mask, Any, Any]]:
        numerator, denominator = self.column("numerator"), self.column("denominator")
        low, high = self.column("low"), self.column("high")
        if goal.limits_of(goal.main_target()).high == 100:
            yield (
                numerator > denominator,
                lambda row: (
                    "'numerator' must not exceed 'denominator', "
                    f"found {row['numerator']:g} of {row['denominator']:g}"
                ),
                None,
            )
            for figure, name in ((value, "value"), (low, "low"), (high, "high")):
                yield (
                    (figure > 100) | (figure < 0),
                    lambda row, n=name: f"a share must lie between 0 and 100, found {row[n]:g}",
                    lambda row, n=name: f"{row[n]:g} of how many? give both numbers",
                )
        yield from self._ratio_faults(value)

    def _ratio_faults(self, value: Any) -> Iterator[tuple[Mask, Any, Any]]:
        numerator, denominator = self.column("numerator"), self.column("denominator")
        with np.errstate(divide="ignore", invalid="ignore"):
            made = 100 * numerator / denominator
            wrong = np.isfinite(made) & (np.abs(made - value) > half_unit(value))
        yield (
            wrong,
            lambda row: (
                f"the stated {row['value']:g} % does not follow from "
                f"{row['numerator']:g} of {row['denominator']:g}, which is "
                f"{100 * row['numerator'] / row['denominator']:.4g} %"
            ),
            "correct it, or leave 'value' empty and keep the stated figure in 'words'",
        )


def half_unit(value: Any) -> Any:
    """Half a unit of the last printed digit of each figure, with room for binary rounding.

    >>> [round(float(x), 6) for x in half_unit(np.array([71.0, 71.2, 71.25]))]
    [0.500001, 0.05, 0.005]
    """
    half = np.full(value.shape, 0.5e-6)
    for digits in range(5, -1, -1):
        printed = np.abs(np.round(value, digits) - value) < 1e-9 * np.maximum(1.0, np.abs(value))
        half[printed] = 0.5 * 10.0**-digits
    return half * (1 + 1e-6) + 1e-9


def _number(row: Any) -> str:
    names = [n for n in ("value", "low", "high") if n in row and not np.isnan(row[n])]
    return " to ".join(f"{row[name]:g}" for name in names)
