"""The body of ``planlib methods``: other people's rules on one area's goals in one year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from planlib.cli.terminal import plain, tell_json
from planlib.evaluation import Evaluation
from planlib.evaluation.checked import whole_year
from planlib.evaluation.methods import MethodRow, methods
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.scoring.rules import METHODS
from planlib.scoring.rules.method import Method


def methods_command(
    evaluation: Evaluation, area: str, year: int | str | None, lang: str, *, as_json: bool
) -> None:
    """Print what every published rule says of every goal, as a table or as JSON.

    ``year`` is the last of the term by default. Raises InputError for what is unknown.
    """
    at = whole_year(evaluation.plan, evaluation.plan.years[-1] if year is None else year)
    rows = methods(evaluation, area, at)
    if as_json:
        records = [row.record for row in rows]
        tell_json(records)
        return
    console = Console()
    wide = Console(width=None if console.is_terminal else 240)
    made_up = evaluation.illustrative(area)
    wide.print(methods_table(evaluation.plan, area, at, rows, lang, illustrative=made_up))


def methods_table(
    plan: Plan, area: str, year: int, rows: Sequence[MethodRow], lang: str, *, illustrative: bool
) -> Table:
    """Goals × rules, with ``≠`` where the rules disagree.

    Goals that no rule can judge, and rules that grade bodies and not goals, are left out of the
    rows and columns; below stands what every rule is worth and what it cannot judge.
    """
    language = Language(lang)
    shown = [method for method in METHODS if not method.lens]
    by_goal: dict[str, dict[str, MethodRow]] = {}
    for row in rows:
        by_goal.setdefault(row.goal, {})[row.method] = row
    judged = {
        goal: by_method
        for goal, by_method in by_goal.items()
        if any(by_method[method.id].status is not None for method in shown)
    }
    where = plan.area_name(area).in_language(lang)
    title = language(
        "method.table.title", plan=plan.header.name.in_language(lang), area=where, year=year
    )
    if illustrative:
        title += f" · {language('illustrative.short')}"
    table = Table(title=plain(title), box=None, pad_edge=False, caption_justify="left")
    table.add_column("")
    table.add_column(language("column.goal"))
    for method in shown:
        table.add_column(language(f"method.{method.id}.name"))
    silent: dict[str, None] = {}
    for goal, by_method in judged.items():
        cells = []
        for method in shown:
            row = by_method[method.id]
            if row.status is None:
                silent[language(f"method.why_not.{row.why_key}")] = None
                cells.append("–")
            else:
                cells.append(language(f"method.{method.id}.status.{row.status}"))
        disagree = any(row.disagreement for row in by_method.values())
        table.add_row("≠" if disagree else "", goal, *map(plain, cells))
    notes = [language("method.table.note", why=language.parts_mark.join(silent) or "–")]
    if left := len(by_goal) - len(judged):
        notes.append(language("method.table.unjudged", n=left))
    notes += rule_notes(METHODS, language)
    table.caption = plain("\n".join(notes))
    return table


def rule_notes(methods: Iterable[Method], language: Language) -> list[str]:
    """A line a rule below a table: its name, how sure its numbers are, what it cannot judge."""
    return [
        language(
            "method.table.rule",
            name=language(f"method.{method.id}.name"),
            confidence=language(f"method.confidence.{method.confidence}"),
            cannot=language(f"method.{method.id}.cannot"),
        )
        for method in methods
    ]
