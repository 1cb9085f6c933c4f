"""The tuned constants of the pooled random walk.

They were chosen on one half of the countries of a public panel and judged on the other; see
``reports/track-record``. None of them is in a unit: everything is measured on the standard scale.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from planlib.errors import InputError, Problem


@dataclass(frozen=True)
class Constants:
    """What is believed before the pool is seen, and how strongly."""

    slopes: tuple[float, ...] = (0.454, 0.125, -0.154, 0.0719, -0.0441, 0.036, 0.144)
    ridge: tuple[float, ...] = (0.445, 15.2, 0.193, 8.21, 5.06, 134.0, 20.5)
    pace: float = 0.191
    pace_weight: float = 4.52
    common: float = 0.00755
    shock: float = 0.0776
    unlike: float = 0.217
    unlike_weight: float = 23.5
    quiet: float = 0.03
    alone: float = 3.17
    clear: float = 7.6
    doubt: float = 0.544
    wander: float = 0.352
    spread: float = 1.1
    spread_weight: float = 3.05
    growth: float = 0.05
    growth_weight: float = 8.45
    tails: float = 1.65
    tails_spread: float = 0.7
    evidence: float = 0.177
    origin: float = 10.0
    kinship: float = 0.254
    outlier: float = 48.0
    far: float = 5.61
    unsure: float = 0.2
    stay: float = 0.7
    stay_weight: float = 6.0

    def __post_init__(self) -> None:
        problems = []
        for field in fields(self):
            found = getattr(self, field.name)
            numbers = found if isinstance(found, tuple) else (found,)
            signed = field.name in {"slopes", "growth"}
            if not all(abs(one) < 10 if signed else 0 < one < 1e9 for one in numbers):
                must = "must lie between -10 and 10" if signed else "must be greater than 0"
                problems.append(Problem(f"{must}, found {found}", subject=f"'{field.name}'"))
        if problems:
            raise InputError(problems)


DEFAULTS = Constants()
# The values tried for the own share and the tails; what is used is their weighted mean.
TAILS = (2.5, 4.0, 8.0, 20.0)
# What is not measured counts less: the variance of an estimate's error in yearly variances.
ESTIMATE_NOISE = 0.5
FLOOR = 1e-3  # the least yearly scale on the standard scale: no forecast is ever certain
