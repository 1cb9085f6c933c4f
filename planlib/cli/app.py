"""The commands, thin: each reads its arguments, calls one floor below, and prints.

Exit codes: 0 done, 1 problems in the user's input, 2 wrong usage, 3 a notebook or job failed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from planlib.cli.changes_command import changes
from planlib.errors import InputError, NotebookFailed, Problem

app = typer.Typer(
    name="planlib",
    help="Turn a government term plan and its yearly figures into verdicts anyone can replay.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PlanArgument = Annotated[str, typer.Argument(help="Id of a shipped plan, or a plan folder.")]
AreaOption = Annotated[
    str | None, typer.Option("--area", help="Id of the area; the plan's first one by default.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
FiguresOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--observations",
        help="Figures to use instead of the plan's own (CSV or Parquet); may be repeated.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="Use only reports up to this date: 2014, 2014-03 or 2014-03-31."),
]
AudienceOption = Annotated[
    str,
    typer.Option("--audience", help="internal, or public: with small counts of people withheld."),
]


def main() -> None:
    """Run the command line; problems in the user's input become lines, not tracebacks."""
    try:
        app()
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        raise SystemExit(1) from None
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        raise SystemExit(3) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


@app.command()
def plans(as_json: JsonOption = False) -> None:
    """List the plans that come with planlib."""
    from planlib.intake.shipped import open_plan, shipped_plans
    from planlib.show.records import plan_record

    records = [plan_record(open_plan(name)) for name in shipped_plans()]
    if as_json:
        _print_json(records)
        return
    from planlib.cli.text_tables import plans_table

    _print_table(plans_table(records))


@app.command()
def goals(plan: PlanArgument, as_json: JsonOption = False, lang: str = "vi") -> None:
    """List the goals of a plan: what is promised, how it is measured, where the text says so."""
    from planlib.intake.shipped import open_plan
    from planlib.show.records import goal_record

    opened = open_plan(plan)
    if as_json:
        _print_json([goal_record(opened, goal) for goal in opened.goals])
        return
    from planlib.cli.text_tables import goals_table

    _print_table(goals_table(opened, _language(lang)))


@app.command()
def score(
    plan: PlanArgument,
    area: AreaOption = None,
    year: Annotated[
        str, typer.Option("--year", help="A reporting year, or 'term' for the whole term.")
    ] = "term",
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = "internal",
    as_json: JsonOption = False,
    lang: Annotated[str, typer.Option("--lang", help="vi or en, for the table.")] = "vi",
) -> None:
    """Score one area in one year, or over the term: a verdict for every goal, with its rule."""
    from planlib.review.desk import open_desk
    from planlib.show.records import verdict_record

    at = _year(year)
    desk = open_desk(plan, area, as_of, observations, audience)
    verdicts = desk.verdicts(at)
    if as_json:
        ahead = desk.outlook(desk.last_year() if at is None else at, whole_term=at is None)
        _print_json([verdict_record(verdict, ahead.of(verdict.goal.id)) for verdict in verdicts])
        return
    from planlib.cli.text_tables import verdicts_table

    _print_table(verdicts_table(desk.plan, desk.area, verdicts, _language(lang)))


@app.command()
def methods(
    plan: PlanArgument,
    area: AreaOption = None,
    year: Annotated[
        str, typer.Option("--year", help="A reporting year; the last of the term by default.")
    ] = "term",
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = "internal",
    as_json: JsonOption = False,
    lang: Annotated[str, typer.Option("--lang", help="vi or en, for the table.")] = "vi",
) -> None:
    """What other people's published rules say of every goal, and where they disagree."""
    from planlib.cli.methods_command import methods_command

    language = _language(lang)
    methods_command(plan, area, _year(year), as_of, observations, as_json, language, audience)


@app.command()
def backtest(
    panel: Annotated[
        Path, typer.Argument(help="A tidy CSV: indicator, area, year, value, optional target.")
    ],
    horizon: Annotated[
        list[int] | None, typer.Option("--horizon", help="Years ahead; may be repeated.")
    ] = None,
    methods: Annotated[
        str, typer.Option("--methods", help="Names joined by commas; all of them by default.")
    ] = "",
    as_json: JsonOption = False,
    lang: Annotated[str, typer.Option("--lang", help="vi or en, for the tables.")] = "vi",
) -> None:
    """Test forecasts on the past of a panel, against simple rivals and published rules."""
    from planlib.cli.backtest_command import backtest_panel

    names = [name.strip() for name in methods.split(",") if name.strip()]
    backtest_panel(panel, horizon or [], names, as_json, _language(lang))


@app.command()
def check(
    plan: Annotated[
        str | None, typer.Argument(help="A plan folder or id; every shipped plan by default.")
    ] = None,
    observations: Annotated[
        list[Path] | None,
        typer.Argument(help="Figures to check against the plan; its own by default."),
    ] = None,
) -> None:
    """Check plan files and figures: every problem of every file, one line each.

    Notes (goals without a measure, areas outside the registry) are printed too; they are not
    problems.
    """
    from planlib.cli.checking import check_plan
    from planlib.intake.shipped import shipped_plans

    names = [plan] if plan is not None else shipped_plans()
    problems: list[Problem] = []
    for name in names:
        found, notes = check_plan(name, observations or [])
        problems += found
        for note in notes:
            print(f"note: {note}")
    for problem in problems:
        print(problem)
    if problems:
        raise typer.Exit(1)
    print(f"no problems in {', '.join(names)}")


@app.command()
def schema() -> None:
    """Print the JSON schema of plan files, for editors that complete and check YAML."""
    from planlib.intake.plan_schema import plan_schema

    print(json.dumps(plan_schema(), ensure_ascii=False, indent=2))


@app.command()
def review(
    plan: Annotated[
        str | None,
        typer.Argument(help="Id of a shipped plan, or a plan folder; the default set without one."),
    ] = None,
    default: Annotated[
        bool,
        typer.Option("--default", help="The default set: the ward plan and two national ones."),
    ] = False,
    area: AreaOption = None,
    years: Annotated[
        str | None,
        typer.Option("--years", help="Such as 2011,2013 or 2011-2015; the whole term by default."),
    ] = None,
    midterm: Annotated[
        bool | None,
        typer.Option(
            "--midterm/--no-midterm",
            help="The mid-term review too; by default where its year is among the years.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    lang: Annotated[str, typer.Option("--lang", help="vi, en or vi,en.")] = "vi,en",
    out: Annotated[Path, typer.Option("--out", help="Where the reports go.")] = Path("reports"),
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; 2 by default.")
    ] = None,
) -> None:
    """Run the review notebooks and write their pages and an index to open in a browser.

    Exit code 0 only if every notebook ran, 3 if one failed (the others are written all the same).
    """
    from planlib.cli import reviewing

    if default and plan is not None:
        raise typer.BadParameter("takes no PLAN", param_hint="--default")
    requests = reviewing.requests_of(plan, area, years, midterm, as_of, lang)
    raise typer.Exit(reviewing.review(requests, out, jobs))


@app.command()
def notebooks(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Notebooks or folders; those that come with planlib by default."),
    ] = None,
    clean_only: Annotated[
        bool, typer.Option("--clean-only", help="Clean their metadata without running them.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Notebooks at a time; 2 by default.")
    ] = None,
) -> None:
    """Run notebooks in place with their own parameters, and clean them.

    Tags, outputs and execution counts stay; paths, times and versions of this machine go.
    """
    from planlib.cli import reviewing

    raise typer.Exit(reviewing.notebooks(paths or [], clean_only, jobs))


app.command()(changes)


def _year(text: str) -> int | None:
    """A year as typed, or None for the term."""
    if text == "term":
        return None
    if not text.isascii() or not text.isdigit():
        raise typer.BadParameter("a year such as 2013, or 'term'", param_hint="--year")
    return int(text)


def _language(lang: str) -> str:
    if lang not in {"vi", "en"}:
        raise typer.BadParameter("the language is vi or en", param_hint="--lang")
    return lang


def _print_json(records: list[dict[str, Any]]) -> None:
    print(json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False))


def _print_table(table: Any) -> None:
    from rich.console import Console

    console = Console()
    # Piped into a file there is no window to fit: keep every row on its line.
    width = None if console.is_terminal else 200
    Console(width=width).print(table)
