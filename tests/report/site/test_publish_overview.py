"""The index of several reviews: how each plan stands, a line for each area, and a page of each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from test_publish_site import links, make_review, summary

from planlib.report.site.folder import Failure, Row, SectionRows, save_summary
from planlib.report.site.matrix import MOST_AREAS
from planlib.report.site.overview import FEW
from planlib.report.site.writing import write_index


def many(out: Path, count: int) -> None:
    for number in range(count):
        name = {"vi": f"Phường {number} <&>", "en": f"Ward {number} <&>"}
        pages = ["annual-2011.vi.html", "annual-2011.en.html"] if number else []
        if number == 2:
            pages = ["annual-2012.vi.html"]
        make_review(out, summary(area=f"area-{number:02d}", area_name=name), *pages)


def test_a_few_areas_have_a_bar_each_that_leads_to_their_goals(tmp_path: Path) -> None:
    many(tmp_path, FEW)
    _, en = write_index(tmp_path).values()
    html = Path(en).read_text("utf-8")
    # The newest year in which anything was judged is 2012, the only goal of 2013 being withheld.
    assert html.count('<td class="ix-now">') == FEW
    link = 'href="plan-a/area-03/index.en.html#annual-2012.not-met" title="Missed: 1"'
    assert link in html
    area = (tmp_path / "plan-a/area-03/index.en.html").read_text("utf-8")
    assert 'id="annual-2012.not-met"' in area


def test_how_a_plan_stands_is_told_of_all_its_areas_and_of_one(tmp_path: Path) -> None:
    """In area a g1 is met, then missed; in area b it is missed twice. Nothing is judged in 2013."""
    late = [
        Row(goal=goal, name={"en": goal.upper()}, part=False, verdicts=(first, second, "no_data", "not_due"))
        for goal, first, second in (("g1", "not_met", "not_met"), ("g3", "not_met", "met"))
    ]  # fmt: skip
    early = [
        row.model_copy(update={"verdicts": (first, second, "no_data", "not_due")})
        for row, (first, second) in zip(
            late, (("met", "not_met"), ("exceeded", "met")), strict=True
        )
    ]

    def review(plan: str, area: str, rows: list[Row], *pages: str) -> None:
        groups = [SectionRows(name={"en": "All"}, rows=tuple(rows))]
        make_review(tmp_path, summary(plan, area, groups=groups), *pages)

    review("plan-a", "area-a", early, "annual-2011.en.html")
    review("plan-a", "area-b", late)
    review("plan-b", "area-b", late)
    write_index(tmp_path)
    html = (tmp_path / "index.en.html").read_text("utf-8").partition("<script>")[0]
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
    _, two, one = said.split("2011–2013")
    assert "Goals of all 2 areas by verdict, 2012 ● 2 Met, ▼ 2 Missed" in two
    assert "Missed in the most areas, 2012 G1 2 areas" in two
    assert "Changed since 2011 G1 no longer reached in 1 area G3 newly reached in 1 area" in two
    # Of the plan in one area: g1 has been missed for two years, g3 is reached at last.
    assert "Missed for longest, to 2012 G1 2 years in a row" in one
    assert "Changed since 2011 ▼ Missed → ● Met G3" in one


def test_many_areas_have_a_line_and_a_page_each_and_every_link_leads_somewhere(
    tmp_path: Path,
) -> None:
    many(tmp_path, FEW + 1)
    failure = Failure(kind="annual", year=2013, lang="vi", cell=3, reason="KeyError")
    make_review(tmp_path, summary(area="area-01", failures=[failure]))
    for path in write_index(tmp_path).values():
        html = Path(path).read_text("utf-8")
        # A line each, and a row each of the grid of goals.
        assert html.count('<th scope="row">') == 2 * (FEW + 1)
        assert "<&>" not in html.partition("</style>")[2]
        for href in links(html):
            if not href.startswith("#"):
                assert (tmp_path / href).is_file(), href
    pages = sorted(tmp_path.glob("*/*/index*.html"))
    assert len(pages) == 2 * (FEW + 1)
    for path in pages:
        for href in links(path.read_text("utf-8")):
            if not href.startswith("#"):
                assert (path.parent / href).is_file(), (path, href)
    en = (tmp_path / "index.en.html").read_text("utf-8")
    assert "25 areas." in en and "In the last run 1 page could not be made" in en
    # Of the two goals that count, 2011 reached both, 2012 one of two; later one lacks its figure.
    row = re.search(r'<a href="plan-a/area-02/index\.en\.html">.*?</tr>', en, re.DOTALL)
    assert row is not None
    cells = re.findall(r"<td>(.*?)</td>", row[0])
    assert cells[:2] == ["2/2", '<a href="plan-a/area-02/annual-2012.vi.html">1/2</a>']
    # In 2013 one goal has no data and one is withheld: nothing to judge, and not "0 of 2".
    assert [re.sub("<[^>]+>", "", cell) for cell in cells[2:]] == ["– 2 without a figure", "0/1"]
    assert 'title="nothing to judge yet"' in cells[2]


def test_an_index_of_many_areas_is_small(tmp_path: Path) -> None:
    many(tmp_path, FEW + 1)
    write_index(tmp_path)
    small = (tmp_path / "index.html").stat().st_size
    many(tmp_path, 2 * FEW + 1)
    write_index(tmp_path)
    assert (tmp_path / "index.html").stat().st_size - small < 1000 * FEW


def test_an_index_of_one_area_again_leaves_no_page_of_single_areas(tmp_path: Path) -> None:
    many(tmp_path, 2)
    write_index(tmp_path)
    assert len(list(tmp_path.glob("*/*/index*.html"))) == 4
    shutil.rmtree(tmp_path / "plan-a" / "area-00")
    write_index(tmp_path)
    assert not list(tmp_path.glob("*/*/index*.html"))


def test_areas_stand_in_the_order_of_their_plan_and_not_of_their_letters(tmp_path: Path) -> None:
    for order, area in enumerate(("union", "austria", "belgium", "croatia", "denmark")):
        make_review(tmp_path, summary(area=area, order=order), "annual-2011.en.html")
    write_index(tmp_path)
    html = (tmp_path / "index.en.html").read_text("utf-8")
    assert re.findall(r'data-review="plan-a/([a-z]+)"', html) == 2 * [
        "union", "austria", "belgium", "croatia", "denmark",
    ]  # fmt: skip


def test_many_areas_stand_in_the_order_of_their_plan_too(tmp_path: Path) -> None:
    for number in range(FEW + 1):
        make_review(tmp_path, summary(area=f"area-{number:02d}", order=FEW - number))
    write_index(tmp_path)
    html = (tmp_path / "index.en.html").read_text("utf-8")
    found = re.findall(r'data-review="plan-a/area-([0-9]+)"', html)
    # In the lines, and again in the grid of goals.
    assert found == 2 * [f"{number:02d}" for number in range(FEW, -1, -1)]


def test_many_areas_have_a_grid_of_their_goals_in_the_last_year_that_was_judged(
    tmp_path: Path,
) -> None:
    many(tmp_path, FEW + 1)
    write_index(tmp_path)
    html = (tmp_path / "index.en.html").read_text("utf-8")
    grid = html[
        html.index('class="ix-grid ix-matrix"') : html.index("</table>", html.index('ix-matrix"'))
    ]
    rows = re.findall(r'<tr data-review="plan-a/area-\d+">(.*?)</tr>', grid, re.DOTALL)
    assert len(rows) == FEW + 1
    # In 2013 one goal has no data and one is withheld; the part is exceeded, and stands there too.
    # Nothing that counts was judged then, so the grid is of 2012: missed, exceeded, met.
    assert 'data-year="2012"' in grid
    assert re.findall(r'<td class="pl-([a-z-]+)" title="([A-Za-z ]+)">(.)</td>', rows[0]) == [
        ("v-not-met", "Missed", "▼"), ("v-exceeded", "Exceeded", "▲"), ("v-met", "Met", "●"),
    ]  # fmt: skip
    assert "more have a page each" not in html


def test_a_grid_of_very_many_areas_shows_the_first_and_says_how_many_more_there_are(
    tmp_path: Path,
) -> None:
    for number in range(MOST_AREAS + 7):
        one = summary(area=f"area-{number:03d}", order=MOST_AREAS + 7 - number)
        save_summary(tmp_path, one)
    write_index(tmp_path)
    html = (tmp_path / "index.en.html").read_text("utf-8")
    grid = html[html.index('ix-matrix"') :]
    shown = re.findall(r'<tr data-review="plan-a/area-(\d+)">', grid)
    assert (len(shown), shown[0]) == (MOST_AREAS, f"{MOST_AREAS + 6:03d}")  # in the plan's order
    assert f"Shown are the first {MOST_AREAS} areas of the plan; 7 more have a page each" in html
