"""The result of scoring one goal: one array of areas × years for each thing there is to say."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from planlib.figures.observations import UNDATED
from planlib.scoring.panel import NO_ROW
from planlib.scoring.verdict import Verdict


@dataclass
class GoalScores:
    """Arrays of areas × years; see ``planlib.scoring.score`` for their meaning."""

    verdict: Any
    vintage: Any
    row: Any
    secured: Any
    impossible: Any
    value: Any
    low: Any
    high: Any
    level: Any
    attainment: Any
    road: Any
    time_share: Any
    schedule_index: Any
    required_per_year: Any
    seen_per_year: Any
    exclusive: Any
    decided: Any

    @classmethod
    def empty(cls, areas: int, years: int) -> GoalScores:
        """No data anywhere."""
        shape = (areas, years)
        kinds: dict[str, tuple[Any, Any]] = {
            "verdict": (np.int8, Verdict.no_data),
            "vintage": (np.int32, UNDATED),
            "row": (np.int32, NO_ROW),
            "secured": (np.bool_, False),
            "impossible": (np.bool_, False),
            "exclusive": (np.int8, 0),
            "decided": (np.int16, 0),
        }
        made = {}
        for field in fields(cls):
            kind, fill = kinds.get(field.name, (np.float64, np.nan))
            made[field.name] = np.full(shape, fill, kind)
        return cls(**made)

    def put(self, column: int, other: GoalScores, of: int) -> None:
        """Copy one year's column of another result into a column of this one."""
        for field in fields(self):
            getattr(self, field.name)[:, column] = getattr(other, field.name)[:, of]
