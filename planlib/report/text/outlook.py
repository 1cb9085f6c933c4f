"""The outlook in phrases: chances, the event they are of, the record and the reasoning behind them.

A chance is printed in whole percent: the record behind it is kept in bins of ten.
"""

from __future__ import annotations

from typing import Any

from planlib.evaluation.outlook import GoalOutlook
from planlib.language.language import Language
from planlib.language.sentences import PrintedNumber, joined
from planlib.outlook.trend import SIGNIFICANT, Direction
from planlib.outlook.words import Outlook
from planlib.plan.header import Thresholds
from planlib.plan.target import Cadence
from planlib.report.layout import Fact, fact
from planlib.report.text.numbers import number_text
from planlib.report.text.pace import pace_unit
from planlib.report.text.phrases import ShownFigure, interval_text
from planlib.report.text.units import quantity_text

SURE = 0.005  # nearer to 0 or 1 than this a forecast is printed as beyond 1 or 99 %


def chance_text(chance: float, language: Language, cuts: Thresholds | None = None) -> str:
    """A probability in whole percent, never rounded across a threshold of its word.

    >>> vi = Language("vi")
    >>> chance_text(0.6412, vi), chance_text(0.9991, vi), chance_text(1.0, vi)
    ('64%', 'trên 99%', '100%')
    >>> chance_text(0.6961, vi, Thresholds())
    '69,6%'
    """
    if 0 < chance < SURE:
        return language("outlook.chance.low")
    if 1 - SURE < chance < 1:
        return language("outlook.chance.high")
    ends = (100 * cuts.on_track, 100 * cuts.at_risk) if cuts else ()
    percent = number_text(100 * chance, language, digits=0, ends=ends)
    return language("outlook.chance", percent=percent)


def event_text(ahead: GoalOutlook, last: int, language: Language) -> str:
    """Of what the chance is: by a deadline, in total, in the last year, or in every year."""
    target = ahead.target
    if ahead.event == "kept":
        return language("outlook.event.kept", year=last)
    if target is not None and target.cadence is Cadence.by:
        if target.due_day is not None:
            return language("outlook.event.by.day", day=target.due_day)
        return language("outlook.event.by", year=target.due)
    if target is not None and target.cadence is Cadence.over_term:
        return language("outlook.event.over_term", year=last)
    return language("outlook.event.last_year", year=last)


def decided(ahead: GoalOutlook) -> bool:
    """Whether the outlook is a fact already."""
    return ahead.word in {Outlook.secured, Outlook.impossible}


def record_text(ahead: GoalOutlook, language: Language) -> str:
    """The record behind the chance: of n forecasts like this, k came true."""
    if decided(ahead):
        return language("outlook.record.fact")
    record = ahead.record
    if record is None:
        return language("outlook.record.none")
    share = number_text(100 * record.k / record.n, language, digits=0, ends=(0, 100))
    return language(
        "outlook.record", n=record.n, k=language.number(record.k), share=share,
        years=language("outlook.record.years", n=record.years),
    )  # fmt: skip


def silence_text(ahead: GoalOutlook, language: Language) -> str:
    """Why a goal has no probability."""
    return language(f"outlook.silence.{ahead.silence or 'too_few_points'}")


def range_text(ahead: GoalOutlook, language: Language) -> str:
    """The last year of the fan in words; empty without one."""
    if not ahead.fan:
        return ""
    end = ahead.fan[-1]
    ends: dict[str, Any] = {
        name: value_text(ahead, getattr(end, name), language)
        for name in ("low_50", "high_50", "low_80", "high_80")
    }
    return language("outlook.range", year=end.year, **ends)


def value_text(ahead: GoalOutlook, number: float, language: Language) -> str:
    """A figure of a forecast with its unit."""
    target = ahead.target or ahead.goal.main_target()
    return interval_text(ahead.goal, target, ShownFigure(number), language, unit=True)


def trend_text(ahead: GoalOutlook, language: Language) -> str:
    """Slope, its range with the true coverage, and what can be concluded; empty without a slope."""
    trend = ahead.trend
    if trend.slope is None or trend.low is None or trend.high is None or trend.coverage is None:
        return ""
    unit = pace_unit(ahead.goal, ahead.target, language)
    if trend.direction is Direction.too_few_points or trend.p is None:
        direction = language("outlook.trend.too_few_points")
    else:
        p = number_text(trend.p, language, digits=3, ends=(0, SIGNIFICANT))
        direction = language(f"outlook.trend.{trend.direction}", p=p)

    def step(number: float) -> str:
        told = number_text(number, language, ends=(0,))
        if number > 0 and isinstance(told, PrintedNumber):
            return PrintedNumber.of(f"+{told}", told.value)
        return told

    return language(
        "outlook.trend", slope=quantity_text(step(trend.slope), unit, language),
        low=step(trend.low), high=step(trend.high),
        coverage=number_text(100 * trend.coverage, language, digits=0), direction=direction,
    )  # fmt: skip


def basis_text(ahead: GoalOutlook, language: Language) -> str:
    """The distribution behind the chance, and what it was made from."""
    if ahead.kind is None:
        return silence_text(ahead, language)
    key = "outlook.basis.pooled" if ahead.pooled else "outlook.basis"
    kind = language(f"outlook.kind.{ahead.kind}")
    made = language(key, n=ahead.points, kind=kind, year=ahead.last_year)
    return (
        joined((made, language("outlook.basis.untested")), language.parts_mark)
        if ahead.untested
        else made
    )


def outlook_facts(ahead: GoalOutlook, language: Language) -> tuple[Fact, ...]:
    """What stands behind a chance, for the fold under a goal's name."""
    texts = {"range": range_text(ahead, language), "trend": trend_text(ahead, language)}
    if ahead.probability is not None:
        chances: dict[str, Any] = {
            name: language("outlook.event.none") if chance is None else chance_text(chance, language)
            for name, chance in (
                ("reached", ahead.reached), ("holding", ahead.holding), ("kept", ahead.kept),
            )
        }  # fmt: skip
        texts = {"events": language("outlook.events", **chances)} | texts
    texts["basis"] = basis_text(ahead, language)
    return tuple(fact(f"outlook_{key}", text, language) for key, text in texts.items() if text)
