"""The whole term as a page: the blocks of the final report, and what they cannot tell."""

from __future__ import annotations

from planlib.evaluation.evaluation import Evaluation
from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks
from planlib.report.pages.midterm import MidtermPage
from planlib.report.pages.office_remarks import Given

CANNOT_OF_TERM = ("cause", "without", "next")


class TermPage(MidtermPage):
    """One area at the end of the term: the review that the final report in Word is made of."""

    @classmethod
    def of(
        cls, evaluation: Evaluation, area: str, year: int | str | None = None, lang: str = "",
        remarks: Given = "",
    ) -> TermPage:  # fmt: skip
        """The page of an area over the whole term; ``year`` is its last one and may be left out.

        Raises InputError where there is no such area, and for another year.
        """
        last = evaluation.plan.years[-1] if year is None else year
        page = super().of(evaluation, area, last, lang, remarks)
        assert isinstance(page, TermPage)  # made by this class
        return page

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(super().blocks(), self.cannot_tell())

    def cannot_tell(self) -> Blocks:
        """What the review of a term cannot tell."""
        told = [self.language(f"term.cannot.{name}") for name in CANNOT_OF_TERM]
        return Blocks.of(Heading(self.language("heading.cannot"), "cannot"), items(told))
