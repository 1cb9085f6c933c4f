"""``planlib changes``: what moved between two days, with both sources."""

from __future__ import annotations

from typing import Annotated

import typer

from planlib.cli.options import (
    AreaOption,
    AudienceOption,
    FiguresOption,
    JsonOption,
    LangOption,
    PlanArgument,
    checked_language,
)
from planlib.cli.terminal import tell, tell_json
from planlib.plan.audience import INTERNAL


def changes(
    plan: PlanArgument,
    start: Annotated[
        str, typer.Option("--from", help="The earlier day: 2014, 2014-03 or 2014-03-31.")
    ],
    end: Annotated[str, typer.Option("--to", help="The later day, written alike.")],
    area: AreaOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = INTERNAL,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """What moved between two days: figures, verdicts and the plan itself, with both sources.

    Each day is replayed in full: the reports known by then, and the plan as it then stood.
    """
    from planlib.cli.inputs import evaluated
    from planlib.errors import InputError, Problem, said
    from planlib.evaluation.changes import changes as compared
    from planlib.evaluation.checked import day_of
    from planlib.language.language import Language
    from planlib.report.tables.changes import change_record, changes_shown

    checked_language(lang)
    first, last = day_of(start), day_of(end)
    if first is None or last is None:
        raise InputError([Problem(said("cli.changes-dates-needed"))])
    if first >= last:
        message = said("cli.changes-dates-out-of-order", start=start, end=end)
        raise InputError([Problem(message)])
    evaluation, place = evaluated(plan, area, observations, as_of=end, audience=audience)
    result = compared(evaluation, place, first, last)
    if as_json:
        records = [change_record(change) for change in (*result.changes, *result.of_groups)]
        tell_json(records)
        return
    language = Language(lang or evaluation.plan.languages[0])
    tell(changes_shown(result, language).text)
