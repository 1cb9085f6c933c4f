"""The index of several reviews: how each plan stands, a line for each area, and a page of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from test_publish_site import links, make_review, summary

from planlib.language.text import Text
from planlib.report.site.area_results import AreaResults, HeadGoal, PlanHead
from planlib.report.site.areas.overview import LARGEST, write_tables
from planlib.report.site.areas.table import FEW, MOST_AREAS, MOST_CELLS, PlanTable
from planlib.report.site.folder import Failure, PeriodColumn, Row, SectionRows, save_summary
from planlib.report.site.goals.names import GoalLinks
from planlib.report.site.writing import write_index
from planlib.storage.store import LocalStore
from planlib.verify.allowed import faults_of_page
from planlib.verify.markup import plain, read_page, text_of


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
        assert 'data-review="' not in html and "<&>" not in html.partition("</style>")[2]
    assert sorted(path.name for path in tmp_path.glob("plan-a/*.html")) == [
        "areas-1.en.html", "areas-1.vi.html", "areas.en.html", "areas.vi.html",
    ]  # fmt: skip
    for path in tmp_path.glob("plan-a/areas-1.*.html"):
        # A line each, and a row each of the grid of goals.
        assert path.read_text("utf-8").count('<th scope="row">') == 2 * (FEW + 1)
    assert len(list(tmp_path.glob("*/*/index*.html"))) == 2 * (FEW + 1)
    for path in tmp_path.rglob("*.html"):
        for href in links(path.read_text("utf-8")):
            file, _, place = href.partition("#")
            there = (path.parent / file) if file else path
            assert there.is_file(), (path, href)
            if place and there.name.startswith(("areas", "index")):
                assert f'id="{place}"' in there.read_text("utf-8"), (path, href)
    en = (tmp_path / "index.en.html").read_text("utf-8")
    assert "25 areas." in en and "In the last run 1 page could not be made" in en
    # Of the two goals that count, 2011 reached both, 2012 one of two; later one lacks its figure.
    page = (tmp_path / "plan-a/areas-1.en.html").read_text("utf-8")
    row = re.search(r'<a href="area-02/index\.en\.html">.*?</tr>', page, re.DOTALL)
    assert row is not None
    cells = re.findall(r"<td>(.*?)</td>", row[0])
    assert cells[:2] == ["2/2", '<a href="area-02/annual-2012.vi.html">1/2</a>']
    # In 2013 one goal has no data and one is withheld: nothing to judge, and not "0 of 2".
    assert [re.sub("<[^>]+>", "", cell) for cell in cells[2:]] == ["– 2 without a figure", "0/1"]
    assert 'title="nothing to judge yet"' in cells[2]


GOALS = tuple(
    HeadGoal(
        f"goal-{at}",
        Text(
            dict.fromkeys(
                ("vi", "en"), f"Reduce the share of poor households of every commune {at}"
            )
        ),
        lead=Text(dict.fromkeys(("vi", "en"), f"Office {at % 7}")),
    )
    for at in range(400)
)
COLUMNS = tuple(PeriodColumn(kind="annual", year=year) for year in range(2011, 2016))


def drawn(out: Path, names: Sequence[str], goals: int) -> Path:
    """The index of areas with some names, of whose goals each third is missed each year, and the first page."""
    head = PlanHead(
        "plan-a", Text({"vi": "Kế hoạch", "en": "Plan"}), (2011, 2015), "", COLUMNS, GOALS[:goals],
        ((Text({"vi": "Kinh tế", "en": "Economy"}), 1), (Text({"vi": "Xã hội", "en": "Society"}), goals - 1)),
    )  # fmt: skip
    some = [
        AreaResults(
            head, f"area-{at:03d}", {"vi": name, "en": name}, ("vi", "en"), False, at, 0, 0,
            ("annual-2015.vi.html",), "".join("310"[(at + goal) % 3] for goal in range(goals)) * len(COLUMNS),
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    pages = frozenset(
        f"goal-{goal}.{lang}.html" for goal, *_ in head.goals for lang in ("vi", "en")
    )
    store = LocalStore(out)
    write_tables(store, [PlanTable.of(some, GoalLinks(pages, "plan-a/"))], ["vi", "en"])
    return out / "index.html"


@pytest.mark.parametrize(("areas", "goals"), [(FEW, 50), (3, 400), (200, 50)])
def test_the_first_page_is_small_for_any_plan(tmp_path: Path, areas: int, goals: int) -> None:
    """24 areas and 50 goals had 155 KB, 200 areas 832: what there is no room for has pages of its own."""
    drawn(tmp_path, [f"Xã {at}" for at in range(areas)], goals)
    assert max(path.stat().st_size for path in tmp_path.glob("*.html")) <= LARGEST == 150_000
    html = (tmp_path / "index.en.html").read_text("utf-8")
    if 'ix-grid ix-matrix"' in html:  # there is room for all goals of all areas
        assert areas == FEW and html.count("<tr data-review=") == 2 * FEW
        return
    assert html.count("<tr data-review=") == (areas if areas <= FEW else 0)
    # Every area is found from it: by its name, and on the pages it leads to.
    assert 'href="plan-a/areas.en.html"' in html and 'href="plan-a/areas-1.en.html"' in html
    pages = sorted(tmp_path.glob("plan-a/areas-[0-9]*.en.html"))
    assert len(pages) == -(-areas // min(MOST_AREAS, MOST_CELLS // goals))
    found = [
        area for path in pages
        for area in re.findall(r'id="at\.(area-\d+)"', path.read_text("utf-8"))
    ]  # fmt: skip
    assert sorted(found) == [f"area-{at:03d}" for at in range(areas)]
    assert (tmp_path / "plan-a/areas-by-goal.en.html").is_file() == (goals == 400)


def test_the_first_page_of_one_area_is_small_too(tmp_path: Path) -> None:
    """Its goals stand on the page of the area where there are too many of them."""
    rows = [Row(goal=goal, name=name, part=False, verdicts=("met", "not_met", "no_data", "not_due"))
            for goal, name, *_ in GOALS]  # fmt: skip
    groups = [SectionRows(name={"en": "All", "vi": "All"}, rows=tuple(rows))]
    save_summary(tmp_path, summary(area="area-a", groups=groups))
    for path in write_index(tmp_path).values():
        html = Path(path).read_text("utf-8")
        assert len(html.encode()) <= LARGEST and 'href="plan-a/area-a/index' in html
    area = (tmp_path / "plan-a/area-a/index.en.html").read_text("utf-8")
    assert area.count("<tr data-goal=") == len(GOALS)


def test_the_first_page_of_many_plans_is_small_too(tmp_path: Path) -> None:
    """Each keeps its counts and the ways to its areas, in the order of their numbers."""
    tables = []
    for at in range(60):
        head = PlanHead(
            f"plan-{at}",
            Text({"vi": f"Kế hoạch của huyện {at}", "en": f"Plan {at}"}),
            (2011, 2015),
            "",
            COLUMNS,
            GOALS[:30],
        )
        some = [
            AreaResults(head, f"area-{one}", {"vi": f"Xã {one}", "en": f"Ward {one}"}, ("vi", "en"), False, one, 0, 0,
                        (), "".join("310"[(one + goal) % 3] for goal in range(30)) * len(COLUMNS))
            for one in range((1, 3, 10, 40)[at % 4])
        ]  # fmt: skip
        tables.append(PlanTable.of(some, GoalLinks(frozenset(), f"plan-{at}/")))
    write_tables(LocalStore(tmp_path), tables, ["vi", "en"])
    for path in tmp_path.glob("*.html"):
        html = path.read_text("utf-8")
        assert len(html.encode()) <= LARGEST
        assert re.findall(r'<section class="ix-plan" id="plan-(\d+)"', html) == [
            str(at) for at in range(60)
        ]
        # Of one area the line stands there, of several the counts of all and the page of their names.
        assert html.count('class="ix-all"') == 45 and html.count("<tr data-review=") == 15
        assert all(f'href="plan-{at}/areas.' in html for at in range(60) if at % 4)


def test_what_the_index_says_of_many_areas(tmp_path: Path) -> None:
    """Of 30 areas each of three goals is met in ten, missed in ten, exceeded in ten."""
    html = (
        drawn(tmp_path, [f"Xã {at}" for at in range(30)], 3)
        .with_name("index.en.html")
        .read_text("utf-8")
    )
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<script>")[0]))
    assert "Goals of all 30 areas by verdict, 2015 ▲ 30 Exceeded, ● 30 Met, ▼ 30 Missed" in text
    assert "every commune 0 10 10 10" in text and "every commune 2 10 10 10" in text
    assert 'href="#plan-a.v.not-met"' in html and 'id="plan-a.v.not-met"' in html
    # Every area reached two of three, so the first in the plan are named.
    assert "smallest share of goals, 2015 Xã 0 2/3 Xã 1 2/3" in text
    assert "Xã 9 2/3" in text and "Xã 10 2/3" not in text


def test_areas_are_named_in_the_order_of_a_dictionary_with_the_page_each_stands_on(
    tmp_path: Path,
) -> None:
    names = ["Đông 10", "Dong 9", "An", "École", *(f"Xã {at}" for at in range(MOST_AREAS))]
    drawn(tmp_path, names, 2)
    html = (tmp_path / "plan-a/areas.en.html").read_text("utf-8")
    row = r'<th scope="row"><a href="area-\d+/index.en.html">([^<]+)</a></th><td><a href="([^"]+)">'
    found = re.findall(row, html)
    assert [name for name, _ in found] == ["An", "Dong 9", "Đông 10", "École", *names[4:]]
    assert found[0][1] == "areas-1.en.html#at.area-002"
    assert found[-1][1] == f"areas-2.en.html#at.area-{MOST_AREAS + 3:03d}"


HOSTILE = ("<script>alert(1)</script>", "x" * 300, "\u202eشارع ../../x", "' onclick='x", "&amp;")


def test_a_name_of_an_area_stays_a_name(tmp_path: Path) -> None:
    drawn(tmp_path, [HOSTILE[at % len(HOSTILE)] for at in range(FEW + 1)], 2)
    for path in tmp_path.rglob("*.html"):
        page = read_page(path.read_text("utf-8"))
        assert list(faults_of_page(page, index=True)) == []
        if path.name.startswith("areas."):
            assert {plain(name) for name in HOSTILE} <= {
                text_of(a) for a in page.root.find_all("a")
            }


def test_pages_of_areas_go_where_the_index_has_room_again(tmp_path: Path) -> None:
    many(tmp_path, FEW + 1)
    write_index(tmp_path)
    assert list(tmp_path.glob("plan-a/areas*.html"))
    shutil.rmtree(tmp_path / "plan-a" / "area-00")
    write_index(tmp_path)
    assert not list(tmp_path.glob("plan-a/areas*.html"))


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
    html = (tmp_path / "plan-a/areas-1.en.html").read_text("utf-8")
    found = re.findall(r'data-review="plan-a/area-([0-9]+)"', html)
    # In the lines, and again in the grid of goals.
    assert found == 2 * [f"{number:02d}" for number in range(FEW, -1, -1)]


def test_areas_have_a_grid_of_their_goals_in_the_last_year_that_was_judged(
    tmp_path: Path,
) -> None:
    many(tmp_path, FEW)
    write_index(tmp_path)
    html = (tmp_path / "index.en.html").read_text("utf-8")
    grid = html[
        html.index('class="ix-grid ix-matrix"') : html.index("</table>", html.index('ix-matrix"'))
    ]
    rows = re.findall(r'<tr data-review="plan-a/area-\d+">(.*?)</tr>', grid, re.DOTALL)
    assert len(rows) == FEW
    # In 2013 one goal has no data and one is withheld; the part is exceeded, and stands there too.
    # Nothing that counts was judged then, so the grid is of 2012: missed, exceeded, met.
    assert 'data-year="2012"' in grid
    assert re.findall(r'<td class="pl-([a-z-]+)" title="([A-Za-z ]+)">(.)</td>', rows[0]) == [
        ("v-not-met", "Missed", "▼"), ("v-exceeded", "Exceeded", "▲"), ("v-met", "Met", "●"),
    ]  # fmt: skip
