"""What an index says of the documents beside the pages of its review: each there is, and no other."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import Tag

from planlib.errors import Problem, said
from planlib.plan.periods.text import period_of
from planlib.verify.evidence import DOCUMENT_NAME
from planlib.verify.markup import attribute, text_of
from planlib.verify.texts import filled

FORMATS = {"docx": "Word", "odt": "OpenDocument", "pdf": "PDF", "md": "Markdown"}
ENDINGS = tuple(f".{kind}" for kind in FORMATS)


def check_document_links(
    root: Tag, file: str, documents: Iterable[str], problems: list[Problem]
) -> int:
    """Hold the links of an index against the addresses there are; gives how many those are."""
    right = {address: _label(address.rpartition("/")[2]) for address in documents}
    found: dict[str, list[str]] = {}
    for link in root.find_all("a"):
        address = attribute(link, "href").partition("#")[0]
        if address.endswith(ENDINGS):
            found.setdefault(address, []).append(text_of(link))
    for address in sorted({*right, *found}):
        wanted = [right[address]] if address in right else []
        shown = found.get(address, [])
        if shown != wanted:
            message = said(
                "verify.text-differs",
                right=" | ".join(wanted) or "nothing", found=" | ".join(shown)[:200] or "nothing",
            )  # fmt: skip
            problems.append(Problem(message, file, address[:100]))
    return len(right)


def _label(name: str) -> str:
    """The words of the link to a document, in the document's own language."""
    named = DOCUMENT_NAME.fullmatch(name)
    if named is None:
        return "?"
    kind, period, lang, ending = named.group(1, 2, 3, 4)
    page = filled(f"site.{kind}", lang, year=period_of(period))
    return filled("site.document", lang, page=page, format=FORMATS.get(ending, "?"))
