"""A document held against the same one made again, line by line.

What an office has written into its gaps is no difference: it is told apart, as nobody proves it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from planlib.errors import Problem, said
from planlib.verify.markup import plain
from planlib.verify.office.items import GAP, OfficeFile, OfficeLine

MOST = 50  # differences told of one document
OPEN = "…"  # stands in a head where an office writes
# What the font that comes with charts has.
OUR_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "GEORGIAN", "MICRO")
KEPT = ("title", "subject", "creator", "keywords", "description", "category", "contentStatus")


@dataclass
class Differences:
    """What differs, what an office wrote of its own, and how many lines were compared."""

    problems: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    compared: int = 0


def differences(file: str, found: OfficeFile, right: OfficeFile) -> Differences:
    """Everything in which a document differs from the one that its inputs give."""
    told = Differences()
    ours, theirs = right.rows(), found.rows()
    told.compared = sum(map(len, ours))
    tagged = any(line.key not in {"", GAP} for row in theirs for line in row)
    matcher = SequenceMatcher(
        a=[_read(row) for row in ours], b=[_read(row) for row in theirs], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        mine, its = ([line for row in some for line in row] for some in (ours[a:b], theirs[c:d]))
        if a == b and found.notes and plain(its[0].text).endswith(f". {found.notes}"):
            told.written += [plain(line.text) for line in its[1:] if line.style == "text"]
            if all(line.style == "text" for line in its[1:]):
                continue
        before = ours[a - 1][0] if a and ours[a - 1] else None
        for lacking, strange in _pairs(mine, its, before, told, tagged=tagged):
            message = said("verify.text-differs", right=_quoted(lacking), found=_quoted(strange))
            where = strange or lacking
            told.problems.append(Problem(message, file, where.place if where else None))
    _beside(file, found, right, told)
    if len(told.problems) > MOST:
        more = Problem(said("verify.more-differences-told"), file)
        told.problems = [*told.problems[:MOST], more]
    return told


def _read(row: Sequence[OfficeLine]) -> tuple[str, ...]:
    return tuple(plain(line.text) for line in row)


def _pairs(
    lacking: list[OfficeLine], strange: list[OfficeLine], before: OfficeLine | None,
    told: Differences, *, tagged: bool,
) -> Iterator[tuple[OfficeLine | None, OfficeLine | None]]:  # fmt: skip
    """The lines that differ in a stretch; what an office may write there is put aside."""
    places = [line for line in lacking if line.key]
    beside_place = bool(places) or (before is not None and bool(before.key))
    # A place of its own is known by its tag; where a program has lost those, by what stands there.
    if beside_place:
        free = [line for line in strange if (line.key or not tagged) and line.style == "text"]
        told.written += [plain(line.text) for line in free]
        lacking = [line for line in lacking if not line.key]
        strange = [line for line in strange if line not in free]
    for line in [one for one in lacking if one.filled_in]:
        fit = next((one for one in strange if one.filled_in and _fills(line.text, one.text)), None)
        if fit is not None:
            told.written.append(plain(fit.text))
            lacking.remove(line)
            strange.remove(fit)
        elif line.text == "":
            lacking.remove(line)
    if all(line.filled_in for line in lacking) and before is not None and before.filled_in:
        free = [line for line in strange if line.filled_in and _may_follow(before.text)]
        told.written += [plain(line.text) for line in free]
        strange = [line for line in strange if line not in free]
    same = len(lacking) == len(strange)
    for one, other in zip_longest(lacking, strange):
        if not (same and plain(one.text) == plain(other.text)):
            yield one, other


def _fills(form: str, text: str) -> bool:
    """Whether a line is one with its open places filled in.

    >>> _fills("Số: …/BC-UBND", "Số: 15/BC-UBND"), _fills("Quận 1", "Quận 2"), _fills("", "Nam")
    (True, False, True)
    """
    pattern = ".*".join(map(re.escape, form.split(OPEN)))
    return form == "" or (OPEN in form and re.fullmatch(pattern, text) is not None)


def _may_follow(before: str) -> bool:
    """Whether an office may add lines below one: the list of those who receive it, and its names."""
    return OPEN in before or before == ""


def _beside(file: str, found: OfficeFile, right: OfficeFile, told: Differences) -> None:
    """Properties, descriptions, pictures and links: none may say anything else."""
    for name in KEPT:
        mine, its = right.told.get(name, ""), found.told.get(name, "")
        if mine != its:
            message = said("verify.key-differs", name=name, right=repr(mine), found=repr(its)[:200])
            told.problems.append(Problem(message, file))
    for words in found.described:
        if words not in right.described:
            message = said("verify.element-not-planlibs", found=f"'{words[:200]}'")
            told.problems.append(Problem(message, file))
    if found.pictures - right.pictures:
        message = said("verify.pictures-differ", n=len(found.pictures - right.pictures))
        hint = said("verify.fonts-of-machine") if borrows_fonts(found.described) else None
        told.problems.append(Problem(message, file, hint=hint))
    for link in sorted(found.links - right.links):
        told.problems.append(Problem(said("verify.link-to-another-page", found=link[:200]), file))


def borrows_fonts(described: Iterable[str]) -> bool:
    """Whether pictures hold letters of scripts that are drawn in fonts of the machine they are made on.

    >>> borrows_fonts(["Tỷ lệ hộ nghèo ▲ نسبة"]), borrows_fonts(["贫困户"])
    (False, True)
    """
    letters = {one for words in described for one in words if one.isalpha()}
    return any(not unicodedata.name(one, "").startswith(OUR_SCRIPTS) for one in letters)


def _quoted(line: OfficeLine | None) -> str:
    return "–" if line is None else plain(line.text)[:200]
