"""The cheapest figures to withhold besides, so that nothing withheld can be worked out.

The compact form of the cell suppression problem of Fischetti and Salazar-González (Math. Program.
84, 1999; Management Science 47, 2001). A binary for every figure that may be withheld; and for
every protected count two other tables, as an attacker might imagine them: they keep every tie,
hold no negative count, differ from the true one in withheld figures only, and in one of them the
protected count is 1 or less, in the other it is one less than the least count or more. Where both
exist for every protected count, no attacker who knows the ties and all that is published can tell
it from any other small count.

The imagined tables also keep every *other* small count small, wherever that is possible: so they
hold against an attacker who knows the rule and which counts are small. A count that is not known
even here (the office withheld it) is protected by a spread as wide as that of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

REACH = 2  # imagined tables move a published count by at most so many least counts
FAR = 1e7  # no count is larger than this where nothing is known of it
NODES = 20_000  # of the search tree: a limit in time would make the answer depend on the machine
LOWEST = 1.0  # the protected interval starts here: a zero tells of nobody


@dataclass(frozen=True)
class Tied:
    """Counts that hang together. Cells are numbered from 0, and so are the figures they stand in.

    ``count`` is NaN where unknown; ``figure`` is −1 for a sum that no report tells; ``small`` marks
    counts that identify people, ``protect`` those and the unknown ones to protect, ``least`` is
    each one's least count. ``ties`` are cells with their signs. ``withheld`` says which figures
    are withheld already, ``cost`` what each is worth to a reader.
    """

    count: Floats
    figure: Ints
    small: Bools
    protect: Bools
    least: Floats
    ties: Sequence[tuple[Sequence[int], Sequence[int]]]
    withheld: Bools
    cost: Floats


@dataclass(frozen=True)
class _Table:
    """One imagined table: how far the count of every cell may move."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class _Pair:
    """The two imagined tables that protect one cell; ``spread`` is how far they differ in it."""

    cell: int
    down: _Table
    up: _Table
    spread: float


def complements(problem: Tied) -> Bools:
    """The figures to withhold besides those that are; all of them where nothing less protects."""
    nothing = np.zeros(len(problem.withheld), bool)
    if problem.withheld.all() or not problem.protect.any():
        return nothing
    matrix, moved = _ties(problem)
    chosen = _cheapest(problem, matrix, moved, _pairs(problem, careful=True))
    if chosen is None:
        pairs = _possible(problem, matrix, moved)
        chosen = _cheapest(problem, matrix, moved, pairs) if pairs else nothing
    return ~problem.withheld if chosen is None else chosen


def _ties(problem: Tied) -> tuple[Any, Floats]:
    """The ties as a matrix on the changes of cells, and what each row of it must come to.

    A tie of known counts keeps whatever it comes to, even where the reports contradict each other;
    one with an unknown count is exact. Where an exact one cannot hold it tells an attacker nothing
    and is left out.
    """
    from scipy.sparse import csr_array

    known = np.where(np.isnan(problem.count), 0.0, problem.count)
    rows: list[int] = []
    columns: list[int] = []
    signs: list[int] = []
    moved: list[float] = []
    for cells, factors in problem.ties:
        at, by = np.asarray(cells), np.asarray(factors)
        unknown = np.isnan(problem.count[at])
        sum_of_known = float(known[at] @ by)
        # All unknown ones on one side: the others must leave them no less than nothing.
        if unknown.any() and np.all(by[unknown] * -sum_of_known < 0):
            continue
        rows += [len(moved)] * len(at)
        columns += at.tolist()
        signs += by.tolist()
        moved.append(-sum_of_known if unknown.any() else 0.0)
    shape = (len(moved), len(known))
    return csr_array((np.asarray(signs, float), (rows, columns)), shape=shape), np.asarray(moved)


def _pairs(problem: Tied, *, careful: bool) -> list[_Pair]:
    """The imagined tables of every protected count, without their ties.

    ``careful`` ones keep the small counts of other figures small.
    """
    unknown = np.isnan(problem.count)
    base = np.where(unknown, 0.0, problem.count)
    reach = REACH * problem.least
    low = np.where(unknown, 0.0, -np.minimum(base, reach))
    high = np.where(unknown, FAR, reach)
    few = problem.small & (base >= LOWEST) & (base < problem.least)
    pairs = []
    for cell in np.flatnonzero(problem.protect):
        least, most = low.copy(), high.copy()
        if careful:
            others = few & (problem.figure != problem.figure[cell])
            least[others] = (LOWEST - base)[others]
            most[others] = (problem.least - 1 - base)[others]
        down, up = _Table(least.copy(), most.copy()), _Table(least, most)
        spread = 0.0
        if unknown[cell]:
            spread = float(problem.least[cell]) - 1 - LOWEST
        else:
            down.high[cell] = min(down.high[cell], LOWEST - base[cell])
            up.low[cell] = max(up.low[cell], problem.least[cell] - 1 - base[cell])
        pairs.append(_Pair(int(cell), down, up, spread))
    return pairs


def _possible(problem: Tied, matrix: Any, moved: Floats) -> list[_Pair]:
    """The pairs that exist when everything is withheld: careful ones where they do, else plain.

    Where not even those do, the ties alone give the count away, and nothing can be done.
    """
    from scipy.optimize import linprog

    def least(table: _Table, cell: int, sign: int) -> float | None:
        towards = np.zeros(len(table.low))
        towards[cell] = sign
        bounds = np.column_stack([table.low, table.high])
        answer = linprog(towards, A_eq=matrix, b_eq=moved, bounds=bounds)
        return float(answer.fun) if answer.status == 0 else None

    def exists(pair: _Pair) -> bool:
        down, up = least(pair.down, pair.cell, 1), least(pair.up, pair.cell, -1)
        return down is not None and up is not None and -up - down >= pair.spread

    return [
        pair
        for both in zip(*(_pairs(problem, careful=c) for c in (True, False)), strict=True)
        if (pair := next((one for one in both if exists(one)), None)) is not None
    ]


def _cheapest(problem: Tied, matrix: Any, moved: Floats, pairs: list[_Pair]) -> Bools | None:
    """The cheapest figures under which all the tables exist; None where none do."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import block_array, block_diag, csr_array, vstack

    choice = np.flatnonzero(~problem.withheld)
    binary = np.full(len(problem.withheld), -1)
    binary[choice] = np.arange(len(choice))
    tables = [table for pair in pairs for table in (pair.down, pair.up)]
    cells, width = len(problem.count), len(choice)
    # A count of a figure that may stay public moves only where the figure is withheld.
    tied = np.flatnonzero((problem.figure >= 0) & ~problem.withheld[problem.figure])
    rows = np.arange(len(tied))
    pick = csr_array((np.ones(len(tied)), (rows, tied)), shape=(len(tied), cells))

    def switch(ends: Floats) -> Any:
        at = (rows, binary[problem.figure[tied]])
        return csr_array((-ends[tied], at), shape=(len(tied), width))

    picks = block_diag([pick] * len(tables))
    lows = block_array([[vstack([switch(table.low) for table in tables]), picks]])
    highs = block_array([[vstack([switch(table.high) for table in tables]), picks]])
    held = block_diag([matrix] * len(tables))
    sums = block_array([[csr_array((held.shape[0], width)), held]])
    wide = [at for at, pair in enumerate(pairs) if pair.spread]
    first = np.array([width + 2 * at * cells + pairs[at].cell for at in wide], np.int64)
    ends = np.tile(np.arange(len(wide)), 2), np.concatenate([first + cells, first])
    apart = csr_array(
        (np.repeat([1.0, -1.0], len(wide)), ends), shape=(len(wide), width + len(tables) * cells)
    )
    limits = [
        LinearConstraint(sums, *[np.tile(moved, len(tables))] * 2),
        LinearConstraint(lows, 0, np.inf),
        LinearConstraint(highs, -np.inf, 0),
        LinearConstraint(apart, [pairs[at].spread for at in wide], np.inf),
    ]
    bounds = Bounds(
        np.concatenate([np.zeros(width), *(table.low for table in tables)]),
        np.concatenate([np.ones(width), *(table.high for table in tables)]),
    )
    first_wins = 1e-3 * np.arange(width) / width  # between equals always the same one
    loss = np.zeros(width + len(tables) * cells)
    loss[:width] = problem.cost[choice] + first_wins
    answer = milp(
        loss,
        integrality=np.arange(len(loss)) < width,
        bounds=bounds,
        constraints=[one for one in limits if one.A.shape[0]],
        options={"node_limit": NODES, "mip_rel_gap": 0},
    )
    if answer.x is None:
        return None
    chosen = np.zeros(len(problem.withheld), bool)
    chosen[choice] = answer.x[:width] > 0.5
    return chosen
