"""What each chart shows, read off its artists and its alternative text."""

from __future__ import annotations

import pytest
from chart_cases import (
    ALLEYS,
    at_least,
    named,
    roads,
    values,
    years_of,
)
from helpers import observations, plan

from planlib.evaluation import Evaluation
from planlib.language.language import Language
from planlib.plan.areas import Area
from planlib.report.charts import multiples, trend, trend_multiples, trends
from planlib.report.charts.text import PlainText
from planlib.review import midterm

VI, EN = Language("vi"), Language("en")


def labelled(ax, label):
    """The artists drawn under a label."""
    return [artist for artist in ax.get_children() if artist.get_label() == label]


def points(ax, label):
    """The points of every line drawn under a label."""
    return [
        (x, y)
        for line in labelled(ax, label)
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def texts(figure):
    """Everything that is written in a figure."""
    found = [text.get_text() for text in figure.findobj(PlainText)]
    return [text.replace("\n", " ") for text in found if text]


def small_charts(figure, label):
    """What each small chart of a figure draws under a label: its lines, in the order drawn."""
    found = {}
    for artist in figure.artists:
        if artist.get_label() == label:
            found.setdefault(id(artist.get_transform()), []).append(artist)
    return list(found.values())


# ----------------------------------------------------------------- trend


def test_the_line_breaks_where_a_year_is_missing():
    one = at_least(50)
    (ax,) = trends.figure(years_of(one, *values(y2010=40, y2011=45, y2013=48, y2014=52)), EN).axes
    runs = [list(line.get_xdata()) for line in labelled(ax, "figures")]
    assert runs == [[2010, 2011], [2013, 2014]]
    assert sorted(points(ax, "measured")) == [(2010, 40), (2011, 45), (2013, 48), (2014, 52)]


def test_the_line_breaks_at_a_change_of_boundary_which_is_told():
    one = at_least(50)
    note = {"vi": "Nhận một phần của phường bên cạnh.", "en": "Received part of the next ward."}
    place = Area.model_validate(
        {"id": "a", "name": note, "changes": [{"date": "2013-07-01", "note": note}]}
    )
    whole = plan(one).model_copy(update={"registry": (place,)})
    found = years_of(one, *values(y2012=40, y2013=45, y2014=46), of=whole)
    made = trends.figure(found, EN)
    (ax,) = made.axes
    assert [list(line.get_xdata()) for line in labelled(ax, "figures")] == [[2012], [2013, 2014]]
    assert list(labelled(ax, "break")[0].get_xdata()) == [2012.5, 2012.5]
    assert "1 July 2013: Received part of the next ward." in texts(made)
    assert "1 July 2013: Received part of the next ward." in trend(found, EN).alt


def test_earlier_reports_and_estimates_are_drawn_differently():
    one = at_least(50)
    found = years_of(
        one,
        {"year": 2012, "value": 47, "vintage": "2012-12-15", "state": "estimate"},
        {"year": 2012, "value": 51, "vintage": "2013-03-15"},
        {"year": 2013, "value": 53, "vintage": "2013-12-15", "state": "estimate"},
    )
    (ax,) = trends.figure(found, EN).axes
    assert points(ax, "earlier") == [(2012, 47)]
    assert points(ax, "measured") == [(2012, 51)]
    assert points(ax, "estimates") == [(2013, 53)]
    assert points(ax, "revised") == [(2012, 47), (2012, 51)]
    alt = trend(found, EN).alt.replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert alt == [
        "Goal g: 53% (est.) in 2013 (● Met)".replace("● Met", "▲ Exceeded"),
        "- 2012, earlier report (15 December 2012): 47% (est.)",
        "- 2012: 51%; target at least 50%; ▲ Exceeded",
        "- 2013: 53% (est.); target at least 50%; ▲ Exceeded",
    ]


def test_an_interval_is_a_bar_and_an_open_one_runs_to_the_edge():
    found = years_of(at_least(50), {"year": 2012, "low": 61, "high": 62}, {"year": 2013, "low": 64})
    (ax,) = trends.figure(found, EN).axes
    bars = [list(line.get_ydata()) for line in labelled(ax, "interval")]
    assert bars == [[61, 62], [64, ax.get_ylim()[1]]]
    assert "61–62" in trend(found, EN).alt


def test_yearly_targets_are_steps():
    yearly = [
        {"year": year, "comparison": "at_least", "value": value, "cadence": "every_year"}
        for year, value in ((2011, 10), (2012, 12), (2013, 12), (2015, 15))
    ]
    (ax,) = trends.figure(years_of(named("g", yearly=yearly), *values(y2011=9)), EN).axes
    steps = [(list(s.get_xdata()), list(s.get_ydata())) for s in labelled(ax, "target")]
    assert steps == [
        ([2010.5, 2011.5], [10, 10]),
        ([2011.5, 2013.5], [12, 12]),
        ([2014.5, 2015.5], [15, 15]),
    ]


def test_the_deadline_is_marked():
    target = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2014}
    made = trends.figure(years_of(named("g", target=target), *values(y2011=50)), EN)
    assert [line.get_xdata()[0] for line in labelled(made.axes[0], "deadline")] == [2014]
    assert any(text.startswith("due 2014") for text in texts(made))


@pytest.mark.parametrize(
    ("target", "figures", "from_zero"),
    [
        ({"comparison": "at_least", "value": 90}, {"y2011": 88, "y2012": 91}, False),
        ({"comparison": "at_least", "value": 9}, {"y2011": 1, "y2012": 8}, True),
        ({"comparison": "at_least", "value": 90, "basis": "count"}, {"y2011": 88}, True),
    ],
)
def test_a_count_starts_at_zero_and_a_rate_need_not_but_says_so(target, figures, from_zero):
    one = named("g", unit=ALLEYS, target={**target, "cadence": "every_year"})
    made = trends.figure(years_of(one, *values(**figures)), EN)
    assert (made.axes[0].get_ylim()[0] == 0) == from_zero
    assert any("does not start at zero" in text for text in texts(made)) != from_zero


def test_the_axis_keeps_to_natural_limits():
    share = {"comparison": "at_least", "value": 99, "basis": "share", "cadence": "every_year"}
    one = named("g", target=share)
    (ax,) = trends.figure(years_of(one, *values(y2011=99.5, y2012=100)), EN).axes
    assert ax.get_ylim()[1] == 100


def test_each_year_of_a_trend_carries_its_own_verdict():
    others = (at_least(1, "first"), at_least(50, "second"))
    rows = [{"goal": "second", **row} for row in values(y2011=40, y2012=50, y2013=60)]
    rows.append({"goal": "first", "year": 2011, "value": 9})
    whole = plan(*others)
    assert whole.goals  # looked up before, as in a review that comes first
    found = years_of(others[1], *rows, of=whole)
    assert [v.verdict.name for v in found.verdicts[:3]] == ["not_met", "met", "exceeded"]
    assert any("2012 ● Met" in text for text in texts(trends.figure(found, EN)))


# ------------------------------------------------------------- multiples


def test_small_charts_share_the_years_and_have_an_axis_each():
    review = roads(a=(10, 20), b=(1000, 50), c=(0, 1), d=(5, 6))
    made = multiples.figure(review, review.verdicts, VI)
    dots = [line for (line,) in small_charts(made, "measured")]
    assert len(dots) == 4

    def at(line, year, value):
        return line.get_transform().transform((year, value)) / made.dpi

    columns = [
        round(at(line, 2010, 0)[0] - n % 3 * multiples.CELL, 2) for n, line in enumerate(dots)
    ]
    years = {round(at(line, 2015, 0)[0] - at(line, 2010, 0)[0], 1) for line in dots[:3]}
    assert len(set(columns[:3])) == len(years) == 1  # one margin for a row, and one scale
    assert len({round(at(line, 0, 1)[1] - at(line, 0, 0)[1], 6) for line in dots}) > 1
    tops = [round(float(area.get_transform().transform(area.get_xy())[:, 1].max()))
            for (area,) in small_charts(made, "good")]  # fmt: skip
    assert tops[0] == tops[1] == tops[2] > tops[3]


def test_small_charts_say_which_goals_they_leave_out():
    review = midterm(
        Evaluation(
            plan(at_least(5, "told"), at_least(5, "silent")),
            observations({"goal": "told", "year": 2012, "value": 6}),
        ),
        "a",
    )
    made = multiples.figure(review, review.verdicts, EN)
    assert any("1 goal without figures is not drawn." in text for text in texts(made))
    alt = trend_multiples(review, review.verdicts, EN).alt.replace("\N{NO-BREAK SPACE}", " ")
    assert "Goal told: 2012: 6%; target at least 5%" in alt
    assert "silent" not in alt


def test_small_charts_show_the_figures_of_their_own_goal():
    review = roads(a=(10, 20), b=(30, 40))
    made = multiples.figure(review, review.verdicts, EN)
    shown = [list(zip(*line.get_data(), strict=True)) for (line,) in small_charts(made, "measured")]
    assert shown == [[(2010, 10), (2013, 20)], [(2010, 30), (2013, 40)]]


def test_small_charts_draw_yearly_targets_where_the_term_has_none():
    yearly = [
        {"year": year, "comparison": "at_least", "value": year - 2000, "cadence": "every_year"}
        for year in (2011, 2012, 2013)
    ]
    review = midterm(
        Evaluation(plan(named("g", yearly=yearly)), observations(*values(y2011=9))), "a", 2013
    )
    made = multiples.figure(review, review.verdicts, EN)
    (drawn,) = small_charts(made, "target")
    assert [line.get_ydata()[0] for line in drawn] == [11, 12, 13]
    assert any("target 2013" in text for text in texts(made))


# ----------------------------------------------------- unfriendly figures


def test_nothing_to_draw_is_no_picture():
    review = midterm(
        Evaluation(plan(at_least(5)), observations({"year": 2012, "state": "missing"})), "a"
    )
    assert trend_multiples(review, review.verdicts, VI) is None
    assert trend_multiples(review, [], VI) is None
    assert trend(years_of(at_least(5), {"year": 2012, "state": "missing"}), VI) is None


SIZES = (0.0, -3.5, 1e-9, 1e15, -1e15, 49.99999)


@pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
def test_any_figure_can_be_drawn(language):
    goals = [at_least(50, f"g{n}", unit=ALLEYS) for n in range(len(SIZES))]
    rows = []
    for one, size in zip(goals, SIZES, strict=True):
        rows += [
            {"goal": one.id, "year": 2010, "value": 40},
            {"goal": one.id, "year": 2012, "value": size / 2 - 1, "vintage": "2012-12-01"},
            {"goal": one.id, "year": 2012, "value": size, "vintage": "2013-03-01"},
        ]
    found = observations(*rows)
    half = midterm(Evaluation(plan(*goals), found), "a", 2012)
    picture = trend_multiples(half, half.verdicts, language)
    assert picture is not None
    assert language.number(1e15) in picture.alt and language.number(-3.5) in picture.alt


@pytest.mark.parametrize("size", SIZES)
def test_any_figure_can_be_the_only_one_of_a_trend(size):
    picture = trend(years_of(at_least(50, unit=ALLEYS), *values(y2012=size)), VI)
    assert picture is not None and picture.alt.count("2012") == 2


@pytest.mark.parametrize("value", [0.0, -20.0, 1e12])
def test_any_target_can_be_drawn(value):
    goals = []
    for comparison in ("at_least", "at_most", "above", "below", "about"):
        better = {"better": "lower"} if comparison == "about" else {}
        target = {"comparison": comparison, "value": value, "cadence": "every_year", **better}
        goals.append(named(comparison.replace("_", "-"), unit=ALLEYS, target=target))
    rows = [{"goal": g.id, **row} for g in goals for row in values(y2011=1, y2012=-2)]
    found = observations(*rows)
    half = midterm(Evaluation(plan(*goals), found), "a", 2012)
    assert trend_multiples(half, half.verdicts, VI)


@pytest.mark.parametrize(("goals", "cells"), [(1, 2), (2, 2), (3, 3), (4, 3)])
def test_a_figure_is_as_wide_as_its_charts(goals, cells):
    """One chart alone has the room of two; nothing beside it is left empty."""
    review = roads(**dict.fromkeys("abcd"[:goals], (10, 20)))
    made = multiples.figure(review, review.verdicts, EN)
    assert round(made.get_figwidth() / multiples.CELL, 6) == cells
    widest = max(
        line.get_transform().transform((2015, 0))[0] / made.dpi
        for (line,) in small_charts(made, "measured")
    )
    assert widest > 0.85 * made.get_figwidth()
