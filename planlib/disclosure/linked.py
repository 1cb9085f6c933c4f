"""Finds the figures that hang together with withheld ones, and has their complements chosen.

Only goals with a denominator, a stock, groups or parts that add up, and areas with parts, are tied to
anything; of those only groups that hold a withheld figure are looked at, each year on its own where
nothing ties it to the next.

Each day on which something was reported is a release, or may have been one: what was told until
then is out, whatever is withheld from then on. So the days are gone through in order, and the
pattern of a day is made from nothing that was reported after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from planlib.disclosure.constraints import Bools, Ints
from planlib.disclosure.groups import tie_groups
from planlib.disclosure.relations import tie
from planlib.disclosure.release import Release, Reported
from planlib.disclosure.small_counts import NEVER, RowCounts, column, group_texts, held_back
from planlib.disclosure.years import tie_years
from planlib.plan.counting import counts, is_growth
from planlib.plan.plan import Plan

if TYPE_CHECKING:
    import pandas as pd


def linked_complements(
    plan: Plan, frame: pd.DataFrame, reported: RowCounts, figure: Ints, since: Ints
) -> Ints:
    """The day from which each figure is withheld, with complements; NEVER where it is told.

    ``figure`` numbers each row's figure, ``since`` is the day from which each has to be withheld
    for its own sake.
    """
    since = since.copy()
    parts_of = _parts_of(plan)
    whole = {part: area for area, parts in parts_of.items() for part in parts}
    under: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, parts in parts_of.items():
        under[_top(whole, name)][name] = parts
    cluster, place, across, linked = _clusters(plan, frame, whole)
    if not linked.any():
        return since
    year = np.where(across, 0, frame["year"].to_numpy().astype(np.int64))
    key = (cluster * (int(place.max()) + 1) + place) * 10_000 + year
    people = _of_people(plan, frame)
    wanted = ((since != NEVER)[figure] | people) & linked
    rows = np.flatnonzero(linked & np.isin(key, np.unique(key[wanted])))
    rows = rows[np.lexsort((frame["vintage"].to_numpy()[rows], key[rows]))]
    ends = np.flatnonzero(np.diff(key[rows])) + 1
    table = Reported(frame, reported, figure, held_back(frame))
    vintage = frame["vintage"].to_numpy().astype(np.int64)
    for group in np.split(rows, ends) if len(rows) else []:
        inside = under[_top(whole, str(frame["area"].iat[group[0]]))]
        for day in np.unique([vintage[group], reported.since[group]]):
            known = group[vintage[group] <= day]
            if not (people[known].any() or (since[figure[known]] <= day).any()):
                continue
            release = Release(plan, table, known, since, int(day))
            tie(plan, release.reports, inside)
            tie_years(plan, release.reports)
            tie_groups(plan, release.reports)
            for figures, constraints in release.pieces():
                # scipy.optimize takes as long to import as all the rest; few figures get here.
                from planlib.disclosure.complements import complements

                since[figures[complements(constraints)]] = day
    return since


def _split(frame: pd.DataFrame) -> set[str]:
    """The goals that are told of groups too."""
    texts = group_texts(frame)
    return set(frame["goal"].astype(str).to_numpy()[texts != ""])


def _of_people(plan: Plan, frame: pd.DataFrame) -> Bools:
    """The rows of groups whose rest, which nobody tells, may be few people."""
    sensitive = [goal.id for goal in plan.goals if goal.sensitive and goal.by]
    told = group_texts(frame) != ""
    return np.asarray(told & frame["goal"].isin(sensitive).to_numpy())


def _parts_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    parts: dict[str, list[str]] = {}
    for area in plan.registry:
        if area.part_of is not None:
            parts.setdefault(area.part_of, []).append(area.id)
    return {whole: tuple(sorted(names)) for whole, names in sorted(parts.items())}


def _top(whole: Mapping[str, str], name: str) -> str:
    """The area that an area is part of and that is part of no other."""
    while name in whole:
        name = whole[name]
    return name


def _clusters(
    plan: Plan, frame: pd.DataFrame, whole: Mapping[str, str]
) -> tuple[Ints, Ints, Bools, Bools]:
    """For every row the cluster of its goal and of its area, whether years are tied, and whether
    anything ties it at all."""
    lead = {goal.id: goal.id for goal in plan.goals}

    def leader(name: str) -> str:
        while lead[name] != name:
            name = lead[name]
        return name

    adding = {goal.id for goal in plan.goals if goal.parts_add_up}
    for goal in plan.goals:
        others = [goal.denominator] if goal.denominator is not None else []
        others += [goal.part_of] if goal.part_of in adding and goal.part_of is not None else []
        others += [*goal.inflows, *goal.outflows]
        for other in others:
            lead[leader(goal.id)] = leader(plan.goal(other).id)
    sizes: dict[str, int] = {}
    for name in lead:
        sizes[leader(name)] = sizes.get(leader(name), 0) + 1
    places = {name: at for at, name in enumerate(lead)}
    goals = [str(name) for name in frame["goal"].cat.categories]
    known = [name if name in lead else None for name in goals]
    goal_cluster = np.array([-1 if n is None else places[leader(n)] for n in known], np.int64)
    timed = {leader(name) for name in _years_tied(plan, frame)}
    goal_across = np.array([n is not None and leader(n) in timed for n in known], bool)
    split = _split(frame)
    goal_linked = goal_across | [
        n in split or (n is not None and sizes[leader(n)] > 1) for n in known
    ]

    areas = [str(name) for name in frame["area"].cat.categories]
    tops = [_top(whole, name) for name in areas]
    order = {name: at for at, name in enumerate(dict.fromkeys(tops))}
    area_cluster = np.array([order[name] for name in tops], np.int64)
    wholes = set(whole.values())
    area_linked = np.array([name in wholes or name in whole for name in areas], bool)
    goal_code, area_code = (frame[n].cat.codes.to_numpy() for n in ("goal", "area"))
    linked = (goal_linked[goal_code] | area_linked[area_code]) & (goal_cluster[goal_code] >= 0)
    return goal_cluster[goal_code], area_cluster[area_code], goal_across[goal_code], linked


def _years_tied(plan: Plan, frame: pd.DataFrame) -> list[str]:
    """The goals whose figures of one year may say something of another year's."""
    below = frame["goal"][~np.isnan(column(frame, "denominator"))]
    with_base = set(map(str, below.cat.remove_unused_categories().cat.categories))
    return [
        goal.id
        for goal in plan.goals
        if goal.inflows
        or goal.outflows
        or is_growth(goal)
        or (counts(goal) and goal.id in with_base)
    ]
