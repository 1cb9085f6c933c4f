"""Tables of packages and of CSV on the Web that others wrote: read as their descriptions say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from test_standards import rows_of

GOOD = Path(__file__).parents[1] / "plan/good-plan"
HEADS = "area,goal,year,vintage,value,source\n"
ROW = "ward-a,alleys,2011,2012-01-31,{},an office\n"
FIELDS = [{"name": name} for name in HEADS.strip().split(",")]
EURO = {"name": "value", "type": "number", "decimalChar": ",", "groupChar": "."}
IN_EUROPE = [EURO if field["name"] == "value" else field for field in FIELDS]


def took(folder: Path, record: dict[str, Any], **files: str) -> list[str]:
    """The values that were stored, or the one line that was said."""
    package = folder / "package"
    package.mkdir()
    for name, text in files.items():
        (package / name.replace("__", ".")).write_text(text, "utf-8")
    name = "t.csv-metadata.json" if "url" in record or "tables" in record else "datapackage.json"
    (package / name).write_text(json.dumps(record), "utf-8")
    plan = shutil.copytree(GOOD, folder / "good-plan")
    done = planlib("import", "package", "--plan", str(plan), "--into", "f.csv", "--lang", "en",
                   folder=folder)  # fmt: skip
    if done.returncode:
        assert done.returncode == 1 and not (folder / "f.csv").exists()
        return done.stderr.splitlines()
    return [row["value"] for row in rows_of(folder / "f.csv")]


def package(path: object = "t.csv", **more: Any) -> dict[str, Any]:
    """A data package of one table."""
    return {"name": "p", "resources": [{"name": "t", "path": path, **more}]}


def web(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A table of CSV on the Web."""
    return {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv",
            "tableSchema": {"columns": [*fields]}, **more}  # fmt: skip


SEMICOLONS = HEADS.replace(",", ";") + ROW.format("VALUE").replace(",", ";")


@pytest.mark.parametrize(
    ("cell", "stored"),
    [("1.300", ["1300"]), ("1.300,5", ["1300.5"]), ("17", ["17"]), ("n.a.", [""])],
)
def test_numbers_and_gaps_stand_as_the_package_says(
    tmp_path: Path, cell: str, stored: list[str]
) -> None:
    """A point that parts thousands is none that begins decimals."""
    schema = {"fields": IN_EUROPE, "missingValues": ["n.a.", ""]}
    record = package(schema=schema, dialect={"delimiter": ";"})
    assert took(tmp_path, record, t__csv=SEMICOLONS.replace("VALUE", cell)) == stored


def test_a_number_that_the_description_does_not_allow_is_refused(tmp_path: Path) -> None:
    (told,) = took(tmp_path, package(schema={"fields": IN_EUROPE}),
                   t__csv=SEMICOLONS.replace("VALUE", "1.30"))  # fmt: skip
    assert told == (
        f"{Path('package/t.csv')}:2: 'value' must be a number, found '1.30' "
        "(its description says: decimals after ',', thousands parted by '.')"
    )


def test_csv_on_the_web_says_it_of_its_datatype(tmp_path: Path) -> None:
    form = {"base": "decimal", "format": {"decimalChar": ",", "groupChar": " "}}
    fields = [one | {"datatype": form, "null": ":"} if one["name"] == "value" else one
              for one in FIELDS]  # fmt: skip
    text = SEMICOLONS.replace("VALUE", "1 300,5") + ROW.format(":").replace(",", ";").replace(
        "11", "12"
    )
    assert took(tmp_path, web(*fields, dialect={"delimiter": ";"}), t__csv=text) == ["1300.5", ""]


def test_columns_of_the_web_are_called_by_their_names_not_their_titles(tmp_path: Path) -> None:
    text = "Ward,Goal,Year,Reported,Figure,Source\n" + ROW.format(17)
    assert took(tmp_path, web(*FIELDS), t__csv=text) == ["17"]


@pytest.mark.parametrize("described", ["package", "web"])
def test_a_table_without_heads_has_those_of_its_description(tmp_path: Path, described: str) -> None:
    record = (
        package(schema={"fields": FIELDS}, dialect={"header": False})
        if described == "package" else web(*FIELDS, dialect={"header": False})
    )  # fmt: skip
    assert took(tmp_path, record, t__csv=ROW.format(17)) == ["17"]


def test_a_table_in_parts_and_a_schema_of_its_own_file(tmp_path: Path) -> None:
    second = HEADS + ROW.format("1.400").replace("2011", "2012").replace("2012-", "2013-")
    record = package(["t.csv", "u.csv"], schema="schema.json", encoding="windows-1252")
    schema = json.dumps({"fields": IN_EUROPE})
    files = {"t__csv": HEADS + ROW.format("1.300"), "u__csv": second, "schema__json": schema}
    assert took(tmp_path, record, **files) == ["1300", "1400"]


def test_a_fault_is_told_in_its_own_part_and_line(tmp_path: Path) -> None:
    """Without heads the first line is the first row; two parts are two files."""
    record = package(["t.csv", "u.csv"], schema={"fields": IN_EUROPE}, dialect={"header": False})
    files = {"t__csv": ROW.format("1.300"), "u__csv": ROW.format(17) + ROW.format("1.30")}
    (told,) = took(tmp_path, record, **files)
    assert told.startswith(f"{Path('package/u.csv')}:2: 'value' must be a number, found '1.30'")


def test_what_is_said_of_a_number_that_no_column_has_is_not_passed_over(tmp_path: Path) -> None:
    fields = [*IN_EUROPE[:-1], EURO | {"name": "amount"}]
    record = package(schema={"fields": fields})
    (told,) = took(tmp_path, record, t__csv="note," + HEADS + "," + ROW.format("1.300"))
    assert told == f"{Path('package/t.csv')}:1: no column is headed 'amount'"


@pytest.mark.parametrize("form", ["mappings", "lists"])
def test_rows_in_the_description_itself(tmp_path: Path, form: str) -> None:
    row = {"area": "ward-a", "goal": "alleys", "year": 2011, "vintage": "2012-01-31", "value": 17.5}
    data: list[Any] = [row] if form == "mappings" else [[*row], [*row.values()]]
    assert took(tmp_path, {"resources": [{"name": "t", "data": data}]}) == ["17.5"]


def test_of_several_tables_the_one_of_figures_is_read(tmp_path: Path) -> None:
    record = package()
    record["resources"] += [{"name": "areas", "path": "a.csv"}, {"name": "read me", "path": "r.md"}]
    assert took(tmp_path, record, t__csv=HEADS + ROW.format(17), a__csv="id,name\n") == ["17"]


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (package("https://example.org/t.csv"), "its table must lie beside it"),
        (package("../t.csv"), "its table must lie beside it"),
        (package("t.zip"), "must name one table of figures, found 0"),
        (package(schema="no.json"), "no.json: cannot be read"),
    ],
)  # fmt: skip
def test_what_lies_elsewhere_is_refused(tmp_path: Path, record: dict[str, Any], said: str) -> None:
    (told,) = took(tmp_path, record, t__csv=HEADS + ROW.format(17))
    assert said in told
