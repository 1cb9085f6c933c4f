"""The skeleton of the report an office hands in, filled in with what the figures say.

Situation, results by field, shortcomings and their causes, tasks ahead, proposals, and the table of
targets as an annex. Where only the office knows what to write there is a marked gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.audience import INTERNAL
from planlib.plan.remarks.remark import Remark
from planlib.report.blocks import Block, Heading, Placeholder, Title
from planlib.report.display import Blocks
from planlib.report.documents.office_document import Annex, OfficeDocument
from planlib.report.documents.profile import DocumentProfile
from planlib.report.documents.remarks import OfficeRemarks
from planlib.report.layout import Fact, Table

PartOf = Literal["situation", "results", "shortcomings", "tasks", "proposals"]
PARTS: tuple[PartOf, ...] = ("situation", "results", "shortcomings", "tasks", "proposals")
_ROMAN = ("I", "II", "III", "IV", "V")
_CAUSES = ("objective", "subjective", "lessons")


@dataclass(frozen=True)
class Skeleton:
    """What a review has to say in each part of a report, its table of targets, and what backs it.

    ``shortfalls`` lists the missed goals, given what the office says of the cause of each.
    ``day`` is the last day it speaks of; ``about`` names plan, area and period to programs, and
    ``goals`` the goals to readers.
    """

    subject: str
    title: Title
    parts: Mapping[PartOf, Blocks]
    shortfalls: Callable[[Mapping[str, Sequence[str]]], Blocks]
    table: Table
    more: Blocks
    day: date
    about: tuple[str, str, str]
    goals: Mapping[str, str]


@dataclass(frozen=True)
class Issuer:
    """Who hands a report in: what its head and its signature say.

    ``name`` is the area's by default; ``superior`` the body above it.
    """

    name: str = ""
    superior: str = ""
    place: str = ""
    number: str = ""
    signer: str = ""


@dataclass(frozen=True)
class HandedIn:
    """How a report is handed in: in which form, by whom, on which day, with which remarks.

    ``internal`` says that it tells what the public may not see.
    """

    profile: DocumentProfile
    issuer: Issuer = field(default_factory=Issuer)
    dated: date | None = None
    remarks: Sequence[Remark] = ()
    internal: bool = False


def office_document(
    skeleton: Skeleton, area: str, language: Language, how: HandedIn
) -> OfficeDocument:
    """A report as it is handed in; ``area`` is a name, and issues it where nobody else does."""
    body: list[Block] = []
    remarks = OfficeRemarks.on(how.remarks, *skeleton.about[1:])
    title, issuer = skeleton.title, how.issuer
    if title.banner:
        body.append(Placeholder(joined((title.banner_word, title.banner))))
    for number, key in zip(_ROMAN, PARTS, strict=True):
        body.append(Heading(joined((f"{number}.", language(f"document.part.{key}"))), key))
        body += _numbered(_with_gaps(key, skeleton, remarks, language))
    tables = (Heading(language("document.annex", n=1), "annex-1"), skeleton.table)
    backing = (
        Heading(language("document.annex", n=2), "annex-2"),
        *Blocks.of(Title("", title.facts, colon=title.colon)),
        *lower(skeleton.more),
    )
    return OfficeDocument(
        profile=how.profile,
        language=language,
        dated=how.dated,
        kind=language("document.kind"),
        subject=skeleton.subject,
        issuer=issuer.name or area,
        body=tuple(body),
        annexes=(Annex(tables, landscape=True), Annex(backing)),
        superior=issuer.superior,
        place=issuer.place,
        number=issuer.number,
        signer=issuer.signer,
        about=" ".join([*skeleton.about, *([INTERNAL] if how.internal else [])]),
    )


def bare(blocks: Iterable[Block]) -> Blocks:
    """Blocks without their headings: the skeleton has its own."""
    return Blocks.of(*(one for one in blocks if not isinstance(one, Heading)))


def lower(blocks: Iterable[Block]) -> Blocks:
    """Blocks with their headings one level down, below those of the skeleton."""
    return Blocks.of(
        *(
            Heading(one.text, one.anchor, min(one.level + 1, 4))
            if isinstance(one, Heading)
            else one
            for one in blocks
        )
    )


def _with_gaps(
    key: PartOf, skeleton: Skeleton, remarks: OfficeRemarks, language: Language
) -> Iterator[Block]:
    def gap(kind: str) -> Placeholder:
        found = []
        for one in remarks.of(kind):
            label = _label(one, skeleton)
            colon = language.raw("language.colon") if label else ""
            found.append(Fact(f"{label}{colon}", one.text, id=one.key))
        return Placeholder(language(f"document.gap.{kind}"), kind, tuple(found))

    if key in ("situation", "proposals"):
        yield gap(key)
    yield from skeleton.parts.get(key, Blocks.of())
    if key == "results" and next(remarks.of("note"), None):
        yield Heading(language("document.note"), "note", 3)
        yield gap("note")
    if key == "shortcomings":
        yield from skeleton.shortfalls(remarks.causes())
        for cause in _CAUSES:
            yield Heading(language(f"document.{cause}"), cause, 3)
            yield gap(cause)
    if key == "tasks":
        yield gap("tasks")


def _label(remark: Remark, skeleton: Skeleton) -> str:
    """What a remark is about and who wrote it."""
    goal = skeleton.goals.get(remark.goal or "", "")
    return joined([goal, remark.author or ""], ", ")


def _numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Headings of the second level, numbered within their part."""
    number = 0
    for one in blocks:
        if isinstance(one, Heading) and one.level == 3:
            number += 1
            yield Heading(joined((f"{number}.", one.text)), one.anchor, 3)
        else:
            yield one
