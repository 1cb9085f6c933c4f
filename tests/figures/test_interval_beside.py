"""An interval beside a figure: the verdict is of the figure, the interval is told beside it."""

from __future__ import annotations

import pandas as pd

from planlib.evaluation import Evaluation
from planlib.figures.reading import read_observations
from planlib.report.pages.annual import AnnualPage
from tests.helpers import goal, plan

PLAN = plan(goal(target={"comparison": "at_least", "value": 70, "cadence": "every_year"}))


def evaluation(value: float, low: float, high: float) -> Evaluation:
    frame = pd.DataFrame(
        {"area": ["a"], "goal": ["g"], "year": [2012], "value": [value], "low": low, "high": high}
    )
    return Evaluation(PLAN, read_observations([frame], PLAN))


def test_the_verdict_is_of_the_figure_and_the_interval_stands_beside_it() -> None:
    found = evaluation(71.0, 69.0, 73.0).verdicts("2012", lang="en").iloc[0]
    assert (found["verdict"], found["value"], found["low"], found["high"]) == (
        "exceeded",
        71,
        69,
        73,
    )
    page = AnnualPage.of(evaluation(71.0, 69.0, 73.0), "a", 2012, "en").to_html()
    assert "an interval beside it: 69 to 73" in page


def test_without_a_figure_the_interval_is_judged_by_its_less_favourable_end() -> None:
    found = evaluation(float("nan"), 69.0, 73.0).verdicts("2012", lang="en").iloc[0]
    assert (found["verdict"], found["low"], found["high"]) == ("not_met", 69, 73)
