"""Many goals over the same years: small charts that share the years and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from planlib.evaluation.outlook import GoalOutlook, PlanOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.direction import isolated
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.target import Target
from planlib.report.blocks import Chart
from planlib.report.charts import words
from planlib.report.charts.fonts import wrap
from planlib.report.charts.frame import EDGE, ChartHeading, bare
from planlib.report.charts.labels import label_points
from planlib.report.charts.lines import (
    Series,
    draw_series,
    scale,
    tick_words,
    years_shown,
)
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL, lines_height, style
from planlib.report.charts.svg import picture
from planlib.report.text.phrases import target_text
from planlib.report.vocabulary import FAINT, LOOKS
from planlib.review.midterm import MidtermReview
from planlib.review.profile import Point
from planlib.scoring.counts import VerdictCounts

CELL, HIGH, PER_ROW = 3.2, 2.2, 3
_TITLE = 9.5
_LEAST_PLOT = 1.25  # inches; long titles make a row higher, not its charts flatter
_UNDER = 0.3  # room for the years


def trend_multiples(
    review: MidtermReview, verdicts: Sequence[GoalVerdict], language: Language,
    outlook: PlanOutlook | None = None,
) -> Chart | None:  # fmt: skip
    """The figures of these goals so far, and their forecasts; None where none has a figure."""
    made = figure(review, verdicts, language, outlook)
    if made is None:
        return None
    items = [
        _item(review, verdict, language, _ahead(review, outlook, verdict))
        for verdict in _drawn(review, verdicts)
    ]
    return picture(made, _finding(review, verdicts, language), items)


def figure(
    review: MidtermReview, verdicts: Sequence[GoalVerdict], language: Language,
    outlook: PlanOutlook | None = None,
) -> Figure | None:  # fmt: skip
    """The charts with their heading; None where no goal has a figure."""
    drawn = _drawn(review, verdicts)
    if not drawn:
        return None
    cell = _cell(len(drawn))
    rows = [drawn[at : at + PER_ROW] for at in range(0, len(drawn), PER_ROW)]
    titles = [
        [
            _title(review, verdict, language, _ahead(review, outlook, verdict), cell)
            for verdict in row
        ]
        for row in rows
    ]
    heads = [max(_head_height(title) for title in row) for row in titles]
    highs = [max(HIGH, head + _LEAST_PLOT + _UNDER) for head in heads]
    wide = min(len(drawn), PER_ROW) * cell
    silent = len(verdicts) - len(drawn)
    subtitle = words.sentence(
        language("chart.multiples.shown"),
        language("chart.multiples.alone") if any(v.goal.id in review.alone for v in drawn) else "",
        language("chart.fan", year=review.after) if _any_fan(review, outlook, drawn) else "",
        language("chart.multiples.left_out", n=silent) if silent else "",
        words.sources((v.source for v in drawn), language, illustrative=review.illustrative),
    )
    heading = ChartHeading(_finding(review, verdicts, language), subtitle, review.illustrative)
    with style():
        made, bottom = bare(heading, language, wide=wide, body=sum(highs))
        top = bottom + sum(highs)
        for row, head, high in zip(rows, heads, highs, strict=True):
            left = _margin(review, row, language, outlook)
            for at, verdict in enumerate(row):
                box = Bbox.from_extents(
                    at * cell + left, top - high + _UNDER, (at + 1) * cell - EDGE, top - head
                )
                draw(made, box, review, verdict, language, _ahead(review, outlook, verdict))
            top -= high
    return made


def draw(
    figure: Figure, box: Bbox, review: MidtermReview, verdict: GoalVerdict, language: Language,
    ahead: GoalOutlook | None = None,
) -> None:  # fmt: skip
    """Draw one goal in a box, in inches: title with unit and verdict, figures, target, fan."""
    series = _series(review, verdict, ahead)
    axis = scale(series, most_ticks=4)
    panel = ChartPanel.of_box(figure, box, years_shown(series), (axis.low, axis.high))
    draw_series(
        panel, series, axis, language, _years(panel, series, review.after, language), size=4.5
    )
    last = [point for point in series.points if point.newest][-1]
    label_points(panel, series, axis, [last], language, head=0.05)
    cell = _cell(1) if box.width > CELL else CELL
    left = box.x0 // cell * cell + EDGE - box.x0
    title, target = _title(review, verdict, language, ahead, cell)
    over = panel.moved(panel.share, left, 9 / 72)
    panel.write((0, 1), target, SMALL, over, va="bottom", color=FAINT)
    up = 10 / 72 + lines_height(target.count("\n") + 1, SMALL)
    over = panel.moved(panel.share, left, up)
    panel.write((0, 1), title, _TITLE, over, va="bottom", fontweight="bold")


def _years(panel: ChartPanel, series: Series, after: int, language: Language) -> dict[int, str]:
    """Below the axis the first year, the last, and the one looked at where it has room between."""
    unit = panel.wide / len(series.years)
    room = words.widest((words.period_mark(year, language) for year in series.years), SMALL) + 0.04
    ends = {series.first, series.last}
    clear = all(abs(int(after) - int(end)) * unit >= room for end in ends - {after})
    return {
        year: words.period_mark(year, language)
        for year in sorted(ends | ({after} if clear else set()))
    }


def _cell(count: int) -> float:
    """How wide a goal's chart is: one alone has the room of two, lest the rest stay empty."""
    return 2 * CELL if count == 1 else CELL


def _drawn(review: MidtermReview, verdicts: Sequence[GoalVerdict]) -> list[GoalVerdict]:
    return [v for v in verdicts if any(p.newest for p in review.trends.get(v.goal.id, ()))]


def _ahead(
    review: MidtermReview, outlook: PlanOutlook | None, verdict: GoalVerdict
) -> GoalOutlook | None:
    if outlook is None:
        return None
    ahead, alone = outlook.of(verdict.goal.id), review.alone.get(verdict.goal.id)
    return ahead if alone is None else alone.ahead(ahead)


def _any_fan(
    review: MidtermReview, outlook: PlanOutlook | None, drawn: Sequence[GoalVerdict]
) -> bool:
    found = (_ahead(review, outlook, verdict) for verdict in drawn)
    return any(ahead is not None and ahead.fan for ahead in found)


def _series(
    review: MidtermReview, verdict: GoalVerdict, ahead: GoalOutlook | None = None
) -> Series:
    plan, goal = review.plan, verdict.goal
    held: Iterable[tuple[int, Target | None]]
    held = [(year, goal.target_for(year) if _stepped(verdict) else verdict.target)
            for year in plan.years]  # fmt: skip
    alone = review.alone.get(goal.id)
    if alone is not None:
        held = alone.targets
    return Series(
        goal=goal if alone is None else alone.goal,
        points=review.trends[goal.id],
        targets=tuple(
            (year, target)
            for year, target in held
            if target is not None and not target.kind.of_others
        ),
        first=review.first_seen,
        last=plan.years[-1],
        breaks=(*_breaks(review), *(revision.date for revision in goal.breaks)),
        fan=ahead.fan if ahead is not None else (),
        calendar=plan.calendar,
    )


def _stepped(verdict: GoalVerdict) -> bool:
    """Whether each year has a target of its own and the term has none."""
    return bool(verdict.goal.yearly) and verdict.goal.term_target is None


def _target(review: MidtermReview, verdict: GoalVerdict, language: Language) -> str:
    """The target in words; the one of the last year looked at where each year has its own."""
    if not _stepped(verdict):
        return language("chart.target", target=words.target(verdict, language))
    target = verdict.goal.target_for(review.after)
    text = target_text(verdict.goal, target, language)
    return language("chart.trend.target_of", target=text, year=review.after)


def _breaks(review: MidtermReview) -> tuple[date, ...]:
    place = review.plan.areas_by_id.get(review.area)
    return tuple(change.date for change in (place.changes if place else ()))


def _margin(
    review: MidtermReview, row: Sequence[GoalVerdict], language: Language,
    outlook: PlanOutlook | None = None,
) -> float:  # fmt: skip
    """Room for the numbers of the value axis."""
    found = []
    for verdict in row:
        series = _series(review, verdict, _ahead(review, outlook, verdict))
        found += tick_words(scale(series, most_ticks=4), series, language)
    return EDGE + words.widest(found, SMALL) + 0.09


def _title(
    review: MidtermReview, verdict: GoalVerdict, language: Language, ahead: GoalOutlook | None,
    cell: float,
) -> tuple[str, str]:  # fmt: skip
    """Glyph, name and unit; and, below, the target with the verdict's word and the outlook."""
    series = _series(review, verdict, ahead)
    room = cell - 2 * EDGE
    unit = isolated(words.unit(series.goal, series.target, language))
    name = f"{LOOKS[verdict.verdict].glyph} {words.name(series.goal, language)}"
    target = _target(review, verdict, language)
    word, chances = language.verdict(verdict.verdict), words.outlook(ahead, review.plan, language)
    return (
        wrap(f"{name} ({unit})" if unit else name, room, _TITLE, bold=True),
        wrap(joined([word, target, chances], " · "), room, SMALL),
    )


def _head_height(title: tuple[str, str]) -> float:
    name, target = title
    return (
        0.2
        + lines_height(name.count("\n") + 1, _TITLE)
        + lines_height(target.count("\n") + 1, SMALL)
    )


def _finding(review: MidtermReview, verdicts: Sequence[GoalVerdict], language: Language) -> str:
    counts = VerdictCounts.of(
        verdict.verdict for verdict in verdicts if verdict.goal.part_of is None
    )
    if not counts.judged:
        return language("chart.multiples.none", year=review.after)
    reached = language.number(counts.reached)
    return language("chart.multiples.finding", n=counts.judged, reached=reached, year=review.after)


def _item(
    review: MidtermReview, verdict: GoalVerdict, language: Language, ahead: GoalOutlook | None
) -> str:
    series = _series(review, verdict)
    goal, held = series.goal, series.target
    points: list[Point] = [p for p in review.trends[goal.id] if p.newest]
    figures = ", ".join(
        language.labelled(
            language("period.year", year=p.year), words.point(p, goal, held, language)
        )
        for p in points
    )
    target = _target(review, verdict, language)
    name = words.name(goal, language)
    parts = [language.labelled(name, figures), target, words.worded(verdict.verdict, language)]
    parts += [
        t for t in (words.outlook(ahead, review.plan, language), words.fan(ahead, language)) if t
    ]
    return language.parts_mark.join(parts)
