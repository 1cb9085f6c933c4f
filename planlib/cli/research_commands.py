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
    PlanArgument,
    SpeechOption,
    checked_language,
    language_of,
    period_of,
)
from planlib.language.languages import DEFAULT
from planlib.plan.audience import INTERNAL


def methods(
    plan: PlanArgument,
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
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """What other people's published rules say of every goal, and where they disagree."""
    from planlib.cli.inputs import evaluated
    from planlib.cli.research.methods_command import methods_command

    at, said_in = period_of(year), checked_language(lang)
    given, place = evaluated(plan, area, observations, as_of=as_of, audience=audience)
    methods_command(given, place, at, said_in or given.plan.languages[0], as_json=as_json)


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
