"""Tables with a column a period, and targets held against others, become a plan by a mapping."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from commands import planlib

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.exchange.importing import PlanImport, import_plan
from planlib.exchange.table.proposal import proposed_mapping

TABLE = """\
KPI;Unit;Region;Target;Against;Place;2019;2020;2021
Jobs;%;EU;;;;70,5;71,5;72,5
Jobs;%;North;2;EU;;69,5;74;75
Jobs;%;South;2;EU;;66,5;67;68
Skills;%;North;;;Best half;44;45;46
Skills;%;South;;;1;34;35;36
Debt;%;North;9;Skills;;34;35;55
Debt;%;South;9;Nobody;;34;35;36
Roads;km;North;9;Trains;;34;35;36
Trains;km;North;;;;34;35;36
"""
MAPPING = """\
columns: {indicator: KPI, unit: Unit, area: Region, target: Target, to: Against, among: Place}
across: {actual: all}
due: 2021
better: higher
words:
  among: {Best half: top_half}
"""


def imported(folder: Path, table: str, mapping: str) -> PlanImport:
    (folder / "table.csv").write_text(table, encoding="utf-8")
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return import_plan(folder / "table.csv", folder / "map.yaml", "plan", folder, "en")


def verdicts(done: PlanImport, area: str) -> dict[str, str]:
    found = evaluate(str(done.folder)).verdicts("2021", area=area)
    return dict(zip(found["goal"], found["verdict"].astype(str), strict=True))


def test_a_column_a_period_and_targets_held_against_others(tmp_path: Path) -> None:
    done = imported(tmp_path, TABLE, MAPPING)
    assert [goal.id for goal in done.plan.goals] == ["jobs", "skills", "debt"]
    # 75 is 2.5 more than 72.5, 55 is 9 more than 46; 46 is the first of two, 36 is not.
    assert verdicts(done, "north") == {"jobs": "exceeded", "skills": "met", "debt": "met"}
    assert verdicts(done, "south")["jobs"] == "not_met"
    assert verdicts(done, "south")["skills"] == "not_met"
    assert {(one.place, one.found, one.why.key) for one in done.unread if one.what == "to"} == {
        (8, "Nobody", "exchange.other-unknown"), (9, "Trains", "exchange.other-without-target"),
    }  # fmt: skip
    assert {one.subject for one in done.unread if one.what != "to"} == {"Trains"}


def test_a_percentage_of_an_area_that_a_word_names(tmp_path: Path) -> None:
    mapping = """\
columns: {indicator: KPI, area: Region, actual: Result, target: Wanted}
to: Europe
measure: percent
words: {to: {Europe: {area: EU27}}}
period: 2021
better: higher
"""
    table = "KPI,Region,Result,Wanted\nJobs,North,75,120\nJobs,EU27,60,120\n"
    done = imported(tmp_path, table, mapping)
    assert verdicts(done, "north") == {"jobs": "exceeded"}  # 125 % of 60
    assert verdicts(done, "eu27") == {"jobs": "not_applicable"}  # nothing is held against itself


@pytest.mark.usefixtures("here")
def test_figures_and_targets_may_each_have_their_columns(tmp_path: Path) -> None:
    table = "KPI;Result Q1;Result Q2;T1 2021;T2 2021\nTrees;8;12;10;11\n"
    mapping = """\
columns: {indicator: KPI}
across:
  actual: {quý 1/2021: Result Q1, Q2 2021: Result Q2}
  target: {2021-Q1: T1 2021, 2021-Q2: T2 2021}
periods: quarter
make_up: sum
better: higher
"""
    done = imported(tmp_path, table, mapping)
    found = evaluate(str(done.folder))
    got = [str(found.verdicts(f"2021-Q{n}")["verdict"].iloc[0]) for n in (1, 2)]
    assert (got, done.unread) == (["not_met", "exceeded"], ())
    out = tmp_path / "out"
    asked = ("--years", "2021-Q2", "--no-midterm", "--lang", "en", "--out", str(out))
    made = planlib("batch", str(done.folder), *asked)
    assert made.returncode == 0, made.stderr
    proof = planlib("verify", str(out), "--plan-dir", str(done.folder))
    assert proof.returncode == 0, proof.stdout


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("actual: all", "actual: [2018]"), "no column is headed '2018'"),
        (("actual: all", "actual: {soon: 2019}"), "'soon'"),
        (("actual: all", "actual: {2019: 2020, 2019/20: 2020}"), "2019"),
        (("due: 2021", "period: 2021"), "give 'period' once"),
        (("{actual: all}", "{}"), "'across' names the columns"),
        (("{actual: all}", "{actual: all, target: all}"), "'all' goes with one"),
        (("better: higher", "better: higher\nto: EU"), "give 'to' once"),
        (("top_half", "top_most"), "map.yaml:6"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_told(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    with pytest.raises(InputError) as refused:
        imported(tmp_path, TABLE, MAPPING.replace(*change))
    assert told in "\n".join(map(str, refused.value.problems))


def test_periods_across_are_proposed(tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(TABLE.replace("KPI;", "Indicator;"), encoding="utf-8")
    assert "across: {actual: all}" in proposed_mapping(tmp_path / "table.csv", "en")


def test_a_place_that_is_no_word_of_the_mapping_is_listed(tmp_path: Path) -> None:
    def why(place: str) -> Any:
        (folder := tmp_path / place.strip("0 ")).mkdir()
        done = imported(folder, TABLE.replace("Best half", place), MAPPING)
        return [one.why.key for one in done.unread if one.found == place]

    assert why("Best") == ["exchange.word-unknown-place"]


MARKED = """\
KPI;Direction;Unit;Baseline 2019;2020 (p);2021*;Target 2022;2013 notes
Recycling rate;up;%;40,5;41,2;43*;50;x
Waste per head;down;kg;420;1'410;400 e;<=380;
"""
MARKED_MAPPING = """\
columns: {indicator: KPI, better: Direction, unit: Unit, baseline: Baseline 2019, target: Target 2022}
across: {actual: all}
baseline_year: 2019
due: 2022
words: {better: {up: higher, down: lower}}
"""


def test_a_period_with_a_mark_or_a_flag_behind_it_is_that_period(tmp_path: Path) -> None:
    done = imported(tmp_path, MARKED, MARKED_MAPPING)
    assert done.unread == ()
    with (done.folder / "figures" / "figures.csv").open(encoding="utf-8") as stream:
        told = [
            (row["goal"], row["year"], row["value"], row["state"]) for row in csv.DictReader(stream)
        ]
    assert told == [
        ("recycling-rate", "2020", "41.2", "estimate"), ("recycling-rate", "2021", "43", ""),
        ("waste-per-head", "2020", "1410", "estimate"), ("waste-per-head", "2021", "400", "estimate"),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "vi", "fr"])
def test_no_column_of_a_period_is_left_out_without_a_word(tmp_path: Path, lang: str) -> None:
    with pytest.raises(InputError) as refused:
        imported(tmp_path, MARKED.replace("2020 (p)", "Result of 2020"), MARKED_MAPPING)
    (problem,) = refused.value.problems
    shown = str(problem.in_language(lang))
    assert problem.place == "E1" and "'Result of 2020'" in shown and "'across'" in shown
    named = MARKED_MAPPING.replace("all", "{2020: Result of 2020, 2021: 2021*}")
    done = imported(tmp_path, MARKED.replace("2020 (p)", "Result of 2020"), named)
    assert done.figures == 4
