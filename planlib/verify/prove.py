"""The whole proof: every review below a reports folder, and the index over them.

What a hash proves is that nothing changed since it was taken; whoever changes a file can take the
hash again. So beside the hashes every verdict is made again from the inputs, and what tables,
grids and counts print is held against that, in notebooks, pages and the index; and all a notebook
shows must stand in its page. What is not read is named (``UNREAD``): for it speak only the hash,
and the page and its notebook saying the same. Keep the seal that a proof prints apart from the
reports and give it to the next proof: it is the hash of all the hashes, and no later proof of
anything else can have the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planlib.errors import InputError, Problem, said
from planlib.plan.shipped import NOTEBOOKS
from planlib.verify.documents import (
    UNFINISHED,
    Listing,
    check_hash,
    listing_of,
    read_sealed,
    read_text,
)
from planlib.verify.evidence import (
    INDEX_VERDICTS,
    LOG,
    PROOF,
    VERDICTS,
    Proof,
    sealed_log,
)
from planlib.verify.folder import Checked, Folder
from planlib.verify.site.site import INDEX, check_site
from planlib.verify.sources import ProvedInputs

_SEAL = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{64}(?![0-9A-Za-z])")
MOST_OF_SEAL = 100_000  # bytes of a file that holds a seal


@dataclass(frozen=True)
class Verified:
    """What was checked, what differs, and what nobody vouches for.

    ``made_by`` are the versions of planlib the reviews name, ``custom`` what notebooks of somebody's
    own became, ``documents`` those that stand beside pages, ``others`` files that are no page and of which no review speaks; ``log`` says
    whether there is one of a batch. ``ranks_apart`` counts reviews whose areas are ranked by figures
    that do not stand beside them, being too many: only the plan's own files prove such a place;
    ``rows_apart`` is how many rows would stand beside them all.
    """

    problems: tuple[Problem, ...]
    made_by: tuple[str, ...]
    reviews: int
    verdicts: int
    files: int
    shown: int
    seal: str
    custom: tuple[str, ...] = ()
    documents: tuple[Path, ...] = ()
    others: tuple[str, ...] = ()
    log: bool = False
    ranks_apart: int = 0
    rows_apart: int = 0


def prove(
    out: Path,
    plan_dirs: Sequence[Path] = (),
    observations: Sequence[Path] = (),
    seal: str = "",
    notebooks: Path = NOTEBOOKS,
    remarks: Path | None = None,
) -> Verified:
    """Check a reports folder, or the folder of one review.

    ``plan_dirs`` are folders of plans that do not ship, ``observations`` files of figures to use
    for those of the same name, ``seal`` is what an earlier proof printed, ``notebooks`` the folder
    of the review notebooks that the pages must come from, ``remarks`` the file of what the office
    says where it does not lie beside the figures.
    """
    sources, tally = ProvedInputs(plan_dirs, observations, remarks), Checked()
    root = out.resolve()
    listing = listing_of(root, tally.problems)
    _unfinished(out, listing, tally)
    alone = VERDICTS in listing.files
    found = [""] if alone else _folders(listing)
    folders = [Folder(out / name if name else out, sources, notebooks, tally) for name in found]
    for folder in folders:
        folder.check()
    known = {
        f"{name}/{file}" if name else file
        for name, folder in zip(found, folders, strict=True)
        for file in folder.names()
    }
    proof = None
    if alone:
        made = folders[0].evidence.sealed().sha256 if folders[0].evidence else ""
        known |= set(INDEX)  # of an index of many areas
    elif not found:
        made = ""
        message = said("verify.no-review-here-no", name=VERDICTS)
        tally.problems.append(Problem(message, str(out)))
    else:
        proof = read_sealed(out / PROOF, Proof, tally.problems)
        made = proof.sealed().sha256 if proof is not None else ""
        known |= {PROOF, LOG}
        if proof is not None:
            check_site(out, folders, proof, tally)
            known |= {page.name for page in proof.pages}
            known |= _custom(out, proof, listing, tally)
    _log(out / LOG, tally, there=LOG in listing.files)
    strangers = listing.strangers(known, found) if found else ()
    for name in strangers:
        message = said("verify.not-part-proven")
        tally.problems.append(Problem(message, str(out / name)))
    if seal and made != seal:
        message = said("verify.seal-differs", made=made or "none", seal=seal)
        hint = said("verify.something-changed-run-again")
        tally.problems.append(Problem(message, str(out), hint=hint))
    made_by = sorted({f.evidence.planlib for f in folders if f.evidence})
    custom = tuple(file.name for file in proof.files) if proof is not None else ()
    return Verified(
        problems=tuple(dict.fromkeys([*sources.unused(), *tally.problems])),
        made_by=tuple(made_by),
        reviews=tally.reviews,
        verdicts=tally.verdicts,
        files=tally.files,
        shown=tally.shown,
        seal=made,
        custom=custom,
        documents=tuple(folder.folder / name for folder in folders for name in folder.documents()),
        others=listing.others(known, strangers),
        log=LOG in listing.files,
        ranks_apart=tally.ranks_apart,
        rows_apart=tally.rows_apart,
    )


def seal_in(text: str) -> str:
    """A seal as typed, or the one that stands in a file. Raises InputError where there is none.

    >>> seal_in("AB" * 32)[:6]
    'ababab'
    """
    if re.fullmatch(r"[0-9a-fA-F]{64}", text):
        return text.lower()
    path = Path(text)
    try:
        there = path.is_file()
    except (OSError, ValueError):  # too long, or with a null byte
        there = False
    hint = said("verify.seal-64-digits-letters")
    if not there:
        message = said("verify.neither-seal-nor-file", text=text[:100])
        raise InputError([Problem(message, subject="--seal", hint=hint)])
    with path.open("rb") as stream:
        head = stream.read(MOST_OF_SEAL).decode("utf-8", "replace")
    found = sorted({str(seal).lower() for seal in _SEAL.findall(head)})
    if len(found) != 1:
        message = said(
            "verify.seal-count",
            n=len(found),
        )
        raise InputError([Problem(message, str(path), hint=hint)])
    return found[0]


def _unfinished(out: Path, listing: Listing, tally: Checked) -> None:
    """A run that was stopped has left pages of before: the reason of what is told after this."""
    if UNFINISHED not in listing.files:
        return
    told = read_text(out / UNFINISHED, tally.problems) or ""
    names = told.splitlines()
    before = [n for n in names if listing.files & {n, f"{n}.html", f"{n}.ipynb"}]
    if before:
        message = said("verify.run-was-stopped", n=len(before), first=before[0])
        tally.problems.append(Problem(message, str(out), hint=said("verify.run-it-again")))


def _folders(listing: Listing) -> list[str]:
    """The folders of reviews: those that hold a verdict file, or the index's part of one."""
    ends = {name.rpartition("/")[0] for name in listing.files
            if name.rpartition("/")[2] in (VERDICTS, INDEX_VERDICTS)}  # fmt: skip
    return sorted(name for name in ends if name.count("/") == 1)


def _custom(out: Path, proof: Proof, listing: Listing, tally: Checked) -> set[str]:
    """What notebooks of somebody's own became: unchanged, and all there that was asked for."""
    sealed = {file.name: file.sha256 for file in proof.files}
    asked = {f"{stem}{end}" for stem in proof.asked for end in (".html", ".ipynb")}
    for name in sorted(sealed.keys() | asked):
        # A name of the proof is only looked up in what was found in the folder.
        if name not in listing.files:
            gone = name in sealed
            message = said("verify.file-gone") if gone else said(
                "verify.page-missing"
            )  # fmt: skip
            tally.problems.append(Problem(message, f"{out}/{name}"))
        elif name in sealed:
            tally.files += 1
            check_hash(out / name, sealed[name], tally.problems)
    return set(sealed)


def _log(path: Path, tally: Checked, *, there: bool) -> None:
    """The log of a batch, which says when and how long, and has a hash of its own."""
    if not there:
        return
    tally.files += 1
    text = read_text(path, tally.problems)
    if text is not None and sealed_log(text) != text:
        message = said("verify.sealed-file-changed")
        tally.problems.append(Problem(message, str(path)))
