"""The whole proof: every review below a reports folder, and the index over them.

What a hash proves is that nothing changed since it was taken; whoever changes a file can take the
hash again. So beside the hashes every verdict is made again from the inputs, and what tables,
grids and counts print is held against that, in notebooks, pages and the index; and all a notebook
shows must stand in its page. Sentences and pictures are not read: their hash, and the page and its
notebook saying the same, is what speaks for them. Keep the seal that a proof prints apart from
the reports: it is the hash of all the hashes, and no later proof can have the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planlib.errors import Problem
from planlib.intake.fingerprints import RowHashes
from planlib.model.evidence import PROOF, SHELF, VERDICTS, Proof
from planlib.verify.documents import check_hash, read_sealed, read_text
from planlib.verify.folder import Folder, Tally
from planlib.verify.index_page import IndexPage
from planlib.verify.markup import read_html
from planlib.verify.recompute import Recomputed
from planlib.verify.sources import Sources

INDEX = {"index.html": "vi", "index.en.html": "en"}


@dataclass(frozen=True)
class Verified:
    """What was checked, what differs, and what is worth knowing."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    reviews: int
    verdicts: int
    files: int
    shown: int
    seal: str


def prove(
    out: Path, plan_dirs: Sequence[Path] = (), observations: Sequence[Path] = (), version: str = ""
) -> Verified:
    """Check a reports folder, or the folder of one review.

    ``plan_dirs`` are folders of plans that do not ship, ``observations`` files of figures to use
    for those of the same name; ``version`` is that of the planlib at work.
    """
    sources, tally, rows = Sources(plan_dirs, observations), Tally(), RowHashes()
    alone = (out / VERDICTS).is_file()
    found = [out] if alone else _folders(out)
    folders = [Folder(path, sources, rows, tally) for path in found]
    for folder in folders:
        folder.check()
    seal = ""
    if alone:
        seal = folders[0].evidence.sha256 if folders[0].evidence else ""
    elif not found:
        tally.problems.append(Problem(f"no review here: no {VERDICTS} below it", str(out)))
    else:
        seal = _site(out, folders, tally)
    made_by = sorted({f.evidence.planlib for f in folders if f.evidence} - {version})
    notes = [f"made by planlib {one}, checked by {version}" for one in made_by if version]
    return Verified(
        problems=tuple(dict.fromkeys([*sources.problems, *tally.problems])),
        notes=tuple(notes),
        reviews=tally.reviews,
        verdicts=tally.verdicts,
        files=tally.files,
        shown=tally.shown,
        seal=seal,
    )


def _folders(out: Path) -> list[Path]:
    """The folders of reviews: those that hold a verdict file, or the index's part of one."""
    found = {path.parent for name in (VERDICTS, SHELF) for path in out.glob(f"*/*/{name}")}
    return sorted(found)


def _site(out: Path, folders: Sequence[Folder], tally: Tally) -> str:
    """Check the index and the list of reviews; returns the seal of the whole."""
    path = out / PROOF
    proof = read_sealed(path, Proof, tally.problems)
    if proof is None:
        return ""
    listed = {(one.plan, one.area): one.sha256 for one in proof.reviews}
    here = {(f.folder.parent.name, f.folder.name): f for f in folders}
    for plan, area in sorted(listed.keys() - here.keys()):
        tally.problems.append(Problem(f"the review {plan}/{area} is gone", str(path)))
    for plan, area in sorted(here.keys() - listed.keys()):
        tally.problems.append(Problem(f"does not know the review {plan}/{area}", str(path)))
    for key in sorted(listed.keys() & here.keys()):
        tally.files += 1
        check_hash(here[key].folder / VERDICTS, listed[key], tally.problems)
        evidence = here[key].evidence
        if evidence is not None and (evidence.plan.id, evidence.area) != key:
            message = f"is about {evidence.plan.id}/{evidence.area}, and lies in {'/'.join(key)}"
            tally.problems.append(Problem(message, str(here[key].folder / VERDICTS)))
    pages = {one.name: one.sha256 for one in proof.pages}
    written = {
        f"{plan}/{area}/{name}": (INDEX[name], {(plan, area): folder})
        for (plan, area), folder in here.items()
        for name in INDEX
        if (folder.folder / name).is_file()
    }
    expected = {name: (lang, here) for name, lang in INDEX.items()} | written
    for name in sorted(expected.keys() - pages.keys()):
        tally.problems.append(Problem(f"does not know the page {name}", str(path)))
    for name in sorted(pages.keys() - expected.keys()):
        tally.problems.append(Problem(f"the page {name} is gone", str(path)))
    for name in sorted(pages.keys() & expected.keys()):
        tally.files += 1
        check_hash(out / name, pages[name], tally.problems)
        _index(out / name, *expected[name], tally)
    return proof.sha256


def _index(path: Path, lang: str, here: dict[tuple[str, str], Folder], tally: Tally) -> None:
    """What the index prints of each review; left out where one of them cannot be recomputed."""
    reviews: dict[str, Recomputed] = {}
    for (plan, area), folder in here.items():
        made = folder.recomputed(folder.evidence.as_of) if folder.evidence is not None else None
        if made is None:
            return
        reviews[f"{plan}.{area}"] = made
    text = read_text(path, tally.problems) if path.is_file() else None
    if text is not None:
        index = IndexPage(str(path), lang, reviews, tally.problems)
        index.check(read_html(text))
        tally.shown += index.compared
