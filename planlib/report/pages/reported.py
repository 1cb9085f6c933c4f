"""A page that can be handed in: the same blocks as a report of an office, in Word."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from planlib.report.blocks import Title
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.documents.profile import document_day, profile_for
from planlib.report.documents.remarks import Remark
from planlib.report.documents.skeleton import HandedIn, Issuer, Skeleton, office_document
from planlib.report.pages.common import Page
from planlib.storage.whole_files import replace_bytes


class ReportedPage(Page):
    """A page of a review that is a report too."""

    @abstractmethod
    def skeleton(self) -> Skeleton:
        """What the review has to say in each part of a report."""

    def handed_in(
        self, profile: str | None, issuer: Issuer, dated: str | date | None,
        remarks: Sequence[Remark] = (),
    ) -> OfficeDocument:  # fmt: skip
        """The review as a report in a profile of that name or family, of a day or of an open one.

        Raises InputError for a profile there is not, and for a day that is none.
        """
        skeleton = self.skeleton()
        on = document_day(dated)
        chosen = profile_for(profile, on or skeleton.day, self.language.code)
        how = HandedIn(chosen, issuer, on, remarks)
        return office_document(skeleton, self.area_name, self.language, how)

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

    @property
    def goal_names(self) -> dict[str, str]:
        """The goals as a reader knows them."""
        return {goal.id: goal.name.in_language(self.language.code) for goal in self.plan.goals}

    @property
    def _title_block(self) -> Title:
        (title,) = (block for block in self.title() if isinstance(block, Title))
        return title
