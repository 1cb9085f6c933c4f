"""What every comparison can answer; a new one is a module beside this one, its texts and its test.

Arrays hold one entry a figure, of any shape. Where a figure lies is told by two codes: −1, 0 or 1
for worse than, equal to or better than the near and the far bound (see ``Comparison.bounds``).
Where areas have numbers of their own, scoring hands over a target whose numbers are arrays, one row
an area; ``bounds``, ``position`` and ``nearness`` are true of them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from planlib.errors import Said, said

if TYPE_CHECKING:
    from planlib.plan.target import Target

Better = Literal["higher", "lower"]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]
Against = tuple[Codes, Codes]  # the codes against the near and the far bound
SHORT, INSIDE, BEYOND = -1, 0, 1
LEVELS = frozenset({"level", "count", "share", "growth", "quota"})  # what is of its own period


class Comparison:
    """One way a figure is held against a target; the defaults are those of a single bound.

    ``id`` names it in plan files, ``order`` its place where all are listed. ``figure`` says what a
    report holds and a template asks for: a ``number``, one ``yes_no``, or ``members`` with one yes
    or no each. ``mirrored`` is the comparison that says the same of a fall in positive numbers.
    """

    id: str
    order: int
    better: Better | None = None  # None where the target says which way is better
    keys: tuple[str, ...] = ("value",)  # what a target of it must state
    figure: Literal["number", "yes_no", "members"] = "number"
    strict = False  # whether the bound itself is short of the target
    against_start = False  # whether the difference from an earlier figure is compared
    of_others = False  # whether it needs the figures of other goals, areas or groups
    adds_up = True  # whether its figures can be a running total, a share or a change
    mirrored: str | None = None

    # ------------------------------------------------------------- what a target of it says

    def defaults(self) -> dict[str, Any]:
        """What a target need not state."""
        return {"better": self.better} if self.better else {}

    def faults(self, target: Target) -> Iterator[Said]:
        """What is wrong with the keys of a target, beyond what is missing or too much."""
        if self.better and target.better != self.better:
            yield said("plan.better-contradicts-kind",
                       kind=self.id, better=self.better, found=target.better)  # fmt: skip

    def of_figures(self, target: Target) -> Iterator[Said]:
        """What keeps a target from being held against other figures of the same period."""
        if target.better is None:
            yield said("plan.others-need-better", kind=self.id)
        if str(target.basis) not in LEVELS or target.cadence == "over_term":
            yield said("plan.others-hold-figures",
                       kind=self.id, basis=target.basis, cadence=target.cadence)  # fmt: skip

    def bounds(self, target: Target) -> tuple[float, float]:
        """The bound to be reached first, and the one beyond which a figure is exceeded."""
        value = target.value
        assert value is not None  # the model refuses targets without it
        return value, value

    def has_distance(self) -> bool:
        """Whether it says anything how far a figure is from the target: a yes or no never does."""
        return self.figure != "yes_no"

    @property
    def tolerant(self) -> bool:
        """Whether a figure can be short of it by little."""
        return self.figure == "number" and self.has_distance()

    def closed(self, target: Target) -> bool:
        """Whether a figure beyond the far bound is short again."""
        return False

    def names_limit(self, target: Target, limit: float | None) -> bool:
        """Whether the target says no more than its bare number, which is the natural limit."""
        return False

    # ------------------------------------------------------------------ where a figure lies

    def position(self, at: Against, target: Target) -> Codes:
        """−1 short of the target, 0 met, 1 beyond it."""
        near, far = at
        if self.strict:
            return np.where(near > 0, INSIDE, SHORT).astype(np.int8)
        past = SHORT if self.closed(target) else BEYOND
        return np.where(near < 0, SHORT, np.where(far > 0, past, INSIDE)).astype(np.int8)

    def interval_position(self, low: Against, high: Against, target: Target) -> Codes:
        """The side of figures known as intervals: that of the less favourable end."""
        return np.minimum(self.position(low, target), self.position(high, target))

    def decided(self, near: Codes, far: Codes, target: Target) -> tuple[Bools, Bools]:
        """Whether a growing total is (sure of its target, past it for good).

        The codes are plain here: −1, 0 or 1 for less than, equal to or more than the bound.
        """
        none = np.zeros(near.shape, bool)
        if target.better == "lower":
            return none, near >= 0 if self.strict else near > 0
        if self.closed(target):
            return none, far > 0
        return near > 0 if self.strict else near >= 0, none

    # ---------------------------------------------------------------------- how far along

    def nearness(self, figures: Floats, target: Target) -> Floats:
        """How near figures short of the target come to it: 1 at the bound, less before."""
        near, far = self.bounds(target)
        with np.errstate(divide="ignore", invalid="ignore"):
            # A target below zero (a fall of 5 %) is short when the figure is nearer to zero.
            over = np.equal(target.better != "lower", np.greater(near, 0))
            ratio = np.where(over, figures / near, near / figures)
            if self.closed(target):
                sign = -1 if target.better == "lower" else 1
                ratio = np.where(sign * figures > sign * far, far / figures, ratio)
        return ratio

    # ------------------------------------------------------------------- how it is forecast

    def good(self, target: Target) -> tuple[tuple[float, float], ...]:
        """The stretches of figures that reach the target, each with its ends."""
        near, far = self.bounds(target)
        if target.better == "lower":
            return ((far if self.closed(target) else -np.inf, near),)
        return ((near, far if self.closed(target) else np.inf),)

    def chance(self, below: Callable[[float], float], target: Target) -> float:
        """The chance of the target, given that of a figure of at most so much.

        A figure on the very edge, as at a natural limit, is good.
        """
        total = 0.0
        for low, high in self.good(target):
            most = 1.0 if np.isinf(high) else below(high)
            under = 0.0 if np.isinf(low) else below(low - 1e-9 * max(abs(low), 1.0))
            total += max(most - under, 0.0)
        return total

    def whole(self, target: Target) -> tuple[tuple[float, float], ...]:
        """``good`` for whole numbers: above 3 is 4 or more."""
        if not self.strict:
            return self.good(target)
        return tuple((np.floor(low) + 1, np.ceil(high) - 1) for low, high in self.good(target))

    # -------------------------------------------------------------------- how it is worded

    def key(self) -> str:
        """The catalogue's key of its words: ``target.at_least`` with the quantity filled in."""
        return f"target.{self.id}"
