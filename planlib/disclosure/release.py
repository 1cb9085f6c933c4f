"""One release: what was reported until a day, which of it is out, and what hangs together in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planlib.disclosure.constraints import Bools, Constraints, Floats, Ints
from planlib.disclosure.relations import ALL, COUNT, HAVING, REST, ReportedCount, Reports, Subject
from planlib.disclosure.small_counts import RowCounts, group_texts, least_count
from planlib.plan.counting import counts, is_share
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan

if TYPE_CHECKING:
    import pandas as pd

DULL = 3.0  # how much more the figure of a goal that is not sensitive is worth to a reader


def _protect(cell: ReportedCount) -> bool:
    """A small count, or one the office withheld.

    All there are of a share it withheld need no protection of their own: where they are few, the
    figure that counts them is small itself.
    """
    return cell.small or (cell.count is None and cell.subject is not None and cell.kind != ALL)


@dataclass(frozen=True)
class Reported:
    """What was reported of all figures, row by row.

    ``frame`` holds the rows, ``counts`` what they count, ``figure`` the number of each row's
    figure, ``office`` whether the office withheld it.
    """

    frame: pd.DataFrame
    counts: RowCounts
    figure: Ints
    office: Bools


class Release:
    """The reports of figures that may hang together, known on a day.

    ``rows`` are those reported until then; ``since`` is the day from which each figure is withheld.
    What was reported before the day, and before its figure was withheld, an earlier release told.
    """

    def __init__(self, plan: Plan, table: Reported, rows: Ints, since: Ints, day: int) -> None:
        self.plan, self.since, self.day = plan, since, day
        self.reported = reported = table.counts
        frame, figure = table.frame, table.figure
        self.reports = Reports()
        self.figure: dict[Subject, int] = {}
        self.reported_rows: dict[int, int] = {}
        area, goal, year, vintage = (
            frame[name].to_numpy()[rows] for name in ("area", "goal", "year", "vintage")
        )
        group = group_texts(frame)[rows]
        # By name: the numbers of figures depend on what was reported later.
        for at in np.lexsort((vintage, group, goal, area, year)):
            row = int(rows[at])
            subject = (str(area[at]), str(goal[at]), int(year[at]), str(group[at]))
            self.figure[subject] = int(figure[row])
            self.reported_rows[int(figure[row])] = self.reported_rows.get(int(figure[row]), 0) + 1
            cells = self._cells(
                plan.goal(subject[1]), subject, row, unknown=bool(table.office[row])
            )
            if self.reports.add(subject, int(reported.since[row]), cells):
                self._percentage(subject, row, int(vintage[at]))

    def _percentage(self, subject: Subject, row: int, vintage: int) -> None:
        """A percentage that is out before the number it is taken of ties the two together."""
        kinds = self.reports.by_subject[subject]
        reported = self.reported
        if reported.since[row] == vintage or not {HAVING, ALL} <= set(kinds):
            return
        if (
            vintage < min(self.since[self.figure[subject]], self.day)
            and reported.denominator[row] > 0
        ):
            cells = [kinds[kind][-1][1] for kind in (HAVING, ALL)]
            self.reports.tie(
                cells, (1, -reported.numerator[row] / reported.denominator[row]), sure=True
            )

    def _cells(
        self, goal: Goal, subject: Subject, row: int, *, unknown: bool
    ) -> dict[str, ReportedCount]:
        reported, least = self.reported, self.reported.least[row]
        if reported.since[row] > self.day:
            return {}  # a percentage of nobody knows how many

        def cell(kind: str, *ends: float) -> ReportedCount | None:
            known = [end for end in ends if not np.isnan(end)]
            if not known and not (unknown and (kind == COUNT or not counts(goal))):
                return None
            few = goal.sensitive and any(0 < end < least for end in known)
            return ReportedCount(
                subject, kind, known[0] if known else None, few, int(reported.since[row])
            )

        if counts(goal):
            found = {
                COUNT: cell(COUNT, reported.value[row], reported.low[row], reported.high[row]),
                HAVING: cell(HAVING, reported.numerator[row]),
                ALL: cell(ALL, reported.denominator[row]),
            }
        else:
            found = {
                HAVING: cell(HAVING, reported.numerator[row]),
                ALL: cell(ALL, reported.denominator[row]),
            }
            if is_share(goal):
                found[REST] = cell(REST, reported.rest[row])
        return {kind: one for kind, one in found.items() if one is not None}

    def pieces(self) -> list[tuple[Ints, Constraints]]:
        """The problems that fall apart from one another, hold a withheld figure and are new."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        cells, subjects = self.reports.cells, list(self.figure)
        node = {subject: at for at, subject in enumerate(subjects)}
        latent = len(subjects)
        of_cell = np.empty(len(cells), np.int64)
        for at, cell in enumerate(cells):
            if cell.subject is None:
                of_cell[at], latent = latent, latent + 1
            else:
                of_cell[at] = node[cell.subject]
        pairs = [
            (of_cell[tie.cells[0]], of_cell[other])
            for tie in self.reports.ties
            for other in tie.cells[1:]
        ]
        ends = np.array(pairs, np.int64).reshape(-1, 2)
        graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(latent, latent))
        many, label = connected_components(graph, directed=False)
        figures = np.array([self.figure[subject] for subject in subjects], np.int64)
        hidden = self.since[figures] <= self.day
        mine = label[: len(subjects)]
        # Where nothing came in on the day, the day before has answered already.
        new = np.array([cell.day == self.day for cell in cells], bool)
        fresh = np.isin(np.arange(many), label[of_cell[new]])
        some, most = (np.bincount(mine, side, many) for side in (hidden, ~hidden))
        # What nobody tells may have to be protected too, from those who know all the rest.
        untold = np.array([cell.subject is None and cell.small for cell in cells], bool)
        some = some + np.bincount(label[of_cell[untold]], minlength=many)
        wanted = np.flatnonzero((some > 0) & (most > 0) & fresh)
        return [self._piece(of_cell, label, int(piece), subjects, figures) for piece in wanted]

    def _piece(
        self, of_cell: Ints, label: Ints, piece: int, subjects: list[Subject], figures: Ints
    ) -> tuple[Ints, Constraints]:  # fmt: skip
        mine = np.flatnonzero(label[: len(subjects)] == piece)
        position = {int(subject): at for at, subject in enumerate(mine)}
        chosen = np.flatnonzero(label[of_cell] == piece)
        index = {int(cell): at for at, cell in enumerate(chosen)}
        cells = [self.reports.cells[cell] for cell in chosen]
        figure = np.array([position.get(int(of_cell[cell]), -1) for cell in chosen], np.int64)
        count = np.array([np.nan if c.count is None else c.count for c in cells], float)
        least = np.array([self._least(c) for c in cells], float)
        day = np.array([c.day for c in cells], np.int64)
        since = np.minimum(self.since[figures[mine]], self.day)
        ties = [
            ([index[cell] for cell in tie.cells], tie.signs)
            for tie in self.reports.ties
            if tie.cells[0] in index
        ]
        constraints = Constraints(
            count=count,
            figure=figure,
            small=np.array([c.small for c in cells], bool),
            protect=np.array([_protect(c) for c in cells], bool),
            least=least,
            out=(figure >= 0) & (day < since[figure]),
            ties=ties,
            withheld=self.since[figures[mine]] <= self.day,
            cost=self._costs([subjects[at] for at in mine], figures[mine], figure, count),
        )
        return figures[mine], constraints

    def _least(self, cell: ReportedCount) -> float:
        name = cell.goal if cell.subject is None else cell.subject[1]
        return float(least_count(self.plan, self.plan.goal(name) if name else None))

    def _costs(self, subjects: list[Subject], figures: Ints, figure: Ints, count: Floats) -> Floats:
        """What a reader loses: reports times the size of the count, more where nobody is at risk."""
        largest = np.zeros(len(subjects))
        known = (figure >= 0) & ~np.isnan(count)
        np.maximum.at(largest, figure[known], count[known])
        rows = np.array([self.reported_rows[int(one)] for one in figures], float)
        dull = np.array(
            [1.0 if self.plan.goal(goal).sensitive else DULL for _, goal, _, _ in subjects]
        )
        return np.asarray(rows * dull * (1 + np.log2(1 + np.maximum(largest, 0))))
