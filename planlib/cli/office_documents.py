"""The files that ``planlib report`` writes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from planlib.cli.terminal import tell
from planlib.errors import InputError, one_of, refused, said
from planlib.evaluation import Evaluation
from planlib.excel.overwriting import sealed, write_new
from planlib.language.language import Language
from planlib.plan.audience import PUBLIC
from planlib.report.blocks import Gap
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.documents.profile import day_of, profile_for
from planlib.report.documents.skeleton import Issuer
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.pages.reported import ReportedPage

ENDINGS = (".docx", ".pdf", ".odt", ".md")


def report_command(
    asked: tuple[Evaluation, str, str, str], out: Path,
    how: tuple[str | None, Issuer, str | None], *, force: bool,
) -> None:  # fmt: skip
    """Write a report of an area in a language: of a period, of ``midterm`` or of the ``term``.

    Raises InputError for what is unknown or cannot be written, and where ``out`` holds what would
    be lost, unless ``force`` is given.
    """
    evaluation, area, period, lang = asked
    kind = out.suffix.lower()
    if kind not in ENDINGS:
        found = repr(kind or out.name)
        raise refused(said("documents.ending-unknown", known=one_of(ENDINGS), found=found), out)
    page = _page(evaluation, area, period, lang)
    document = page.handed_in(*how)
    if kind == ".md":
        from planlib.report.render.markdown import write_markdown

        blocks = [*document.body, *(one for annex in document.annexes for one in annex.blocks)]
        write_markdown(blocks, out)
    else:
        write_new(out, _written(document, kind), force=force)
    language = Language(lang)
    gaps = sum(isinstance(one, Gap) for one in document.body)
    profile = document.profile.name.in_language(lang)
    tell(language("document.written", file=out, profile=profile, n=gaps))
    if evaluation.audience != PUBLIC:
        tell(language("audience.internal"))


def _page(evaluation: Evaluation, area: str, period: str, lang: str) -> ReportedPage:
    if period == "midterm":
        return MidtermPage.of(evaluation, area, None, lang)
    if period == "term":
        return MidtermPage.of(evaluation, area, evaluation.plan.years[-1], lang)
    return AnnualPage.of(evaluation, area, period, lang)


def _written(document: OfficeDocument, kind: str) -> bytes:
    from planlib.report.documents.converted import converted
    from planlib.report.word import word_report

    made = word_report(document)
    if kind == ".docx":
        return sealed(made)
    return converted(made, "pdf" if kind == ".pdf" else "odt", document.dated)


def check_format_command(file: Path, profile: str, dated: str | None, lang: str) -> None:
    """Print what departs from a profile's rule of a day, today's without one.

    Raises InputError with every departure, and for a file that cannot be read.
    """
    from planlib.report.documents.format_check import departures

    on = day_of(dated) or datetime.now(tz=UTC).date()
    chosen, language = profile_for(profile, on, lang), Language(lang)
    found = departures(file, chosen)
    if chosen.unconfirmed:
        things = "; ".join(one.in_language(lang) for one in chosen.unconfirmed)
        tell(language("document.unconfirmed", things=things))
    if found:
        raise InputError(found)
    name = chosen.name.in_language(lang)
    tell(language("document.keeps", file=file, profile=name))
