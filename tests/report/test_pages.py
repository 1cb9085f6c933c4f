"""Every method of every page runs in both languages, for rich data, sparse data and none."""

from __future__ import annotations

import re
from contextlib import nullcontext
from functools import cache
from unittest.mock import patch

import pytest
from examples import LONG
from helpers import goal, observations, plan

from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate
from planlib.report.blocks import Block, Chart
from planlib.report.layout import Table
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.common import Page
from planlib.report.pages.explore import ExplorePage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.render import html, text
from planlib.review import annual, midterm

ANNUAL = (
    "title", "promised", "counts", "table", "sections", "changes", "missing", "disagreements",
    "readings", "notes", "sources",
)  # fmt: skip
MIDTERM = (
    "title", "headline", "grid", "road", "pace", "decided", "trends", "lags", "notes", "sources",
)  # fmt: skip
EXPLORE = (
    "title", "picture", "verdicts", "made", "readings", "vintages", "sources",
)  # fmt: skip
LEAST = {"comparison": "at_least", "value": 70, "basis": "share", "cadence": "every_year"}
LATER = {"comparison": "at_least", "value": 70, "basis": "share", "cadence": "by", "due": 2015}


@cache
def evaluation(name: str) -> Evaluation:
    return evaluate(name)


PICTURES = ("met_bars", "trend", "trend_multiples")


def outputs(page: Page, methods: tuple[str, ...], *, draw: bool = False) -> list[Block]:
    """What the cells show; without drawing every chart finds nothing to draw."""
    found: list[Block] = []
    nothing = {name: lambda *_, **__: None for name in PICTURES}
    with nullcontext() if draw else patch.multiple("planlib.report.charts", **nothing):
        for method in methods:
            given = list(getattr(page, method)())
            assert given, method
            found += given
    return found


def text_of(page: Page, methods: tuple[str, ...]) -> str:
    return text(outputs(page, methods))


def html_of(page: Page, methods: tuple[str, ...]) -> str:
    return html(outputs(page, methods))


def page_of(kind: str, name: str, lang: str) -> tuple[Page, tuple[str, ...]]:
    year = {"ward-2010-2015": 2013, "viet-nam-2016-2020": 2019, "viet-nam-2011-2015": 2013}[name]
    if kind == "annual":
        return AnnualPage(annual(evaluation(name), evaluation(name).area(), year), lang), ANNUAL
    if kind == "midterm":
        return MidtermPage(midterm(evaluation(name), evaluation(name).area()), lang), MIDTERM
    goal_id = "gdp-growth" if name.startswith("viet-nam") else "case-clearance"
    opened = evaluation(name)
    return ExplorePage(opened, opened.area(), goal_id, lang), EXPLORE


PLANS = ("ward-2010-2015", "viet-nam-2016-2020", "viet-nam-2011-2015")


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        (name, lang)
        for at, name in enumerate(PLANS)
        for lang in (("vi", "en") if LONG else [("vi", "en")[at % 2]])
    ],
)
@pytest.mark.parametrize("kind", ["annual", "midterm", "explore"])
def test_every_cell_of_every_page_shows_something_whole(kind: str, name: str, lang: str) -> None:
    page, methods = page_of(kind, name, lang)
    # Charts have tests of their own: drawn here for one plan and language each way.
    drawn = (name, lang) in {("ward-2010-2015", "vi"), ("viet-nam-2016-2020", "en")}
    shown = outputs(page, methods, draw=drawn)
    assert any(isinstance(one, Chart) for one in shown) == (drawn and kind != "annual")
    page_html, said = html(shown), text(shown)
    assert "None" not in said and "nan" not in said.lower().split()
    assert not re.search(r"\{\w*\}", said)
    anchors = re.findall(r'<h[12] id="([^"]*)"', page_html)
    assert len(set(anchors)) == len(anchors) and all(a.isascii() for a in anchors)
    assert page_html.count("<h1") == 1
    assert not re.search(r"/(home|work|tmp)/", page_html + said)
    for address in re.findall(r'href="([^"]*)"', page_html):
        assert address.startswith(("https://", "http://", "#", "data:text/csv;charset=utf-8,"))


@pytest.mark.parametrize("kind", ["annual", "midterm", "explore"])
def test_the_ids_of_headings_are_the_same_in_both_languages(kind: str) -> None:
    found = [
        re.findall(r'<h[123] id="([^"]*)"', html_of(*page_of(kind, "ward-2010-2015", lang)))
        for lang in ("vi", "en")
    ]
    assert found[0] == found[1] and found[0]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", ["annual", "midterm", "explore"])
def test_made_up_figures_carry_the_banner_and_real_ones_do_not(kind: str, lang: str) -> None:
    ward, _ = page_of(kind, "ward-2010-2015", lang)
    real, _ = page_of(kind, "viet-nam-2016-2020", lang)
    banner = 'class="pl-banner pl-illustrative" role="note"'
    assert banner in html_of(ward, ("title",))
    assert "pl-illustrative" not in html_of(real, ("title",))
    word = "minh họa" if lang == "vi" else "illustrative"
    assert word not in text_of(real, ("title", "sources")).lower()


def test_a_section_heading_carries_its_count() -> None:
    page = AnnualPage(annual(evaluation("ward-2010-2015"), "ward-01", 2013), "vi")
    said = text_of(page, ("sections",))
    assert "Văn hóa – xã hội: 6/10 đạt và vượt, 1 thiếu số liệu" in said
    assert "Tỷ lệ sinh con thứ ba: 3,1" in said


def test_the_yearly_page_answers_in_the_order_of_the_office() -> None:
    page = AnnualPage(annual(evaluation("ward-2010-2015"), "ward-01", 2013), "vi")
    assert page.summary().startswith("Năm 2013: đạt và vượt 51/69 chỉ tiêu đã đánh giá được")
    assert "76 chỉ tiêu" in page.promised().text


def test_the_midterm_page_says_what_is_settled_and_what_lags() -> None:
    review = midterm(evaluation("ward-2010-2015"), "ward-01")
    page = MidtermPage(review, "vi")
    decided = page.decided().text
    assert f"Chắc chắn đạt: {len(review.secured)} chỉ tiêu" in decided
    parts = sum(v.goal.part_of is not None for v in review.broken)
    whole = f"{len(review.broken) - parts} chỉ tiêu và {parts} chỉ tiêu thành phần"
    assert parts and f"Đã có năm không đạt: {whole}" in decided
    lags = page.lags().text
    # Two goals have none: the sentence says so once, their rows have a dash.
    assert lags.count("không có giải pháp nào") == 1 and "(III.1.4)" in lags


def test_a_plan_without_measures_says_so_once_and_has_no_column_of_them() -> None:
    two = plan(goal("g", target=LEAST), goal("h", target=LEAST))
    rows = [{"goal": name, "year": 2012, "value": 10} for name in ("g", "h")]
    lags = MidtermPage(midterm(Evaluation(two, observations(*rows)), "a", 2012), "en").lags()
    assert lags.text.count("names no measures") == 1
    (table,) = (block for block in lags if isinstance(block, Table))
    assert [column.key for column in table.columns] == ["indicator", "target", "so_far", "standing"]


def test_a_page_of_the_last_year_says_the_term_is_over() -> None:
    page = MidtermPage(midterm(evaluation("ward-2010-2015"), "ward-01", 2015), "vi")
    assert "đã hết kỳ" in page.title().text
    assert "thực hiện được những gì?" in page.title().text
    assert text_of(page, MIDTERM)


def test_a_page_as_of_an_earlier_date_says_so() -> None:
    early = evaluate("ward-2010-2015", as_of="2013-12-31")
    assert (
        "ngày 31 tháng 12 năm 2013" in AnnualPage(annual(early, "ward-01", 2013), "vi").title().text
    )


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("target", [LEAST, LATER])
def test_pages_without_any_figure_say_so_in_sentences(target: dict[str, object], lang: str) -> None:
    bare = plan(goal(target=target))
    page = AnnualPage(annual(Evaluation(bare, observations()), "a", 2013), lang)
    assert "nan" not in text_of(page, ANNUAL)
    half = MidtermPage(midterm(Evaluation(bare, observations()), "a", 2013), lang)
    assert text_of(half, MIDTERM)


def test_no_figures_are_told_as_missing_and_not_as_zero() -> None:
    bare = plan(goal(target=LEAST))
    page = AnnualPage(annual(Evaluation(bare, observations()), "a", 2013), "vi")
    assert "chưa có gì để đánh giá" in page.counts().text
    assert page.changes().text.startswith("Từ báo cáo trước: không có thay đổi")
    assert "Không có đánh giá nào được công bố" in page.disagreements().text
    assert "Thiếu số liệu: 1 chỉ tiêu" in page.missing().text


def test_a_plan_of_one_year_has_a_midterm_page_too() -> None:
    short = plan(goal(target=LEAST), first=2013, last=2013, baseline=2012)
    page = MidtermPage(
        midterm(Evaluation(short, observations({"year": 2013, "value": 80})), "a", 2013), "en"
    )
    assert "1 of 1 judged met or exceeded" in text_of(page, MIDTERM)


def test_one_goal_is_shown_with_its_own_verdicts_and_reports() -> None:
    opened = evaluation("ward-2010-2015")
    annual(opened, "ward-01", 2013)  # whatever was asked before
    page = ExplorePage(opened, "ward-01", "case-clearance", "vi")
    assert page.newest.goal.id == "case-clearance"
    assert "72,2" in page.verdicts().text and "Vượt" in page.verdicts().text
    assert "25/3/2013" in page.vintages().text
    assert "So sánh tỷ lệ phần trăm" in page.made(2013).text
    assert page.summary().startswith("Năm 2015: 68,8")


def test_an_unknown_goal_is_a_problem_in_the_input() -> None:
    with pytest.raises(InputError, match="no goal"):
        ExplorePage(evaluation("ward-2010-2015"), "ward-01", "case-clearence")
