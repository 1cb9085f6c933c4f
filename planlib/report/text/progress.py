"""How far along a goal is: the road gone, the pace it needs, the time that is left."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.report.text.numbers import percent
from planlib.report.text.pace import pace_text
from planlib.report.text.phrases import when_text
from planlib.review import GoalVerdict, MidtermReview
from planlib.scoring.verdict import MISSED, REACHED


def road_text(verdict: GoalVerdict, language: Language) -> str:
    """The share of the road gone in percent, never printed like the share of the time gone."""
    beside = () if verdict.time_share is None else (verdict.time_share,)
    return percent(verdict.road or 0.0, language, beside=beside)


def road_sentence(verdict: GoalVerdict, language: Language) -> str | None:
    """The road gone so far against the schedule; None without a schedule."""
    index = verdict.schedule_index
    if index is None or verdict.road is None:
        return None
    if verdict.verdict in REACHED:
        key = "arrived"
    elif verdict.verdict in MISSED:
        key = "late"
    else:
        key = "away" if verdict.road < 0 else "behind" if index < 1 else "ahead"
    return language(
        f"road.{key}",
        name=verdict.goal.name.in_language(language.code),
        road=road_text(verdict, language),
        time=percent(verdict.time_share or 0.0, language),
    )


def schedule_sentence(review: MidtermReview, language: Language) -> str:
    """How many goals with a road are behind schedule, and which the furthest; empty without any."""
    found = [v for v in review.scheduled if v.road is not None and v.time_share is not None]
    behind = [v for v in found if v.schedule_index is not None and v.schedule_index < 1]
    if not found:
        return ""
    if not behind:
        return language("road.none_behind", n=len(found))
    return language(
        "road.finding",
        n=len(found),
        behind=language.number(len(behind)),
        goal=behind[0].goal.name.in_language(language.code),
    )


def pace_sentence(verdict: GoalVerdict, review: MidtermReview, language: Language) -> str | None:
    """What every remaining year must bring, in natural units; None where nothing is asked for."""
    pace = verdict.required_per_year
    if not pace:
        return None
    needed = language(
        "pace.more" if pace > 0 else "pace.less", pace=pace_text(verdict, pace, language)
    )
    return language(
        "pace.sentence",
        name=verdict.goal.name.in_language(language.code),
        needed=needed,
        time=time_left(verdict, review, language),
    )


def time_left(verdict: GoalVerdict, review: MidtermReview, language: Language) -> str:
    """How long there is: years to the end of the term, or the due year where that is another."""
    target = verdict.target
    due = target.due if target else None
    if target and due and (target.due_day or due != review.plan.years[-1]):
        return when_text(verdict.target, language)
    return years_left(review, language)


def years_left(review: MidtermReview, language: Language) -> str:
    """How many years of the term are still to come."""
    left = review.years_left
    return language("pace.years_left", n=left) if left else language("pace.over")


def years_reached_text(years: tuple[int, int], language: Language) -> str:
    """In how many of the judged years a goal was reached: ``đạt 2/3 năm``."""
    reached, judged = years
    if not judged:
        return language("kept.none")
    return language("kept", reached=language.number(reached), judged=language.number(judged))
