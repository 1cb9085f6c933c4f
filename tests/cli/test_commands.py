"""The command line as programs and people use it: keys, exit codes, one line a problem."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from commands import planlib, process
from examples import LONG

GOOD = Path(__file__).parent.parent / "plan" / "good-plan"
GOAL_KEYS = {
    "id", "section", "name", "unit", "basis", "cadence", "due", "comparison", "value", "low",
    "high", "beyond", "better", "members", "source", "ambiguous", "readings", "sensitive",
    "measures", "by",
}  # fmt: skip
SCORE_KEYS = {
    "goal", "area", "year", "period", "group", "vintage", "value", "low", "high", "target", "verdict",
    "published_verdict", "level", "road", "schedule_index", "required_per_year", "secured",
    "impossible", "probability", "outlook", "readings", "rule", "inputs", "certainty",
}  # fmt: skip


def records(*arguments: str) -> list[dict[str, Any]]:
    done = planlib(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert isinstance(result, list)
    return result


def test_a_process_of_its_own_says_and_ends_the_same() -> None:
    for arguments, code in (
        (["plans", "--json"], 0),
        (["goals", "viet-nam-2016-2021", "--json"], 1),
        *([(["score", "ward-2010-2015", "--lang", "xx"], 2)] if LONG else []),
    ):
        there, here = process(*arguments), planlib(*arguments)
        assert there.returncode == here.returncode == code
        assert (there.stdout, there.stderr) == (here.stdout, here.stderr)


def test_plans_are_listed_with_term_and_number_of_goals() -> None:
    rows = {row["id"]: row for row in records("plans")}
    assert rows["ward-2010-2015"]["term"] == [2011, 2015]
    assert rows["ward-2010-2015"]["goals"] == 79
    assert set(rows["ward-2010-2015"]["name"]) == {"vi", "en"}


def test_goals_have_the_keys_of_the_interface() -> None:
    rows = {row["id"]: row for row in records("goals", "ward-2010-2015")}
    assert all(set(row) == GOAL_KEYS for row in rows.values())
    crime = rows["criminal-offences"]
    assert (crime["low"], crime["high"], crime["better"], crime["beyond"]) == (
        -7,
        -5,
        "lower",
        "good",
    )
    assert crime["ambiguous"] and sum(r["default"] for r in crime["readings"]) == 1
    assert len(rows["tax-revenue"]["source"]) == 2
    assert [m["id"] for m in rows["cultural-neighbourhoods-term-end"]["members"]] == [
        "kp-2",
        "kp-3",
    ]


def test_scores_have_the_keys_of_the_interface() -> None:
    rows = records("score", "ward-2010-2015", "--area", "ward-01", "--year", "2013")
    assert len(rows) == 79 and all(set(row) == SCORE_KEYS for row in rows)
    clearance = next(row for row in rows if row["goal"] == "case-clearance")
    assert clearance["target"]["comparison"] == "at_least"
    (used,) = clearance["inputs"][-1:]
    assert used["file"].endswith("ward-2010-2015.csv") and used["row"] > 1
    crime = next(row for row in rows if row["goal"] == "criminal-offences")
    assert set(crime["readings"]) == {
        r["id"]
        for r in next(
            g for g in records("goals", "ward-2010-2015") if g["id"] == "criminal-offences"
        )["readings"]
    }
    assert len(crime["inputs"]) == 2  # this year's offences and those of the year before


def test_the_national_table_of_2019_is_computed_beside_the_published_one() -> None:
    rows = {row["goal"]: row for row in records("score", "viet-nam-2016-2020", "--year", "2019")}
    published = {
        goal: (row["verdict"], row["published_verdict"])
        for goal, row in rows.items()
        if row["published_verdict"]
    }
    differ = {goal for goal, (computed, said) in published.items() if computed != said}
    assert len(published) == 12
    assert differ == {"reduction-of-the-poor-household-rate", "trade-deficit-to-exports"}
    assert (
        rows["trained-workers-share"]["low"] == 61 and rows["trained-workers-share"]["high"] == 62
    )


def test_the_term_2011_2015_is_scored_from_its_own_targets() -> None:
    rows = {r["goal"]: r for r in records("score", "viet-nam-2011-2015", "--year", "term")}
    assert rows["average-gdp-growth-5-years"]["verdict"] == "not_met"
    assert rows["energy-intensity-of-gdp-5-year-average"]["verdict"] == "exceeded"
    assert rows["government-debt-to-gdp"]["year"] == "term"


def test_an_as_of_date_replays_what_was_known() -> None:
    def gdp(as_of: str) -> dict[str, Any]:
        rows = records("score", "viet-nam-2011-2015", "--year", "2015", "--as-of", as_of)
        return next(row for row in rows if row["goal"] == "export-turnover-growth")

    assert gdp("2015-12-31")["verdict"] == "no_data"
    assert gdp("2016-02-29")["verdict"] == "not_met"


def test_own_figures_are_scored_against_an_own_plan(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(GOOD, folder)
    rows = {r["goal"]: r for r in records("score", str(folder), "--year", "2011")}
    assert rows["vaccination"]["value"] == 95 and rows["vaccination"]["verdict"] == "met"
    assert rows["tax"]["value"] == 106.25 and rows["tax"]["verdict"] == "exceeded"
    own = tmp_path / "own.csv"
    own.write_text("area,goal,year,value\nward-a,alleys,2011,9\n")
    rows = {
        r["goal"]: r
        for r in records("score", str(folder), "--year", "2011", "--observations", str(own))
    }
    assert rows["alleys"]["verdict"] == "not_met" and rows["vaccination"]["verdict"] == "no_data"
    assert rows["alleys"]["inputs"] == [{"file": str(own), "row": 2}]


def test_check_prints_every_problem_on_its_line_and_fails(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(GOOD, folder)
    broken = folder / "society.yaml"
    broken.write_text(broken.read_text().replace("value: 95", "value: 1.200"))
    done = planlib("check", str(folder))
    assert done.returncode == 1 and done.stderr == ""
    assert done.stdout == (
        f"{broken}:9: YAML would change '1.200' silently: thousands or decimals? "
        "(write 1200 or 1.2, or quote it as text)\n"
    )


def test_check_of_every_shipped_plan_finds_nothing() -> None:
    done = planlib("check")
    assert done.returncode == 0, done.stdout
    assert (
        "no problems in europe-2020, viet-nam-2011-2015, viet-nam-2016-2020, ward-2010-2015"
        in done.stdout
    )


def test_check_tells_problems_of_given_figures(tmp_path: Path) -> None:
    figures = tmp_path / "kp.csv"
    figures.write_text("area,goal,year,value\nward-a,vaccination,2011,712\n")
    done = planlib("check", str(GOOD), str(figures))
    assert done.returncode == 1
    assert f"{figures}:2: goal 'vaccination': a share must lie between 0 and 100" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["goals", "ward-2010-2016"], 1, "did you mean 'ward-2010-2015'?"),
        (["score", "ward-2010-2015", "--year", "2016"], 1, "must lie in 2011-2015, found 2016"),
        (["score", "ward-2010-2015", "--area", "ward-1"], 1, "there is no area 'ward-1'"),
        (["score", "ward-2010-2015", "--area", "../x"], 1, "an id is small ASCII letters"),
        (["score", "ward-2010-2015", "--as-of", "spring"], 1, "the as-of date must be"),
        (["score", "ward-2010-2015", "--observations", "gone.csv"], 1, "gone.csv: cannot be read"),
        (["check", "nowhere"], 1, ""),
        (["score", "ward-2010-2015", "--year", "soon"], 2, "--year"),
        (["score", "ward-2010-2015", "--lang", "xx"], 2, "--lang"),
        (["nonsense"], 2, "nonsense"),
        (["score"], 2, ""),
    ],
)
def test_bad_input_is_one_and_wrong_usage_two_and_never_a_traceback(
    arguments: list[str], code: int, message: str
) -> None:
    done = planlib(*arguments)
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr and message in done.stderr


@pytest.mark.parametrize("arguments", [["plans"], ["goals", "ward-2010-2015"]])
def test_tables_are_readable_without_json(arguments: list[str]) -> None:
    done = planlib(*arguments)
    assert done.returncode == 0 and len(done.stdout.splitlines()) > 3


def test_the_table_of_verdicts_is_in_the_language_asked_for() -> None:
    vi = planlib("score", "ward-2010-2015", "--year", "2013").stdout
    en = planlib("score", "ward-2010-2015", "--year", "2013", "--lang", "en").stdout
    assert "Đánh giá" in vi and "Không đạt" in vi and "minh họa" in vi
    assert "Verdict" in en and "Missed" in en and "llustrative" in en


def test_the_table_lists_where_published_verdicts_differ() -> None:
    said = planlib("score", "viet-nam-2016-2020", "--year", "2019", "--lang", "en").stdout
    assert "10 of 12 published verdicts agree with the computed ones." in said
    differs = "Trade deficit / exports, Viet Nam, 2019: published Exceeded, computed Met"
    assert f"{differs} (0 or less against under" in said
    assert said.count(": published ") == 2


@pytest.mark.parametrize("year", ["2013", "term"])
def test_scores_say_how_likely_each_target_is_to_be_met(year: str) -> None:
    given = ("ward-2010-2015", "--year", year, "--as-of", "2014-03-31", "--json")
    rows = json.loads(planlib("score", *given).stdout)
    words = {"secured", "on_track", "at_risk", "off_track", "impossible", "too_few_points", None}
    assert {row["outlook"] for row in rows} <= words
    assert any(0 < (row["probability"] or 0) < 1 for row in rows)
    for row in rows:
        if row["secured"]:
            assert (row["probability"], row["outlook"]) == (1, "secured")
        elif row["impossible"]:
            assert (row["probability"], row["outlook"]) == (0, "impossible")
        elif row["outlook"] in {None, "too_few_points"}:
            assert row["probability"] is None
        else:
            assert 0 <= row["probability"] <= 1


def test_after_the_term_every_judged_target_is_decided() -> None:
    rows = json.loads(planlib("score", "ward-2010-2015", "--year", "term", "--json").stdout)
    for row in rows:
        if row["verdict"] in {"met", "exceeded", "not_met"}:
            assert row["probability"] == float(row["verdict"] != "not_met"), row["goal"]


def test_the_command_line_imports_no_numerical_library() -> None:
    code = "import sys, planlib.cli; print([m for m in ('pandas','numpy','scipy','matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_schema_is_json_and_nothing_else() -> None:
    assert "anyOf" in json.loads(planlib("schema").stdout)
