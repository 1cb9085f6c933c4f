"""What chance makes of the figures of areas, worked out again: one area after another, in another way.

Probabilities come from incomplete beta and gamma functions, limits from halving between whole
counts, bands of ranks from the chances of each rank among values an area may have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, isnan

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
TAIL = 0.001
VALUES = 240  # an area's rate is looked at in so many equally likely places
MOST_EXACT = 60  # areas up to which the chance of every rank is added up
ROOM, ROUGH = 0.006, 0.03  # how far the chance at the end of a band may lie from what it is


@dataclass(frozen=True)
class CountedCases:
    """The cases of an area and what they are of."""

    cases: float
    size: float


def at_most(count: float, one: CountedCases, rate: float, *, events: bool) -> float:
    """The chance of no more than so many cases; that of the count itself is halved."""
    return sum(_whole(end, one, rate, events=events) for end in (count, count - 1)) / 2


def _whole(count: float, one: CountedCases, rate: float, *, events: bool) -> float:
    if count < 0:
        return 0.0
    if events:
        return float(special.gammaincc(count + 1, rate * one.size))
    people = round(one.size)
    return 1.0 if count >= people else float(special.betainc(people - count, count + 1, 1 - rate))


def limit(one: CountedCases, rate: float, probability: float, *, events: bool) -> float:
    """The rate below which chance leaves an area with that probability."""
    if not events and rate in {0.0, 1.0}:
        return rate
    if events and rate == 0:
        return 0.0
    low, high = -1, max(floor(rate * one.size), 1)
    while at_most(high, one, rate, events=events) < probability:
        low, high = high, 2 * high + 10
    while high - low > 1:
        middle = (low + high) // 2
        if at_most(middle, one, rate, events=events) < probability:
            low = middle
        else:
            high = middle
    under, over = (at_most(end, one, rate, events=events) for end in (low, high))
    count = low + (probability - under) / (over - under)
    size = one.size if events else round(one.size)
    return max(count, 0.0) / size if events else min(max(count, 0.0), size) / size


@dataclass(frozen=True)
class Believed:
    """The two numbers of the beta or gamma distribution that each area's rate has; none where alike."""

    first: tuple[float, ...]
    second: tuple[float, ...]
    events: bool

    def best(self, at: int) -> float:
        """The mean of an area's rate."""
        first, second = self.first[at], self.second[at]
        return first / second if self.events else first / (first + second)

    def below(self, at: int, rates: Floats) -> Floats:
        """The chance that an area's rate is at most so much."""
        if self.events:
            return np.asarray(
                special.gammainc(self.first[at], self.second[at] * np.maximum(rates, 0))
            )
        return np.asarray(special.betainc(self.first[at], self.second[at], np.clip(rates, 0, 1)))

    def values(self, at: int) -> Floats:
        """Equally likely values of an area's rate."""
        shares = (np.arange(VALUES) + 0.5) / VALUES
        if self.events:
            return np.asarray(special.gammaincinv(self.first[at], shares)) / self.second[at]
        return np.asarray(special.betaincinv(self.first[at], self.second[at], shares))


def believed(areas: Sequence[CountedCases], *, events: bool) -> Believed | None:
    """What is known of each area once all were seen; None where nothing but chance tells them apart."""
    people = sum(one.size for one in areas)
    overall = sum(one.cases for one in areas) / people
    by_chance = overall if events else overall * (1 - overall)
    spread = sum(one.size * (one.cases / one.size - overall) ** 2 for one in areas) / people
    between = spread - by_chance * len(areas) / people
    if len(areas) < 2 or between <= 0 or by_chance <= 0:
        return None
    weight = max(by_chance / between - (0 if events else 1), 1e-3)
    first = tuple(overall * weight + one.cases for one in areas)
    if events:
        return Believed(first, tuple(weight + one.size for one in areas), events)
    left = tuple((1 - overall) * weight + max(one.size - one.cases, 0) for one in areas)
    return Believed(first, left, events)


Better = Callable[[Believed, int, Floats], Floats]


def better_than(way: str, low: float, high: float) -> Better:
    """The chance that an area does better than some rates: ``higher``, ``lower``, or nearer a range."""

    def chance(of: Believed, at: int, rates: Floats) -> Floats:
        if way == "higher":
            return 1 - of.below(at, rates)
        if way == "lower":
            return of.below(at, rates)
        away = np.maximum(np.maximum(low - rates, rates - high), 0)
        inside = of.below(at, high + away) - of.below(at, low - away)
        return np.where(away > 0, inside, 0.0)

    return chance


def band_holds(
    of: Believed, at: int, better: Better, rank: float, band: tuple[float, float]
) -> bool:
    """Whether a band of ranks is that of 95 %, stretched to hold the rank of the figure itself."""
    number = len(of.first)
    values = of.values(at)
    others = [better(of, other, values) for other in range(number) if other != at]
    room = ROOM if number <= MOST_EXACT else ROUGH

    def up_to(most: float) -> float:
        """The chance of a rank of at most so much."""
        if number > MOST_EXACT:
            mean = sum(others)
            spread = np.sqrt(np.maximum(sum(one * (1 - one) for one in others), 1e-12))
            return float(special.ndtr((most - 0.5 - mean) / spread).mean())
        return float(chances[: max(int(most), 0)].sum())

    chances = _ranks(others) if number <= MOST_EXACT else np.zeros(0)
    low, high = band
    if isnan(low) or isnan(high):
        return False
    # A band that had to be stretched to the rank of the figure ends there.
    begins = up_to(low - 1) <= 0.025 + room and (up_to(low) >= 0.025 - room or low == rank)
    ends = up_to(high) >= 0.975 - room and (up_to(high - 1) <= 0.975 + room or high == rank)
    return begins and ends


def _ranks(others: Sequence[Floats]) -> Floats:
    """The chance of each rank, over all values an area may have."""
    found = np.zeros((len(others) + 1, VALUES))
    found[0] = 1.0
    for chance in others:
        moved = np.zeros_like(found)
        moved[1:] = found[:-1] * chance
        found = found * (1 - chance) + moved
    return np.asarray(found.mean(axis=1))


def half(band: tuple[float, float], number: int) -> str:
    """In which half a band of ranks lies, if it lies in one."""
    middle = (number + 1) / 2
    return "better" if band[1] < middle else "worse" if band[0] > middle else "alike"
