"""An index of very many plans has a line for each, and every cell of it is proven."""

from __future__ import annotations

import pytest
from test_area_grid import AREAS, again, evaluated

from planlib.evaluation import Evaluation
from planlib.language.text import Text
from planlib.report.site.area_results import area_results
from planlib.report.site.areas.overview import LARGEST, write_tables
from planlib.report.site.areas.table import SEVERAL, PlanTable
from planlib.report.site.goals.names import GoalLinks
from planlib.report.site.summary import PlanSummary
from planlib.storage.store import LocalStore
from planlib.verify.markup import read_page
from planlib.verify.recompute import Recomputed
from planlib.verify.site.overview_page import OverviewPage

# Long enough that their names alone are half of the index.
LONG = " of the mountainous and border districts" * 60
PLANS = SEVERAL + 20


def numbered(at: int) -> tuple[Evaluation, list[str]]:
    """A plan: every third is followed in one area, the others in three or four."""
    areas = AREAS[: (1, 3, 4)[at % 3]]
    of = evaluated(areas)
    header = of.plan.header.model_copy(
        update={"id": f"plan-{at}", "name": Text({"en": f"Plan {at}{LONG}"})}
    )
    return Evaluation(of.plan.model_copy(update={"header": header}), of.figures), areas


@pytest.fixture(scope="module")
def reviews() -> dict[str, Recomputed]:
    found: dict[str, Recomputed] = {}
    for at in range(PLANS):
        found |= again(*numbered(at))
    return found


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    tables = []
    for at in range(PLANS):
        evaluation, areas = numbered(at)
        summary = PlanSummary(evaluation, areas)
        results = [area_results(summary.area_summary(area), (), ("en",)) for area in areas]
        tables.append(PlanTable.of(results, GoalLinks(frozenset(), "")))
    out = tmp_path_factory.mktemp("plans")
    write_tables(LocalStore(out), tables, ["en"])
    # What a line leads to is there: the names of a plan's areas.
    assert (out / "plan-1/areas.en.html").is_file() and not (out / "plan-0").exists()
    return (out / "index.en.html").read_text("utf-8")


def found(reviews: dict[str, Recomputed], html: str) -> list[str]:
    problems: list = []
    page = OverviewPage("index.en.html", "en", reviews, frozenset(), problems)
    page.check(read_page(html).root)
    wanted = [at for at in range(PLANS) if at % 3]
    if not problems:
        assert sorted(one.plan.plan.id for one in page.left) == sorted(
            f"plan-{at}" for at in wanted
        )
        assert all(one.by_goal for one in page.left)
    return [str(one) for one in problems]


def test_a_line_of_each_plan_as_it_was_made_is_proven(
    reviews: dict[str, Recomputed], html: str
) -> None:
    assert html.count('<tr class="ix-plan"') == PLANS and "<section" not in html
    # Plan 1: two goals in three areas, with 0, 1 and 2 (g) and 3, 4, 5 (h) of at least ten: none reached.
    line = html[html.index('id="plan-1"') :]
    assert line.index('title="Missed: 6"') < line.index("<td>0/6</td>") < line.index("</tr>")
    assert len(html.encode()) <= LARGEST
    assert found(reviews, html) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title="Missed: 6"', 'title="Missed: 5"'),
        ('title="Missed: 6"', 'title="Met: 6"'),
        ("<td>0/6</td>", "<td>1/6</td>"),
        ("<td>3</td>", "<td>4</td>"),
        ("<td>2012</td>", "<td>2011</td>"),
        ("flex-grow:6", "flex-grow:7"),
        ("ix-piece pl-v-not-met", "ix-piece pl-v-met"),
        ('href="plan-1/areas.en.html"', 'href="plan-2/areas.en.html"'),
        ('href="plan-0/area-00/index.en.html"', 'href="plan-0/area-01/index.en.html"'),
        ('id="plan-1"', 'id="plan-100"'),
        (">Plan 7 of", ">Plan 8 of"),
        ("2011–2015", "2011–2016"),
        ('<th scope="col" class="ix-now">Goals by verdict</th>', '<th scope="col" class="ix-now">Goals</th>'),
        ('<tr class="ix-plan" id="plan-3"', '<tr id="plan-3"'),
    ],
)  # fmt: skip
def test_whatever_is_changed_in_a_line_is_found(
    reviews: dict[str, Recomputed], html: str, old: str, new: str
) -> None:
    assert old in html
    assert found(reviews, html.replace(old, new, 1))
