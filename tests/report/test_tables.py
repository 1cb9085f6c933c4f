"""Tables: the office's columns, honest numbers, nothing a name in the data could break."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.language.language import Language
from planlib.report.blocks import Block
from planlib.report.counts import verdict_counts
from planlib.report.layout import safe_link
from planlib.report.render import html, text
from planlib.report.style import Style, stylesheet
from planlib.report.tables.annual import (
    disagreements_table,
    missing_table,
    readings_table,
    revisions_table,
    target_table,
)
from planlib.report.tables.midterm import goals_grid
from planlib.report.vocabulary import LOOKS
from planlib.review import AnnualReview, annual
from planlib.scoring.verdict import Verdict

VI, EN = Language("vi"), Language("en")
VOID = {"br", "hr", "img", "input", "meta", "link"}
HOSTILE = '<script>alert("x")</script> & \'"><img src=x onerror=alert(1)>'


class Reader(HTMLParser):
    """Reads HTML back: its tags, whether they close in order, and a table's cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in {"td", "th"} and self._cell is not None:
            self.rows[-1].append(" ".join("".join(self._cell).split()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None and "dl" not in self.open:
            self._cell.append(data)


def read(block: Block) -> Reader:
    reader = Reader()
    reader.feed(html([block]))
    reader.close()
    assert reader.open == []
    return reader


@cache
def ward() -> Evaluation:
    return evaluate("ward-2010-2015")


@cache
def review() -> AnnualReview:
    return annual(ward(), "ward-01", 2013)


@cache
def national() -> AnnualReview:
    return annual(evaluate("viet-nam-2016-2020"), evaluate("viet-nam-2016-2020").area(), 2019)


def row_of(reader: Reader, name: str) -> list[str]:
    return next(row for row in reader.rows if len(row) > 1 and row[1].endswith(name))


def test_the_target_table_has_the_offices_columns_in_its_order() -> None:
    rows = read(target_table(review(), VI)).rows
    assert rows[0] == ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Tỷ lệ %", "Đánh giá"]
    assert rows[1] == ["Kinh tế 4/5 đạt và vượt, 1 thiếu số liệu"]


def test_a_row_holds_target_figure_ratio_and_verdict() -> None:
    reader = read(target_table(review(), VI))
    assert row_of(reader, "Thu thuế so với chỉ tiêu được giao") == [
        "2", "Thu thuế so với chỉ tiêu được giao", "% chỉ tiêu giao", "100", "97,8", "97,8",
        "▼ Không đạt",
    ]  # fmt: skip
    assert row_of(reader, "Số đảng viên mới kết nạp")[3:] == [
        "15–20cả kỳ",
        "15",
        "100",
        "● Đạtchắc 83%",
    ]
    missing = row_of(reader, "Tỷ lệ trẻ dưới 6 tuổi được cấp thẻ bảo hiểm y tế")
    assert missing[4:] == ["chưa có số liệu", "–", "– Chưa có số liệu"]


def test_parts_are_indented_introduced_and_not_numbered() -> None:
    shown = target_table(review(), VI)
    excellent = row_of(read(shown), "Tỷ lệ tổ dân phố xếp loại xuất sắc")
    assert excellent[:2] == ["", "Trong đó: Tỷ lệ tổ dân phố xếp loại xuất sắc"]
    assert row_of(read(shown), "Tỷ lệ tổ dân phố xếp loại khá")[0] == ""
    assert html([shown]).count("pl-sub") == 3
    numbers = [row[0] for row in read(shown).rows if len(row) == 7 and row[0].isdigit()]
    assert numbers == [str(n) for n in range(1, 77)]


def test_what_lies_behind_a_row_is_folded_under_its_name() -> None:
    page = html([target_table(review(), VI)])
    assert page.count("<details>") == len(review().verdicts)
    for label in (
        "Vị trí trong văn bản",
        "Cách đánh giá",
        "Quy tắc",
        "Dòng số liệu",
        "Ngày báo cáo",
    ):
        assert f"<dt>{label}</dt>" in page
    assert "data/illustrative/ward-2010-2015.csv: dòng" in page
    assert not re.search(r"(/(home|work|tmp)/|[A-Z]:\\)", page)


def test_a_published_verdict_stands_beside_the_computed_one() -> None:
    row = row_of(read(target_table(national(), EN)), "Reduction of the poor-household rate")
    assert row[-1] == "● Metpublished: Exceeded"
    rows = read(disagreements_table(national(), EN)).rows
    assert [row[3:5] for row in rows[1:]] == [["▲ Exceeded", "● Met"]] * 2
    assert all("table of results of 2019" in row[5] for row in rows[1:])


def test_the_plain_twin_says_what_the_table_says() -> None:
    shown = target_table(review(), VI)
    lines = text([shown]).splitlines()
    for row in read(shown).rows[1:]:
        if len(row) == 7:
            line = next(line for line in lines if row[1] in line)
            assert row[2] in line and row[5] in line
    widths = {line.index("ĐVT") for line in lines if "ĐVT" in line}
    assert len(widths) == 1


def test_revisions_put_flipped_verdicts_first() -> None:
    rows = read(revisions_table(review(), VI)).rows
    assert rows[1] == ["Đánh giá đã đổi 9"]
    third = next(row for row in rows if row[0] == "Tỷ lệ sinh con thứ ba")
    assert third[1:] == ["%", "ước 2,716/12/2013", "3,107/02/2014", "● Đạt", "▼ Không đạt"]


def test_the_missing_table_names_who_could_give_the_figure() -> None:
    rows = read(missing_table(review(), VI)).rows
    assert len(rows) - 1 == len(review().missing)
    assert all(row[2] for row in rows[1:])


def test_every_reading_is_listed_with_its_verdict_and_its_reason() -> None:
    rows = read(readings_table(review().unsettled, VI, illustrative=True)).rows
    told = [row for row in rows[1:] if len(row) == 3]
    assert len(told) == sum(len(v.goal.readings) for v in review().unsettled)
    assert sum(row[0].endswith("đang dùng") for row in told) == len(review().unsettled)
    assert all(row[1] and row[2] for row in told)


def test_the_counts_line_leaves_out_what_does_not_occur() -> None:
    shown = verdict_counts(national().rollup, VI)
    assert text([shown]) == "▲ Vượt 5  ● Đạt 7  ○ Chưa đến hạn 19  · Không áp dụng 1"
    read(shown)


def test_the_grid_says_each_verdict_in_words_too() -> None:
    small = ward().plan
    yearly = {small.goals[0].id: {2012: Verdict.not_met, 2011: Verdict.met}}
    shown = goals_grid(
        small,
        yearly,
        VI,
        caption="Lưới",
        illustrative=True,
        doubts={small.goals[0].id: {2012: 0.8199}},
    )
    reader = read(shown)
    assert reader.rows[0] == ["Chỉ tiêu", "2011", "2012"]
    assert reader.rows[2][1:] == ["●Đạt", "▼Không đạtchắc 81%"]
    assert '<span class="pl-hidden">Không đạt</span>' in html([shown])
    assert text([shown]).splitlines()[0] == "Lưới · số liệu minh họa"


def test_made_up_figures_are_called_so_on_every_table() -> None:
    for table in (target_table, revisions_table, missing_table, disagreements_table):
        assert "số liệu minh họa" in text([table(review(), VI)]).splitlines()[0]
        assert "minh họa" not in text([table(national(), VI)])


def hostile(text: str) -> dict[str, Any]:
    return {"vi": text, "en": text}


def test_names_in_the_data_cannot_break_out_of_a_table() -> None:
    target = {"comparison": "below", "value": 5, "cadence": "every_year"}
    readings = [
        {"id": "a", "default": True, "why": hostile(HOSTILE), "target": target},
        {"id": "b", "why": hostile(HOSTILE), "target": {**target, "value": 1}},
    ]
    one = goal(
        name=hostile(HOSTILE), lead=hostile(HOSTILE), note=hostile(HOSTILE), unit=hostile(HOSTILE),
        readings=readings,
    )  # fmt: skip
    words = {"words": HOSTILE, "note": HOSTILE, "source": f"javascript:{HOSTILE}"}
    figures = observations(
        {"year": 2013, "value": 4, "vintage": "2013-12", "published_verdict": "exceeded",
         "published_reason": HOSTILE, **words},
        {"year": 2013, "value": 6, "vintage": "2014-03", "published_verdict": "exceeded",
         "published_reason": HOSTILE, **words},
    )  # fmt: skip
    found = annual(Evaluation(plan(one), figures), "a", 2013)
    tables = [
        target_table(found, VI),
        revisions_table(found, VI),
        disagreements_table(found, VI),
        readings_table(found.verdicts, VI, illustrative=False),
        missing_table(annual(Evaluation(plan(one), figures), "a", 2012), VI),
    ]
    for shown in tables:
        reader = read(shown)
        assert not {"script", "img"} & set(reader.tags)
        assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', html([shown])))
        assert HOSTILE in text([shown]) or "&lt;script&gt;" in html([shown])


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "", None, "file:///x"]
)
def test_only_addresses_of_the_web_become_links(address: str | None) -> None:
    assert safe_link(address) == ""
    assert safe_link("https://example.org/?a=1&b=2") == "https://example.org/?a=1&b=2"


def test_the_stylesheet_takes_its_colours_from_the_vocabulary() -> None:
    sheet = stylesheet()
    for verdict, look in LOOKS.items():
        assert look.name == f"v-{verdict.name.replace('_', '-')}"
        assert f".pl-{look.name} {{ --pl-colour: {look.colour};" in sheet
    assert "url(" not in sheet and "@import" not in sheet
    output = Style()._repr_mimebundle_()
    assert output["text/html"].startswith("<style>") and output["text/plain"] == ""


def test_every_class_of_the_tables_is_known_to_the_stylesheet_or_names_a_column() -> None:
    grid = goals_grid(ward().plan, {}, VI, caption="x", illustrative=False)
    page = html([target_table(review(), VI), grid])
    used = {name for group in re.findall(r'class="([^"]*)"', page) for name in group.split()}
    mathjax = {"tex2jax_ignore", "mathjax_ignore"}  # versions 2 and 3: a dollar is a dollar
    assert all(name == "pl" or name.startswith("pl-") for name in used - mathjax)
    assert mathjax <= used
