"""The notebooks run for other plans, areas, years and languages, and show the right values."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from examples import LONG, turns

import planlib
from planlib.batch.fork.system import NAME
from planlib.batch.workers.execute import execute
from planlib.evaluation import evaluate
from planlib.evaluation.outlook import outlook
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.review import annual
from planlib.scoring.verdict import Verdict

ROOT = Path(__file__).parent.parent.parent
GOOD = ROOT / "tests" / "plan" / "good-plan"

pytestmark = [pytest.mark.notebook, pytest.mark.slow]


def executed(name: str, folder: Path, **parameters: Any) -> str:
    """All that an executed notebook says, in plain text.

    As batches run it: one that only calls planlib in this process, the others in a fork. That they
    show what a kernel does stands in ``tests/batch``.
    """
    made = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    notebook, failure = execute(made, parameters, folder)
    assert failure is None, failure
    said = [
        output["data"]["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    return "\n".join("".join(text) for text in said)


def test_viet_nam_in_2019_shows_figures_verdicts_and_disagreements_in_english(
    tmp_path: Path,
) -> None:
    said = executed(
        "annual-review", tmp_path, plan="viet-nam-2016-2020", area="viet-nam", year=2019, lang="en"
    )
    for text in ("GDP growth", "7.02", "6.6–6.8", "Exceeded", "0 or less", "41.85"):
        assert text in said
    assert "llustrative" not in said
    review = annual(evaluate("viet-nam-2016-2020"), evaluate("viet-nam-2016-2020").area(), 2019)
    counts = review.rollup.counts
    assert f"{counts.reached} of {counts.judged} judged met or exceeded" in said


def test_a_ward_with_a_body_that_reported_nothing_says_what_is_missing(tmp_path: Path) -> None:
    said = executed("annual-review", tmp_path, area="ward-09", year=2012, lang="vi")
    review = annual(evaluate("ward-2010-2015"), "ward-09", 2012)
    assert {"case-clearance", "criminal-offences"} <= {v.goal.id for v in review.missing}
    assert "Chưa có số liệu" in said and "minh họa" in said
    for verdict in review.missing:
        assert verdict.goal.name["vi"] in said


def test_what_was_known_on_a_day_is_replayed(tmp_path: Path) -> None:
    said = executed(
        "annual-review", tmp_path, area="ward-01", year=2013, as_of="2013-12-31", lang="en"
    )
    review = annual(evaluate("ward-2010-2015", as_of="2013-12-31"), "ward-01", 2013)
    assert "31 December 2013" in said
    english = Language("en")
    counted = f"{english.verdict(Verdict.no_data)}"
    assert counted in said and review.rollup.count(Verdict.no_data) > 20


def test_the_mid_term_of_viet_nam_runs_with_hardly_any_figures(tmp_path: Path) -> None:
    said = executed(
        "midterm-review", tmp_path, plan="viet-nam-2011-2015", area="viet-nam", year=2013, lang="vi"
    )
    for text in ("GDP", "5,42", "Chưa đến hạn"):
        assert text in said


def test_an_own_plan_without_any_figure_is_reviewed(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(GOOD, folder)
    figures = folder / "figures.csv"
    figures.write_text(figures.read_text().splitlines()[0] + "\n")
    for name in ("annual-review", "midterm-review"):
        said = executed(name, tmp_path, plan=str(folder), area="ward-a", year=2013, lang="en")
        assert "No data" in said and "Vaccination rate" in said


def test_the_notebook_to_explore_shows_a_static_view_without_controls(tmp_path: Path) -> None:
    said = executed(
        "explore",
        tmp_path,
        plan="viet-nam-2016-2020",
        area="viet-nam",
        goal="gdp-growth",
        period="",
        lang="en",
    )
    assert "7.02" in said and "Exceeded" in said and "What is left to do, spread evenly?" in said


@pytest.mark.parametrize(
    ("lang", "due", "place", "cannot"),
    turns(
        [
            ("vi", "đến năm 2015", "Điều trang này không cho biết", "compare-areas.ipynb"),
            ("fr", "2015", "Ce que cela ne peut pas dire", "compare-areas.ipynb"),
        ],
        2,
    ),
)
def test_the_profile_of_a_goal_goes_from_its_text_to_its_verdict(
    tmp_path: Path, lang: str, due: str, place: str, cannot: str
) -> None:
    said = executed(
        "goal-profile", tmp_path, area="ward-02", goal="poor-households", period="2013", lang=lang
    )
    e = evaluate("ward-2010-2015", audience="public")
    (verdict,) = e.year_verdicts("ward-02", 2013, ["poor-households"])
    assert verdict.value is not None
    for text in (Language(lang).number(round(verdict.value, 1)), due, place, cannot):
        assert text in said
    assert Language(lang).verdict(verdict.verdict) in said
    for measure in e.plan.measures_for("poor-households"):
        assert measure.name.in_language(lang) in said


@pytest.mark.parametrize(
    ("lang", "lead", "judged"),
    turns(
        [
            ("en", "138 figures are missing", "268 of 406 figures"),
            ("vi", "Thiếu 138 số liệu", "268/406 số liệu"),
        ],
        2,
    ),
)
def test_the_quality_of_figures_is_told_of_another_plan(
    tmp_path: Path, lang: str, lead: str, judged: str
) -> None:
    """The missing ones are those whose verdicts in their own year say so."""
    said = executed("data-quality", tmp_path, plan="europe-2020", lang=lang)
    e = evaluate("europe-2020", audience="public")
    frames = [e.verdicts(year, areas="all") for year in e.plan.years]
    missing = sum(int((frame["verdict"] == "no_data").sum()) for frame in frames)
    assert missing == 138 and lead in said and judged in said
    assert "llustrative" not in said and "minh họa" not in said


def test_the_review_of_a_term_tells_it_as_the_final_report_does(tmp_path: Path) -> None:
    said = executed("term-review", tmp_path, plan="viet-nam-2016-2020", area="viet-nam", lang="en")
    e = evaluate("viet-nam-2016-2020")
    review = planlib.term_review(e, lang="en").review
    counts = review.rollup.counts
    assert f"{counts.reached} of {counts.judged} judged met or exceeded" in said
    assert "What this cannot tell" in said and "llustrative" not in said


def test_the_notebook_of_methods_works_through_another_goal_in_english(tmp_path: Path) -> None:
    said = executed(
        "methods", tmp_path, area="ward-03", goal="fires-explosions", year=2012, lang="en"
    )
    for text in ("Gamma-Poisson", "end of 2012", "UN ESCAP", "Scores of the forecasts"):
        assert text in said


@pytest.mark.parametrize(
    ("lang", "found"),
    turns(
        [
            ("vi", "Đơn vị tính là “triệu”: bao nhiêu, nhưng là gì?"),
            ("en", "The unit is “triệu”: so many, but of what?"),
            ("fr", "L’unité est «\u00a0triệu\u00a0»\u00a0: tant, mais de quoi\u202f?"),
        ],
        3,
    ),
)
def test_the_notebook_that_questions_a_plan_asks_in_every_language(
    tmp_path: Path, lang: str, found: str
) -> None:
    said = executed("plan-audit", tmp_path, plan="viet-nam-2011-2015", lang=lang)
    assert found in said and "02-society.yaml:200" in said


@pytest.mark.parametrize(
    ("lang", "read"),
    turns(
        [
            ("en", ["at least 95%", "3/3", "7 for sure, 4 likely, 1 in doubt"]),
            ("fr", ["au moins 95\u202f%", "chaque année", "Jusqu’à 50 apprentissages"]),
        ],
        2,
    ),
)
def test_the_notebook_of_a_text_shows_what_was_read_in_other_languages(
    tmp_path: Path, lang: str, read: list[str]
) -> None:
    said = executed("plan-from-text", tmp_path, lang=lang)
    assert [text for text in read if text not in said] == []


def test_the_mid_term_in_english_shows_chances_with_their_record(tmp_path: Path) -> None:
    said = executed("midterm-review", tmp_path, area="ward-02", year=2013, lang="en")
    result = outlook(evaluate("ward-2010-2015", audience="public"), "ward-02", 2013)
    low, high = result.likely
    assert f"{low} to {high} of {len(result.counted)} goals likely to be met" in said
    assert "forecasts like this" in said and "The rules disagree on" in said


OTHER: dict[str, dict[str, Any]] = {
    "annual-review": {"area": "ward-02", "year": 2012},
    "compare-areas": {"area": "ward-02", "goal": "case-clearance", "year": 2012},
    "explore": {"area": "ward-02", "goal": "case-clearance", "period": "2012"},
    "goal-profile": {"area": "ward-02", "goal": "case-clearance", "period": "2012"},
    "methods": {"area": "ward-02", "goal": "case-clearance", "year": 2012},
    "midterm-review": {"area": "ward-02", "year": 2012},
    "start-here": {"area": "ward-02", "goal": "case-clearance", "year": 2012},
    "term-review": {"area": "ward-02"},
}
SHOWN = [(name, lang) for name in OTHER for lang in LANGUAGES]


@pytest.mark.parametrize(
    ("name", "lang"), SHOWN if LONG else [("compare-areas", "fr"), ("start-here", "en")]
)
def test_a_notebook_shows_the_values_of_other_parameters_in_a_language(
    tmp_path: Path, name: str, lang: str
) -> None:
    """What other tests ask of single notebooks, asked of each in every language."""
    said = " ".join(executed(name, tmp_path, **OTHER[name], lang=lang).split())
    e, language = evaluate("ward-2010-2015", audience="public"), Language(lang)
    year = None if name == "term-review" else 2012
    seen = e.verdict_of(e.goal("case-clearance"), "ward-02", year)
    assert seen.value is not None and seen.goal.name.in_language(lang) in said
    assert language.number(round(seen.value, 1)) in said
    if name != "compare-areas":  # which tells areas apart, not verdicts
        assert language.verdict(seen.verdict) in said


def test_an_unknown_area_stops_the_notebook_with_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(papermill.PapermillExecutionError, match="there is no area 'ward-99'"):
        papermill.execute_notebook(
            ROOT / "notebooks" / "annual-review.ipynb", None, {"area": "ward-99"},
            kernel_name="python3", engine_name=NAME, progress_bar=False, cwd=tmp_path,
        )  # fmt: skip


@pytest.mark.skipif(not LONG, reason="nbval holds it in `make test`, in a kernel")
def test_committed_and_fresh_outputs_say_the_same(tmp_path: Path) -> None:
    said = executed("explore", tmp_path)
    notebook = json.loads((ROOT / "notebooks" / "explore.ipynb").read_text(encoding="utf-8"))
    committed = [
        "".join(output["data"]["text/plain"])
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    ]
    assert said == "\n".join(committed)
