"""The frozen answer to how areas compare in one goal and period; ``planlib.review.areas`` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from planlib.language.text import Text
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.review.area_cases import Distribution, Silence
from planlib.scoring.comparing.ranks import Merit
from planlib.scoring.comparing.spread import Overdispersion
from planlib.scoring.comparing.unequal import Inequality

State = Literal["known", "interval", "missing", "withheld", "not_applicable", "not_due"]
Standing = Literal["better", "worse", "alike"]
LeftOut = Literal["has_parts", "not_there"]


@dataclass(frozen=True, repr=False)
class ComparedArea(Brief):
    """One area among the others; what is not known is None.

    ``value``, the limits and ``shrunken`` are in the unit of the goal, ``n`` is what the value is a
    share or a rate of. ``outside`` is ``high`` above the 99.8 % limits or ``low`` below them,
    ``warned`` the same of the 95 % ones, ``beyond_spread`` of 99.8 % limits that allow for what areas
    differ by anyway. ``standing`` says whether the whole band of its rank lies in the better or the
    worse half; ``alike`` that it cannot be told apart from the middle. ``peers_value`` is the figure
    of its peers together, ``before`` its own in the base period, ``breaks`` what happened since to its
    boundary or to what is counted (since its first figure, where it has none of the base period):
    across one of these the change says nothing by itself. ``history`` is the figure of each period so
    far that has one.
    """

    area: str
    state: State
    value: float | None
    cases: float | None
    n: float | None
    lower: float | None
    upper: float | None
    lower_95: float | None
    upper_95: float | None
    outside: str | None
    warned: str | None
    beyond_spread: str | None
    shrunken: float | None
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    standing: Standing | None
    peers: tuple[str, ...]
    peers_value: float | None
    before: float | None
    change: float | None
    breaks: tuple[tuple[date, Text], ...]
    history: tuple[tuple[int, float], ...]

    @property
    def record(self) -> dict[str, object]:
        """The area for programs."""
        names = ("area", "value", "n", "lower", "upper", "outside", "shrunken", "rank", "rank_low",
                 "rank_high")  # fmt: skip
        return {name: getattr(self, name) for name in names} | {"peers": list(self.peers)}


@dataclass(frozen=True)
class CurvePoint:
    """The limits of an area of some size, in the unit of the goal."""

    size: float
    lower: float
    upper: float
    lower_95: float
    upper_95: float


@dataclass(frozen=True, repr=False)
class AreaComparison(Brief):
    """All areas in one goal and period.

    ``method`` is the distribution of the limits: ``binomial``, ``poisson``, or ``none`` with the
    reason in ``silence`` (then there are no ranks either: a rank without its band says more than is
    known). ``scale`` turns a rate into the unit of the goal. ``average`` is the figure of all shown
    areas together. ``ordered_by`` is the goal whose figures put areas in order for fifths and slope,
    the goal itself by default. ``base`` is the period changes are counted from, ``curve`` the limits
    over the sizes there are.
    """

    plan: Plan
    goal: Goal
    target: Target
    period: int
    as_of: str | None
    public: bool
    illustrative: bool
    limits: str
    method: Distribution
    silence: Silence
    scale: float
    merit: Merit
    average: float | None
    areas: tuple[ComparedArea, ...]
    spread: Overdispersion | None
    unequal: Inequality | None
    ordered_by: Goal
    base: int | None
    curve: tuple[CurvePoint, ...]
    left_out: tuple[tuple[str, LeftOut], ...]
    sources: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def known(self) -> tuple[ComparedArea, ...]:
        """The areas with a figure."""
        return tuple(one for one in self.areas if one.value is not None)

    @property
    def told_apart(self) -> tuple[ComparedArea, ...]:
        """The areas that are surely in the better or the worse half."""
        return tuple(one for one in self.areas if one.standing in {"better", "worse"})
