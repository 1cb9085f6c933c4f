"""Parts of the page of one goal: where it stands and what if, the rest of the way, others beside it."""

from __future__ import annotations

from planlib.evaluation.outlook import GoalOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period_key, period_title
from planlib.plan.plan import Plan
from planlib.report.blocks import Heading
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, number_cell, verdict_cell
from planlib.report.tables.annual import captioned, columns, figure_cell, level_text, target_cell
from planlib.report.text.numbers import number_text
from planlib.report.text.outlook import chance_text, event_text, record_text, silence_text
from planlib.report.text.pace import pace_text, pace_unit
from planlib.report.text.phrases import ShownFigure, figure_text, interval_text
from planlib.review.explored import Explored

CANNOT = ("cause", "chance", "supposed", "beside")


def standing_section(seen: Explored, language: Language, *, illustrative: bool) -> Blocks:
    """Verdict, pace, chance and certainty by what was reported, and by what is supposed beside it."""
    plan = seen.profile.plan
    pairs = [(seen.verdict, seen.ahead)]
    if seen.supposed is not None:
        pairs.append((seen.supposed, seen.ahead_supposed))
    rows = []
    for key in ("period", "figure", "verdict", "required", "chance", "sure"):
        cells = (_standing(key, verdict, ahead, plan, language) for verdict, ahead in pairs)
        rows.append((Cell(language(f"explore.row.{key}")), *cells))
    keys = ("about", "reported", *(["supposed"] if seen.supposed is not None else []))
    caption = captioned(
        language("caption.explore.standing", goal=_name(seen, language)), language,
        illustrative=illustrative,
    )  # fmt: skip
    heading = "heading.explore.what_if" if seen.supposed is not None else "heading.explore.standing"
    return Blocks.of(
        Heading(language(heading), "standing"),
        Table(columns(keys, language), (Group(tuple(rows)),), caption, look="simple"),
        language("explore.supposed") if seen.supposed is not None else "",
    )


def _standing(
    key: str, verdict: GoalVerdict, ahead: GoalOutlook | None, plan: Plan, language: Language
) -> Cell:
    if key == "period":
        return Cell(
            language("column.term") if verdict.term else period_title(verdict.year, language)
        )
    if key == "figure":
        return Cell(figure_text(verdict, language, unit=True))
    if key == "verdict":
        return verdict_cell(verdict.verdict, language)
    if key == "required":
        return _required(verdict, ahead, language)
    if key == "sure":
        chance = verdict.certainty
        if chance is None:
            return Cell(language(f"explore.sure.{verdict.certain.why_not}"), quiet=True)
        return Cell(chance_text(chance, language))
    return _chance(ahead, plan, language)


def _required(verdict: GoalVerdict, ahead: GoalOutlook | None, language: Language) -> Cell:
    pace = verdict.required_per_year
    if pace is None and ahead is not None and ahead.required is not None:
        pace = ahead.required.per_year
    if pace is None:
        return Cell(language("no_ratio"), quiet=True)
    if not pace:
        return Cell(language("explore.required.none"))
    key = "pace.more" if pace > 0 else "pace.less"
    return Cell(language(key, pace=pace_text(verdict, pace, language)))


def _chance(ahead: GoalOutlook | None, plan: Plan, language: Language) -> Cell:
    if ahead is None:
        return Cell(language("outlook.groups"), quiet=True)
    if ahead.probability is None:
        return Cell(silence_text(ahead, language), quiet=True)
    told = chance_text(ahead.probability, language, plan.header.outlook)
    under = (event_text(ahead, plan.header.term.last, language), record_text(ahead, language))
    return Cell(told, under=language.parts_mark.join(under))


def effort_section(seen: Explored, language: Language, *, illustrative: bool) -> Blocks:
    """What is left of the way, spread evenly over the periods that remain."""
    heading = Heading(language("heading.explore.effort"), "effort")
    standing = seen.standing
    if not seen.effort:
        return Blocks.of(heading, language("explore.effort.none"))
    target = standing.target or standing.goal.main_target()
    unit = pace_unit(standing.goal, target, language)

    def signed(number: float) -> str:
        return ("+" if number > 0 else "") + number_text(number, language, ends=(0.0,))

    rows = tuple(
        (
            Cell(period_title(step.period, language)),
            number_cell(signed(step.change), language),
            number_cell(
                interval_text(standing.goal, target, ShownFigure(step.figure), language), language
            ),
        )
        for step in seen.effort
    )
    caption = language("caption.explore.effort", goal=_name(seen, language), unit=unit)
    return Blocks.of(
        heading,
        Table(
            columns((period_key(seen.profile.plan.years[0]), "change", "reach"), language), (Group(rows),),
            captioned(caption, language, illustrative=illustrative), look="simple",
        ),
    )  # fmt: skip


def beside_section(seen: Explored, language: Language, *, illustrative: bool) -> Blocks:
    """The same goal in other areas, nothing supposed; nothing where none are asked for."""
    if not seen.beside:
        return Blocks.of()
    plan = seen.profile.plan
    rows = tuple(
        (
            Cell(plan.area_name(one.area).in_language(language.code), area=one.area),
            target_cell(one, language),
            figure_cell(one, language),
            number_cell(level_text(one, language), language),
            verdict_cell(one.verdict, language),
        )
        for one in (seen.verdict, *seen.beside)
    )
    caption = captioned(
        language("caption.explore.beside", goal=_name(seen, language)), language,
        illustrative=illustrative,
    )  # fmt: skip
    keys = ("area", "target", "actual", "level", "verdict")
    return Blocks.of(
        Heading(language("heading.explore.beside"), "beside"),
        Table(columns(keys, language), (Group(rows),), caption, look="simple"),
    )


def _name(seen: Explored, language: Language) -> str:
    return goal_name(seen.profile.plan, seen.goal, language)


def goal_name(plan: Plan, goal: Goal, language: Language) -> str:
    """A goal as a reader knows it, with its group."""
    name = goal.name.in_language(language.code)
    group = goal.group
    if not group:
        return name
    return joined([name, " (", plan.group_name(group).in_language(language.code), ")"], "")
