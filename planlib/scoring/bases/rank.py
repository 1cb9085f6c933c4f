"""The place of a figure among those of all areas in the same period, the best being first.

Areas that are alike share a place, and the next one is left out: 1, 2, 2, 4. Ranked are the areas
with a figure, one that is withheld too: it may be any, so the place of the others is told from the
best to the worst it can be. Where that decides, it is a verdict, else the verdict is withheld.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.plan.targets.others import least_ranked, places_among
from planlib.scoring.bases.relative import Figures
from planlib.scoring.compared import Compared
from planlib.scoring.figure_arrays import Floats
from planlib.scoring.panel import Panel
from planlib.scoring.verdict import INSIDE, SAME, SHORT, Bools


def ranked(panel: Panel, goal: Goal, target: Target, made: Compared, figures: Figures) -> Compared:
    """Places from 1, as intervals where they hang on what is withheld or told as an interval."""
    assert target.among is not None  # the caller sees to it
    peers = panel.elsewhere(target.of or None)
    everybody = panel.plan.goal(goal.id)
    if goal.group:
        everybody = everybody.in_group(goal.group)
    others = figures(peers, everybody, target)
    known, hidden = ~np.isnan(others.low), others.withheld & np.isnan(others.low)
    whole = np.zeros(known.shape, bool) if target.of else _wholes(panel.plan, peers, known | hidden)
    known, hidden = known & ~whole, hidden & ~whole
    at = {area: place for place, area in enumerate(peers.areas)}
    place = np.array([at.get(area, -1) for area in panel.areas], np.int64)
    listed = (place >= 0)[:, None]
    apart = np.vstack([whole, np.zeros((1, whole.shape[1]), bool)])  # where nobody has a figure
    ranked_here = np.where(listed, ~apart[place], not target.of)
    worst, best = _ends(others, target)
    own_worst, own_best = _ends(made, target)
    shape = made.low.shape
    first, last, surely = (np.full(shape, np.nan) for _ in range(3))
    for column in range(shape[1]):
        here = known[:, column]
        lows, highs = np.sort(worst[here, column]), np.sort(best[here, column])
        mine_worst, mine_best = own_worst[:, column], own_best[:, column]
        itself = ranked_here[:, column] & _better(mine_best, mine_worst)
        first[:, column] = 1 + _how_many_better(lows, mine_best)
        surely[:, column] = 1 + _how_many_better(highs, mine_worst) - itself
        last[:, column] = surely[:, column] + hidden[:, column].sum()
    count = (known | hidden).sum(axis=0)
    places = np.array([places_among(target.among, int(n)) for n in count])
    enough = count >= least_ranked(target.among, target.of_at_least)
    told = ~np.isnan(made.low) & enough
    outside = ~ranked_here & ~made.withheld
    # A place that hangs on what is withheld tells of it.
    secret = told & (last > places) & (surely <= places) & ~outside
    gone = secret | ~told | outside
    low = np.where(gone, np.nan, first)
    return replace(
        made,
        low=low,
        high=np.where(gone, np.nan, last),
        missing=(made.missing | (~np.isnan(made.low) & ~enough)) & ~outside,
        withheld=made.withheld | secret,
        not_applicable=made.not_applicable | outside,
        exclusive=None,
        against=np.broadcast_to(count.astype(np.float64), shape),
        sides=np.where(last <= places, INSIDE, SHORT).astype(np.int8),
    )


def _wholes(plan: Plan, peers: Panel, has: Bools) -> Bools:
    """The areas of which a part has a figure in the same period: no whole ranks beside its parts."""
    at = {area: place for place, area in enumerate(peers.areas)}
    parent = np.full(len(peers.areas), -1)
    for name, place in at.items():
        area = plan.areas_by_id.get(name)
        above = None if area is None else area.part_of
        while above is not None and above not in at:
            area = plan.areas_by_id.get(above)
            above = None if area is None else area.part_of
        parent[place] = at.get(above or "", -1)
    parts = np.flatnonzero(parent >= 0)
    found, below = np.zeros(has.shape, bool), has
    while len(parts):
        above_it = np.zeros(has.shape, bool)
        np.logical_or.at(above_it, parent[parts], below[parts])
        if not (above_it & ~found).any():
            break
        found |= above_it
        below = above_it
    return found


def _ends(made: Compared, target: Target) -> tuple[Floats, Floats]:
    """The worse and the better end of figures, more being better."""
    return (-made.high, -made.low) if target.better == "lower" else (made.low, made.high)


def _how_many_better(ordered: Floats, than: Floats) -> Floats:
    """How many of some figures in order are better than each of others; equal ones are not."""
    near = np.where(np.isfinite(than), SAME * np.abs(than), 0.0)
    return np.asarray(len(ordered) - np.searchsorted(ordered, than + near, side="right"), float)


def _better(one: Floats, than: Floats) -> Bools:
    """Which figures are better than others, equal ones not."""
    with np.errstate(invalid="ignore"):
        near = np.where(np.isfinite(than), SAME * np.abs(than), 0.0)
        return np.asarray(one > than + near)
