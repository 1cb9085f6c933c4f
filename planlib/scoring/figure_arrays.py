"""The figures of one goal as arrays of areas × periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planlib.figures.observations import UNDATED

Floats = npt.NDArray[np.float64]
NO_ROW = -1


@dataclass(frozen=True)
class GoalFigures:
    """The figures of one goal; every array is areas × periods, or areas × periods × members.

    ``exclusive`` among the numbers tells by its bits which ends are not part of the figure: 1 the
    lower, 2 the upper. ``state`` is a code of ``State`` or −1 where there is no row, ``vintage`` a day number, ``row``
    the position in the observations or −1.
    """

    numbers: dict[str, Floats]
    state: npt.NDArray[np.int8]
    vintage: npt.NDArray[np.int32]
    row: npt.NDArray[np.int32]
    members: tuple[str, ...] = ()

    def number(self, name: str) -> Floats:
        """One of the number columns; unknown everywhere where no file has it."""
        found = self.numbers.get(name)
        return found if found is not None else np.full(self.state.shape, np.nan)

    def has(self, name: str) -> bool:
        """Whether any figure of the goal has this number."""
        return name in self.numbers and not bool(np.isnan(self.numbers[name]).all())

    def of(self, places: npt.NDArray[np.int64]) -> GoalFigures:
        """Those of some areas, by their places."""
        numbers = {name: column[places] for name, column in self.numbers.items()}
        rest = (self.state[places], self.vintage[places], self.row[places])
        return GoalFigures(numbers, *rest, self.members)

    def spread(self, parts: int) -> GoalFigures:
        """The same along periods so many times shorter: each figure stands where its period ends."""

        def apart(values: npt.NDArray[Any], nothing: float) -> npt.NDArray[Any]:
            shape = (len(values), values.shape[1] * parts, *values.shape[2:])
            result = np.full(shape, nothing, values.dtype)
            result[:, parts - 1 :: parts] = values
            return result

        return GoalFigures(
            {name: apart(values, np.nan) for name, values in self.numbers.items()},
            apart(self.state, NO_ROW),
            apart(self.vintage, UNDATED),
            apart(self.row, NO_ROW),
            self.members,
        )

    def first(self, count: int) -> GoalFigures:
        """The same with nothing after the first periods."""

        def kept(values: npt.NDArray[Any], nothing: float) -> npt.NDArray[Any]:
            values = values.copy()
            values[:, count:] = nothing
            return values

        return GoalFigures(
            {name: kept(values, np.nan) for name, values in self.numbers.items()},
            kept(self.state, NO_ROW),
            kept(self.vintage, UNDATED),
            kept(self.row, NO_ROW),
            self.members,
        )
