"""Targets, figures and findings in words, each against a sentence written by hand."""

from __future__ import annotations

from functools import cache

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.target import Target
from planlib.report.text import progress, sentences
from planlib.report.text.derivation import made_sentences
from planlib.report.text.phrases import figure_text, held_text, target_text
from planlib.report.text.remarks import remark_text
from planlib.review import annual, midterm
from planlib.scoring.rollup import Counted, Rollup, roll_up
from planlib.scoring.verdict import Verdict

VI, EN = Language("vi"), Language("en")
SPACE = "\N{NO-BREAK SPACE}"
MEMBERS = [{"id": f"kp-{n}", "name": TEXT} for n in range(6)]
CASES = {"vi": "vụ", "en": "cases"}


def told(text: str) -> str:
    return text.replace(SPACE, " ")


def made(unit: object = "%", **target: object) -> tuple[Goal, Target]:
    one = goal(unit=unit, target={"cadence": "every_year", **target})
    return one, one.main_target()


TARGETS: list[tuple[dict[str, object], str, str]] = [
    ({"comparison": "at_least", "value": 90, "basis": "share"}, "từ 90% trở lên", "at least 90%"),
    ({"comparison": "at_least", "value": 100, "basis": "share"}, "100%", "100%"),
    ({"comparison": "above", "value": 80, "basis": "share"}, "trên 80%", "over 80%"),
    ({"comparison": "at_most", "value": 10, "basis": "share"}, "không quá 10%", "at most 10%"),
    ({"comparison": "below", "value": 4}, "dưới 4%", "under 4%"),
    ({"comparison": "between", "low": 6.6, "high": 6.8}, "6,6–6,8%", "6.6–6.8%"),
    ({"comparison": "between", "low": -2, "high": 3}, "−2 đến 3%", "−2 to 3%"),
    ({"comparison": "about", "value": 4, "better": "lower"}, "khoảng 4%", "about 4%"),
    (
        {"comparison": "at_least", "value": 100, "basis": "quota"},
        "100% chỉ tiêu giao",
        "100% of the assigned figure",
    ),
    (
        {"comparison": "at_least", "value": 105, "basis": "quota"},
        "từ 105% chỉ tiêu giao trở lên",
        "at least 105% of the assigned figure",
    ),
    (
        {"comparison": "above", "value": 100, "basis": "quota"},
        "trên 100% chỉ tiêu giao",
        "over 100% of the assigned figure",
    ),
    (
        {"comparison": "at_most", "value": 100, "basis": "quota"},
        "không quá 100% chỉ tiêu giao",
        "at most 100% of the assigned figure",
    ),
    ({"comparison": "at_most", "value": 1, "basis": "growth"}, "không quá 1%", "at most 1%"),
    ({"comparison": "at_least", "value": 3, "basis": "growth"}, "từ 3% trở lên", "at least 3%"),
    (
        {"comparison": "between", "low": -7, "high": -5, "better": "lower", "basis": "change"},
        "giảm 5–7% so với năm trước",
        "a fall of 5–7% on the year before",
    ),
    (
        {"comparison": "at_most", "value": -5, "basis": "change"},
        "giảm từ 5% trở lên so với năm trước",
        "a fall of at least 5% on the year before",
    ),
    (
        {"comparison": "below", "value": -5, "basis": "change"},
        "giảm trên 5% so với năm trước",
        "a fall of over 5% on the year before",
    ),
    (
        {"comparison": "at_least", "value": -5, "basis": "change"},
        "giảm không quá 5% so với năm trước",
        "a fall of at most 5% on the year before",
    ),
    (
        {"comparison": "above", "value": -5, "basis": "change"},
        "giảm dưới 5% so với năm trước",
        "a fall of under 5% on the year before",
    ),
    (
        {"comparison": "about", "value": -5, "better": "lower", "basis": "change"},
        "giảm khoảng 5% so với năm trước",
        "a fall of about 5% on the year before",
    ),
    (
        {"comparison": "at_least", "value": 5, "basis": "change"},
        "tăng từ 5% trở lên so với năm trước",
        "a rise of at least 5% on the year before",
    ),
    (
        {"comparison": "between", "low": 2, "high": 3, "basis": "change"},
        "tăng 2–3% so với năm trước",
        "a rise of 2–3% on the year before",
    ),
    (
        {"comparison": "between", "low": -2, "high": 3, "basis": "change"},
        "từ giảm 2% đến tăng 3% so với năm trước",
        "from a fall of 2% to a rise of 3% on the year before",
    ),
    (
        {"comparison": "at_most", "value": 0, "basis": "change"},
        "không tăng so với năm trước",
        "no rise on the year before",
    ),
    (
        {"comparison": "at_least", "value": 0, "basis": "change"},
        "không giảm so với năm trước",
        "no fall on the year before",
    ),
]
COUNTS: list[tuple[dict[str, object], str, str]] = [
    ({"comparison": "at_most", "value": 0}, "0 vụ", "0 cases"),
    ({"comparison": "at_most", "value": 2}, "không quá 2 vụ", "at most 2 cases"),
    ({"comparison": "at_least", "value": 1}, "từ 1 vụ trở lên", "at least 1 case"),
    ({"comparison": "at_least", "value": 1300}, "từ 1.300 vụ trở lên", "at least 1,300 cases"),
    ({"comparison": "between", "low": 15, "high": 20}, "15–20 vụ", "15–20 cases"),
    ({"comparison": "all_of", "members": MEMBERS}, "đủ 6/6 vụ", "all 6/6 cases"),
]


@pytest.mark.parametrize(("given", "vi", "en"), TARGETS)
def test_a_target_reads_like_a_plan_cell(given: dict[str, object], vi: str, en: str) -> None:
    one, target = made(**given)
    assert told(target_text(one, target, VI)) == vi
    assert told(target_text(one, target, EN)) == en


@pytest.mark.parametrize(("given", "vi", "en"), COUNTS)
def test_a_target_of_a_count_carries_its_unit(given: dict[str, object], vi: str, en: str) -> None:
    one, target = made(unit=CASES, basis="count", **given)
    assert told(target_text(one, target, VI)) == vi
    assert told(target_text(one, target, EN)) == en


def test_a_yes_no_target_and_a_year_without_one() -> None:
    one, target = made(comparison="done")
    assert (target_text(one, target, VI), target_text(one, target, EN)) == ("có", "yes")
    assert target_text(one, None, VI) == "không đặt chỉ tiêu"


def test_a_unit_never_parts_from_its_number() -> None:
    one, target = made(CASES, comparison="at_least", value=90)
    assert target_text(one, target, VI) == f"từ 90{SPACE}vụ trở lên"
    one, target = made(comparison="at_least", value=90, basis="share")
    told_so = [target_text(one, target, Language(lang)) for lang in ("vi", "en", "fr")]
    assert told_so == ["từ 90% trở lên", "at least 90%", "au moins 90\N{NARROW NO-BREAK SPACE}%"]


def test_a_column_with_units_leaves_them_out_of_the_target() -> None:
    one, target = made(comparison="at_least", value=100, basis="quota")
    assert target_text(one, target, VI, unit=False) == "100"
    one, target = made(comparison="below", value=4)
    assert target_text(one, target, VI, unit=False) == "dưới 4"


def verdict(target: dict[str, object], *rows: dict[str, object], unit: object = "%") -> GoalVerdict:
    one = goal(unit=unit, target={"cadence": "every_year", **target})
    figures = observations(*({"year": 2013, **row} for row in rows))
    return annual(Evaluation(plan(one), figures), "a", 2013).verdicts[0]


LEAST = {"comparison": "at_least", "value": 70, "basis": "share"}


def test_a_share_has_one_decimal_and_never_rounds_across_its_target() -> None:
    assert figure_text(verdict(LEAST, {"value": 72.2222}), VI) == "72,2"
    assert figure_text(verdict(LEAST, {"value": 69.96}), VI) == "69,96"
    assert told(figure_text(verdict(LEAST, {"value": 70.0}), EN, unit=True)) == "70%"


def test_a_figure_keeps_the_digits_of_its_source() -> None:
    level = {"comparison": "at_least", "value": 41.85}
    assert figure_text(verdict(level, {"value": 41.85}), VI) == "41,85"
    assert figure_text(verdict(level, {"value": 42}), VI) == "42"


def test_an_estimate_says_so() -> None:
    found = verdict(LEAST, {"value": 75.5, "state": "estimate"})
    assert (figure_text(found, VI), figure_text(found, EN)) == ("ước 75,5", "est. 75.5")


def test_an_interval_is_told_with_both_ends_or_the_one_there_is() -> None:
    level = {"comparison": "between", "low": 60, "high": 62}
    assert told(figure_text(verdict(level, {"low": 61, "high": 62}), VI, unit=True)) == "61–62%"
    assert figure_text(verdict(level, {"low": 61}), VI) == "từ 61 trở lên"
    assert figure_text(verdict(level, {"high": 0}), EN) == "0 or less"


def test_an_end_that_is_not_part_of_the_figure_is_told_so() -> None:
    level = {"comparison": "between", "low": 60, "high": 62}
    for ends, vi, en in (
        ({"high": 5, "exclusive": "high"}, "dưới 5", "under 5"),
        ({"low": 90, "exclusive": "low"}, "trên 90", "over 90"),
        ({"low": 61, "high": 62, "exclusive": "high"}, "61–<62", "61–<62"),
        ({"low": 61, "high": 62, "exclusive": "both"}, ">61–<62", ">61–<62"),
    ):
        found = verdict(level, ends)
        assert (figure_text(found, VI), figure_text(found, EN)) == (vi, en)


def test_words_of_the_source_are_kept_for_those_who_read_them() -> None:
    level = {"comparison": "below", "value": 3}
    found = verdict(level, {"high": 0, "words": "Xuất siêu"})
    assert (figure_text(found, VI), figure_text(found, EN)) == ("Xuất siêu", "0 or less")
    found = verdict(level, {"low": 1, "high": 1.5, "words": "1-1,5%"})
    assert (figure_text(found, VI), figure_text(found, EN)) == ("1–1,5", "1–1.5")


def test_a_missing_figure_is_its_word() -> None:
    assert figure_text(verdict(LEAST, {"state": "missing"}), VI) == "chưa có số liệu"
    assert figure_text(verdict(LEAST, {"state": "suppressed"}), VI) == "không công bố"
    assert figure_text(verdict(LEAST, {"state": "not_applicable"}), EN) == "not applicable"


def test_yes_no_and_members_are_told_as_such() -> None:
    done = {"comparison": "done", "basis": "level"}
    assert figure_text(verdict(done, {"value": 1}), VI) == "có"
    assert figure_text(verdict(done, {"value": 0}), EN) == "no"
    every = {"comparison": "all_of", "members": MEMBERS, "basis": "count"}
    rows = [{"member": f"kp-{n}", "value": float(n < 2)} for n in range(6)]
    assert told(figure_text(verdict(every, *rows, unit=CASES), VI, unit=True)) == "2/6 vụ"


def test_a_fall_is_told_as_a_fall() -> None:
    change = {"comparison": "at_most", "value": -5, "basis": "change"}
    found = verdict(change, {"year": 2012, "value": 62}, {"value": 60})
    assert (figure_text(found, VI), figure_text(found, EN)) == ("giảm 3,2", "down 3.2")
    found = verdict(change, {"year": 2012, "value": 60}, {"value": 63})
    assert told(figure_text(found, VI, unit=True)) == "tăng 5%"


def rollup(*verdicts: Verdict, floor: float = 0.8) -> Rollup:
    shares = {Verdict.exceeded: 1.0, Verdict.met: 1.0, Verdict.not_met: 0.5}
    return roll_up((Counted(str(n), v, shares.get(v)) for n, v in enumerate(verdicts)), floor)


def test_the_headline_counts_in_the_order_of_the_office() -> None:
    some = rollup(Verdict.met, Verdict.not_met, Verdict.exceeded, Verdict.no_data, Verdict.not_due)
    assert told(sentences.headline(some, VI, year=2013)) == (
        "Năm 2013: đạt và vượt 2/3 chỉ tiêu đã đánh giá được; cụ thể: vượt 1, đạt 1, "
        "không đạt 1, chưa đến hạn 1, chưa có số liệu 1."
    )
    assert told(sentences.headline(some, EN, year=2013, term=True)) == (
        "By the end of 2013, 2 of the 3 targets judged came out met or exceeded: 1 exceeded, "
        "1 met, 1 missed, 1 not due, 1 without data."
    )


def test_a_headline_without_figures_and_one_before_anything_is_due() -> None:
    blind = sentences.headline(rollup(Verdict.no_data, Verdict.no_data), VI, year=2011)
    assert blind.startswith("Năm 2011: chưa có gì để đánh giá vì thiếu số liệu")
    early = sentences.headline(rollup(Verdict.not_due), EN, year=2011)
    assert early == "In 2011, there is nothing to judge yet, and no figure is due: 1 not due."
    empty = rollup()
    assert sentences.reached_of_judged(empty, VI) == "chưa có gì để đánh giá"
    assert "no coverage" in sentences.coverage_sentence(empty, EN)


def test_a_mean_comes_with_its_bounds_or_with_the_reason_why_not() -> None:
    one = plan(goal(target={"comparison": "done", "cadence": "every_year"}))
    full = rollup(Verdict.met, Verdict.not_met)
    assert "75%" in told(sentences.mean_sentence(full, one, VI))
    thin = rollup(Verdict.met, Verdict.no_data)
    held = told(sentences.mean_sentence(thin, one, VI))
    assert held.startswith("Không nêu mức hoàn thành bình quân")
    assert "80%" in held and "từ 50% đến 100%" in held
    assert sentences.mean_sentence(rollup(Verdict.not_due), one, EN).startswith("No target has")


@cache
def ward() -> Evaluation:
    return evaluate("ward-2010-2015")


def test_a_revision_is_told_with_both_figures_and_both_verdicts() -> None:
    found = {r.verdict.goal.id: r for r in annual(ward(), "ward-01", 2013).revisions}
    assert told(sentences.revision_sentence(found["third-births"], VI)) == (
        "Tỷ lệ sinh con thứ ba: ước 2,7 → 3,1; từ Đạt sang Không đạt"
    )
    same = sentences.revision_sentence(found["case-clearance"], EN)
    assert same == "Case clearance rate: est. 71.6 → 72.2; still Exceeded"


def test_the_road_is_held_against_the_time_gone() -> None:
    review = midterm(ward(), "ward-01")
    found = {v.goal.id: v for v in review.verdicts}
    assert told(progress.road_sentence(found["poor-households"], VI) or "") == (
        "Tỷ lệ hộ nghèo (thu nhập dưới 12 triệu đồng/người/năm): mới đi 39,8% chặng đường "
        "khi thời gian đã qua 60%"
    )
    assert progress.road_sentence(found["tax-revenue"], VI) is None
    late = progress.road_sentence(found["staff-qualified"], VI) or ""
    assert late.endswith("đã hết hạn mà không đạt")


def test_the_pace_is_asked_for_in_natural_units() -> None:
    members = {"vi": "đảng viên", "en": "members"}
    band = {"comparison": "between", "low": 15, "high": 20, "cadence": "over_term"}
    one = plan(goal(unit=members, target={**band, "basis": "count"}))
    review = midterm(
        Evaluation(one, observations({"year": 2011, "value": 3}, {"year": 2012, "value": 4})),
        "a",
        2012,
    )
    pace = progress.pace_sentence(review.verdicts[0], review, VI)
    assert told(pace or "") == "chữ: cần thêm 2,7 đảng viên mỗi năm (3 năm còn lại)"
    pace = progress.pace_sentence(review.verdicts[0], review, EN)
    assert told(pace or "") == "text: needs 2.7 members more each year (3 years left)"
    found = {v.goal.id: v for v in midterm(ward(), "ward-01").verdicts}
    fall = told(
        progress.pace_sentence(found["poor-households"], midterm(ward(), "ward-01"), VI) or ""
    )
    assert fall.endswith("cần giảm 2,2 điểm phần trăm mỗi năm (2 năm còn lại)")


def test_the_years_kept_are_counted_among_those_judged() -> None:
    assert progress.years_reached_text((2, 3), VI) == "đạt 2/3 năm"
    assert progress.years_reached_text((0, 0), EN) == "no year judged yet"


def test_how_a_verdict_was_made_is_told_step_by_step() -> None:
    found = {v.goal.id: v for v in annual(ward(), "ward-01", 2013).verdicts}
    assert [told(step) for step in made_sentences(found["criminal-offences"], VI)] == [
        "So sánh mức tăng, giảm so với năm trước.",
        "Kế hoạch: giảm 5–7% so với năm trước, hằng năm.",
        "Thực hiện: giảm 3,2%.",
        "Mức thực hiện kém hơn kế hoạch.",
        "Thực hiện bằng 64,5% kế hoạch.",
        "Thời hạn đã hết.",
        "Đánh giá: Không đạt.",
    ]
    silent = made_sentences(found["under-six-health-insurance"], EN)
    assert silent[-2:] == ["There is no figure to compare.", "Verdict: No data."]


def test_over_the_term_a_yearly_target_is_told_as_such() -> None:
    found = {
        v.goal.id: v
        for v in evaluate("viet-nam-2016-2020").term_verdicts(evaluate("viet-nam-2016-2020").area())
    }
    assert held_text(found["gdp-growth"], VI) == "chỉ tiêu từng năm"
    assert made_sentences(found["gdp-growth"], EN)[0].startswith(
        "The target has to be met in every"
    )


def test_a_remark_in_two_languages_is_told_in_one() -> None:
    remark = "một nguồn, “khoảng 4” / one source, “about 4”"
    assert remark_text(remark, VI) == "một nguồn, “khoảng 4”"
    assert remark_text(remark, EN) == "one source, “about 4”"
    # One that was written in one language only says so to readers of the other.
    assert remark_text("chỉ có tiếng Việt", EN) == "chỉ có tiếng Việt (in Vietnamese)"
    assert remark_text("chỉ có tiếng Việt", VI) == "chỉ có tiếng Việt"
    assert remark_text("a late report came in", VI) == "a late report came in (tiếng Anh)"
    assert remark_text("KT-XH 2013", VI) == remark_text("KT-XH 2013", EN) == "KT-XH 2013"


def test_the_year_that_decided_a_term_is_named() -> None:
    keep = {"comparison": "at_least", "value": 10, "cadence": "by", "due": 2013}
    figures = [{"year": 2011 + n, "value": value} for n, value in enumerate((8, 9, 9, 10))]
    review = midterm(
        Evaluation(plan(goal(unit=CASES, target=keep)), observations(*figures)), "a", 2014
    )
    steps = [told(step) for step in made_sentences(review.verdicts[0], EN)]
    assert "The figure of 2013 decides." in steps and "Actual: 9 cases." in steps


def test_a_total_past_its_ceiling_is_not_missed_for_want_of_time() -> None:
    most = {"comparison": "at_most", "value": 10, "basis": "count", "cadence": "over_term"}
    figures = [{"year": 2011 + n, "value": 6} for n in range(3)]
    review = annual(
        Evaluation(plan(goal(unit=CASES, target=most)), observations(*figures)), "a", 2012
    )
    steps = [told(step) for step in made_sentences(review.verdicts[0], EN)]
    assert "The total has passed what it must not pass, and no later year takes that back." in steps
    assert "The time is up." not in steps and steps[-1] == "Verdict: Missed."


def test_where_there_is_no_percentage_the_reason_is_told() -> None:
    rise = {"comparison": "at_least", "value": 5, "basis": "change", "cadence": "every_year"}
    figures = [{"year": 2010, "value": 0}, {"year": 2011, "value": 3}]
    review = annual(Evaluation(plan(goal(target=rise)), observations(*figures)), "a", 2011)
    steps = made_sentences(review.verdicts[0], EN)
    assert any(step.startswith("A change from zero or below") for step in steps)
    assert review.verdicts[0].rule.endswith("no percentage -> not_applicable")
    reported = observations(figures[0], {"year": 2011, "state": "not_applicable"})
    silent = annual(Evaluation(plan(goal(target=rise)), reported), "a", 2011).verdicts[0]
    assert "There is no figure to compare." in made_sentences(silent, EN)
