"""The reports of other areas, which a verdict may be held against: one for a plan, audience and day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING

from planlib.plan.plan import Plan
from planlib.verify.bounds import SAME
from planlib.verify.periods.rows import Row
from planlib.verify.targets.interval import Figure

if TYPE_CHECKING:
    from planlib.verify.targets.area_reports import AreaReports


@dataclass(frozen=True)
class Ranking:
    """The figures of some areas in one period, each from its worse end to its better one.

    More is better here. ``hidden`` counts those that are withheld, ``areas`` names those that are
    ranked wherever they have a figure.
    """

    worse: tuple[float, ...]
    better: tuple[float, ...]
    hidden: int
    areas: frozenset[str]

    @property
    def count(self) -> int:
        """How many areas are ranked."""
        return len(self.worse) + self.hidden

    def place(self, worse: float, better: float) -> tuple[int, int]:
        """The best place that one of them can have among those that are told, and the worst."""
        twice = above(better, worse)  # it is among those that may be better than its worse end
        return 1 + _over(self.worse, better), 1 + _over(self.better, worse) - twice


def referenced(plan: Plan) -> dict[str, set[str]]:
    """For each goal the areas whose figures single ones are held against; ranks name none."""
    found: dict[str, set[str]] = {}
    for goal in plan.goals:
        for target in goal.all_targets():
            if target.to is not None and target.to.area is not None:
                other = plan.goal(target.to.goal or goal.id).id
                found.setdefault(other, set()).add(target.to.area)
    return found


def ranked(plan: Plan) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The goals whose areas are ranked, with the areas that are; none stands for all."""
    for goal in plan.goals:
        for target in goal.all_targets():
            if target.among is not None:
                yield goal.id, target.of


def without_wholes(figures: Mapping[str, Figure], plan: Plan) -> dict[str, Figure]:
    """The figures of areas, but for those of which a part has one too."""
    parts = {name: one.part_of for name, one in plan.areas_by_id.items()}
    wholes: set[str] = set()
    for name, figure in figures.items():
        whole = parts.get(name) if figure.known or figure.suppressed else None
        while whole is not None and whole not in wholes:
            wholes.add(whole)
            whole = parts.get(whole)
    return {name: figure for name, figure in figures.items() if name not in wholes}


def above(one: float, than: float) -> bool:
    """Whether a figure is more than another, by more than arithmetic is off by."""
    return one > than + (SAME * abs(than) if isfinite(than) else 0.0)


def _over(ordered: tuple[float, ...], than: float) -> int:
    slack = SAME * abs(than) if isfinite(than) else 0.0
    return len(ordered) - bisect_right(ordered, than + slack)


class Elsewhere:
    """Areas by their rows, which are read when they are first asked for."""

    def __init__(self, rows: Mapping[str, Iterable[Row]]) -> None:
        self._rows = rows
        self._areas: dict[str, AreaReports] = {}
        self._rankings: dict[Hashable, Ranking] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The areas that have any rows."""
        return tuple(self._rows)

    def area(self, name: str, made: Callable[[Iterable[Row]], AreaReports]) -> AreaReports:
        """The reports of an area; of one without any rows there are none."""
        if name not in self._areas:
            self._areas[name] = made(self._rows.get(name, ()))
        return self._areas[name]

    def ranking(
        self, key: Hashable, figures: Callable[[], dict[str, Figure]], sign: int
    ) -> Ranking:
        """The figures of some areas in order; worked out once for each key."""
        if key not in self._rankings:
            by_area = figures()
            found = list(by_area.values())
            known = [one for one in found if one.known and not one.suppressed]
            ends = [bounds(one, sign) for one in known]
            self._rankings[key] = Ranking(
                tuple(sorted(low for low, _ in ends)),
                tuple(sorted(high for _, high in ends)),
                sum(one.suppressed for one in found),
                frozenset(by_area),
            )
        return self._rankings[key]


def bounds(figure: Figure, sign: int) -> tuple[float, float]:
    """The worse and the better end of a figure, more being better."""
    worse, better = sorted((sign * figure.low, sign * figure.high))
    return (worse, better) if figure.known else (-inf, inf)
