"""How are we doing? The counts of each verdict as one bar, in the office's order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import NullLocator

from planlib.language.language import Language
from planlib.report.charts.fonts import width
from planlib.report.charts.frame import EDGE, Heading, framed
from planlib.report.charts.style import TEXT, lines_height, style
from planlib.report.charts.svg import picture
from planlib.report.display import Picture
from planlib.report.vocabulary import FAINT, LOOKS
from planlib.scoring.rollup import Rollup
from planlib.scoring.verdict import Verdict

WIDE = 7.0
_BAR = 0.42  # inches
_LABELS = 0.13  # inches from the bar to the middle of the first line of words
_APART = 0.16  # inches between two words
_SWATCH = 0.12  # inches
_NUMBER = 11.0  # points


def counts_bar(rollup: Rollup, language: Language, *, illustrative: bool) -> Picture | None:
    """The number of goals with each verdict; None where there is no goal."""
    made = figure(rollup, language, illustrative=illustrative)
    if made is None:
        return None
    items = [
        f"{LOOKS[verdict].glyph} {language.verdict(verdict)}: {language.number(count)}"
        for verdict, count in _counts(rollup)
    ]
    return picture(made, _finding(rollup, language), items)


def figure(rollup: Rollup, language: Language, *, illustrative: bool) -> Figure | None:
    """The chart with its heading; None where there is no goal."""
    if not rollup.count():
        return None
    heading = Heading(
        _finding(rollup, language), language("chart.counts.shown"), illustrative=illustrative
    )
    with style():
        lines = 1 + len(_labels(rollup, language, WIDE - 2 * EDGE).aside)
        made, ax = framed(
            heading, language, wide=WIDE, plot=_BAR, left=EDGE, right=EDGE, above=0.04,
            below=_LABELS + lines_height(lines - 0.5, TEXT),
        )  # fmt: skip
        draw(ax, rollup, language)
    return made


def draw(ax: Axes, rollup: Rollup, language: Language) -> None:
    """Draw the bar on axes; the words stand below it."""
    made = ax.get_figure(root=True)
    assert made is not None
    box = ax.get_window_extent()
    wide, high = box.width / made.dpi, box.height / made.dpi
    ax.set(xlim=(0, rollup.count()), ylim=(0, 1))
    ax.xaxis.set_major_locator(NullLocator())
    ax.yaxis.set_major_locator(NullLocator())
    ax.spines[:].set_visible(False)
    labels = _labels(rollup, language, wide)
    start = 0
    for verdict, count in _counts(rollup):
        look = LOOKS[verdict]
        middle = start + count / 2
        label = f"verdict:{verdict.name}"
        ax.add_patch(Rectangle((start, 0), count, 1, clip_on=False, label=label, **_fill(verdict)))
        if inside := labels.inside.get(verdict):
            ax.text(
                middle, 0.5, inside, ha="center", va="center_baseline", fontsize=_NUMBER,
                color=look.ink, fontweight="bold",
                bbox={"fc": look.colour, "ec": "none", "pad": 1.5} if look.hatch else None,
            )  # fmt: skip
        if word := labels.below.get(verdict):
            ax.text(middle, -_LABELS / high, word, ha="center", va="center", fontsize=TEXT)
        start += count
    unit = rollup.count() / wide
    for index, line in enumerate(labels.aside, start=1):
        y = -(_LABELS + lines_height(index, TEXT)) / high
        for verdict, text, at in line:
            swatch = Rectangle(
                (at * unit, y - _SWATCH / 2 / high), _SWATCH * unit, _SWATCH / high, clip_on=False,
                **_fill(verdict) | {"edgecolor": FAINT, "linewidth": 0.6},
            )  # fmt: skip
            ax.add_artist(swatch)
            ax.text((at + 1.5 * _SWATCH) * unit, y, text, va="center", fontsize=TEXT)


def _fill(verdict: Verdict) -> dict[str, Any]:
    look = LOOKS[verdict]
    edge = FAINT if look.colour == "#FFFFFF" else "white"
    return {"facecolor": look.colour, "hatch": look.hatch, "edgecolor": edge, "linewidth": 1.2}


def _counts(rollup: Rollup) -> list[tuple[Verdict, int]]:
    """The verdicts that occur, in the office's order."""
    return list(rollup.counts.present)


@dataclass(frozen=True)
class _Labels:
    """Numbers inside parts and words below them; in lines of their own what fits neither."""

    inside: dict[Verdict, str]
    below: dict[Verdict, str]
    aside: list[list[tuple[Verdict, str, float]]]


def _labels(rollup: Rollup, language: Language, room: float) -> _Labels:
    """Words stand under their part where there is room; narrow parts are listed under the bar."""
    inside: dict[Verdict, str] = {}
    below: dict[Verdict, str] = {}
    aside: list[tuple[Verdict, str]] = []
    start, taken = 0.0, -_APART
    for verdict, count in _counts(rollup):
        wide = count / rollup.count() * room
        number = f"{LOOKS[verdict].glyph} {language.number(count)}"
        word = language.verdict(verdict)
        middle, half = start + wide / 2, width(word, TEXT) / 2
        if width(number, _NUMBER, bold=True) + 0.08 <= wide:
            inside[verdict] = number
        left, right = middle - half, middle + half
        if verdict in inside and left >= max(0.0, taken + _APART) and right <= room:
            below[verdict] = word
            taken = right
        else:
            aside.append((verdict, f"{number} {word}"))
        start += wide
    return _Labels(inside, below, _listed(aside, room))


def _listed(
    aside: Sequence[tuple[Verdict, str]], room: float
) -> list[list[tuple[Verdict, str, float]]]:
    """Texts in lines, each moved to the right end, where narrow parts mostly are."""
    lines: list[list[tuple[Verdict, str, float]]] = []
    ends: list[float] = []
    for verdict, text in aside:
        wide = 1.5 * _SWATCH + width(text, TEXT)
        if not lines or ends[-1] + _APART + wide > room:
            lines.append([])
            ends.append(-_APART)
        lines[-1].append((verdict, text, ends[-1] + _APART))
        ends[-1] += _APART + wide
    return [
        [(verdict, text, at + room - end) for verdict, text, at in line]
        for line, end in zip(lines, ends, strict=True)
    ]


def _finding(rollup: Rollup, language: Language) -> str:
    counts = rollup.counts
    if not counts.judged:
        return language("chart.counts.none")
    key = "chart.counts.missed" if counts[Verdict.not_met] else "chart.counts.finding"
    return language(
        key,
        n=counts.judged,
        reached=language.number(counts.reached),
        missed=language.number(counts[Verdict.not_met]),
    )
