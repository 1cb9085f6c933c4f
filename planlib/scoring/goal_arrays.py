"""The result of scoring one goal: one array of areas × years for each thing there is to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import UNDATED
from planlib.scoring.figure_arrays import NO_ROW
from planlib.scoring.verdict import JUDGED, Bools, Codes, Floats, Verdict

Rows = npt.NDArray[np.int32]
_OTHERS: dict[str, tuple[npt.DTypeLike, object]] = {
    "verdict": (np.int8, Verdict.no_data),
    "vintage": (np.int32, UNDATED),
    "row": (np.int32, NO_ROW),
    "secured": (np.bool_, False),
    "impossible": (np.bool_, False),
    "exclusive": (np.int8, 0),
    "decided": (np.int32, 0),
    "stood_in": (np.bool_, False),
}
# How sure the verdicts are; no columns of a frame of scores.
_CERTAINTY: dict[str, tuple[npt.DTypeLike, object]] = {
    "chances": (np.float64, np.nan),
    "sources": (np.int8, 0),
}


@dataclass
class GoalScores:
    """Arrays of areas × years; see ``planlib.scoring.score`` for their meaning.

    ``stood_in`` marks figures of an earlier period, which decide nothing for good.
    ``chances`` has a third axis, the verdicts a final figure may have, which is empty where nobody
    asked; ``sources`` are the errors it was made from (``planlib.scoring.certainty``).
    """

    verdict: Codes
    vintage: Rows
    row: Rows
    secured: Bools
    impossible: Bools
    value: Floats
    low: Floats
    high: Floats
    level: Floats
    attainment: Floats
    road: Floats
    time_share: Floats
    schedule_index: Floats
    required_per_year: Floats
    seen_per_year: Floats
    exclusive: Codes
    decided: npt.NDArray[np.int32]
    stood_in: Bools
    chances: Floats
    sources: Codes

    @classmethod
    def empty(cls, areas: int, years: int, *, certainty: bool = False) -> GoalScores:
        """No data anywhere; with certainty there is room for the chances of verdicts."""
        made: dict[str, Any] = {}
        for field in fields(cls):
            kind, fill = (_OTHERS | _CERTAINTY).get(field.name, (np.float64, np.nan))
            shape: tuple[int, ...] = (areas, years)
            if field.name == "chances":
                shape = (areas, years, len(JUDGED) if certainty else 0)
            made[field.name] = np.full(shape, fill, kind)
        return cls(**made)

    def put(self, column: int, other: GoalScores, of: int) -> None:
        """Copy one year's column of another result into a column of this one."""
        for field in fields(self):
            getattr(self, field.name)[:, column] = getattr(other, field.name)[:, of]

    def put_rows(self, areas: Rows, column: int, other: GoalScores) -> None:
        """Copy some areas of a column from the same one of another result."""
        for field in fields(self):
            getattr(self, field.name)[areas, column] = getattr(other, field.name)[areas, column]

    def columns(self, columns: Sequence[int]) -> GoalScores:
        """The same of some periods only."""
        at = list(columns)
        return GoalScores(**{f.name: getattr(self, f.name)[:, at] for f in fields(self)})

    def certainty_of(self, at: tuple[int, int]) -> float:
        """The certainty of one verdict."""
        code = int(self.verdict[at])
        known = code < self.chances.shape[-1]
        return float(self.chances[(*at, code)]) if known else float("nan")

    @property
    def certainty(self) -> Floats:
        """The chance that the final figure gives the same verdict; NaN where it is not known."""
        if not self.chances.shape[-1]:
            return np.full(self.verdict.shape, np.nan)
        judged = self.verdict < len(JUDGED)
        code = np.where(judged, self.verdict, 0).astype(np.int64)
        found = np.take_along_axis(self.chances, code[..., None], axis=-1)[..., 0]
        return np.where(judged, found, np.nan)

    def of(self, places: npt.NDArray[np.int64]) -> GoalScores:
        """The same of some areas, by their places."""
        return GoalScores(**{f.name: getattr(self, f.name)[places] for f in fields(self)})


# What there is to say in numbers: names of score columns, in their order.
NUMBERS = tuple(
    field.name for field in fields(GoalScores) if field.name not in _OTHERS | _CERTAINTY
)
# How each column is stored.
KINDS = {name: kind for name, (kind, _) in _OTHERS.items()} | dict.fromkeys(NUMBERS, np.float64)
