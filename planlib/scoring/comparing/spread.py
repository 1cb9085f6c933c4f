"""Do areas differ by more than chance? How much, and where the limits lie if that is allowed for.

Source: D. J. Spiegelhalter (2005), Handling over-dispersion of performance indicators, *Quality and
Safety in Health Care* 14, 347-351. Standard scores are pulled in to their tenth and ninetieth
percentiles (winsorised), their mean square φ says how many times as much they vary as chance alone,
and the additive model widens every limit by the same variance τ² between areas, estimated by moments
as in R. DerSimonian and N. Laird (1986), Meta-analysis in clinical trials, *Controlled Clinical
Trials* 7, 177-188.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from planlib.scoring.comparing.limits import CONTROL, Floats, Limits

PULLED = 0.1  # the share of scores at each end that are pulled in
SURE = 0.05  # areas differ by more than chance where chance would do so more rarely than this


@dataclass(frozen=True)
class Overdispersion:
    """How much areas vary beyond chance.

    ``ratio`` is φ (1 where there is nothing but chance), ``between`` τ, the standard deviation
    between areas in the unit of the figures, ``chance`` how often chance alone gives scores that
    vary as much (chi-square, none pulled in).
    """

    ratio: float
    between: float
    chance: float

    @property
    def found(self) -> bool:
        """Whether the areas differ by more than chance explains."""
        return self.chance < SURE


def overdispersion(figures: Floats, overall: float, error: Floats) -> Overdispersion | None:
    """How much figures vary around that of all areas, given the standard error of each.

    None under two areas with an error. Scores are pulled in from ten areas on: of fewer a tenth is
    none.

    >>> two = overdispersion(np.array([0.4, 0.6]), 0.5, np.array([0.05, 0.05]))
    >>> round(two.ratio, 6), round(two.between, 6), round(two.chance, 4)
    (4.0, 0.132288, 0.0047)
    """
    known = np.isfinite(figures) & np.isfinite(error) & (error > 0)
    number = int(known.sum())
    if number < 2:
        return None
    scores = (figures[known] - overall) / error[known]
    pulled = np.clip(scores, *np.quantile(scores, [PULLED, 1 - PULLED])) if number >= 10 else scores
    ratio = float(np.mean(pulled**2))
    weight = error[known] ** -2.0
    over = number * ratio - (number - 1)
    between = over / (weight.sum() - (weight**2).sum() / weight.sum())
    chance = float(scipy.special.chdtrc(number - 1, (scores**2).sum()))
    return Overdispersion(ratio, float(np.sqrt(max(between, 0.0))), chance)


def wider_limits(overall: float, error: Floats, between: float, tail: float = CONTROL) -> Limits:
    """The limits with the variance between areas allowed for.

    >>> low, high = wider_limits(0.5, np.array([0.03]), 0.04, tail=0.025)
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.402], [0.598])
    """
    room = -scipy.special.ndtri(tail) * np.sqrt(error**2 + between**2)
    return overall - room, overall + room
