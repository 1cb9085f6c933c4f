"""Bars and strips in tables: drawn from the numbers their rows tell, and never instead of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from chart_cases import (
    ALLEYS,
    FIGURES,
    GOALS,
    LONG,
    a_year,
    at_least,
    figures_of,
    named,
    roads,
    values,
)
from helpers import observations, plan

from planlib.evaluation.evaluation import Evaluation
from planlib.language.language import Language
from planlib.report.blocks import Block
from planlib.report.counts import verdict_counts
from planlib.report.display import Blocks
from planlib.report.tables.annual import revisions_table
from planlib.report.tables.attainment import attainment_table, by_shortfall
from planlib.report.tables.midterm import road_table
from planlib.report.tables.strips import attainment_strip, revision_scale, revision_strip
from planlib.report.text.progress import schedule_sentence
from planlib.review import AnnualReview, annual
from planlib.scoring.verdict import Verdict

VI, EN = Language("vi"), Language("en")
BOTH = pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])


class Strips(HTMLParser):
    """The rows of a table, each with its goal, the marks of its strip and all its words."""

    def __init__(self, shown: Blocks) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = []
        self.silent = 0
        self.feed(shown.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        names = (found.get("class") or "").split()
        if tag == "tr" and "data-goal" in found:
            self.rows.append({"goal": found["data-goal"], "marks": [], "words": ""})
        if "pl-strip" in names:
            assert found.get("aria-hidden") == "true"
        if tag == "span" and (style := found.get("style")):
            numbers = [float(n) for n in re.findall(r"[\d.]+", style)]
            assert re.fullmatch(r"left:[\d.]+%(;width:[\d.]+%)?", style)
            assert numbers[0] >= 0 and sum(numbers) <= 100.05
            self.rows[-1]["marks"].append((" ".join(names), *numbers))

    def handle_data(self, data: str) -> None:
        if self.rows:
            self.rows[-1]["words"] += data


def strips(shown: Block | Blocks) -> dict[str, list[tuple[Any, ...]]]:
    """The marks of each goal's strip: class names, place, width."""
    return {row["goal"]: row["marks"] for row in Strips(Blocks.of(shown)).rows}


def attained(verdicts: Any, language: Language = EN) -> Blocks:
    return Blocks.of(attainment_table(verdicts, language, illustrative=False))


# ---------------------------------------------------------------- counts


def counts_of(review: AnnualReview, language: Language) -> Blocks:
    return Blocks.of(verdict_counts(review.rollup, language))


def parts_of_bar(shown: Blocks) -> list[tuple[str, str, str]]:
    bar = re.search(r'<div class="pl-bar"[^>]*>(.*?)</div>', shown.html)
    assert bar is not None
    return re.findall(r'<span class="([^"]*)" style="flex-grow:(\d+)">([^<]*)</span>', bar[1])


@BOTH
def test_the_bar_has_a_part_for_each_verdict_as_wide_as_its_count(language: Language) -> None:
    assert parts_of_bar(counts_of(a_year(), language)) == [
        ("pl-v-exceeded", "1", "1"),
        ("pl-v-met", "2", "2"),
        ("pl-v-not-met", "3", "3"),
        ("pl-v-not-due", "1", "1"),
        ("pl-v-no-data", "1", "1"),
    ]


def test_every_part_of_the_bar_is_named_in_words_however_narrow() -> None:
    goals = [at_least(1, f"g{n}") for n in range(200)]
    found = {f"g{n}": 2.0 for n in range(198)} | {"g198": 0.5, "g199": None}
    shown = counts_of(annual(Evaluation(plan(*goals), figures_of(found)), "a", 2012), VI)
    assert [count for _, _, count in parts_of_bar(shown)] == ["198", "1", "1"]
    assert shown.text == "▲ Vượt 198  ▼ Không đạt 1  – Chưa có số liệu 1"


def test_without_goals_there_is_no_bar() -> None:
    empty = annual(Evaluation(plan(), observations({"year": 2012, "value": 1})), "a", 2012)
    assert "pl-bar" not in counts_of(empty, VI).html


# ------------------------------------------------------------ attainment


def test_a_dot_stands_at_its_share_of_the_target_furthest_short_first() -> None:
    found = strips(attained(a_year().verdicts))
    assert list(found) == [
        "zero", "far-short", "short", "met", "done", "lower", "silent", "later",
    ]  # fmt: skip
    dots = {goal: marks[-1] for goal, marks in found.items() if marks}
    assert dots == {  # of a strip from 0 to 150 %: 40, 95, 100 and 75 %
        "far-short": ("pl-dot pl-v-not-met", 26.7),
        "short": ("pl-dot pl-v-not-met", 63.3),
        "met": ("pl-dot pl-v-met", 66.7),
        "lower": ("pl-dot pl-v-exceeded", 50.0),
    }
    assert all(marks[1] == ("pl-tick", 66.7) for marks in found.values() if marks)


def test_the_good_side_of_a_goal_that_should_be_low_lies_below_its_target() -> None:
    found = strips(attained(a_year().verdicts))
    assert found["short"][0] == ("pl-good", 66.7, 33.3)
    assert found["lower"][0] == ("pl-good", 0.0, 66.7)


def test_a_fall_that_should_be_deep_is_good_beyond_its_target() -> None:
    fall = {"comparison": "between", "low": -7, "high": -5, "better": "lower", "basis": "change"}
    one = named("g", target={**fall, "cadence": "every_year"})
    review = annual(Evaluation(plan(one), observations(*values(y2011=100, y2012=96))), "a", 2012)
    assert strips(attained(review.verdicts))["g"] == [  # a fall of 4 % where 5 % was set
        ("pl-good", 66.7, 33.3), ("pl-tick", 66.7), ("pl-dot pl-v-not-met", 53.3),
    ]  # fmt: skip


def test_a_range_that_may_not_be_passed_is_good_around_its_target_only() -> None:
    target = {"comparison": "between", "low": 10, "high": 12, "beyond": "bad", "better": "lower"}
    one = named("g", target={**target, "cadence": "every_year"})
    review = annual(Evaluation(plan(one), observations(*values(y2012=11))), "a", 2012)
    good = strips(attained(review.verdicts))["g"][0]
    assert good == ("pl-good", 65.2, 3.0)


def test_rows_without_a_ratio_show_the_verdict_in_words_and_no_strip() -> None:
    shown = attained(a_year().verdicts)
    rows = {row["goal"]: row for row in Strips(shown).rows}
    for goal, word in (("zero", "Missed"), ("done", "Met"), ("silent", "No data")):
        assert rows[goal]["marks"] == [] and word in rows[goal]["words"]


def test_the_words_of_a_row_hold_everything_it_draws() -> None:
    lines = attained(a_year().verdicts).text.splitlines()
    (row,) = (line for line in lines if line.startswith("Goal far-short"))
    told = re.split(r"  +", row.replace("\N{NO-BREAK SPACE}", " "))
    assert told == ["Goal far-short", "20", "at least 50%", "40", "▼ Missed"]


def test_swapping_two_figures_shows() -> None:
    swapped = FIGURES | {"short": FIGURES["far-short"], "far-short": FIGURES["short"]}
    before, after = attained(a_year().verdicts), attained(a_year(swapped).verdicts)
    assert before.text != after.text and strips(before) != strips(after)


def test_a_figure_far_beyond_its_target_is_drawn_at_the_edge_with_an_arrow() -> None:
    review = annual(Evaluation(plan(at_least(1)), observations(*values(y2012=1e9))), "a", 2012)
    shown = attained(review.verdicts)
    assert strips(shown)["g"][-1] == ("pl-dot pl-v-exceeded pl-beyond-high", 100.0)
    assert "1,000,000,000" in shown.text


@BOTH
def test_names_are_never_cut(language: Language) -> None:
    shown = attained(a_year().verdicts, language)
    assert LONG[language.code] in shown.html and LONG[language.code] in shown.text


@BOTH
def test_a_hundred_goals_keep_their_own_marks(language: Language) -> None:
    goals = [at_least(100, f"g{n}") for n in range(100)]
    review = annual(
        Evaluation(plan(*goals), figures_of({f"g{n}": float(n) for n in range(100)})), "a", 2012
    )
    found = strips(attained(review.verdicts, language))
    assert list(found) == [f"g{n}" for n in range(100)]
    places = [found[f"g{n}"][-1][1] for n in range(100)]
    assert places == [pytest.approx(n / 1.5, abs=0.051) for n in range(100)]


HOSTILE = '<script>alert("x")</script> & \'"><svg onload=alert(1)>'


@pytest.mark.parametrize("name", [HOSTILE, "السكان \u202eabc", "tên " * 300])
def test_no_name_breaks_out_of_a_table_with_strips(name: str) -> None:
    review = annual(
        Evaluation(
            plan(at_least(50, name={"vi": name, "en": name})), observations(*values(y2012=40))
        ),
        "a",
        2012,
    )
    shown = attained(review.verdicts)
    assert strips(shown)["g"][-1] == ("pl-dot pl-v-not-met", 53.3)
    assert "<script" not in shown.html and "<svg" not in shown.html
    if "\u202e" in name:  # what turns the line stays inside its own cell
        assert "\u2068" in shown.html and "\u2069" in shown.html


def test_goals_without_any_figure_are_still_listed() -> None:
    shown = attained(a_year(dict.fromkeys(FIGURES)).verdicts, VI)
    assert shown.text.count("– Chưa có số liệu") == len(GOALS) - 1
    assert "pl-strip" not in shown.html and "Dải" not in shown.text


@pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
def test_made_up_figures_are_called_so_beside_the_strips(language: Language) -> None:
    shown = Blocks.of(attainment_table(a_year().verdicts, language, illustrative=True))
    assert language("illustrative.short") in shown.text.splitlines()[0]


# -------------------------------------------------------------- schedule


def test_the_road_so_far_stands_beside_the_road_expected() -> None:
    found = strips(road_table(roads(ahead=(0, 90), behind=(50, 60), backwards=(50, 45)), EN))
    assert found == {  # of a strip from 0 to 125 %: 60 % was expected of each
        "backwards": [
            ("pl-span", 0.0, 48.0), ("pl-tick", 48.0), ("pl-dot pl-v-not-yet pl-beyond-low", 0.0),
        ],
        "behind": [("pl-span", 16.0, 32.0), ("pl-tick", 48.0), ("pl-dot pl-v-not-yet", 16.0)],
        "ahead": [("pl-span", 48.0, 24.0), ("pl-tick", 48.0), ("pl-dot pl-v-not-yet", 72.0)],
    }  # fmt: skip


def test_the_schedule_says_road_figure_target_and_due_year() -> None:
    review = roads(behind=(50, 60), ahead=(0, 90))
    lines = Blocks.of(road_table(review, EN)).text.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    rows = [re.split(r"  +", line) for line in lines if line.startswith("Goal")]
    assert rows == [
        ["Goal behind", "at least 100% (by 2015)", "60", "20", "60", "33.3", "◐ Not yet"],
        ["Goal ahead", "at least 100% (by 2015)", "90", "90", "60", "150", "◐ Not yet"],
    ]
    told = schedule_sentence(review, EN)
    assert told == "Behind schedule: 1 of 2 goals; the furthest behind is “Goal behind”."
    told = schedule_sentence(roads(ahead=(0, 90)), EN)
    assert told == "The 1 goal with a schedule is not behind it."


def test_a_road_walked_many_times_over_is_drawn_at_the_edge() -> None:
    found = strips(road_table(roads(g=(99, 5000)), VI))
    assert found["g"][-1] == ("pl-dot pl-v-exceeded pl-beyond-high", 100.0)


# ------------------------------------------------------------- revisions


def revised(
    flipped: tuple[float, float] = (45, 50), same: tuple[float, float] = (60, 55)
) -> AnnualReview:
    """A revision that turns the verdict, and one that does not."""
    rows = [
        {"goal": goal, "year": 2012, "value": value, "vintage": vintage}
        for goal, told in (("same", same), ("flipped", flipped))
        for value, vintage in zip(told, ("2012-12-01", "2013-03-01"), strict=True)
    ]
    return annual(
        Evaluation(plan(at_least(50, "same"), at_least(50, "flipped")), observations(*rows)),
        "a",
        2012,
    )


def test_strips_run_from_the_old_figure_to_the_new_one_flipped_ones_first() -> None:
    review = revised()
    scale = revision_scale(review.revisions)
    low, high = 0.9 - 0.024, 1.2 + 0.024  # the figures, with 8 % of their stretch as air
    assert (scale.low, scale.high) == (pytest.approx(low), pytest.approx(high))
    found = strips(revisions_table(review, EN))
    assert list(found) == ["flipped", "same"]

    def at(level: float) -> Any:
        return pytest.approx(100 * (level - low) / (high - low), abs=0.051)

    assert found["flipped"] == [
        ("pl-tick", at(1)), ("pl-span", at(0.9), pytest.approx(28.7, abs=0.1)),
        ("pl-was pl-v-not-met", at(0.9)), ("pl-dot pl-v-met", at(1)),
    ]  # fmt: skip
    assert found["same"] == [
        ("pl-tick", at(1)), ("pl-span", at(1.1), pytest.approx(28.7, abs=0.1)),
        ("pl-was pl-v-exceeded", at(1.2)), ("pl-dot pl-v-exceeded", at(1.1)),
    ]  # fmt: skip


def test_revisions_say_old_and_new_figure_and_verdict() -> None:
    lines = Blocks.of(revisions_table(revised(), EN)).text.splitlines()
    rows = [re.split(r"  +", line) for line in lines if line.startswith("Goal")]
    assert rows == [
        ["Goal flipped", "%", "45 (1 Dec 2012)", "50 (1 Mar 2013)", "▼ Missed", "● Met"],
        ["Goal same", "%", "60 (1 Dec 2012)", "55 (1 Mar 2013)", "▲ Exceeded", "▲ Exceeded"],
    ]


def test_a_trifle_does_not_fill_a_strip_and_a_landslide_does_not_leave_it() -> None:
    tiny = revision_scale(revised((50.01, 50.02), (50.01, 50.02)).revisions)
    assert tiny.high - tiny.low == pytest.approx(0.1, abs=1e-3)
    review = revised((20, 9000))
    scale = revision_scale(review.revisions)
    assert scale.high < 2.5
    (one,) = (r for r in review.revisions if r.verdict.value == 9000)
    (mark,) = (m for m in revision_strip(one, scale) if m.kind == "dot")
    assert (mark.start, mark.beyond) == (1.0, "high")


# ----------------------------------------------------- unfriendly figures


SIZES = (0.0, -3.5, 1e-9, 1e15, -1e15, 49.99999)


@BOTH
def test_any_figure_can_be_drawn(language: Language) -> None:
    goals = [at_least(50, f"g{n}", unit=ALLEYS) for n in range(len(SIZES))]
    rows = []
    for one, size in zip(goals, SIZES, strict=True):
        rows += [
            {"goal": one.id, "year": 2010, "value": 40},
            {"goal": one.id, "year": 2012, "value": size / 2 - 1, "vintage": "2012-12-01"},
            {"goal": one.id, "year": 2012, "value": size, "vintage": "2013-03-01"},
        ]
    review = annual(Evaluation(plan(*goals), observations(*rows)), "a", 2012)
    revised = Blocks.of(revisions_table(review, language))
    for shown in (attained(review.verdicts, language), revised):
        assert all(marks for marks in strips(shown).values())
        assert language.number(1e15) in shown.text and language.number(-3.5) in shown.text


@pytest.mark.parametrize("value", [0.0, -20.0, 1e12])
def test_any_target_can_be_drawn(value: float) -> None:
    goals = []
    for comparison in ("at_least", "at_most", "above", "below", "about"):
        better = {"better": "lower"} if comparison == "about" else {}
        target = {"comparison": comparison, "value": value, "cadence": "every_year", **better}
        goals.append(named(comparison.replace("_", "-"), unit=ALLEYS, target=target))
    rows = [{"goal": g.id, **row} for g in goals for row in values(y2011=1, y2012=-2)]
    review = annual(Evaluation(plan(*goals), observations(*rows)), "a", 2012)
    drawn = strips(attained(review.verdicts, VI))
    assert list(drawn) == [v.goal.id for v in by_shortfall(review.verdicts)]
    assert all(bool(drawn[v.goal.id]) == (v.level is not None) for v in review.verdicts)


def test_of_a_floor_below_zero_no_share_is_drawn() -> None:
    one = named("g", target={"comparison": "at_least", "value": -20, "cadence": "every_year"})
    review = annual(Evaluation(plan(one), observations(*values(y2012=-10))), "a", 2012)
    assert attainment_strip(review.verdicts[0]) == ()  # -10 is half of -20, and better
    assert review.verdicts[0].verdict is Verdict.exceeded
