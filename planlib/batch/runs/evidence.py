"""Writes what a finished run claims, with its inputs and hashes: ``verdicts.json``, ``proof.json``.

The formats are those of ``planlib.verify.evidence``; ``planlib verify`` checks them. Written last,
after the pages have their links, since the hashes are of the files as a reader gets them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from planlib.disclosure import published
from planlib.errors import InputError
from planlib.evaluation.claims import AreaClaims
from planlib.excel.export import figures_csv
from planlib.figures.fingerprints import RowHashes, figures_by_name, file_hash, plan_files
from planlib.figures.observations import Observations, vintage_text
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.plan import Plan
from planlib.plan.shipped import figure_files, plan_folder
from planlib.report.site.folder import Shelf, page_name, pages_in
from planlib.report.site.frame import INDEX
from planlib.review.desk import Desk, open_desk, report_date
from planlib.storage.store import Place, Store, store_of
from planlib.verify.evidence import (
    INDEX_VERDICTS,
    OWN_FIGURES,
    PAGE_NAME,
    PROOF,
    VERDICTS,
    Evidence,
    FileBelow,
    HashedFile,
    HashedPage,
    HashedRow,
    PlanFiles,
    Proof,
    Review,
)

AT_A_TIME = 100  # areas scored together; more would cost memory and gain nothing


@dataclass(frozen=True)
class RequestedPage:
    """A page somebody asked for: its name below the reports folder, without an ending.

    ``parameters`` are those of its notebook, of which ``plan``, ``area``, ``as_of`` and
    ``audience`` are read; a notebook of somebody's ``own`` needs none.
    """

    name: str
    parameters: Mapping[str, object]
    own: bool = False


def write_evidence(
    out: Place, asked: Iterable[RequestedPage], made_with: Mapping[str, str] | None = None
) -> None:
    """Write ``verdicts.json`` beside the pages of every review of a run, and ``proof.json``.

    A plan and its figures are read once, however many areas it is reviewed in. Where something is
    withheld from the public, the figures it may see are written beside its reviews. Nothing is
    written about a plan or figures that cannot be read any more. ``made_with`` are the versions of
    what shapes pages. Raises OSError where a file cannot be written.
    """
    store = store_of(out)
    wanted: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    own = []
    for job in asked:
        if job.own:
            own.append(job.name)
            continue
        one = job.parameters
        key = (str(one["plan"]), str(one["audience"]), str(one["as_of"]))
        stem = job.name.rpartition("/")[2]
        wanted.setdefault(key, {}).setdefault(str(one["area"]), []).append(stem)
    plans: dict[str, Desk | None] = {}
    for (plan, audience, as_of), areas in wanted.items():
        if plan not in plans:
            plans[plan] = _open(plan)
        desk = plans[plan]
        if desk is not None:
            seen, sources = _seen(desk, plan, audience, report_date(as_of))
            _write(store, seen, sources, areas)
    store.write(PROOF, proof_of(store, own, made_with or {}).text())


def _open(plan: str) -> Desk | None:
    try:
        return open_desk(plan)
    except (InputError, OSError):
        return None  # its pages could not be made either, and the run has said so


def _seen(desk: Desk, plan: str, audience: str, day: int | None) -> tuple[Desk, InputFiles]:
    """A plan as an audience sees it in the release of a day."""
    seen = published(desk.plan, desk.observations, audience, day)
    sources = InputFiles(desk.plan, plan_folder(plan), partial=bool(seen.withheld))
    return replace(desk, observations=seen.observations, audience=audience, as_of=day), sources


def _write(
    store: Store, desk: Desk, sources: InputFiles, asked: Mapping[str, Sequence[str]]
) -> None:
    areas = list(asked)
    for start in range(0, len(areas), AT_A_TIME):
        some = areas[start : start + AT_A_TIME]
        figures = _own_rows(desk.observations) if sources.partial else desk.observations
        claims = AreaClaims(desk.plan, figures, some, desk.as_of)
        for area in some:
            folder = store.at(f"{desk.plan.id}/{area}")
            mine: InputFiles | OwnFigures = sources
            if sources.partial:
                mine = OwnFigures(sources.plan_files, desk.observations.of_area(area))
                folder.write(OWN_FIGURES, mine.text)
            evidence = evidence_of(replace(desk, area=area), claims, mine, folder, asked[area])
            folder.write(VERDICTS, evidence.text())


def _own_rows(observations: Observations) -> Observations:
    """Figures that say where they stand in each area's own file: after its heads, in their order."""
    frame = observations.frame.copy()
    frame["row"] = frame.groupby("area", observed=True).cumcount().to_numpy() + 2
    frame["file"] = pd.Categorical([OWN_FIGURES] * len(frame))
    return Observations(frame, observations.public)


class OwnFigures:
    """What the public may see of an area, as the file beside its reviews."""

    def __init__(self, plan_files: tuple[HashedFile, ...], figures: Observations) -> None:
        data = figures_csv(figures.frame)
        self.text = data.decode()
        self.plan_files = plan_files
        self.figures = (HashedFile(name=OWN_FIGURES, sha256=hashlib.sha256(data).hexdigest()),)
        self._lines = data.splitlines(keepends=True)

    def row(self, _: str, row: int) -> HashedRow:
        """A row of the file."""
        sha256 = hashlib.sha256(self._lines[row - 1]).hexdigest()
        return HashedRow(file=OWN_FIGURES, row=row, sha256=sha256)


class InputFiles:
    """The files a plan and its figures are read from, with their hashes. Raises OSError.

    ``partial`` says that the audience may not see all of them.
    """

    def __init__(self, plan: Plan, folder: Path, *, partial: bool = False) -> None:
        self.partial = partial
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


def evidence_of(
    desk: Desk,
    claims: AreaClaims,
    sources: InputFiles | OwnFigures,
    folder: Store,
    asked: Iterable[str] = (),
) -> Evidence:
    """Everything the review of a desk claims, its pages being in ``folder``. Raises OSError.

    ``asked`` are pages this run was asked for; those that stand there, and those that failed in an
    earlier run and still do, were asked for too.
    """
    rule = desk.plan.header.rule
    pages = tuple(_pages(folder, _date(desk.as_of)))
    shelf = folder.read(INDEX_VERDICTS)
    there = (page.name.rpartition(".")[0] for page in pages)
    failed = (
        page_name(one.kind, one.year, one.lang, "").removesuffix(".")
        for one in Shelf.model_validate_json(shelf).failures
    )
    return Evidence(
        planlib=version("planlib"),
        plan=PlanFiles(id=desk.plan.id, files=sources.plan_files),
        area=desk.area,
        audience=PUBLIC if desk.audience == PUBLIC else INTERNAL,
        as_of=_date(desk.as_of),
        rule=f"{rule.id} {rule.dated}",
        figures=sources.figures,
        shelf=hashlib.sha256(shelf).hexdigest(),
        verdicts=tuple(claims.of(desk.area, sources.row)),
        pages=pages,
        asked=tuple(sorted({*asked, *there, *failed})),
    ).sealed()


def _date(day: int | None) -> str:
    return "" if day is None else vintage_text(day) or ""


def _hash(folder: Store, name: str) -> str:
    return hashlib.sha256(folder.read(name)).hexdigest()


def _pages(folder: Store, as_of: str) -> Iterator[HashedPage]:
    """The pages and notebooks of a review; a notebook stands at the date its page says."""
    dates = {Path(page.name).stem: page.as_of for page in pages_in(folder)}
    for name in folder.names():
        if PAGE_NAME.match(name):
            date = dates.get(Path(name).stem, as_of)
            yield HashedPage(name=name, sha256=_hash(folder, name), as_of=date)


def proof_of(
    store: Store, own: Iterable[str] = (), made_with: Mapping[str, str] | None = None
) -> Proof:
    """The index pages of a site and the ``verdicts.json`` of all its reviews. Raises OSError.

    An index of many areas has a page of each, which stands in the area's folder. ``own`` are
    notebooks of somebody's own that this run was asked for; those of earlier runs stay known as
    long as their files stand there.
    """
    before = _before(store)
    pages = [HashedFile(name=name, sha256=_hash(store, name)) for name in INDEX.values()]
    reviews = []
    for plan in store.folders():
        for area in store.at(plan).folders():
            folder = store.at(f"{plan}/{area}")
            names = folder.names()
            if VERDICTS not in names:
                continue
            reviews.append(Review(plan=plan, area=area, sha256=_hash(folder, VERDICTS)))
            pages += [
                HashedFile(name=f"{plan}/{area}/{name}", sha256=_hash(folder, name))
                for name in set(INDEX.values()) & set(names)
            ]
    listed = tuple(sorted(pages, key=lambda page: page.name))
    outputs = dict.fromkeys([*own, *(before.asked if before is not None else ())])
    files, wanted = [], set(own)
    for name in (f"{one}{end}" for one in outputs for end in (".html", ".ipynb")):
        try:
            files.append(FileBelow(name=name, sha256=_hash(store, name)))
        except (FileNotFoundError, NotADirectoryError):
            continue
        wanted.add(name.rpartition(".")[0])
    return Proof(
        pages=listed,
        reviews=tuple(reviews),
        files=tuple(sorted(files, key=lambda file: file.name)),
        asked=tuple(sorted(wanted & outputs.keys())),
        made_with=dict(made_with if made_with is not None else before.made_with if before else {}),
    ).sealed()


def _before(store: Store) -> Proof | None:
    """The proof of the run before; None where there is none that can be read."""
    try:
        return Proof.model_validate_json(store.read(PROOF))
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None
