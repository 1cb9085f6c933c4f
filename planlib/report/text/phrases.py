"""Targets, figures and paces as short phrases: what stands in a cell or inside a sentence.

Units are given beside the number, joined by a space that does not break. In a table with a column
for units the phrase leaves them out (``unit=False``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.guess import language_of
from planlib.language.language import MINUS, Language
from planlib.language.sentences import joined
from planlib.plan.comparisons.base import Comparison
from planlib.plan.comparisons.registry import KINDS
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Place, Reading
from planlib.plan.plan import Plan
from planlib.plan.shipped import DATA
from planlib.plan.target import CHANGES, RECURRING, SINCE, Basis, Cadence, Target
from planlib.report.text.maintained import maintained
from planlib.report.text.numbers import (
    digits_for,
    ends_of,
    exact_text,
    goal_ends,
    number_text,
    tolerated_ends,
)
from planlib.report.text.others import compared_text, place_among, ranked_text
from planlib.report.text.remarks import marked_text
from planlib.report.text.units import quantity_text, unit_text
from planlib.review.profile import Point
from planlib.scoring.verdict import Verdict

_BEFORE = {Cadence.over_term: "base", Cadence.every_period: "period"}
SILENT = (Verdict.no_data, Verdict.not_due, Verdict.not_applicable, Verdict.suppressed)


@dataclass(frozen=True)
class ShownFigure:
    """A figure to be told: a number, or an interval with the name of an end not part of it."""

    value: float | None
    low: float | None = None
    high: float | None = None
    exclusive: str = ""


def target_text(goal: Goal, target: Target | None, language: Language, *, unit: bool = True) -> str:
    """A target as a plan cell reads: ``6,6–6,8%``, ``dưới 4%``, ``giảm 5–7%``."""
    if target is None:
        return language("target.none")
    kind = target.kind
    if kind.figure == "yes_no":
        return language(kind.key())
    beside = unit_text(goal, target, language) if unit else ""
    if kind.figure == "members":
        count = language.number(len(target.members))
        return language(
            kind.key(), members=quantity_text(joined((count, count), "/"), beside, language)
        )
    ends = sorted(ends_of(target))
    if kind.against_start:
        return maintained(goal, target, language)
    if target.among is not None:
        return ranked_text(target, language)
    if target.to is not None:
        percent = "%" if target.measure == "percent" else beside
        size = quantity_text(exact_text(abs(ends[0]), language), percent, language)
        return compared_text(target, size, language)
    if target.basis in CHANGES:
        on = _BEFORE.get(target.cadence, "before")
        if target.basis in SINCE:
            on = "since" if goal.baseline else "baseline"
        year = goal.baseline.year if goal.baseline else ""
        return language(
            f"change.on.{on}", year=year, change=_change_text(kind, ends, beside, language)
        )
    if _names_its_limit(goal, target):
        return quantity_text(exact_text(ends[0], language), beside, language)
    return _bounds_text(kind, ends, beside, language)


def held_text(verdict: GoalVerdict, language: Language, *, unit: bool = True) -> str:
    """The target a verdict was held against; over the term it may be each year's own."""
    if verdict.target is None and verdict.term and verdict.goal.aimed:
        return language("target.yearly")
    return target_text(verdict.goal, verdict.target, language, unit=unit)


def _range(low: str, high: str, language: Language) -> str:
    """Two numbers as one; a dash between them, but not next to a minus sign."""
    if low == high:
        return low
    return language("range.negative" if MINUS in low else "range", low=low, high=high)


def _bounds_text(kind: Comparison, ends: list[float], unit: str, language: Language) -> str:
    number = _range(exact_text(ends[0], language), exact_text(ends[-1], language), language)
    return language(kind.key(), quantity=quantity_text(number, unit, language))


def _change_text(kind: Comparison, ends: list[float], unit: str, language: Language) -> str:
    low, high = ends[0], ends[-1]
    if low == high == 0:
        return language(f"change.zero.{kind.id}")
    if low >= 0:
        return language("change.rise", size=_bounds_text(kind, ends, unit, language))
    if high <= 0:
        sizes = sorted(abs(end) for end in ends)
        # What bounds a change from above bounds the fall from below.
        size = _bounds_text(KINDS[kind.mirrored or kind.id], sizes, unit, language)
        return language("change.fall", size=size)
    fall = quantity_text(exact_text(abs(low), language), unit, language)
    rise = quantity_text(exact_text(high, language), unit, language)
    return language("change.across", fall=fall, rise=rise)


def _names_its_limit(goal: Goal, target: Target) -> bool:
    """Whether "at least" or "at most" says no more than the bare number: 100 %, 0 cases."""
    limit = 100.0 if target.basis is Basis.quota else goal.limits_of(target).high
    return target.kind.names_limit(target, limit)


def when_text(target: Target | None, language: Language) -> str:
    """When a target holds: every year, over the term, by a year, kept throughout."""
    if target is None:
        return ""
    if target.due_day is not None:
        return language("cadence.by.day", day=target.due_day)
    return language(f"cadence.{target.cadence}", due=target.due or "")


def due_text(target: Target | None, language: Language) -> str:
    """As ``when_text``, but silent for a target of the year itself."""
    yearly = target is None or target.cadence in RECURRING
    return "" if yearly else when_text(target, language)


def reading_text(goal: Goal, reading: Reading, language: Language) -> str:
    """A reading's target and when it holds."""
    target = target_text(goal, reading.target, language)
    return language("reading.target", target=target, when=when_text(reading.target, language))


def figure_text(
    verdict: GoalVerdict, language: Language, *, unit: bool = False, beside: Iterable[float] = ()
) -> str:
    """A figure as it is read: a number, an interval, words, or the word for why there is none.

    An estimate says so, and so does the figure of an earlier period that stands in. Words of the
    source are kept where they are in the reader's language, or are all there is; otherwise the
    figure is told from its bounds. ``beside`` as in ``interval_text``.
    """
    target = verdict.target or verdict.goal.main_target()
    beside = (*beside, *tolerated_ends(target, verdict.tolerance))
    text = interval_text(verdict.goal, target, verdict, language, unit=unit, beside=beside)
    words = "" if target.kind.of_others else verdict.words
    if words and (not text or language_of(words) == language.code):
        text = marked_text(words, language)
    if not text:
        name = verdict.verdict.name if verdict.verdict in SILENT else Verdict.no_data.name
        return language(f"figure.{name}")
    text = language("figure.estimate", figure=text) if verdict.estimate else text
    if verdict.figure_of is None:
        return text
    return language("figure.stands_in", figure=text, year=verdict.figure_of)


def known_ends(figure: ShownFigure | GoalVerdict | Point) -> list[float]:
    """The numbers of a figure, the lower first; none where there is no figure."""
    if figure.value is not None:
        return [figure.value]
    return [end for end in (figure.low, figure.high) if end is not None]


def interval_text(
    goal: Goal, target: Target, figure: ShownFigure | GoalVerdict | Point, language: Language, *,
    unit: bool = False, beside: Iterable[float] = (),
) -> str:  # fmt: skip
    """A number or an interval in the unit of a target; empty where there is none.

    It is never rounded across a target, nor across the figures it is shown ``beside``.
    """
    if isinstance(figure, Point):  # what was reported, whatever it is held against
        target = target.natural
    value, low = figure.value, figure.low
    ends = known_ends(figure)
    if not ends:
        return ""
    if target.among is not None:
        ranked = figure.against if isinstance(figure, GoalVerdict) else None
        return place_among(ends, ranked, language)
    if target.kind.figure == "yes_no":
        return language("figure.done" if min(ends) >= 1 else "figure.undone")
    in_unit = unit_text(goal, target, language) if unit else ""
    if target.kind.figure == "members":
        count = language.number(len(target.members))
        held = number_text(ends[0], language)
        return quantity_text(language("figure.members", held=held, count=count), in_unit, language)
    fall = target.moves and max(ends) <= 0 and min(ends) < 0
    rise = target.moves and min(ends) >= 0 and max(ends) > 0
    against = [abs(end) if fall else end for end in (*goal_ends(goal, target), *beside)]
    numbers = [
        number_text(abs(end) if fall else end, language, digits=digits_for(target), ends=against)
        for end in ends
    ]
    if fall:
        numbers.reverse()
    one_end = value is None and len(ends) == 1
    if figure.exclusive and len(ends) == 2:
        open_ends = (figure.exclusive in {"low", "both"}, figure.exclusive in {"high", "both"})
        over, under = reversed(open_ends) if fall else open_ends
        numbers = [
            joined((">", numbers[0]), "") if over else numbers[0],
            joined(("<", numbers[1]), "") if under else numbers[1],
        ]
    number = _range(numbers[0], numbers[-1], language)
    text = quantity_text(number, in_unit, language)
    if one_end:
        side = "figure.up_to" if (low is None) != fall else "figure.from"
        past = {"figure.up_to": "figure.under", "figure.from": "figure.over"}
        text = language(past[side] if figure.exclusive else side, quantity=text)
    if fall or rise:
        kind = "relative" if target.to is not None else "change"
        return language(f"{kind}.{'fell' if fall else 'rose'}", size=text)
    return text


def dated_text(dated: str, language: Language) -> str:
    """A date as a document carries it, in words; a date in other words stays as it is."""
    try:
        return language.date(dated)
    except ValueError:
        return dated


def place_text(plan: Plan, place: Place, language: Language) -> str:
    """Where a document says it: its title, section and paragraph."""
    document = plan.document(place.document)
    title = document.title.in_language(language.code) if document else place.document
    number = language.number(place.paragraph)
    section = plan.section_label(place, language.code)
    text = language("place", title=title, section=section, paragraph=number)
    if place.note is None:
        return text
    return language("place.noted", place=text, note=place.note.in_language(language.code))


def file_text(path: str) -> str:
    """A figures file as readers know it: its path below the data folder, else its bare name."""
    file = Path(path)
    if file.is_relative_to(DATA):
        return f"data/{file.relative_to(DATA).as_posix()}"
    return file.name
