"""The controls of the notebook to explore: each turn is one view, and nobody is left without one."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from helpers import goal, observations, plan

import planlib
from planlib.api.desk import MOST_LISTED, Desk, desk
from planlib.api.desk_parts import Still
from planlib.api.exploring import ENDINGS
from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.outlook import outlook
from planlib.plan.areas import Area
from planlib.plan.plan import Plan
from planlib.report.charts.fonts import fallbacks
from planlib.report.controls import WIDGET
from planlib.report.pages.explore import ExplorePage
from planlib.report.text.outlook import chance_text
from planlib.review.explored import GoalView

EACH_YEAR = {"comparison": "at_least", "value": 90, "cadence": "every_year"}
WARD = evaluate("ward-2010-2015", audience="public")


def page(goal: str = "case-clearance", area: str = "ward-01", lang: str = "en") -> ExplorePage:
    return ExplorePage(WARD, area, goal, lang, view=GoalView(2013))


@pytest.fixture
def live() -> Desk:
    return Desk(page())


def test_without_a_front_end_the_view_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    shown = desk(page())
    assert isinstance(shown, Still)
    told = shown._repr_mimebundle_()
    assert told == page().answer()._repr_mimebundle_()
    assert "72.2%" in told["text/plain"] and "What is left to do" in told["text/plain"]
    assert shown.parts("sources").text == page().sources().text


def test_in_a_session_the_widget_is_shown_and_the_still_view_is_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "explore.ipynb")
    shown = desk(page())
    assert isinstance(shown, Desk)
    bundle = shown._repr_mimebundle_()
    assert bundle.pop(WIDGET)["model_id"] == shown.widget.model_id
    assert bundle == page().answer()._repr_mimebundle_()


def test_every_control_has_a_name_and_comes_before_the_view(live: Desk) -> None:
    names = [one.description for one in live.controls.values()]
    assert names == ["Plan", "Section", "Goal", "Find an area", "Area", "Beside it", "Group", "Period", "As of",
                     "Reading", "Suppose the figure", "Next period adds", "Language"]  # fmt: skip
    assert [one.description for one in live.buttons.values()] == [
        "SVG",
        "PNG",
        "XLSX",
        "CSV",
        "Code",
    ]
    assert all(one.tooltip for one in live.buttons.values())
    hidden = [key for key, one in live.controls.items() if one.layout.display == "none"]
    assert hidden == ["find"]  # ten areas need no search
    assert live.widget.children[-1] is live.view
    live.lang.value = "vi"
    assert live.figure.placeholder == live.pace.placeholder == "như báo cáo"
    assert live.goal.description == "Chỉ tiêu" and "Vượt" in live.view.value


def test_the_view_shows_picture_verdict_and_the_banner(live: Desk) -> None:
    view = live.view.value
    assert "Case clearance rate" in view and "<svg" in view and "llustrative" in view


def test_a_supposed_figure_gives_verdict_and_chance_of_the_library(live: Desk) -> None:
    live.figure.value = "60"
    supposed = WARD.what_if({"case-clearance": {2013: 60}}, "ward-01")
    verdict = supposed.year_verdicts("ward-01", 2013, ["case-clearance"])[0]
    chance = outlook(supposed, "ward-01", 2013).of("case-clearance").probability
    assert str(verdict.verdict) == "not_met" and chance is not None
    assert live.page.explored.supposed is not None
    assert live.page.explored.supposed.verdict is verdict.verdict
    cuts = WARD.plan.header.outlook
    assert chance_text(chance, live.language, cuts) in live.view.value
    assert live.language.verdict(verdict.verdict) in live.view.value
    assert "What if?" in live.view.value
    live.figure.value = ""
    assert "What if?" not in live.view.value


def test_what_is_no_number_or_two_is_told_and_the_view_stays(live: Desk) -> None:
    before = live.view.value
    for typed in ("1.300", "about", "60-70"):
        live.figure.value = typed
        assert typed in live.told.value and live.view.value == before


def test_another_goal_redraws_the_view(live: Desk) -> None:
    live.goal.value = "criminal-offences"
    assert "Change in the number of criminal offences" in live.view.value
    live.section.value = WARD.plan.sections[0].section
    assert live.goal.value == WARD.plan.sections[0].goals[0].id
    assert len(live.goal.options) == len(WARD.plan.sections[0].goals)


def test_only_reports_that_change_the_view_are_offered(live: Desk) -> None:
    days = [day for _, day in live.as_of.options if day]
    frame = WARD.figures.frame
    assert len(days) == 11 < frame[frame["area"] == "ward-01"]["vintage"].nunique()
    seen = set()
    for day in days:
        live.as_of.value = day
        assert live.as_of.value == day
        seen.add(live.view.value)
    assert len(seen) == len(days)
    live.as_of.value = ""
    assert live.page.evaluation.as_of is None


def test_a_reading_is_followed_by_verdict_and_way(live: Desk) -> None:
    live.goal.value = "alleys-upgraded"
    verdicts = {}
    for _, reading in live.reading.options:
        live.reading.value = reading
        verdicts[reading] = live.page.explored.verdict.verdict.name
    (whole,) = WARD.year_verdicts("ward-01", 2013, ["alleys-upgraded"])
    assert {one: verdicts[one] for one in whole.readings} == whole.readings


def test_further_parts_follow_the_controls_and_are_saved_still(live: Desk) -> None:
    part = live.parts("verdicts", "sources")
    saved = part._repr_mimebundle_()
    assert saved.pop(WIDGET)["model_id"] == part.widget.model_id
    assert "Case clearance rate" in part.widget.value
    live.goal.value = "criminal-offences"
    assert "number of criminal offences" in part.widget.value
    assert "Case clearance rate" not in part.widget.value
    assert part._repr_mimebundle_() | {WIDGET: None} == saved | {WIDGET: None}


def test_one_of_many_areas_is_found_by_a_part_of_its_name() -> None:
    names = {f"a-{n}": f"Xã Đông {n}" for n in range(MOST_LISTED + 10)} | {"hue": "Thành phố Huế"}
    made = plan(
        goal("clean", target={"comparison": "at_least", "value": 80, "cadence": "every_year"})
    )
    registry = tuple(Area(id=one, name={"vi": name, "en": name}) for one, name in names.items())
    rows = [{"area": one, "goal": "clean", "year": 2012, "value": 90.0} for one in names]
    made = Plan(header=made.header, sections=made.sections, registry=registry)
    many = Evaluation(made, observations(*rows))
    shown = Desk(planlib.explore(many, goal="clean", lang="en"))
    assert shown.find.layout.display is None
    assert len(shown.find.options) == len(many.areas) and len(shown.area.options) == MOST_LISTED
    assert "hue" not in [area for _, area in shown.area.options]
    shown.find.value = "thanh pho hue"
    assert shown.area.value == "hue" == shown.page.area and "Thành phố Huế" in shown.view.value
    shown.find.value = "dong 30"
    assert shown.page.area == "hue" and 'role="alert"' in shown.told.value
    assert "a-300" in [area for _, area in shown.area.options]
    shown.area.value = "a-300"
    assert shown.page.area == "a-300"
    shown.find.value = "nowhere"
    assert shown.page.area == "a-300" and "No area fits “nowhere”" in shown.told.value


def test_another_area_and_another_plan_bring_their_own_goals(live: Desk) -> None:
    live.area.value = "ward-07"
    assert "Ward 07" in live.view.value
    live.beside.value = ("ward-01", "ward-02")
    assert [one.area for one in live.page.explored.beside] == ["ward-01", "ward-02"]
    live.plan.value = "viet-nam-2016-2020"
    assert live.area.value == "viet-nam"
    assert "gdp-growth" in [goal for _, goal in live.goal.options]
    assert "llustrative" not in live.view.value
    live.plan.value = "ward-2010-2015"
    assert "llustrative" in live.view.value


@pytest.mark.filterwarnings("ignore:Sparkline Group extension")  # which openpyxl does not know
def test_buttons_write_the_view(
    live: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    live.figure.value = "60"
    for ending in ENDINGS:
        live.buttons[ending].click()
    written = {path.suffix: path for path in (tmp_path / "explored").iterdir()}
    assert set(written) == set(ENDINGS)
    assert {path.stem for path in written.values()} == {
        "ward-2010-2015.ward-01.case-clearance.2013"
    }
    assert written[".svg"].read_text("utf-8").startswith("<svg")
    assert written[".png"].read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert "60" in written[".csv"].read_text("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(written[".xlsx"].read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 60 in cells
    names: dict[str, object] = {}
    *lines, last = written[".py"].read_text("utf-8").splitlines()
    exec("\n".join(lines), names)
    made = eval(last, names)
    assert isinstance(made, ExplorePage) and made.answer().text == live.page.answer().text


def test_a_folder_that_cannot_be_written_is_told(
    live: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "explored").write_text("a file stands in its place")
    assert live.write(".csv") is None
    assert 'role="alert"' in live.told.value and "explored" in live.told.value


def test_a_view_is_written_to_no_other_kind_of_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.svg.*found '\.pdf'"):
        planlib.save_view(page(), tmp_path / "view.pdf")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["نسبة", "ขา", "ខ្មែរ"])
def test_a_picture_of_dots_holds_every_letter_or_is_refused(tmp_path: Path, name: str) -> None:
    made = plan(goal(name={"vi": name, "en": name}, target=EACH_YEAR))
    given = Evaluation(made, observations({"goal": "g", "year": 2011, "value": 91.0}))
    shown = planlib.explore(given, goal="g", area="a", lang="en")
    assert name in planlib.save_view(shown, tmp_path / "view.svg").read_text("utf-8")
    if name == "ขา" and fallbacks(name):  # there is a font with Thai letters
        assert planlib.save_view(shown, tmp_path / "view.png").stat().st_size > 1000
        return
    with pytest.raises(InputError, match=rf"{name[0]}.*\.svg"):
        planlib.save_view(shown, tmp_path / "view.png")


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="there is no area"):
        ExplorePage(WARD, "ward-77", "case-clearance")
    with pytest.raises(InputError, match="has no reading 'sometimes'"):
        ExplorePage(WARD, "ward-01", "alleys-upgraded", view=GoalView(reading="sometimes"))
    with pytest.raises(InputError, match="no period of the term comes after 2015"):
        ExplorePage(WARD, "ward-01", "case-clearance", view=GoalView(2015, pace=1))
