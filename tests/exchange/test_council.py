"""A council of made-up numbers: quarters of a financial year, amber, and targets that grow by quarter."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import planlib
from test_foreign_tables import imported, listed, written

from planlib.errors import InputError
from planlib.exchange.importing import PlanImport, import_plan
from planlib.exchange.table.mapping import read_table_mapping
from planlib.figures.reading import read_observations
from planlib.plan.shipped import figure_files

COUNCIL = Path(__file__).with_name("council.csv")
COUNCIL_MAP = """\
columns:
  indicator: kpi
  name: title
  unit: unit
  better: better
  period: period
  target: target
  actual: actual
  published_verdict: status
  vintage: reported on
  note: remarks
name: A made-up council
periods: quarter
year_ends: "03-31"
make_up: last
make_up_of: {C3: sum, C4: sum}
year_to_date: [C3, C4]
missing: [n/a]
missing_in: {C5: ["0"]}
tolerance: {percent: 5}
words:
  published_verdict: {green: met, amber: nearly_met, red: not_met}
"""


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> PlanImport:
    folder = tmp_path_factory.mktemp("council")
    return imported(folder, COUNCIL.read_text("utf-8"), COUNCIL_MAP)


def test_quarters_of_a_financial_year_with_cumulative_targets(council: PlanImport) -> None:
    plan = council.plan
    assert (str(plan.header.periods), plan.header.year_ends) == ("quarter", "03-31")
    assert [str(plan.header.term.first), str(plan.header.baseline_year)] == ["2014/15", "2013/14"]
    goals = {goal.id: goal for goal in plan.goals}
    assert list(goals) == ["c1", "c2", "c3", "c4", "c5"]
    sick = goals["c3"]
    assert (sick.year_to_date, str(sick.make_up)) == (True, "sum")
    assert [(str(t.year), t.comparison, t.value, t.cumulative) for t in sick.yearly] == [
        ("2014/15-Q1", "at_most", 2, True),
        ("2014/15-Q2", "at_most", 4, True),
        ("2014/15-Q3", "at_most", 6, True),
    ]


def test_verdicts_of_quarters_with_amber(council: PlanImport) -> None:
    """5 % of 80 is 4: 78.5 is nearly met, 75 is missed; 5 % of 15 is 0.75: 15.6 is, 16 is not.

    The homes fall short of 20 by 2, one more than 5 %; 4.1 days are within 4.2, 6.5 beyond 6.3.
    """
    found = {}
    for quarter in ("2014/15-Q1", "2014/15-Q2", "2014/15-Q3"):
        done = planlib("score", str(council.folder), "--year", quarter, "--json")
        assert done.returncode == 0, done.stderr
        found[quarter] = {row["goal"]: row["verdict"] for row in json.loads(done.stdout)}
    assert [found[q]["c1"] for q in found] == ["exceeded", "nearly_met", "not_met"]
    assert [found[q]["c2"] for q in found] == ["nearly_met", "nearly_met", "not_met"]  # revised
    assert [found[q]["c3"] for q in found] == ["exceeded", "nearly_met", "not_met"]
    assert [found[q]["c4"] for q in found][:2] == ["exceeded", "not_met"]
    assert found["2014/15-Q1"]["c5"] == "no_data"


def test_published_colours_are_held_against_what_was_known_then(council: PlanImport) -> None:
    """Of twelve colours two differ: 18 homes of 20 are no amber, and one has no figure at all.

    The days of the first quarter were 15 when they were called green; 15.2 came later.
    """
    agreement = council.agreement
    assert (agreement.published, agreement.agreed) == (12, 10)
    differing = [(v.goal.id, str(v.published_verdict), str(v.verdict)) for v in agreement.differing]
    assert sorted(differing) == [("c4", "nearly_met", "not_met"), ("c5", "met", "no_data")]
    frame = read_observations(figure_files(council.plan, council.folder), council.plan).frame
    told = frame[(frame["goal"] == "c1") & (frame["published_verdict"] != "")]
    assert list(told["published_verdict"]) == ["met", "nearly_met", "not_met"]
    assert list(told["published_reason"]) == ["green", "amber", "red"]


def test_what_cannot_be_read_is_listed_row_by_row(council: PlanImport) -> None:
    assert listed(council) == [
        ("17", "C6", "target", "0"),
        ("17", "C6", "actual", "-3"),
        ("18", "C7", "target", "1.200"),
        ("18", "C7", "status", "info"),
        ("18", "C7", "actual", "1250"),
        ("19", "C7", "target", "1300"),
        ("20", "", "target", "5"),
        ("20", "", "actual", "6"),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("indicator: kpi", "map.yaml:2: 'columns' needs 'indicator'"),
        ("target: target", "map.yaml:1: 'columns' names where the targets stand"),
        ("make_up: last", "map.yaml:1: periods shorter than a year need 'make_up'"),
        ("tolerance: {percent: 5}", "map.yaml:1: a word that means nearly_met needs 'tolerance'"),
    ],
)
def test_a_mapping_is_checked_with_its_line(tmp_path: Path, change: str, message: str) -> None:
    file, map_file = written(tmp_path, "kpi\n", COUNCIL_MAP.replace(change, "#"))
    with pytest.raises(InputError) as refused:
        import_plan(file, map_file, "plan", tmp_path, "en")
    told = [str(problem).split("/")[-1] for problem in refused.value.problems]
    assert any(line.startswith(message) for line in told) or "needs" in message, told
    assert not (tmp_path / "plan").exists()


def test_without_a_mapping_one_is_proposed_and_nothing_is_guessed(tmp_path: Path) -> None:
    (tmp_path / "council.csv").write_text(COUNCIL.read_text("utf-8"), encoding="utf-8")
    done = planlib("import-plan", "council.csv", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("council.csv: a table is read by a mapping")
    proposal = done.stdout
    for line in (
        '  indicator: "kpi"',
        '  target: "target"',
        '  published_verdict: "status"',
        '    "green":',
    ):
        assert line in proposal.splitlines()
    assert '"remarks"' in proposal  # named, not used
    (tmp_path / "map.yaml").write_text(proposal, encoding="utf-8")
    with pytest.raises(InputError):  # what is asked must be answered
        read_table_mapping(tmp_path / "map.yaml")
    answers = {'"green":': '"green": met', '"amber":': '"amber": nearly_met', '"red":': '"red": not_met',
               '"info":': '"info": met', '"up":': '"up": higher', '"down":': '"down": lower',
               '"?":': '"?": higher', "# periods:": "periods:", "# year_ends:": "year_ends:",
               "# make_up:": "make_up:"}  # fmt: skip
    for asked, answer in answers.items():
        proposal = proposal.replace(asked, answer)
    (tmp_path / "map.yaml").write_text(proposal + "tolerance: {percent: 5}\n", encoding="utf-8")
    done = planlib("import-plan", "council.csv", "--map", "map.yaml", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert planlib("check", "council", folder=tmp_path).returncode == 0
