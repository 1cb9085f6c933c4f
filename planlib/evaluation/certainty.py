"""How sure the verdicts of some areas are, from what all figures of an evaluation teach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from planlib.evaluation.given.figures import GivenFigures
from planlib.figures.observations import WHAT_IF
from planlib.plan.brief import Brief
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.plan.verdicts import JUDGED, Verdict
from planlib.scoring.certainty.errors import error_columns
from planlib.scoring.certainty.lessons import Lessons
from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.panel import Panel

SOURCES = ("rounding", "sampling", "revision")  # of error, by their bits
DIGITS = 4
SURE = 0.95
Silence = Literal[
    "", "not_judged", "not_a_number", "of_others", "stands_in", "supposed", "open", "unknown"
]


@dataclass(frozen=True)
class Certainty:
    """How sure a verdict is: the chance that the final figure gives the same.

    ``sources`` are the errors it takes into account. Where ``chance`` is None, ``why_not`` says why:
    nothing was judged; yes or no, or members, have no error; the figures of
    others that it is held against have errors too; the figure is that of an earlier
    period, supposed, or open to a side; or no error of it is known.
    """

    chance: float | None
    sources: tuple[str, ...] = ()
    why_not: Silence = ""


def unsure(certainty: float | None) -> bool:
    """Whether a verdict is so little sure that a reader must be told."""
    return certainty is not None and certainty < SURE


@dataclass(repr=False)
class LearnedOnce(Brief):
    """What the figures of an evaluation teach of revisions, learned when it is first asked for."""

    plan: Plan
    given: GivenFigures
    as_of: int | None
    _learned: Lessons | None = field(default=None)

    def lessons(self) -> Lessons:
        """What is learned of every goal."""
        if self._learned is None:
            self._learned = self.given.lessons(self.plan, self.as_of)
        return self._learned

    def beside(self, panel: Panel) -> Panel:
        """A panel with the errors of its figures beside them."""
        frame = panel.observations.frame
        return panel.with_errors(error_columns(panel.plan, frame, self.lessons()))


def certainty_at(
    scores: GoalScores, at: tuple[int, int], target: Target | None, file: str
) -> Certainty:
    """How sure one verdict is; ``file`` is where its figure stands."""
    chance = float(scores.certainty_of(at))
    bits = int(scores.sources[at])
    if not np.isnan(chance):
        heard = tuple(name for bit, name in enumerate(SOURCES) if bits >> bit & 1)
        return Certainty(round(chance, DIGITS), heard)
    return Certainty(None, why_not=_why_not(scores, at, target, file))


def _why_not(scores: GoalScores, at: tuple[int, int], target: Target | None, file: str) -> Silence:
    if Verdict(int(scores.verdict[at])) not in JUDGED:
        return "not_judged"
    if target is not None and target.kind.figure != "number":
        return "not_a_number"
    if target is not None and target.kind.of_others:
        return "of_others"
    if scores.stood_in[at]:
        return "stands_in"
    if file == WHAT_IF:
        return "supposed"
    if np.isnan(scores.value[at]) and not (np.isnan(scores.low[at]) and np.isnan(scores.high[at])):
        return "open"
    return "unknown"
