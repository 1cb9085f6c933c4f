"""What every rule answers with: one row a series, with a reason wherever there is no status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Texts = npt.NDArray[Any]

COLUMNS = ("series", "status", "ratio", "score", "why_not")

# Why a rule gives no status: the key of the text in the catalogues (``method.why_not.<key>``)
# and the English sentence in the column ``why_not``.
WHY_NOT: dict[str, str] = {
    "no_figures": "there is no figure in or after the base year",
    "one_figure": "there is only one figure since the base year",
    "no_target": "the rule needs a target",
    "target_year": "the target year does not lie after the base year",
    "deadline_passed": "the target year has passed and the rule has no word for that",
    "needs_positive": "the growth rate needs figures above zero",
    "complex_root": "the growth rate is a complex number: figures and target differ in sign",
    "base_is_target": "the base equals the target, so the rule divides by zero",
    "few_figures": "the rule needs at least four figures",
    "no_peers": "the rule compares areas and needs the figures of several",
    "peers_alike": "the areas do not differ, so there is no distance to measure in",
    "not_finite": "the numbers are too large or too small for the rule",
    "lens": "the rule grades a body from its points and all its tasks, never one goal",
}


def why_key(sentence: str) -> str | None:
    """The key of a sentence of ``why_not``; None for any other text.

    >>> why_key("the rule needs a target")
    'no_target'
    """
    return next((key for key, text in WHY_NOT.items() if text == sentence), None)


def cagr(first: Floats, last: Floats, years: Floats) -> Floats:
    """Compound annual growth rate, (last / first) ^ (1 / years) − 1; NaN where it is not real.

    Only the two ends are used, as in every rule that is built on it. After one year there is no root
    to take, and the rate is real whatever the signs are.

    >>> cagr(np.array([60.0, -10.0]), np.array([78.0, 5.0]), np.array([2.0, 4.0])).round(6).tolist()
    [0.140175, nan]
    >>> cagr(np.array([-10.0]), np.array([5.0]), np.array([1.0])).tolist()
    [-1.5]
    """
    with np.errstate(all="ignore"):
        ratio = last / first
        rate = np.power(np.where((ratio >= 0) | (years == 1), ratio, np.nan), 1.0 / years) - 1.0
    return np.where((years > 0) & np.isfinite(rate), rate, np.nan)


def graded(measure: Floats, cuts: Sequence[tuple[float, str]], below: str) -> Texts:
    """The name of the first cut a measure reaches, ``below`` under all of them.

    >>> graded(np.array([0.7, -1.0]), [(0.95, "substantial"), (0.6, "moderate")], "less").tolist()
    ['moderate', 'less']
    """
    status = np.full(measure.shape, below, object)
    for cut, name in reversed(cuts):
        status[measure >= cut] = name
    return status


def reasons(size: int, *found: tuple[Bools, str]) -> Texts:
    """For each series the sentence of the first reason that holds, empty without one.

    Each reason is a mask and a key of ``WHY_NOT``.
    """
    why = np.full(size, "", object)
    for mask, key in reversed(found):
        why[mask] = WHY_NOT[key]
    return why


def answers(
    series: Sequence[Any], status: Texts, ratio: Floats, score: Floats, why_not: Texts
) -> pd.DataFrame:
    """The result of a rule; where there is a reason there is no status, ratio or score."""
    silent = why_not != ""
    lost = ~silent & np.array([word is None for word in status], bool)
    why = np.where(lost, WHY_NOT["not_finite"], why_not)
    silent |= lost
    with np.errstate(all="ignore"):
        ratio = np.where(silent | ~np.isfinite(ratio), np.nan, ratio)
        score = np.where(silent | ~np.isfinite(score), np.nan, score)
    return pd.DataFrame(
        {
            "series": list(series),
            "status": pd.Series(without(status, silent), dtype="str"),
            "ratio": ratio,
            "score": score,
            "why_not": pd.Series(why, dtype="str"),
        }
    )


def without(status: Texts, where: Bools) -> Texts:
    """A copy with the status taken away in some places.

    >>> without(np.array(["good", "bad"], object), np.array([True, False])).tolist()
    [None, 'bad']
    """
    left = np.array(status, object)
    left[where] = None
    return left


def unknown_as_none(status: Texts, *measures: Floats) -> Texts:
    """Take the status away where the number it was read from is not a number."""
    bad = np.zeros(status.shape, bool)
    for measure in measures:
        bad |= ~np.isfinite(measure)
    return without(status, bad)


def nothing(size: int) -> Floats:
    """A column of numbers that a rule does not give."""
    return np.full(size, np.nan)
