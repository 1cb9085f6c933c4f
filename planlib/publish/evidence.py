"""Writes what a finished run claims, with its inputs and hashes: ``verdicts.json``, ``proof.json``.

The formats are those of ``planlib.model.evidence``; ``planlib verify`` checks them. Written last,
after the pages have their links, since the hashes are of the files as a reader gets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    Claim,
    Evidence,
    HashedFile,
    HashedPage,
    HashedRow,
    PlanFiles,
    Proof,
    Review,
    judged_target,
)
from planlib.model.observations import vintage_text
from planlib.model.plan import Plan
from planlib.publish.files import write_changed
from planlib.publish.frame import INDEX
from planlib.publish.shelf import pages_in
from planlib.review.desk import Desk, known_area, open_desk, report_date
from planlib.review.verdicts import GoalVerdict


def write_evidence(out: Path, reviews: Iterable[Mapping[str, object]]) -> None:
    """Write ``verdicts.json`` beside the pages of every review of a run, and ``proof.json``.

    ``reviews`` are parameters of notebooks, of which ``plan``, ``area`` and ``as_of`` are read; a
    plan and its figures are read once, however many areas it is reviewed in. Nothing is written
    about a plan or figures that cannot be read any more. Raises OSError where a file cannot be
    written.
    """
    wanted = dict.fromkeys((str(r["plan"]), str(r["area"]), str(r["as_of"])) for r in reviews)
    for plan in dict.fromkeys(plan for plan, _, _ in wanted):
        try:
            desk = open_desk(plan)
            sources = Sources(desk.plan, plan_folder(plan))
        except InputError:
            continue  # its pages could not be made either, and the run has said so
        for name, area, as_of in wanted:
            if name == plan:
                area = known_area(desk.plan, desk.observations, area)
                one = replace(desk, area=area, as_of=report_date(as_of))
                folder = out / desk.plan.id / area
                write_changed(folder / VERDICTS, evidence_of(one, sources, folder).text())
    write_changed(out / PROOF, proof_of(out).text())


class Sources:
    """The files a plan and its figures are read from, with their hashes. Raises OSError."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan_files = _hashed(plan_files(folder))
        figures = figures_by_name(figure_files(plan, folder), folder)
        self.figures = _hashed(figures)
        self._name_of = {str(path): name for name, path in figures.items()}
        self._rows = RowHashes()

    def row(self, path: str, row: int) -> HashedRow:
        """A row by the portable name of its file."""
        try:
            sha256 = self._rows.of(Path(path), row)
        except IndexError:
            raise OSError(None, f"{path} changed while it was read") from None
        return HashedRow(file=self._name_of[path], row=row, sha256=sha256)


def _hashed(files: Mapping[str, Path]) -> tuple[HashedFile, ...]:
    return tuple(HashedFile(name=name, sha256=file_hash(files[name])) for name in sorted(files))


def evidence_of(desk: Desk, sources: Sources, folder: Path) -> Evidence:
    """Everything the review of a desk claims, its pages being in ``folder``. Raises OSError."""
    plan, rule = desk.plan, desk.plan.header.rule
    told = f"{rule.id} {rule.dated}"
    years = [("annual", v) for year in plan.years for v in desk.verdicts(year)]
    after = [("midterm", v) for v in desk.midterm(plan.midterm_after).verdicts]
    return Evidence(
        planlib=version("planlib"),
        plan=PlanFiles(id=plan.id, files=sources.plan_files),
        area=desk.area,
        as_of=_date(desk.as_of),
        rule=told,
        figures=sources.figures,
        shelf=file_hash(folder / SHELF),
        verdicts=tuple(_claim(kind, v, told, sources) for kind, v in [*years, *after]),
        pages=tuple(_pages(folder, _date(desk.as_of))),
    ).sealed()


def _date(day: int | None) -> str:
    return "" if day is None else vintage_text(day) or ""


def _claim(kind: str, verdict: GoalVerdict, rule: str, sources: Sources) -> Claim:
    readings = verdict.goal.readings
    published = verdict.published_verdict
    return Claim.model_validate(
        {
            "goal": verdict.goal.id,
            "kind": kind,
            "year": verdict.year,
            "on": "term" if verdict.term else "year",
            "verdict": verdict.verdict.name,
            "published": published.name if published is not None else None,
            "value": verdict.value,
            "low": verdict.low,
            "high": verdict.high,
            "level": verdict.level,
            "estimate": verdict.estimate,
            "target": judged_target(verdict.target),
            "reading": next((reading.id for reading in readings if reading.default), None),
            "readings": verdict.readings,
            "rule": rule,
            "vintage": verdict.vintage,
            "inputs": tuple(sources.row(one.file, one.row) for one in verdict.inputs),
        }
    )


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
