"""Writes the illustrative figures of the ward plan 2010-2015: ten made-up wards, from one seed.

The plan is a real one, but no yearly figures that go with it were ever published. Reviews, charts
and tests still need figures that behave as an office's do: estimates in December and official
figures in spring that do not always agree, years without a report, shares of nothing, a boundary
that moves. This script makes them, and each row says in ``source`` that it is made up.

``python data/illustrative/generate.py`` writes the file again, byte for byte the same;
``--check`` writes nothing and exits with 1 where the file on disk differs.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import scenario
from facts import WHOLES, Dice, Facts, Ward, live

from planlib.figures.observations import COLUMNS
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.shipped import open_plan
from planlib.plan.target import Basis

SEED = 20102015
SOURCE = f"illustrative: seed {SEED}"
FILE = Path(__file__).with_name("ward-2010-2015.csv")
HEADER = (*COLUMNS, "words")
DECEMBER, OFFICIAL, LATER = range(3)
Row = dict[str, object]

# Yes/no goals with a rating that was already given in the baseline year.
RATED_BEFORE = {
    "internal-spending-rules", "party-organisation-strong", "front-unions-excellent",
    "veterans-clean-strong",
}  # fmt: skip
# Shares that offices print as a percentage beside the two counts.
PRINTED = {
    "third-births", "natural-population-growth", "cultural-families", "poor-households",
    "case-clearance", "members-good-performance", "groups-excellent", "party-in-militia",
}  # fmt: skip
# Figures that move with a ward's boundary.
BOUNDARY = {
    "natural-population-growth", "third-births", "child-vaccination", "poor-households",
    "cultural-families", "cultural-family-registration", "criminal-offences", "case-clearance",
    "groups-classified", "under-six-health-insurance", "women-union-household-coverage",
}  # fmt: skip
# Counts where December already knows each case.
CERTAIN = {
    "unpermitted-construction", "serious-crimes", "fires-explosions", "members-in-breach",
    "new-addicts-treated", "relapsed-addicts-treated", "staff-qualified", "young-staff-degrees",
    "party-in-military-youth", "drug-hotspots-transformed", "outstanding-members-introduced",
    "alleys-upgraded", "groups-excellent", "groups-fair", "groups-weak", "new-party-members",
    "groups-classified", "under-six-health-insurance", "party-cells-strong",
}  # fmt: skip


def main() -> int:
    """Write the file, or compare it with what would be written."""
    parser = argparse.ArgumentParser(description="The illustrative figures of the ward plan.")
    parser.add_argument("--check", action="store_true", help="only compare the file on disk")
    check = parser.parse_args().check
    made = render(open_plan("ward-2010-2015")).encode()
    if not check:
        FILE.write_bytes(made)
        print(f"{FILE.name}: {len(made.splitlines()) - 1} rows, {len(made)} bytes")
        return 0
    if FILE.is_file() and FILE.read_bytes() == made:
        return 0
    print(f"{FILE} differs from what its seed gives; run {Path(__file__).name}", file=sys.stderr)
    return 1


def render(plan: Plan) -> str:
    """The whole table as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    for number, name in enumerate(scenario.WARDS, start=1):
        writer.writerows(ward_rows(plan, _ward(plan, name, number)))
    return stream.getvalue()


def _ward(plan: Plan, name: str, number: int) -> Ward:
    people = {entry.year: entry.value for entry in plan.areas_by_id[name].population}
    ends = people[plan.figure_years[0]], people[plan.figure_years[-1]]
    return Ward(name, number, ends, *scenario.WARDS[name], moved=scenario.MOVED.get(name, 0))


def ward_rows(plan: Plan, ward: Ward) -> Iterator[Row]:
    """All rows of a ward, by goal, year and report."""
    facts = reports(plan, ward)
    for goal in plan.goals:
        for year in plan.figure_years:
            if year > plan.figure_years[0] or _has_baseline(goal):
                yield from Cell(plan, ward, goal, year).rows(facts[year])


def _has_baseline(goal: Goal) -> bool:
    return not _is_yes_no(goal) or goal.id in RATED_BEFORE


def _is_yes_no(goal: Goal) -> bool:
    return goal.main_target().kind.figure == "yes_no"


def reports(plan: Plan, ward: Ward) -> dict[int, list[Facts]]:
    """The facts of each year as told in December, officially, and later."""
    yes_no = [goal.id for goal in plan.goals if _is_yes_no(goal)]
    result: dict[int, list[Facts]] = {}
    before: Facts = {}
    for year in plan.figure_years:
        facts = live(ward, year, before, yes_no, Dice(SEED, ward.number, year))
        turns = _turns(ward, year)
        official = facts | {fact: values[OFFICIAL] for fact, values in turns.items()}
        december = estimate(official, yes_no, Dice(SEED, ward.number, year, 1))
        december |= {fact: values[DECEMBER] for fact, values in turns.items()}
        later = official | {fact: values[LATER] for fact, values in turns.items()}
        result[year] = [_possible(stage) for stage in (december, official, later)]
        before = official
    return result


def _turns(ward: Ward, year: int) -> dict[str, tuple[float, float, float]]:
    """The facts of a year set by hand, as told in December, officially and later."""
    turns = {}
    for fact, years in scenario.PATHS.get(ward.id, {}).items():
        if year in years:
            value = years[year]
            stages = value if isinstance(value, tuple) else (value, value)
            turns[fact] = (stages[0], stages[1], stages[-1])
    return turns


def estimate(facts: Facts, yes_no: list[str], dice: Dice) -> Facts:
    """What was known of a year in December: nearly the same, seldom all of it."""
    result = dict(facts)
    result["criminal-offences"] -= dice.whole(0, 2)
    late = dice.whole(0, 4)
    result["births"] -= late
    result["natural-population-growth"] -= late
    for fact, value in facts.items():
        named = fact in WHOLES or f"{fact} assigned" in facts or "new-members" in fact
        if named and fact not in CERTAIN and fact not in yes_no:
            moved = value * (1 + dice.normal(-0.004, 0.008))
            result[fact] = round(moved, 3) if isinstance(value, float) else round(moved)
    return result


def _possible(facts: Facts) -> Facts:
    """No part larger than its whole."""
    parts = {part: min(facts[part], facts[whole]) for part, whole in WHOLES.items()}
    return facts | parts


class Cell:
    """One goal of one ward in one year: how its figure is reported."""

    def __init__(self, plan: Plan, ward: Ward, goal: Goal, year: int) -> None:
        self.ward, self.goal, self.year = ward, goal, year
        self.key = (ward.id, year, goal.id)
        self.first = year == plan.figure_years[0]
        self.section = plan.sections.index(plan.section_of(goal.id))
        self.dice = Dice(SEED, ward.number, year, 2, plan.goals.index(goal))

    def rows(self, facts: list[Facts]) -> Iterator[Row]:
        """The rows of every report that speaks of the figure."""
        stated = self._stated()
        if stated is not None:
            state, note = stated
            for member in self._members():
                yield self._row(OFFICIAL, member=member, state=state, note=note)
            return
        stages = self._stages()
        for stage in stages:
            for member in self._members():
                row = self._row(stage, member=member, **self._numbers(facts[stage], stage, member))
                row["note"] = self._note(facts[stage]) if stage == stages[-1] else ""
                yield row

    def _members(self) -> list[str]:
        return [member.id for member in self.goal.main_target().members] or [""]

    def _stated(self) -> tuple[str, str] | None:
        """State and note where there is no number."""
        if self.key in scenario.STATES:
            return scenario.STATES[self.key]
        lead = self.goal.lead["vi"] if self.goal.lead else ""
        if scenario.SILENT.get((self.ward.id, self.year)) == lead:
            return "missing", scenario.SILENT_NOTE
        until, note = scenario.NOT_DUE_UNTIL.get(self.goal.id, (0, ""))
        if not self.first and self.year < until:
            return "not_due", note
        scripted = self._turn() or self.key in {*scenario.INTERVALS, *scenario.UNCONFIRMED}
        needed = self.first or self.ward.number == 1 or self.goal.id in WHOLES.values() or scripted
        if not needed and self.dice.chance(0.014):
            at = self.dice.whole(0, len(scenario.MISSING_NOTES) - 1)
            return "missing", scenario.MISSING_NOTES[at]
        return None

    def _turn(self) -> tuple[float, ...]:
        """What the scenario says of the figure, with one number for each report of it."""
        values = scenario.PATHS.get(self.ward.id, {}).get(self.goal.id, {}).get(self.year, ())
        return values if isinstance(values, tuple) else (values,)

    def _stages(self) -> list[int]:
        if self.key in scenario.UNCONFIRMED:
            return [DECEMBER]
        by_hand = len(self._turn())
        if by_hand > 1:
            return [DECEMBER, OFFICIAL, LATER][:by_hand]
        both = 0.42 if self.ward.number == 1 else 0.18
        estimated = not self.first and self.dice.chance(both)
        return [DECEMBER, OFFICIAL] if estimated else [OFFICIAL]

    def _numbers(self, facts: Facts, stage: int, member: str) -> Row:
        """The number cells of a row."""
        goal = self.goal.id
        if self.key in scenario.INTERVALS and stage == OFFICIAL:
            low, high, words = scenario.INTERVALS[self.key]
            return {"low": _text(low), "high": _text(high), "words": words}
        if member:
            kind = "rescue" if goal == "rescue-teams" else "cultural"
            return {"value": _text(facts[f"{kind} {member}"])}
        if goal in WHOLES:
            return self._ratio(facts[goal], facts[WHOLES[goal]])
        result: Row = {"value": _text(facts[goal])}
        if self.goal.main_target().basis is Basis.quota and self.key not in scenario.UNASSIGNED:
            result["assigned"] = _text(facts[f"{goal} assigned"])
        return result

    def _ratio(self, part: float, whole: float) -> Row:
        printed = self.goal.id in PRINTED and whole > 0
        value = _text(round(100 * part / whole, 1)) if printed else ""
        return {"value": value, "numerator": _text(part), "denominator": _text(whole)}

    def _note(self, facts: Facts) -> str:
        """What there is to say about the newest figure."""
        if self.key in scenario.NOTES:
            return scenario.NOTES[self.key]
        if self.key in scenario.UNCONFIRMED:
            return scenario.UNCONFIRMED_NOTE
        if self.key in scenario.UNASSIGNED:
            return scenario.UNASSIGNED_NOTE
        if self.goal.id in BOUNDARY:
            return scenario.MOVED_NOTES.get(self.key[:2], "")
        if facts.get(WHOLES.get(self.goal.id, ""), 1) == 0:
            return "Không phát sinh trong năm"
        return ""

    def _row(self, stage: int, **cells: object) -> Row:
        row: Row = {
            "area": self.ward.id,
            "goal": self.goal.id,
            "year": self.year,
            "vintage": self._vintage(stage).isoformat(),
            "state": "estimate" if stage == DECEMBER else "measured",
            "source": SOURCE,
        }
        return row | cells

    def _vintage(self, stage: int) -> date:
        """The date of a report: one for the whole ward in December, one a section in spring."""
        if stage == DECEMBER:
            day = Dice(SEED, self.ward.number, self.year, 3).whole(10, 20)
            return date(self.year, 12, day)
        spring = Dice(SEED, self.ward.number, self.year, 4, self.section).whole(0, 75)
        official = date(self.year + 1, 1, 15) + timedelta(days=spring)
        return official if stage == OFFICIAL else official + timedelta(days=110)


def _text(number: float | None) -> str:
    """A number as offices would type it into a CSV: no zeros that say nothing."""
    return "" if number is None else f"{number:.3f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    sys.exit(main())
