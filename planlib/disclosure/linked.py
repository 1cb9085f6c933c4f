"""Finds the figures that hang together with withheld ones, and has their complements chosen.

Only goals with a denominator or parts that add up, and areas with parts, are tied to anything; of
those only groups that hold a withheld figure are looked at, each year on its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from planlib.disclosure.relations import ALL, COUNT, HAVING, REST, Cell, Reports, tie
from planlib.disclosure.small_counts import RowCounts, held_back, least_count
from planlib.disclosure.tied import Bools, Floats, Ints, Tied
from planlib.model.counting import counts, is_share
from planlib.model.goal import Goal
from planlib.model.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

DULL = 3.0  # how much more the figure of a goal that is not sensitive is worth to a reader


def linked_complements(
    plan: Plan, frame: pd.DataFrame, told: RowCounts, figure: Ints, withheld: Bools
) -> Bools:
    """The figures to withhold besides the withheld ones; ``figure`` numbers each row's figure."""
    besides = np.zeros(len(withheld), bool)
    parts_of = _parts_of(plan)
    whole = {part: area for area, parts in parts_of.items() for part in parts}
    under: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, parts in parts_of.items():
        under[_top(whole, name)][name] = parts
    cluster, place, linked = _clusters(plan, frame, whole)
    if not linked.any():
        return besides
    # scipy.optimize takes as long to import as all the rest; most figures need none of it.
    from planlib.disclosure.complements import complements

    year = frame["year"].to_numpy().astype(np.int64)
    key = (cluster * (int(place.max()) + 1) + place) * 10_000 + year
    rows = np.flatnonzero(linked & np.isin(key, np.unique(key[withheld[figure] & linked])))
    rows = rows[np.lexsort((frame["vintage"].to_numpy()[rows], key[rows]))]
    ends = np.flatnonzero(np.diff(key[rows])) + 1
    office = held_back(frame)
    for group in np.split(rows, ends) if len(rows) else []:
        year_told = _Year(plan, frame, told, group, figure, office)
        tie(plan, year_told.reports, under[_top(whole, str(frame["area"].iat[group[0]]))])
        for figures, tied in year_told.pieces(withheld):
            besides[figures[complements(tied)]] = True
    return besides


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
) -> tuple[Ints, Ints, Bools]:
    """For every row the cluster of its goal and of its area, and whether anything ties it."""
    lead = {goal.id: goal.id for goal in plan.goals}

    def leader(name: str) -> str:
        while lead[name] != name:
            name = lead[name]
        return name

    adding = {goal.id for goal in plan.goals if goal.parts_add_up}
    for goal in plan.goals:
        others = [goal.denominator] if goal.denominator is not None else []
        others += [goal.part_of] if goal.part_of in adding and goal.part_of is not None else []
        for other in others:
            lead[leader(goal.id)] = leader(plan.goal(other).id)
    sizes: dict[str, int] = {}
    for name in lead:
        sizes[leader(name)] = sizes.get(leader(name), 0) + 1
    places = {name: at for at, name in enumerate(lead)}
    goals = [str(name) for name in frame["goal"].cat.categories]
    known = [name if name in lead else None for name in goals]
    goal_cluster = np.array([-1 if n is None else places[leader(n)] for n in known], np.int64)
    goal_linked = np.array([n is not None and sizes[leader(n)] > 1 for n in known], bool)

    areas = [str(name) for name in frame["area"].cat.categories]
    tops = [_top(whole, name) for name in areas]
    order = {name: at for at, name in enumerate(dict.fromkeys(tops))}
    area_cluster = np.array([order[name] for name in tops], np.int64)
    wholes = set(whole.values())
    area_linked = np.array([name in wholes or name in whole for name in areas], bool)
    goal_code, area_code = (frame[n].cat.codes.to_numpy() for n in ("goal", "area"))
    linked = (goal_linked[goal_code] | area_linked[area_code]) & (goal_cluster[goal_code] >= 0)
    return goal_cluster[goal_code], area_cluster[area_code], linked


def _protect(cell: Cell) -> bool:
    """A small count, or one the office withheld.

    All there are of a share it withheld need no protection of their own: where they are few, the
    figure that counts them is small itself.
    """
    return cell.small or (cell.count is None and cell.group is not None and cell.kind != ALL)


class _Year:
    """The reports of figures that may hang together in one year, with their ties."""

    def __init__(
        self, plan: Plan, frame: pd.DataFrame, told: RowCounts, rows: Ints, figure: Ints,
        office: Bools,
    ) -> None:  # fmt: skip
        self.plan, self.told = plan, told
        self.reports = Reports()
        self.figure: dict[tuple[str, str], int] = {}
        self.told_rows: dict[int, int] = {}
        area, goal = (frame[name].to_numpy()[rows] for name in ("area", "goal"))
        for at in np.lexsort((frame["vintage"].to_numpy()[rows], goal, area)):
            row = int(rows[at])
            group = (str(area[at]), str(goal[at]))
            self.figure[group] = int(figure[row])
            self.told_rows[int(figure[row])] = self.told_rows.get(int(figure[row]), 0) + 1
            cells = self._cells(plan.goal(group[1]), group, row, bool(office[row]))
            self.reports.add(group, int(frame["vintage"].to_numpy()[row]), cells)

    def _cells(
        self, goal: Goal, group: tuple[str, str], row: int, unknown: bool
    ) -> dict[str, Cell]:
        told, least = self.told, self.told.least[row]

        def cell(kind: str, *ends: float) -> Cell | None:
            known = [end for end in ends if not np.isnan(end)]
            if not known and not unknown:
                return None
            few = goal.sensitive and any(0 < end < least for end in known)
            return Cell(group, kind, known[0] if known else None, few)

        if counts(goal):
            found = {COUNT: cell(COUNT, told.value[row], told.low[row], told.high[row])}
        else:
            found = {
                HAVING: cell(HAVING, told.numerator[row]),
                ALL: cell(ALL, told.denominator[row]),
            }
            if is_share(goal):
                found[REST] = cell(REST, told.rest[row])
        return {kind: one for kind, one in found.items() if one is not None}

    def pieces(self, withheld: Bools) -> list[tuple[Any, Tied]]:
        """The problems that fall apart from one another and hold a withheld figure."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        cells, groups = self.reports.cells, list(self.figure)
        node = {group: at for at, group in enumerate(groups)}
        latent = len(groups)
        of_cell = np.empty(len(cells), np.int64)
        for at, cell in enumerate(cells):
            if cell.group is None:
                of_cell[at], latent = latent, latent + 1
            else:
                of_cell[at] = node[cell.group]
        pairs = [
            (of_cell[tie.cells[0]], of_cell[other])
            for tie in self.reports.ties
            for other in tie.cells[1:]
        ]
        ends = np.array(pairs, np.int64).reshape(-1, 2)
        graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(latent, latent))
        many, label = connected_components(graph, directed=False)
        figures = np.array([self.figure[group] for group in groups], np.int64)
        hidden = withheld[figures]
        wanted = [
            piece
            for piece in range(many)
            if hidden[mine := label[: len(groups)] == piece].any() and not hidden[mine].all()
        ]
        return [self._piece(of_cell, label, piece, groups, figures, withheld) for piece in wanted]

    def _piece(
        self, of_cell: Ints, label: Ints, piece: int, groups: list[tuple[str, str]],
        figures: Ints, withheld: Bools,
    ) -> tuple[Any, Tied]:  # fmt: skip
        mine = np.flatnonzero(label[: len(groups)] == piece)
        position = {int(group): at for at, group in enumerate(mine)}
        chosen = np.flatnonzero(label[of_cell] == piece)
        index = {int(cell): at for at, cell in enumerate(chosen)}
        cells = [self.reports.cells[cell] for cell in chosen]
        figure = np.array([position.get(int(of_cell[cell]), -1) for cell in chosen], np.int64)
        count = np.array([np.nan if c.count is None else c.count for c in cells], float)
        least = np.array([self._least(c.group) for c in cells], float)
        ties = [
            ([index[cell] for cell in tie.cells], tie.signs)
            for tie in self.reports.ties
            if tie.cells[0] in index
        ]
        tied = Tied(
            count=count,
            figure=figure,
            small=np.array([c.small for c in cells], bool),
            protect=np.array([_protect(c) for c in cells], bool),
            least=least,
            ties=ties,
            withheld=withheld[figures[mine]],
            cost=self._costs([groups[at] for at in mine], figures[mine], figure, count),
        )
        return figures[mine], tied

    def _least(self, group: tuple[str, str] | None) -> float:
        return float(least_count(self.plan, None if group is None else self.plan.goal(group[1])))

    def _costs(
        self, groups: list[tuple[str, str]], figures: Ints, figure: Ints, count: Floats
    ) -> Floats:
        """What a reader loses: reports times the size of the count, more where nobody is at risk."""
        largest = np.zeros(len(groups))
        known = (figure >= 0) & ~np.isnan(count)
        np.maximum.at(largest, figure[known], count[known])
        rows = np.array([self.told_rows[int(one)] for one in figures], float)
        dull = np.array([1.0 if self.plan.goal(goal).sensitive else DULL for _, goal in groups])
        return np.asarray(rows * dull * (1 + np.log2(1 + np.maximum(largest, 0))))
