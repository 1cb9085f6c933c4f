"""Scores of probabilities and intervals: small is good for Brier, log and CRPS.

Brier score and CRPS are those of the package scoringrules; the CRPS is taken over 39 quantiles and
divided by the case's typical size, so that indicators of different units can be averaged.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from planlib.scoring.verdict import Bools, Floats

# No probability counts as surer than this: one wrong certainty would decide the log score alone.
SUREST = 0.001
BINS = (0.0, 0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 1.0)
LEVELS = (0.5, 0.8, 0.95)
CRPS_SHARES = np.arange(1, 40) / 40


def brier(probability: Floats, came: Bools) -> Floats:
    """The squared distance of each probability from what came.

    >>> brier(np.array([0.7, 0.2]), np.array([True, False])).round(2).tolist()
    [0.09, 0.04]
    """
    from scoringrules import brier_score

    return np.asarray(brier_score(came.astype(np.float64), probability), np.float64)


def log_score(probability: Floats, came: Bools) -> Floats:
    """Minus the logarithm of the probability given to what came, none surer than 0.999.

    >>> log_score(np.array([0.7, 0.0]), np.array([True, True])).round(3).tolist()
    [0.357, 6.908]
    """
    sure = np.clip(probability, SUREST, 1 - SUREST)
    return np.asarray(-np.log(np.where(came, sure, 1 - sure)))


def crps(quantiles: Floats, outcome: Floats, size: Floats) -> Floats:
    """The continuous ranked probability score over ``CRPS_SHARES``, in typical sizes.

    ``quantiles`` is N × 39; ``size`` the typical size of each case, in the figure's unit.
    """
    from scoringrules import crps_quantile

    score = crps_quantile(outcome, quantiles, CRPS_SHARES)
    return np.asarray(score / size, np.float64)


def inside(quantiles: Floats, outcome: Floats) -> Bools:
    """Whether each outcome lies between two quantiles (N × 2), ends included."""
    slack = 1e-9 * np.maximum(np.abs(outcome), 1e-12)
    return (outcome >= quantiles[:, 0] - slack) & (outcome <= quantiles[:, 1] + slack)


def reliability(probability: Floats, came: Bools) -> pd.DataFrame:
    """How often what was forecast came true, bin by bin.

    Columns ``low, high`` (of the bin), ``n``, ``k`` (came true), ``mean`` (of the probabilities).

    >>> reliability(np.array([0.7, 0.7]), np.array([True, False])).loc[7, ["n", "k"]].tolist()
    [2, 1]
    """
    edges = np.asarray(BINS)
    spot = np.clip(np.searchsorted(edges, probability, side="right") - 1, 0, len(edges) - 2)
    n = np.bincount(spot, minlength=len(edges) - 1)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(spot, probability, len(edges) - 1) / n
    return pd.DataFrame(
        {
            "low": edges[:-1], "high": edges[1:], "n": n,
            "k": np.bincount(spot, came, len(edges) - 1).astype(np.int64), "mean": mean,
        }
    )  # fmt: skip
