"""The files that ``planlib report`` writes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from planlib.cli.terminal import tell
from planlib.errors import InputError, one_of, refused, said
from planlib.excel.overwriting import sealed, write_new
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.remarks.reading import read_remark_file
from planlib.plan.remarks.remark import RemarkKind
from planlib.report.blocks import Placeholder
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.documents.profile import document_day, profile_for
from planlib.report.documents.remarks import taken_back
from planlib.report.pages.report_files import markdown_report, word_bytes
from planlib.report.render.markdown import write_pictures
from planlib.storage.whole_files import replace_bytes

ENDINGS = (".docx", ".pdf", ".odt", ".md")


def checked_ending(out: Path) -> str:
    """The ending of a report's name, which says its format. Raises InputError for another."""
    kind = out.suffix.lower()
    if kind not in ENDINGS:
        found = repr(kind or out.name)
        raise refused(said("documents.ending-unknown", known=one_of(ENDINGS), found=found), out)
    return kind


def write_report(document: OfficeDocument, out: Path, *, force: bool) -> None:
    """Write a report in the format of the file's ending.

    Raises InputError where it cannot be written, and where ``out`` holds what would be lost, unless
    ``force`` is given.
    """
    kind = checked_ending(out)
    if kind == ".md":
        text, pictures = markdown_report(document, out)
        write_new(out, text.encode(), force=force)
        write_pictures(pictures)
    else:
        write_new(out, _written(document, kind), force=force)
    gaps = sum(isinstance(one, Placeholder) and not one.answers for one in document.body)
    profile = document.profile.name.in_language(document.language.code)
    tell(document.language("document.written", file=out, profile=profile, n=gaps))


def _written(document: OfficeDocument, kind: str) -> bytes:
    from planlib.report.documents.converted import converted

    made = word_bytes(document, kind)
    if kind == ".docx":
        return sealed(made)
    return converted(made, "pdf" if kind == ".pdf" else "odt", document.dated)


def check_format_command(file: Path, profile: str, dated: str | None, lang: str) -> None:
    """Print what departs from a profile's rule of a day, today's without one.

    Raises InputError with every departure, and for a file that cannot be read.
    """
    from planlib.report.documents.format_check import departures

    on = document_day(dated) or datetime.now(tz=UTC).date()
    chosen, language = profile_for(profile, on, lang), Language(lang)
    found = departures(file, chosen)
    if chosen.unconfirmed:
        things = language.parts_mark.join(one.in_language(lang) for one in chosen.unconfirmed)
        tell(language("document.unconfirmed", things=things))
    if found:
        raise InputError(found)
    name = chosen.name.in_language(lang)
    tell(language("document.keeps", file=file, profile=name))


def remarks_command(file: Path, into: Path, lang: str) -> None:
    """Add what was written in the gaps of a Word file to a file of remarks.

    Raises InputError for a file that planlib did not write, and where nothing can be written.
    """
    from planlib.report.documents.format_check import opened
    from planlib.report.documents.remark_files import with_remarks
    from planlib.report.word.places import written_in

    document = opened(file)
    about = document.core_properties.keywords.replace(",", " ").split()
    places = written_in(document)
    internal = about[3:] == [INTERNAL]
    if len(about) != 3 + internal or not places:
        raise refused(said("documents.no-places"), file)
    _, area, period, *_ = about
    texts = [(key, text) for key, text in places if not _untouched(text)]
    before = read_remark_file(into)[1] if into.is_file() else ()
    try:
        found = taken_back(before, texts, area, period, INTERNAL if internal else PUBLIC)
    except ValidationError:  # somebody has changed what names the places
        raise refused(said("documents.no-places"), file) from None
    if found:
        replace_bytes(into, [with_remarks(into, found).encode()])
    tell(Language(lang)("document.taken_back", file=into, n=len(found)))


def _untouched(text: str) -> bool:
    """Whether a place still says only what it is for."""
    kinds = [f"document.gap.{kind}" for kind in RemarkKind]
    return text in {f"[{Language(code)(kind)}]" for code in LANGUAGES for kind in kinds}
