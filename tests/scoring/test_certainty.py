"""How sure verdicts are: worked by hand, and in figures made up with errors that are known."""

from __future__ import annotations

from math import log1p, pi, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from certain import areas, held, in_bin, judged, many, scored
from helpers import TEXT, goal, observations, plan
from scipy.stats import beta, gamma

from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.plan import Plan
from planlib.scoring.certainty.errors import error_columns
from planlib.scoring.certainty.lessons import learn
from planlib.scoring.panel import Panel
from planlib.scoring.time.along import score_goal
from planlib.scoring.verdict import Verdict

LEAST = {"comparison": "at_least", "value": 90, "cadence": "every_year"}
SHARE = LEAST | {"basis": "share"}
normal = NormalDist()


def of(target: dict[str, Any], *rows: dict[str, Any], tolerance: Any = None, **more: Any) -> float:
    """How sure the verdict of 2012 is; NaN where that is not known."""
    made = plan(goal(target=target, **more), tolerance=tolerance)
    scores = scored(made, observations(*({"year": 2012} | row for row in rows)), years=(2012,))
    return float(scores.certainty[0, 0])


def test_a_figure_printed_as_its_target_is_as_often_rounded_up_as_down() -> None:
    assert of(LEAST, {"year": 2011, "value": 88.3}, {"value": 90}) == 0.5  # 89.95 to 90.05
    assert of(LEAST, {"value": 89.9}) == of(LEAST, {"value": 90.1}) == 1.0
    # Between 61.95 and 62.05 against a range up to 62: half of it is beyond
    band = {"comparison": "between", "low": 60, "high": 62, "cadence": "every_year"}
    assert of(band, {"year": 2011, "value": 60.5}, {"value": 62}) == 0.5


def test_a_whole_number_alone_is_not_known_to_be_rounded() -> None:
    assert np.isnan(of(LEAST, {"value": 90}))
    assert np.isnan(of(LEAST, {"value": 90}, {"year": 2011, "value": 85}))


def test_an_interval_beside_a_figure_is_taken_at_its_level() -> None:
    row = {"value": 91, "low": 89, "high": 93}
    at_95 = normal.cdf(1 / (2 / 1.959964))
    assert of(LEAST, row) == pytest.approx(at_95, abs=1e-6)
    at_90 = normal.cdf(1 / (2 / 1.644854))
    assert of(LEAST, row, interval_level=90) == pytest.approx(at_90, abs=1e-6)
    uneven = {"value": 91, "low": 90, "high": 95}  # the way to the target is on the lower side
    assert of(LEAST, uneven) == pytest.approx(0.975, abs=1e-9)


def test_a_figure_told_as_an_interval_lies_anywhere_in_it() -> None:
    assert of(LEAST, {"low": 89, "high": 93}) == pytest.approx(0.25)  # missed, by its worse end
    assert of(LEAST, {"low": 90, "high": 93}) == 1.0
    assert np.isnan(of(LEAST, {"low": 91}))  # open to one side


def test_a_share_is_as_sure_as_its_counts() -> None:
    row = {"numerator": 95, "denominator": 100}
    assert of(SHARE, row) == pytest.approx(beta.sf(0.9, 95.5, 5.5))
    assert of(SHARE, {"numerator": 43, "denominator": 50}) == pytest.approx(
        beta.cdf(0.9, 43.5, 7.5)
    )
    growth = {"comparison": "at_least", "value": 5, "basis": "growth", "cadence": "every_year"}
    assert of(growth, {"numerator": 12, "denominator": 200}) == pytest.approx(gamma.sf(10, 12.5))
    assert np.isnan(of(SHARE, row, complete_counts=True))  # everybody was counted


def test_all_of_all_is_taken_at_its_word_where_all_are_asked_for() -> None:
    everybody = SHARE | {"value": 100}
    assert np.isnan(of(everybody, {"numerator": 20, "denominator": 20}))
    assert of(everybody, {"numerator": 19, "denominator": 20}) == 1.0
    nobody = {"comparison": "at_most", "value": 0, "cadence": "every_year"}
    assert np.isnan(of(nobody, {"year": 2011, "value": 0.4}, {"value": 0}))


def test_a_tolerance_makes_verdicts_of_its_own() -> None:
    # 86 ± 1: not met below 85.5, nearly met to 90
    row = {"value": 86, "low": 86 - 1.959964, "high": 86 + 1.959964}
    sure = of(LEAST, row, tolerance={"percent": 5})
    assert sure == pytest.approx(normal.cdf(4) - normal.cdf(-0.5), abs=1e-6)


def lessons(*pairs: tuple[float, float], target: dict[str, Any] = LEAST) -> tuple[Plan, Any]:
    """Figures of areas reported a year later and again three years after, and one reported once."""
    rows = []
    for at, (was, now) in enumerate(pairs):
        place = {"area": f"x{at}", "year": 2011}
        rows += [place | {"vintage": "2012-06-01", "value": was}]
        rows += [place | {"vintage": "2015-06-01", "value": now}]
    rows.append({"area": "a", "year": 2012, "vintage": "2013-06-01", "value": 92})
    return plan(goal(target=target)), observations(*rows)


def test_revisions_are_learned_from_figures_reported_again() -> None:
    made, figures = lessons((80, 81), (70, 69), (75, 77), (60, 60))
    learned = learn(made, figures.frame)["g"]
    assert (learned.reports, learned.revised, learned.points) == (4, 3, True)
    young, *_, whole = learned.habits
    # of all: 3.5 of 5 are revised, the median 1 shifts by 3 / 53, sizes about it add up to 4 - shift
    shift = 3 / 53
    size = (4 - shift) / 3
    seen = (0.8453475 - (1 + shift) / size) / (0.8453475 - 0.5773503)
    assert seen > 0.0
    tail = (3 * seen + 10 * 0.5) / 13
    assert whole == pytest.approx((3.5 / 5, shift, size, tail), abs=1e-6)
    # all were told in their first year, and teach it a second time
    again = (3 * 1 + 50 * shift) / 53
    mean = (4 - again) / 3
    seen = max((0.8453475 - (1 + again) / mean) / (0.8453475 - 0.5773503), 0.0)
    right = ((3 + 10 * 0.7) / 14, again, (4 - again + 10 * size) / 13, (3 * seen + 10 * tail) / 13)
    assert young == pytest.approx(right, abs=1e-6)
    scores = scored(made, figures, years=(2012,))
    apart = -2 - young.shift
    tailed = 0.5 * (1 + apart / sqrt(young.size**2 + apart**2))
    plain = normal.cdf(apart / (young.size * sqrt(pi / 2)))
    short = young.tail * tailed + (1 - young.tail) * plain
    assert scores.certainty[0, 0] == pytest.approx(1 - young.chance * short)


def test_no_later_report_teaches_anything_of_an_earlier_day() -> None:
    made, figures = lessons((80, 81), (70, 69), (75, 77))
    before = scored(made, figures, years=(2012,), as_of="2014-01-01")
    assert np.isnan(before.certainty[0, 0])
    changed = figures.frame.copy()
    later = changed["vintage"].to_numpy() == changed["vintage"].max()
    changed.loc[later, "value"] = 20.0
    known = type(figures)(changed)
    again = scored(made, known, years=(2012,), as_of="2014-01-01")
    assert np.array_equal(before.chances, again.chances, equal_nan=True)
    assert np.array_equal(before.sources, again.sources)
    assert learn(made, figures.frame, None) != learn(made, known.frame, None)


def test_figures_that_were_never_revised_teach_nothing() -> None:
    made, figures = lessons((80, 80), (70, 70))
    assert learn(made, figures.frame)["g"].reports == 2
    assert np.isnan(scored(made, figures, years=(2012,)).certainty[0, 0])


def test_a_goal_never_reported_twice_learns_of_three_others_measured_alike() -> None:
    names = ("b", "c", "d")
    made = plan(*(goal(name, target=LEAST) for name in names), goal(target=LEAST))
    rows = [
        {"goal": name, "year": 2011, "vintage": f"{2012 + later}", "value": 80 + later * by}
        for name, by in zip(names, (1, 2, 4), strict=True)
        for later in (0, 1)
    ]
    figures = observations(*rows, {"year": 2012, "vintage": "2013", "value": 95})
    found = learn(made, figures.frame)["g"]
    assert (found.reports, found.revised) == (0, 0)
    assert found.habits[0] == pytest.approx((1.0, 0.0, 2.0, 0.5))
    fewer = [row for row in rows if row["goal"] != "d"]
    alone = learn(made, observations(*fewer, {"year": 2012, "value": 95}).frame)["g"]
    assert np.isnan(alone.habits[0].chance)


def test_amounts_are_revised_in_percent_of_themselves() -> None:
    made = plan(goal(target=LEAST, unit=TEXT))
    rows = [{"year": 2011, "vintage": "2012", "value": 200}]
    rows += [{"year": 2011, "vintage": "2013", "value": 210}]
    found = learn(made, observations(*rows).frame)["g"]
    assert not found.points
    assert found.habits[-1].size == pytest.approx(0.05 - 0.05 / 51)


def test_a_change_is_as_unsure_as_both_its_figures() -> None:
    fall = {"comparison": "at_most", "value": -3, "basis": "change", "cadence": "every_year"}
    z = 1.959964
    rows = [
        {"year": 2011, "value": 200, "low": 200 - 4 * z, "high": 200 + 4 * z},
        {"value": 190, "low": 190 - 3 * z, "high": 190 + 3 * z},
    ]
    error = sqrt(1.5**2 + 1.9**2)  # the docstring of planlib.scoring.certainty.spread
    assert of(fall, *rows) == pytest.approx(normal.cdf(2 / error), abs=1e-6)
    since = fall | {"basis": "change_since"}
    stated = {"baseline": {"year": 2010, "value": 200, "source": "text"}}
    assert of(since, rows[1], **stated) == pytest.approx(normal.cdf(2 / 1.5), abs=1e-6)
    apart = fall | {"basis": "difference_since"}
    assert of(apart, rows[1], unit=TEXT, **stated) == pytest.approx(normal.cdf(7 / 3), abs=1e-6)


def test_a_total_is_as_unsure_as_all_its_years() -> None:
    total = {"comparison": "at_least", "value": 50, "basis": "count", "cadence": "over_term"}
    z = 1.959964
    made = plan(goal(target=total, unit=TEXT), first=2011, last=2013)
    rows = [
        {"year": y, "value": 18, "low": 18 - 2 * z, "high": 18 + 2 * z} for y in range(2011, 2014)
    ]
    scores = scored(made, observations(*rows), term=True)
    assert scores.certainty[0, 0] == pytest.approx(normal.cdf(4 / sqrt(12)), abs=1e-6)


def test_a_share_of_totals_is_of_all_that_were_counted() -> None:
    share = SHARE | {"cadence": "over_term"}
    made = plan(goal(target=share), first=2011, last=2012)
    rows = [{"year": 2011, "numerator": 45, "denominator": 48}]
    rows += [{"year": 2012, "numerator": 50, "denominator": 54}]
    scores = scored(made, observations(*rows), term=True)
    assert scores.certainty[0, 0] == pytest.approx(beta.sf(0.9, 95.5, 102 - 95 + 0.5))


def test_of_many_figures_few_are_revised() -> None:
    """Brute force: each of five yearly amounts is revised or not, by itself, and all are added up."""
    total = {"comparison": "at_most", "value": 5150, "basis": "count", "cadence": "over_term"}
    made = plan(goal(target=total, unit=TEXT), first=2011, last=2015)
    rows = []
    for at in range(60):
        place = {"area": f"x{at}", "year": 2011}
        rows += [place | {"vintage": "2012-06-01", "value": 1000}]
        rows += [place | {"vintage": "2014-06-01", "value": 1000 + (at % 5 == 0) * 70 * (-1) ** at}]
    rows += [{"year": y, "vintage": f"{y + 1}-06-01", "value": 1000} for y in range(2011, 2016)]
    figures = observations(*rows)
    scores = scored(made, figures, term=True)
    habit = learn(made, figures.frame)["g"].habits[0]
    rng = np.random.default_rng(7)
    shape = 5, 40_000
    tailed = rng.random(shape) < habit.tail
    step = np.where(tailed, rng.standard_t(2, shape) / sqrt(2), rng.normal(0, sqrt(pi / 2), shape))
    moved = (rng.random(shape) < habit.chance) * (habit.shift + habit.size * step)
    right = float(((1000 * (1 + moved)).sum(axis=0) <= 5150).mean())
    assert scores.certainty[0, 0] == pytest.approx(right, abs=0.03)
    # and not as if all five were revised whenever one is
    assert normal.cdf(150 / (1000 * habit.size * sqrt(5 * pi / 2))) < right - 0.05


def test_a_total_of_intervals_is_not_anywhere_between_all_their_ends() -> None:
    total = {"comparison": "at_least", "value": 50, "basis": "count", "cadence": "over_term"}
    made = plan(goal(target=total, unit=TEXT), first=2011, last=2015)
    rows = [{"year": y, "low": 9, "high": 13} for y in range(2011, 2016)]
    scores = scored(made, observations(*rows), term=True)
    assert Verdict(int(scores.verdict[0, 0])) is Verdict.not_met  # 45 to 65, by the worse end
    # 55, each year within 2 alike: the variance is 5 · 2² / 3
    right = normal.cdf(-5 / sqrt(20 / 3))
    assert scores.certainty[0, 0] == pytest.approx(right, abs=1e-6)


def test_a_change_to_an_interval_is_anywhere_in_it() -> None:
    fall = {"comparison": "at_most", "value": -5, "basis": "change", "cadence": "every_year"}
    # From 1000 to between 900 and 960: a fall of 5 % or more is 50 of those 60
    sure = of(fall, {"year": 2011, "value": 1000}, {"low": 900, "high": 960})
    assert sure == pytest.approx(10 / 60)  # missed, by the worse end


def test_a_year_of_nobody_takes_nothing_from_a_total() -> None:
    years = range(2011, 2015)
    nobody = {"year": 2015, "value": 0, "numerator": 0, "denominator": 0}
    share = plan(goal(target=SHARE | {"cadence": "over_term"}))
    rows = [{"year": y, "numerator": 9, "denominator": 10} for y in years]
    scores = scored(share, observations(*rows, nobody), term=True)
    assert scores.certainty[0, 0] == pytest.approx(beta.sf(0.9, 36.5, 4.5))
    quota = {"comparison": "at_least", "value": 100, "basis": "quota", "cadence": "over_term"}
    rows = [{"year": y, "value": 50.5, "assigned": 50} for y in years]
    none = {"year": 2015, "value": 0, "assigned": 0}
    scores = scored(plan(goal(target=quota)), observations(*rows, none), term=True)
    assert scores.certainty[0, 0] == 1.0  # 202 of 200, rounded by 0.05 in each year


def test_no_difference_is_no_natural_limit() -> None:
    row = {"value": 91, "low": 90, "high": 92}
    kept = {"comparison": "maintain", "better": "higher", "cadence": "every_year"}
    for limits in ({}, {"limits": {"low": 0, "high": 100}}):
        assert of(kept, row | {"year": 2010}, row, **limits) == pytest.approx(0.5)
    still = {"comparison": "at_most", "value": 0, "basis": "change", "cadence": "every_year"}
    assert of(still, row | {"year": 2011}, row) == pytest.approx(0.5)
    # a figure does not differ from itself
    assert np.isnan(of(kept | {"since": 2012}, row))


def test_zero_is_no_limit_of_figures_that_may_be_less() -> None:
    balance = {"comparison": "at_least", "value": 0, "cadence": "every_year"}
    assert of(balance, {"value": 0, "low": -1, "high": 1}, unit=TEXT) == pytest.approx(0.5)
    assert np.isnan(of(balance, {"value": 0, "low": -1, "high": 1}, unit=TEXT, limits={"low": 0}))
    none = {"comparison": "at_most", "value": 0, "basis": "level", "cadence": "over_term"}
    made = plan(goal(target=none, unit=TEXT), first=2011, last=2012)
    rows = [{"year": y, "value": 0.0} for y in (2011, 2012)]
    scores = scored(made, observations(*rows, {"year": 2010, "value": 0.4}), term=True)
    assert np.isnan(scores.certainty[0, 0])  # nothing at all was rounded away


def test_an_interval_may_end_at_its_figure_and_at_the_target() -> None:
    ends_below, ends_above = (
        {"value": 90, "low": 90, "high": 94},
        {"value": 90, "low": 86, "high": 90},
    )
    most = LEAST | {"comparison": "at_most"}
    assert (of(LEAST, ends_below), of(most, ends_below)) == (1.0, 0.5)
    assert (of(LEAST, ends_above), of(most, ends_above)) == (0.5, 1.0)
    band = {"comparison": "between", "low": 80, "high": 90, "cadence": "every_year"}
    assert of(band, ends_above) == pytest.approx(1.0)
    assert of(LEAST | {"comparison": "above"}, ends_below) == 0.5  # not above 90: half is 90 itself


def test_years_that_must_all_be_reached_are_as_sure_as_all_together() -> None:
    made = plan(goal(target=SHARE), first=2011, last=2012)
    good = [{"year": y, "numerator": 95, "denominator": 100} for y in (2011, 2012)]
    one = beta.sf(0.9, 95.5, 5.5)
    scores = scored(made, observations(*good), term=True)
    assert Verdict(int(scores.verdict[0, 0])) is Verdict.exceeded
    assert scores.certainty[0, 0] == pytest.approx(one**2)
    bad = [good[0], {"year": 2012, "numerator": 80, "denominator": 100}]
    missed = beta.cdf(0.9, 80.5, 20.5)
    scores = scored(made, observations(*bad), term=True)
    assert scores.certainty[0, 0] == pytest.approx(1 - one * (1 - missed))


def test_a_quarterly_figure_takes_its_errors_into_the_year() -> None:
    yearly = plan(goal(target=LEAST | {"basis": "count"}, unit=TEXT), first=2012, last=2012)
    header = yearly.header.model_copy(update={"periods": Frequency.quarter})
    made = Plan(header=header, sections=yearly.sections)
    z = 1.959964
    quarters = Calendar(Frequency.quarter).parts(2012, Frequency.quarter)
    rows = [{"year": q, "value": 23.5, "low": 23.5 - 2 * z, "high": 23.5 + 2 * z} for q in quarters]
    figures = observations(*({**row, "year": 2012} for row in rows))
    figures.frame["year"] = np.array(quarters, np.int32)
    panel = Panel(made, figures).with_errors(
        error_columns(made, figures.frame, learn(made, figures.frame))
    )
    year = panel.along(Frequency.year)
    scores = score_goal(year, year.version(made.goal("g")), (2012,), None)
    # 94 ± √(4 · 2²), and four roundings to 0.1
    rounding = 4 * 0.05**2 / 3
    assert scores.certainty[0, 0] == pytest.approx(normal.cdf(4 / sqrt(16 + rounding)), abs=1e-4)


def test_a_yes_or_no_has_no_certainty() -> None:
    done = {"comparison": "done", "cadence": "every_year"}
    assert np.isnan(of(done, {"value": 1}))


# ---------------------------------------------------------------- in figures made up


def test_of_samples_called_ninety_percent_sure_ninety_percent_hold() -> None:
    rng = np.random.default_rng(1)
    size = 30_000
    true, tried = rng.uniform(0.7, 0.99, size), rng.integers(20, 800, size)
    figures = many(area=areas(size), numerator=rng.binomial(tried, true), denominator=tried)
    scores = scored(plan(goal(target=SHARE)), figures, years=(2012,))
    final = np.where(true > 0.9, Verdict.exceeded, Verdict.not_met)
    count, called, kept = in_bin(scores.certainty[:, 0], held(judged(scores), final))
    assert count > 1000
    assert called == pytest.approx(0.9, abs=0.01)
    assert 0.87 <= kept <= 0.93


def test_of_estimates_with_an_interval_and_rounding_ninety_percent_hold() -> None:
    rng = np.random.default_rng(2)
    size = 30_000
    true, error = rng.uniform(80, 100, size), rng.uniform(0.02, 3, size)
    seen = true + rng.normal(0, error)
    ends = {"low": seen - 1.96 * error, "high": seen + 1.96 * error}
    printed = seen.round(1)
    figures = many(area=areas(size), value=printed, **ends)
    scores = scored(plan(goal(target=LEAST)), figures, years=(2012,))
    final = np.where(true > 90, Verdict.exceeded, Verdict.not_met)
    count, _, kept = in_bin(scores.certainty[:, 0], held(judged(scores), final))
    assert count > 600
    assert 0.87 <= kept <= 0.93


@pytest.mark.parametrize("tails", ["normal", "laplace", "student"])
def test_of_figures_still_to_be_revised_ninety_percent_hold(tails: str) -> None:
    """Half the areas teach, the other half were reported once; each kind of revision is tried."""
    rng = np.random.default_rng(3)
    size = 20_000
    first = rng.uniform(80, 100, size).round(1)
    step = {
        "normal": rng.normal(0.4, 1.5, size),
        "laplace": rng.laplace(0.4, 1.2, size),
        "student": 0.4 + rng.standard_t(3, size),
    }[tails]
    last = (first + np.where(rng.random(size) < 0.5, step, 0)).round(1)
    place, taught = areas(size), np.arange(size) < size // 2
    figures = many(
        area=np.append(place, place[taught]),
        value=np.append(first, last[taught]),
        vintage=np.append(np.repeat("2013-03-31", size), np.repeat("2015-03-31", size // 2)),
    )
    scores = scored(plan(goal(target=LEAST)), figures, years=(2012,))
    ask = ~taught
    final = np.where(last > 90, 0, np.where(last == 90, 1, 3))
    kept = held(scores.verdict[:, 0], final)
    count, _, share = in_bin(scores.certainty[ask, 0], kept[ask], 0.86, 0.94)
    assert count > 250
    assert 0.87 <= share <= 0.93


def test_the_chance_of_no_revision_adds_up_over_parts() -> None:
    made, figures = lessons((80, 81), (70, 69), (75, 77))
    learned = learn(made, figures.frame)
    errors = error_columns(made, figures.frame, learned)
    last = len(figures.frame) - 1
    assert errors["quiet"][last] == pytest.approx(log1p(-learned["g"].habits[0].chance))
