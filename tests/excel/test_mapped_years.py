"""Tables of statistical offices: CSV by a mapping, years as columns, flags behind the figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from foreign_tables import FOREIGN
from openpyxl import Workbook

from planlib.errors import InputError
from planlib.excel.importing import Import, import_figures
from planlib.excel.sheets.mapping import read_mapping
from planlib.figures.observations import State

PLAN = str(Path(__file__).parent.parent / "plan" / "good-plan")
MAPPING = """\
language: en
vintage: "2016-01-31"
years: all
columns: {goal: Indicator, area: GEO, unit: Unit}
areas: {Ward A: ward-a}
goals: {Immunised children: vaccination}
skip: [Not of the plan]
"""
TABLE = """\
Ward indicators, annual data;;;;;
Last update: 31.01.2016;;;;;

Indicator;Unit;GEO;2011;2012;2013
Immunised children;%;Ward A;93,6 b;: c;95,1 ep
alleys;alleys;Ward A;12;..;13 (p)
Not of the plan;%;Ward A;1;2;3

: not available; b break in series; p provisional;;;
"""


def taken(folder: Path, table: str = TABLE, mapping: str = MAPPING) -> Import:
    (folder / "own.csv").write_text(table, encoding="utf-8")
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return import_figures(folder / "own.csv", PLAN, folder / "out.csv", folder / "map.yaml")


def told(result: Import) -> list[tuple[str, int, float | None, str, str]]:
    assert result.reading is not None and not result.refused, result.problems
    frame = result.reading.frame
    return [
        (str(row["goal"]), int(row["year"]), None if row["value"] != row["value"] else row["value"],
         State(row["state"]).name, str(row["note"]).partition(" / ")[2])
        for row in frame.to_dict("records")
    ]  # fmt: skip


FIGURES = [
    ("vaccination", 2011, 93.6, "measured", "b: break in the series"),
    ("vaccination", 2012, None, "suppressed", ""),
    ("vaccination", 2013, 95.1, "estimate", "e: estimated; p: số sơ bộ / p: provisional"),
    ("alleys", 2011, 12, "measured", ""),
    ("alleys", 2012, None, "missing", ""),
    ("alleys", 2013, 13, "estimate", "p: provisional"),
]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_years_as_columns_with_flags_are_read_from_csv(tmp_path: Path, sign: str) -> None:
    assert told(taken(tmp_path, TABLE.replace(";", sign))) == FIGURES


def test_years_as_columns_are_read_from_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    for line in TABLE.splitlines():
        cells = [int(cell) if cell.isdigit() else cell or None for cell in line.split(";")]
        book.active.append(cells)
    book.save(tmp_path / "own.xlsx")
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    result = import_figures(
        tmp_path / "own.xlsx", PLAN, tmp_path / "out.csv", tmp_path / "map.yaml"
    )
    assert told(result) == FIGURES


@pytest.mark.parametrize(
    ("years", "found"),
    [("[2011, 2013]", {2011, 2013}), ('{2012: "2012"}', {2012}), ('{2011: "2013"}', {2011})],
)
def test_the_mapping_may_name_the_years(tmp_path: Path, years: str, found: set[int]) -> None:
    mapping = MAPPING.replace("years: all", f"years: {years}")
    assert {year for _, year, *_ in told(taken(tmp_path, mapping=mapping))} == found


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        (MAPPING.replace("all", "[2011, 2019]"), "no column is headed '2019'"),
        (MAPPING.replace("years: all", "year: 2011"), "'columns' names where the figures stand"),
        (MAPPING + "year: 2011\n", "give 'year' or 'years', not both"),
        (MAPPING.replace("unit: Unit", "value: Unit"), "name no other column"),
        (MAPPING.replace("Indicator", "Indikator"), "no column is headed 'Indikator'"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path, mapping: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        taken(tmp_path, mapping=mapping)


def test_the_place_of_a_problem_is_its_line(tmp_path: Path) -> None:
    table = TABLE.replace("12;..;13 (p)", "12;twelve;n/a")
    assert [str(problem).partition(": ")[0][-4:] for problem in taken(tmp_path, table).problems] == [
        "[E6]", "[F6]",
    ]  # fmt: skip


def test_two_columns_of_one_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two columns hold the same: 2011"):
        taken(tmp_path, TABLE.replace("2011;2012", "2011;2011"))


def test_a_csv_that_is_no_table_of_figures_points_to_the_mapping(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(TABLE, encoding="utf-8")
    result = import_figures(tmp_path / "own.csv", PLAN, tmp_path / "out.csv")
    assert len(result.problems) == 1 and "--map" in str(result.problems[0])


def test_a_report_date_of_a_year_alone_may_be_a_number(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(MAPPING.replace('"2016-01-31"', "2016"), encoding="utf-8")
    assert read_mapping(tmp_path / "map.yaml").vintage == "2016"


@pytest.mark.parametrize("name", FOREIGN)
def test_tables_of_other_offices_are_read_whole(tmp_path: Path, name: str) -> None:
    foreign = FOREIGN[name]
    (tmp_path / "own.csv").write_bytes(foreign.table)
    (tmp_path / "map.yaml").write_text(foreign.mapping, encoding="utf-8")
    result = import_figures(tmp_path / "own.csv", PLAN, tmp_path / "out.csv", tmp_path / "map.yaml")
    assert not result.refused, result.problems
    assert result.reading is not None and len(result.reading.frame) == foreign.figures
    if name == "thousands":
        assert result.reading.frame["value"].tolist()[:2] == [12, 13.5]
        assert result.reading.frame["high"].tolist()[2] == 15


def heads(year: str, other: str = "14") -> str:
    return f"Indicator;Unit;GEO;2011;{year}\nalleys;alleys;Ward A;12;{other}\n"


@pytest.mark.parametrize(
    ("head", "state", "note"),
    [
        ("2012 (p)", "estimate", "p: provisional"), ("2012p", "estimate", "p: provisional"),
        ("2012 [r]", "measured", "r: revised"), ("2012e", "estimate", "e: estimated"),
        ("2012*", "measured", ""), ("2012¹", "measured", ""), ("2012 1)", "measured", ""),
        ("2012 [1]", "measured", ""), ("2012-12-31", "measured", ""), ("X2012", "measured", ""), ("2012 [YR2012]", "measured", ""),
    ],
)  # fmt: skip
def test_a_year_with_a_mark_behind_it_is_that_year(
    tmp_path: Path, head: str, state: str, note: str
) -> None:
    assert told(taken(tmp_path, heads(head))) == [
        ("alleys", 2011, 12, "measured", ""), ("alleys", 2012, 14, state, note),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "vi", "fr"])
@pytest.mark.parametrize("head", ["Actual 2012", "31/12/2012", "2012 (thousand)", "2012/13"])
def test_no_column_of_a_year_is_left_out_without_a_word(
    tmp_path: Path, head: str, lang: str
) -> None:
    with pytest.raises(InputError) as refused:
        taken(tmp_path, heads(head))
    (problem,) = refused.value.problems
    assert problem.place == "E1" and repr(head) in str(problem.in_language(lang))
    left_out = MAPPING.replace("skip: [", f'skip: ["{head}", ')
    assert [year for _, year, *_ in told(taken(tmp_path, heads(head), left_out))] == [2011]
    assert [year for _, year, *_ in told(taken(tmp_path, heads(head, "")))] == [2011]


def test_each_years_column_has_the_unit_of_its_own_head(tmp_path: Path) -> None:
    table = "Indicator;GEO;2011;2012 (thousand)\nalleys;Ward A;12;0.5\n"
    years = 'years: {2011: "2011", 2012: 2012 (thousand)}'
    mapping = MAPPING.replace("years: all", years).replace(", unit: Unit", "")
    assert [figure for *_, figure, _, _ in told(taken(tmp_path, table, mapping))] == [12, 500]


def test_a_year_may_be_named_by_a_head_of_two_rows(tmp_path: Path) -> None:
    table = ";;2011;;2012;\nIndicator;GEO;Target;Actual;Target;Actual\nalleys;Ward A;20;12;20;14\n"
    years = "years: {2011: [2011, Actual], 2012: [2012, Actual]}"
    mapping = MAPPING.replace("years: all", years).replace(", unit: Unit", "")
    assert [figure for *_, figure, _, _ in told(taken(tmp_path, table, mapping))] == [12, 14]


@pytest.mark.parametrize(
    ("cell", "value", "state", "note"),
    [
        ("12.3*", 12.3, "measured", "*"), ("12.3¹", 12.3, "measured", "¹"),
        ("12.3 [note 2]", 12.3, "measured", "[note 2]"), ("12.3 [p]", 12.3, "estimate", "provisional"),
        ("12.3 p*", 12.3, "estimate", "*"), ("[c]", None, "suppressed", ""),
        ("[x]", None, "missing", ""), ("[z]", None, "not_applicable", ""),
    ],
)  # fmt: skip
def test_marks_and_shorthand_beside_a_figure(
    tmp_path: Path, cell: str, value: float | None, state: str, note: str
) -> None:
    table = f"Indicator;Unit;GEO;2011;2012\nImmunised children;%;Ward A;90;{cell}\n"
    result = taken(tmp_path, table)
    assert told(result)[1][2:4] == (value, state)
    assert result.reading is not None and note in str(result.reading.frame["note"].iloc[1])


def test_points_of_a_percentage_are_no_provisional_percentage(tmp_path: Path) -> None:
    table = "Indicator;Unit;GEO;2011;2012\nImmunised children;%;Ward A;90;1.3 pp\n"
    (problem,) = taken(tmp_path, table).problems
    assert "'1.3 pp'" in str(problem)


def test_a_first_row_of_two_numbers_that_follow_each_other_is_no_numbering(tmp_path: Path) -> None:
    table = "Indicator;GEO;2011;2012\nalleys;{area};{}\nTax;{area};{}\n"
    mapping = MAPPING.replace(", unit: Unit", "").replace("Ward A: ward-a", "A: ward-a")
    mapping = mapping.replace("{Immunised", "{B: alleys, Immunised").replace(
        "skip: [", "skip: [Tax, "
    )
    for cells, figures in (("90;91", [90, 91]), ("1;2", [1, 2])):
        rows = table.format(cells, cells, area="A").replace("alleys;A", "B;A")
        (folder := tmp_path / cells).mkdir()
        assert [figure for *_, figure, _, _ in told(taken(folder, rows, mapping))] == figures
    numbered = "Indicator;GEO;2011;2012\nA;B;1;2\nB;A;90;91\n"
    assert [figure for *_, figure, _, _ in told(taken(tmp_path, numbered, mapping))] == [90, 91]
