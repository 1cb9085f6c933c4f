"""``planlib changes``: what moved between two days, with both sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def changes(
    plan: Annotated[str, typer.Argument(help="Id of a shipped plan, or a plan folder.")],
    start: Annotated[
        str, typer.Option("--from", help="The earlier day: 2014, 2014-03 or 2014-03-31.")
    ],
    end: Annotated[str, typer.Option("--to", help="The later day, written alike.")],
    area: Annotated[
        str | None, typer.Option("--area", help="Id of the area; the plan's first one by default.")
    ] = None,
    observations: Annotated[
        list[Path] | None,
        typer.Option("--observations", help="Figures to use instead of the plan's own."),
    ] = None,
    audience: Annotated[
        str,
        typer.Option(
            "--audience", help="internal, or public: with small counts of people withheld."
        ),
    ] = "internal",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="vi or en, for the table.")] = "vi",
) -> None:
    """What moved between two days: figures, verdicts and the plan itself, with both sources.

    Each day is replayed in full: the reports known by then, and the plan as it then stood.
    """
    from planlib.errors import InputError, Problem
    from planlib.review.desk import open_desk, report_date
    from planlib.show.changes_table import change_record, changes_shown
    from planlib.show.language import Language

    days = [report_date(text) for text in (start, end)]
    first, last = days
    if first is None or last is None:
        raise InputError([Problem("--from and --to are dates such as 2014-03-31")])
    if first >= last:
        found = f"found {start} and {end}"
        raise InputError([Problem(f"--from must lie before --to, {found}")])
    if lang not in {"vi", "en"}:
        raise InputError([Problem(f"the language is vi or en, found {lang!r}")])
    result = open_desk(plan, area, end, observations, audience).changes(first, last)
    if as_json:
        records = [change_record(change) for change in result.changes]
        print(json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False))
        return
    print(changes_shown(result, Language(lang)).text)
