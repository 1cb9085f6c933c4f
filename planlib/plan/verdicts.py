"""What may be said of a goal: the verdicts, and which of them say what."""

from __future__ import annotations

from enum import IntEnum


class Verdict(IntEnum):
    """The verdicts, in the order a Vietnamese office reads them out; as a text, each is its name.

    >>> str(Verdict.met), f"{Verdict.not_yet}", int(Verdict.met)
    ('met', 'not_yet', 1)
    """

    exceeded = 0
    met = 1
    nearly_met = 2
    not_met = 3
    not_yet = 4
    not_due = 5
    no_data = 6
    not_applicable = 7
    suppressed = 8

    def __str__(self) -> str:
        return self.name


REACHED = (Verdict.exceeded, Verdict.met)
MISSED = (Verdict.not_met, Verdict.nearly_met)  # short of the target, and the time is up
SHORT = (*MISSED, Verdict.not_yet)
JUDGED = (*REACHED, *SHORT)
PUBLISHED = JUDGED  # what an office may say of a goal in a report of its own
