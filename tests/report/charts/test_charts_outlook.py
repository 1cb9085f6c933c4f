"""Pictures of what lies ahead: fans, the number of goals met, and forecast against outcome."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest
from chart_cases import named, values, years_of
from helpers import observations, plan
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from planlib.evaluation import Evaluation
from planlib.evaluation.outlook import FanYear, PlanOutlook, outlook
from planlib.language.language import Language
from planlib.outlook.backtest.record import Record
from planlib.report.charts import met, multiples, reliability, trends
from planlib.report.charts.text import PlainText
from planlib.report.vocabulary import FAN_80, SERIES
from planlib.review import midterm

VI, EN = Language("vi"), Language("en")
BOTH = pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
LOOK = str(files("planlib.report.charts") / "planlib.mplstyle")
compared = pytest.mark.mpl_image_compare(
    tolerance=2, savefig_kwargs={"dpi": 60}, remove_text=False, style=["default", LOOK]
)
DUE = {"target": {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2015}}
ONE = named("road", **DUE)
ROAD = values(y2010=60, y2011=64, y2012=71, y2013=74)
RECORDS = tuple(
    Record("walk", event, 2, low, low + 0.1, n, k)
    for event in ("holding", "reached", "kept")
    for low, n, k in ((0.15, 400, 90), (0.45, 900, 440), (0.65, 200, 126), (0.85, 10, 9))
)


def looked(count: int = 1) -> PlanOutlook:
    """Goals on the same road, standing at the end of 2013."""
    goals = [named(f"road-{at}", **DUE) for at in range(count)]
    rows = [{"goal": one.id, **row} for one in goals for row in ROAD]
    return outlook(Evaluation(plan(*goals), observations(*rows)), "a", 2013)


def only(figure: Figure | None) -> Axes:
    assert figure is not None
    (ax,) = figure.axes
    return ax


def band(ax: Axes, label: str) -> np.ndarray:
    (found,) = [one for one in ax.patches if one.get_label() == label]
    return np.asarray(found.get_xy())


def test_a_fan_opens_from_the_last_known_figure_to_its_quantiles() -> None:
    ahead = looked().goals[0]
    ax = only(trends.figure(years_of(ONE, *ROAD), EN, ahead, 2013))
    for label, low, high in (("fan 80 %", "low_80", "high_80"), ("fan 50 %", "low_50", "high_50")):
        corners = {(round(x), round(y, 6)) for x, y in band(ax, label)}
        assert (2013, 74.0) in corners
        for year in ahead.fan:
            assert (year.year, round(getattr(year, low), 6)) in corners
            assert (year.year, round(getattr(year, high), 6)) in corners
    bottom, top = ax.get_ylim()
    assert bottom <= ahead.fan[-1].low_80 and ahead.fan[-1].high_80 <= top


def test_later_figures_stay_visible_over_a_forecast_made_before_them() -> None:
    came = values(y2010=60, y2011=64, y2012=71, y2013=74, y2014=70)
    ax = only(trends.figure(years_of(ONE, *came), EN, looked().goals[0], 2013))
    assert (2013, 74.0) in {(round(x), round(y, 6)) for x, y in band(ax, "fan 80 %")}
    (dots,) = [line for line in ax.lines if line.get_label() == "measured"]
    assert 70 in dots.get_ydata() and dots.get_zorder() > 1


def test_without_a_forecast_no_fan_is_drawn_and_none_is_told() -> None:
    made = trends.figure(years_of(ONE, *ROAD), EN)
    ax = only(made)
    assert not [one for one in ax.patches if str(one.get_label()).startswith("fan")]
    assert made is not None
    assert not any("forecast" in text.get_text() for text in made.findobj(PlainText))


def test_small_charts_carry_the_fan_and_the_chance_of_their_goal() -> None:
    result = looked()
    review = midterm(
        Evaluation(result.plan, observations(*({"goal": "road-0", **row} for row in ROAD))),
        "a",
        2013,
    )
    picture = multiples.trend_multiples(review, review.verdicts, EN, result)
    assert picture is not None
    alt = picture.alt.replace("\N{NO-BREAK SPACE}", " ")
    chance = f"{100 * (result.goals[0].probability or 0):.0f}%"
    assert f"Off track: {chance}" in alt or f"At risk: {chance}" in alt
    assert "forecast for 2015:" in alt


def test_a_bar_is_as_high_as_its_number_is_likely_and_the_likely_range_is_dark() -> None:
    result = looked(6)
    ax = only(met.figure(result, EN, illustrative=False))
    low, high = result.likely
    for bar in ax.patches:
        k = round(bar.get_x() + bar.get_width() / 2)
        assert bar.get_height() == pytest.approx(result.number[k])
        assert to_hex(bar.get_facecolor()).upper() == (SERIES if low <= k <= high else FAN_80)
    assert sum(bar.get_height() for bar in ax.patches) == pytest.approx(1, abs=0.01)


def test_the_number_met_is_told_in_words() -> None:
    result = looked(6)
    picture = met.met_bars(result, EN, illustrative=True)
    low, high = result.likely
    told = f"{low} to {high} of 6 goals likely to be met\n"
    assert picture is not None and picture.alt.startswith(told)
    assert met.met_bars(looked(0), EN, illustrative=True) is None


def test_a_dot_stands_at_what_came_true_and_small_bins_are_left_out() -> None:
    made = reliability.figure(RECORDS, EN)
    assert made is not None and len(made.axes) == 3
    dots = {
        round(float(line.get_xdata()[0]), 6): float(line.get_ydata()[0])
        for line in made.axes[0].lines
        if str(line.get_label()).startswith("bin")
    }
    assert dots == {0.2: 0.225, 0.5: pytest.approx(440 / 900), 0.7: 0.63}
    assert reliability.figure(RECORDS[3::4], EN) is None


def test_the_reliability_is_told_in_words() -> None:
    picture = reliability.reliability_dots(RECORDS, EN)
    assert picture is not None
    alt = picture.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert alt.startswith("Of 200 forecasts with a chance of 65 to 75%, 63% came true")
    assert "on target in some year, 15–25%: 90 of 400 came true" in alt


def test_a_fan_that_starts_nowhere_is_drawn_from_its_first_year() -> None:
    ahead = looked().goals[0]
    early = FanYear(2009, 1, 2, 3, 4, 5)
    made = ahead.__class__(**{**ahead.__dict__, "fan": (early, *ahead.fan)})
    ax = only(trends.figure(years_of(ONE, *ROAD), EN, made, 2013))
    assert band(ax, "fan 80 %")[:, 0].min() == 2009


@compared
@BOTH
def test_picture_of_a_forecast(language: Language) -> Figure | None:
    return trends.figure(years_of(ONE, *ROAD), language, looked().goals[0], 2013)


@compared
@BOTH
def test_picture_of_goals_met(language: Language) -> Figure | None:
    return met.figure(looked(6), language, illustrative=True)


@compared
@BOTH
def test_picture_of_reliability(language: Language) -> Figure | None:
    return reliability.figure(RECORDS, language)
