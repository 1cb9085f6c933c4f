"""The forms that offices prescribe for their documents, each with the dates it was in force.

A profile says what its source confirms. Whatever it leaves out is listed in it as unconfirmed, and
is written as in the profile that it names for that (``otherwise``), but never checked. Where a rule
allows a range, documents are written with the largest letters and the narrowest margins it allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from planlib.errors import did_you_mean, refused, said
from planlib.language.text import Text
from planlib.plan.base import Id, Part, Words
from planlib.plan.faults import read_part

PLAIN = "plain"
USUAL = {"vi": "state"}  # the family of documents in a language that name no profile
SizeOf = Literal[
    "body", "kind", "subject", "heading", "number", "place_and_date", "issuer", "table"
]


def _both_ends(value: object) -> object:
    return [value, value] if isinstance(value, int | float) else value


# A measure that a rule fixes, or the two ends it allows.
Allowed = Annotated[tuple[float, float], BeforeValidator(_both_ends)]


class PageMargins(Part):
    """The margins of a page in millimetres."""

    top: Allowed
    bottom: Allowed
    left: Allowed
    right: Allowed


class PageNumber(Part):
    """Where pages are numbered, in which size, and from which page on."""

    place: Literal["top-centre", "bottom-centre", "bottom-right"]
    size: Allowed
    from_page: Literal[1, 2]


class DocumentPage(Part):
    """A page of A4."""

    margins_mm: PageMargins | None = None
    number: PageNumber | None = None


class HeadLine(Part):
    """A line of the head at the right of the first page, word for word."""

    text: Words
    size: Allowed | None = None
    bold: bool = False
    ruled: bool = False


class DocumentProfile(Part):
    """How documents of one kind of body look from one day to another.

    ``number`` is how a document's number is written, ``{number}`` standing for the number itself.
    ``contents`` puts a table of contents before the text. Sizes are in points.
    """

    id: Id
    otherwise: Id | None = None
    name: Text
    starts: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    source: Words | None = None
    page: DocumentPage
    font: Words | None = None
    sizes: Mapping[SizeOf, Allowed] = {}
    head: tuple[HeadLine, ...] = ()
    under_issuer: Words | None = None
    number: Words | None = None
    contents: bool = False
    unconfirmed: tuple[Text, ...] = ()

    @property
    def family(self) -> str:
        """Whose rule it is: ``state``, ``party`` or ``plain``."""
        return self.id.partition("-")[0]

    @cached_property
    def margins(self) -> PageMargins:
        """The margins that documents are written with."""
        return self.page.margins_mm or self._other.margins

    @cached_property
    def page_number(self) -> PageNumber:
        """How pages are numbered."""
        return self.page.number or self._other.page_number

    @cached_property
    def typeface(self) -> str:
        """The font that documents are written in."""
        return self.font or self._other.typeface

    def size(self, of: SizeOf) -> float:
        """The size of letters that documents are written in, in points."""
        if of in self.sizes:
            return self.sizes[of][1]
        if "body" in self.sizes and of != "table":
            return self.sizes["body"][1]
        return self._other.size(of)

    @property
    def _other(self) -> DocumentProfile:
        assert self.otherwise is not None, f"{self.id} says neither it nor otherwise"
        return profiles()[self.otherwise]


@cache
def profiles() -> Mapping[str, DocumentProfile]:
    """The profiles that there are, by id."""
    with as_file(files(__package__) / "profiles") as folder:
        found = [read_part(DocumentProfile, path) for path in sorted(folder.glob("*.yaml"))]
    return {one.id: one for one in found}


def profile_for(name: str | None, on: date, language: str) -> DocumentProfile:
    """The profile of a document of a day.

    ``name`` is a profile's id (``state-2020``) or a family (``state``, ``party``), whose rule in
    force on the day ``on`` is taken. Without one, a document in Vietnamese takes the state's rule of
    that day and any other the plain profile. Raises InputError for a name there is not, and for a
    family of which no rule of that day is known.

    >>> profile_for("state", date(2014, 1, 15), "vi").id, profile_for(None, date.today(), "en").id
    ('state-2011', 'plain')
    """
    known = profiles()
    if name is not None and name in known:
        return known[name]
    family = [one for one in known.values() if one.family == (name or USUAL.get(language, PLAIN))]
    found = [one for one in family if (one.starts or on) <= on <= (one.until or on)]
    if found:
        return found[0]
    if name is None:
        return known[PLAIN]
    families = sorted({one.family for one in known.values()} - {PLAIN})
    names = [*known, *families]
    listed = said("documents.profiles-known", names=", ".join(names))
    if not family:
        unknown = said("documents.profile-unknown", profile=name)
        raise refused(unknown, hint=did_you_mean(name, names) or listed)
    raise refused(said("documents.no-rule-on", profile=name, day=on.isoformat()), hint=listed)


def document_day(dated: str | date | None) -> date | None:
    """The day of a document; None where it is left open. Raises InputError for what is no day.

    >>> document_day("2014-01-15")
    datetime.date(2014, 1, 15)
    """
    if dated is None or isinstance(dated, date):
        return dated
    try:
        return date.fromisoformat(dated)
    except ValueError:
        raise refused(said("documents.date-written", found=repr(dated))) from None
