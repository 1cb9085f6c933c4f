"""Imagined tables: how far a withheld count may lie from the truth, as far as anybody can tell.

An attacker knows every tie and every published count. The tables he cannot tell from the true one
keep every tie, hold no negative count, and differ from it in withheld figures only. Linear
programming finds the least and the most that a count is in any of them; the dual says which
figures, if they were withheld too, would let it move further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array, hstack, identity

from planlib.disclosure.constraints import Bools, Constraints, Floats

REACH = 2  # a count that is not small moves by at most so many least counts
LOWEST = 1.0  # the protected interval starts here: a zero tells of nobody
NEAR = 1e-6
LARGEST = 20_000  # variables in one programme


@dataclass(frozen=True)
class Ask:
    """How far can a count go down (``way`` −1) or up (1)?

    ``careful`` asks it of tables that keep the small counts of other figures small; ``alone`` of
    those of somebody who has this release and no earlier one.
    """

    cell: int
    way: int
    careful: bool
    alone: bool


@dataclass(frozen=True)
class Extreme:
    """The furthest a count can go one way: ``at``, and what it would gain from other figures.

    With any other set of figures withheld the count goes no further than ``fixed`` plus the
    ``gain`` of each figure withheld besides (Fischetti and Salazar's capacity constraint).
    """

    at: float
    fixed: float
    gain: Floats


class Tables:
    """The imagined tables of counts that hang together, as changes from the true counts."""

    def __init__(self, constraints: Constraints) -> None:
        self.unknown = np.isnan(constraints.count)
        self.matrix, count = _completed(constraints)
        self.constraints = replace(constraints, count=count)
        reach = REACH * constraints.least
        free = self.unknown | (constraints.figure < 0)
        # A difference (births less deaths) may be below nothing already: it goes no lower.
        self.down = np.maximum(np.where(free, count, np.minimum(count, reach)), 0.0)
        self.up = np.where(free, np.maximum(reach, count.max(initial=0)), reach)
        # Small counts as somebody sees them who knows the rule, and which ones are small.
        self.few = (
            constraints.small & ~self.unknown & (count >= LOWEST) & (count < constraints.least)
        )

    def needs(self, cell: int) -> tuple[float, float]:
        """How far a protected count has to be able to go down and up."""
        count, least = self.constraints.count[cell], self.constraints.least[cell]
        return LOWEST - count, least - 1 - count

    def bounds(self, withheld: Bools, asked: Ask) -> tuple[Floats, Floats]:
        """The least and greatest change of every count."""
        figure = self.constraints.figure
        moves = np.where(figure >= 0, withheld[figure] & self._open(asked), True)
        low, high = np.where(moves, -self.down, 0.0), np.where(moves, self.up, 0.0)
        if asked.careful:
            others = self.few & moves & (figure != figure[asked.cell])
            low[others] = (LOWEST - self.constraints.count)[others]
            high[others] = (self.constraints.least - 1 - self.constraints.count)[others]
        return low, high

    def _open(self, asked: Ask) -> Bools:
        """The counts that withholding can still hide."""
        return np.ones_like(self.constraints.out) if asked.alone else ~self.constraints.out

    def furthest(self, asked: Sequence[Ask], withheld: Bools) -> list[Extreme]:
        """How far counts can go, each told as a distance from the truth.

        Many are asked of one programme, since a small one costs less than its overhead.
        """
        at_once = max(1, LARGEST // len(self.constraints.count))
        chunks = [asked[at : at + at_once] for at in range(0, len(asked), at_once)]
        return [end for chunk in chunks for end in self._furthest(chunk, withheld)]

    def _furthest(self, asked: Sequence[Ask], withheld: Bools) -> list[Extreme]:
        ends = [self.bounds(withheld, one) for one in asked]
        low, high = (np.stack(side) for side in zip(*ends, strict=True))
        aim = np.zeros(low.shape)
        for row, one in enumerate(asked):
            aim[row, one.cell] = -one.way
        answer = self._solve(aim, low, high)
        lower, upper = (side.marginals.reshape(low.shape) for side in (answer.lower, answer.upper))
        at = -(aim * answer.x.reshape(low.shape)).sum(axis=1)
        figure, constraints = self.constraints.figure, self.constraints
        optional = (figure >= 0) & ~constraints.withheld[figure]
        fixed = -(low * lower + high * upper)[:, ~optional].sum(axis=1)
        worth = self.down * lower - self.up * upper
        worth[~np.stack([self._open(one) for one in asked])] = 0.0
        gain = np.zeros((len(constraints.withheld), len(asked)))
        np.add.at(gain, figure[optional], worth[:, optional].T)
        return [Extreme(float(at[n]), float(fixed[n]), gain[:, n]) for n in range(len(asked))]

    def _solve(self, aim: Floats, low: Floats, high: Floats) -> Any:
        """One programme a row of the arrays, all solved as one."""
        matrix = block_diag([self.matrix] * len(aim), format="csr")
        answer = linprog(
            aim.ravel(),
            A_eq=matrix,
            b_eq=np.zeros(matrix.shape[0]),
            bounds=np.column_stack([low.ravel(), high.ravel()]),
        )
        if answer.status != 0:  # the true table always is one: no change at all
            raise AssertionError(answer.message)
        return answer


def _completed(constraints: Constraints) -> tuple[Any, Floats]:
    """The ties as a matrix, and the counts with some possible number for each unknown one.

    A tie of known counts keeps whatever it comes to, even where the reports contradict each other.
    One with an unknown count is exact; those that no number can make so tell an attacker nothing,
    and are left out: as few as can be.
    """
    known = np.where(np.isnan(constraints.count), 0.0, constraints.count)
    unknown = np.flatnonzero(np.isnan(constraints.count))
    matrix = _matrix(constraints, range(len(constraints.ties)))
    if not len(unknown):
        return matrix, known
    open_ties = [
        n for n, (cells, _) in enumerate(constraints.ties) if np.isin(cells, unknown).any()
    ]
    exact, size = _matrix(constraints, open_ties), len(open_ties)
    slack = identity(size)
    answer = linprog(
        np.concatenate([np.full(len(unknown), 1e-6), np.ones(2 * size)]),
        A_eq=hstack([exact[:, unknown], slack, -slack]),
        b_eq=-(exact @ known),
        bounds=(0, None),
    )
    if answer.status != 0:  # enough slack fits any tie
        raise AssertionError(answer.message)
    known[unknown] = answer.x[: len(unknown)]
    off = answer.x[len(unknown) :].reshape(2, size).sum(axis=0) > NEAR
    wrong = {tie for tie, bad in zip(open_ties, off, strict=True) if bad}
    return _matrix(constraints, [n for n in range(len(constraints.ties)) if n not in wrong]), known


def _matrix(constraints: Constraints, which: Sequence[int]) -> Any:
    rows = [at for at, tie in enumerate(which) for _ in constraints.ties[tie][0]]
    cells = [cell for tie in which for cell in constraints.ties[tie][0]]
    signs = [float(sign) for tie in which for sign in constraints.ties[tie][1]]
    return csr_array((signs, (rows, cells)), shape=(len(which), len(constraints.count)))
