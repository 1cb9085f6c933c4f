"""What there is to know of a published rule before its answers are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class StatusClass(StrEnum):
    """What a status says in words that all rules share.

    ``good``: reached, or will be if things go on as they do; ``middling``: moves towards the
    target, or stands still where the rule does not tell the two apart, but too slowly; ``bad``:
    moves away.
    """

    good = "good"
    middling = "middling"
    bad = "bad"


# Read in source code and reproduced; from a published method note, not reproduced against the body's
# own results; general knowledge, to be confirmed before it is cited.
Confidence = Literal["A", "B", "C"]


@dataclass(frozen=True)
class Method:
    """A published rule: whose it is, where it was read, how sure that is, and what it may answer.

    ``statuses`` are the possible statuses, best first, each with its standing; None where the
    rule compares areas or grades a body, and so says nothing on whether a target will be reached.
    A ``lens`` grades bodies, never goals, and is shown on request only.
    The words a reader sees stand in the catalogues under ``method.<id>.name``,
    ``method.<id>.status.<status>`` and ``method.<id>.cannot``.
    """

    id: str
    source: str
    confidence: Confidence
    statuses: Mapping[str, StatusClass | None]
    lens: bool = False

    @property
    def judges(self) -> bool:
        """Whether its statuses can be held against those of other rules."""
        return any(standing is not None for standing in self.statuses.values())
