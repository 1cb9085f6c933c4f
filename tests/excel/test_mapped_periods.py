"""Sheets of other offices with quarters, months, halves and financial years, read by a mapping."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from planlib.errors import Faults, InputError
from planlib.excel.importing import Import, import_figures
from planlib.plan.periods.calendar import period
from planlib.plan.periods.typed import TypedPeriods
from planlib.plan.shipped import open_plan
from tests.periods.small_plans import harbour, schools

OAKSHIRE = Path(__file__).parent.parent / "periods" / "oakshire"
COLUMNS = """\
language: en
area: oakshire
vintage: "2025-01-31"
columns: {goal: Indicator}
"""


def taken(folder: Path, table: str, mapping: str, plan: Path = OAKSHIRE) -> Import:
    (folder / "own.csv").write_text(table, encoding="utf-8")
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    store = folder / "out.csv"
    return import_figures(folder / "own.csv", str(plan), store, folder / "map.yaml")


def told(result: Import) -> list[tuple[str, str, float]]:
    assert result.reading is not None and not result.refused, result.problems
    return [
        (str(row["goal"]), str(period(int(row["year"]))), float(row["value"]))
        for row in result.reading.frame.to_dict("records")
    ]


BUILT = [("homes-built", "2024/25-Q1", 8.0), ("homes-built", "2024/25-Q2", 12.0)]


@pytest.mark.parametrize(
    "heads",
    ["Q1 2024/25;Q2 2024/25", "2024/25-Q1;2024-25 Q2", "1st;Quarter 2 of 2024/25", "2024-06-30;2024-09-30",
     "quarter 1, 2024/2025;Qtr 2 2024/25", "2024-04-01;2024-07-01*"],
)  # fmt: skip
def test_periods_as_columns_are_read_as_offices_head_them(tmp_path: Path, heads: str) -> None:
    mapping = COLUMNS + "periods: all\n"
    expected = BUILT[1:] if heads.startswith("1st") else BUILT  # no word of a quarter: no figures
    assert told(taken(tmp_path, f"Indicator;{heads}\nHomes built;8;12\n", mapping)) == expected


def test_a_mapping_may_name_its_period_in_words(tmp_path: Path) -> None:
    table = "Indicator;Result\nHomes built;12\n"
    mapping = COLUMNS.replace("Indicator}", "Indicator, value: Result}")
    assert told(taken(tmp_path, table, mapping + "period: Quý 2/2024-25\n")) == BUILT[1:]
    heads = mapping.replace(", value: Result", "") + "periods: {quý 2/2024-25: Result}\n"
    assert told(taken(tmp_path, table, heads)) == BUILT[1:]


def test_heads_of_a_workbook_may_be_dates(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Indicator", date(2024, 6, 30), date(2024, 9, 30)])
    book.active.append(["Homes built", 8, 12])
    book.save(tmp_path / "own.xlsx")
    (tmp_path / "map.yaml").write_text(COLUMNS + "periods: all\n", "utf-8")
    done = import_figures(
        tmp_path / "own.xlsx", str(OAKSHIRE), tmp_path / "out.csv", tmp_path / "map.yaml"
    )
    assert told(done) == BUILT


@pytest.mark.parametrize(
    "periods", ["[2024/25-Q2]", "{2024/25-Q2: Second}", '{"Q2 2024/25": Second}']
)
def test_a_mapping_may_name_its_periods(tmp_path: Path, periods: str) -> None:
    head = "Second" if "Second" in periods else "Q2 2024/25"
    table = f"Indicator;Q1 2024/25;{head}\nHomes built;8;12\n"
    assert told(taken(tmp_path, table, COLUMNS + f"periods: {periods}\n")) == BUILT[1:]


@pytest.mark.parametrize("key", ["period", "year"])
def test_one_period_may_go_for_all_rows(tmp_path: Path, key: str) -> None:
    mapping = COLUMNS.replace("}", ", value: Now}") + f"{key}: 2024/25-Q1\n"
    assert told(taken(tmp_path, "Indicator;Now\nHomes built;8\n", mapping)) == BUILT[:1]


def test_a_column_may_name_the_period_of_each_row(tmp_path: Path) -> None:
    mapping = COLUMNS.replace("}", ", value: Now, period: When}")
    table = "Indicator;When;Now\nHomes built;Q1 2024/25;8\nHomes built;2024/25-Q2;12\n"
    assert told(taken(tmp_path, table, mapping)) == BUILT


@pytest.mark.parametrize(
    ("table", "mapping", "fault"),
    [
        ("Indicator;2024\nHomes built;8\n", "periods: all", "[B1]: '2024' can be 2023/24 or 2024/25"),
        ("Indicator;Q1 2024\nHomes built;8\n", "periods: all",
         "'2024-q1' can be 2023/24-q1 or 2024/25-q1"),
        ("Indicator;July 2024\nHomes built;8\n", "periods: all", "no column is headed by a year from"),
        ("Indicator;2024-07\nHomes built;8\n", "periods: all", "'2024-07' is shorter than a quarter"),
        ("Indicator;Q1 2024/25;2024/25-Q1\nHomes built;8;9\n", "periods: all",
         "two columns hold the same: 2024/25-Q1"),
        ("Indicator;Q1 2024/25\nHomes built;8\n", "periods: [2024]",
         "map.yaml:5: '2024' can be 2023/24 or 2024/25"),
        ("Indicator;Q1 2024/25\nHomes built;8\n", "periods: all\nyears: all",
         "give 'year' or 'years', not both"),
        ("Indicator;Q1 2024/25\nHomes built;8\n", "period: 2024", "map.yaml:5: "),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused(
    tmp_path: Path, table: str, mapping: str, fault: str
) -> None:
    with pytest.raises(InputError) as refused:
        taken(tmp_path, table, COLUMNS + mapping + "\n")
    assert fault.lower() in "\n".join(map(str, refused.value.problems)).lower()


@pytest.mark.parametrize(
    ("cell", "fault"),
    [("2024", "[B2]: goal 'Homes built': '2024' can be 2023/24 or 2024/25"),
     ("spring", "[B2]: goal 'Homes built': 'spring' is no reporting period"),
     ("2024-07", "'2024-07' is shorter than a quarter")],
)  # fmt: skip
def test_a_cell_that_names_no_period_is_told(tmp_path: Path, cell: str, fault: str) -> None:
    mapping = COLUMNS.replace("}", ", value: Now, period: When}")
    result = taken(tmp_path, f"Indicator;When;Now\nHomes built;{cell};8\n", mapping)
    assert len(result.problems) == 1 and fault in str(result.problems[0])


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("plans")
    return {
        "oakshire": OAKSHIRE,
        "harbour": harbour(base / "harbour"),
        "schools": schools(base / "schools"),
    }


@pytest.mark.parametrize(
    ("name", "lang", "text", "found"),
    [
        ("oakshire", "vi", "Quý II/2023/24", "2023/24-Q2"),
        ("oakshire", "vi", "quý 2 năm 2023-24", "2023/24-Q2"),
        ("oakshire", "en", "Quý II/2023-24", "2023/24-Q2"),  # a word of no other language
        ("oakshire", "en", "2nd quarter of 2023/24", "2023/24-Q2"),
        ("oakshire", "fr", "2e trimestre de 2023/24", "2023/24-Q2"),
        ("oakshire", "en", "2Q 2023/24", "2023/24-Q2"),
        ("oakshire", "vi", "Năm 2023-24", "2023/24"),
        ("oakshire", "vi", "9 tháng 2023-24", None),
        ("oakshire", "fr", "T2 2023/24", "2023/24-Q2"),
        ("oakshire", "fr", "2e trimestre", None),
        ("oakshire", "en", "2023/24 H1", "2023/24-H1"),
        ("harbour", "vi", "T1/2023", "2023-01"),  # tháng 1, a month
        ("harbour", "fr", "T1 2023", "2023-Q1"),  # trimestre 1, a quarter
        ("harbour", "vi", "tháng 7 năm 2023", "2023-07"),
        ("harbour", "en", "July 2023", "2023-07"),
        ("harbour", "fr", "juillet 2023", "2023-07"),
        ("harbour", "vi", "tháng 13/2023", None),
        ("harbour", "vi", "6 tháng đầu năm 2023", "2023-H1"),
        ("harbour", "en", "2023-07-31", "2023-07"),
        ("harbour", "en", "2023-07-30", None),
        ("harbour", "en", "2023", "2023"),
        ("schools", "fr", "S2 2023/24", "2023/24-H2"),
        ("schools", "fr", "semestre 2 de 2023/24", "2023/24-H2"),
        ("schools", "en", "2024-06-30", "2023/24-H2"),
    ],
)
def test_periods_are_read_in_the_words_of_the_sheets_language(
    plans: dict[str, Path], name: str, lang: str, text: str, found: str | None
) -> None:
    code = TypedPeriods(open_plan(str(plans[name])).calendar, (lang,)).read(text)
    assert (None if code is None else str(period(code))) == found


def test_what_is_two_periods_in_two_languages_is_refused(plans: dict[str, Path]) -> None:
    calendar = open_plan(str(plans["harbour"])).calendar
    for languages in (["en"], ["vi", "fr"]):  # of a language that is not the plan's, or of two
        with pytest.raises(Faults, match="'T2 2023' can be 2023-02 or 2023-Q2"):
            TypedPeriods(calendar, languages).read("T2 2023")
