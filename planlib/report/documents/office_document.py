"""An office's document: what its head says, its text, and its annexes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from planlib.language.language import Language
from planlib.plan.brief import Brief
from planlib.report.blocks import Block
from planlib.report.documents.profile import DocumentProfile


@dataclass(frozen=True, repr=False)
class Annex(Brief):
    """Blocks after the signature, on pages of their own."""

    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, repr=False)
class OfficeDocument(Brief):
    """A report as it is handed in.

    ``kind`` is what it calls itself (BÁO CÁO), ``subject`` what it is about; ``superior`` the body
    above the one that issues it; ``place`` where that is. Without a day it is left open, as until
    somebody signs. ``about`` names plan, area and period to programs, and ``made_from`` everything
    it was made from, so that it can be made again and proven.
    """

    profile: DocumentProfile
    language: Language
    dated: date | None
    kind: str
    subject: str
    issuer: str
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    superior: str = ""
    place: str = ""
    number: str = ""
    signer: str = ""
    about: str = ""
    made_from: Mapping[str, str] = field(default_factory=dict)

    @property
    def place_and_date(self) -> str:
        """Where and when it was issued: ``Quận 1, ngày 15 tháng 01 năm 2014``."""
        day = self.language("document.open_day")
        if self.dated is not None:
            day = self.language.date(self.dated.isoformat())
        if not self.place:
            return self.language("document.date", date=day)
        return self.language("document.place_and_date", place=self.place, date=day)
