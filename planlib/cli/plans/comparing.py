"""``planlib compare``: one goal, area beside area, with what chance makes of each figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    AsOfOption,
    AudienceOption,
    FiguresOption,
    JsonOption,
    LangOption,
    PlanArgument,
    checked_language,
)
from planlib.cli.terminal import tell, tell_json
from planlib.plan.audience import INTERNAL


def compare(
    plan: PlanArgument,
    goal: Annotated[str, typer.Option("--goal", help="Id of the goal.")],
    period: Annotated[
        str, typer.Option("--period", "--year", help="A period of the plan, such as 2013.")
    ],
    group: Annotated[str, typer.Option("--group", help="One group, such as sex=women.")] = "",
    order_by: Annotated[
        str | None,
        typer.Option(
            "--order-by",
            help="A goal whose figures put the areas in order for the gap of fifths; the same goal "
            "by default.",
        ),
    ] = None,
    limits: Annotated[
        str,
        typer.Option(
            "--limits", help="exact, or public-health: as public health offices print them."
        ),
    ] = "exact",
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = INTERNAL,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the page with its pictures to this file.")
    ] = None,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Compare areas fairly: who differs by more than chance, and who cannot be told apart.

    Limits and ranks need the numerator and the denominator of each figure; without them the figures
    stand alone.
    """
    from planlib.cli.inputs import evaluated
    from planlib.plan.base import period_record
    from planlib.report.pages.compare import ComparePage
    from planlib.review.areas import area_comparison

    checked_language(lang)
    evaluation, _ = evaluated(plan, None, observations, as_of=as_of, audience=audience)
    found = area_comparison(
        evaluation, goal, period, group=group, order_by=order_by, limits=limits
    )  # fmt: skip
    page = ComparePage(found, lang or "")
    if html is not None:
        page.to_html(html)
    if as_json:
        areas = [one.record for one in found.areas]
        tell_json(
            {
                "goal": found.goal.id,
                "period": period_record(found.period),
                "method": found.method,
                "areas": areas,
            }
        )
        return
    tell(page.told().text)
