"""One area's goals under other people's rules: what each would call them, and where they disagree.

The rules are those of ``planlib.scoring.rules``; none of them is planlib's verdict. How a goal
of a plan becomes a series they can judge:

- the figures are those the goal is compared by, year by year up to the year asked, the newest
  report up to the as-of day counting; intervals and words are left out;
- the target is the near end of the goal's target in that year, to be reached by its due year, by
  the year itself where it holds every year, else by the end of the term;
- the road starts in the plan's baseline year, or from the baseline the goal states; a running
  total starts from zero before the term;
- yes/no goals, goals of named members, changes on another year and figures held against a quota
  that is new every year are no series with a road: they come out with the reason.

Rules disagree on a goal where their statuses are not all good, all middling or all bad; which is
which stands with each rule (``Method.statuses``; its classes are explained in ``Standing``). Rules
that say nothing on the goal, comparisons of areas and gradings of bodies take no part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.evaluation.checked import whole_year
from planlib.evaluation.resolved import Resolved
from planlib.evaluation.verdicts import clean
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, starting_in
from planlib.plan.target import EACH_PERIOD, RECURRING, Basis, Cadence, Target
from planlib.scoring.figures import own_figures
from planlib.scoring.pace import adds_up
from planlib.scoring.panel import Panel
from planlib.scoring.rules import METHODS, Method, assess
from planlib.scoring.rules.results import WHY_NOT as RULE_WHY_NOT
from planlib.scoring.verdict import Floats

# Reasons that lie in the goal, beside those of the rules (catalogues: ``method.why_not.<key>``).
WHY_NOT: dict[str, str] = RULE_WHY_NOT | {
    "yes_no": "a yes/no goal has no figures with a road between them",
    "members": "a goal of named members is counted, and the rules know no members",
    "change": "the figure is itself a change on another year, with no road of its own",
    "others": "the figure is held against those of others, and the rules know one series",
    "quota": "the figure is held against a new quota every year, so the years form no road",
    "total_low": "a running total that must stay low has no road",
    "no_target_yet": "no target is set for this year",
}


@dataclass(frozen=True, repr=False)
class MethodRow(Brief):
    """One goal under one rule.

    ``status`` is None where the rule cannot give one; ``why_not`` then says why, and ``why_key`` is
    the key of that sentence in ``WHY_NOT``. ``disagreement`` says whether the rules disagree on the
    goal; it is the same in all rows of a goal.
    """

    goal: str
    method: str
    status: str | None
    score: float | None
    ratio: float | None
    why_not: str
    why_key: str
    disagreement: bool

    @property
    def record(self) -> dict[str, Any]:
        """The row as other programs read it."""
        names = ("goal", "method", "status", "score", "ratio", "why_not")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class _Road:
    """A goal as a series: its target row, the area's figures, and the newest of every area.

    ``newest`` and ``newest_year`` are by area, NaN and any year where an area has no figure.
    """

    target: dict[str, Any]
    figures: dict[int, float]
    newest: Floats
    newest_year: npt.NDArray[np.int64]


def methods(evaluation: Resolved, area: str, year: int) -> tuple[MethodRow, ...]:
    """Every goal under every published rule, in the order of the plan and of ``METHODS``.

    The rules are of years: a shorter period stands for the last year over at its end. Raises
    InputError for a period outside the term.
    """
    year = whole_year(evaluation.plan, year)
    evaluation = evaluation.along(Frequency.year)
    plan = evaluation.plan
    panel = Panel(plan, evaluation.figures, as_of=evaluation.as_of)
    roads: dict[str, _Road | str] = {goal.id: _road(panel, goal, area, year) for goal in plan.goals}
    judged = {name: road for name, road in roads.items() if isinstance(road, _Road)}
    answers = {method.id: _asked(method, area, panel.areas, judged) for method in METHODS}
    return tuple(row for goal in plan.goals for row in _rows(goal.id, roads[goal.id], answers))


def _rows(
    goal: str, road: _Road | str, answers: dict[str, dict[str, dict[str, Any]]]
) -> Iterator[MethodRow]:
    """A goal's rows, one a rule."""
    by_method: dict[str, dict[str, Any]] = {}
    for method in METHODS:
        if isinstance(road, _Road):
            by_method[method.id] = answers[method.id][goal]
        else:
            why = WHY_NOT["lens" if method.lens else road]
            by_method[method.id] = {
                "status": None,
                "score": np.nan,
                "ratio": np.nan,
                "why_not": why,
            }
    standings = {
        method.statuses[by_method[method.id]["status"]]
        for method in METHODS
        if by_method[method.id]["status"] is not None
    }
    disagreement = len(standings - {None}) > 1
    for name, answer in by_method.items():
        yield MethodRow(
            goal=goal,
            method=name,
            status=answer["status"],
            score=clean(answer["score"]),
            ratio=clean(answer["ratio"]),
            why_not=answer["why_not"],
            why_key=next((k for k, text in WHY_NOT.items() if text == answer["why_not"]), ""),
            disagreement=disagreement,
        )


def _asked(
    method: Method, area: str, areas: tuple[str, ...], roads: dict[str, _Road]
) -> dict[str, dict[str, Any]]:
    """What a rule answers, by goal."""
    if not roads:
        return {}
    targets = pd.DataFrame([road.target for road in roads.values()])
    if method.id == "oecd":
        targets["area"] = area
        observations = pd.DataFrame(
            {
                "series": np.repeat(np.array(list(roads), object), len(areas)),
                "area": list(areas) * len(roads),
                "year": np.concatenate([road.newest_year for road in roads.values()]),
                "value": np.concatenate([road.newest for road in roads.values()]),
            }
        )
    else:
        pairs = [(g, at, v) for g, road in roads.items() for at, v in road.figures.items()]
        observations = pd.DataFrame(pairs, columns=["series", "year", "value"])
    result = assess(method.id, observations, targets)
    status = result["status"].astype(object)
    result["status"] = status.where(status.notna(), None)
    rows = ({str(name): cell for name, cell in row.items()} for row in result.to_dict("records"))
    return {row["series"]: row for row in rows}


def _road(panel: Panel, goal: Goal, area: str, year: int) -> _Road | str:
    """A goal as a series, or the key of the reason why it is none."""
    plan, goal = panel.plan, goal.in_area(area)
    target = goal.target_for(year) or goal.term_target
    if target is None:
        return "no_target_yet"
    if reason := _no_road(target):
        return reason
    limits = goal.limits_of(target)
    made = own_figures(panel, goal, target)
    years = [one for one in panel.years if one <= year]
    base_year = goal.baseline.year if goal.baseline else plan.base_period
    stated = {goal.baseline.year: goal.baseline.value} if goal.baseline else {}
    if adds_up(target):
        # Amounts of earlier years are no part of the total; before the term it stands at zero.
        base_year = plan.years[0] - 1
        years, stated = [one for one in years if one > base_year], {base_year: 0.0}
    block = made.point[:, [panel.year_index(one) for one in years]]
    known = np.isfinite(block)
    last = block.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    mine = panel.areas.index(area) if area in panel.areas else None
    figures = {}
    if mine is not None:
        figures = {one: float(block[mine, at]) for at, one in enumerate(years) if known[mine, at]}
    lower = target.better == "lower"
    return _Road(
        target={
            "series": goal.id,
            "base_year": starting_in(base_year),
            "target": target.near,
            "target_year": starting_in(_deadline(target, year, plan.years[-1])),
            "direction": "decrease" if lower else "increase",
            "limit": limits.low if lower else limits.high,
            "every_year": target.cadence in EACH_PERIOD,
        },
        figures={starting_in(one): figure for one, figure in (stated | figures).items()},
        newest=np.where(known.any(axis=1), block[np.arange(len(block)), last], np.nan),
        newest_year=np.asarray([starting_in(one) for one in years], np.int64)[last],
    )


def _no_road(target: Target) -> str | None:
    """Why figures held against such a target form no road; None where they do."""
    if target.kind.figure == "yes_no":
        return "yes_no"
    if target.kind.figure == "members":
        return "members"
    if target.kind.of_others:
        return "others"
    if target.moves or target.basis is Basis.growth:
        return "change"
    if target.basis is Basis.quota:
        return "quota"
    return "total_low" if adds_up(target) and target.better == "lower" else None


def _deadline(target: Target, year: int, last: int) -> int:
    if target.cadence is Cadence.by and target.due is not None:
        return target.due
    return year if target.cadence in RECURRING else last
