"""A document held against the same one made again, line by line.

What an office has written into its gaps is no difference: it is told apart, as nobody proves it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from planlib.errors import Problem, said
from planlib.verify.markup import plain
from planlib.verify.office.items import OfficeFile, OfficeLine

MOST = 50  # differences told of one document
OPEN = "…"  # stands in a head where an office writes
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
    mine, its = right.lines(), found.lines()
    told.compared = len(mine)
    tagged = any(line.key for line in its)
    texts = [plain(line.text) for line in mine], [plain(line.text) for line in its]
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        if a == b and found.notes and plain(its[c].text).endswith(f". {found.notes}"):
            told.written += [plain(line.text) for line in its[c + 1 : d] if line.style == "text"]
            if all(line.style == "text" for line in its[c + 1 : d]):
                continue
        for lacking, strange in _pairs(mine, its, (a, b), (c, d), told, tagged=tagged):
            where = strange.place if strange is not None else _before(its, c)
            message = said(
                "verify.text-differs",
                right=_quoted(lacking),
                found=_quoted(strange),
            )
            told.problems.append(Problem(message, file, where))
    _beside(file, found, right, told)
    if len(told.problems) > MOST:
        more = Problem(said("verify.more-differences-told"), file)
        told.problems = [*told.problems[:MOST], more]
    return told


def _pairs(
    mine: Sequence[OfficeLine], its: Sequence[OfficeLine], ours: tuple[int, int],
    theirs: tuple[int, int], told: Differences, *, tagged: bool,
) -> Iterator[tuple[OfficeLine | None, OfficeLine | None]]:  # fmt: skip
    """The lines that differ in a stretch; what an office may write there is put aside."""
    lacking, strange = list(mine[slice(*ours)]), list(its[slice(*theirs)])
    before = mine[ours[0] - 1] if ours[0] else None
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
    for at in range(max(len(lacking), len(strange))):
        yield (
            lacking[at] if at < len(lacking) else None,
            strange[at] if at < len(strange) else None,
        )


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
        told.problems.append(Problem(message, file))
    for link in sorted(found.links - right.links):
        told.problems.append(Problem(said("verify.link-to-another-page", found=link[:200]), file))


def _before(its: Sequence[OfficeLine], at: int) -> str | None:
    return its[min(at, len(its) - 1)].place if its else None


def _quoted(line: OfficeLine | None) -> str:
    return "–" if line is None else plain(line.text)[:200]
