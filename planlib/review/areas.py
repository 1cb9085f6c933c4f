"""One goal in one period, area beside area: who differs by more than chance, and who cannot be told apart.

Only what the audience may see goes in: the figure of all areas, limits, shrinkage, ranks and peers
are made from shown figures alone, so none of them gives a withheld one away.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from planlib.errors import refused, said
from planlib.evaluation import Evaluation
from planlib.evaluation.checked import known_group
from planlib.evaluation.verdicts import clean
from planlib.figures.observations import Observations
from planlib.language.text import Text
from planlib.plan.areas import Area
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Basis
from planlib.review.area_cases import AreaCases, cases_of, merit_of
from planlib.review.area_funnel import Funnel
from planlib.review.compared_areas import (
    AreaComparison,
    ComparedArea,
    CurvePoint,
    LeftOut,
    Standing,
    State,
)
from planlib.scoring.comparing.limits import CONTROL, WARNING, Floats
from planlib.scoring.comparing.peers import peers
from planlib.scoring.comparing.unequal import inequality
from planlib.scoring.figures import own_figures
from planlib.scoring.panel import Panel

LIMITS = ("exact", "public-health")
SIDES = {1: "high", -1: "low"}


def area_comparison(
    evaluation: Evaluation, goal_id: str, period: int | str, *, group: str = "",
    order_by: str | None = None, limits: str = "exact",
) -> AreaComparison:  # fmt: skip
    """Every area of an evaluation in one goal and period.

    ``group`` is one group such as ``sex=women``. ``order_by`` is another goal, whose figures put the
    areas in order for the gap of fifths and the slope index. ``limits`` are ``exact``, or
    ``public-health``: those of ``planlib.scoring.comparing.practice``. Raises InputError for what is
    unknown, and for a goal that is done or not.
    """
    if limits not in LIMITS:
        raise refused(said("review.limits-unknown", known=", ".join(LIMITS), found=repr(limits)))
    known = evaluation.goal(goal_id)
    other = known if order_by is None else evaluation.goal(order_by)
    at_group = known_group(evaluation.plan, known, group)
    view, at = evaluation.at(period)
    goal, ordering = (view.plan.goal(one.id) for one in (known, other))
    goal = goal.in_group(at_group) if at_group else goal
    for one in (goal, ordering):
        refuse_done(one)
    frame = view.figures.frame
    mine = Observations(
        frame[frame["goal"].isin([goal.id, ordering.id]).to_numpy()].reset_index(drop=True)
    )
    places, left_out = _places(view.plan, view.areas, at)
    panel = Panel(view.plan, mine, areas=places, as_of=view.as_of)
    return _Comparing(view, panel, goal, ordering, at, limits).result(left_out)


def refuse_done(goal: Goal) -> None:
    """Raise InputError where a goal is done or not: there is no figure to compare areas by."""
    if goal.main_target().kind.figure == "yes_no":
        subject = said("figures.goal-subject", goal=goal.id)
        raise refused(said("review.done-not-compared"), subject=subject)


def _places(
    plan: Plan, areas: Sequence[str], at: int
) -> tuple[list[str], list[tuple[str, LeftOut]]]:
    """The areas that may be compared: no whole beside its parts, none that was not there."""
    registry = plan.areas_by_id
    wholes = {one.part_of for area in areas if (one := registry.get(area)) is not None}
    first, last = plan.calendar.end(at - 1) + 1, plan.calendar.end(at)
    places: list[str] = []
    left_out: list[tuple[str, LeftOut]] = []
    for area in areas:
        one = registry.get(area)
        if area in wholes:
            left_out.append((area, "has_parts"))
        elif one is not None and not _there(one, first, last):
            left_out.append((area, "not_there"))
        else:
            places.append(area)
    return places, left_out


def _there(area: Area, first: int, last: int) -> bool:
    """Whether an area existed on any day from the first to the last."""
    begun = area.valid_from is None or area.valid_from.toordinal() <= last
    return begun and (area.valid_to is None or area.valid_to.toordinal() >= first)


class _Comparing:
    """One comparison while it is made; every array is in areas."""

    def __init__(
        self, view: Evaluation, panel: Panel, goal: Goal, ordering: Goal, at: int, limits: str
    ) -> None:
        self.view, self.plan, self.panel, self.goal, self.at = view, view.plan, panel, goal, at
        self.ordering, self.limits = ordering, limits
        self.target = (goal.target_for(at) or goal.main_target()).natural
        self.column = panel.year_index(at)
        self.made = own_figures(panel, goal, self.target)
        self.points = self.made.point
        self.value = self.points[:, self.column]
        self.cases: AreaCases = cases_of(panel, goal, self.target, self.column, self.value)
        merit = merit_of(self.target, self.cases.scale)
        self.funnel = Funnel(self.cases, self.value, merit, limits)
        registry = self.plan.areas_by_id
        groups = [one.peer_group if (one := registry.get(area)) else None for area in panel.areas]
        self.peers = peers(self.cases.size, groups)
        self.base, self.at_base = self._base()

    def result(self, left_out: Sequence[tuple[str, LeftOut]]) -> AreaComparison:
        """The comparison."""
        frame, cases, funnel = self.panel.observations.frame, self.cases, self.funnel
        held = frame[(frame["goal"].astype(str) == self.goal.id).to_numpy()]
        held = held[(held["year"] == self.at).to_numpy()].reset_index(drop=True)
        order = self.value
        if self.ordering.id != self.goal.id:
            aim = self.ordering.target_for(self.at) or self.ordering.main_target()
            order = own_figures(self.panel, self.ordering, aim).point[:, self.column]
        by_size = cases.method != "none"
        weight = np.nan_to_num(cases.size) if by_size else np.ones(self.value.shape)
        sizeless = not by_size and self.target.basis is Basis.count  # of areas large and small
        return AreaComparison(
            plan=self.plan,
            goal=self.goal,
            target=self.target,
            period=self.at,
            as_of=self.view.as_of_text,
            public=self.view.public,
            illustrative=Observations(held).illustrative,
            limits=self.limits,
            method=cases.method,
            silence=cases.silence,
            scale=cases.scale,
            merit=merit_of(self.target, 1.0),
            average=clean(funnel.overall * cases.scale),
            areas=tuple(self._area(place) for place in range(len(self.panel.areas))),
            spread=funnel.spread,
            unequal=None if sizeless else inequality(self.value, order, weight),
            ordered_by=self.ordering,
            base=self.base,
            curve=tuple(CurvePoint(*point) for point in funnel.curve()),
            left_out=tuple(left_out),
            sources=_each(held, "source"),
            files=_each(held, "file"),
        )

    def _area(self, place: int) -> ComparedArea:
        funnel, scale, area = self.funnel, self.cases.scale, self.panel.areas[place]

        def told(rates: Floats, times: float = scale) -> float | None:
            return clean(float(rates[place]) * times)

        def whole(numbers: Floats) -> int | None:
            return int(numbers[place]) if np.isfinite(numbers[place]) else None

        lower, upper = funnel.limits[CONTROL]
        warned_low, warned_high = funnel.limits[WARNING]
        low, high = whole(funnel.low), whole(funnel.high)
        before = None if self.base is None else clean(float(self.at_base[place]))
        value = told(self.value, 1.0)
        moved = None if before is None or value is None else clean(value - before)
        history = self._history(place)
        since = self.base if moved is not None else history[0][0] if len(history) > 1 else None
        return ComparedArea(
            area=area,
            state=self._state(place),
            value=value,
            cases=told(self.cases.count, 1.0) if funnel.drawn[place] else None,
            n=told(self.cases.size, 1.0),
            lower=told(lower),
            upper=told(upper),
            lower_95=told(warned_low),
            upper_95=told(warned_high),
            outside=SIDES.get(int(funnel.sides[CONTROL][place])),
            warned=SIDES.get(int(funnel.sides[WARNING][place])),
            beyond_spread=SIDES.get(int(funnel.wider[place])),
            shrunken=told(funnel.shrunken),
            rank=whole(funnel.rank),
            rank_low=low,
            rank_high=high,
            standing=_standing(low, high, int(funnel.drawn.sum())),
            peers=tuple(self.panel.areas[one] for one in self.peers[place]),
            peers_value=self._together(self.peers[place]),
            before=before,
            change=moved,
            breaks=() if since is None else self._breaks(area, since),
            history=history,
        )

    def _history(self, place: int) -> tuple[tuple[int, float], ...]:
        years = [year for year in (self.base, *self.plan.years) if year and year <= self.at]
        found = ((one, clean(float(self.points[place, self.panel.year_index(one)]))) for one in
                 dict.fromkeys(years))  # fmt: skip
        return tuple((one, value) for one, value in found if value is not None)

    def _state(self, place: int) -> State:
        made, at = self.made, (place, self.column)
        if np.isfinite(self.value[place]):
            return "known"
        if made.withheld[at] or made.hidden[at]:
            return "withheld"
        if made.not_applicable[at]:
            return "not_applicable"
        if made.not_due[at]:
            return "not_due"
        return "missing" if made.missing[at] or np.isnan(made.low[at]) else "interval"

    def _together(self, places: Sequence[int]) -> float | None:
        """The figure of some areas together: of all their cases, else the mean of their figures."""
        some = np.array(places, np.int64)
        if self.cases.method == "none":
            known = self.value[some][np.isfinite(self.value[some])]
            return clean(float(known.mean())) if len(known) else None
        some = some[self.funnel.drawn[some]]
        if not len(some):
            return None
        count, size = self.cases.count[some].sum(), self.cases.size[some].sum()
        return clean(float(self.cases.scale * count / size))

    def _base(self) -> tuple[int | None, Floats]:
        """The period changes are counted from: the plan's baseline, else the first with a figure."""
        years = [year for year in (self.plan.base_period, *self.plan.years) if year < self.at]
        for year in years:
            at = self.panel.year_index(year)
            if at >= 0 and np.isfinite(self.points[:, at]).any():
                return year, self.points[:, at]
        return None, np.full(self.value.shape, np.nan)

    def _breaks(self, area: str, since: int) -> tuple[tuple[date, Text], ...]:
        """What happened to the boundary or to what is counted between two periods."""
        place, end = self.plan.areas_by_id.get(area), self.plan.calendar.end
        found = [(change.date, change.note) for change in (place.changes if place else ())]
        found += [(one.date, one.definition) for one in self.goal.breaks if one.definition]
        return tuple(
            (day, note)
            for day, note in sorted(found, key=lambda one: one[0])
            if end(since) < day.toordinal() <= end(self.at)
        )


def _each(frame: pd.DataFrame, name: str) -> tuple[str, ...]:
    """The texts of a column, each once; none where there is no such column."""
    found = frame[name].unique() if name in frame else ()
    return tuple(text for one in found if (text := str(one)))


def _standing(low: int | None, high: int | None, number: int) -> Standing | None:
    """Whether all of a band of ranks lies in one half."""
    if low is None or high is None:
        return None
    middle = (number + 1) / 2
    return "better" if high < middle else "worse" if low > middle else "alike"
