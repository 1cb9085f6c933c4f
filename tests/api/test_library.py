"""What ``import planlib`` offers: lazily, with one clear line for each thing wrong."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import fsspec
import pandas as pd
import pytest
from matplotlib.figure import Figure

import planlib
from planlib.api.drawing import CHARTS
from planlib.figures.observations import Observations

GOOD = Path(__file__).parent.parent / "plan" / "good-plan"
WARD = "ward-2010-2015"
E = planlib.evaluate(WARD)
HEAVY = ("matplotlib", "numpy", "pandas", "pyarrow", "pydantic", "scipy")


def told(call: Any, lang: str = "en") -> str:
    """The one line that a wrong call is told."""
    with pytest.raises(planlib.InputError) as raised:
        call()
    (problem,) = raised.value.problems
    line = str(problem.in_language(lang))
    assert "\n" not in line
    return line


def test_importing_does_no_work() -> None:
    code = (
        "import sys, time; start = time.process_time(); import planlib; names = dir(planlib)\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], time.process_time() - start < 0.3)\n"
        "print(sorted(m for m in sys.modules if m.startswith('planlib')))\n"
        "planlib.InputError, planlib.__version__\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[] True", "['planlib']", "[]"]


def test_every_public_name_is_there_and_described() -> None:
    assert set(planlib.__all__) <= set(dir(planlib))
    assert sorted(planlib.__all__) == sorted(planlib._WHERE)
    for name in planlib.__all__:
        assert len(inspect.getdoc(getattr(planlib, name)) or "") > 40
    with pytest.raises(AttributeError, match="'planlib' has no attribute 'compare'"):
        planlib.compare  # noqa: B018
    assert str(planlib.Verdict.met) == "met"


def test_an_evaluation_is_the_same_whatever_way_it_is_asked_for(tmp_path: Path) -> None:
    plan = planlib.read_plan(GOOD)
    rows = pd.read_csv(GOOD / "figures.csv", dtype={"vintage": "str"})
    whole = planlib.evaluate(str(GOOD)).verdicts("2011")
    files = [rows[:3], rows[3:]]
    for figures in (
        None, GOOD / "figures.csv", rows, files, planlib.read_figures(rows),
        planlib.read_figures(plan), planlib.read_figures([str(GOOD / "figures.csv")]),
    ):  # fmt: skip
        found = planlib.evaluate(plan, figures).verdicts("2011").drop(columns="inputs")
        pd.testing.assert_frame_equal(found, whole.drop(columns="inputs"))
    assert isinstance(planlib.read_figures(plan), Observations)


def test_a_plan_and_its_figures_may_lie_at_an_address() -> None:
    memory = fsspec.filesystem("memory")
    for file in GOOD.iterdir():
        if file.is_file():
            memory.pipe_file(f"/library/plan/{file.name}", file.read_bytes())
    plan = planlib.read_plan("memory://library/plan")
    assert plan.goal_ids == planlib.read_plan(GOOD).goal_ids
    found = planlib.evaluate(plan).verdicts("2011").drop(columns="inputs")
    whole = planlib.evaluate(GOOD).verdicts("2011").drop(columns="inputs")
    pd.testing.assert_frame_equal(found, whole)
    memory.pipe_file("/library/plan/plan.yaml", b"id: Wrong\n")
    with pytest.raises(planlib.InputError, match=r"^memory://library/plan/plan\.yaml:1: "):
        planlib.read_plan("memory://library/plan")


def test_a_day_may_be_a_text_or_a_date() -> None:
    texts = planlib.evaluate(WARD, as_of="2014-03-31").verdicts("2013")
    days = planlib.evaluate(WARD, as_of=date(2014, 3, 31)).verdicts("2013")
    pd.testing.assert_frame_equal(texts, days)


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (
            lambda: planlib.read_plan("nowhere"),
            "there is no plan 'nowhere' (shipped plans: ",
        ),
        (lambda: planlib.read_plan("memory://library/none"), "memory://library/none: "),
        (lambda: planlib.read_figures("f.xlsx"), "f.xlsx: figures are read from .csv and .parquet"),
        (lambda: planlib.read_figures("none.csv"), "none.csv: cannot be read: No such file"),
        (lambda: planlib.read_figures(7), "figures cannot be read from 'int' (give a file"),
        (lambda: planlib.evaluate(WARD, as_of="soon"), "the as-of date must be 2014, 2014-03"),
        (
            lambda: planlib.evaluate(WARD, audience="all"),
            "the audience is public or internal, found",
        ),
        (lambda: E.verdicts("1999"), "plan 'ward-2010-2015': the year must lie in 2011-2015"),
        (
            lambda: E.verdicts("2013", "ward-99"),
            "there is no area 'ward-99' (did you mean 'ward-09'",
        ),
        (
            lambda: planlib.annual_review(E, period="term"),
            "plan 'ward-2010-2015': the year must lie",
        ),
        (
            lambda: planlib.annual_review(E, period=2013, lang="xx"),
            "the language is vi, en or fr, found 'xx'",
        ),
        (
            lambda: planlib.annual_review(E, period=2013).to_html("/no/such/folder/x.html"),
            "/no/such/folder/x.html: cannot be written: there is no such folder",
        ),
        (
            lambda: planlib.draw(E, "pie"),
            "there is no chart 'pie' (charts: trend, met, reliability)",
        ),
        (lambda: planlib.draw(E, "trend"), "the chart 'trend' needs goal="),
        (lambda: planlib.draw(E, "met", goal="x"), "the chart 'met' takes no goal="),
        (lambda: planlib.draw(E, "met", period="soon"), "plan 'ward-2010-2015': the year must lie"),
        (
            lambda: planlib.draw(E, "trend", goal="case-clearence"),
            "the plan 'ward-2010-2015' has no goal 'case-clearence' (did you mean 'case-clearance'?)",
        ),
    ],
)
def test_a_wrong_call_is_told_in_one_line_of_either_language(call: Any, line: str) -> None:
    assert told(call).startswith(line)
    assert told(call, "vi") != told(call)


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_draws_on_the_axes_it_is_given(chart: str) -> None:
    ax = Figure(figsize=(7, 3)).subplots()
    goal = {"goal": "case-clearance"} if CHARTS[chart].needs else {}
    assert planlib.draw(E, chart, ax=ax, **goal) is ax  # type: ignore[arg-type]
    assert ax.lines or ax.collections or ax.patches


def test_a_trend_has_the_forecast_of_the_period_that_is_named() -> None:
    plain, ahead = Figure(figsize=(7, 3)).subplots(2)
    planlib.draw(E, "trend", goal="case-clearance", ax=plain)
    planlib.draw(E, "trend", goal="case-clearance", period=2013, ax=ahead)
    assert len(ahead.collections) + len(ahead.lines) > len(plain.collections) + len(plain.lines)


def test_a_chart_is_drawn_on_the_current_axes_by_default() -> None:
    import matplotlib.pyplot as plt

    fig, (_, second) = plt.subplots(2)
    plt.sca(second)
    assert planlib.draw(E, "trend", goal="case-clearance", lang="vi") is second
    plt.close(fig)


def test_a_review_shows_itself_and_is_saved(tmp_path: Path) -> None:
    review = planlib.annual_review(E, area="ward-02", period="2013")
    assert len(repr(review)) < 400 and "2013" in repr(review)
    shown = review._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"} and shown["text/plain"] == str(review)
    page = review.to_html(tmp_path / "review.html")
    assert (tmp_path / "review.html").read_text("utf-8") == page
    assert page.count("<h1") == 1 and '<html lang="vi">' in page and page.count("<script") == 1
    assert review.to_markdown().startswith(f"# {review.question}")
    assert review.review.area == "ward-02"
    english = planlib.annual_review(E, area="ward-02", period="2013", lang="en")
    assert '<html lang="en">' in english.to_html()


def test_the_reviews_of_a_term_stand_at_their_years() -> None:
    e = planlib.evaluate("viet-nam-2016-2020")
    middle = planlib.midterm_review(e)
    assert middle.review.after == e.plan.midterm_after
    whole = planlib.term_review(e, lang="vi")
    assert whole.review.after == e.plan.years[-1] and whole.question != middle.question
    assert str(planlib.midterm_review(e, period="2020", lang="vi")) == str(whole)


def test_a_review_says_what_its_audience_may_see() -> None:
    public = planlib.annual_review(E.seen_by("public"), period=2013)
    assert public.review.public and str(public) != str(planlib.annual_review(E, period=2013))
