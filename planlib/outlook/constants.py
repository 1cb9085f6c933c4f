"""The tuned constants of the pooled random walk.

They were chosen on one half of the countries of a public panel and judged on the other; see
``reports/track-record``. None of them is in a unit: everything is measured on the standard scale.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from planlib.errors import InputError, Problem


@dataclass(frozen=True)
class Constants:
    """What the walk believes before it has seen the pool, and how strongly.

    ``momentum``, ``pull`` and ``catch_up`` are the parts of last year's change, of the distance
    from the series' own mean and of the distance from the other areas (shares only) that the next
    year's change is expected to repeat or to undo; the ``…_weight`` are the numbers of yearly
    changes these beliefs are worth. The expected drift is zero; ``drift_doubt`` says how many times
    over the years of a pool must agree before it is believed to have one, ``drift_weight`` how
    many cases that takes.

    ``own_share`` says how much a series' own variance counts against the pooled one,
    ``tails`` how heavy the tails are (degrees of freedom), with ``…_spread`` the standard
    deviations of these beliefs; ``evidence`` tempers what the pool says against them, since areas
    move together. ``spread`` is the expected size of forecast errors in units of the scale and
    ``spread_weight`` its worth in cases. ``drift`` is the standard deviation of an unseen drift.
    ``quiet`` keeps the variance of a series that never moved off zero, as a part of the pooled
    one; ``alone`` is the worth in series of the plan-wide variance against one indicator's.
    ``kinship`` is how far an indicator's beliefs are moved towards what all indicators of the
    pool have in common, before its own past is looked at. ``outlier`` is where changes are cut before they teach anything, in units of the scale.
    """

    momentum: float = 0.16
    momentum_weight: float = 8.0
    pull: float = -0.055
    pull_weight: float = 230.0
    catch_up: float = -0.045
    catch_up_weight: float = 6_500.0
    drift_doubt: float = 4.0
    drift_weight: float = 1.0
    own_share: float = 0.54
    own_share_spread: float = 0.3
    tails: float = 8.0
    tails_spread: float = 0.7
    evidence: float = 0.025
    spread: float = 1.0
    spread_weight: float = 40.0
    drift: float = 0.13
    quiet: float = 0.03
    alone: float = 4.0
    kinship: float = 0.08
    outlier: float = 1.0

    def __post_init__(self) -> None:
        problems = []
        for field in fields(self):
            value = float(getattr(self, field.name))
            signed = field.name in {"momentum", "pull", "catch_up"}
            if not (abs(value) < 1 if signed else 0 < value < 1e9):
                must = "must lie between -1 and 1" if signed else "must be greater than 0"
                problems.append(Problem(f"{must}, found {value:g}", subject=f"'{field.name}'"))
        if problems:
            raise InputError(problems)


DEFAULTS = Constants()
# The values tried for the own share and the tails; what is used is their weighted mean.
OWN_SHARES = (0.1, 0.3, 0.5, 0.7, 0.9)
TAILS = (2.0, 3.5, 7.0)
# What is not measured counts less: the variance of an estimate's error in yearly variances.
ESTIMATE_NOISE = 0.5
FLOOR = 1e-3  # the least yearly scale on the standard scale: no forecast is ever certain
