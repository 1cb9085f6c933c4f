from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from planlib.evaluation import evaluate
from planlib.language.languages import LANGUAGES
from planlib.report.site.folder import (
    AreaSummary,
    Failure,
    PeriodColumn,
    Row,
    SectionRows,
    pages_in,
    read_summaries,
    save_summary,
    with_failures,
)
from planlib.report.site.frame import Frame
from planlib.report.site.index import index_page
from planlib.report.site.links import link_pages
from planlib.report.site.summary import area_summary
from planlib.report.site.writing import write_index
from planlib.review import annual, midterm
from planlib.scoring.verdict import Verdict
from planlib.storage.atomic import PART, remove_leftovers, write_changed, write_whole
from planlib.storage.store import LocalStore
from tests.report.stated import numbers_in

HOSTILE = "<img src=x onerror=alert(1)> \"&'"


def summary(plan: str = "plan-a", area: str = "area-a", **more: object) -> AreaSummary:
    both = {"vi": "Chỉ tiêu", "en": "Goal"}
    columns = [PeriodColumn(kind="annual", year=year) for year in (2011, 2012, 2013)]
    rows = [
        Row(goal="g1", name=both, part=False, verdicts=("met", "not_met", "no_data", "not_yet")),
        Row(goal="g2", name=both, part=True, verdicts=("exceeded",) * 4),
        Row(goal="g3", name=both, part=False, verdicts=("exceeded", "met", "suppressed", "not_due")),
    ]  # fmt: skip
    given: dict[str, object] = {
        "plan": plan,
        "area": area,
        "plan_name": {"vi": "Kế hoạch A", "en": "Plan A"},
        "area_name": {"vi": "Phường A", "en": "Ward A"},
        "term": (2011, 2013),
        "illustrative": False,
        "columns": [*columns, PeriodColumn(kind="midterm", year=2012)],
        "groups": [SectionRows(name=both, rows=tuple(rows))],
    }
    return AreaSummary.model_validate(given | more)


def make_review(out: Path, one: AreaSummary, *pages: str, as_of: str = "") -> None:
    """A summary with its verdicts and pages that hold no more than a page must."""
    save_summary(out, one)
    for name in pages:
        html = (
            f'<meta name="planlib-as-of" content="{as_of}"><nav><!--pages-->old<!--/pages--></nav>'
        )
        (out / one.folder / name).write_text(html, encoding="utf-8")


def indexes(out: Path) -> tuple[str, str]:
    vi, en = write_index(out).values()
    return vi.read_text("utf-8"), en.read_text("utf-8")


def links(html: str) -> list[str]:
    return [unquote(href) for href in re.findall(r'<a [^>]*?href="([^"]*)"', html)]


def test_every_link_of_the_index_leads_somewhere(tmp_path: Path) -> None:
    make_review(
        tmp_path, summary(), "annual-2011.vi.html", "annual-2011.en.html", "midterm-2012.vi.html"
    )
    make_review(tmp_path, summary("plan-b"), "annual-2013.en.html")
    for html in indexes(tmp_path):
        ids = set(re.findall(r' id="([^"]+)"', html))
        assert links(html)
        for href in links(html):
            file, _, fragment = href.partition("#")
            assert (tmp_path / file).is_file() if file else fragment in ids, href
    vi, en = indexes(tmp_path)
    assert "plan-a/area-a/annual-2011.vi.html" in links(vi)
    assert "plan-a/area-a/midterm-2012.vi.html" in links(en)  # better in Vietnamese than not at all


def test_a_page_that_compares_areas_is_listed_by_its_goal(tmp_path: Path) -> None:
    make_review(tmp_path, summary(), "annual-2011.en.html", "compare-g1-2012.en.html")
    make_review(tmp_path, summary("plan-b"))
    write_index(tmp_path)
    html = (tmp_path / "plan-a/area-a/index.en.html").read_text("utf-8")
    assert re.search(r'href="compare-g1-2012\.en\.html"[^>]*>[^<]*Goal[^<]*</a>', html)


def test_the_index_states_the_same_in_every_language_and_what_is_so(tmp_path: Path) -> None:
    found = evaluate("europe-2020", audience="internal")
    one = area_summary(found, found.area("se"))
    kinds = ("annual-2015", "annual-2018", "midterm-2015")
    make_review(tmp_path, one, *(f"{kind}.{lang}.html" for kind in kinds for lang in LANGUAGES))
    pages = pages_in(tmp_path / one.folder)
    told = {}
    for lang in LANGUAGES:
        html = index_page((one, pages), lang, LANGUAGES)
        root = BeautifulSoup(re.sub(r"(?s)<(style|script).*?</\1>", "", html), "html.parser")
        parts = root.find_all(["p", "li", "td", "th", "caption", "summary", "h2", "dd"])
        told[lang] = [numbers_in(part.get_text(" "), lang) for part in parts]
        rows = [row for row in root.find_all("tr") if row.get("data-kind") == "annual"]
        assert len(rows) == 11
        for row in rows:
            verdicts = found.year_verdicts("se", int(row["data-year"]))
            wholes = Counter(v.verdict.name for v in verdicts if v.goal.part_of is None)
            judged = {"exceeded", "met", "nearly_met", "not_met", "not_yet"} & wholes.keys()
            said = numbers_in(row.find("td").get_text(" "), lang)
            assert all(said[wholes[name]] for name in judged), (lang, row)
    assert told["vi"] == told["en"] == told["fr"] and sum(map(len, told["fr"])) > 50


def test_counts_come_before_the_grid_and_leave_parts_out(tmp_path: Path) -> None:
    make_review(tmp_path, summary(), "annual-2011.vi.html")
    vi, en = indexes(tmp_path)
    assert vi.index('class="ix-bar"') < vi.index('class="ix-grid"')
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", en))
    assert (
        "2011 ▲ 1 Exceeded, ● 1 Met Every goal by its verdict ▲ Exceeded Goal ● Met Goal 2/2"
        in said
    )
    assert "2012 ● 1 Met, ▼ 1 Missed 1 goal missed or not reached yet: Goal ▼ Missed Goal" in said
    assert "nothing to judge yet 2 without a figure" in said  # no data and withheld are the gaps
    assert "What do the counts mean?" in said
    assert "Mid-term (end of 2012)" not in said  # no page, no column


def test_the_grid_says_each_verdict_in_a_word(tmp_path: Path) -> None:
    make_review(tmp_path, summary(), "annual-2011.vi.html", "midterm-2012.vi.html")
    vi, _ = indexes(tmp_path)
    grid = vi[vi.index('class="ix-grid"') :]
    assert '<span role="img" title="2011: Đạt">●</span>' in grid
    assert '<span role="img" title="2012: Không đạt">▼</span>' in grid
    assert '<span role="img" title="Giữa kỳ: Chưa đạt">◐</span>' in grid


def test_the_illustrative_mark_stands_where_it_must(tmp_path: Path) -> None:
    make_review(tmp_path, summary("plan-a", illustrative=True), "annual-2011.vi.html")
    make_review(tmp_path, summary("plan-b"), "annual-2011.vi.html")
    vi, en = indexes(tmp_path)
    assert vi.count('class="pg-illustrative"') == en.count('class="pg-illustrative"') == 1
    assert vi.index('id="plan-a"') < vi.index('class="pg-illustrative"')
    assert vi.index('class="pg-illustrative"') < vi.index('id="plan-b"')


def test_hostile_names_are_words(tmp_path: Path) -> None:
    name = {"vi": HOSTILE, "en": HOSTILE}
    row = Row(goal="g", name=name, part=False, verdicts=("met", "met", "not_met", "met"))
    one = summary(plan_name=name, area_name=name, groups=[SectionRows(name=name, rows=(row,))])
    failure = Failure(kind="annual", year=2011, lang="vi", cell=3, reason=HOSTILE)
    make_review(tmp_path, with_failures(one, [], [failure]), "annual-2011.vi.html")
    for html in indexes(tmp_path):
        assert "<img" not in html
        assert html.count("&lt;img src=x onerror=alert(1)&gt;") > 5


def test_a_page_made_for_another_date_says_so(tmp_path: Path) -> None:
    make_review(tmp_path, summary(), "annual-2011.en.html", as_of="2012-03-31")
    make_review(tmp_path, summary(), "annual-2012.en.html")
    _, en = indexes(tmp_path)
    assert ">2011 (reports up to 31 March 2012)</a>" in en and ">2012</a>" in en


def test_pages_are_linked_to_their_neighbours(tmp_path: Path) -> None:
    names = ["annual-2011.vi.html", "annual-2013.vi.html", "annual-2013.en.html"]
    make_review(tmp_path, summary(), *names, "midterm-2012.vi.html")
    folder = tmp_path / summary().folder
    link_pages(folder)
    page = (folder / "annual-2013.vi.html").read_text("utf-8")
    assert "old" not in page
    assert page.count("<!--pages-->") == page.count("<!--/pages-->") == 1
    assert links(page) == [
        "../../index.html", "annual-2011.vi.html", "annual-2013.vi.html", "midterm-2012.vi.html",
        "annual-2013.en.html",
    ]  # fmt: skip
    assert '<a href="annual-2011.vi.html" rel="prev">2011</a>' in page
    assert '<a href="annual-2013.vi.html" aria-current="page">2013</a>' in page
    before = (folder / "annual-2013.vi.html").stat().st_mtime_ns
    link_pages(folder)
    assert (folder / "annual-2013.vi.html").stat().st_mtime_ns == before


def test_an_empty_folder_has_an_index_that_says_so(tmp_path: Path) -> None:
    vi, en = indexes(tmp_path)
    assert "Chưa có báo cáo nào" in vi and "There are no reports" in en


def test_only_pages_are_pages(tmp_path: Path) -> None:
    for name in (
        "annual-2011.vi.html",
        "annual-2011.xx.html",
        "notes.html",
        "annual-2011.vi.ipynb",
    ):
        (tmp_path / name).write_text("")
    (tmp_path / "annual-2012.vi.html").mkdir()
    assert [page.name for page in pages_in(tmp_path)] == ["annual-2011.vi.html"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:100],
        lambda text: text.replace('"schema_version":1', '"schema_version":2').replace(
            '"schema_version": 1', '"schema_version": 2'
        ),
        lambda text: text.replace('"not_met"', '"nonsense"'),
        lambda text: text.replace('"plan-a"', '"plan-z"'),
        lambda text: text.replace('"exceeded"', '"met", "met"', 1),
    ],
    ids=["cut", "version", "verdict", "misplaced", "length"],
)
def test_a_damaged_summary_is_left_out(tmp_path: Path, spoil: object) -> None:
    make_review(tmp_path, summary(), "annual-2011.vi.html")
    make_review(tmp_path, summary("plan-b"), "annual-2011.vi.html")
    path = tmp_path / "plan-a/area-a/review.json"
    path.write_text(spoil(path.read_text("utf-8")), encoding="utf-8")  # type: ignore[operator]
    assert [one.plan for one in read_summaries(tmp_path)] == ["plan-b"]
    assert "plan-a" not in indexes(tmp_path)[0]


def test_the_summary_has_the_verdicts_of_the_reviews() -> None:
    evaluation = evaluate("ward-2010-2015")
    made = area_summary(evaluation, "ward-01")
    assert made.illustrative and made.term == (2011, 2015)
    at = {(column.kind, column.year): index for index, column in enumerate(made.columns)}
    for kind, verdicts in (
        ("annual", annual(evaluation, "ward-01", 2013)),
        ("midterm", midterm(evaluation, "ward-01")),
    ):
        column = at[kind, 2013]
        shown = {row.goal: row.verdicts[column] for row in made.rows}
        assert shown == {v.goal.id: v.verdict.name for v in verdicts.verdicts}
        counted = {v: len(rows) for v, rows in made.goals(column).items()}
        assert counted == {v: verdicts.rollup.count(v) for v in Verdict}


def test_a_file_is_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    write_whole(page, "cũ\n")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planlib.storage.atomic.os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(page, "mới\n")
    assert page.read_text("utf-8") == "cũ\n"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_an_unchanged_file_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert write_changed(page, "a") and not write_changed(page, "a") and write_changed(page, "b")
    page.write_bytes(b"\xff")
    assert write_changed(page, "c")


def test_leftovers_are_known_by_their_name(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / f".page.html.4711{PART}").write_text("")
    for name in (f"page.html{PART}", f".mine{PART}", "annual-2011.vi.html"):
        (tmp_path / name).write_text("")
    assert remove_leftovers(tmp_path) == 1
    assert len(list(tmp_path.iterdir())) == 4


def test_a_frame_survives_the_way_to_another_process() -> None:
    frame = Frame("vi", HOSTILE, "p", "n", "2013-01-31", True)
    assert Frame(**frame.record()) == frame


def test_the_look_for_leftovers_tells_how_every_file_of_a_review_stands(tmp_path: Path) -> None:
    """As each folder would be looked at by itself, those below it too; what is no file has no stamp."""
    review = tmp_path / "plan" / "area"
    (review / "notes_files" / "more").mkdir(parents=True)
    for name in ("review.json", "notes_files/1.png", "notes_files/more/2.png", ".a.html.1.part"):
        (review / name).write_text(name, "utf-8")
    (review / "link.html").symlink_to("review.json")
    (tmp_path / "plan" / "goal-a.en.html").write_text("", "utf-8")
    (tmp_path / "empty" / "area").mkdir(parents=True)
    assert remove_leftovers(tmp_path, stamps := {}) == 1
    found = LocalStore(tmp_path)
    assert stamps == {"plan/area": found.at("plan/area").stamps(), "empty/area": {}}
    assert stamps["plan/area"].keys() == {
        "review.json", "notes_files/1.png", "notes_files/more/2.png", "link.html",
    }  # fmt: skip
    assert stamps["plan/area"]["link.html"] == ()
