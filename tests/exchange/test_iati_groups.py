"""Groups in IATI results: their targets and figures come in, go out, and are judged as before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from examples import turns
from test_iati import figures_of, imported, one_indicator

from planlib.evaluation import Evaluation, evaluate
from planlib.exchange.iati.left_out import left_out
from planlib.exchange.iati.writing import iati_text
from planlib.language.language import Language

TESTS = Path(__file__).parent.parent
NORTHFIELD = TESTS / "groups" / "northfield"


def told(kind: str, value: str, **dimensions: str) -> str:
    inside = "".join(
        f'<dimension name="{name}" value="{one}"/>' for name, one in dimensions.items()
    )
    return f'<{kind} value="{value}">{inside}</{kind}>'


def by_group(*first: str, second: tuple[str, ...] = ()) -> str:
    """An indicator with 10 and 12 as targets, 11 and 12 as figures, and what is told of groups."""
    text = one_indicator([("10", "11"), ("12", "12")])
    text = text.replace('<actual value="11"/>', '<actual value="11"/>' + "".join(first))
    return text.replace('<actual value="12"/>', '<actual value="12"/>' + "".join(second))


def test_targets_of_groups_are_those_of_their_periods(tmp_path: Path) -> None:
    (tmp_path / "file.xml").write_text(
        by_group(
            told("target", "6", Sex="Women"), told("actual", "7", Sex="women"),
            told("actual", "4", Sex="Men"),
            second=(told("target", "8", SEX="Women"), told("actual", "7", Sex="Women")),
        )
    )  # fmt: skip
    done = imported(tmp_path / "file.xml", tmp_path)
    assert done.unread == ()
    (goal,) = done.plan.goals
    assert goal.by == ("sex",)
    held = [(one.group, one.period, one.value) for one in goal.targets]
    assert held == [
        (None, 2014, 10),
        (None, 2015, 12),
        ("sex=women", 2014, 6),
        ("sex=women", 2015, 8),
    ]
    evaluation = evaluate(str(done.folder))
    found = {
        (one.group, year): (one.verdict.name, one.value)
        for year in (2014, 2015)
        for one in evaluation.group_verdicts("whole", year)
    }
    assert found == {
        ("sex=women", 2014): ("exceeded", 7), ("sex=women", 2015): ("not_met", 7),
        ("sex=men", 2014): ("not_met", 4), ("sex=men", 2015): ("no_data", None),
    }  # fmt: skip
    back = iati_text(done.plan, figures_of(done.plan, done.folder))
    assert back.count('<dimension name="sex" value="women" />') == 4


def test_members_are_told_apart_by_more_than_their_letters(tmp_path: Path) -> None:
    text = by_group(
        told("actual", "3", Age="&lt;5"),
        told("actual", "4", Age="5"),
        told("actual", "2", 性别="女"),
    )
    (tmp_path / "file.xml").write_text(text, encoding="utf-8")
    done = imported(tmp_path / "file.xml", tmp_path)
    assert done.unread == ()
    frame = figures_of(done.plan, done.folder).frame
    told_of = {str(row.group): row.value for row in frame.itertuples() if row.group}
    assert told_of == {"age=5": 3, "age=5-2": 4, "dimension-2=member-1": 2}
    names = [
        (one.id, member.name["en"]) for one in done.plan.header.dimensions for member in one.members
    ]
    assert names == [("age", "<5"), ("age", "5"), ("dimension-2", "女")]


def facts(evaluation: Evaluation) -> dict[tuple[object, ...], tuple[object, ...]]:
    """What every goal and group came to in every period and on the term."""
    plan, found = evaluation.plan, {}
    for area in plan.header.areas:
        for at in (*plan.years, None):
            for goal in plan.goals:
                mine = evaluation.group_verdicts(area, at, [goal.id])
                for one in (evaluation.verdict_of(goal, area, at), *mine):
                    target = one.target
                    ends = None if target is None else (target.comparison, target.near, target.far)
                    found[area, goal.id, one.group, at] = (
                        one.verdict, one.value, one.low, one.high, one.level, one.tolerance, ends
                    )  # fmt: skip
    return found


GROUP_TARGETS = """\
    targets:
      - {group: sex=women, value: 85}
      - {group: sex=men, period: 2023, value: 70}
      - {group: district=lake, no_target: true}
    tolerance: {points: 2}
"""


def with_group_targets(folder: Path) -> Path:
    """Northfield with targets of groups under a rule that knows what is nearly met."""
    shutil.copytree(NORTHFIELD, folder)
    goals, header = folder / "people.yaml", folder / "plan.yaml"
    target = "    target: {comparison: at_least, value: 80, basis: share, cadence: every_year}\n"
    goals.write_text(goals.read_text("utf-8").replace(target, target + GROUP_TARGETS), "utf-8")
    rag = "id: rag\n  tolerance: {percent: 5}"
    text = header.read_text("utf-8").replace("id: office-table", rag)
    header.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("name", turns(["northfield", "oakshire", "states-plan", "good-plan"], 2))
def test_a_plan_written_and_read_again_comes_to_the_same(tmp_path: Path, name: str) -> None:
    folders = {
        "oakshire": TESTS / "periods" / "oakshire", "good-plan": TESTS / "plan" / "good-plan",
        "states-plan": TESTS / "targets" / "states-plan",
    }  # fmt: skip
    folder = folders.get(name) or with_group_targets(tmp_path / "plan")
    before = evaluate(folder)
    path = tmp_path / "plan.xml"
    path.write_text(iati_text(before.plan, before.figures), encoding="utf-8")
    done = imported(path, tmp_path, "again")
    assert done.unread == ()
    after = evaluate(done.folder)
    assert (after.plan.years, after.plan.header.areas, after.plan.goal_ids) == (
        before.plan.years, before.plan.header.areas, before.plan.goal_ids,
    )  # fmt: skip
    right = facts(before)
    assert facts(after) == right
    if name == "northfield":
        women = right["northfield", "school-completion", "sex=women", 2023]
        assert women[6] == ("at_least", 85, 85)
        assert right["northfield", "school-completion", "district=lake", 2023][6] is None


def test_what_has_no_place_is_told_line_by_line(tmp_path: Path) -> None:
    plan = evaluate(TESTS / "plan" / "good-plan").plan
    lines = list(left_out(plan, Language("en")))
    assert lines, "the plan has measures"
    assert all(any(sign.isdigit() for sign in line) for line in lines)
    assert list(left_out(evaluate(NORTHFIELD).plan, Language("en"))) == []


def test_what_somebody_else_writes_in_a_description_is_listed_or_left(tmp_path: Path) -> None:
    for number, (more, unread) in enumerate(
        [('{"make_up": "guess"}', 1), ('{"part_of": "nobody"}', 1), ("is a tool", 0), ("[1]", 0)]
    ):
        text = one_indicator([("10", "11")]).replace(
            "</title>",
            f"</title><description><narrative>planlib {more}</narrative></description>",
            1,
        )
        path = tmp_path / f"file{number}.xml"
        path.write_text(text)
        done = imported(path, tmp_path)
        assert done.plan.goals[0].yearly[0].value == 10
        assert len(done.unread) == unread, more
