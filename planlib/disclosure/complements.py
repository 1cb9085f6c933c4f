"""The cheapest figures to withhold besides, so that nothing withheld can be worked out.

The cell suppression problem, solved as Fischetti and Salazar-González do (Math. Program. 84, 1999;
Management Science 47, 2001): an integer programme over the figures alone, to which a constraint is
added for every count that its answer leaves open to attack, until none is left. The other way, one
programme that holds an imagined table for every count at once, took twenty times as long.

A protected count must be able to be anything from 1 to one less than its least count. It must even
for an attacker who knows the rule, and which of the other figures hold small counts, wherever
withholding can achieve that; a count unknown even here (the office withheld it) must be open over
an interval as wide.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from planlib.disclosure.tables import LOWEST, NEAR, Tables
from planlib.disclosure.tied import Bools, Floats, Ints, Tied

ROUNDS = 500
NODES = 50_000  # of the search tree: a limit in time would make the answer depend on the machine


def complements(tied: Tied) -> Bools:
    """The figures to withhold besides those that are; all of them where nothing less protects."""
    besides = np.zeros(len(tied.withheld), bool)
    if tied.withheld.all() or not tied.protect.any():
        return besides
    search = _Search(Tables(tied))
    for _ in range(ROUNDS):
        cuts = list(search.cuts(tied.withheld | besides))
        if not cuts:
            return besides
        search.constraints += cuts
        chosen = search.cheapest()
        if chosen is None or not (chosen != besides).any():
            break
        besides = chosen
    return ~tied.withheld


class _Search:
    """The programme over the figures, and what was learnt of the counts so far."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.tied = tables, tables.tied
        self.constraints: list[Floats] = []
        self.cells = np.flatnonzero(self.tied.protect)
        self.plain: set[tuple[int, int]] = set()  # those for whom small counts cannot stay small
        self.lost: set[tuple[int, int]] = set()  # those whom nothing can protect
        self.sure: set[tuple[int, int]] = set()  # those who are safe when everything is withheld

    def cuts(self, withheld: Bools) -> Iterator[Floats]:
        """For every count left open to attack the figures that would close it, each by how much.

        At least 1 of it all has to be withheld.
        """
        known = self.cells[~self.tables.unknown[self.cells]]
        for way in (-1, 1):
            for cell in self._left(known, way, withheld):
                if (cut := self._cut(int(cell), (way,), withheld)) is not None:
                    yield cut
        for cell in self.cells[self.tables.unknown[self.cells]]:
            if (cut := self._cut(int(cell), (-1, 1), withheld)) is not None:
                yield cut

    def _left(self, cells: Ints, way: int, withheld: Bools) -> Ints:
        """The counts that no table which moves many at once takes far enough."""
        cells = np.array([cell for cell in cells if (int(cell), way) not in self.lost], np.int64)
        while len(cells):
            reached = self.tables.reached(cells, way, withheld)
            if not reached.any():
                break
            cells = cells[~reached]
        return cells

    def _cut(self, cell: int, ways: tuple[int, ...], withheld: Bools) -> Floats | None:
        key = (cell, sum(ways))
        if key in self.lost:
            return None
        for careful in (True, False):
            if careful and key in self.plain:
                continue
            cut = self._missing(cell, ways, withheld, careful)
            if cut is None:
                return None
            everything = np.ones_like(withheld)
            if key in self.sure or self._missing(cell, ways, everything, careful) is None:
                self.sure.add(key)
                return cut
            (self.plain if careful else self.lost).add(key)
        return None

    def _missing(
        self, cell: int, ways: tuple[int, ...], withheld: Bools, careful: bool
    ) -> Floats | None:
        """What would let a count go as far as it must; None where it can."""
        ends = [self.tables.furthest(cell, way, withheld, careful) for way in ways]
        if len(ways) == 2:
            need = float(self.tied.least[cell]) - 1 - LOWEST
        else:
            need = ways[0] * self.tables.needs(cell)[ways[0] > 0]
        if sum(end.at for end in ends) >= need - NEAR:
            return None
        short = need - sum(end.fixed for end in ends)
        gain = np.sum([end.gain for end in ends], axis=0)
        return np.minimum(np.where(gain > NEAR, gain, 0.0) / short, 1.0)

    def cheapest(self) -> Bools | None:
        """The cheapest figures that satisfy all that was learnt; None where none do."""
        choice = np.flatnonzero(~self.tied.withheld)
        first_wins = 1e-3 * np.arange(len(choice)) / len(choice)  # between equals, always the same
        limits = csr_array(np.array(self.constraints)[:, choice])
        answer = milp(
            self.tied.cost[choice] + first_wins,
            integrality=np.ones(len(choice)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(limits, 1 - NEAR, np.inf),
            options={"node_limit": NODES, "mip_rel_gap": 0},
        )
        if answer.x is None:
            return None
        chosen = np.zeros(len(self.tied.withheld), bool)
        chosen[choice] = answer.x > 0.5
        return chosen
