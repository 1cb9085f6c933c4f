"""The figure a target is held against: an interval, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planlib.plan.comparisons.base import Bools, Codes, Floats


@dataclass(frozen=True)
class Compared:
    """Figures in the target's unit, areas × years, with what is to be said where there is none.

    ``low`` and ``high`` are NaN where unknown; ``missing`` marks figures that are not known,
    ``withheld`` and ``not_applicable`` those that cannot be judged, ``not_due`` those reported as
    not due, ``gaps`` totals in which a year is unknown, ``hidden`` those in which one is withheld.
    What is made from a withheld figure, such as the change on the year before, is withheld too.
    ``exclusive`` tells by its bits which ends are not part of the figure ("under 5"): 1 the lower,
    2 the upper; None where all are. ``columns`` says which period's figure stands in each, None
    where each has its own, ``lasting`` where that figure holds for good. Where others are compared with, ``against`` is their figure, or how many
    are ranked, and ``sides`` where each lies, if that is no matter of its number alone.
    """

    low: Floats
    high: Floats
    missing: Bools
    withheld: Bools
    not_applicable: Bools
    not_due: Bools
    gaps: Bools
    hidden: Bools
    exclusive: Codes | None = None
    columns: npt.NDArray[np.int64] | None = None
    lasting: Bools | None = None
    against: Floats | None = None
    sides: Codes | None = None

    def stood_in(self, columns: Sequence[int]) -> Bools | None:
        """In which of some periods another one's figure stands in, for want of their own.

        None where in none.
        """
        if self.columns is None:
            return None
        stood: Bools = self.columns[:, columns] != np.asarray(columns)
        return stood if self.lasting is None else stood & ~self.lasting[:, columns]

    @property
    def exact(self) -> Bools:
        """Where the figure is one number."""
        return np.equal(self.low, self.high)

    @property
    def point(self) -> Floats:
        """The figure where it is one number, else NaN."""
        return self.low if self.low is self.high else np.where(self.exact, self.low, np.nan)
