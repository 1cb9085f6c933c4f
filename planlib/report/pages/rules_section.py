"""What other people's published rules say: of one goal in full, and where they disagree on any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planlib.evaluation.methods import MethodRow
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Column, Group, Table, fact, number_cell
from planlib.report.tables.annual import captioned, columns
from planlib.report.text.numbers import number_text
from planlib.report.vocabulary import LOOKS
from planlib.scoring.rules import METHODS, Method
from planlib.scoring.rules.method import StatusClass
from planlib.scoring.verdict import REACHED

# Rules that say whether a target will be reached; the others compare areas or grade bodies.
DIRECTION = "\N{NO-BREAK SPACE}†"  # a word of direction beside a goal that is reached
JUDGING = tuple(method for method in METHODS if method.judges)


def status_text(method: Method, row: MethodRow, language: Language) -> str:
    """A rule's own word, after the sign of the class it falls into; a dash where it has none."""
    if row.status is None:
        return language("no_ratio")
    word = language(f"method.{method.id}.status.{row.status}")
    standing = method.statuses[row.status]
    return word if standing is None else language(f"standing.{standing}", status=word)


def disagreements_section(
    rows: Sequence[MethodRow], verdicts: Sequence[GoalVerdict], year: int,
    language: Language, *, illustrative: bool,
) -> Blocks:  # fmt: skip
    """The goals on which the rules fall into different classes, beside the review's verdict."""
    by_goal: dict[str, dict[str, MethodRow]] = {}
    for row in rows:
        by_goal.setdefault(row.goal, {})[row.method] = row
    judged = [v for v in verdicts if any(by_goal[v.goal.id][m.id].status for m in JUDGING)]
    split = [v for v in judged if by_goal[v.goal.id][JUDGING[0].id].disagreement]
    heading = language("heading.methods.all", n=len(split))
    if not split:
        key = "methods.all.agree" if judged else "methods.all.none"
        text = language(key, judged=language.number(len(judged)))
        return Blocks.of(Heading(heading, "rules"), text)
    return Blocks.of(
        Heading(heading, "rules"),
        language("methods.all.how", n=len(split), judged=language.number(len(judged))),
        _table(split, by_goal, year, language, illustrative=illustrative),
        _caveats(split, by_goal, language),
    )


def _caveats(
    verdicts: Sequence[GoalVerdict],
    by_goal: Mapping[str, Mapping[str, MethodRow]],
    language: Language,
) -> Blocks:
    """What the rules whose words look wrong beside a verdict cannot judge."""
    odd = [
        method
        for method in JUDGING
        if any(against_the_verdict(method, by_goal[v.goal.id][method.id], v) for v in verdicts)
    ]
    if not odd:
        return Blocks.of()
    caveats = [
        language(
            "methods.caveat", name=language(f"method.{method.id}.name"),
            cannot=language(f"method.{method.id}.cannot"),
        )
        for method in odd
    ]  # fmt: skip
    return Blocks.of(language("methods.direction"), items(caveats))


def against_the_verdict(method: Method, row: MethodRow, verdict: GoalVerdict) -> bool:
    """Whether a rule speaks of a wrong direction beside a goal that is met or exceeded."""
    if row.status is None or verdict.verdict not in REACHED:
        return False
    return method.statuses[row.status] is StatusClass.bad


def _table(
    verdicts: Sequence[GoalVerdict], by_goal: Mapping[str, Mapping[str, MethodRow]], year: int,
    language: Language, *, illustrative: bool,
) -> Table:  # fmt: skip
    heads = (
        Column("indicator", language("column.indicator")),
        *(Column("rule", language(f"method.{method.id}.name")) for method in JUDGING),
    )
    rows = []
    for verdict in verdicts:
        look = LOOKS[verdict.verdict]
        ours = f"{look.glyph} {language.verdict(verdict.verdict)}"
        cells = [Cell(verdict.goal.name.in_language(language.code), under=ours)]
        for method in JUDGING:
            row = by_goal[verdict.goal.id][method.id]
            mark = DIRECTION if against_the_verdict(method, row, verdict) else ""
            cells.append(
                Cell(status_text(method, row, language), quiet=row.status is None, mark=mark)
            )
        rows.append(tuple(cells))
    caption = captioned(
        language("caption.rules.all", year=year), language, illustrative=illustrative
    )
    return Table(heads, (Group(tuple(rows)),), caption, look="simple")


def goal_rules_table(
    rows: Sequence[MethodRow], goal: Goal, year: int, language: Language, *, illustrative: bool
) -> Table:
    """Every published rule on one goal: its status, ratio and score, or why it has none."""
    mine = {row.method: row for row in rows if row.goal == goal.id}
    made = tuple(_rule_row(method, mine[method.id], language) for method in METHODS)
    keys = ("rule_name", "status", "ratio", "score", "why_not")
    name = goal.name.in_language(language.code)
    caption = captioned(
        language("caption.rules", goal=name, year=year), language, illustrative=illustrative
    )
    return Table(columns(keys, language), (Group(made),), caption, look="simple")


def _rule_row(method: Method, row: MethodRow, language: Language) -> tuple[Cell, ...]:
    def number(value: float | None) -> Cell:
        if value is None or row.status is None:
            return Cell(language("no_ratio"), quiet=True)
        return number_cell(number_text(value, language), language)

    facts = (
        fact("rule_source", method.source, language, method.source),
        fact("rule_confidence", language(f"method.confidence.{method.confidence}"), language),
        fact("rule_cannot", language(f"method.{method.id}.cannot"), language),
    )
    why = language(f"method.why_not.{row.why_key}") if row.why_key else ""
    return (
        Cell(language(f"method.{method.id}.name"), facts=facts),
        Cell(status_text(method, row, language), quiet=row.status is None),
        number(row.ratio),
        number(row.score),
        Cell(why, quiet=True),
    )
