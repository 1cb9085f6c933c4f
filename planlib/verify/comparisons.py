"""The comparisons a proof judges by, named on their own: each kind it knows is judged by its code."""

from __future__ import annotations

from enum import StrEnum


class RecomputedComparison(StrEnum):
    """How a figure is held against the target; equal to the name that a target carries."""

    at_least = "at_least"
    above = "above"
    at_most = "at_most"
    below = "below"
    between = "between"
    about = "about"
    all_of = "all_of"
    done = "done"
    maintain = "maintain"
    relative = "relative"
    rank = "rank"
