"""The part of a page that says what lies ahead: how many goals will be met, and each goal's chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from planlib.evaluation.methods import MethodRow
from planlib.evaluation.outlook import GoalOutlook, PlanOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan import Plan
from planlib.report.blocks import Heading, items
from planlib.report.counts import outlook_counts
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, outlook_cell
from planlib.report.tables.annual import apart_text, captioned, columns, figure_cell, part_level
from planlib.report.text.numbers import MADE_DIGITS, number_text
from planlib.report.text.outlook import (
    chance_text,
    decided,
    event_text,
    outlook_facts,
    record_text,
    silence_text,
)
from planlib.report.text.phrases import due_text, target_text
from planlib.report.text.rules_beside import RulesBeside, beside_text, differs_text, rules_beside

MILESTONES = (0.5, 0.7, 0.9)  # of the goals: an office asks for half, most, nearly all


def outlook_section(
    result: PlanOutlook, language: Language,
    verdicts: Mapping[str, GoalVerdict] | None = None, methods: Sequence[MethodRow] = (), *,
    illustrative: bool,
) -> Blocks:  # fmt: skip
    """How many goals will be met, as words, counts and a picture; then every goal's own chance.

    ``verdicts`` are those whose figures stand beside the chances, the term's so far by default;
    ``methods`` what published rules say of the goals, which stands beside each chance.
    """
    from planlib.report.charts import met_bars

    plain = Heading(language("heading.outlook"), "outlook")
    whole = whole_years(result.plan, result.after, language)
    if result.after >= result.plan.years[-1]:
        return Blocks.of(plain, language("outlook.over"))
    silent = joined((_silent_sentence(result, language), _of_groups(result, language)))
    if not result.counted:
        return Blocks.of(plain, whole, language("outlook.none"), silent)
    n, (low, high) = len(result.counted), result.likely
    ends: dict[str, Any] = {"low": language.number(low), "high": language.number(high)}
    heading = language("heading.outlook.number", n=n, **ends)
    expected = number_text(result.expected, language, digits=MADE_DIGITS, ends=(0, n))
    held = verdicts or {one.goal.id: one.verdict for one in result.goals}
    seen = rules_beside(methods)
    cuts = result.plan.header.outlook
    told = (differs_text(one, seen.get(one.goal.id), language, cuts) for one in result.goals)
    differing = [text for text in told if text]
    words = Counter(one.word for one in result.goals if one.goal.part_of is None and one.word)
    return Blocks.of(
        Heading(heading, "outlook"),
        whole,
        language("outlook.number", n=n, expected=expected, **ends),
        language("outlook.at_least", told=_at_least(result, language)),
        silent,
        language("outlook.record.where"),
        outlook_counts(words, language),
        met_bars(result, language, illustrative=illustrative),
        outlook_table(result, held, seen, language, illustrative=illustrative),
        language("outlook.differs") if differing else None,
        items(differing) if differing else None,
    )


def whole_years(plan: Plan, year: int, language: Language) -> str:
    """That forecasts and other people's rules look at whole years; nothing where a plan does too."""
    if plan.header.periods is Frequency.year:
        return ""
    return language("outlook.whole_years", year=year)


def _at_least(result: PlanOutlook, language: Language) -> str:
    """P(at least k) for some k that somebody asks for."""
    n, chances = len(result.counted), result.at_least
    wanted = dict.fromkeys(max(1, -int(-share * n // 1)) for share in MILESTONES)
    told = (
        language("outlook.at_least.one", n=k, chance=chance_text(chances[k], language))
        for k in wanted
    )
    return joined(told, language.parts_mark)


def _of_groups(result: PlanOutlook, language: Language) -> str:
    """Groups are judged and not forecast: there is no record of such forecasts to stand on."""
    followed = any(one.goal.by for one in result.goals)
    return language("outlook.groups") if followed else ""


def _silent_sentence(result: PlanOutlook, language: Language) -> str:
    """How many goals have no probability, and why."""
    quiet = [result.of(goal) for goal in result.silent]
    if not quiet:
        return ""
    reasons = Counter(silence_text(ahead, language) for ahead in quiet)
    why = (
        language("outlook.silent.one", why=text, count=language.number(count))
        for text, count in reasons.most_common()
    )
    return language("outlook.silent", n=len(quiet), why=joined(why, language.parts_mark))


def outlook_table(
    result: PlanOutlook, verdicts: Mapping[str, GoalVerdict], seen: Mapping[str, RulesBeside],
    language: Language, *, illustrative: bool,
) -> Table:  # fmt: skip
    """Every goal with its chance, the record behind it, and what published rules say.

    The reasoning is folded under its name.
    """
    groups = []
    for section in result.plan.sections:
        rows = tuple(
            (
                *_row(result, result.of(goal.id), verdicts[goal.id], language),
                *([_rules_cell(seen.get(goal.id), language)] if seen else []),
            )
            for goal in section.goals
        )
        groups.append(Group(rows, section.name.in_language(language.code)))
    keys: tuple[str, ...] = ("indicator", "final_target", "so_far", "outlook", "chance", "record")
    if seen:
        keys += ("rules_beside",)
    cuts = result.plan.header.outlook
    note = language(
        "note.outlook", on_track=language.number(100 * cuts.on_track),
        at_risk=language.number(100 * cuts.at_risk),
    )  # fmt: skip
    caption = captioned(
        language("caption.outlook", year=result.after), language, illustrative=illustrative
    )
    return Table(columns(keys, language), tuple(groups), caption, notes=(note,))


def _rules_cell(seen: RulesBeside | None, language: Language) -> Cell:
    text = beside_text(seen, language)
    return Cell(text or language("no_ratio"), quiet=not text)


def _row(
    result: PlanOutlook, ahead: GoalOutlook, held: GoalVerdict, language: Language
) -> tuple[Cell, ...]:
    name = Cell(
        ahead.goal.name.in_language(language.code),
        level=part_level(result.plan, ahead.goal),
        under=apart_text(result.plan, ahead.goal, language),
        facts=outlook_facts(ahead, language),
        goal=ahead.goal.id,
    )
    chance = ahead.probability
    if ahead.word is None:
        described = (Cell(silence_text(ahead, language), quiet=True), Cell(), Cell())
    elif chance is None:
        described = (outlook_cell(ahead.word, language), Cell(), Cell())
    else:
        event = event_text(ahead, result.plan.years[-1], language)
        cuts = result.plan.header.outlook
        described = (
            outlook_cell(ahead.word, language),
            Cell(chance_text(chance, language, cuts), under=event),
            Cell(record_text(ahead, language), quiet=decided(ahead) or ahead.record is None),
        )
    target = Cell(
        target_text(ahead.goal, ahead.target, language),
        under=due_text(ahead.target, language), quiet=ahead.target is None,
    )  # fmt: skip
    return (name, target, figure_cell(held, language), *described)
