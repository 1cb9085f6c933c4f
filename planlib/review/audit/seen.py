"""What the figures of a plan say of its goals, in all areas together, along whole years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.resolved import TOGETHER
from planlib.evaluation.scores import AreaScores
from planlib.figures.observations import ILLUSTRATIVE, State, whole_rows
from planlib.outlook.goal_figures import goal_figures
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.scoring.verdict import MISSED, REACHED, Bools, Codes, Floats, Verdict

KNOWN = (State.measured, State.estimate, State.suppressed, State.not_applicable)
OVER = [int(one) for one in (*REACHED, *MISSED)]  # verdicts that no time is left to change


@dataclass(frozen=True)
class GoalSeen:
    """One goal in all areas; arrays are areas × years.

    ``values`` is the figure as its target compares it, ``amounts`` what a pace is read from (the
    yearly amount of a total), neither across a change of boundary or definition; both may begin
    before the term (``years``). ``codes`` are the verdicts of the years of the term. ``hinges``
    counts the verdicts that another reading would change, of ``judged``.
    """

    years: npt.NDArray[np.int64]
    values: Floats
    amounts: Floats
    codes: Codes
    hinges: int
    judged: int


class PlanSeen:
    """The figures of a plan as an audit asks them; ``last`` is the newest year with any,
    ``today`` the day it is asked on: the end of that year where none was named."""

    def __init__(self, evaluation: Evaluation) -> None:
        view = evaluation.along(Frequency.year)
        self.plan: Plan = view.plan
        self.areas = view.areas
        frame = whole_rows(evaluation.figures.frame)
        known = frame[frame["state"].isin([int(one) for one in KNOWN])]
        if evaluation.as_of is not None:
            known = known[known["vintage"] <= evaluation.as_of]
        self.collected = frozenset(map(str, known["goal"].unique())) & {*self.plan.goal_ids}
        calendar = self.plan.calendar
        ended = {calendar.within(int(year), Frequency.year) for year in known["year"].unique()}
        self.last = max(ended, default=self.plan.years[0] - 1)
        self.today = evaluation.as_of or calendar.end(self.last)
        self.illustrative = frozenset[str]()
        if "source" in known:
            sources = known["source"].cat.categories
            made_up = known["source"].isin([one for one in sources if one.startswith(ILLUSTRATIVE)])
            self.illustrative = frozenset(map(str, known["goal"][made_up].unique()))
        self.first = self.plan.years[0]
        self._starts: dict[str, tuple[Bools, npt.NDArray[np.int64]]] = {}
        self._parts: dict[str, list[GoalSeen]] = {goal.id: [] for goal in self.plan.goals}
        for start in range(0, max(len(self.areas), 1), TOGETHER):  # without areas too
            some = self.areas[start : start + TOGETHER]
            figures = view.figures_about(some)
            self._look(AreaScores(self.plan, figures, some, view.as_of))

    def _look(self, scores: AreaScores) -> None:
        plan, panel = self.plan, scores.panel
        after = plan.years[-1]
        for goal in plan.goals:
            target = goal.main_target().natural
            figured = goal_figures(panel, goal, target, after, plan.areas_by_id)
            with np.errstate(invalid="ignore"):
                values = np.where(np.isfinite(figured.compared), figured.compared, np.nan)
            codes = scores.yearly(goal).verdict
            hinges, judged = _hinges(scores, goal, codes)
            seen = GoalSeen(figured.years, values, figured.value, codes, hinges, judged)
            self._parts[goal.id].append(seen)

    def of(self, goal: Goal) -> GoalSeen:
        """One goal in all areas."""
        parts = self._parts[goal.id]
        if len(parts) > 1:
            first = max(int(one.years[0]) for one in parts)  # blocks may begin in different years
            cut = [int(first - one.years[0]) for one in parts]
            parts[:] = [
                GoalSeen(
                    parts[0].years[cut[0] :],
                    np.concatenate([o.values[:, c:] for o, c in zip(parts, cut, strict=True)]),
                    np.concatenate([o.amounts[:, c:] for o, c in zip(parts, cut, strict=True)]),
                    np.concatenate([one.codes for one in parts]),
                    sum(one.hinges for one in parts),
                    sum(one.judged for one in parts),
                )
            ]
        return parts[0]

    def asked(self, goal: Goal) -> bool:
        """Whether a figure of a goal was due in a year of which others have one."""
        so_far = [year <= self.last for year in self.plan.years]
        return bool((self.of(goal).codes[:, so_far] == Verdict.no_data).any())

    def before_term(self, goal: Goal, row: int) -> tuple[int, float] | None:
        """The newest figure of an area from before the term, with its year."""
        if goal.id not in self._starts:
            seen = self.of(goal)
            early = int((seen.years < self.first).sum())
            known = ~np.isnan(seen.values[:, :early])
            there = np.asarray(known.any(axis=1))
            newest = np.zeros(len(known), np.int64)
            if early:
                newest = early - 1 - np.asarray(known[:, ::-1].argmax(axis=1), np.int64)
            self._starts[goal.id] = there, newest
        there, newest = self._starts[goal.id]
        if not there[row]:
            return None
        seen, at = self.of(goal), int(newest[row])
        return int(seen.years[at]), float(seen.values[row, at])


def _hinges(scores: AreaScores, goal: Goal, codes: Codes) -> tuple[int, int]:
    """How many judged verdicts another reading would change, and of how many."""
    if not goal.readings:
        return 0, 0
    changed = np.zeros(codes.shape, bool)
    for reading in goal.readings:
        other = scores.yearly(goal, reading.id).verdict
        changed |= (other != codes) & np.isin(other, OVER)
    judged = np.isin(codes, OVER)
    return int((changed & judged).sum()), int(judged.sum())


def tally(codes: Codes) -> tuple[int, int, int]:
    """How many verdicts are exceeded, met, and missed once the time was up.

    >>> tally(np.array([[Verdict.exceeded, Verdict.met], [Verdict.not_met, Verdict.no_data]]))
    (1, 1, 1)
    """
    exceeded, met = int((codes == Verdict.exceeded).sum()), int((codes == Verdict.met).sum())
    missed = int(np.isin(codes, [int(one) for one in MISSED]).sum())
    return exceeded, met, missed
