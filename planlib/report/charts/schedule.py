"""The road so far against the road expected by now, one goal a row, the furthest behind first."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.report.charts import words
from planlib.report.charts.frame import Heading
from planlib.report.charts.marks import plot_marks, present
from planlib.report.charts.rows import (
    Column,
    Rows,
    arrow_beyond,
    draw_rows,
    lay_out,
    percent_axis,
    rows_figure,
)
from planlib.report.charts.style import style
from planlib.report.charts.svg import picture
from planlib.report.display import Picture
from planlib.report.text.numbers import percent
from planlib.report.text.sentences import road_text
from planlib.report.vocabulary import FAINT, TARGET
from planlib.review.midterm import MidtermReview

_LOW, _MOST = -0.25, 1.25
_TICK = 0.105  # half the height of the expected road's tick, in inches


def schedule_rows(review: MidtermReview, language: Language) -> Picture | None:
    """How much of its road each goal has behind it; None where no goal has a road."""
    made = figure(review, language)
    if made is None:
        return None
    items = [_item(review, verdict, language) for verdict in _scheduled(review)]
    return picture(made, _finding(review, language), items)


def figure(review: MidtermReview, language: Language) -> Figure | None:
    """The chart with its heading; None where no goal has a road."""
    found = _scheduled(review)
    if not found:
        return None
    source = words.sources((v.source for v in found), language, review.illustrative)
    heading = Heading(
        title=_finding(review, language),
        subtitle=words.sentence(language("chart.schedule.shown"), source),
        illustrative=review.illustrative,
        key=present([verdict.verdict for verdict in found]),
    )
    with style():
        rows = _rows(review, language)
        ax = rows_figure(heading, rows, language, language("chart.schedule.axis"))
        draw(ax, review, language, rows)
        made = ax.get_figure(root=True)
    assert isinstance(made, Figure)
    return made


def draw(ax: Axes, review: MidtermReview, language: Language, rows: Rows | None = None) -> None:
    """Draw the rows on axes; their words stand to the left and right of them."""
    rows = rows or _rows(review, language)
    found = _scheduled(review)
    draw_rows(ax, rows)
    roads = [verdict.road or 0.0 for verdict in found]
    expected = [verdict.time_share or 0.0 for verdict in found]
    low = _LOW if min(roads, default=0.0) < 0 else 0.0
    shown = [min(max(road, low), _MOST) for road in roads]
    ax.hlines(
        rows.centres, shown, expected, colors=FAINT, linewidth=2.4, zorder=2, label="distance"
    )
    ax.vlines(
        expected, [y - _TICK for y in rows.centres], [y + _TICK for y in rows.centres],
        colors=TARGET, linewidth=2, zorder=4, label="expected",
    )  # fmt: skip
    placed = []
    for road, x, y, verdict in zip(roads, shown, rows.centres, found, strict=True):
        if road != x:
            arrow_beyond(ax, x, y, to_right=road > x)
            x += -0.05 if road > x else 0.05
        placed.append((x, y, verdict.verdict))
    plot_marks(ax, placed)
    percent_axis(ax, low, _MOST, language, language("chart.schedule.axis"))


def _scheduled(review: MidtermReview) -> Sequence[GoalVerdict]:
    return [v for v in review.scheduled if v.road is not None and v.time_share is not None]


def _behind(verdict: GoalVerdict) -> bool:
    return verdict.schedule_index is not None and verdict.schedule_index < 1


def _rows(review: MidtermReview, language: Language) -> Rows:
    found = _scheduled(review)
    return lay_out(
        [words.name(verdict.goal, language) for verdict in found],
        [
            Column(
                language("column.actual"), tuple(words.cell(v, language) for v in found), "right"
            ),
            Column(language("column.target"), tuple(words.target(v, language) for v in found)),
            Column(
                language("chart.schedule.due"),
                tuple(str(_due(review, verdict)) for verdict in found),
            ),
        ],
    )


def _due(review: MidtermReview, verdict: GoalVerdict) -> int:
    """The year a goal is due: its own, else the last of the term."""
    own = verdict.target.due if verdict.target else None
    return own or review.plan.years[-1]


def _finding(review: MidtermReview, language: Language) -> str:
    found = _scheduled(review)
    behind = [verdict for verdict in found if _behind(verdict)]
    if not behind:
        return language("chart.schedule.none", n=len(found))
    return language(
        "chart.schedule.finding",
        n=len(found),
        behind=language.number(len(behind)),
        goal=words.name(behind[0].goal, language),
    )


def _item(review: MidtermReview, verdict: GoalVerdict, language: Language) -> str:
    return language(
        "chart.schedule.item",
        goal=words.name(verdict.goal, language),
        road=road_text(verdict, language),
        expected=percent(verdict.time_share or 0.0, language),
        figure=words.figure(verdict, language),
        target=words.target(verdict, language),
        due=_due(review, verdict),
        verdict=words.worded(verdict.verdict, language),
    )
