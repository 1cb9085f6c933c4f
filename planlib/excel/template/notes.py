"""What a template says beside a goal: how it is read, what is to be typed, what was last year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planlib.excel.template.asked import figures_before
from planlib.figures.observations import State
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import MakeUp
from planlib.plan.periods.calendar import period, within_year
from planlib.plan.plan import Plan
from planlib.plan.target import Basis, Cadence, Target
from planlib.report.text.numbers import number_text, percent
from planlib.report.text.phrases import (
    ShownFigure,
    due_text,
    interval_text,
    place_text,
    reading_text,
    target_text,
    when_text,
)


def goal_note(plan: Plan, goal: Goal, year: int, language: Language) -> str:
    """The note on a goal's name: target, readings, what to type, natural limits, place."""
    target = goal.target_for(year) or goal.main_target()
    lines = [
        language("template.note.target", target=target_text(goal, target, language),
                 when=when_text(target, language)),
        language(f"template.note.{_kind(goal)}", year=year),
    ]  # fmt: skip
    if target.due_day is not None and target.kind.figure == "yes_no":
        lines.append(language("template.note.done.by", day=target.due_day))
    if within_year(year) and goal.made_up_by in {MakeUp.sum, MakeUp.ratio}:
        name = "year_to_date" if goal.year_to_date else "alone"
        lines.append(language(f"template.note.{name}", year=year))
    for reading in goal.readings:
        key = "template.note.reading.default" if reading.default else "template.note.reading"
        wording = reading_text(goal, reading, language)
        lines.append(language(key, reading=wording, why=reading.why.in_language(language.code)))
    limits = goal.limits_of(target)
    for end, key in ((limits.low, "low"), (limits.high, "high")):
        if end is not None and target.basis in {Basis.level, Basis.share, Basis.count}:
            lines.append(language(f"template.note.limit.{key}", limit=language.number(end)))
    if goal.latest_within is not None:
        lines.append(language("template.note.latest_within", n=goal.latest_within))
    if goal.note is not None:
        lines.append(goal.note.in_language(language.code))
    lines.append(place_text(plan, goal.source[0], language))
    return "\n".join(lines)


def due_note(target: Target | None, year: int, language: Language) -> str:
    """When a target is due, below it; of a period shorter than a year also that it is of the year."""
    due = due_text(target, language)
    if due or target is None or not within_year(year):
        return due
    if target.cumulative:
        return language("held.year_so_far")
    return when_text(target, language) if target.cadence is Cadence.every_year else ""


def _kind(goal: Goal) -> str:
    target = goal.main_target()
    if target.kind.figure != "number":
        return str(target.comparison)
    return str(target.basis)


def last_year(
    plan: Plan, figures: pd.DataFrame, area: str, year: int, language: Language
) -> dict[tuple[str, str], str]:
    """The figure of every goal of an area in the period before, as it is printed.

    It is named by the goal, and by the member or the group; of everybody by an empty text. That of
    another period than the one before the template's says so.
    """
    rows = figures_before(plan, figures, area, year)
    if not len(rows):
        return {}
    rows = rows.sort_values("vintage", kind="stable")
    of = pd.Series("", index=rows.index)
    for name in ("member", "group"):
        if name in rows:
            of = of.where(of == "", of + "/") + rows[name].astype(str)
    rows = rows.assign(of=of).drop_duplicates(["goal", "of"], keep="last")
    texts: dict[tuple[str, str], str] = {}
    for row in rows.to_dict("records"):
        goal = plan.goal(str(row["goal"]))
        text = _figure(goal, {str(key): value for key, value in row.items()}, language)
        if row["state"] == State.suppressed:
            text = language("figure.suppressed")
        if text and row["state"] == State.estimate:
            text = language("figure.estimate", figure=text)
        if text and row["year"] != year - 1:
            text = language("template.name.of", name=text, year=period(row["year"]))
        texts[goal.id, str(row["of"])] = text
    return texts


def goal_before(goal: Goal, before: dict[tuple[str, str], str], language: Language) -> str:
    """Last year's figure of a goal; of one with members how many of them had it."""
    if goal.main_target().kind.figure != "members":
        return before.get((goal.id, ""), "")
    answers = [before.get((goal.id, member.id)) for member in goal.main_target().members]
    if (suppressed := language("figure.suppressed")) in answers:
        return suppressed
    known = [answer for answer in answers if answer]
    return f"{known.count(language('figure.done'))}/{len(answers)}" if known else ""


def _figure(goal: Goal, row: dict[str, object], language: Language) -> str:
    def number(name: str) -> float | None:
        found = row.get(name)
        return float(found) if isinstance(found, float) and not np.isnan(found) else None

    target = goal.main_target().natural
    value, above, below = number("value"), number("numerator"), number("denominator")
    if target.kind.figure != "number":
        return "" if value is None else language("figure.done" if value else "figure.undone")
    if target.basis in {Basis.share, Basis.growth} and above is not None and below:
        value = 100 * above / below
    if target.basis is Basis.quota:
        assigned = number("assigned")
        return percent(value / assigned, language) if value is not None and assigned else ""
    if target.basis is Basis.change:
        return "" if value is None else number_text(value, language, digits=3)
    figure = ShownFigure(value, number("low"), number("high"), str(row.get("exclusive") or ""))
    return interval_text(goal, target, figure, language)
