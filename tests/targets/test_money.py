"""Money has a currency and a scale: told as offices write it, never converted without being told."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from helpers import goal
from office import fill, write_template
from pydantic import ValidationError

from planlib.errors import Faults
from planlib.excel.importing import import_figures
from planlib.figures.reading import load_observations, read_observations
from planlib.figures.typed.numbers import NumberStyle, typed_number
from planlib.figures.typed.units import factors
from planlib.language.language import Language
from planlib.language.money import Money
from planlib.language.typed.unreadable import Unreadable
from planlib.plan.reading import load_plan, read_plan
from planlib.report.text.phrases import target_text

STATES = Path(__file__).parent / "states-plan"
LEAST = {"comparison": "at_least", "value": 39, "cadence": "every_year"}
VND, GBP, EUR = Money("VND", "billion"), Money("GBP", "million"), Money("EUR", "million")
REVENUE = """
  - id: revenue
    name: {vi: Thu ngân sách, en: Revenue}
    unit: {currency: VND, scale: billion}
    source: [{document: text, section: "1", paragraph: 4}]
    target: {comparison: at_least, value: 1500, cadence: every_year}
"""
NBSP = "\N{NO-BREAK SPACE}"


def with_revenue(tmp_path: Path, section: str = REVENUE) -> Path:
    folder = tmp_path / "states-plan"
    shutil.copytree(STATES, folder)
    with (folder / "labour.yaml").open("a", encoding="utf-8") as stream:
        stream.write(section.lstrip("\n"))
    return folder


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        (VND, ("từ 39_tỷ đồng trở lên", "at least VND_39_billion",
               "au moins 39_milliards de dôngs vietnamiens")),
        (GBP, ("từ 39_triệu GBP trở lên", "at least £39_million",
               "au moins 39_millions de livres sterling")),
        (EUR, ("từ 39_triệu euro trở lên", "at least €39_million",
               "au moins 39_millions d’euros")),
        (Money("EUR"), ("từ 39_euro trở lên", "at least €39", "au moins 39_euros")),
        (Money("VND", "trillion"), ("từ 39_nghìn tỷ đồng trở lên", "at least VND_39_trillion",
                                   "au moins 39_milliers de milliards de dôngs vietnamiens")),
    ],
)  # fmt: skip
def test_an_amount_reads_as_offices_write_it(unit: Money, texts: tuple[str, ...]) -> None:
    made = goal(unit=unit, target=LEAST)
    told = tuple(target_text(made, made.main_target(), Language(one)) for one in ("vi", "en", "fr"))
    assert tuple(text.replace(NBSP, "_") for text in told) == texts


def test_a_fall_of_an_amount_has_its_sign_before_the_currency() -> None:
    fall = LEAST | {"comparison": "at_most", "value": -20, "basis": "difference_since"}
    made = goal(unit=GBP, target=fall, baseline={"year": 2010, "value": 90, "source": "text"})
    text = target_text(made, made.main_target(), Language("en"))
    assert f"£20{NBSP}million" in text


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        ({"scale": "billion"}, "needs a 'currency'"),
        ({"currency": "vnd"}, "such as 'VND', found 'vnd'"),
        ({"currency": "dong"}, "a code of ISO 4217"),
        ({"currency": "VND", "scale": "bn"}, "'scale' must be one of 'thousand'"),
        ({"currency": "VND", "scale": 1000}, "'scale' must be one of 'thousand'"),
        ({"currency": "VND", "size": "billion"}, "'currency' and 'scale', found 'size'"),
    ],
)
def test_what_is_no_currency_or_scale_is_refused(unit: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        goal(unit=unit, target=LEAST)
    (error,) = refused.value.errors()
    assert isinstance(error["ctx"]["error"], Faults)
    assert message in str(error["ctx"]["error"].found[0])


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("39", VND, 39), ("39 tỷ", VND, 39), ("1.500 tỷ đồng", VND, 1500), ("39 tỷ VNĐ", VND, 39),
        ("1,5 nghìn tỷ đồng", Money("VND", "trillion"), 1.5), ("39 đồng", Money("VND"), 39),
        ("£39m", GBP, 39), ("£39 million", GBP, 39), ("-£5 million", GBP, -5), ("GBP 39m", GBP, 39),
        ("39 M€", EUR, 39), ("39 millions d’euros", EUR, 39), ("39 triệu euro", EUR, 39),
        ("39 Md€", Money("EUR", "billion"), 39),
    ],
)  # fmt: skip
def test_an_amount_in_the_goals_scale_is_read(text: str, unit: Money, value: float) -> None:
    found = typed_number(text, NumberStyle("amount", money=unit))
    assert found.value == value


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("1.500 triệu đồng", VND, "another scale"),
        ("1.500 triệu", VND, "another scale"),
        ("39 đồng", VND, "another scale"),  # of single dong
        ("1,5 nghìn tỷ đồng", VND, "another scale"),
        ("£39k", GBP, "another scale"),
        ("39 tỷ USD", VND, "is not the unit of this goal"),
        ("39 đồng", Money("EUR"), "is not the unit of this goal"),
        ("39 triệu đồng", EUR, "is not the unit of this goal"),
        ("39 %", VND, "percentage"),
    ],
)
def test_an_amount_in_another_scale_or_currency_is_refused(
    text: str, unit: Money, message: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        typed_number(text, NumberStyle("amount", money=unit))
    assert message in str(refused.value.fault), refused.value.fault


@pytest.mark.parametrize(
    ("text", "unit", "factor"),
    [
        ("triệu đồng", VND, 0.001), ("tỷ đồng", VND, 1), ("đồng", VND, 1e-9), ("tr.đ", VND, 0.001),
        ("VND billion", VND, 1), ("1000 đồng", VND, 1e-6), ("nghìn tỷ đồng", VND, 1000),
        ("£ thousand", GBP, 0.001), ("£000s", GBP, 0.001), ("livres sterling", GBP, 1e-6),
        ("milliards d'euros", EUR, 1000), ("million", EUR, 1),
    ],
)  # fmt: skip
def test_figures_that_state_their_unit_are_converted(text: str, unit: Money, factor: float) -> None:
    assert factors(text, goal(unit=unit, target=LEAST)).figure == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize("text", ["USD million", "triệu USD", "people", "%", "$ million"])
def test_figures_of_another_currency_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        factors(text, goal(unit=VND, target=LEAST))


def test_totals_of_two_currencies_or_scales_are_refused(tmp_path: Path) -> None:
    part = REVENUE.replace("revenue", "aid").replace("VND", "EUR") + "    part_of: revenue\n"
    whole = REVENUE.replace("cadence: every_year}", "basis: count, cadence: every_year}")
    folder = with_revenue(tmp_path, whole + "    parts_add_up: true\n" + part.lstrip("\n"))
    (problem,) = load_plan(folder)[1]
    assert "goal 'aid' is in € billion and 'revenue' in VND billion" in str(problem)
    assert "labour.yaml:" in str(problem)


def test_a_table_states_its_unit_or_is_taken_as_it_stands(tmp_path: Path) -> None:
    plan = read_plan(with_revenue(tmp_path))
    table = tmp_path / "figures.csv"
    head = "area,goal,year,vintage,value,unit,source\n"
    table.write_text(
        head
        + "north,revenue,2012,2013-02-01,1600000,triệu đồng,report\n"
        + "south,revenue,2012,2013-02-01,1400,,report\n",
        "utf-8",
    )
    known, problems = load_observations([table], plan)
    assert problems == [] and known.frame["value"].tolist() == [1600, 1400]
    table.write_text(head + "north,revenue,2012,2013-02-01,1600,USD million,report\n", "utf-8")
    (problem,) = load_observations([table], plan)[1]
    assert "figures.csv:2" in str(problem) and "in another currency than the goal" in str(problem)


def test_a_template_is_filled_in_the_goals_scale_or_refused_at_the_cell(tmp_path: Path) -> None:
    folder = with_revenue(tmp_path)
    plan = read_plan(folder)
    path = write_template(tmp_path / "north.xlsx", plan, "north", 2012)
    fill(path, {("revenue", "value"): "1.600 tỷ đồng"}, date="2013-02-01")
    taken = import_figures(path, str(folder))
    assert not taken.problems, taken.problems
    rows = read_observations([taken.store], plan).frame
    assert rows[rows["goal"] == "revenue"]["value"].tolist() == [1600]
    fill(path, {("revenue", "value"): "1.600.000 triệu đồng"}, date="2013-02-01")
    (problem,) = import_figures(path, str(folder)).problems
    told = str(problem)
    assert "!" in told and "another scale" in told and "'VND billion'" in told


@pytest.mark.usefixtures("here")
def test_pages_name_the_unit_and_another_one_is_found_out(tmp_path: Path) -> None:
    folder, out = with_revenue(tmp_path), tmp_path / "reports"
    with (folder / "figures.csv").open("a", encoding="utf-8") as stream:
        stream.write("north,revenue,2012,2013-02-01,1600,report\n")
    made = planlib(
        "batch", str(folder), "--areas", "north", "--years", "2012", "--no-midterm",
        "--lang", "en,vi", "--out", str(out),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    verify = ("verify", str(out), "--plan-dir", str(folder))
    proof = planlib(*verify)
    assert proof.returncode == 0, proof.stdout + proof.stderr
    for lang, unit in (("en", "VND billion"), ("vi", "tỷ đồng")):
        page = out / "states-plan" / "north" / f"annual-2012.{lang}.html"
        assert f">{unit}<" in page.read_text("utf-8"), lang
    page = out / "states-plan" / "north" / "annual-2012.en.html"
    page.write_text(page.read_text("utf-8").replace(">VND billion<", ">VND million<"), "utf-8")
    proof = planlib(*verify)
    assert proof.returncode == 1 and "VND million" in proof.stdout + proof.stderr


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        ("cases", "'unit' must be a mapping of keys, found 'cases' (write {vi: …, en: …}"),
        ("{vi: vụ}", "the key 'en' is missing"),
        ("{vi: vụ, en: 5}", "'en': input should be a valid string, found 5"),
        ("[vi, en]", "'unit': input should be a mapping of keys"),
    ],
)
def test_a_wrong_unit_is_one_problem(tmp_path: Path, unit: str, told: str) -> None:
    """It could be percent, a name or money; only what it looks like is told."""
    folder = tmp_path / "states-plan"
    shutil.copytree(STATES, folder)
    section = folder / "labour.yaml"
    text = section.read_text("utf-8")
    section.write_text(text.replace('unit: "%"', f"unit: {unit}", 1), "utf-8")
    (problem,) = load_plan(folder)[1]
    assert told in str(problem)
