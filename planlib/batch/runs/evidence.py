"""Writes what a finished run claims, with its inputs and hashes: ``verdicts.json``, ``proof.json``.

The formats are those of ``planlib.verify.evidence``; ``planlib verify`` checks them. Written last,
after the pages have their links, since the hashes are of the files as a reader gets them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.input_files import InputFiles, PublicFigures
from planlib.errors import InputError
from planlib.evaluation import Evaluation
from planlib.evaluation.claims import claims, score_claims
from planlib.evaluation.resolved import TOGETHER
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.remarks.remark import Remark, remarks_for
from planlib.report.site.area_records import AreaRecords
from planlib.report.site.areas.overview import Each
from planlib.report.site.folder import AreaSummary, SitePage, pages_in
from planlib.report.site.frame import INDEX
from planlib.storage.store import Place, Store, store_of
from planlib.verify.evidence import (
    AREA_FIGURES,
    AREAS_PAGE,
    DOCUMENT_NAME,
    GOAL_PAGE,
    INDEX_VERDICTS,
    MOST_BESIDE,
    PAGE_NAME,
    PROOF,
    VERDICTS,
    Evidence,
    FileBelow,
    HashedDocument,
    HashedFile,
    HashedPage,
    HashedPlan,
    Proof,
    Review,
)


@dataclass(frozen=True)
class RequestedPage:
    """A page somebody asked for: its name below the reports folder, without an ending.

    ``parameters`` are those of its notebook, of which ``plan``, ``area``, ``as_of``,
    ``audience`` and ``remarks`` are read; a ``custom`` notebook, which is somebody's own, needs none.
    """

    name: str
    parameters: Mapping[str, object]
    custom: bool = False


def write_evidence(
    out: Place,
    asked: Iterable[RequestedPage],
    made_with: Mapping[str, str] | None = None,
    checks: Checks | None = None,
    records: AreaRecords | None = None,
    each: Each = map,
) -> None:
    """Write ``verdicts.json`` beside the pages of every review of a run, and ``proof.json``.

    A plan and its figures are read once, however many areas it is reviewed in, and not at all where
    ``checks`` has evaluated them for this run. Where something is withheld from the public, the
    figures it may see are written beside its reviews. Nothing is written about a plan or figures
    that cannot be read any more. ``made_with`` are the versions of what shapes pages; what
    ``records`` know to be settled is not read. ``each`` does the same with many areas. Raises OSError
    where a file cannot be written.
    """
    store, known = store_of(out), checks or Checks()
    wanted: dict[tuple[str, str, str, str], dict[str, list[str]]] = {}
    custom = []
    for job in asked:
        if job.custom:
            custom.append(job.name)
            continue
        one = job.parameters
        said = str(one.get("remarks", ""))
        key = (str(one["plan"]), str(one["audience"]), str(one["as_of"]), said)
        stem = job.name.rpartition("/")[2]
        wanted.setdefault(key, {}).setdefault(str(one["area"]), []).append(stem)
    for (plan, audience, as_of, said), areas in wanted.items():
        try:
            evaluation = known.evaluation(plan, audience, as_of)
            remarks = known.remarks(plan, said)
            sources = InputFiles(plan, known)
        except (InputError, OSError):
            continue  # its pages could not be made either, and the run has said so
        if records is not None:
            records.forget(f"{evaluation.plan.id}/{area}" for area in areas)
        _AreaEvidence(store, evaluation, sources, remarks, areas).write(each)
    store.write(PROOF, proof_of(store, custom, made_with or {}, records).sealed_text())


@dataclass(frozen=True)
class _AreaEvidence:
    """What is written beside the reviews of the areas of a plan; ``asked`` are their pages."""

    store: Store
    evaluation: Evaluation
    sources: InputFiles
    remarks: Mapping[str, Sequence[Remark]]
    asked: Mapping[str, Sequence[str]]

    def write(self, each: Each) -> None:
        """Write it for all of them."""
        areas = list(self.asked)
        for start in range(0, len(areas), TOGETHER):
            some = areas[start : start + TOGETHER]
            score_claims(self.evaluation, some)
            for _ in each(self._of, some):
                pass

    def _of(self, area: str) -> None:
        evaluation = self.evaluation
        folder = self.store.at(f"{evaluation.plan.id}/{area}")
        mine: InputFiles | PublicFigures = self.sources
        if evaluation.partial:
            seen = evaluation.figures_about([area])
            if len(seen.frame) > MOST_BESIDE:
                seen = evaluation.figures_about([area], ranked=False)
            mine = PublicFigures(self.sources.plan_files, seen)
            folder.write(AREA_FIGURES, mine.text)
        said = remarks_for(self.remarks.get(area, ()), area, evaluation.audience)
        made = evidence_of(evaluation, area, mine, folder, self.asked[area], said)
        folder.write(VERDICTS, made.sealed_text())


def evidence_of(
    evaluation: Evaluation,
    area: str,
    sources: InputFiles | PublicFigures,
    folder: Store,
    asked: Iterable[str] = (),
    remarks: Iterable[Remark] = (),
) -> Evidence:
    """Everything the review of an area claims, without its seal, its pages being in ``folder``.

    Raises OSError.

    ``asked`` are pages this run was asked for; those that stand there, and those that failed in an
    earlier run and still do, were asked for too. ``remarks`` are what the office says of the area.
    """
    plan, as_of = evaluation.plan, evaluation.as_of_text or ""
    pages = tuple(_pages(folder, as_of))
    summary = folder.read(INDEX_VERDICTS)
    there = (page.name.rpartition(".")[0] for page in pages)
    failed = (
        SitePage(one.kind, one.year, one.lang, "", one.goal).stem
        for one in AreaSummary.model_validate_json(summary).failures
        if not one.format
    )
    return Evidence(
        planlib=version("planlib"),
        plan=HashedPlan(id=plan.id, files=sources.plan_files),
        area=area,
        audience=PUBLIC if evaluation.audience == PUBLIC else INTERNAL,
        as_of=as_of,
        rule=f"{plan.header.rule.id} {plan.header.rule.dated}",
        figures=sources.about(area),
        shelf=hashlib.sha256(summary).hexdigest(),
        verdicts=tuple(claims(evaluation, area, sources.row)),
        pages=pages,
        asked=tuple(sorted({*asked, *there, *failed})),
        remarks=tuple(remarks),
        documents=tuple(_documents(folder)),
    )


def _hash(folder: Store, name: str) -> str:
    return hashlib.sha256(folder.read(name)).hexdigest()


def _pages(folder: Store, as_of: str) -> Iterator[HashedPage]:
    """The pages and notebooks of a review; a notebook stands at the date its page says."""
    dates = {Path(page.name).stem: page.as_of for page in pages_in(folder)}
    for name in folder.names():
        if PAGE_NAME.match(name):
            date = dates.get(Path(name).stem, as_of)
            yield HashedPage(name=name, sha256=_hash(folder, name), as_of=date)


def _documents(folder: Store) -> Iterator[HashedDocument]:
    """The documents beside the pages, with the pictures of those in Markdown."""
    for name in filter(DOCUMENT_NAME.match, folder.names()):
        yield HashedDocument(name=name, sha256=_hash(folder, name))
        if name.endswith(".md"):
            beside = f"{name.removesuffix('.md')}_files"
            for picture in folder.at(beside).names():
                if DOCUMENT_NAME.match(f"{beside}/{picture}"):
                    sha256 = _hash(folder, f"{beside}/{picture}")
                    yield HashedDocument(name=f"{beside}/{picture}", sha256=sha256)


def proof_of(
    store: Store,
    custom: Iterable[str] = (),
    made_with: Mapping[str, str] | None = None,
    records: AreaRecords | None = None,
) -> Proof:
    """The index pages of a site, those of goals and areas, and the ``verdicts.json`` of all its reviews.

    Without its seal. Raises OSError.

    An index of many areas has a page of each, which stands in the area's folder. ``custom`` are
    notebooks of somebody's own that this run was asked for; those of earlier runs stay known as
    long as their files stand there.
    """
    before, known = _before(store), records or AreaRecords(store)
    written = {*INDEX.values()}
    pages = [
        HashedFile(name=name, sha256=_hash(store, name)) for name in written & {*store.names()}
    ]
    reviews = []
    for plan in store.folders():
        pages += [
            HashedFile(name=f"{plan}/{name}", sha256=_hash(store, f"{plan}/{name}"))
            for name in store.at(plan).names()
            if GOAL_PAGE.match(name) or AREAS_PAGE.match(name)
        ]
        for area in store.at(plan).folders():
            found = known.hashes(f"{plan}/{area}", {VERDICTS, *written})
            if VERDICTS in found:
                reviews.append(Review(plan=plan, area=area, sha256=found.pop(VERDICTS)))
                pages += [
                    HashedFile(name=f"{plan}/{area}/{name}", sha256=sha256)
                    for name, sha256 in found.items()
                ]
    listed = tuple(sorted(pages, key=lambda page: page.name))
    outputs = dict.fromkeys([*custom, *(before.asked if before is not None else ())])
    files, wanted = [], set(custom)
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
    )


def _before(store: Store) -> Proof | None:
    """The proof of the run before; None where there is none that can be read."""
    try:
        return Proof.model_validate_json(store.read(PROOF))
    except (FileNotFoundError, NotADirectoryError, ValidationError):
        return None
