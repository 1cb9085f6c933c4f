"""A page that can be handed in: the same blocks as a report of an office, in Word."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.remarks.remark import Remark
from planlib.report.blocks import Heading, Remarks, Title
from planlib.report.display import Blocks
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.documents.profile import document_day, profile_for
from planlib.report.documents.remarks import OfficeRemarks
from planlib.report.documents.skeleton import HandedIn, Issuer, Skeleton, office_document
from planlib.report.layout import Cell, Table
from planlib.report.pages.common import Page
from planlib.report.tables.shortfalls import Causes, shortfalls_table
from planlib.report.text.sentences import titled
from planlib.review import AnnualReview, MidtermReview
from planlib.review.shortfalls import shortfalls
from planlib.storage.whole_files import replace_bytes


class ReportedPage(Page):
    """A page of a review that is a report too, with what the office says of it."""

    review: AnnualReview | MidtermReview
    remarks: Sequence[Remark] = ()

    @property
    @abstractmethod
    def reported(self) -> str:
        """The period as remarks name it: ``2013``, ``midterm`` or ``term``."""

    @abstractmethod
    def cautions(self) -> Blocks:
        """What must be kept in mind when the numbers are used."""

    @abstractmethod
    def skeleton(self) -> Skeleton:
        """What the review has to say in each part of a report."""

    def handed_in(
        self, profile: str | None, issuer: Issuer, dated: str | date | None,
        remarks: Sequence[Remark] | None = None,
    ) -> OfficeDocument:  # fmt: skip
        """The review as a report in a profile of that name or family, of a day or of an open one.

        ``remarks`` are those of the page without others.
        Raises InputError for a profile there is not, and for a day that is none.
        """
        skeleton = self.skeleton()
        on = document_day(dated)
        chosen = profile_for(profile, on or skeleton.day, self.language.code)
        told = self.remarks if remarks is None else remarks
        internal = not self.public and any(goal.sensitive for goal in self.plan.goals)
        how = HandedIn(chosen, issuer, on, told, internal)
        document = office_document(skeleton, self.area_name, self.language, how)
        plan, area, period = skeleton.about
        origin = {
            "plan": plan, "area": area, "period": period, "lang": self.language.code,
            "audience": PUBLIC if self.public else INTERNAL, "as-of": self.as_of or "",
            "profile": chosen.id, "dated": on.isoformat() if on else "", **asdict(issuer),
            "planlib": version("planlib"),
        }  # fmt: skip
        return replace(document, made_from=origin)

    @property
    @abstractmethod
    def as_of(self) -> str | None:
        """The day whose reports count, None for every report."""

    def to_docx(
        self, file: str | os.PathLike[str] | None = None, *, profile: str | None = None,
        dated: str | date | None = None,
    ) -> bytes:  # fmt: skip
        """The review as an office's report in Word, also written to a file if one is named.

        ``profile`` is one of ``planlib report --help``; its day, ``dated``, is left open without.
        Raises InputError for either, and where the file cannot be written.
        """
        from planlib.report.word import word_report

        made = word_report(self.handed_in(profile, Issuer(), dated))
        if file is not None:
            replace_bytes(Path(file), [made])
        return made

    def notes(self) -> Blocks:
        """What the office says of the whole, and what must be kept in mind with these numbers."""
        language, said = self.language, self._office.about(None, self.language)
        if not said:
            return self.cautions()
        heading = Heading(language("heading.remarks"), "remarks")
        return Blocks.of(heading, language("remark.how"), Remarks(said), self.cautions())

    @property
    def _office(self) -> OfficeRemarks:
        return OfficeRemarks.on(self.remarks, self.area, self.reported)

    def _with_remarks(self, table: Table) -> Table:
        """A table of goals, with what the office says of each below its row."""

        def told(cell: Cell) -> Cell:
            said = self._office.about(cell.goal, self.language) if cell.goal else ()
            return replace(cell, remarks=said) if said else cell

        groups = (
            replace(group, rows=tuple(tuple(map(told, row)) for row in group.rows))
            for group in table.groups
        )
        return replace(table, groups=tuple(groups)) if self._office.found else table

    def shortfalls(self, causes: Causes | None = None) -> Blocks:
        """Which goals were missed, who answers for them, why, and what comes next?

        The causes are those the office names in its remarks, where no others are given.
        """
        causes = self._office.causes() if causes is None else causes
        language, missed = self.language, shortfalls(self.plan, self.review.verdicts)
        heading = titled("heading.shortfalls", (one.verdict for one in missed), language)
        if not missed:
            return Blocks.of(Heading(heading, "shortfalls"), language("shortfalls.none"))
        table = shortfalls_table(missed, causes, language, illustrative=self.illustrative)
        return Blocks.of(Heading(heading, "shortfalls"), table)

    @property
    def goal_names(self) -> dict[str, str]:
        """The goals as a reader knows them."""
        return {goal.id: goal.name.in_language(self.language.code) for goal in self.plan.goals}

    @property
    def _title_block(self) -> Title:
        (title,) = (block for block in self.title() if isinstance(block, Title))
        return title
