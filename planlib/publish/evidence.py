"""Writes what a finished run claims, with its inputs and hashes: ``verdicts.json``, ``proof.json``.

The formats are those of ``planlib.model.evidence``; ``planlib verify`` checks them. Written last,
after the pages have their links, since the hashes are of the files as a reader gets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from planlib.errors import InputError
from planlib.intake.fingerprints import RowHashes, figures_by_name, file_hash, plan_files
from planlib.intake.shipped import figure_files, plan_folder
from planlib.model.evidence import (
    PAGE_NAME,
    PROOF,
    SHELF,
    VERDICTS,
    Evidence,
    HashedFile,
    HashedPage,
    HashedRow,
    PlanFiles,
    Proof,
    Review,
)
from planlib.model.observations import vintage_text
from planlib.model.plan import Plan
from planlib.publish.claims import AreaClaims
from planlib.publish.files import write_changed
from planlib.publish.frame import INDEX
from planlib.publish.shelf import pages_in
from planlib.review.desk import Desk, open_desk, report_date

AT_A_TIME = 100  # areas scored together; more would cost memory and gain nothing


def write_evidence(out: Path, reviews: Iterable[Mapping[str, object]]) -> None:
    """Write ``verdicts.json`` beside the pages of every review of a run, and ``proof.json``.

    ``reviews`` are parameters of notebooks, of which ``plan``, ``area`` and ``as_of`` are read; a
    plan and its figures are read once, however many areas it is reviewed in. Nothing is written
    about a plan or figures that cannot be read any more. Raises OSError where a file cannot be
    written.
    """
    wanted: dict[tuple[str, str], dict[str, None]] = {}
    for one in reviews:
        areas = wanted.setdefault((str(one["plan"]), str(one["as_of"])), {})
        areas[str(one["area"])] = None
    opened: dict[str, tuple[Desk, Sources] | None] = {}
    for (plan, as_of), areas in wanted.items():
        if plan not in opened:
            opened[plan] = _open(plan)
        found = opened[plan]
        if found is not None:
            desk, sources = found
            _write(out, replace(desk, as_of=report_date(as_of)), sources, list(areas))
    write_changed(out / PROOF, proof_of(out).text())


def _open(plan: str) -> tuple[Desk, Sources] | None:
    try:
        desk = open_desk(plan)
        return desk, Sources(desk.plan, plan_folder(plan))
    except InputError:
        return None  # its pages could not be made either, and the run has said so


def _write(out: Path, desk: Desk, sources: Sources, areas: Sequence[str]) -> None:
    for start in range(0, len(areas), AT_A_TIME):
        some = areas[start : start + AT_A_TIME]
        claims = AreaClaims(desk.plan, desk.observations, some, desk.as_of)
        for area in some:
            folder = out / desk.plan.id / area
            evidence = evidence_of(replace(desk, area=area), claims, sources, folder)
            write_changed(folder / VERDICTS, evidence.text())


class Sources:
    """The files a plan and its figures are read from, with their hashes. Raises OSError."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan_files = _hashed(plan_files(folder))
        figures = figures_by_name(figure_files(plan, folder), folder)
        self.figures = _hashed(figures)
        self._names = {str(path): name for name, path in figures.items()}
        self._rows = RowHashes()

    def row(self, path: str, row: int) -> HashedRow:
        """A row by the portable name of its file. Raises OSError."""
        try:
            sha256 = self._rows.of(Path(path), row)
        except IndexError:
            raise OSError(None, f"{path} changed while it was read") from None
        return HashedRow(file=self._names[path], row=row, sha256=sha256)


def _hashed(files: Mapping[str, Path]) -> tuple[HashedFile, ...]:
    return tuple(HashedFile(name=name, sha256=file_hash(files[name])) for name in sorted(files))


def evidence_of(desk: Desk, claims: AreaClaims, sources: Sources, folder: Path) -> Evidence:
    """Everything the review of a desk claims, its pages being in ``folder``. Raises OSError."""
    rule = desk.plan.header.rule
    return Evidence(
        planlib=version("planlib"),
        plan=PlanFiles(id=desk.plan.id, files=sources.plan_files),
        area=desk.area,
        as_of=_date(desk.as_of),
        rule=f"{rule.id} {rule.dated}",
        figures=sources.figures,
        shelf=file_hash(folder / SHELF),
        verdicts=tuple(claims.of(desk.area, sources.row)),
        pages=tuple(_pages(folder, _date(desk.as_of))),
    ).sealed()


def _date(day: int | None) -> str:
    return "" if day is None else vintage_text(day) or ""


def _pages(folder: Path, as_of: str) -> Iterator[HashedPage]:
    """The pages and notebooks of a review; a notebook stands at the date its page says."""
    dates = {Path(page.name).stem: page.as_of for page in pages_in(folder)}
    for path in sorted(folder.iterdir()):
        if PAGE_NAME.match(path.name) and path.is_file():
            date = dates.get(path.stem, as_of)
            yield HashedPage(name=path.name, sha256=file_hash(path), as_of=date)


def proof_of(out: Path) -> Proof:
    """The index pages of a site and the ``verdicts.json`` of all its reviews. Raises OSError."""
    pages = [HashedFile(name=name, sha256=file_hash(out / name)) for name in sorted(INDEX.values())]
    reviews = [
        Review(plan=path.parent.parent.name, area=path.parent.name, sha256=file_hash(path))
        for path in sorted(out.glob(f"*/*/{VERDICTS}"))
    ]
    return Proof(pages=tuple(pages), reviews=tuple(reviews)).sealed()
