"""The outlook in a word, from a probability and two logical facts."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planlib.plan.header import Thresholds


class Outlook(StrEnum):
    """What lies ahead of a target, best first."""

    secured = "secured"
    on_track = "on_track"
    at_risk = "at_risk"
    off_track = "off_track"
    impossible = "impossible"
    too_few_points = "too_few_points"


def outlook_word(
    probability: float | None, *, secured: bool = False, impossible: bool = False,
    thresholds: Thresholds | None = None,
) -> Outlook:  # fmt: skip
    """The word for a probability.

    On track from 0.7 (of ten such goals seven or more are expected to be met), at risk from 0.3,
    off track below; a plan may say otherwise (``outlook`` in plan.yaml). Logic goes before the
    probability; without one there are too few points.

    >>> [str(outlook_word(p)) for p in (0.7, 0.5, 0.1, None)]
    ['on_track', 'at_risk', 'off_track', 'too_few_points']
    >>> str(outlook_word(0.99, impossible=True))
    'impossible'
    """
    if impossible:
        return Outlook.impossible
    if secured:
        return Outlook.secured
    if probability is None:
        return Outlook.too_few_points
    if thresholds is None:
        # Late: who only shows words does without the nouns of a plan.
        from planlib.plan.header import Thresholds

        thresholds = Thresholds()
    if probability >= thresholds.on_track:
        return Outlook.on_track
    return Outlook.at_risk if probability >= thresholds.at_risk else Outlook.off_track
