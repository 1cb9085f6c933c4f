"""Figures in the formats of statistics offices: written, read back the same, and those of others read."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from commands import planlib
from csvw import CSVW
from examples import turns
from frictionless import Package
from helpers import goal, observations, plan
from pyjstat import pyjstat
from pysdmx.io import read_sdmx

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.methods import methods
from planlib.excel.importing import import_figures
from planlib.exchange.standards.figure_table import tidy_table
from planlib.exchange.standards.open_sdg import STATUSES, UNKNOWN
from planlib.exchange.standards.reading import open_standard
from planlib.exchange.standards.sdmx import read_sdmx_ml
from planlib.exchange.standards.writing import StandardExport, write_standard
from planlib.figures.observations import State
from planlib.figures.reading import load_observations
from planlib.language.language import Language
from planlib.plan.shipped import open_plan

TESTS = Path(__file__).parents[1]
PLANS = {
    "ward-2010-2015": "ward-2010-2015",  # members, shares, quotas
    "europe-2020": "europe-2020",  # revisions, intervals, thirty areas
    "oakshire": str(TESTS / "periods/oakshire"),  # quarters of years that end in March
    "northfield": str(TESTS / "groups/northfield"),  # groups of people
}
FORMATS = {"sdmx-csv": "f.csv", "sdmx-ml": "f.xml", "json-stat": "f.json", "data-package": "folder",
           "csvw": "web"}  # fmt: skip
MOST = 400  # figures of a plan


def asked(evaluation: Evaluation) -> StandardExport:
    figures = evaluation.figures
    some = replace(figures, frame=figures.frame.head(MOST).reset_index(drop=True))
    return StandardExport(evaluation, some, evaluation.area(), Language("en"))


@pytest.fixture(scope="module")
def evaluations() -> dict[str, Evaluation]:
    return {name: evaluate(folder) for name, folder in PLANS.items()}


def texts(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame as it can be compared: texts for categories, and what no row has left out."""
    plain = frame.drop(columns=["file", "row"], errors="ignore")
    for name in plain:
        if isinstance(plain[name].dtype, pd.CategoricalDtype):
            plain[name] = plain[name].astype(str)
    plain = plain[[c for c in sorted(plain) if not (plain[c].isna() | (plain[c] == "")).all()]]
    keys = [c for c in ("area", "goal", "year", "group", "member", "vintage") if c in plain]
    return plain.sort_values(keys, kind="stable").reset_index(drop=True)


@pytest.mark.parametrize(("name", "kind"), turns(product(PLANS, FORMATS), 3))
def test_figures_come_back_as_they_were(
    evaluations: dict[str, Evaluation], tmp_path: Path, name: str, kind: str
) -> None:
    request = asked(evaluations[name])
    out = tmp_path / FORMATS[kind]
    write_standard(kind, request, out, force=False)
    book = open_standard(out, request.plan, mapped=False)
    assert book is not None
    done = import_figures(out, PLANS[name], tmp_path / "again.csv", book=book)
    assert not done.refused, done.problems
    again, problems = load_observations([tmp_path / "again.csv"], request.plan)
    assert problems == []
    pd.testing.assert_frame_equal(texts(again.frame), texts(request.figures.frame))


def test_a_folder_that_nothing_describes_is_one_line(
    evaluations: dict[str, Evaluation], tmp_path: Path
) -> None:
    plan = evaluations["oakshire"].plan
    with pytest.raises(InputError, match=r"holds no datapackage\.json and not one description"):
        open_standard(tmp_path, plan, mapped=False)
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv-metadata.json").write_text('{"url": "a.csv"}')
    with pytest.raises(InputError, match="not one description of CSV on the Web"):
        open_standard(tmp_path, plan, mapped=False)


def set_apart(states: list[str]) -> list[str]:
    """The states that a reader must be told beside a number."""
    return [state for state in states if state != "measured"]


@pytest.mark.parametrize("name", PLANS)
def test_readers_by_others_accept_every_format_and_find_every_figure(
    evaluations: dict[str, Evaluation], tmp_path: Path, name: str
) -> None:
    """Each by a library that is not ours: no schema broken, as many figures, the same sum."""
    request = asked(evaluations[name])
    for kind, out in FORMATS.items():
        write_standard(kind, request, tmp_path / out, force=False)
    value = pd.to_numeric(request.figures.frame["value"]).astype(float)
    for out in (FORMATS["sdmx-csv"], FORMATS["sdmx-ml"]):  # held against the schemas of SDMX too
        (data,) = read_sdmx(tmp_path / out, validate=True).data or ()
        read = pd.to_numeric(data.data["OBS_VALUE"].replace("", None)).astype(float)
        assert len(read) == len(value), out
        assert (read.count(), read.sum()) == (value.count(), pytest.approx(value.sum())), out
    cube = pyjstat.Dataset.read((tmp_path / FORMATS["json-stat"]).read_text(encoding="utf-8"))
    held = list(cube["value"].values())  # sparse: most cells of a cube are empty
    names = ["value", "numerator", "denominator", "assigned", "low", "high"]
    columns = request.figures.frame.filter(names)
    known = columns.apply(pd.to_numeric).astype(float)
    assert len(held) == known.count().sum()
    assert sum(held) == pytest.approx(known.sum().sum())
    states = [State(code).name for code in request.figures.frame["state"]]
    assert sorted(cube["status"].values()) == sorted(set_apart(states))
    web = CSVW(str(tmp_path / FORMATS["csvw"] / "figures.csv-metadata.json"), validate=True)
    assert web.is_valid, web.warnings
    assert sum(1 for _ in web.tables[0]) == len(value)
    package = Package(str(tmp_path / FORMATS["data-package"] / "datapackage.json")).validate()
    assert package.valid, package.flatten(["rowNumber", "fieldName", "note"])[:5]


def test_a_cube_that_is_nearly_empty_comes_back_whole(tmp_path: Path) -> None:
    """Every figure with a day of report of its own: 500 areas, 5 years, 2,500 days, 5 numbers."""
    made = plan(goal(target={"comparison": "at_least", "value": 90, "cadence": "every_year"}))
    days = pd.date_range("2012-01-01", periods=2500).strftime("%Y-%m-%d")
    rows = [
        {"area": f"a{at % 500}", "year": 2011 + at // 500, "vintage": day, "value": at / 10,
         "low": at / 10 - 1, "high": at / 10 + 1, "numerator": at, "denominator": at + 1}
        for at, day in enumerate(days)
    ]  # fmt: skip
    evaluation = Evaluation(made, observations(*rows))
    request = StandardExport(evaluation, evaluation.figures, None, Language("en"))
    write_standard("json-stat", request, tmp_path / "f.json", force=False)
    book = open_standard(tmp_path / "f.json", made, mapped=False)
    assert book is not None
    (sheet,) = book.sheets
    assert len([row for row in sheet.rows if row]) == 1 + 2500


def test_open_sdg_carries_the_status_of_its_rule(
    evaluations: dict[str, Evaluation], tmp_path: Path
) -> None:
    evaluation = evaluations["europe-2020"]
    area = evaluation.area()
    write_standard("open-sdg", asked(evaluation), tmp_path / "site", force=False)
    with (tmp_path / "site/indicators.csv").open(encoding="utf-8") as stream:
        ids = {row["goal"]: row["number"] for row in csv.DictReader(stream)}
    assert list(ids) == list(evaluation.plan.goal_ids)
    rows = [
        r for r in methods(evaluation, area, evaluation.last_year(area)) if r.method == "opensdg"
    ]
    told = {}
    for row in rows:
        page = (tmp_path / f"site/meta/{ids[row.goal]}.yml").read_text("utf-8")
        (told[row.goal],) = (
            line.partition(": ")[2].strip('"') for line in page.splitlines() if line.startswith("progress_status")
        )  # fmt: skip
        right = UNKNOWN if row.status is None else STATUSES[row.status]
        assert told[row.goal] == right
    assert len({*told.values()} - {UNKNOWN}) > 1  # they are not all alike
    goal = next(goal for goal, status in told.items() if status != UNKNOWN)
    with (tmp_path / f"site/data/indicator_{ids[goal]}.csv").open(encoding="utf-8") as stream:
        figures = list(csv.DictReader(stream))
    headline = {row["Year"]: float(row["Value"]) for row in figures if not row["Area"]}
    assert headline == {
        str(year): value for year in evaluation.plan.years
        if (value := evaluation.verdict_of(evaluation.plan.goal(goal), area, year).value) is not None
    }  # fmt: skip
    assert len({row["Area"] for row in figures}) > 10


# ------------------------------------------------------------------ what others write
def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def own_plan(folder: Path) -> Path:
    return Path(shutil.copytree(TESTS / "plan/good-plan", folder / "good-plan"))


PXWEB = {
    "class": "dataset", "version": "2.0", "label": "Số hẻm theo phường và năm",
    "id": ["Phường", "Năm"], "size": [2, 2],
    "dimension": {
        "Phường": {"label": "Phường", "category": {
            "index": {"0": 0, "1": 1}, "label": {"0": "Phường A", "1": "Toàn quận"}}},
        "Năm": {"label": "Năm", "category": {
            "index": {"0": 0, "1": 1}, "label": {"0": "2011", "1": "2012"}}},
    },
    "value": [11, 12, 111, None],
    "status": {"3": ".."},
}  # fmt: skip
MAP = """
language: en
columns: {goal: table, area: Phường, year: Năm, value: value}
goals: {Số hẻm theo phường và năm: alleys}
areas: {Phường A: ward-a}
vintage: "2013-01-31"
source: PxWeb
"""


def test_a_cube_of_pxweb_is_read_by_a_mapping(tmp_path: Path) -> None:
    cube = {**PXWEB, "size": [1, 2], "value": [11, 12], "status": {}}
    cube["dimension"] = json.loads(json.dumps(PXWEB["dimension"]))
    cube["dimension"]["Phường"]["category"] = {"label": {"0": "Phường A"}}
    (tmp_path / "cube.json").write_text(json.dumps(cube), "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, "utf-8")
    done = planlib("import", "cube.json", "--plan", str(own_plan(tmp_path)), "--map", "map.yaml",
                   "--into", "f.csv", folder=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    rows = rows_of(tmp_path / "f.csv")
    told = [(row["area"], row["goal"], row["year"], row["value"]) for row in rows]
    assert told == [("ward-a", "alleys", "2011", "11"), ("ward-a", "alleys", "2012", "12")]


SERIES = """<?xml version="1.0"?>
<message:StructureSpecificData xmlns:message="m" xmlns:ns1="n">
 <message:Header/>
 <message:DataSet>
  <Series REF_AREA="ward-a" INDICATOR="alleys" {more}>
   <Obs TIME_PERIOD="2011" OBS_VALUE="11" OBS_STATUS="A"/>
   <Obs TIME_PERIOD="2012" OBS_VALUE="12" OBS_STATUS="E"/>
  </Series>
 </message:DataSet>
</message:StructureSpecificData>
"""


def test_series_specific_to_their_structure_are_read(tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_text(SERIES.format(more=""), "utf-8")
    plan = open_plan(str(own_plan(tmp_path)))
    tidy = tidy_table(read_sdmx_ml(tmp_path / "s.xml"), plan)
    assert tidy.heads == ("area", "goal", "period", "value", "state")
    assert tidy.rows == [
        ("ward-a", "alleys", "2011", "11", "measured"),
        ("ward-a", "alleys", "2012", "12", "estimate"),
    ]


def test_a_dimension_that_is_not_the_plans_is_refused_and_not_left_out(tmp_path: Path) -> None:
    (tmp_path / "s.xml").write_text(SERIES.format(more='SEX="F"'), "utf-8")
    done = planlib("import", "s.xml", "--plan", str(own_plan(tmp_path)), "--into", "f.csv",
                   "--lang", "en", folder=tmp_path)  # fmt: skip
    assert done.returncode == 1 and "SEX" in done.stderr
    assert not (tmp_path / "f.csv").exists()


SDMX_1 = "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"


def test_the_first_sdmx_csv_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(f"{SDMX_1}A:F(1.0),ward-a: Ward A,alleys,2011,11,P\n", "utf-8")
    done = planlib("import", "s.csv", "--plan", str(own_plan(tmp_path)), "--into", "f.csv",
                   "--lang", "en", folder=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (row,) = rows_of(tmp_path / "f.csv")
    assert (row["area"], row["year"], row["value"], row["state"]) == (
        "ward-a",
        "2011",
        "11",
        "estimate",
    )


BROKEN = {
    "a.json": ("{", "cannot be read as JSON"),
    "b.json": ('{"a": 1}', "neither a data set"),
    "c.json": ('{"dimension": {}, "id": ["a"], "size": [2], "value": []}', "no data set of JSON-stat"),
    "d.json": ('{"resources": [{"path": "../x.csv"}]}', "must lie beside it"),
    "e.json": ('{"resources": []}', "must name one table"),
    "f.xml": ("<Structure/>", "no message of SDMX"),
    "g.xml": ("<GenericData><DataSet/></GenericData>", "holds no observation"),
    "h.xml": ("<a", "XML"),
    "i.json": (
        '{"dimension": {"a": {"category": {"index": ["x"]}}}, "id": ["a"], "size": [1], "value": {"7": 1}}',
        "outside the cube",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_one_line(tmp_path: Path, name: str) -> None:
    text, said = BROKEN[name]
    (tmp_path / name).write_text(text, "utf-8")
    done = planlib("import", name, "--plan", "ward-2010-2015", "--into", "f.csv", "--lang", "en",
                   folder=tmp_path)  # fmt: skip
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    assert said in done.stderr and name in done.stderr


def test_a_file_without_its_plan_is_asked_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", "utf-8")
    done = planlib("import", "a.json", "--lang", "en", folder=tmp_path)
    assert done.returncode == 1 and "name the plan with --plan" in done.stderr


def test_the_command_writes_what_the_public_may_see_and_nothing_over(tmp_path: Path) -> None:
    run = ["export", "ward-2010-2015", "--area", "ward-01", "--format", "sdmx-csv", "-o", "f.csv"]
    assert planlib(*run, folder=tmp_path).returncode == 0
    rows = rows_of(tmp_path / "f.csv")
    births = [r for r in rows if r["INDICATOR"] == "third-births" and r["TIME_PERIOD"] == "2011"]
    assert births and all(r["OBS_STATUS"] == "Q" and not r["NUMERATOR"] for r in births)
    again = planlib(*run, "--lang", "en", folder=tmp_path)
    assert again.returncode == 1 and "--force" in again.stderr
    unknown = planlib(*run[:-3], "sdmx", "-o", "g.csv", "--lang", "en", folder=tmp_path)
    assert unknown.returncode == 1 and "the format is" in unknown.stderr
