"""``planlib due``: the figures that should be there by a day and are not, by whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from planlib.cli.options import (
    FiguresOption,
    JsonOption,
    LangOption,
    PlanArgument,
    checked_language,
)
from planlib.cli.terminal import tell, tell_json
from planlib.plan.audience import INTERNAL


def due(
    plan: PlanArgument,
    area: Annotated[
        str | None, typer.Option("--area", help="Id of the area; all of them by default.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", help="The day that is asked about, such as 2014-03-31; today by default."
        ),
    ] = None,
    observations: FiguresOption = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """List the figures that are late by the plan's reporting calendar, by whom to ask for them.

    A figure is due as many days after the end of its period as the plan's reported_within says.
    """
    from planlib.cli.inputs import evaluated
    from planlib.evaluation.checked import day_of
    from planlib.language.language import Language
    from planlib.report.text.late import late_blocks, late_record
    from planlib.review.late import late_figures

    said_in = checked_language(lang)
    day = day_of(as_of) or date.today().toordinal()
    given, place = evaluated(plan, area, observations, as_of=None, audience=INTERNAL)
    late = late_figures(given, day, None if area is None else [place])
    if as_json:
        tell_json([late_record(one, day) for one in late])
        return
    language = Language(said_in or given.plan.languages[0])
    tell(late_blocks(given.plan, late, day, language).text)
