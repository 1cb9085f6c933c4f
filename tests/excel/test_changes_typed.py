"""Templates ask for the figures themselves, in their own unit, where a change of them is promised."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from planlib.excel.importing import import_figures
from planlib.figures.reading import load_observations
from planlib.plan.reading import read_plan
from tests.office import cells_of, fill, write_template

PLAN = """\
id: vale-verde
name: Plano de Metas
languages: [en]
term: {first: 2022, last: 2025}
baseline_year: 2021
sections: [all]
areas: [centro]
figures: [figures.csv]
rule: {id: office-table, dated: "2022", note: Decreto, source: Diário}
sources: [{id: lei, title: Lei 4.321}]
"""
GOALS = """\
section: all
name: Saúde e educação
goals:
  - {id: deaths, name: Óbitos infantis, unit: óbitos por mil, source: [{document: lei, section: "1", paragraph: 1}],
     baseline: {year: 2021, value: 14.2, source: DataSUS},
     target: {comparison: at_most, value: -30, basis: change_since, cadence: by, due: 2025}}
  - {id: enrolment, name: Matrículas, unit: "%", figure_unit: matrículas, source: [{document: lei, section: "1", paragraph: 2}],
     target: {comparison: at_least, value: 3, basis: change, cadence: every_year}}
  - {id: points, name: Cobertura, unit: "%", source: [{document: lei, section: "1", paragraph: 3}],
     target: {comparison: at_least, value: 5, basis: difference_since, cadence: by, due: 2025}}
  - {id: balance, name: Resultado primário, unit: {currency: BRL, scale: million}, source: [{document: lei, section: "1", paragraph: 4}],
     target: {comparison: at_least, value: -5, cadence: every_year}}
"""  # fmt: skip
TYPED = {"deaths": 11.3, "enrolment": 5150, "points": 71.5, "balance": -4.5}


def vale_verde(folder: Path) -> Path:
    folder.mkdir()
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    (folder / "all.yaml").write_text(GOALS, "utf-8")
    (folder / "areas.yaml").write_text("areas: [{id: centro, name: Centro}]\n", "utf-8")
    (folder / "figures.csv").write_text("area,goal,year,vintage,value,source\n", "utf-8")
    return folder


def test_a_filled_template_gives_back_the_figures_that_were_typed(tmp_path: Path) -> None:
    folder = vale_verde(tmp_path / "vale-verde")
    plan = read_plan(folder)
    path = write_template(tmp_path / "sheet.xlsx", plan, "centro", 2024, "en")
    where, book = cells_of(path), load_workbook(path)

    def told(goal: str, column: str) -> str:
        sheet, cell = where[goal, column]
        return str(book[sheet][cell].value).replace("\N{NO-BREAK SPACE}", " ")

    assert [told(goal, "unit") for goal in TYPED] == [
        "óbitos por mil", "matrículas", "%", "BRL million",
    ]  # fmt: skip
    # Where the target is in another unit than the figure, it says so.
    assert "30%" in told("deaths", "plan") and "3%" in told("enrolment", "plan")
    assert "5 percentage points" in told("points", "plan")
    fill(path, {(goal, "value"): value for goal, value in TYPED.items()}, date="2025-01-31")
    result = import_figures(path, str(folder), folder / "figures.csv")
    assert not result.refused, result.problems
    frame = load_observations([folder / "figures.csv"], plan)[0].frame
    assert dict(zip(frame["goal"].astype(str), frame["value"], strict=True)) == TYPED
