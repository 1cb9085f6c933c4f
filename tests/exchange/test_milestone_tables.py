"""Tables of milestones and targets with quarters due, as recovery plans are told; and what is doubtful."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import planlib
from test_foreign_tables import imported, listed, written

from planlib.errors import InputError
from planlib.evaluation import evaluate

RECOVERY = """\
id,kind,unit,start,goal,direction,due,done,status,decided,verified by
R1-01,milestone,,,,,2023-Q2,yes,reached,2023-Q2,journal of laws
R1-02,milestone,,,,,Q4 2023,no,,2023-Q4,
R1-03,milestone,,,,,,,,,
R1-04,milestone,,,12,,2023-Q4,,,,
R1-05,vision,,,,,2023-Q4,,,,
R1-06,milestone,,,,,2024-Q4,perhaps,,2023-Q4,
R2-01,target,teachers,0,500,higher,31/12/2023,520,reached,2023-Q4,
R2-02,target,days,60,90,lower,2024-Q2,,,,
R2-03,target,days,,0,higher,2024-Q2,,,,
R2-04,target,%,0,,higher,2024-Q2,,,,
R2-05,target,%,0.1,0.9,higher,2024-Q2,0.5,,2023-Q4,
R2-05,target,%,0.1,0.9,higher,2024-Q2,0.25,,2023-Q3,
R2-05,target,%,0.1,0.9,higher,2024-Q2,0,,2023-Q2,
Part two,,,,,,,,,,
"""
MAP = """\
columns:
  indicator: id
  kind: kind
  unit: unit
  better: direction
  baseline: start
  target: goal
  due: due
  actual: done
  published_verdict: status
  period: decided
  evidence: verified by
baseline_year: 2020
periods: quarter
make_up: last
missing_in: {R2-03: ["0"]}
words:
  kind: {milestone: milestone, target: target}
  published_verdict: {reached: met}
"""


def test_milestones_and_targets_of_one_table(tmp_path: Path) -> None:
    done = imported(tmp_path, RECOVERY, MAP)
    goals = {goal.id: goal for goal in done.plan.goals}
    assert list(goals) == ["r1-01", "r1-02", "r1-06", "r2-01", "r2-02", "r2-05"]
    law = goals["r1-01"].main_target()
    assert (law.comparison, str(law.due)) == ("done", "2023-Q2")
    assert law.evidence is not None and law.evidence["en"] == "journal of laws"
    assert goals["r1-01"].unit_id == "yes/no"
    teachers = goals["r2-01"].main_target()
    assert (teachers.value, str(teachers.due)) == (500, "2023-Q4")
    start = goals["r2-01"].baseline
    assert start is not None and (str(start.year), start.value) == ("2020-Q4", 0)
    verdicts = {
        one.goal.id: one.verdict.name
        for one in evaluate(done.folder).year_verdicts("whole", _q4(done))
    }
    # Done in its quarter and not done by it; 520 of 500; 0.5 of 0.9 with half a year to go.
    assert {key: verdicts[key] for key in ("r1-02", "r2-01", "r2-05")} == {
        "r1-02": "not_met", "r2-01": "exceeded", "r2-05": "not_yet",
    }  # fmt: skip
    # "reached" is all that is ever said, so that it holds of what is exceeded too.
    assert (done.agreement.published, done.agreement.agreed) == (2, 2)


def _q4(done: object) -> int:
    return next(year for year in done.plan.years if str(year) == "2023-Q4")  # type: ignore[attr-defined]


def test_no_row_with_a_name_is_dropped_and_titles_are_none(tmp_path: Path) -> None:
    done = imported(tmp_path, RECOVERY, MAP)
    assert listed(done) == [
        ("4", "R1-03", "due", ""),
        ("5", "R1-04", "goal", "12"),
        ("6", "R1-05", "kind", "vision"),
        ("7", "R1-06", "done", "perhaps"),
        ("10", "R2-03", "", ""),  # its 0 stands for missing
        ("11", "R2-04", "baseline", "0"),
    ]
    assert [(one.subject, one.found) for one in done.doubtful] == [
        ("R2-02", "60 → 90"),
        ("R2-05", ""),
    ]
    told = planlib(
        "import-plan", "table.csv", "--map", "map.yaml", "--id", "again", folder=tmp_path
    )
    assert "2 entries were read and are worth a look:" in told.stdout
    assert "R2-02: baseline '60 → 90': lies beyond its target already" in told.stdout


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("  kind: kind\n", ""), "'evidence' is for milestones"),
        (("  kind: {milestone: milestone, target: target}\n", ""), "a column 'kind' needs"),
        (("baseline_year: 2020\n", ""), "'baseline' and 'baseline_year' go together"),
    ],
)
def test_what_milestones_need_is_asked(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        imported(tmp_path, RECOVERY, MAP.replace(*change))


def test_a_yearly_indicator_beside_a_quarterly_one_needs_nothing_to_make_its_years(
    tmp_path: Path,
) -> None:
    table = "kpi,target,due,period,actual\nA,5,2024-Q4,2024-Q1,4\nB,7,2024,2023,6\n"
    mapping = (
        "columns: {indicator: kpi, target: target, due: due, period: period, actual: actual}\n"
        "better: higher\nperiods: quarter\nmake_up: mean\n"
    )
    file, map_file = written(tmp_path, table, mapping)
    done = planlib("import-plan", str(file), "--map", str(map_file), folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
