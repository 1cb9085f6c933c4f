"""The made-up life of a ward in one year: the counts from which its figures are taken.

A fact is a plain count or amount under a name: a goal's id for its figure or its numerator, other
names for what it is held against (``households``, ``births``). Facts that belong together come
from one another, so that the clearance rate and the number of offences, say, never disagree.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from scenario import MOVED_IN

Facts = dict[str, float]
START = 2010
NEIGHBOURHOODS = range(1, 7)

# What a share or a growth rate is taken of.
WHOLES = {
    "noncompliant-construction": "permits",
    "child-vaccination": "children-due",
    "natural-population-growth": "population",
    "third-births": "births",
    "under-six-health-insurance": "children-under-six",
    "poor-households": "households",
    "cultural-family-registration": "households",
    "cultural-families": "households",
    "case-clearance": "criminal-offences",
    "drug-hotspots-transformed": "drug-hotspots",
    "new-addicts-treated": "new-addicts",
    "relapsed-addicts-treated": "relapsed-addicts",
    "party-in-military-youth": "conscripts",
    "party-in-militia": "militia",
    "youth-union-in-militia": "militia",
    "party-cells-strong": "party-cells",
    "members-good-performance": "party-members",
    "attendance-neighbourhood-cells": "neighbourhood-attendances",
    "attendance-serving-members": "serving-attendances",
    "staff-qualified": "staff",
    "young-staff-degrees": "young-staff",
    "groups-classified": "groups",
    "groups-excellent": "groups-classified",
    "groups-fair": "groups-classified",
    "women-union-household-coverage": "households-with-women",
    "veterans-growth": "veterans",
}

# Yes/no goals that are harder (below 0) or easier than most.
HARDNESS = {
    "front-unions-excellent": -2.0,
    "veterans-cultural-families": -1.3,
    "exemplary-members": -0.8,
    "charity-houses": -0.5,
    "party-organisation-strong": -0.4,
    "work-initiatives": -0.6,
    "public-order-stability": 0.8,
}


class Dice:
    """Chance drawn from uniform numbers only, so that a new numpy cannot move the figures."""

    def __init__(self, *seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def unit(self) -> float:
        """A number above 0 and below 1."""
        return float(self._random.random()) * (1 - 2e-12) + 1e-12

    def chance(self, share: float) -> bool:
        """Yes, with this probability."""
        return self.unit() < share

    def normal(self, mean: float, spread: float) -> float:
        """A number from a bell curve."""
        return mean + spread * NormalDist().inv_cdf(self.unit())

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.unit() * (high - low + 1))

    def events(self, mean: float) -> int:
        """How many rare events (Poisson)."""
        left, count, step = self.unit(), 0, math.exp(-mean)
        while left > step and count < 1000:
            left -= step
            count += 1
            step *= mean / count
        return count

    def part(self, whole: float, percent: float, spread: float) -> int:
        """About so many percent of a whole, never less than none or more than all."""
        return int(min(max(round(whole * self.normal(percent, spread) / 100), 0), whole))

    def nearly_all(self, whole: float, skill: float, gap: float) -> int:
        """All of a whole in good years, else short by about a gap in percent."""
        if self.chance(_logistic(0.3 + 1.6 * skill)):
            return int(whole)
        return int(max(whole - 1 - self.events(whole * gap / 100), 0))


@dataclass(frozen=True)
class Ward:
    """A made-up ward: how many people, how well it is led, and how many people it gained."""

    id: str
    number: int
    people: tuple[int, int]  # 2010 and 2015
    skill: float
    drift: float
    household: float
    offences: float
    moved: int

    def population(self, year: int, *, average: bool = False) -> float:
        """Residents at the end of a year, or on average over it."""
        first, last = self.people[0], self.people[1] - self.moved
        planned = first + (last - first) * (year - START) / 5
        if year < MOVED_IN:
            return planned
        return planned + self.moved * (0.5 if average and year == MOVED_IN else 1.0)

    def skill_in(self, year: int) -> float:
        """How well the ward does its work in a year; 0 is ordinary."""
        return self.skill + self.drift * (year - START)


def live(ward: Ward, year: int, before: Facts, yes_no: list[str], dice: Dice) -> Facts:
    """All facts of one year, given those of the year before (none for the first)."""
    skill = ward.skill_in(year)
    facts = _people(ward, year, skill, dice)
    past = {f"before {fact}": value for fact, value in before.items()}
    for chapter in (_money, _streets, _society, _order, _defence, _party, _staff, _unions):
        mood = skill + dice.normal(0, 0.25)
        facts |= chapter(ward, year, mood, facts | past, dice)
    for goal in yes_no:
        ease = 2.6 + 1.1 * skill + HARDNESS.get(goal, 0.0)
        facts[goal] = int(dice.chance(_logistic(ease)))
    return facts


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _people(ward: Ward, year: int, skill: float, dice: Dice) -> Facts:
    average = round(ward.population(year, average=True))
    dragon = 1.09 if year == 2012 else 1.0  # a year thought lucky to be born in
    births = round(average * dice.normal(0.0148, 0.0006) * dragon)
    deaths = round(average * dice.normal(0.0053, 0.0004))
    households = round(ward.population(year) / ward.household)
    return {
        "population": average,
        "households": households,
        "households-with-women": round(households * 0.89),
        "births": births,
        "third-births": dice.events(births * 0.027 * math.exp(-0.5 * skill)),
        "natural-population-growth": births - deaths,
        "children-due": round(births * 0.96),
        "children-under-six": round(births * 5.4),
    }


def _money(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    """Amounts in billions of dong, blood donors in persons."""
    time, size = year - START, ward.population(year) / 12400
    result: Facts = {}
    for goal, amount, rise, mean in (
        ("tax-revenue", 5.6, 1.12, 102.5),
        ("budget-revenue", 4.4, 1.10, 103.5),
        ("budget-expenditure", 4.3, 1.10, 100.3),
        ("statutory-funds", 0.34, 1.06, 101.0),
    ):
        digits = 3 if amount < 1 else 2
        assigned = round(amount * size * rise**time, digits)
        result[f"{goal} assigned"] = assigned
        result[goal] = round(assigned * dice.normal(mean + 2.0 * skill, 3.0) / 100, 3)
    assigned = round(size * (145 + 3 * time))
    result["blood-donation assigned"] = assigned
    result["blood-donation"] = round(assigned * dice.normal(101.5 + 3 * skill, 4) / 100)
    return result


def _streets(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    permits = round(ward.population(year) * dice.normal(0.0072, 0.0008))
    return {
        "unpermitted-construction": dice.events(1.3 * math.exp(-0.9 * skill)),
        "permits": permits,
        "noncompliant-construction": dice.part(permits, 8.3 - 2 * skill, 1.6),
        "alleys-upgraded": dice.events(1.5 + 0.5 * skill),
        "alleys-maintained": max(round(dice.normal(13.2 + 1.5 * skill, 1.8)), 4),
    }


def _society(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    time, households, small = year - START, facts["households"], facts["children-under-six"]
    left = max(1 - time / 5 * (0.88 + 0.16 * skill), 0.0)
    result: Facts = {
        "child-vaccination": dice.nearly_all(facts["children-due"], skill + 0.5, 0.9),
        "under-six-health-insurance": dice.nearly_all(small, skill + 0.3, 1.2),
        "poor-households": round(households * (0.074 - 0.015 * ward.skill) * left),
        "cultural-family-registration": dice.nearly_all(households, skill + 0.2, 0.6),
        "cultural-families": dice.part(households, 89.2 + 1.8 * skill + 0.4 * time, 0.9),
    }
    for k in NEIGHBOURHOODS:
        result[f"cultural kp-{k}"] = int(_titled(k, time, skill, facts, dice))
    return result


def _titled(k: int, time: int, skill: float, facts: Facts, dice: Dice) -> bool:
    """Neighbourhoods 1, 4 and 5 hold the title and seldom lose it; the others gain it late."""
    had = facts.get(f"before cultural kp-{k}", float(k in {1, 4, 5}))
    lost, gained = 0.035 * math.exp(-1.2 * skill), 0.09 * time * math.exp(0.8 * skill)
    chance = 1 - lost if had else (0.0 if time == 0 else gained)
    return dice.chance(min(chance, 1.0))


def _order(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    cases = _offences(ward, year, skill, facts, dice)
    spots = dice.whole(6, 13)
    found, relapsed = dice.events(3.2 - skill), dice.events(3.6 - skill)
    return {
        "criminal-offences": cases,
        "case-clearance": dice.part(cases, 71.5 + 3 * skill, 2.5),
        "serious-crimes": dice.events(0.25 * math.exp(-0.8 * skill)),
        "fires-explosions": dice.events(0.5 * math.exp(-0.8 * skill)),
        "drug-hotspots": spots,
        "drug-hotspots-transformed": dice.part(spots, 92 + 4 * skill, 5),
        "new-addicts": found,
        "new-addicts-treated": max(found - dice.events(0.25 * math.exp(-skill)), 0),
        "relapsed-addicts": relapsed,
        "relapsed-addicts-treated": max(relapsed - dice.events(0.4 * math.exp(-skill)), 0),
    }


def _offences(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> int:
    people = ward.population(year, average=True)
    change = dice.normal(-0.052 - 0.02 * skill, 0.035)
    if "before criminal-offences" not in facts:
        return round(people / 1000 * ward.offences)
    boundary = 1.0
    if ward.moved and year in {MOVED_IN, MOVED_IN + 1}:
        # The part that changed hands holds a market: more offences a head than elsewhere.
        boundary = (people / facts["before population"]) ** 1.6
    return round(facts["before criminal-offences"] * (1 + change) * boundary)


def _defence(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    assigned = round(ward.population(year) * 0.0034)
    militia = round(36 + ward.population(year) * 0.002)
    conscripts = round(ward.population(year) * 0.0013)
    return {
        "reserve-force-call-up assigned": assigned,
        "reserve-force-call-up": assigned + dice.whole(0, 2) - dice.events(0.6 * math.exp(-skill)),
        "militia": militia,
        "party-in-militia": dice.part(militia, 15.8 + 1.3 * skill, 1.0),
        "youth-union-in-militia": dice.part(militia, 76 + 2.5 * skill, 2.5),
        "conscripts": conscripts,
        "party-in-military-youth": min(dice.events(0.9 + 0.5 * skill), conscripts),
    }


def _party(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    members = round(150 + ward.population(year) * 0.0135 + 2.5 * (year - START))
    cells = 9 + round(ward.population(year) / 2600)
    due, serving = round(members * 0.66) * 12, round(members * 0.17) * 12
    return {
        "party-members": members,
        "party-cells": cells,
        "party-cells-strong": dice.nearly_all(cells, skill, 4.0),
        "members-good-performance": dice.part(members, 81.5 + 2 * skill, 1.6),
        "members-in-breach": dice.events(0.45 * math.exp(-0.8 * skill)),
        "new-party-members": dice.events(3.5 + 0.8 * skill),
        "neighbourhood-attendances": due,
        "attendance-neighbourhood-cells": dice.part(due, 81.5 + 2 * skill, 1.6),
        "serving-attendances": serving,
        "attendance-serving-members": dice.nearly_all(serving, skill - 0.4, 1.0),
    }


def _staff(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    time, staff, young = year - START, 21 + ward.number % 5, 7 + ward.number % 4
    graduates = round(young * (0.05 + 0.08 * time + 0.05 * skill))
    groups = round(ward.population(year) / 305)
    rated = dice.nearly_all(groups, skill + 0.4, 2.0)
    excellent = dice.part(rated, 80.5 + 2.5 * skill, 3.5)
    weak = min(dice.events(0.5 * math.exp(-0.9 * skill)), rated - excellent)
    average = min(dice.events(0.8), rated - excellent - weak)
    return {
        "staff": staff,
        "staff-qualified": staff - max(round(4 - 1.6 * time - skill), 0),
        "young-staff": young,
        "young-staff-degrees": min(max(graduates, 0), young),
        "groups": groups,
        "groups-classified": rated,
        "groups-excellent": excellent,
        "groups-weak": weak,
        "groups-fair": rated - excellent - weak - average,
    }


def _unions(ward: Ward, year: int, skill: float, facts: Facts, dice: Dice) -> Facts:
    size = (ward.population(year) / 12400) ** 0.5
    veterans = round(ward.population(year) * 0.0128 * 1.012 ** (year - START))
    women = facts["households-with-women"]
    result: Facts = {
        "women-union-new-members": round(dice.normal(1290 + 60 * skill, 50) * size),
        "women-union-household-coverage": dice.part(women, 90.6 + 1.5 * skill, 0.9),
        "outstanding-members-introduced": dice.events(1.7 + 0.5 * skill),
        "youth-union-new-members": round(dice.normal(103 + 8 * skill, 7) * size),
        "veterans": veterans,
        "veterans-growth": dice.part(veterans, 3.3 + 0.5 * skill, 0.7),
        "red-cross-new-members": round(dice.normal(83 + 7 * skill, 6) * size),
    }
    for k in NEIGHBOURHOODS:
        had = facts.get(f"before rescue kp-{k}", 0.0)
        chance = 0.0 if year == START else min(0.24 + 0.05 * (year - START) + 0.2 * skill, 0.95)
        result[f"rescue kp-{k}"] = int(bool(had) or dice.chance(chance))
    return result
