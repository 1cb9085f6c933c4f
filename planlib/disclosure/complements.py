"""The cheapest figures to withhold besides, so that nothing withheld can be worked out.

The cell suppression problem, solved as Fischetti and Salazar-González do (Math. Program. 84, 1999;
Management Science 47, 2001): an integer programme over the figures alone, to which a constraint is
added for every count that its answer leaves open to attack, until none is left. The other way, one
programme that holds an imagined table for every count at once, took twenty times as long.

A protected count must be able to be anything from 1 to one less than its least count. It must even
for an attacker who knows the rule, and which of the other figures hold small counts, wherever
withholding can achieve that; a count unknown even here (the office withheld it) must be open over
an interval as wide. And it must for somebody who has every earlier release, in which counts that
are withheld today may have stood; where those give it away already, for whoever has this one alone.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from planlib.disclosure.constraints import Bools, Constraints, Floats
from planlib.disclosure.tables import LOWEST, NEAR, Ask, Tables

ROUNDS = 500
BOTH = 0  # an unknown count has to be open over an interval, wherever it lies
NODES = 50_000  # of the search tree: a limit in time would make the answer depend on the machine


def complements(constraints: Constraints) -> Bools:
    """The figures to withhold besides those that are; all of them where nothing less protects."""
    besides = np.zeros(len(constraints.withheld), bool)
    if constraints.withheld.all() or not constraints.protect.any():
        return besides
    search = _Search(Tables(constraints))
    for _ in range(ROUNDS):
        cuts = search.cuts(constraints.withheld | besides)
        if not cuts:
            return besides
        search.learnt += cuts
        chosen = search.cheapest()
        if chosen is None or not (chosen != besides).any():
            break
        besides = chosen
    return ~constraints.withheld


class _Search:
    """The programme over the figures, and what was learnt of the counts so far."""

    def __init__(self, tables: Tables) -> None:
        self.tables, self.constraints = tables, tables.constraints
        self.learnt: list[Floats] = []
        # A protected count, which way it has to be able to go, and in whose eyes.
        self.asked: list[Ask] = [
            Ask(int(cell), way, careful=True, alone=False)
            for cell in np.flatnonzero(self.constraints.protect)
            for way in ((BOTH,) if tables.unknown[cell] else (-1, 1))
        ]
        self.sure: set[Ask] = set()  # those that are safe when everything is withheld

    def cuts(self, withheld: Bools) -> list[Floats]:
        """For every count left open to attack the figures that would close it, each by how much.

        At least 1 of it all has to be withheld.
        """
        everything = np.ones_like(withheld)
        found: list[Floats] = []
        asked, self.asked = self.asked, []
        while asked:
            missing = {k: m for k, m in self._missing(asked, withheld).items() if m is not None}
            unsure = [key for key in missing if key not in self.sure]
            never = {k for k, m in self._missing(unsure, everything).items() if m is not None}
            self.sure |= set(unsure) - never
            found += [cut for key, cut in missing.items() if key not in never]
            self.asked += [key for key in asked if key not in never]
            asked = [less for key in asked if key in never for less in self._less(key)]
        return found

    def _less(self, asked: Ask) -> list[Ask]:
        """What to ask for where nothing can give as much."""
        less = [replace(asked, careful=False)] if asked.careful else []
        if asked.careful and not asked.alone and self.constraints.out.any():
            less.append(replace(asked, alone=True))
        return less

    def _missing(self, keys: list[Ask], withheld: Bools) -> dict[Ask, Floats | None]:
        """What would let counts go as far as they must; None where they can."""
        ways = {key: (-1, 1) if key.way == BOTH else (key.way,) for key in keys}
        asked = [replace(key, way=way) for key in keys for way in ways[key]]
        ends = iter(self.tables.furthest(asked, withheld))
        result: dict[Ask, Floats | None] = {}
        for key in keys:
            cell, way = key.cell, key.way
            mine = [next(ends) for _ in ways[key]]
            if way == BOTH:
                need = float(self.constraints.least[cell]) - 1 - LOWEST
            else:
                need = way * self.tables.needs(cell)[way > 0]
            if sum(end.at for end in mine) >= need - NEAR:
                result[key] = None
                continue
            short = need - sum(end.fixed for end in mine)
            gain = np.sum([end.gain for end in mine], axis=0)
            result[key] = np.minimum(np.where(gain > NEAR, gain, 0.0) / short, 1.0)
        return result

    def cheapest(self) -> Bools | None:
        """The cheapest figures that satisfy all that was learnt; None where none do."""
        choice = np.flatnonzero(~self.constraints.withheld)
        first_wins = 1e-3 * np.arange(len(choice)) / len(choice)  # between equals, always the same
        limits = csr_array(np.array(self.learnt)[:, choice])
        answer = milp(
            self.constraints.cost[choice] + first_wins,
            integrality=np.ones(len(choice)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(limits, 1 - NEAR, np.inf),
            options={"node_limit": NODES, "mip_rel_gap": 0},
        )
        if answer.x is None:
            return None
        chosen = np.zeros(len(self.constraints.withheld), bool)
        chosen[choice] = answer.x > 0.5
        return chosen
