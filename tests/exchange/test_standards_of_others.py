"""What statistics offices write beside the figures themselves: sizes of numbers, groups, orders to delete."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from examples import turns
from test_standards import rows_of

TESTS = Path(__file__).parents[1]
MAP = """
language: en
columns: {goal: %s, area: %s, year: %s, value: %s}
goals: {Alleys: alleys}
areas: {Ward A: ward-a}
vintage: "2013-01-31"
source: an office
"""
SDMX_MAP = MAP % ("INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE")
CUBE_MAP = MAP % ("Contents", "Region", "Year", "value")
HEADS = (
    "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS\n"
)
ROW = "dataflow,A:F(1.0),{action},{area},{goal},2011,{value},{power},A\n"
SERIES = """<StructureSpecificData><DataSet action="{action}" {whole}>
<Group REF_AREA="{area}" {group}/><Group REF_AREA="elsewhere" UNIT_MULT="6"/>
<Series REF_AREA="{area}" INDICATOR="{goal}" {series}><Obs TIME_PERIOD="2011" OBS_VALUE="11"/></Series>
</DataSet></StructureSpecificData>"""
GENERIC = """<GenericData><DataSet><Group>
<GroupKey><Value id="REF_AREA" value="{area}"/></GroupKey>
<Attributes><Value id="UNIT_MULT" value="3"/></Attributes></Group>
<Series><SeriesKey><Value id="REF_AREA" value="{area}"/><Value id="INDICATOR" value="{goal}"/></SeriesKey>
<Obs><ObsDimension value="2011"/><ObsValue value="11"/></Obs></Series></DataSet></GenericData>"""


def cube(unit: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A data set of one cell, 11 alleys of ward A in 2011, as PxWeb writes it."""
    contents: dict[str, Any] = {"index": {"c": 0}, "label": {"c": "Alleys"}}
    if unit is not None:
        contents["unit"] = {"c": unit}
    return {
        "class": "dataset", "id": ["Region", "Contents", "Year"], "size": [1, 1, 1],
        "dimension": {
            "Region": {"category": {"index": ["a"], "label": {"a": "Ward A"}}},
            "Contents": {"category": contents},
            "Year": {"category": {"index": ["2011"]}},
        },
        "value": [11], **more,
    }  # fmt: skip


def in_bundle(one: dict[str, Any]) -> dict[str, Any]:
    """The same as JSON-stat 1.x has it, which PxWeb still offers."""
    form = {key: one.pop(key) for key in ("id", "size")}
    one["dimension"] |= form
    return {"dataset": one}


def took(folder: Path, name: str, text: str, mapping: str | None) -> tuple[str, str]:
    """The value that was stored, or nothing and what was said."""
    (folder / name).write_text(text, "utf-8")
    more: list[str] = []
    if mapping is not None:
        (folder / "map.yaml").write_text(mapping, "utf-8")
        more = ["--map", "map.yaml"]
    plan = shutil.copytree(TESTS / "plan/good-plan", folder / "good-plan", dirs_exist_ok=True)
    done = planlib("import", name, "--plan", str(plan), "--into", "f.csv", "--lang", "en", *more,
                   folder=folder)  # fmt: skip
    if done.returncode:
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
        assert not (folder / "f.csv").exists()
        return "", done.stderr
    (row,) = rows_of(folder / "f.csv")
    return row["value"], done.stdout


OWN = {"area": "ward-a", "goal": "alleys"}
OTHERS = {"area": "Ward A", "goal": "Alleys"}
PLAIN = {"action": "I", "value": "11", "power": "0"}
# Ids and names together, parted and with decimals as in Europe, as SDMX-CSV 2.0 shows it; and the
# names in columns of their own, as OECD's Data Explorer writes them.
TOGETHER = (
    "STRUCTURE[|];STRUCTURE_ID;ACTION;REF_AREA: Area;INDICATOR: Indicator;TIME_PERIOD: Time;OBS_VALUE: Value\n"
    "dataflow;A:F(1.0): Alleys;I;{area}: Ward A;{goal}: Alleys;2011: 2011;11,0\n"
)
BESIDE = (
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Reference area,MEASURE,Measure,TIME_PERIOD,OBS_VALUE\n"
    "DATAFLOW,A:F(1.0),Alleys,I,A,Ward A,ALL,Alleys,2011,11\n"
)
BESIDE_MAP = (MAP % ("MEASURE", "REF_AREA", "TIME_PERIOD", "OBS_VALUE")).replace(
    "{Alleys:", "{ALL:"
).replace("{Ward A:", "{A:")  # fmt: skip
# Eleven alleys of ward A; in thousands they are 11,000.
STORED = {
    "csv-ones": ("s.csv", HEADS + ROW.format(**OWN, **PLAIN), None, "11"),
    "csv-thousands": ("s.csv", HEADS + ROW.format(**OWN, **PLAIN | {"power": "3"}), None, "11000"),
    "csv-together": ("s.csv", TOGETHER.format(**OWN), None, "11"),
    "csv-together-mapped": ("s.csv", TOGETHER.format(area="Ward", goal="Alleys"),
                            SDMX_MAP.replace("{Ward A:", "{Ward:"), "11"),
    "csv-names-beside": ("s.csv", BESIDE, BESIDE_MAP, "11"),
    "csv-mapped": ("s.csv", HEADS + ROW.format(**OTHERS, **PLAIN | {"power": "3"}), SDMX_MAP, "11000"),
    "csv-mapped-said": (
        "s.csv",
        HEADS + ROW.format(**OTHERS, **PLAIN | {"power": "3"}),
        SDMX_MAP + "units: {'1000': 1}\n",
        "11",
    ),
    "xml-series": (
        "s.xml", SERIES.format(**OTHERS, action="Append", whole="", group="", series='UNIT_MULT="3"'),
        SDMX_MAP, "11000",
    ),
    "xml-group": (
        "s.xml", SERIES.format(**OTHERS, action="Append", whole="", group='UNIT_MULT="3"', series=""),
        SDMX_MAP, "11000",
    ),
    "xml-whole": (
        "s.xml", SERIES.format(**OWN, action="Append", whole='UNIT_MULT="3"', group="", series=""),
        None, "11000",
    ),
    "xml-generic-group": ("s.xml", GENERIC.format(**OTHERS), SDMX_MAP, "11000"),
    "cube": ("c.json", json.dumps(cube()), CUBE_MAP, "11"),
    "cube-words": ("c.json", json.dumps(cube({"base": "thousands"})), CUBE_MAP, "11000"),
    "cube-power": ("c.json", json.dumps(cube({"multiplier": 3, "decimals": 0})), CUBE_MAP, "11000"),
    "cube-bundle": ("c.json", json.dumps(in_bundle(cube({"base": "thousands"}))), CUBE_MAP, "11000"),
    "cube-collection": (
        "c.json", json.dumps({"class": "collection", "link": {"item": [cube()]}}), CUBE_MAP, "11",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", turns(STORED, 2))
def test_numbers_are_taken_in_the_size_the_file_says(tmp_path: Path, kind: str) -> None:
    name, text, mapping, value = STORED[kind]
    assert took(tmp_path, name, text, mapping)[0] == value


REFUSED = {
    "csv-delete": ("s.csv", HEADS + ROW.format(**OWN, **PLAIN | {"action": "D"}), None, "s.csv:2: asks to delete"),
    "xml-delete": (
        "s.xml", SERIES.format(**OWN, action="Delete", whole="", group="", series=""),
        None, "asks to delete",
    ),
    "csv-odd-power": (
        "s.csv", HEADS + ROW.format(**OTHERS, **PLAIN | {"power": "-2"}), SDMX_MAP, "'10^-2'",
    ),
    "cube-other-unit": ("c.json", json.dumps(cube({"label": "index"})), CUBE_MAP, "the unit 'index'"),
    "cube-several": (
        "c.json", json.dumps({"one": cube(label="A"), "two": cube(label="B")}), CUBE_MAP,
        "several data sets: A, B",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_cannot_be_taken_is_one_line(tmp_path: Path, kind: str) -> None:
    name, text, mapping, words = REFUSED[kind]
    assert words in took(tmp_path, name, text, mapping)[1]


def test_the_day_of_a_cube_can_be_the_day_of_its_figures(tmp_path: Path) -> None:
    text = json.dumps(cube(updated="2013-02-01T08:00:00Z", source="An office"))
    mapping = CUBE_MAP.replace("value}", "value, vintage: updated}").replace(
        'vintage: "2013-01-31"', ""
    )
    assert took(tmp_path, "c.json", text, mapping)[0] == "11"
    (row,) = rows_of(tmp_path / "f.csv")
    assert row["vintage"] == "2013-02-01"


def test_no_number_of_sdmx_is_no_figure(tmp_path: Path) -> None:
    text = HEADS + ROW.format(**OWN, **PLAIN | {"value": "NaN"}).replace(",A\n", ",L\n")
    assert took(tmp_path, "s.csv", text, None)[0] == ""
    (row,) = rows_of(tmp_path / "f.csv")
    assert row["state"] == "missing"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("f.px", "is no table that planlib reads (PxWeb gives the same table as JSON-stat (.json))"),
        ("f.tsv", "is no table that planlib reads (name it .csv: what parts its columns is found out)"),
        ("f.sav", "is no table that planlib reads (save it as .xlsx, .csv or .parquet)"),
        ("f.xlsb", "not an Excel file (save it as .xlsx)"),
        ("f.json", "is SDMX-JSON, which is not read (ask for the same data as SDMX-CSV or SDMX-ML)"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_told_what_to_ask_for(
    tmp_path: Path, name: str, told: str
) -> None:
    (tmp_path / name).write_text('{"data": {"dataSets": []}}', encoding="utf-8")
    plan = str(TESTS / "plan" / "good-plan")
    done = planlib("import", name, "--plan", plan, "--lang", "en", folder=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (1, f"{name}: {told}")
