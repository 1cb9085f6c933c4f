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

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from planlib.disclosure.tables import LOWEST, NEAR, Ask, Tables
from planlib.disclosure.tied import Bools, Floats, Tied

ROUNDS = 500
BOTH = 0  # an unknown count has to be open over an interval, wherever it lies
NODES = 50_000  # of the search tree: a limit in time would make the answer depend on the machine


Key = tuple[int, int]  # a protected count, and which way it has to be able to go


def complements(tied: Tied) -> Bools:
    """The figures to withhold besides those that are; all of them where nothing less protects."""
    besides = np.zeros(len(tied.withheld), bool)
    if tied.withheld.all() or not tied.protect.any():
        return besides
    search = _Search(Tables(tied))
    for _ in range(ROUNDS):
        cuts = search.cuts(tied.withheld | besides)
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
        self.keys: list[Key] = [
            (int(cell), way)
            for cell in np.flatnonzero(self.tied.protect)
            for way in ((BOTH,) if tables.unknown[cell] else (-1, 1))
        ]
        self.plain: set[Key] = set()  # those for whom small counts cannot stay small
        self.lost: set[Key] = set()  # those whom nothing can protect
        self.sure: set[Key] = set()  # those who are safe when everything is withheld

    def cuts(self, withheld: Bools) -> list[Floats]:
        """For every count left open to attack the figures that would close it, each by how much.

        At least 1 of it all has to be withheld.
        """
        everything = np.ones_like(withheld)
        found: list[Floats] = []
        asked = [key for key in self.keys if key not in self.lost]
        while asked:
            missing = {k: m for k, m in self._missing(asked, withheld).items() if m is not None}
            unsure = [key for key in missing if key not in self.sure]
            never = {k for k, m in self._missing(unsure, everything).items() if m is not None}
            self.sure |= set(unsure) - never
            found += [cut for key, cut in missing.items() if key not in never]
            self.lost |= never & self.plain
            asked = sorted(never - self.plain)
            self.plain |= never
        return found

    def _missing(self, keys: list[Key], withheld: Bools) -> dict[Key, Floats | None]:
        """What would let counts go as far as they must; None where they can."""
        ways = {key: (-1, 1) if key[1] == BOTH else (key[1],) for key in keys}
        asked = [Ask(key[0], way, key not in self.plain) for key in keys for way in ways[key]]
        ends = iter(self.tables.furthest(asked, withheld))
        result: dict[Key, Floats | None] = {}
        for key in keys:
            cell, way = key
            mine = [next(ends) for _ in ways[key]]
            if way == BOTH:
                need = float(self.tied.least[cell]) - 1 - LOWEST
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
