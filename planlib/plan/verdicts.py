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
    not_met = 2
    not_yet = 3
    not_due = 4
    no_data = 5
    not_applicable = 6
    suppressed = 7

    def __str__(self) -> str:
        return self.name


REACHED = (Verdict.exceeded, Verdict.met)
JUDGED = (*REACHED, Verdict.not_met, Verdict.not_yet)
PUBLISHED = JUDGED  # what an office may say of a goal in a report of its own
