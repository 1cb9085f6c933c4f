"""Tables of a document: heads say what cells are; what they do not say is never sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from planlib.exchange.text.proposals import Proposal
from planlib.exchange.text.reading import TextReading, read_text

Rows = list[list[str]]
# Language, rows, and of each target: comparison, value, unit, due year.
SURE: list[tuple[str, Rows, list[tuple[str, float, str, int]]]] = [
    ("en", [["Ref", "Indicator", "Baseline (2022)", "Target 2028", "Target 2035", "Lead"],
            ["C1", "Households in fuel poverty (%)", "13.4", "9", "5", "Housing"]],
     [("at_most", 9, "%", 2028), ("at_most", 5, "%", 2035)]),
    ("en", [["Measure", "Unit", "Baseline", "Year", "Target", "Deadline"],
            ["Trees planted", "trees", "900", "2021", "1,500", "2024"]],
     [("at_least", 1500, "trees", 2024)]),
    ("vi", [["TT", "Chỉ tiêu", "ĐVT", "Năm 2019", "Ước 2020", "Kế hoạch 2025", "So sánh (%)"],
            ["1", "Sản lượng lúa", "tấn", "2.900", "2.950", "3.000", "101,7"]],
     [("at_least", 3000, "tấn", 2025)]),
    ("fr", [["Filière", "Indicateur", "Unité", "Valeur 2020", "Cible 2025"],
            ["Lait", "Collecte de lait bio", "millions de litres", "6,8", "≥ 8"]],
     [("at_least", 8_000_000, "litres", 2025)]),
]  # fmt: skip
TITLES = {
    "en": "District plan 2021-2025",
    "vi": "Kế hoạch phát triển xã 2021-2025",
    "fr": "Plan 2021-2025",
}


def read(folder: Path, lang: str, rows: Rows, spans: str = "") -> TextReading:
    body = spans or "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    file = folder / "plan.html"
    file.write_text(f"<h1>{TITLES[lang]}</h1><table>{body}</table>", encoding="utf-8")
    return read_text(file, lang)


def as_told(one: Proposal) -> tuple[object, object, str, int | None]:
    return (
        one.terms["comparison"],
        one.terms["value"],
        one.unit.name,
        one.due[0] if one.due else None,
    )


@pytest.mark.parametrize(("lang", "rows", "expected"), SURE)
def test_a_row_below_plain_heads_is_sure(
    tmp_path: Path, lang: str, rows: Rows, expected: list[tuple[str, float, str, int]]
) -> None:
    found = read(tmp_path, lang, rows).proposals
    assert [as_told(one) for one in found] == expected
    assert {one.confidence for one in found} == {"sure"}


def test_a_start_and_its_year_stand_beside_the_target(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "en", SURE[1][1]).proposals
    assert one.baseline == (2021, 900)


@pytest.mark.parametrize(
    "rows",
    [
        # Rising debt: more of it wanted, or no more than that?
        [["Indicator", "Unit", "2020", "Target 2025"], ["Debt per head", "€", "820", "900"]],
        # Up, then down again.
        [["Indicator", "Unit", "2020", "Target 2023", "Target 2025"], ["Beds", "beds", "40", "60", "50"]],
        # No start: nothing says which way.
        [["Indicator", "Unit", "Target 2025"], ["Pupils", "pupils", "900"]],
        # What the rows are about stands in no column.
        [["Ward", "2020", "Target 2025"], ["Alder", "120", "200"]],
        # A report of targets that are over.
        [["Indicator", "Unit", "Target 2021", "Actual 2021", "Target 2025"], ["Bins", "bins", "50", "47", "55"]],
    ],
)  # fmt: skip
def test_a_row_that_can_be_read_in_two_ways_is_never_sure(tmp_path: Path, rows: Rows) -> None:
    found = read(tmp_path, "en", rows).proposals
    assert found
    assert "sure" not in {one.confidence for one in found}


def test_a_forecast_in_a_table_is_no_target(tmp_path: Path) -> None:
    rows = [["Indicator", "Unit", "2020", "2030 projection"], ["Population", "people", "48,000", "54,000"]]  # fmt: skip
    reading = read(tmp_path, "en", rows)
    assert reading.proposals == []
    assert {"48,000", "54,000"} <= {one.text for one in reading.listed}


def test_merged_cells_stand_for_each_of_their_columns_and_rows(tmp_path: Path) -> None:
    spans = (
        "<tr><th rowspan=2>Theme</th><th rowspan=2>Indicator</th><th>Baseline</th><th colspan=2>Target</th></tr>"
        "<tr><th>2020</th><th>2023</th><th>2025</th></tr>"
        "<tr><td rowspan=2>Roads</td><td>Deaths (people)</td><td>24</td><td>18</td><td>12</td></tr>"
        "<tr><td>Injuries (people)</td><td>210</td><td>160</td><td>105</td></tr>"
    )
    found = read(tmp_path, "en", [], spans).proposals
    assert [(one.name, *as_told(one)) for one in found] == [
        ("Roads: Deaths", "at_most", 18, "people", 2023),
        ("Roads: Deaths", "at_most", 12, "people", 2025),
        ("Roads: Injuries", "at_most", 160, "people", 2023),
        ("Roads: Injuries", "at_most", 105, "people", 2025),
    ]
    assert {one.confidence for one in found} == {"sure"}
