"""Arithmetic that stays with the decimals that were typed: 0.1 and 0.2 are 0.3, 100 · 19 / 20 is 95.

Sums and differences are told at 15 digits of the largest number they were made from, which is what
a double holds of a decimal. Numbers too large to multiply or add are worked out in another order,
and never become infinite.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DIGITS = 15
LARGEST = float(np.finfo(np.float64).max)
_HUGE, _SMALLER = 1e290, 2.0**-60  # sums of numbers this large are taken of smaller ones


def decimal(numbers: Floats, size: Floats) -> Floats:
    """Numbers at 15 digits of ``size``, the largest one they were made from.

    >>> decimal(np.array([0.1 + 0.2, 100.1 - 100]), np.array([0.3, 100.1])).tolist()
    [0.3, 0.1]
    """
    with np.errstate(all="ignore"):
        places = DIGITS - 1 - np.floor(np.log10(size))
        # Beyond 10^22 a power of ten is no longer exact, nor is it asked for.
        fine = np.isfinite(numbers) & (places > 0) & (places <= 22)
        tens = 10.0 ** np.where(fine, places, 0.0)
        return np.where(fine, np.rint(numbers * tens) / tens, numbers)


def difference(now: Floats, was: Floats) -> Floats:
    """One figure less another, in the decimals of both."""
    with np.errstate(all="ignore"):
        return decimal(now - was, np.maximum(np.abs(now), np.abs(was)))


def running(amounts: Floats) -> Floats:
    """Running totals along the second axis, in the decimals of what is added."""
    with np.errstate(all="ignore"):
        total = decimal(np.cumsum(amounts, axis=1), np.cumsum(np.abs(amounts), axis=1))
        finite = np.cumsum(~np.isfinite(amounts), axis=1) == 0
    return np.where(finite, np.clip(total, -LARGEST, LARGEST), total)


def percent(part: Floats, whole: Floats) -> Floats:
    """100 · part / whole; infinite only where the part is, NaN where nothing is divided by nothing.

    >>> percent(np.array([19.0, 1e308]), np.array([20.0, 1.25e308])).tolist()
    [95.0, 80.0]
    """
    with np.errstate(all="ignore"):
        made = 100.0 * part / whole
        wide = np.isinf(100.0 * part) & np.isfinite(part)
        made = np.where(wide, 100.0 * (part / whole), made)
        finite = np.isfinite(part) & (whole != 0)
    return np.where(finite, np.clip(made, -LARGEST, LARGEST), made)


def summable(above: Floats, below: Floats) -> tuple[Floats, Floats]:
    """Both parts of a ratio made smaller alike where their sums would be too large."""
    with np.errstate(all="ignore"):
        if (np.abs(above) > _HUGE).any() or (np.abs(below) > _HUGE).any():
            return above * _SMALLER, below * _SMALLER
    return above, below
