"""How many published verdicts the computed ones agree with, each held against what was known then.

A verdict was published of the figures of its day: it is held against the plan and the figures as
they stood on the day of its own report, not against a figure that was revised since. When two
verdicts agree is told by ``GoalVerdict.disagrees``, here as on every page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import whole_rows
from planlib.plan.periods.calendar import Frequency, period
from planlib.plan.verdicts import Verdict

if TYPE_CHECKING:
    from planlib.evaluation.evaluation import Evaluation


@dataclass(frozen=True)
class Agreement:
    """How many verdicts were published, and those that the computed ones do not agree with."""

    published: int
    differing: tuple[GoalVerdict, ...]

    @property
    def agreed(self) -> int:
        """How many of them the computed ones agree with."""
        return self.published - len(self.differing)


def agreement(verdicts: Iterable[GoalVerdict]) -> Agreement:
    """The agreement of verdicts, each with the published one beside it."""
    both = [one for one in verdicts if one.published_verdict is not None]
    return Agreement(len(both), tuple(one for one in both if one.disagrees))


def agreement_of(evaluation: Evaluation) -> Agreement:
    """The agreement of every verdict published with a figure of the evaluation."""
    frame = evaluation.figures.frame
    if "published_verdict" not in frame:
        return Agreement(0, ())
    rows = whole_rows(frame[frame["published_verdict"] != ""])
    calendar, term = evaluation.plan.calendar, evaluation.plan.header.term
    first, last = term.first, term.last
    found: list[GoalVerdict] = []
    for day in sorted(map(int, rows["vintage"].unique())):
        published = rows[rows["vintage"] == day]
        then = evaluation.as_known_on(day) if day > 0 else evaluation
        columns = ("goal", "area", "year", "published_verdict")
        for goal, area, year, word in zip(*(published[name] for name in columns), strict=True):
            if first <= calendar.within(int(year), Frequency.year) <= last:
                (verdict,) = then.year_verdicts(str(area), period(int(year)), [str(goal)])
                # A row that says there is no figure may say what was published all the same.
                exceeds = evaluation.scores(str(area)).published_exceeds(str(area))
                found.append(
                    replace(
                        verdict, published_verdict=Verdict[str(word)], published_exceeds=exceeds
                    )
                )
    return agreement(found)
