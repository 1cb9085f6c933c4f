"""Pages tell the groups under their goal: who is furthest behind, and whether the gap closes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from commands import planlib
from helpers import TEXT, goal, observations, plan
from here import tasks_here

from planlib.evaluation import Evaluation, evaluate
from planlib.figures.reading import read_observations
from planlib.language.language import Language
from planlib.plan.groups.dimensions import Dimension
from planlib.plan.reading import read_plan
from planlib.report.charts import group_dots
from planlib.report.charts.svg import svg_of
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.explore import ExplorePage
from planlib.report.pages.midterm import MidtermPage
from planlib.review.groups import goal_groups
from planlib.verify.prove import prove

NORTHFIELD = Path(__file__).parent / "northfield"
AT_LEAST = {"comparison": "at_least", "value": 80, "basis": "share", "cadence": "every_year"}


@pytest.fixture(scope="module")
def northfield() -> Evaluation:
    """Everything known of the plan."""
    opened = read_plan(NORTHFIELD)
    return evaluate(opened, read_observations([NORTHFIELD / "figures.csv"], opened))


def plain(blocks: object) -> str:
    """What blocks say, with every blank the same."""
    return str(blocks).replace("\N{NO-BREAK SPACE}", " ")


def sexes(rows: dict[int, tuple[float, float]], target: dict[str, Any] | None = None) -> Evaluation:
    """A share of women and of men in each year."""
    dimension = Dimension.model_validate({
        "id": "sex", "name": TEXT,
        "members": [{"id": "w", "name": {"vi": "Nữ", "en": "W"}}, {"id": "m", "name": {"vi": "Nam", "en": "M"}}],
    })  # fmt: skip
    opened = plan(goal(by=("sex",), target=target or AT_LEAST))
    header = opened.header.model_copy(update={"dimensions": (dimension,)})
    found = observations(
        *({"year": year, "group": f"sex={name}", "value": value}
          for year, pair in rows.items() for name, value in zip("wm", pair, strict=True))
    )  # fmt: skip
    return Evaluation(opened.model_copy(update={"header": header}), found)


def test_a_yearly_page_tells_the_groups_under_their_goal(northfield: Evaluation) -> None:
    text = plain(AnnualPage.of(northfield, "northfield", 2023, "en").sections())
    assert "Furthest behind: Men, 72%; target: at least 80%." in text
    # 86 − 72 in 2023; 82 − 58 in 2021, the first year that both were told.
    assert (
        "Sex: best Women (86%), worst Men (72%); the gap is 14 percentage points. "
        "It is closing: in 2021 it was 24 percentage points." in text
    )
    # 60 of 70 less 58 of 80: 85.714 − 72.5; districts were told in one year only.
    assert (
        "District: best North (85.7%), worst South (72.5%); the gap is 13.2 percentage points. "
        "Too few figures of earlier years to say whether it closes." in text
    )
    assert "1 group has no figure" not in text.split("New jobs")[0]


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        ({2011: (80, 70), 2012: (85, 70)}, "widening"),
        ({2011: (80, 70), 2012: (85, 80)}, "closing"),
        ({2011: (80, 70), 2012: (85, 75)}, "steady"),
        ({2011: (80, 70), 2012: (70, 80)}, "steady"),  # as far apart, the other way round
        ({2011: (80, 70), 2012: (85, 75.04)}, "steady"),  # no reader sees 9.96 of 10.0
        ({2012: (85, 75)}, None),
    ],
)
def test_a_gap_closes_widens_or_stays(
    rows: dict[int, tuple[float, float]], way: str | None
) -> None:
    (found,) = goal_groups(sexes(rows), "a", 2012)
    assert found.gaps[0].way == way


def test_the_best_group_is_the_lowest_where_less_is_better() -> None:
    most = {"comparison": "at_most", "value": 10, "basis": "level", "cadence": "every_year"}
    (found,) = goal_groups(sexes({2012: (8, 20)}, most), "a", 2012)
    assert (found.gaps[0].best.group, found.gaps[0].worst.group) == ("sex=w", "sex=m")
    assert found.furthest is not None and found.furthest.group == "sex=m"


def test_a_gap_is_of_the_groups_that_have_a_figure_in_both_years() -> None:
    """One year told of men alone: no gap then."""
    evaluation = sexes({2012: (85, 75)})
    alone = observations(
        {"year": 2011, "group": "sex=m", "value": 60},
        {"year": 2012, "group": "sex=w", "value": 85}, {"year": 2012, "group": "sex=m", "value": 75},
    )  # fmt: skip
    (found,) = goal_groups(Evaluation(evaluation.plan, alone), "a", 2012)
    assert (found.gaps[0].size, found.gaps[0].then) == (10, None)


def test_counts_of_people_in_groups_are_not_compared(northfield: Evaluation) -> None:
    jobs = goal_groups(northfield, "northfield", 2023)[1]
    assert (jobs.gaps, jobs.furthest, jobs.aimed) == ((), None, False)
    text = plain(AnnualPage.of(northfield, "northfield", 2023, "en").sections())
    assert "No target is set for groups: what is promised is a number for everybody" in text


def test_midterm_and_profile_tell_them_too_and_a_goal_without_groups_none(
    northfield: Evaluation,
) -> None:
    midterm = plain(MidtermPage.of(northfield, "northfield", 2023, "en").trends())
    assert "Furthest behind: Men, 72%" in midterm
    assert "Men" in str(ExplorePage(northfield, "northfield", "school-completion", "en").verdicts())
    assert "Men" not in str(ExplorePage(northfield, "northfield", "libraries", "en").verdicts())


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_chart_writes_groups_and_figures_as_text(northfield: Evaluation, lang: str) -> None:
    groups = goal_groups(northfield, "northfield", 2023)[0]
    chart = group_dots(groups, northfield.plan, Language(lang), illustrative=False)
    assert chart is not None
    words = " ".join(
        BeautifulSoup(svg_of(chart), "html.parser")
        .get_text(" ")
        .replace("\N{NO-BREAK SPACE}", " ")
        .split()
    )
    names = {"vi": ("Nữ", "Nam", "Ven hồ", "72%"), "en": ("Women", "Men", "Lakeside", "72%")}[lang]
    assert all(name in words for name in names), words
    alt = chart.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert all(name in alt for name in names)


def many(members: int, name: str = "District {}") -> Evaluation:
    """A share in each of many districts."""
    dimension = Dimension.model_validate({
        "id": "district", "name": TEXT,
        "members": [{"id": f"d{n}", "name": {"vi": name.format(n), "en": name.format(n)}}
                    for n in range(members)],
    })  # fmt: skip
    opened = plan(goal(by=("district",), target=AT_LEAST))
    header = opened.header.model_copy(update={"dimensions": (dimension,)})
    rows = ({"year": 2012, "group": f"district=d{n}", "value": 60 + n} for n in range(members))
    return Evaluation(opened.model_copy(update={"header": header}), observations(*rows))


def test_forty_districts_stand_in_the_table_and_the_furthest_short_in_the_chart() -> None:
    page = AnnualPage.of(many(40), "a", 2012, "en")
    read = BeautifulSoup(page.sections().html, "html.parser")
    assert len({row["data-group"] for row in read.select("tr[data-group]")}) == 40
    assert "16 more groups stand in the table." in read.select_one("svg").get_text(" ").replace(
        "\n", " "
    )
    assert "Furthest behind: District 0, 60%" in plain(page.sections())


def test_a_hostile_name_is_shown_as_it_is_and_runs_nothing() -> None:
    name = '<img src=x onerror="alert({})"> $x^2$ ‮'
    html = AnnualPage.of(many(3, name), "a", 2012, "en").sections().html
    assert "<img" not in html and "&lt;img" in html


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review with groups, made by the real command, and its plan beside it."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(NORTHFIELD, folder / "northfield")
    with tasks_here():
        said = planlib("review", str(folder / "northfield"), "--years", "2023", "--no-midterm",
                       "--lang", "en", "--out", str(folder / "reports"))  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
    return folder


def test_a_review_with_groups_is_proven(made: Path) -> None:
    found = prove(made / "reports", [made / "northfield"])
    assert found.problems == ()
    # 4 goals and 7 + 4 + 2 groups, in each of four years and at mid-term.
    assert found.verdicts == (4 + 13) * 5


def _row(text: str, group: str, old: str, new: str) -> str:
    start = text.index(f'data-group="{group}"')
    end = text.index("</tr>", start)
    assert old in text[start:end]
    return text[:start] + text[start:end].replace(old, new, 1) + text[end:]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: _row(text, "sex=men", "72", "79"), "figure"),
        (lambda text: _row(text, "sex=men", ">Men<", ">Women<"), "Men"),
        (lambda text: _row(text, "sex=men", "at least 80", "at least 70"), "target"),
        (lambda text: _row(text, "sex=women", "sex=women", "sex=men"), "every group"),
        (lambda text: re.sub(r'(?s)<tr data-goal="[^"]*" data-group="sex=men">.*?</tr>',
                             "", text, count=1), "every group"),
    ],
)  # fmt: skip
def test_whatever_is_changed_about_a_group_on_a_page_is_found(
    made: Path, tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    shutil.copytree(made, tmp_path / "copy")
    page = next((tmp_path / "copy" / "reports").rglob("annual-2023.en.html"))
    text = page.read_text("utf-8")
    assert change(text) != text
    page.write_text(change(text), "utf-8")
    problems = prove(tmp_path / "copy" / "reports", [tmp_path / "copy" / "northfield"]).problems
    assert any(told in problem.message for problem in problems), [str(one) for one in problems]


def test_another_verdict_of_a_group_in_the_evidence_is_found(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "copy")
    path = next((tmp_path / "copy" / "reports").rglob("verdicts.json"))
    lines = path.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if '"sex=men"' in line and '"not_met"' in line)
    lines[at] = lines[at].replace('"verdict": "not_met"', '"verdict": "met"')
    path.write_text("\n".join(lines) + "\n", "utf-8")
    problems = prove(tmp_path / "copy" / "reports", [tmp_path / "copy" / "northfield"]).problems
    assert any("sex=men" in str(problem) and "not_met" in str(problem) for problem in problems)
