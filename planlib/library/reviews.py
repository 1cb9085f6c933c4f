"""Reviews as objects: they show themselves in Jupyter and are written to a file in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.methods import methods
from planlib.evaluation.outlook import outlook
from planlib.library.asked import asked_language, asked_year
from planlib.report.display import Blocks
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.render import html, markdown, notebook
from planlib.report.style import Style, stylesheet
from planlib.review import AnnualReview, MidtermReview, annual, midterm, sensitivity
from planlib.storage.whole_files import replace_bytes

File = str | PathLike[str]


@dataclass(frozen=True, repr=False)
class ReviewPage:
    """A review in one language. ``review`` is what it says, ``blocks`` how.

    It shows itself in Jupyter, in light and dark themes, and is printed as text.
    """

    review: AnnualReview | MidtermReview
    blocks: Blocks
    lang: str
    title: str

    def to_html(self, file: File | None = None) -> str:
        """The page as HTML that needs nothing beside it, also written to a file if one is named.

        Raises InputError where the file cannot be written.
        """
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        page = (
            f'<!DOCTYPE html>\n<html lang="{self.lang}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self.title)}</title>\n<style>\n{stylesheet()}\n</style>\n</head>\n"
            f"<body>\n<main>\n{html(self.blocks.blocks)}\n</main>\n</body>\n</html>\n"
        )
        return _written(page, file)

    def to_markdown(self, file: File | None = None) -> str:
        """The page as Markdown with its pictures in it, also written to a file if one is named.

        Raises InputError where the file cannot be written.
        """
        return _written(markdown(self.blocks.blocks), file)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        shown = notebook(self.blocks.blocks)
        style = Style()._repr_mimebundle_()["text/html"]
        return shown | {"text/html": f"{style}\n{shown['text/html']}"}

    def __str__(self) -> str:
        return self.blocks.text

    def __repr__(self) -> str:
        return f"<ReviewPage: {self.title[:200]} ({self.lang}, {len(self.blocks)} blocks)>"


def annual_review(
    evaluation: Evaluation, *, period: str | int, area: str | None = None, lang: str = "en"
) -> ReviewPage:
    """What was promised for a year and what came of it, in the plan's first area by default.

    Raises InputError for an area, a year or a language that there is not.

    >>> from planlib import evaluate
    >>> annual_review(evaluate("viet-nam-2016-2020"), period=2018)
    <ReviewPage: Viet Nam, 2018: which targets were exceeded, met or missed? (en, ... blocks)>
    """
    review = annual(evaluation, evaluation.area(area), asked_year(evaluation, period))
    page = AnnualPage(review, asked_language(lang).code)
    parts = (
        page.title(), page.promised(), page.counts(), page.table(), page.sections(),
        page.changes(), page.missing(), page.disagreements(), page.readings(), page.notes(),
        page.sources(),
    )  # fmt: skip
    return _page(review, parts, lang)


def midterm_review(
    evaluation: Evaluation, *, period: str | int | None = None, area: str | None = None,
    lang: str = "en",
) -> ReviewPage:  # fmt: skip
    """How far the term has come at the end of a year, and what lies ahead.

    The year is the plan's mid-term year by default. Raises InputError as ``annual_review`` does.
    """
    place, year = evaluation.area(area), asked_year(evaluation, period)
    review = midterm(evaluation, place, year)
    page = MidtermPage(review, asked_language(lang).code)
    ahead = outlook(evaluation, place, year)
    parts = (
        page.title(), page.headline(), page.grid(), page.road(), page.outlook(ahead),
        page.pace(ahead), page.decided(), page.lags(),
        page.robust(sensitivity(evaluation, place, year)),
        page.rules(methods(evaluation, place, year)), page.trends(ahead), page.notes(),
        page.sources(),
    )  # fmt: skip
    return _page(review, parts, lang)


def term_review(evaluation: Evaluation, *, area: str | None = None, lang: str = "en") -> ReviewPage:
    """How the whole term came out: the review of the term at the end of its last year.

    Raises InputError as ``annual_review`` does.
    """
    return midterm_review(evaluation, period=evaluation.plan.years[-1], area=area, lang=lang)


def _page(review: AnnualReview | MidtermReview, parts: Sequence[Blocks], lang: str) -> ReviewPage:
    blocks = Blocks.of(*parts)
    return ReviewPage(review, blocks, lang, blocks.text.partition("\n")[0])


def _written(text: str, file: File | None) -> str:
    if file is not None:
        replace_bytes(Path(file), [text.encode()])
    return text
