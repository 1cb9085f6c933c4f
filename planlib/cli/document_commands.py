"""The commands for what an office hands in: report, remarks, check-format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    AreaOption,
    AsOfOption,
    AudienceOption,
    FiguresOption,
    ForceOption,
    LangOption,
    PlanArgument,
    RemarksOption,
    SpeechOption,
    checked_language,
    language_of,
)
from planlib.cli.terminal import NONE_ASKED, tell, wrong_use
from planlib.errors import said
from planlib.plan.audience import PUBLIC


def report(
    plan: PlanArgument,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The .docx, .pdf, .odt or .md file to write.")
    ],
    area: AreaOption = None,
    period: Annotated[
        str | None, typer.Option("--period", help="A period of the plan: its yearly report.")
    ] = None,
    midterm: Annotated[bool, typer.Option("--midterm", help="The report at mid-term.")] = False,
    term: Annotated[bool, typer.Option("--term", help="The report on the whole term.")] = False,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            help="The form: plain, state or party (the rule of the report's day), or one rule by "
            "name, such as state-2020. By default state for a report in Vietnamese, else plain.",
        ),
    ] = None,
    dated: Annotated[
        str | None,
        typer.Option("--dated", help="The report's day, such as 2014-01-15; left open without."),
    ] = None,
    issuer: Annotated[
        str, typer.Option("--issuer", help="Who issues it; the area's name by default.")
    ] = "",
    superior: Annotated[str, typer.Option("--superior", help="The body above the issuer.")] = "",
    place: Annotated[str, typer.Option("--place", help="Where it is issued.")] = "",
    number: Annotated[str, typer.Option("--number", help="Its number; left open without.")] = "",
    signer: Annotated[str, typer.Option("--signer", help="The office of who signs.")] = "",
    remarks: RemarksOption = None,
    as_of: AsOfOption = None,
    observations: FiguresOption = None,
    audience: AudienceOption = PUBLIC,
    lang: LangOption = None,
    force: ForceOption = False,
) -> None:
    """Write the report an office hands in: a Word document, a PDF (by LibreOffice), or Markdown.

    What the figures say is filled in; what only the office can write is left as marked gaps.
    """
    from planlib.cli.inputs import evaluated
    from planlib.cli.office_documents import checked_ending, write_report
    from planlib.report.documents.skeleton import Issuer
    from planlib.report.pages.report_files import report_page

    if [period is not None, midterm, term].count(True) != 1:
        raise wrong_use(said("documents.one-period"), "--period")
    code = checked_language(lang)
    checked_ending(out)  # at once, before anything large is read
    evaluation, where = evaluated(plan, area, observations, as_of=as_of, audience=audience)
    chosen = "midterm" if midterm else "term" if term else str(period)
    page = report_page(
        evaluation, where, chosen, code or evaluation.plan.languages[0], remarks or ""
    )
    about = Issuer(issuer, superior, place, number, signer)
    document = page.handed_in(profile, about, dated)
    write_report(document, out, force=force)
    if audience != PUBLIC:
        tell(document.language(f"audience.{audience}"))


def remarks(
    file: Annotated[Path, typer.Argument(help="A Word file of planlib that was written in.")],
    into: Annotated[Path, typer.Option("--into", help="The YAML file of remarks that takes them.")],
    lang: SpeechOption = NONE_ASKED,
) -> None:
    """Take back what an office wrote into the gaps of a report, so that the next one has it too."""
    from planlib.cli.office_documents import remarks_command

    remarks_command(file, into, language_of(lang, NONE_ASKED))


def check_format(
    file: Annotated[Path, typer.Argument(help="A Word file (.docx), whoever wrote it.")],
    profile: Annotated[
        str,
        typer.Option("--profile", help="The form to hold it against: state, party-2018 and so on."),
    ],
    dated: Annotated[
        str | None,
        typer.Option("--dated", help="The document's day, which chooses the rule; today without."),
    ] = None,
    lang: SpeechOption = NONE_ASKED,
) -> None:
    """Name where a Word file departs from the form its office must keep: a line for each.

    Only what is confirmed of the rule is held against it; what is not is listed. Exit code 1 where
    it departs.
    """
    from planlib.cli.office_documents import check_format_command

    check_format_command(file, profile, dated, language_of(lang, NONE_ASKED))
