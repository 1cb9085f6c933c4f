"""What changed? An arrow from the old figure to the new one, a goal a row, flipped verdicts first."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
    write_verdicts,
)
from planlib.report.charts.style import style
from planlib.report.charts.svg import picture
from planlib.report.display import Picture
from planlib.report.text.phrases import figure_text, known_ends
from planlib.report.vocabulary import FAINT, LOOKS, SERIES, TARGET
from planlib.review.annual import Revision
from planlib.scoring.verdict import Verdict

_ARROW = "→"
_LEAST, _MOST = -0.5, 2.0  # shares of the target outside which a figure is drawn at the edge
_NARROWEST = 0.1  # the axis is never narrower than this, lest a trifle look like a landslide
_TICK = 0.105


def revisions_rows(
    revisions: Sequence[Revision], language: Language, *, illustrative: bool
) -> Picture | None:
    """The figures that a later report changed; None where none was."""
    made = figure(revisions, language, illustrative=illustrative)
    if made is None:
        return None
    items = [_item(revision, language) for revision in _ordered(revisions)]
    return picture(made, _finding(revisions, language), items)


def figure(
    revisions: Sequence[Revision], language: Language, *, illustrative: bool
) -> Figure | None:
    """The chart with its heading; None where nothing was revised."""
    if not revisions:
        return None
    source = words.sources((r.verdict.source for r in revisions), language, illustrative)
    verdicts = [v for r in revisions for v in (r.before.verdict, r.verdict.verdict)]
    heading = Heading(
        title=_finding(revisions, language),
        subtitle=words.sentence(language("chart.revisions.shown"), source),
        illustrative=illustrative,
        key=present(verdicts),
    )
    with style():
        rows = _rows(_ordered(revisions), language)
        ax = rows_figure(heading, rows, language, _axis_label(revisions, language))
        draw(ax, revisions, language, rows)
        made = ax.get_figure(root=True)
    assert isinstance(made, Figure)
    return made


def draw(
    ax: Axes, revisions: Sequence[Revision], language: Language, rows: Rows | None = None
) -> None:
    """Draw the rows on axes; their words stand to the left and right of them."""
    ordered = _ordered(revisions)
    rows = rows or _rows(ordered, language)
    draw_rows(ax, rows)
    low, high = _window(ordered)
    before: list[tuple[float, float, Verdict]] = []
    after: list[tuple[float, float, Verdict]] = []
    wordy, ticks = [], []
    for revision, y in zip(ordered, rows.centres, strict=True):
        old, new = revision.before.level, revision.verdict.level
        if new is None:
            wordy.append((y, revision.verdict.verdict))
            continue
        ticks.append(y)
        ends = []
        for level, verdict, marks in (
            (old, revision.before.verdict, before), (new, revision.verdict.verdict, after),
        ):  # fmt: skip
            if level is None:
                continue
            x = min(max(level, low), high)
            if x != level:
                arrow_beyond(ax, x, y, to_right=level > high)
                x += 0.035 * (high - low) * (-1 if level > high else 1)
            marks.append((x, y, verdict))
            ends.append(x)
        if len(ends) == 2:
            ax.annotate(
                "", (ends[1], y), (ends[0], y), zorder=4,
                arrowprops={
                    "arrowstyle": "-|>", "color": SERIES if revision.flipped else FAINT, "lw": 1.6,
                    "shrinkA": 5, "shrinkB": 5,
                },
            )  # fmt: skip
    ax.vlines(
        [1.0] * len(ticks), [y - _TICK for y in ticks], [y + _TICK for y in ticks],
        colors=TARGET, linewidth=2, zorder=3, label="target",
    )  # fmt: skip
    plot_marks(ax, before, old=True)
    plot_marks(ax, after)
    write_verdicts(ax, wordy, language)
    percent_axis(ax, low, high, language, _axis_label(revisions, language))
    if not ticks:
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)


def _ordered(revisions: Sequence[Revision]) -> list[Revision]:
    return sorted(revisions, key=lambda revision: (not revision.flipped, not revision.moved))


def _rows(ordered: Sequence[Revision], language: Language) -> Rows:
    return lay_out(
        [words.name(revision.verdict.goal, language) for revision in ordered],
        [
            Column(
                language("chart.revisions.figure"),
                tuple(_figures(revision, language) for revision in ordered),
            ),
            Column(
                language("column.verdict"),
                tuple(_verdicts(revision, language) for revision in ordered),
            ),
        ],
    )


def _figures(revision: Revision, language: Language) -> str:
    before, now = revision.before, revision.verdict
    old = figure_text(before, language, beside=known_ends(now))
    return f"{old} {_ARROW} {words.cell(now, language, beside=known_ends(before))}"


def _verdicts(revision: Revision, language: Language) -> str:
    new = words.worded(revision.verdict.verdict, language)
    if not revision.moved:
        return new
    return f"{LOOKS[revision.before.verdict].glyph} {_ARROW} {new}"


def _window(revisions: Sequence[Revision]) -> tuple[float, float]:
    """The stretch of the axis that holds the figures and the target, with a little air."""
    levels = [x for r in revisions for x in (r.before.level, r.verdict.level) if x is not None]
    low = max(min([*levels, 1.0]), _LEAST)
    high = min(max([*levels, 1.0]), _MOST)
    air = max(0.08 * (high - low), (_NARROWEST - (high - low)) / 2, 0.02)
    return low - air, high + air


def _axis_label(revisions: Sequence[Revision], language: Language) -> str:
    if all(revision.verdict.level is None for revision in revisions):
        return ""
    low, _ = _window(revisions)
    not_zero = language("chart.not_from_zero") if low > 0 else ""
    return words.sentence(language("chart.attainment.axis"), not_zero)


def _finding(revisions: Sequence[Revision], language: Language) -> str:
    flipped = sum(revision.flipped for revision in revisions)
    key = "chart.revisions.flipped" if flipped else "chart.revisions.none"
    return language(key, n=len(revisions), flipped=language.number(flipped))


def _item(revision: Revision, language: Language) -> str:
    verdict = revision.verdict
    return language(
        "chart.revisions.item",
        goal=words.name(verdict.goal, language),
        before=words.figure(revision.before, language, beside=known_ends(verdict)),
        after=words.figure(verdict, language, beside=known_ends(revision.before)),
        target=words.target(verdict, language),
        old=words.worded(revision.before.verdict, language),
        new=words.worded(verdict.verdict, language),
    )
