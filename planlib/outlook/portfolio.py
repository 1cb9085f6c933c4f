"""All goals of a plan in all areas as one pool, forecast together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planlib.figures.observations import Observations
from planlib.outlook.constants import DEFAULTS, Constants
from planlib.outlook.counts import MetHabit, habits
from planlib.outlook.goal_figures import Figured, goal_figures
from planlib.outlook.kinds import Kind, Silence, kind_of
from planlib.outlook.pool import Uncertainty, pool
from planlib.outlook.scales import Scale
from planlib.outlook.trend import Ints
from planlib.outlook.walk import POOL_LEAST, Walk, walk
from planlib.outlook.windows import Windows
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import INSIDE, Bools, Floats, position

MOST_AREAS = 500  # that a forecast leans on; more teach nothing new
SCALES = {
    Kind.share_walk: Scale.logit,
    Kind.amount_walk: Scale.log,
    Kind.plain_walk: Scale.plain,
    Kind.compounding: Scale.compound,
    Kind.summed: Scale.log,
}


@dataclass(frozen=True)
class Asked:
    """One goal with the target that counts at the end, the distribution chosen, its figures."""

    goal: Goal
    target: Target | None
    kind: Kind | Silence
    figured: Figured | None


@dataclass(frozen=True)
class Walked:
    """The walks of every goal and area with three figures or more, forecast together.

    ``goals`` are those that have them; ``windows.series`` counts through their areas, goal by goal.
    ``pooled`` says whether they lean on each other.
    """

    windows: Windows
    walk: Walk
    goals: tuple[str, ...]
    pooled: bool


@dataclass(frozen=True)
class Portfolio:
    """What was asked of each goal, and what all of them together foretell.

    ``after`` is the last year looked at. Walks and habits are worked out when the first goal with
    years to come asks for them: a plan whose term is over asks for none.
    """

    plan: Plan
    areas: tuple[str, ...]
    asked: tuple[Asked, ...]
    after: int
    constants: Constants = DEFAULTS

    @cached_property
    def walked(self) -> Walked | None:
        """All walks of the pool; None where no goal has figures that walk."""
        return _walked(self)

    @cached_property
    def habits(self) -> Mapping[str, MetHabit]:
        """The priors of the yes/no goals, an area each."""
        return _habits(self.asked)

    @property
    def pooled(self) -> bool:
        """Whether goals and areas lean on each other."""
        return self.walked is not None and self.walked.pooled

    def habit(self, goal: str, row: int) -> MetHabit:
        """What is believed of a yes/no goal's years in the area of a row."""
        whole = self.habits[goal]
        return MetHabit(np.asarray(whole.mean)[row], np.asarray(whole.weight)[row])

    def of(self, goal: str, area: str) -> tuple[Walk, int] | None:
        """The walk of one goal in one area and the year of its last figure; None without one."""
        made = self.walked
        if made is None or goal not in made.goals or area not in self.areas:
            return None
        series = made.goals.index(goal) * len(self.areas) + self.areas.index(area)
        row = int(np.searchsorted(made.windows.series, series))
        if row == len(made.windows.series) or made.windows.series[row] != series:
            return None
        return made.walk.take(np.array([row])), int(made.windows.origin[row])


def portfolio(
    plan: Plan, observations: Observations, area: str, after: int, as_of: int | None = None,
    constants: Constants = DEFAULTS, *, areas: Sequence[str] | None = None,
) -> Portfolio:  # fmt: skip
    """Forecast every goal of a plan, pooled over its goals and over the areas of the figures.

    ``after`` is the last year looked at; the walks reach to the end of the term. The area asked
    for is always among those pooled; of more than 500 areas every k-th is (``pooled_areas``, unless
    ``areas`` names them).
    """
    plan = plan.in_force(as_of)
    areas = tuple(areas or pooled_areas(areas_with_figures(observations), area))
    panel = Panel(plan, observations, areas=areas, as_of=as_of)
    asked = tuple(_asked(panel, goal.in_area(area), after) for goal in plan.goals)
    return Portfolio(plan, areas, asked, after, constants)


def with_figures(
    known: Portfolio, goals: Collection[str], plan: Plan, observations: Observations,
    as_of: int | None = None,
) -> Portfolio:  # fmt: skip
    """The same forecast with other figures of some goals, and with those of all others as they were."""
    panel = Panel(plan.in_force(as_of), observations, areas=known.areas, as_of=as_of)
    asked = tuple(
        _asked(panel, one.goal, known.after) if one.goal.id in goals else one for one in known.asked
    )
    return Portfolio(panel.plan, known.areas, asked, known.after, DEFAULTS)


def _walked(found: Portfolio) -> Walked | None:
    plan, areas = found.plan, found.areas
    walks = [one for one in found.asked if one.kind in SCALES and one.figured is not None]
    if not walks:
        return None
    figured = [one.figured for one in walks if one.figured is not None]
    years: Ints = figured[0].years
    group = np.repeat(np.arange(len(walks)), len(areas))
    kinds = np.repeat([_scale(one) for one in walks], len(areas)).astype(np.int64)
    low = np.repeat([_limits(one)[0] for one in walks], len(areas))
    high = np.repeat([_limits(one)[1] for one in walks], len(areas))
    pooled = pool(
        np.concatenate([one.value for one in figured]), years, kinds, group, low=low, high=high,
        uncertainty=Uncertainty(
            noise=np.concatenate([one.noise for one in figured]),
            least=np.concatenate([one.least for one in figured]),
            most=np.concatenate([one.most for one in figured]),
        ),
    )  # fmt: skip
    # A series may end before the last year looked at: reach as far from there.
    ahead = max(plan.years[-1] - int(years[0]), 1)
    horizons = min(ahead, plan.years[-1] - found.after + 3)
    windows, made = walk(pooled, max(horizons, 1), constants=found.constants)
    goals = tuple(one.goal.id for one in walks)
    return Walked(windows, made, goals, pooled=len(windows.series) >= POOL_LEAST)


def _habits(asked: Sequence[Asked]) -> dict[str, MetHabit]:
    """The priors of all yes/no goals, learned from all of them in all areas."""
    yes: list[Ints] = []
    known: list[Ints] = []
    goals = []
    for one in asked:
        if one.kind is not Kind.beta_binomial or one.figured is None or one.target is None:
            continue
        value = one.figured.value
        yes.append(good_side(value, one.target).sum(axis=1))
        known.append((~np.isnan(value)).sum(axis=1))
        goals.append(one.goal.id)
    if not goals:
        return {}
    size = len(yes[0])
    whole = habits(
        np.concatenate(yes), np.concatenate(known), np.repeat(np.arange(len(goals)), size)
    )
    parts = (np.asarray(part).reshape(len(goals), size) for part in (whole.mean, whole.weight))
    return {goal: MetHabit(*both) for goal, *both in zip(goals, *parts, strict=True)}


def good_side(figures: Floats, target: Target) -> Bools:
    """Which figures are on the good side; unknown ones are not."""
    if target.kind.figure == "members":
        return np.asarray(figures >= len(target.members))
    return np.asarray((position(figures, target) >= INSIDE) & ~np.isnan(figures))


def areas_with_figures(observations: Observations) -> list[str]:
    """The areas that have any figure, in the order of the rows."""
    return [str(name) for name in observations.frame["area"].unique()]


def pooled_areas(held: Sequence[str], area: str) -> tuple[str, ...]:
    """The areas, of those with figures, that a forecast of one leans on; itself comes first."""
    step = -(-len(held) // MOST_AREAS)
    return tuple(dict.fromkeys([area, *held[:: max(step, 1)]]))


def final_target(goal: Goal) -> Target | None:
    """The target a goal is held against at the end of the term."""
    term = goal.term_target_for()
    if term is not None:
        return term
    return max(goal.yearly, key=lambda one: one.year) if goal.yearly else None


def _asked(panel: Panel, goal: Goal, after: int) -> Asked:
    target = final_target(goal)
    if target is None:
        return Asked(goal, None, Silence.no_target, None)
    figured = goal_figures(panel, goal, target, after, panel.plan.areas_by_id)
    kind = kind_of(goal, target, figured.value)
    if kind is Kind.gamma_poisson and not _whole_years(figured):
        kind = Silence.open_interval
    return Asked(goal, target, kind, figured)


def _whole_years(figured: Figured) -> bool:
    return not bool(figured.open_end.any())


def _scale(one: Asked) -> Scale:
    assert isinstance(one.kind, Kind) and one.figured is not None
    scale = SCALES[one.kind]
    known = one.figured.value[np.isfinite(one.figured.value)]
    if scale in {Scale.log, Scale.compound} and len(known) and float(known.min()) < _limits(one)[0]:
        return Scale.plain
    return scale


def _limits(one: Asked) -> tuple[float, float]:
    """Natural limits of the figure that is forecast, infinite where there is none."""
    assert one.target is not None
    if one.kind in {Kind.compounding, Kind.summed}:
        return 0.0, np.inf
    limits = one.goal.limits_of(one.target)
    low = -np.inf if limits.low is None else limits.low
    if one.kind is Kind.amount_walk and limits.low is None:
        low = 0.0
    return low, np.inf if limits.high is None else limits.high
