"""The commands that look at plans and figures: plans, goals, score, check, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    AreaOption,
    AsOfOption,
    AudienceOption,
    FiguresOption,
    JsonOption,
    LangOption,
    PlanArgument,
    SpeechOption,
    language_of,
    period_of,
    print_table,
)
from planlib.cli.terminal import NONE_ASKED, tell, tell_json, translated
from planlib.errors import Problem, said
from planlib.plan.audience import INTERNAL


def plans(as_json: JsonOption = False) -> None:
    """List the plans that come with planlib."""
    from planlib.plan.shipped import open_plan, shipped_plans
    from planlib.report.records import plan_record

    records = [plan_record(open_plan(name)) for name in shipped_plans()]
    if as_json:
        tell_json(records)
        return
    from planlib.cli.text_tables import plans_table

    print_table(plans_table(records))


def goals(plan: PlanArgument, as_json: JsonOption = False, lang: LangOption = None) -> None:
    """List the goals of a plan: what is promised, how it is measured, where the text says so."""
    from planlib.plan.shipped import open_plan
    from planlib.report.records import goal_record

    opened = open_plan(plan)
    if as_json:
        tell_json([goal_record(opened, goal) for goal in opened.goals])
        return
    from planlib.cli.text_tables import goals_table

    print_table(goals_table(opened, language_of(lang, opened.languages[0])))


def score(
    plan: PlanArgument,
    area: AreaOption = None,
    year: Annotated[
        str,
        typer.Option(
            "--year",
            "--period",
            help="A year, or any other period of the plan such as 2023/24-Q3; 'term' for the whole term.",
        ),
    ] = "term",
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = INTERNAL,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Score one area in one year, or over the term: a verdict for every goal, with its rule."""
    from planlib.cli.inputs import evaluated
    from planlib.report.records import is_forecast, verdict_record

    at = period_of(year)
    evaluation, place = evaluated(plan, area, observations, as_of=as_of, audience=audience)
    if at is not None:
        evaluation, at = evaluation.at(at)
    verdicts = [
        verdict
        for goal in evaluation.plan.goals
        for verdict in (
            evaluation.verdict_of(goal, place, at),
            *evaluation.group_verdicts(place, at, [goal.id]),
        )
    ]
    if as_json:
        from planlib.evaluation.outlook import AreaAhead

        ahead = AreaAhead(evaluation, place, evaluation.last_year(place) if at is None else at)
        whole = at is None
        tell_json([
            verdict_record(
                one, ahead.of(one.goal.id, whole_term=whole) if is_forecast(one) else None
            )
            for one in verdicts
        ])  # fmt: skip
        return
    from planlib.cli.text_tables import verdicts_table

    said_in = language_of(lang, evaluation.plan.languages[0])
    print_table(verdicts_table(evaluation.plan, place, verdicts, said_in))


def check(
    plan: Annotated[
        str | None, typer.Argument(help="A plan folder or id; every shipped plan by default.")
    ] = None,
    observations: Annotated[
        list[Path] | None,
        typer.Argument(help="Figures to check against the plan; its own by default."),
    ] = None,
    lang: SpeechOption = NONE_ASKED,
) -> None:
    """Check plan files and figures: every problem of every file, one line each.

    Notes (goals without a measure, areas outside the registry) are printed too; they are not
    problems.
    """
    from planlib.cli.inputs import check_plan
    from planlib.plan.shipped import shipped_plans

    language_of(lang, NONE_ASKED)
    names = [plan] if plan is not None else shipped_plans()
    problems: list[Problem] = []
    for name in names:
        found, notes = check_plan(name, observations or [])
        problems += found
        for note in notes:
            tell(translated(said("cli.note", note=note.in_language(lang))))
    for problem in problems:
        tell(problem.in_language(lang))
    if problems:
        raise typer.Exit(1)
    tell(translated(said("cli.no-problems", names=", ".join(names))))


def schema() -> None:
    """Print the JSON schema of plan files, for editors that complete and check YAML."""
    from planlib.plan.schema import plan_schema

    print(json.dumps(plan_schema(), ensure_ascii=False, indent=2))
