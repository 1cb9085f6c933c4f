"""Scores a panel: every area, goal and year in one call, or every area and goal for the term.

The position in time is the end of the scored year, or the as-of date where that is earlier. A
figure short of its target is ``not_met`` only once its time is up, before that ``not_yet``. Without
a figure the answer is ``not_due`` while the deadline lies ahead, else ``no_data``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from planlib.figures.observations import EXCLUSIVE, Observations
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.scoring.figure_arrays import NO_ROW
from planlib.scoring.goal_arrays import KINDS, NUMBERS, GoalScores
from planlib.scoring.panel import Panel
from planlib.scoring.time.along import score_goal, score_goal_term
from planlib.scoring.verdict import Verdict

if TYPE_CHECKING:  # whoever wants a verdict's name must not wait for pandas
    import pandas as pd


@dataclass(frozen=True)
class Standing:
    """Where a review stands: the last year it looks at, and the date whose figures it knows.

    ``as_of`` is a day number (see ``planlib.figures.observations.vintage_day``); None knows every
    figure and takes every year as over.
    """

    year: int
    as_of: int | None = None


def score(
    plan: Plan,
    observations: Observations,
    *,
    years: Sequence[int] | None = None,
    areas: Sequence[str] | None = None,
    as_of: int | None = None,
    goals: Iterable[Goal] | None = None,
    readings: dict[str, str] | None = None,
) -> pd.DataFrame:
    """Yearly verdicts: one row a goal, group, area and year, in the order of the plan.

    The groups a goal is followed for come after the whole, whose ``group`` is empty.

    ``years`` are reporting years of the term (all by default), ``areas`` those of the figures,
    ``as_of`` a day number that says which figures are known, which years are over and which
    revisions of the plan are made, ``goals`` the ones wanted, each scored as it stands in that plan,
    ``readings`` names a reading other than the default for some goals.

    Columns: ``goal, group, area, year, vintage, verdict, published_verdict, row`` (position of the
    figure's row in the observations, −1 without one), ``secured, impossible`` and the numbers
    ``value, low, high`` (the figure compared: percent for shares, quotas and changes, the running
    total for totals), ``level, attainment, road, time_share, schedule_index, required_per_year,
    seen_per_year``; NaN where there is no such number. ``exclusive`` names the end that is not part
    of the figure ("under 5"): low, high, both or nothing; ``decided`` is the year whose figure it is
    (see ``score_term``). Raises ValueError for a year outside the
    term, KeyError for an unknown reading.
    """
    wanted = tuple(years) if years is not None else plan.years
    for year in wanted:
        if year not in plan.years:
            raise ValueError(f"the year must lie in {plan.years[0]}-{plan.years[-1]}, found {year}")
    plan = plan.in_force(as_of)
    panel = Panel(plan, observations, areas=areas, as_of=as_of)
    chosen = _with_groups(panel, plan.versions_of(goals))
    parts = (
        score_goal(panel, goal, wanted, as_of, (readings or {}).get(goal.id)) for goal in chosen
    )
    return _frame(panel, observations, chosen, parts, wanted)


def score_term(
    plan: Plan,
    observations: Observations,
    *,
    standing: Standing | None = None,
    areas: Sequence[str] | None = None,
    goals: Iterable[Goal] | None = None,
    readings: dict[str, str] | None = None,
) -> pd.DataFrame:
    """Verdicts on the term as it stands: one row a goal, group and area; columns as in ``score``.

    A target of every year, or one to keep, is met when every year so far is; a missed year makes
    it impossible. ``year`` is the last year looked at, ``decided`` the one that decided and that the
    figure, the level and the row are of: the first that was missed, else the newest that counted.
    """
    at = standing or Standing(plan.years[-1])
    if at.year not in plan.years:
        raise ValueError(f"the year must lie in {plan.years[0]}-{plan.years[-1]}, found {at.year}")
    plan = plan.in_force(at.as_of)
    panel = Panel(plan, observations, areas=areas, as_of=at.as_of)
    chosen = _with_groups(panel, plan.versions_of(goals))
    parts = (
        score_goal_term(panel, goal, at.year, at.as_of, (readings or {}).get(goal.id))
        for goal in chosen
    )
    return _frame(panel, observations, chosen, parts, (at.year,))


def _with_groups(panel: Panel, goals: Iterable[Goal]) -> tuple[Goal, ...]:
    """Each goal of everybody, then of each group it is followed for."""
    return tuple(one for goal in goals for one in (goal, *map(goal.in_group, panel.groups(goal))))


def _frame(
    panel: Panel,
    observations: Observations,
    goals: Sequence[Goal],
    parts: Iterable[GoalScores],
    years: Sequence[int],
) -> pd.DataFrame:
    """Stack goal × area × year arrays into a tidy frame, holding one goal's arrays at a time."""
    import pandas as pd

    areas, width = len(panel.areas), len(years)
    cells = areas * width
    whole = {name: np.empty((len(goals), cells), kind) for name, kind in KINDS.items()}
    for index, part in enumerate(parts):
        for name, column in whole.items():
            column[index] = getattr(part, name).reshape(-1)
    flat = {name: column.reshape(-1) for name, column in whole.items()}

    goal_codes = np.repeat(np.arange(len(goals), dtype=np.int16), cells)
    area_codes = np.tile(np.repeat(np.arange(areas, dtype=np.int32), width), len(goals))
    columns: dict[str, Any] = {
        "goal": _named(goal_codes, [goal.id for goal in goals]),
        "group": _named(goal_codes, [goal.group for goal in goals]),
        "area": _labelled(area_codes, list(panel.areas)),
        "year": np.tile(np.asarray(years, np.int32), len(goals) * areas),
        "vintage": flat["vintage"],
        "verdict": _labelled(flat["verdict"], [verdict.name for verdict in Verdict]),
        "published_verdict": _published(observations, flat["row"]),
        "secured": flat["secured"],
        "impossible": flat["impossible"],
        "row": flat["row"],
        "decided": flat["decided"],
        "exclusive": _labelled(flat["exclusive"], EXCLUSIVE),
    }
    columns |= {name: flat[name] for name in NUMBERS}
    return pd.DataFrame(columns, copy=False)


def _named(codes: Any, names: Sequence[str]) -> Any:
    """As ``_labelled``, of names of which several may be the same."""
    known = list(dict.fromkeys(names))
    places = {name: at for at, name in enumerate(known)}
    return _labelled(np.array([places[name] for name in names], np.int16)[codes], known)


def _labelled(codes: Any, names: Sequence[str]) -> Any:
    """Text columns as codes: a name is stored once, however many rows carry it."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, pd.Index(list(names), dtype="str"))


def _published(observations: Observations, row: Any) -> Any:
    """The published verdict that stands in the figure's own row, where there is one."""
    names = [verdict.name for verdict in Verdict]
    codes = np.full(len(row), -1, np.int8)
    if "published_verdict" in observations.frame:
        column = observations.frame["published_verdict"].cat
        of = np.array([names.index(c) if c in names else -1 for c in column.categories], np.int8)
        known = row != NO_ROW
        codes[known] = of[column.codes.to_numpy()[row[known]]]
    return _labelled(codes, names)
