"""The tables of a yearly review, in the office's columns and order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urlsplit

from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.report.layout import (
    Align,
    Cell,
    Column,
    Group,
    Table,
    number_cell,
    verdict_cell,
)
from planlib.report.tables.strips import revision_scale, revision_strip
from planlib.report.tables.target_notes import target_notes
from planlib.report.text.certainty import sure_text
from planlib.report.text.derivation import verdict_facts
from planlib.report.text.numbers import percent
from planlib.report.text.phrases import (
    due_text,
    figure_text,
    held_text,
    reading_text,
)
from planlib.report.text.remarks import remark_text, source_text
from planlib.report.text.sentences import new_figure, old_figure, reached_of_judged
from planlib.report.text.units import unit_text
from planlib.review import AnnualReview, GoalVerdict, MidtermReview, Revision
from planlib.review.sections import SectionReview
from planlib.scoring.verdict import Verdict

READING_MARK = "\N{NO-BREAK SPACE}*"
ALIGNED: dict[str, Align] = {
    "order": "right", "actual": "right", "level": "right", "old": "right", "new": "right",
    "road": "right", "time_gone": "right", "schedule": "right", "so_far": "right",
}  # fmt: skip


def columns(keys: Iterable[str], language: Language) -> tuple[Column, ...]:
    """Columns with their titles from the catalogue and the alignment of their kind."""
    return tuple(Column(key, language(f"column.{key}"), ALIGNED.get(key, "left")) for key in keys)


def captioned(text: str, language: Language, *, illustrative: bool) -> str:
    """A caption; made-up figures say so on every table, not only at the top of the page."""
    if not illustrative:
        return text
    return language("caption.illustrative", caption=text, mark=language("illustrative.short"))


def name_cell(verdict: GoalVerdict, language: Language) -> Cell:
    """A goal's name."""
    return Cell(verdict.goal.name.in_language(language.code), goal=verdict.goal.id)


def part_level(plan: Plan, goal: Goal) -> int:
    """How far a goal is set in: a part that stands below its whole by one step."""
    return int(plan.below_whole(goal))


def apart_text(plan: Plan, goal: Goal, language: Language) -> str:
    """What stands under a part whose whole is not above it; empty for any other goal."""
    if goal.part_of is None or plan.below_whole(goal):
        return ""
    return language("part.apart", whole=plan.goal(goal.part_of).name.in_language(language.code))


def _listed_name(plan: Plan, verdict: GoalVerdict, language: Language, *, first: bool) -> Cell:
    """A name in the table of all targets: parts stand under their whole, the first introduced."""
    text = verdict.goal.name.in_language(language.code)
    return Cell(
        language("part.first", name=text) if first else text,
        level=part_level(plan, verdict.goal),
        under=apart_text(plan, verdict.goal, language),
        facts=verdict_facts(plan, verdict, language),
        goal=verdict.goal.id,
    )


def target_cell(verdict: GoalVerdict, language: Language, *, unit: bool = False) -> Cell:
    """A target, with its deadline under it where that is not the year itself."""
    text = held_text(verdict, language, unit=unit)
    under = due_text(verdict.target, language)
    if not under and verdict.year_so_far:
        under = language("held.year_so_far")
    return Cell(text, under=under, quiet=verdict.target is None)


def figure_cell(verdict: GoalVerdict, language: Language) -> Cell:
    """The figure as printed; without one, its word in a quiet tone."""
    known = (verdict.value, verdict.low, verdict.high) != (None, None, None) or verdict.words
    return number_cell(figure_text(verdict, language), language, quiet=not known)


def level_text(verdict: GoalVerdict, language: Language) -> str:
    """The figure over its target in percent; a dash where there is no such ratio."""
    level = verdict.level
    return language("no_ratio") if level is None or level < 0 else percent(level, language)


def target_table(review: AnnualReview, language: Language) -> Table:
    """The office's table of all targets; what lies behind a row is folded under its name."""
    area = review.plan.area_name(review.area).in_language(language.code)
    caption = language("caption.targets", year=review.year, area=area)
    return office_table(review, caption, language)


def office_table(
    review: AnnualReview | MidtermReview, caption: str, language: Language, *, noted: bool = False
) -> Table:
    """All targets in the office's columns; ``noted`` adds the one for remarks."""
    plan = review.plan
    keys = ["order", "indicator", "unit", "target", "actual", "level", "verdict"]
    order = 0
    groups = []
    for section in review.sections:
        rows: list[tuple[Cell, ...]] = []
        after_whole = False
        for verdict in section.verdicts:
            whole = verdict.goal.part_of is None
            order += whole
            below = plan.below_whole(verdict.goal)
            name = _listed_name(plan, verdict, language, first=after_whole and below)
            note = (Cell(remark_text(verdict.note, language)),) if noted else ()
            number = language.number(order) if whole else ""
            rows.append((*_target_row(verdict, number, name, language), *note))
            after_whole = whole
        groups.append(_group(section, rows, language))
    return Table(
        columns=columns([*keys, "note"] if noted else keys, language),
        groups=tuple(groups),
        caption=captioned(caption, language, illustrative=review.illustrative),
        notes=tuple(target_notes(plan, review.verdicts, language)),
        drawn=language("note.open"),
    )


def _group(section: SectionReview, rows: Sequence[tuple[Cell, ...]], language: Language) -> Group:
    title = section.section.name.in_language(language.code)
    return Group(tuple(rows), title, reached_of_judged(section.rollup, language))


def _target_row(
    verdict: GoalVerdict, order: str, name: Cell, language: Language
) -> tuple[Cell, ...]:
    goal = verdict.goal
    published = verdict.published_verdict
    differs = ""
    if published is not None and verdict.disagrees:
        differs = language("published.differs", verdict=language.verdict(published))
    return (
        Cell(order),
        name,
        Cell(unit_text(goal, verdict.target, language)),
        target_cell(verdict, language),
        figure_cell(verdict, language),
        number_cell(level_text(verdict, language), language),
        verdict_cell(
            verdict.verdict,
            language,
            mark=READING_MARK if verdict.reading_matters else "",
            under=differs,
            sure=sure_text(verdict, language),
        ),
    )


def _simple(
    keys: Sequence[str], verdicts: Iterable[GoalVerdict], caption: str, language: Language,
    cells: Callable[[GoalVerdict], tuple[Cell, ...]],
) -> Table:  # fmt: skip
    rows = tuple(cells(verdict) for verdict in verdicts)
    return Table(columns(keys, language), (Group(rows),), caption, look="simple")


def sources_cell(sources: Iterable[str], language: Language) -> Cell:
    """Where figures come from, one a line: the host of an address, else the source's own words."""
    shown = (urlsplit(text).hostname or source_text(text, language) for text in sources if text)
    return Cell(items=tuple(dict.fromkeys(host.removeprefix("www.") for host in shown)))


def revisions_table(review: AnnualReview, language: Language) -> Table:
    """What later reports changed, flipped verdicts first; made-up figures have no sources."""
    made_up = review.illustrative
    scale = revision_scale(review.revisions)

    def row(revision: Revision) -> tuple[Cell, ...]:
        now = revision.verdict
        old, vintage = old_figure(revision, language), revision.before.vintage
        return (
            name_cell(now, language),
            Cell(unit_text(now.goal, now.target, language)),
            number_cell(old, language, under=language.short_date(vintage) if vintage else ""),
            number_cell(
                new_figure(revision, language),
                language,
                under=language.short_date(now.vintage) if now.vintage else "",
                strip=revision_strip(revision, scale),
            ),
            verdict_cell(revision.before.verdict, language),
            verdict_cell(now.verdict, language),
            *(() if made_up else (sources_cell((revision.before.source, now.source), language),)),
        )

    named = () if made_up else ("sources",)
    keys = ("indicator", "unit", "old", "new", "before", "after", *named)
    caption = captioned(language("caption.revisions"), language, illustrative=review.illustrative)
    kinds: dict[str, list[tuple[Cell, ...]]] = {"flipped": [], "moved": [], "same": []}
    for one in review.revisions:
        kinds["flipped" if one.flipped else "moved" if one.moved else "same"].append(row(one))
    groups = [
        Group(tuple(rows), language(f"revisions.{name}"), language.number(len(rows)))
        for name, rows in kinds.items()
        if rows
    ]
    drawn = any(revision_strip(one, scale) for one in review.revisions)
    note = language("note.revisions") if drawn else ""
    return Table(columns(keys, language), tuple(groups), caption, look="simple", drawn=note)


def missing_table(review: AnnualReview, language: Language) -> Table:
    """Goals due without a figure: who leads them, and what the report said."""

    def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
        lead = review.plan.lead_of(verdict.goal)
        return (
            name_cell(verdict, language),
            target_cell(verdict, language, unit=True),
            Cell(lead.in_language(language.code) if lead else ""),
            verdict_cell(verdict.verdict, language),
            Cell(remark_text(verdict.note, language)),
        )

    keys = ("indicator", "target", "lead", "verdict", "note")
    caption = captioned(language("caption.missing"), language, illustrative=review.illustrative)
    return _simple(keys, review.missing, caption, language, row)


def disagreements_table(review: AnnualReview, language: Language) -> Table:
    """Published verdicts beside the computed ones, where they differ."""

    def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
        published = verdict.published_verdict
        assert published is not None  # only goals that disagree stand here
        return (
            name_cell(verdict, language),
            target_cell(verdict, language, unit=True),
            Cell(figure_text(verdict, language, unit=True)),
            verdict_cell(published, language),
            verdict_cell(verdict.verdict, language),
            Cell(remark_text(verdict.published_reason, language)),
        )

    keys = ("indicator", "target", "actual_words", "published", "computed", "reason")
    caption = captioned(
        language("caption.disagreements"), language, illustrative=review.illustrative
    )
    return _simple(keys, review.disagreements, caption, language, row)


def readings_table(
    verdicts: Iterable[GoalVerdict], language: Language, *, illustrative: bool
) -> Table:
    """Every reading of every goal given, with the verdict it would lead to."""
    groups = []
    for verdict in verdicts:
        rows = tuple(
            (
                Cell(
                    reading_text(verdict.goal, reading, language),
                    under=language("reading.default") if reading.default else "",
                    goal=verdict.goal.id,
                    reading=reading.id,
                ),
                verdict_cell(Verdict[verdict.readings[reading.id]], language),
                Cell(reading.why.in_language(language.code)),
            )
            for reading in verdict.goal.readings
        )
        title = verdict.goal.name.in_language(language.code)
        groups.append(Group(rows, title, figure_text(verdict, language, unit=True)))
    caption = captioned(language("caption.readings"), language, illustrative=illustrative)
    keys = ("reading", "verdict", "why")
    return Table(columns(keys, language), tuple(groups), caption, look="simple")
