"""``planlib audit``: what is to be asked of a plan before anybody is held to it."""

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
from planlib.cli.terminal import tell, tell_json, wrong_use
from planlib.errors import said
from planlib.plan.audience import INTERNAL

ENDINGS = (".html", ".md")


def audit(
    plan: PlanArgument,
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = INTERNAL,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Write the page to this file, which ends in .html or .md."
        ),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 1 where a verdict hangs on a finding."),
    ] = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Question a plan: what cannot be judged, contradicts itself, or cannot be met.

    Each finding says where it stands, why it matters and what could be written. The figures of all
    areas are looked at; without any, only the plan's own text is.
    """
    from planlib.evaluation import evaluate
    from planlib.report.audit_record import audit_record
    from planlib.report.pages.audit import AuditPage
    from planlib.review.audit.finding import Severity

    checked_language(lang)
    if out is not None and out.suffix.lower() not in ENDINGS:
        raise wrong_use(said("cli.audit-out-ending", found=repr(out.name)), "--out")
    given = evaluate(plan, observations or None)
    page = AuditPage.of(given.as_known_on(as_of).seen_by(audience), lang or "")
    if out is not None:
        write = page.to_html if out.suffix.lower() == ".html" else page.to_markdown
        write(out)
    if as_json:
        tell_json(audit_record(page.found, page.language))
    elif out is None:
        tell(page.told().text)
    if strict and page.found.count(Severity.high):
        raise typer.Exit(1)
