"""The commands of a researcher: other people's rules, and forecasts tested on the past."""

from __future__ import annotations

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
    SpeechOption,
    checked_language,
    language_of,
    period_of,
    plans_named,
)
from planlib.cli.terminal import wrong_use
from planlib.errors import said
from planlib.language.languages import DEFAULT
from planlib.plan.audience import INTERNAL


def methods(
    plan: Annotated[
        str,
        typer.Argument(
            help="Id of a shipped plan, a plan folder, or a table of your own (CSV, Excel, Parquet).",
            autocompletion=plans_named,
        ),
    ],
    area: AreaOption = None,
    year: Annotated[
        str,
        typer.Option(
            "--year", "--period", help="A year of the plan; the last of the term by default."
        ),
    ] = "term",
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = INTERNAL,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--columns",
            help="What your table calls its columns, such as indicator=Name,year=Year,value=Rate: "
            "area, indicator, series, group, year, value, base_year, target, target_year, "
            "direction, limit, worst, every_year. May be repeated.",
        ),
    ] = None,
    every_row: Annotated[
        list[str] | None,
        typer.Option(
            "--every-row",
            help="What holds of every row of your table, such as base_year=2015,direction=increase; "
            "target= for no target.",
        ),
    ] = None,
    targets: Annotated[
        Path | None,
        typer.Option("--targets", help="A second table with the targets of your series."),
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """What other people's published rules say of every goal, and where they disagree.

    With a table of your own, of every series in it: one row a series and year. Several series may
    make an indicator, which Open SDG's rule then rolls up; those of one group count as one series.
    """
    said_in = checked_language(lang)
    from planlib.cli.research.own_table import is_table, own_table_command, pairs

    of_a_plan = {
        "--area": area, "--year": None if year == "term" else year, "--as-of": as_of,
        "--observations": observations, "--audience": None if audience == INTERNAL else audience,
    }  # fmt: skip
    of_a_table = {"--columns": columns, "--every-row": every_row, "--targets": targets}
    own = is_table(plan)
    for option, given in (of_a_plan if own else of_a_table).items():
        if given is not None:
            key = "cli.only-for-a-plan" if own else "cli.only-for-a-table"
            raise wrong_use(said(key), option)
    if own:
        from planlib.exchange.table.series import OwnTables

        named, shared = pairs(columns or (), "--columns"), pairs(every_row or (), "--every-row")
        tables = OwnTables(Path(plan), targets, named, shared)
        own_table_command(tables, said_in or DEFAULT, as_json=as_json)
        return
    from planlib.cli.inputs import evaluated
    from planlib.cli.research.methods_command import methods_command

    at = period_of(year)
    evaluation, place = evaluated(plan, area, observations, as_of=as_of, audience=audience)
    methods_command(evaluation, place, at, said_in or evaluation.plan.languages[0], as_json=as_json)


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
    lang: SpeechOption = DEFAULT,
) -> None:
    """Test forecasts on the past of a panel, against simple rivals and published rules."""
    from planlib.cli.research.backtest_command import backtest_panel

    lang = language_of(lang, DEFAULT)
    names = [name.strip() for name in methods.split(",") if name.strip()]
    backtest_panel(panel, horizon or [], names, as_json=as_json, lang=lang)
