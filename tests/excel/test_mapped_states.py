"""Tables of one target alone, and the words a sheet has of its own for figures that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from planlib.errors import InputError
from planlib.excel.importing import Import, import_figures
from planlib.figures.observations import State

PLAN = str(Path(__file__).parent.parent / "plan" / "good-plan")
MAPPING = """\
language: en
vintage: "2016-01-31"
goal: vaccination
columns: {area: Region, year: Year, value: Value}
areas: {A: ward-a}
skip: [Total]
states: {"-": not_applicable, n/a: missing, K: estimate}
"""
TABLE = (
    "Region,Year,Value\nA,2011,93.6\nA,2012,-\nA,2013,n/a\nA,2014,95 K\nTotal,2014,95\nA,Total,9\n"
)


def taken(folder: Path, table: str = TABLE, mapping: str = MAPPING) -> Import:
    (folder / "own.csv").write_text(table, encoding="utf-8")
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    return import_figures(folder / "own.csv", PLAN, folder / "out.csv", folder / "map.yaml")


def test_a_table_of_one_target_says_which_and_its_words_are_states(tmp_path: Path) -> None:
    done = taken(tmp_path)
    assert done.reading is not None and not done.problems
    told = [
        (row["goal"], int(row["year"]), str(row["value"]), State(row["state"]).name)
        for row in done.reading.frame.to_dict("records")
    ]
    assert told == [
        ("vaccination", 2011, "93.6", "measured"), ("vaccination", 2012, "nan", "not_applicable"),
        ("vaccination", 2013, "nan", "missing"), ("vaccination", 2014, "95.0", "estimate"),
    ]  # fmt: skip


def test_a_table_of_areas_by_years_is_read_for_one_target(tmp_path: Path) -> None:
    mapping = MAPPING.replace(", year: Year, value: Value", "") + "years: all\n"
    done = taken(tmp_path, "Region,2011,2012\nA,90,91\nTotal,90,91\n", mapping)
    assert done.reading is not None
    assert [*done.reading.frame["value"]] == [90, 91]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("goal: vaccination\n", "", "give 'goal' once"),
        ("{area: Region,", "{goal: Goal, area: Region,", "give 'goal' once"),
        ("K: estimate", "K: guessed", "guessed"),
    ],
)
def test_what_a_mapping_says_wrongly_of_them_is_named(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    with pytest.raises(InputError) as refused:
        taken(tmp_path, mapping=MAPPING.replace(old, new))
    assert told in str(refused.value)


def test_a_target_that_the_plan_does_not_have_is_named(tmp_path: Path) -> None:
    done = taken(tmp_path, mapping=MAPPING.replace("goal: vaccination", "goal: vacination"))
    assert any("vacination" in str(one) and "vaccination" in str(one.hint) for one in done.problems)


@pytest.mark.parametrize("lang", ["en", "vi", "fr"])
def test_a_word_in_doubt_says_where_its_meaning_goes(tmp_path: Path, lang: str) -> None:
    done = taken(tmp_path, mapping=MAPPING.replace('"-": not_applicable, ', ""))
    (problem,) = done.problems
    assert problem.place == "C3" and "'states'" in str(problem.in_language(lang))


def test_a_hidden_sheet_that_has_the_heads_is_named(tmp_path: Path) -> None:
    book = Workbook()
    for row in TABLE.splitlines()[:2]:
        book.active.append(row.split(","))
    book.active.sheet_state = "hidden"
    book.create_sheet("Front").append(["a report"])
    book.save(tmp_path / "own.xlsx")
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        import_figures(tmp_path / "own.xlsx", PLAN, tmp_path / "out.csv", tmp_path / "map.yaml")
    assert "hidden" in str(refused.value) and "[Sheet]" in str(refused.value)


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman", "iso8859-15", "utf-32"])
def test_a_mapping_may_say_in_what_encoding_a_file_is(tmp_path: Path, encoding: str) -> None:
    table = "Région;Année;Valeur\nA;2011;93,6\n"
    (tmp_path / "own.csv").write_bytes(table.encode(encoding))
    mapping = MAPPING.replace(
        "Region, year: Year, value: Value", "Région, year: Année, value: Valeur"
    )
    (tmp_path / "map.yaml").write_text(f"encoding: {encoding}\n{mapping}", encoding="utf-8")
    done = import_figures(tmp_path / "own.csv", PLAN, tmp_path / "o.csv", tmp_path / "map.yaml")
    assert done.reading is not None and [*done.reading.frame["value"]] == [93.6]


def test_an_encoding_that_nobody_knows_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        taken(tmp_path, mapping=f"encoding: tcvn\n{MAPPING}")
    assert "map.yaml:1" in str(refused.value) and "'tcvn'" in str(refused.value)
