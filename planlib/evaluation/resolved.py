"""A plan and its figures, resolved for one day and one audience, with every verdict remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from planlib.evaluation.checked import known_period
from planlib.evaluation.others import figures_about
from planlib.evaluation.scores import AreaScores, of_latest_year
from planlib.evaluation.seen_figures import SeenFigures
from planlib.evaluation.verdicts import GoalVerdict, term_verdict, year_verdict
from planlib.figures.observations import Observations
from planlib.plan.goal import Goal
from planlib.scoring.verdict import Codes

TOGETHER = 500  # areas scored in one go: enough to be fast, few enough to be small
MOST_CELLS = 2_000_000  # goals × areas × years that are remembered: some 200 MB


class Resolved(SeenFigures):
    """Seen figures with their verdicts. The parts of this room take it as their one input."""

    def figures_about(self, areas: Sequence[str], *, ranked: bool = True) -> Observations:
        """The figures of some areas, and those of others that theirs are held against."""
        return figures_about(self.plan, self.figures, areas, ranked=ranked)

    def score(self, areas: Sequence[str]) -> None:
        """Score some areas together, those that are not yet: faster than one after another."""
        missing = [area for area in dict.fromkeys(areas) if area not in self._scores]
        for start in range(0, len(missing), TOGETHER):
            self._scored_together(missing[start : start + TOGETHER])

    def _scored_together(self, areas: Sequence[str]) -> AreaScores:
        mine = self.figures_about(areas)
        block = AreaScores(self.plan, mine, areas, self.as_of, self.learned)
        self._scores.update(dict.fromkeys(areas, block))
        self._blocks.append(block)
        self._forget()
        return block

    def _forget(self) -> None:
        """Let go of what was scored first, where it is more than should be remembered."""
        width = len(self.plan.goals) * (len(self.plan.years) + 1)
        for oldest in self._blocks[:-1]:
            if len(self._scores) * width <= MOST_CELLS:
                return
            with suppress(ValueError):  # another thread has let go of it
                self._blocks.remove(oldest)
            for area in oldest.areas:
                self._scores.pop(area, None)

    def scores(self, area: str) -> AreaScores:
        """The verdicts of an area as arrays, among others perhaps that were scored with it."""
        found = self._scores.get(area)  # held here: another thread may let go of it meanwhile
        return self._scored_together(self._from(area)) if found is None else found

    def _from(self, area: str) -> Sequence[str]:
        """An area, and those after it that are scored with it."""
        if self._together == 1 or area not in self.areas:
            return [area]
        at = self.areas.index(area)
        after = self.areas[at + 1 : at + self._together]
        return [area, *(one for one in after if one not in self._scores)]

    def scores_known_by(self, area: str, day: int) -> AreaScores:
        """The verdicts of an area by the same plan and on the same day, from what was known earlier."""
        if (area, day) not in self._earlier:
            seen = self.figures_about([area]).frame
            known = Observations(seen[seen["vintage"] <= day].reset_index(drop=True))
            self._earlier[area, day] = AreaScores(self.plan, known, [area], self.as_of)
        return self._earlier[area, day]

    def year_verdicts(
        self, area: str, year: int, goals: Iterable[str] | None = None
    ) -> tuple[GoalVerdict, ...]:
        """The verdicts of an area in a year, of all goals by default. Raises InputError."""
        view, at = self.at(year)
        if view is not self:
            return view.year_verdicts(area, at, goals)
        scores = self.scores(area)
        return tuple(year_verdict(scores, goal, area, at) for goal in self._goals(goals))

    def term_verdicts(
        self, area: str, through: int | None = None, goals: Iterable[str] | None = None
    ) -> tuple[GoalVerdict, ...]:
        """The verdicts of an area on the term so far, up to its end by default. Raises InputError."""
        view, at = self.at(self.plan.years[-1] if through is None else through)
        if view is not self:
            return view.term_verdicts(area, at, goals)
        scores = self.scores(area)
        return tuple(term_verdict(scores, goal, area, at) for goal in self._goals(goals))

    def midterm_verdicts(self, area: str, after: int) -> tuple[GoalVerdict, ...]:
        """What a mid-term review judges by: goals of every year by their latest year."""
        return self._at_midterm(area, after, self.plan.goals)

    def group_verdicts(
        self, area: str, year: int | None, goals: Iterable[str] | None = None
    ) -> tuple[GoalVerdict, ...]:
        """The verdicts of the groups of goals in a year, or on the term without one."""
        if year is not None and (view := self.at(year)[0]) is not self:
            return view.group_verdicts(area, year, goals)
        scores = self.scores(area)
        return tuple(
            self.verdict_of(one, area, year)
            for goal in self._goals(goals)
            for one in scores.groups(goal, area)
        )

    def verdict_of(self, goal: Goal, area: str, year: int | None) -> GoalVerdict:
        """The verdict on a goal, of everybody or of its group, in a year or on the term."""
        view, at = self.at(self.plan.years[-1] if year is None else year)
        if view is not self:
            return view.verdict_of(view.scores(area).panel.version(goal), area, at)
        judge = term_verdict if year is None else year_verdict
        return judge(self.scores(area), goal, area, at)

    def midterm_group_verdicts(self, area: str, after: int) -> tuple[GoalVerdict, ...]:
        """What a mid-term review judges the groups of goals by."""
        scores = self.scores(area)
        return self._at_midterm(
            area, after, [one for goal in self.plan.goals for one in scores.groups(goal, area)]
        )

    def _at_midterm(self, area: str, after: int, goals: Iterable[Goal]) -> tuple[GoalVerdict, ...]:
        scores, at = self.scores(area), known_period(self.plan, after)
        return tuple(
            (year_verdict if of_latest_year(goal) else term_verdict)(scores, goal, area, at)
            for goal in goals
        )

    def codes(self, area: str) -> Codes:
        """Codes of an area's verdicts as goals × (years of the term, then mid-term)."""
        scores = self.scores(area)
        found: Codes = scores.codes(self.plan.midterm_after)[scores.place(area)]
        return found

    def _goals(self, names: Iterable[str] | None) -> tuple[Goal, ...]:
        return self.plan.goals if names is None else tuple(map(self.goal, names))
