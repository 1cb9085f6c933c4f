"""What the index of several areas tells is proven: counts, lists, lines, and its grid cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from examples import ALL, turns
from helpers import goal, observations, plan

from planlib.errors import Problem
from planlib.evaluation import Evaluation
from planlib.language.text import Text
from planlib.report.site.area_results import area_results
from planlib.report.site.areas.overview import write_tables
from planlib.report.site.areas.table import FEW, PlanTable
from planlib.report.site.goals.names import GoalLinks
from planlib.report.site.summary import PlanSummary
from planlib.storage.store import LocalStore
from planlib.verify.folder import Checked
from planlib.verify.markup import read_page
from planlib.verify.recompute import Recomputed
from planlib.verify.site.areas_page import AreaPages, AreasPage
from planlib.verify.site.overview_page import LeftToPages, OverviewPage

AREAS = [f"area-{number:02d}" for number in range(FEW)]
OFFICE = {"en": "Tax office"}
LEAST = {"comparison": "at_least", "value": 10, "basis": "level", "cadence": "every_year"}


MANY = [f"area-{number:03d}" for number in range(105)]  # a hundred on a page


def evaluated(areas: list[str]) -> Evaluation:
    """Two goals in two sections, each area with one more of both than the area before; the plan names the last first."""
    opened = plan(goal("g", target=LEAST, lead=OFFICE), goal("h", target=LEAST))
    (section,) = opened.sections
    sections = tuple(
        section.model_copy(update={"section": one.id, "name": Text({"en": f"On {one.id}"}), "goals": (one,)})
        for one in opened.goals
    )  # fmt: skip
    opened = opened.model_copy(update={"sections": sections})
    header = opened.header.model_copy(update={"areas": tuple(reversed(areas))})
    rows = [
        {"area": area, "goal": name, "year": 2012, "value": at + 3 * (name == "h")}
        for at, area in enumerate(areas)
        for name in ("g", "h")
    ]
    return Evaluation(opened.model_copy(update={"header": header}), observations(*rows))


def site_of(evaluation: Evaluation, areas: list[str], out: Path) -> dict[str, str]:
    """The index in English and the pages beside it, by their names."""
    summary = PlanSummary(evaluation, areas)
    results = [area_results(summary.area_summary(area), (), ("en",)) for area in areas]
    write_tables(LocalStore(out), [PlanTable.of(results, GoalLinks(frozenset(), ""))], ["en"])
    return {path.name: path.read_text("utf-8") for path in out.rglob("*.en.html")}


@pytest.fixture(scope="module")
def reviews() -> dict[str, Recomputed]:
    """As many areas as the index holds with all their goals, worked out again."""
    return again(evaluated(AREAS), AREAS)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Their index, once for all changes."""
    return site_of(evaluated(AREAS), AREAS, tmp_path_factory.mktemp("few"))["index.en.html"]


@pytest.fixture(scope="module")
def recomputed() -> dict[str, Recomputed]:
    """More areas than that, worked out again."""
    return again(evaluated(MANY), MANY)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Their index, and the pages beside it."""
    return site_of(evaluated(MANY), MANY, tmp_path_factory.mktemp("many"))


def again(evaluation: Evaluation, areas: list[str]) -> dict[str, Recomputed]:
    rows: dict[str, list[Any]] = {area: [] for area in areas}
    for row in evaluation.figures.frame.to_dict("records"):
        rows[row["area"]].append(row)
    return {
        f"{evaluation.plan.id}.{area}": Recomputed(evaluation.plan, some)
        for area, some in rows.items()
    }


def proven(reviews: dict[str, Recomputed], html: str) -> tuple[list[Problem], list[LeftToPages]]:
    found: list[Problem] = []
    page = OverviewPage("index.en.html", "en", reviews, frozenset(), found)
    page.check(read_page(html).root)
    return found, page.left


def problems(reviews: dict[str, Recomputed], html: str) -> list[Problem]:
    return proven(reviews, html)[0]


def test_a_grid_as_it_was_made_is_proven(reviews: dict[str, Recomputed], html: str) -> None:
    grid = html[html.index('ix-matrix"') :]
    assert grid.count("<tr data-review=") == len(AREAS)
    # The plan names its areas from the last to the first: 23 and 26 of 10 are exceeded there.
    assert grid.index("area-23") < grid.index("area-22") < grid.index("area-00")
    assert problems(reviews, html) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title="Exceeded">▲', 'title="Met">▲'),
        ('<td class="pl-v-exceeded" title="Exceeded">▲', '<td class="pl-v-met" title="Met">●'),
        ('data-year="2012">', 'data-year="2013">'),
        ('<tr data-review="test-plan/area-23">', '<tr data-review="test-plan/area-22">'),
        ('<span class="ix-up">text</span>', '<span class="ix-up">other</span>'),
        ('class="ix-grid ix-matrix"', 'class="ix-grid"'),
        ('data-section="On g"', 'data-section="On h"'),
        ('data-section="On h"', ""),
        ('data-lead="Tax office"', 'data-lead="Another"'),
    ],
)
def test_whatever_is_changed_in_a_grid_is_found(
    reviews: dict[str, Recomputed], html: str, old: str, new: str
) -> None:
    at = html.index(old, html.index("ix-grid ix-matrix") - 20)
    assert problems(reviews, html[:at] + html[at:].replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    turns(
        [
            ("Goals of all 24 areas", "Goals of all 25 areas"),
            ('title="Exceeded: 29"', 'title="Exceeded: 30"'),
            ("> 17<span", "> 16<span"),
            ('href="#test-plan.grid"', 'href="#test-plan.g"'),
            ("<small>10 areas</small>", "<small>9 areas</small>"),
            ('href="#test-plan.h">', 'href="#test-plan.g">'),
            ("Missed in the most areas, 2012", "Missed in the most areas, 2013"),
            ("<p>No goal became better or worse.</p>", ""),
            ('id="test-plan.g"', 'id="test-plan.h"'),
            ("<h2>text</h2>", "<h2>Another plan</h2>"),
            ("2011–2015", "2011–2016"),
        ],
        2,
        whole=ALL,
    ),
)
def test_whatever_is_changed_above_the_grid_is_found(
    reviews: dict[str, Recomputed], html: str, old: str, new: str
) -> None:
    assert old in html
    assert problems(reviews, html.replace(old, new, 1))


def page_problems(
    reviews: dict[str, Recomputed], pages: dict[str, str], name: str, html: str
) -> list[Problem]:
    """What is found on a page that the index leaves areas to."""
    wrong, left = proven(reviews, pages["index.en.html"])
    assert wrong == [] and len(left) == 1
    what = left[0].pages("en")[name]
    page = AreasPage(name, "en", reviews, frozenset(), wrong)
    page.prove(read_page(html).root, left[0], what)
    return wrong


def test_pages_of_areas_as_they_were_made_are_proven(
    recomputed: dict[str, Recomputed], pages: dict[str, str]
) -> None:
    assert sorted(pages) == ["areas-1.en.html", "areas-2.en.html", "areas.en.html", "index.en.html"]
    for name in sorted(pages.keys() - {"index.en.html"}):
        assert page_problems(recomputed, pages, name, pages[name]) == []
    # In the plan's order from the last: the first hundred, and the five left.
    assert pages["areas-2.en.html"].count("<tr data-review=") == 2 * 5


def test_a_page_of_areas_that_is_not_there_is_missed(
    recomputed: dict[str, Recomputed], pages: dict[str, str], tmp_path: Path
) -> None:
    _, left = proven(recomputed, pages["index.en.html"])
    tally = Checked()
    there = {"test-plan/areas-3.en.html": "0" * 64}
    AreaPages(tmp_path, there, frozenset(), tally).check({}, {"en": left})
    told = " ".join(map(str, tally.problems))
    for name in ("areas.en.html", "areas-1.en.html", "areas-2.en.html", "areas-3.en.html"):
        assert f"test-plan/{name}" in told


# Of 105 areas 94 exceed g and one meets it, 97 exceed h and one meets it; the others miss them.
OF_MANY = {
    "index.en.html": (
        ("Goals of all 105 areas", "Goals of all 104 areas"),
        ('title="Exceeded: 191"', 'title="Exceeded: 190"'),
        ('href="#test-plan.v.met"', 'href="#test-plan.v.not-met"'),
        (">94</td>", ">95</td>"),
        ("flex-grow:94", "flex-grow:9"),
        ('<tr data-goal="g"', '<tr data-goal="h"'),
        ('id="test-plan.v.met"', 'id="test-plan.v.v"'),
        ('href="test-plan/areas.en.html"', 'href="test-plan/areas-1.en.html"'),
        ("All 105 areas by name", "All 104 areas by name"),
        ('class="ix-ways"', 'class="ix-way"'),
        ('data-find="Find by name"', 'data-find="Nothing is missed"'),
        ("<small>0/2</small>", "<small>1/2</small>"),
        ('href="test-plan/area-006/index.en.html"', 'href="test-plan/area-007/index.en.html"'),
        ('class="ix-furthest"', 'class="ix-further"'),
        ("Goals by their verdicts in all areas, 2012", "Goals by their verdicts in all areas, 2013"),
        ('class="ix-grid ix-spread"', 'class="ix-grid"'),
        (">On g</th>", ">On h</th>"),
        ('<tr class="ix-section">', "<tr>"),
        ('data-lead="Tax office"', 'data-lead="Another"'),
        ('id="test-plan.h"', 'id="test-plan.h" data-lead="Tax office"'),
    ),
    "areas-1.en.html": (
        ("Areas 1 to 100 of 105", "Areas 1 to 105 of 105"),
        (">area-104</a>", ">area-103</a>"),
        ('href="area-104/index.en.html"', 'href="area-103/index.en.html"'),
        ('id="at.area-104"', 'id="at.area-4"'),
        ("<td>2/2</td>", "<td>1/2</td>"),
        ('title="Exceeded">▲', 'title="Met">▲'),
        ('<a href="areas-2.en.html">Next areas</a>', ""),
        ("<h2>text</h2>", "<h2>Another plan</h2>"),
        ('class="ix-grid ix-matrix"', 'class="ix-grid"'),
    ),
    "areas.en.html": (
        ("All 105 areas by name", "All 104 areas by name"),
        (">area-007</a>", ">area-006</a>"),
        ('href="area-007/index.en.html"', 'href="area-008/index.en.html"'),
        ("areas-1.en.html#at.area-007", "areas-2.en.html#at.area-007"),
        (">2/2</a>", ">1/2</a>"),
        ('data-year="2012"', 'data-year="2013"'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OF_MANY)
def test_whatever_is_changed_on_the_pages_of_many_areas_is_found(
    recomputed: dict[str, Recomputed], pages: dict[str, str], name: str
) -> None:
    html = pages[name]
    for old, new in OF_MANY[name]:
        assert old in html, old
        damaged = html.replace(old, new, 1)
        if name == "index.en.html":
            found = proven(recomputed, damaged)[0]
        else:
            found = page_problems(recomputed, pages, name, damaged)
        assert found, old
