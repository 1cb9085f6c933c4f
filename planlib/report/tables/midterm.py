"""The tables of a mid-term review, and the grid of goals by year that other pages use too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planlib.evaluation.outlook import PlanOutlook
from planlib.language.language import Language
from planlib.plan.periods.calendar import period, short_name
from planlib.plan.plan import Plan
from planlib.report.layout import Cell, Column, Group, Table, glyph_cell, number_cell, verdict_cell
from planlib.report.tables.annual import (
    apart_text,
    captioned,
    columns,
    figure_cell,
    name_cell,
    part_level,
    target_cell,
)
from planlib.report.tables.strips import TRAVELLED, schedule_strip
from planlib.report.text.certainty import sure_notes, sure_text, sure_words
from planlib.report.text.numbers import percent
from planlib.report.text.pace import pace_text
from planlib.report.text.progress import road_text, time_left, years_reached_text
from planlib.report.vocabulary import LOOKS
from planlib.review import GoalVerdict, Lag, MidtermReview
from planlib.scoring.verdict import Verdict


def goals_grid(
    plan: Plan,
    yearly: Mapping[str, Mapping[int, Verdict]],
    language: Language,
    *,
    caption: str,
    illustrative: bool,
    term: Mapping[str, GoalVerdict] | None = None,
    doubts: Mapping[str, Mapping[int, float]] | None = None,
) -> Table:
    """Goals by year, a glyph a cell, under the sections of the plan.

    ``yearly`` holds the verdict of each goal in each year to show, ``doubts`` how sure those are
    that are little sure; ``term``, where given, is a last column for the term so far.
    """
    years = sorted({year for verdicts in yearly.values() for year in verdicts})
    heads = [
        Column("indicator", language("column.indicator")),
        *(Column("year", short_name(year, language), "centre") for year in years),
    ]
    if term is not None:
        heads.append(Column("term", language("column.term"), "centre"))
    groups = []
    for section in plan.sections:
        rows = []
        for goal in section.goals:
            name = goal.name.in_language(language.code)
            under = apart_text(plan, goal, language)
            cells = [Cell(name, under=under, level=part_level(plan, goal), goal=goal.id)]
            told, sure = yearly.get(goal.id, {}), (doubts or {}).get(goal.id, {})
            cells += [
                glyph_cell(told.get(year), language, sure=sure_words(sure.get(year), language))
                for year in years
            ]
            if term is not None and (so_far := term.get(goal.id)) is not None:
                sure_so_far = sure_text(so_far, language)
                cells.append(glyph_cell(so_far.verdict, language, sure=sure_so_far))
            rows.append(tuple(cells))
        groups.append(Group(tuple(rows), section.name.in_language(language.code)))
    return Table(
        columns=tuple(heads),
        groups=tuple(groups),
        caption=captioned(caption, language, illustrative=illustrative),
        notes=(legend(plan, language), *sure_notes((term or {}).values(), language)),
        look="grid",
    )


def legend(plan: Plan, language: Language) -> str:
    """What every glyph means, in one line."""
    parts = (
        f"{LOOKS[verdict].glyph}\N{NO-BREAK SPACE}{language.verdict(verdict)}"
        for verdict in plan.header.rule.verdicts
    )
    return "   ".join(parts)


def midterm_grid(review: MidtermReview, language: Language) -> Table:
    """Goals by year so far, with the verdict on the term so far."""
    return goals_grid(
        review.plan,
        review.yearly,
        language,
        caption=language("caption.grid", first=review.plan.years[0], last=review.after),
        illustrative=review.illustrative,
        term={v.goal.id: v for v in review.verdicts},
        doubts=review.doubts,
    )


def road_table(review: MidtermReview, language: Language) -> Table:
    """Share of the road gone, and against the schedule, the furthest behind first."""

    def share(ratio: float | None) -> str:
        return language("no_ratio") if ratio is None else percent(ratio, language)

    rows = tuple(
        (
            name_cell(v, language),
            target_cell(v, language, unit=True),
            figure_cell(v, language),
            number_cell(road_text(v, language), language, strip=schedule_strip(v)),
            number_cell(share(v.time_share), language),
            number_cell(share(v.schedule_index), language),
            verdict_cell(v.verdict, language, sure=sure_text(v, language)),
        )
        for v in review.scheduled
    )
    keys = ("indicator", "target", "so_far", "road", "time_gone", "schedule", "verdict")
    drawn = any(schedule_strip(v) for v in review.scheduled)
    note = language("note.road", most=percent(TRAVELLED.high, language))
    return _list(keys, rows, "caption.road", review, language, drawn=note if drawn else "")


def pace_table(
    review: MidtermReview, language: Language, outlook: PlanOutlook | None = None
) -> Table:
    """What each remaining year must bring, beside what the years so far brought.

    With an outlook also the best year so far, and when even its pace would come too late.
    """

    def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
        pace = verdict.required_per_year
        assert pace is not None  # `to_do` holds only goals with a pace
        return (
            name_cell(verdict, language),
            target_cell(verdict, language, unit=True),
            figure_cell(verdict, language),
            Cell(_step(verdict, verdict.seen_per_year, language)),
            Cell(_step(verdict, pace, language), under=time_left(verdict, review, language)),
            *(_reach(verdict, outlook, language) if outlook is not None else ()),
        )

    more = ("best_pace", "too_late") if outlook is not None else ()
    keys = ("indicator", "target", "so_far", "seen", "required", *more)
    return _list(keys, tuple(row(v) for v in review.to_do), "caption.pace", review, language)


def _reach(verdict: GoalVerdict, outlook: PlanOutlook, language: Language) -> tuple[Cell, Cell]:
    """The best yearly step so far, and the year after which it would be too late."""
    required = outlook.of(verdict.goal.id).required
    best = late = language("no_ratio")
    if required is not None and required.best_seen is not None:
        step = _step(verdict, required.best_seen, language)
        year = None if required.best_year is None else period(required.best_year)
        best = language("pace.best", step=step, year=year)
    if required is not None and required.infeasible_from is not None:
        late = language("pace.too_late", year=period(required.infeasible_from))
    return Cell(best), Cell(late)


def _step(verdict: GoalVerdict, pace: float | None, language: Language) -> str:
    """A yearly step up or down; a dash where none is known."""
    if pace is None:
        return language("no_ratio")
    if pace == 0:
        return language("pace.step_none")
    key = "pace.step_up" if pace > 0 else "pace.step_down"
    return language(key, pace=pace_text(verdict, pace, language))


def decided_table(
    verdicts: Iterable[GoalVerdict], caption: str, review: MidtermReview, language: Language,
    *, with_years: bool = False,
) -> Table:  # fmt: skip
    """Goals whose outcome cannot change any more; ``with_years`` adds in how many they were reached."""

    def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
        cells = [
            name_cell(verdict, language),
            target_cell(verdict, language, unit=True),
            figure_cell(verdict, language),
        ]
        if with_years:
            cells.append(Cell(years_reached_text(review.years_reached(verdict.goal.id), language)))
        sure = sure_text(verdict, language)
        return (*cells, verdict_cell(verdict.verdict, language, sure=sure))

    first = ("indicator", "target", "so_far")
    keys = (*first, "kept", "verdict") if with_years else (*first, "verdict")
    return _list(keys, tuple(row(v) for v in verdicts), caption, review, language)


def lags_table(review: MidtermReview, language: Language) -> Table:
    """Goals that lag with the measures of the plan that serve them, where the plan names any."""

    def row(lag: Lag) -> tuple[Cell, ...]:
        measures = tuple(
            language(
                "measure.with_place",
                name=measure.name.in_language(language.code),
                place=review.plan.section_label(measure.source, language.code),
            )
            for measure in lag.measures
        )
        verdict = lag.verdict
        # The sentence before the table says how many have none.
        none = Cell(language("no_ratio"), quiet=True)
        served = Cell(items=measures) if measures else none
        return (
            name_cell(verdict, language),
            target_cell(verdict, language, unit=True),
            figure_cell(verdict, language),
            Cell(_standing(verdict, review, language)),
            *((served,) if review.plan.measures else ()),
        )

    named = ("measures",) if review.plan.measures else ()
    keys = ("indicator", "target", "so_far", "standing", *named)
    by_section = []
    for section in review.plan.sections:
        ids = {goal.id for goal in section.goals}  # in an area a goal may have its own target
        mine = [lag for lag in review.lags if lag.verdict.goal.id in ids]
        if mine:
            rows = tuple(row(lag) for lag in mine)
            count = language.number(len(rows))
            by_section.append(Group(rows, section.name.in_language(language.code), count))
    caption = captioned(language("caption.lags"), language, illustrative=review.illustrative)
    return Table(columns(keys, language), tuple(by_section), caption, look="simple")


def _standing(verdict: GoalVerdict, review: MidtermReview, language: Language) -> str:
    """In what way a goal lags."""
    if verdict.term and verdict.impossible:
        return language("standing.impossible")
    if verdict.schedule_index is not None:
        return language("standing.schedule", index=percent(verdict.schedule_index, language))
    if not verdict.term:
        return years_reached_text(review.years_reached(verdict.goal.id), language)
    return language("standing.behind")


def _list(
    keys: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], caption: str,
    review: MidtermReview, language: Language, *, drawn: str = "",
) -> Table:  # fmt: skip
    heading = captioned(language(caption), language, illustrative=review.illustrative)
    return Table(columns(keys, language), (Group(rows),), heading, look="simple", drawn=drawn)
