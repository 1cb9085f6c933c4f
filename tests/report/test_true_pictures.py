"""Pictures show what the results say: every mark, read off the axes that are written beside it.

The words of titles and targets are held in ``test_true_sentences.py``; here the numbers of axes and
marks, by where they stand, in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from examples import turns
from pictures import Panel, number_of, panels, scale
from stated import numbers_in
from test_true_sentences import evaluated, results, shown_blocks
from truths import likely, near

from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.outlook.backtest.record import FEWEST, record_of_all_years
from planlib.report.blocks import Chart
from planlib.report.vocabulary import LOOKS
from planlib.review.profile import profile

Ends = tuple[float | None, ...]  # the figure, then the ends of an interval
DOTS = ("measured", "estimates")


def charts(name: str, lang: str) -> list[list[Panel]]:
    return [panels(one.figure) for one in shown_blocks(name, lang) if isinstance(one, Chart)]


def figures(name: str, lang: str, goal: Any) -> dict[int, Ends]:
    """The newest figure of each year that a goal is judged by, or the two ends of an interval."""
    page, view = results(name, lang).page, evaluated("ward-2010-2015")
    review = getattr(page, "review", None)
    seen = profile(view, page.area, goal.id).newest
    known: dict[int, Ends] = {p.year: (p.value,) for p in seen if p.year not in page.plan.years}
    if review is not None and goal.id in review.alone:  # figures in their own unit
        return {p.year: (p.value,) for p in review.trends[goal.id] if p.newest}
    for year in page.plan.years:
        one = view.verdict_of(goal, page.area, year)
        until = results(name, lang).year if review is not None else year
        if year <= until and {one.value, one.low, one.high} != {None}:
            known[year] = (one.value, one.low, one.high)
    return known


def done_words(lang: str) -> dict[str, float]:
    """What stands at the axis of what is done or not."""
    return {str(Language(lang)(f"figure.{one}")): n for one, n in (("undone", 0.0), ("done", 1.0))}


def wrong_marks(panel: Panel, known: dict[int, Ends], lang: str, of: int = 0) -> Iterator[str]:
    """What a chart of years shows that is not so: dots, and the numbers beside them.

    ``of`` is how many there are where a figure is so many of them.
    """
    words = done_words(lang)
    years, values = scale(panel, "across", lang), scale(panel, "up", lang, words)
    assert years is not None and values is not None
    dots = set()
    for x, y in panel.marks(*DOTS):
        year, value = round(years.read(x)), values.read(y)
        dots.add(year)
        right = known[year][0]
        if right is None or abs(value - right) > values.least:
            yield f"{panel.title}: {value} in {year}, known are {known[year]}"
    lacking = {year for year, ends in known.items() if ends[0] is not None} - dots
    if lacking:
        yield f"{panel.title}: nothing in {lacking}"
    for text, (x, _) in panel.at("mark"):
        year, said = round(years.read(x)), text.get_text()
        told = (
            [words[said]]
            if said in words
            else [*numbers_in(re.sub("[\u2066-\u2069]", "", said), lang)]
        )
        ends = [end for end in known[year] if end is not None]
        ends += [of] if of and "/" in said else []
        if not told or not all(any(near(one, end) for end in ends) for one in told):
            yield f"{panel.title}: {said!r} beside the figure of {year}, which is {known[year]}"


def wrong_verdicts(panel: Panel, name: str, lang: str) -> Iterator[str]:
    """Glyph and word below a year that are not those of its verdict."""
    page, view = results(name, lang).page, evaluated("ward-2010-2015")
    for text, _ in panel.at("across"):
        year, (_, *said) = int(number_of(text, lang)), text.get_text().split("\n")
        if said and year in page.plan.years:
            verdict = view.verdict_of(page.goal, page.area, year).verdict
            if " ".join(said) != f"{LOOKS[verdict].glyph} {Language(lang).verdict(verdict)}":
                yield f"{said} below {year}: {verdict}"


@pytest.mark.parametrize("lang", turns(LANGUAGES, 3))
def test_every_small_chart_shows_the_figures_and_the_target_of_its_goal(lang: str) -> None:
    found = results("ward mid-term", lang)
    names = {str(g.name.in_language(lang)): g for g in found.page.plan.goals}
    held = set()
    for _, *small in [one for one in charts("ward mid-term", lang) if not one[1].bars]:
        for panel in small:
            goal = names[max((name for name in names if name in panel.title), key=len)]
            judged = found.named(panel.title)
            assert panel.title.startswith(LOOKS[judged.verdict].glyph)
            members = len(judged.target.members) if judged.target is not None else 0
            known = figures("ward mid-term", lang, goal)
            assert [*wrong_marks(panel, known, lang, members)] == []
            values = scale(panel, "up", lang, done_words(lang))
            aim = judged.target.near if judged.target is not None else None
            if values and aim is not None and goal.id not in found.review.alone and not goal.yearly:
                lines = [values.read(y) for _, y in panel.marks("target")]
                assert lines and all(abs(one - aim) <= values.least for one in lines)
            held.add(goal.id)
    assert len(held) > 70


@pytest.mark.parametrize(
    ("name", "lang"),
    turns([(name, lang) for name in ("ward explore", "ward methods") for lang in LANGUAGES], 2),
)
def test_a_large_chart_shows_the_figures_and_verdicts_of_its_years(name: str, lang: str) -> None:
    goal = results(name, lang).page.goal
    (_, panel), *_ = charts(name, lang)
    assert [*wrong_marks(panel, figures(name, lang, goal), lang)] == []
    assert [*wrong_verdicts(panel, name, lang)] == []
    assert len(panel.at("mark")) == len(panel.marks(*DOTS)) > 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bars_stand_over_the_number_they_are_of_and_are_as_high_as_it_is_likely(lang: str) -> None:
    found = results("ward mid-term", lang)
    ((_, panel),) = [one for one in charts("ward mid-term", lang) if one[1].bars]
    numbers, chances = scale(panel, "across", lang), found.page._outlook.number
    assert numbers is not None
    tops = {}
    for bar in panel.bars:
        box = bar.get_window_extent()
        tops[round(numbers.read((box.x0 + box.x1) / 2), 6)] = box.height
    most = max(tops.values())
    assert all(abs(high / most - chances[int(k)] / max(chances)) < 1e-6 for k, high in tops.items())
    assert sum(chances[int(k)] for k in tops) > 0.99 and all(k == int(k) for k in tops)
    (mean, _), *_ = panel.marks("mean")
    assert abs(numbers.read(mean) - likely(found)[1]) < 0.01


@pytest.mark.parametrize("lang", LANGUAGES)
def test_areas_stand_where_their_figures_and_ranks_are(lang: str) -> None:
    compared = results("ward compare", lang).page.found
    by_name = {
        str(compared.plan.area_name(one.area).in_language(lang)): one for one in compared.areas
    }
    funnel, bands, over_years = charts("ward compare", lang)
    across, up = scale(funnel[1], "across", lang), scale(funnel[1], "up", lang)
    assert across is not None and up is not None
    named = [
        (text.get_text(), by_name[text.get_text()], place) for text, place in funnel[1].at("mark")
    ]
    dots = funnel[1].marks("_child0") or [
        (float(x), float(y)) for one in funnel[1].lines if one.get_marker() in ("o", "D")
        for x, y in one.get_transform().transform(one.get_xydata())
    ]  # fmt: skip
    assert len(dots) == sum(one.rank is not None for one in compared.areas)
    assert {one.area for _, one, _ in named} == {one.area for one in compared.areas if one.outside}
    read = [(across.read(x), up.read(y)) for x, y in dots]
    for one in compared.areas:
        if one.rank is not None:
            far = min(abs(n - one.n) / 300 + abs(value - one.value) / 3 for n, value in read)
            assert far < 0.01, one
    ranks = scale(bands[1], "across", lang)
    assert ranks is not None
    for text in (one for one in bands[1].texts if one.get_text() in by_name):
        one = by_name[text.get_text()]
        level = text.get_transform().transform(text.get_position())[1]
        row = [
            sorted(round(ranks.read(float(x)), 2) for x, _ in held)
            for line in bands[1].lines
            for held in [line.get_transform().transform(line.get_xydata())]
            if abs(held[0][1] - level) < 1 and abs(held[-1][1] - level) < 1
        ]
        assert [[one.rank_low, one.rank_high], [one.rank]] == row
    shown = {panel.title: panel for panel in over_years[1:]}
    drawn = {name: one for name, one in by_name.items() if len(one.history) > 1}
    assert len(shown) == len(drawn)
    for title, panel in shown.items():
        (history,) = [one.history for name, one in drawn.items() if name.startswith(title)]
        up = scale(panel, "up", lang)
        assert up is not None
        points = [
            up.read(float(y)) for line in panel.lines if line.get_marker() == "o"
            for _, y in line.get_transform().transform(line.get_xydata())
        ]  # fmt: skip
        assert all(abs(a - b) < 0.02 for a, (_, b) in zip(points, history, strict=True))
        ends = [int(number_of(text, lang)) for text, _ in panel.at("across")]
        every = {year for one in compared.areas for year, _ in one.history}
        assert ends == [min(every), max(every)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_came_true_stands_over_what_was_forecast(lang: str) -> None:
    _, *events = charts("ward methods", lang)[1]
    for event, panel in zip(("holding", "reached", "kept"), events, strict=True):
        across, up = scale(panel, "across", lang), scale(panel, "up", lang)
        assert across is not None and up is not None
        bins = [line for line in panel.lines if str(line.get_label()).startswith("bin ")]
        read = [
            (across.read(float(x)), up.read(float(y)))
            for line in bins for x, y in line.get_transform().transform(line.get_xydata())
        ]  # fmt: skip
        right = [
            (50 * (one.low + one.high), 100 * one.k / one.n)
            for one in record_of_all_years("walk") if one.event == event and one.n >= FEWEST
        ]  # fmt: skip
        assert [tuple(round(n, 3) for n in one) for one in read] == [
            tuple(round(n, 3) for n in one) for one in right
        ]


def test_a_mark_in_the_wrong_place_is_seen() -> None:
    (_, panel), *_ = charts("ward explore", "en")
    known = figures("ward explore", "en", results("ward explore", "en").page.goal)
    for year, (value, *_) in known.items():
        assert value is not None
        told = [*wrong_marks(panel, known | {year: (value + 1,)}, "en")]
        assert len(told) == 2 and all(str(year) in one for one in told)
