"""Numbers as printed: never on another side of a target than the verdict, never more than needed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from examples import examples
from helpers import TEXT, goal, observations, plan
from hypothesis import given
from hypothesis import strategies as st

from planlib.evaluation import Evaluation
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.target import Target
from planlib.report.pages.annual import AnnualPage
from planlib.report.tables.annual import level_text
from planlib.report.text.numbers import exact_text, number_text, pace_number, percent
from planlib.report.text.phrases import figure_text, target_text
from planlib.report.text.progress import road_text
from planlib.report.text.sentences import new_figure, old_figure
from planlib.report.text.units import quantity_text
from planlib.review import annual, midterm
from planlib.scoring.verdict import SAME, Verdict
from planlib.verify.cells import numbers_in, says

VI, EN = Language("vi"), Language("en")
LANGUAGES = pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
LEAST_95 = {"comparison": "at_least", "value": 95, "basis": "share", "cadence": "every_year"}


def judged(target: dict[str, object], **figure: object) -> GoalVerdict:
    return annual(
        Evaluation(plan(goal(target=target)), observations({"year": 2013, **figure})), "a", 2013
    ).verdicts[0]


@LANGUAGES
def test_the_digit_that_decides_is_printed_however_far_behind_the_point(language: Language) -> None:
    short = judged(LEAST_95, numerator=9_499_999, denominator=10_000_000)
    assert short.verdict is Verdict.not_met
    mark = "," if language is VI else "."
    assert figure_text(short, language) == f"94{mark}99999"
    assert level_text(short, language) == f"99{mark}99999"  # of 95: 99.9999895


@given(
    number=st.floats(-1e12, 1e12, allow_subnormal=False),
    end=st.floats(-1e12, 1e12, allow_subnormal=False),
    apart=st.sampled_from([0.0, 2e-9, -2e-9, 1e-7, -1e-5, 1.0]),
    digits=st.integers(0, 3),
)
@examples(300)
def test_a_number_reads_as_less_equal_or_more_than_its_target_just_as_it_is(
    number: float, end: float, apart: float, digits: int
) -> None:
    for value in (number, end * (1 + apart)):
        for language in (VI, EN):
            (printed,) = numbers_in(
                number_text(value, language, digits=digits, ends=[end]), language.code
            )
            held = Decimal(repr(end))
            same = abs(value - end) <= SAME * max(abs(value), abs(end))
            assert same or (printed > held) == (value > end)
            assert same or printed != held


@LANGUAGES
@pytest.mark.parametrize("number", [1e15, 123456789.125, 1e30, 1e300, 5e-324, 0.0, -0.0001])
def test_any_number_is_printed_and_read_back_as_itself(number: float, language: Language) -> None:
    for told in (exact_text(number, language), number_text(number, language, ends=[number])):
        (printed,) = numbers_in(told, language.code)
        assert abs(printed - Decimal(repr(number))) <= Decimal("0.005")
    assert says(exact_text(number, language), language.code, [number], 0) or abs(number) < 1e-17


def test_no_digit_is_printed_that_decides_nothing() -> None:
    assert number_text(94.99999, VI, digits=1) == "95"
    assert number_text(72.2222, EN, digits=1, ends=[70.0]) == "72.2"


@LANGUAGES
def test_a_target_keeps_every_decimal_the_plan_gives_it(language: Language) -> None:
    close = {"comparison": "at_least", "value": 99.995, "basis": "share", "cadence": "every_year"}
    found = judged(close, numerator=99_996, denominator=100_000)
    assert found.verdict is Verdict.exceeded
    one = target_text(found.goal, found.target, language, unit=False)
    assert numbers_in(one, language.code) == [Decimal("99.995")]
    assert numbers_in(figure_text(found, language), language.code) == [Decimal("99.996")]
    fall = Target.model_validate(
        {"comparison": "between", "low": -7.125, "high": -5.0625, "better": "lower",
         "basis": "change", "cadence": "every_year"}
    )  # fmt: skip
    told = target_text(found.goal, fall, language, unit=False)
    assert numbers_in(told, language.code) == [Decimal("5.0625"), Decimal("7.125")]


@LANGUAGES
def test_a_figure_is_not_rounded_across_the_target_of_another_reading(language: Language) -> None:
    held = {"basis": "share", "cadence": "every_year", "comparison": "at_least"}
    one = goal(
        readings=[
            {"id": "a", "default": True, "why": TEXT, "target": {**held, "value": 90}},
            {"id": "b", "why": TEXT, "target": {**held, "value": 95}},
        ]
    )
    figures = observations({"year": 2013, "numerator": 94_999, "denominator": 100_000})
    found = annual(Evaluation(plan(one), figures), "a", 2013).verdicts[0]
    assert found.readings == {"a": "exceeded", "b": "not_met"}
    assert numbers_in(figure_text(found, language), language.code) == [Decimal("94.999")]


@LANGUAGES
def test_what_a_later_report_changed_looks_changed(language: Language) -> None:
    rows = (
        {"year": 2013, "vintage": "2014-01", "numerator": 980_001, "denominator": 1_000_000},
        {"year": 2013, "vintage": "2014-06", "numerator": 980_002, "denominator": 1_000_000},
    )
    review = annual(Evaluation(plan(goal(target=LEAST_95)), observations(*rows)), "a", 2013)
    (revision,) = review.revisions
    assert old_figure(revision, language) != new_figure(revision, language)


@LANGUAGES
def test_a_road_behind_its_schedule_is_not_printed_like_the_time_gone(language: Language) -> None:
    target = {"comparison": "at_least", "value": 100, "cadence": "by", "due": 2014}
    rows = ({"year": 2010, "value": 0}, {"year": 2013, "value": 74.996})
    (found,) = midterm(
        Evaluation(plan(goal(target=target)), observations(*rows)), "a", 2013
    ).verdicts
    assert found.time_share == 0.75 and found.schedule_index is not None
    assert found.schedule_index < 1
    assert numbers_in(road_text(found, language), language.code) == [Decimal("74.996")]
    assert percent(0.75, language).startswith("75")


def test_a_pace_above_nothing_is_never_printed_as_nothing() -> None:
    assert (pace_number(0.0004, EN), pace_number(-0.0004, VI)) == ("0.0004", "0,0004")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_sentence_says_all_were_met_above_a_part_that_was_missed(lang: str) -> None:
    whole = goal("whole", target=LEAST_95)
    part = goal("part", target=LEAST_95, part_of="whole")
    rows = (
        {"goal": "whole", "year": 2013, "numerator": 96, "denominator": 100},
        {"goal": "part", "year": 2013, "numerator": 94, "denominator": 100},
    )
    page = AnnualPage(annual(Evaluation(plan(whole, part), observations(*rows)), "a", 2013), lang)
    told = str(page.sections()).split("\n\n")[-1].splitlines()
    assert told[0].endswith(":") and ("thành phần" in told[0] or "Parts" in told[0])
    assert len(told) == 2


@pytest.mark.parametrize(
    ("lang", "number", "unit", "told"),
    [
        ("fr", 1.6, "%", "1,6 point de pourcentage"), ("fr", 0, "quartiers", "0 quartier"),
        ("fr", 2, "quartiers", "2 quartiers"), ("fr", 1e6, "quartiers", "1 000 000 quartiers"),
        ("en", 1.6, "%", "1.6 percentage points"), ("en", 1, "%", "1 percentage point"),
        ("en", -1, "alleys", "−1 alley"), ("en", 0.5, "alleys", "0.5 alleys"),
        ("vi", 1, "%", "1 điểm phần trăm"), ("vi", 1.5, "khu phố", "1,5 khu phố"),
    ],
)  # fmt: skip
def test_a_unit_is_of_one_where_the_language_says_so(
    lang: str, number: float, unit: str, told: str
) -> None:
    language = Language(lang)
    named = language("unit.points") if unit == "%" else unit
    shown = quantity_text(exact_text(number, language), named, language)
    assert re.sub("[\u00a0\u202f]", " ", shown) == told
