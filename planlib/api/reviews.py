"""Reviews as pages: they show themselves in Jupyter and are written to a file in a line."""

from __future__ import annotations

from os import PathLike

from planlib.api.asked import asked_language, asked_year
from planlib.evaluation.evaluation import Evaluation
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage


def annual_review(
    evaluation: Evaluation, *, period: str | int, area: str | None = None, lang: str | None = None,
    remarks: str | PathLike[str] = "",
) -> AnnualPage:  # fmt: skip
    """What was promised for a year and what came of it, in the plan's first area and language by default.

    The page shows itself in Jupyter, in light and dark themes, prints as text, and is written by
    ``to_html(FILE)``, ``to_markdown(FILE)`` and ``to_docx(FILE)``. What the office says is read from
    the file of ``remarks``, or from ``remarks.yaml`` beside the figures. Raises InputError for an
    area, a year or a language that there is not, and for a faulty file of remarks.

    >>> from planlib import evaluate
    >>> annual_review(evaluate("viet-nam-2016-2020"), period=2018, lang="en")
    <AnnualPage: Viet Nam, 2018: which targets were exceeded, met or missed?>
    """
    code, year = asked_language(lang, evaluation).code, asked_year(evaluation, period)
    return AnnualPage.of(evaluation, evaluation.area(area), year, code, remarks)


def midterm_review(
    evaluation: Evaluation, *, period: str | int | None = None, area: str | None = None,
    lang: str | None = None, remarks: str | PathLike[str] = "",
) -> MidtermPage:  # fmt: skip
    """How far the term has come at the end of a year, and what lies ahead.

    The year is the plan's mid-term year by default. Raises InputError as ``annual_review`` does.
    """
    code, year = asked_language(lang, evaluation).code, asked_year(evaluation, period)
    return MidtermPage.of(evaluation, evaluation.area(area), year, code, remarks)


def term_review(
    evaluation: Evaluation, *, area: str | None = None, lang: str | None = None,
    remarks: str | PathLike[str] = "",
) -> MidtermPage:  # fmt: skip
    """How the whole term came out: the review of the term at the end of its last year.

    Raises InputError as ``annual_review`` does.
    """
    last = evaluation.plan.years[-1]
    return midterm_review(evaluation, period=last, area=area, lang=lang, remarks=remarks)
