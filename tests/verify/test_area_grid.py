"""What the index of several areas tells is proven: counts, lists, lines, and its grid cell by cell."""

from __future__ import annotations

import pytest
from helpers import goal, observations, plan

from planlib.errors import Problem
from planlib.evaluation import Evaluation
from planlib.report.site.folder import save_summary
from planlib.report.site.overview import FEW
from planlib.report.site.summary import PlanSummary
from planlib.report.site.writing import write_index
from planlib.verify.markup import read_page
from planlib.verify.recompute import Recomputed
from planlib.verify.site.overview_page import OverviewPage

AREAS = [f"area-{number:02d}" for number in range(FEW + 2)]
LEAST = {"comparison": "at_least", "value": 10, "basis": "level", "cadence": "every_year"}


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Two goals in more areas than one page holds with all their goals."""
    opened = plan(goal("g", target=LEAST), goal("h", target=LEAST))
    header = opened.header.model_copy(update={"areas": tuple(reversed(AREAS))})
    rows = [
        {"area": area, "goal": name, "year": 2012, "value": at + 3 * (name == "h")}
        for at, area in enumerate(AREAS)
        for name in ("g", "h")
    ]
    return Evaluation(opened.model_copy(update={"header": header}), observations(*rows))


@pytest.fixture(scope="module")
def html(evaluation: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The index as it was made, once for all changes."""
    out = tmp_path_factory.mktemp("grid")
    summary = PlanSummary(evaluation, AREAS)
    for area in AREAS:
        save_summary(out, summary.area_summary(area))
    write_index(out)
    return (out / "index.en.html").read_text("utf-8")


@pytest.fixture(scope="module")
def reviews(evaluation: Evaluation) -> dict[str, Recomputed]:
    """What a proof works out again, once for all changes."""
    rows = evaluation.figures.frame.to_dict("records")
    return {
        f"{evaluation.plan.id}.{area}": Recomputed(
            evaluation.plan, [row for row in rows if row["area"] == area]
        )
        for area in AREAS
    }


def problems(reviews: dict[str, Recomputed], html: str) -> list[Problem]:
    found: list[Problem] = []
    OverviewPage("index.en.html", "en", reviews, frozenset(), found).check(read_page(html).root)
    return found


def test_a_grid_as_it_was_made_is_proven(reviews: dict[str, Recomputed], html: str) -> None:
    grid = html[html.index('ix-matrix"') :]
    assert grid.count("<tr data-review=") == len(AREAS)
    # The plan names its areas from the last to the first: 25 and 28 of 10 are exceeded there.
    assert grid.index("area-25") < grid.index("area-24") < grid.index("area-00")
    assert problems(reviews, html) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title="Exceeded">▲', 'title="Met">▲'),
        ('<td class="pl-v-exceeded" title="Exceeded">▲', '<td class="pl-v-met" title="Met">●'),
        ('data-year="2012">', 'data-year="2013">'),
        ('<tr data-review="test-plan/area-25">', '<tr data-review="test-plan/area-24">'),
        ('<span class="ix-up">text</span>', '<span class="ix-up">other</span>'),
        ('class="ix-grid ix-matrix"', 'class="ix-grid"'),
    ],
)
def test_whatever_is_changed_in_a_grid_is_found(
    reviews: dict[str, Recomputed], html: str, old: str, new: str
) -> None:
    at = html.index(old, html.index("ix-grid ix-matrix") - 20)
    assert problems(reviews, html[:at] + html[at:].replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Goals of all 26 areas", "Goals of all 25 areas"),
        ('title="Exceeded: 33"', 'title="Exceeded: 34"'),
        ("> 17<span", "> 16<span"),
        ('href="#test-plan.grid"', 'href="#test-plan.g"'),
        ("<small>10 areas</small>", "<small>9 areas</small>"),
        ('href="#test-plan.h">', 'href="#test-plan.g">'),
        ("Missed in the most areas, 2012", "Missed in the most areas, 2013"),
        ("<p>No goal became better or worse.</p>", ""),
        ('id="test-plan.g"', 'id="test-plan.h"'),
        ("<h2>text</h2>", "<h2>Another plan</h2>"),
        ("2011–2015", "2011–2016"),
        ('data-find="Find by name"', 'data-find="Nothing is missed"'),
    ],
)
def test_whatever_is_changed_above_the_grid_is_found(
    reviews: dict[str, Recomputed], html: str, old: str, new: str
) -> None:
    assert old in html
    assert problems(reviews, html.replace(old, new, 1))
