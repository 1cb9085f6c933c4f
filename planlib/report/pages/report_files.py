"""A review as the file of an office's report: Word, PDF, OpenDocument or Markdown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from planlib.evaluation import Evaluation
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.pages.office_remarks import Given
from planlib.report.pages.reported import ReportedPage
from planlib.report.render.markdown import markdown_beside, origin_comment

MOST_KEYWORDS = 255  # letters that python-docx lets them have


def report_page(
    evaluation: Evaluation, area: str, period: str, lang: str, remarks: Given = ""
) -> ReportedPage:
    """The page of an area that is handed in: of a period, of ``midterm`` or of the ``term``."""
    if period == "midterm":
        return MidtermPage.of(evaluation, area, None, lang, remarks)
    if period == "term":
        return MidtermPage.of(evaluation, area, evaluation.plan.years[-1], lang, remarks)
    return AnnualPage.of(evaluation, area, period, lang, remarks)


def markdown_report(document: OfficeDocument, out: Path) -> tuple[str, dict[Path, bytes]]:
    """A report as Markdown, and the pictures that go beside it."""
    blocks = [*document.body, *(one for annex in document.annexes for one in annex.blocks)]
    text, pictures = markdown_beside(blocks, out)
    return text + origin_comment(document.made_from), pictures


def word_bytes(document: OfficeDocument, kind: str = ".docx") -> bytes:
    """A report in Word; one that becomes a PDF says what it was made from where a PDF keeps it."""
    from planlib.report.word import word_report

    if kind == ".pdf":
        told = {name: text for name, text in document.made_from.items() if text}
        # One word without a sign that LibreOffice would part it at, or escape twice.
        while len(words := "|".join(f"{k}={quote(v)}" for k, v in told.items())) > MOST_KEYWORDS:
            told.popitem()
        document = replace(document, about=words)
    return word_report(document)
