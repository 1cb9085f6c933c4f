"""Figures, targets and sources as the charts and their alternative texts print them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from planlib.evaluation.outlook import GoalOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.direction import isolated
from planlib.language.language import Language
from planlib.language.sentences import joined, reworded
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Period, period
from planlib.plan.plan import Plan
from planlib.plan.target import Target
from planlib.report.charts.fonts import width
from planlib.report.text.numbers import digits_for, goal_ends, number_text
from planlib.report.text.outlook import chance_text
from planlib.report.text.phrases import ShownFigure, figure_text, interval_text, target_text
from planlib.report.text.units import unit_text
from planlib.report.vocabulary import LOOKS, OUTLOOKS
from planlib.review.profile import Point
from planlib.scoring.verdict import Verdict

_SOURCES_NAMED = 3
_SHORT_UNIT = 6  # letters


def name(goal: Goal, language: Language) -> str:
    """A goal's name, which turns nothing that is written beside it."""
    return isolated(goal.name.in_language(language.code))


def worded(verdict: Verdict, language: Language) -> str:
    """Glyph and word: ``▲ Vượt``."""
    return f"{LOOKS[verdict].glyph} {language.verdict(verdict)}"


def has_figure(verdict: GoalVerdict) -> bool:
    """Whether there is a figure to print: a number, an interval or the source's words."""
    ends = (verdict.value, verdict.low, verdict.high)
    return bool(verdict.words) or any(end is not None for end in ends)


def figure(verdict: GoalVerdict, language: Language, *, beside: Iterable[float] = ()) -> str:
    """The figure of a verdict with its unit, or the word for why there is none."""
    return figure_text(verdict, language, unit=True, beside=beside)


def cell(verdict: GoalVerdict, language: Language, *, beside: Iterable[float] = ()) -> str:
    """As ``figure``, for a column beside the target's: a long unit is left to the target."""
    if not has_figure(verdict):
        return ""
    short = len(unit(verdict.goal, verdict.target, language)) <= _SHORT_UNIT
    return figure_text(verdict, language, unit=short or verdict.target is None, beside=beside)


def target(verdict: GoalVerdict, language: Language) -> str:
    """The target a verdict holds against."""
    return target_text(verdict.goal, verdict.target, language)


def quantity(
    number: float, goal: Goal, held: Target | None, language: Language, *,
    unit: bool = True, beside: Iterable[float] = (),
) -> str:  # fmt: skip
    """A number in the unit of its target."""
    against = held or goal.main_target()
    return interval_text(goal, against, ShownFigure(number), language, unit=unit, beside=beside)


def point(found: Point, goal: Goal, held: Target, language: Language) -> str:
    """The figure of a point with its unit, marked where it is an estimate."""
    text = interval_text(goal, held.natural, found, language, unit=True)
    return language("chart.estimate", figure=text) if found.estimate else text


def label(found: Point, goal: Goal, held: Target, language: Language) -> str:
    """The figure at a point: as the axis counts, so a fall has a minus sign and no word."""
    held = held.natural
    if found.value is not None and held.moves:
        return number_text(
            found.value, language, digits=digits_for(held), ends=goal_ends(goal, held)
        )
    return interval_text(goal, held, found, language)


def outlook(ahead: GoalOutlook | None, plan: Plan, language: Language) -> str:
    """Glyph, word and chance: ``↗ Đúng hướng: 71 %``; empty without a probability."""
    if ahead is None or ahead.word is None or ahead.probability is None:
        return ""
    word = f"{OUTLOOKS[ahead.word].glyph} {language(f'outlook.{ahead.word}')}"
    chance = chance_text(ahead.probability, language, plan.header.outlook)
    text = language("chart.fan.chance", word=word, chance=chance)
    return reworded(text, lambda whole: whole.replace(" ", "\N{NO-BREAK SPACE}"))


def fan(ahead: GoalOutlook | None, language: Language) -> str:
    """The 80 % range of the last year of a fan in words; empty without one."""
    if ahead is None or not ahead.fan:
        return ""
    end, held = ahead.fan[-1], ahead.target or ahead.goal.main_target()
    low, high = (
        interval_text(ahead.goal, held, ShownFigure(number), language, unit=True)
        for number in (end.low_80, end.high_80)
    )
    return language("chart.fan.item", year=end.year, low=low, high=high)


def unit(goal: Goal, held: Target | None, language: Language) -> str:
    """The unit of a goal's figures."""
    return unit_text(goal, held or goal.main_target(), language)


def sources(found: Iterable[str], language: Language, *, illustrative: bool) -> str:
    """Where the figures come from, in a few words; the table beside a chart names them all."""
    if illustrative:
        return language("chart.source.illustrative")
    hosts = [urlsplit(source).hostname or source for source in found if source]
    names = list(dict.fromkeys(host.removeprefix("www.") for host in hosts))
    if not names:
        return ""
    shown = ", ".join(names[:_SOURCES_NAMED])
    more = len(names) - _SOURCES_NAMED
    if more > 0:
        return language("chart.source.more", n=more, sources=shown)
    return language("chart.source", sources=shown)


def sentence(*parts: str) -> str:
    """Sentences in a row; empty ones are left out."""
    return joined(parts)


def widest(texts: Iterable[str], size: float) -> float:
    """Inches of the widest text; 0 without any."""
    return max((width(text, size) for text in texts), default=0.0)


def period_mark(code: int, language: Language) -> str:
    """A period as it stands below an axis: a half, quarter or month, and below it its year.

    >>> from planlib.plan.periods.calendar import Frequency
    >>> quarter = Period.of(Frequency.quarter, 2013, 3, split=True)
    >>> period_mark(2013, Language("vi")), period_mark(quarter, Language("vi"))
    ('2013', 'Quý III\\n2013/14')
    >>> period_mark(Period.of(Frequency.month, 2013, 7), Language("en"))
    'Jul\\n2013'
    """
    at = period(code)
    return "\n".join(filter(None, at.short(language))) if isinstance(at, Period) else str(at)
