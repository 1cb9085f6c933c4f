"""A goal's figures over the periods of its plan as a small line, drawn in the ink of the page.

A site has a page for each goal, hundreds in all, and matplotlib takes longer for a picture than the rest
of a page does. The line repeats the table beside it, which says every number; a verdict stands at its
figure as the sign that all pages have for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.periods.calendar import short_name
from planlib.report.render.pictures import figure
from planlib.report.text.numbers import digits_for, number_text
from planlib.report.text.phrases import figure_text, target_text
from planlib.report.vocabulary import LOOKS

WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 640, 190, 64, 24, 18, 34
MOST_NAMED = 9  # periods named below the line
LETTER = 8.0  # the room of one in such a name
INK, FAINT = "stroke:currentColor;fill:none", "stroke:currentColor;fill:none;opacity:.35"


@dataclass(frozen=True)
class _Scale:
    low: float
    high: float
    count: int

    def x(self, at: int) -> float:
        room = WIDE - LEFT - RIGHT
        return LEFT + (room * at / (self.count - 1) if self.count > 1 else room / 2)

    def y(self, value: float) -> float:
        room = HIGH - TOP - BOTTOM
        return HIGH - BOTTOM - room * (value - self.low) / (self.high - self.low)


def trend_picture(verdicts: Sequence[GoalVerdict], language: Language) -> Markup:
    """The figures and targets of some periods, in order; nothing where fewer than two are numbers."""
    values = [one for verdict in verdicts for one in _ends(verdict)]
    numbers = all(one.goal.main_target().kind.figure == "number" for one in verdicts)
    if not numbers or sum(bool(_ends(one)) for one in verdicts) < 2:
        return Markup("")
    aims = [one for verdict in verdicts for one in _aims(verdict)]
    low, high = min(values + aims), max(values + aims)
    air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
    scale = _Scale(low - air, high + air, len(verdicts))
    drawn = [*_frame(verdicts, scale, (low, high), language), *_targets(verdicts, scale),
             *_line(verdicts, scale), *_signs(verdicts, scale)]  # fmt: skip
    svg = f'<svg width="{WIDE}" height="{HIGH}" viewBox="0 0 {WIDE} {HIGH}">{"".join(drawn)}</svg>'
    return figure(svg, _told(verdicts, language))


def _ends(verdict: GoalVerdict) -> list[float]:
    ends = [verdict.value] if verdict.value is not None else [verdict.low, verdict.high]
    return [one for one in ends if one is not None]


def _aims(verdict: GoalVerdict) -> list[float]:
    """The ends of a target that are numbers the figure is held against."""
    target = verdict.target
    if target is None or target.kind.figure != "number" or target.among is not None:
        return []
    return [one for one in (target.value, target.low, target.high) if one is not None]


def _text(x: float, y: float, text: str, anchor: str) -> str:
    words = Markup("{}").format(text)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" '
        f'fill="currentColor">{words}</text>'
    )


def _frame(
    verdicts: Sequence[GoalVerdict], scale: _Scale, ends: tuple[float, float], language: Language
) -> Iterator[str]:
    """The periods below, and the least and the greatest number at the side."""
    foot = HIGH - BOTTOM
    yield f'<path style="{FAINT}" d="M{LEFT - 8} {TOP}V{foot}H{WIDE - RIGHT + 8}"/>'
    goal = verdicts[0].goal
    digits = digits_for(goal.main_target())
    for value in dict.fromkeys(ends):
        told = number_text(value, language, digits=digits)
        yield _text(LEFT - 14, scale.y(value) + 4, told, "end")
    names = [short_name(verdict.year, language) for verdict in verdicts]
    most = min(MOST_NAMED, max(int((WIDE - LEFT - RIGHT) / (LETTER * max(map(len, names)))), 1))
    step = -(-len(names) // most)
    for at, name in enumerate(names):
        if at % step == 0:
            yield _text(scale.x(at), foot + 20, name, "middle")


def _targets(verdicts: Sequence[GoalVerdict], scale: _Scale) -> Iterator[str]:
    """A short bar at the target of each period, two for the ends of a range."""
    half = min((WIDE - LEFT - RIGHT) / max(2 * len(verdicts) - 2, 2), 40)
    for at, verdict in enumerate(verdicts):
        for value in _aims(verdict):
            x, y = scale.x(at), scale.y(value)
            left, right = max(x - half, LEFT - 8), min(x + half, WIDE - RIGHT + 8)
            yield (
                f'<path style="{INK};stroke-width:2;stroke-dasharray:5 3" '
                f'd="M{left:.1f} {y:.1f}H{right:.1f}"/>'
            )


def _line(verdicts: Sequence[GoalVerdict], scale: _Scale) -> Iterator[str]:
    """From figure to figure; a period without one leaves a gap, an interval is a bar."""
    path, before = "", False
    for at, verdict in enumerate(verdicts):
        ends = _ends(verdict)
        if len(ends) == 2:
            x = scale.x(at)
            yield (
                f'<path style="{INK};stroke-width:6;opacity:.5" '
                f'd="M{x:.1f} {scale.y(ends[0]):.1f}V{scale.y(ends[1]):.1f}"/>'
            )
        if verdict.value is not None:
            path += f"{'L' if before else 'M'}{scale.x(at):.1f} {scale.y(verdict.value):.1f}"
        before = verdict.value is not None
    if path:
        yield f'<path style="{INK};stroke-width:1.5" d="{path}"/>'


def _signs(verdicts: Sequence[GoalVerdict], scale: _Scale) -> Iterator[str]:
    for at, verdict in enumerate(verdicts):
        ends = _ends(verdict)
        if not ends:
            continue
        y = scale.y(sum(ends) / len(ends)) + 6
        yield (
            f'<text x="{scale.x(at):.1f}" y="{y:.1f}" text-anchor="middle" font-size="18" '
            f'fill="currentColor">{LOOKS[verdict.verdict].glyph}</text>'
        )


def _told(verdicts: Sequence[GoalVerdict], language: Language) -> str:
    """The line in words: each period's figure, target and verdict."""
    name = verdicts[0].goal.name.in_language(language.code)
    shown = [one for one in verdicts if _ends(one)]
    items = language.parts_mark.join(
        language(
            "explore.summary", year=one.year, figure=figure_text(one, language, unit=True),
            target=target_text(one.goal, one.target, language),
            verdict=language.verdict(one.verdict),
        )
        for one in shown
    )  # fmt: skip
    return language("site.goal.picture", goal=name, items=items)
