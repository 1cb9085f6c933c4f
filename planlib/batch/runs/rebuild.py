"""Finished reports made again from their inputs, and compared with what lies in the folder.

planlib gives the same bytes for the same plan, figures, notebooks and versions, whatever the
engine, the number of workers, the folder, the language of the system or the day. So whoever made
the reports again has proven them, whatever was changed and however well it was hidden. Nothing of
the folder is run: notebooks are those that come with planlib, or that the user names; of the
folder only its list of reviews is read, and what it asks for is checked like any request.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from planlib.batch.jobs.custom_notebooks import NotebookRequest
from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import AnyRequest, plan_run
from planlib.batch.jobs.versions import versions
from planlib.batch.runs.outcomes import Listener
from planlib.batch.runs.run import run
from planlib.batch.runs.settings import BatchSettings
from planlib.batch.workers.scratch import ScratchFolder
from planlib.errors import InputError, Problem, said
from planlib.plan.periods.calendar import period
from planlib.plan.periods.text import period_of
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import load_plan
from planlib.plan.remarks.reading import remarks_beside
from planlib.plan.shipped import NOTEBOOKS, PLANS, shipped_plans
from planlib.verify.documents import read_bytes, read_sealed
from planlib.verify.evidence import DOCUMENT_NAME, LOG, PAGE_NAME, PROOF, VERDICTS, Evidence, Proof

REPORTS = "reports"  # the folder in which they are made again
AROUND = 60  # characters told before and after the first that differs


@dataclass(frozen=True)
class Inputs:
    """What reports are made from, all of it the user's own or planlib's.

    ``plan_dirs`` are folders of plans that do not ship, ``observations`` files of figures to use
    for those of the same name, ``notebooks`` the folder of the review notebooks, ``custom`` jobs
    of other notebooks, ``remarks`` a file of what the office says, where that does not lie beside
    the figures.
    """

    plan_dirs: Sequence[Path] = ()
    observations: Sequence[Path] = ()
    notebooks: Path = NOTEBOOKS
    custom: Sequence[NotebookRequest] = ()
    remarks: Path | None = None


@dataclass
class Rebuilt:
    """What differs, how many files are the same, and which were not made again.

    ``reasons`` are versions that differ from those the reports were made with: what was, what is.
    """

    problems: list[Problem] = field(default_factory=list)
    same: int = 0
    left: list[str] = field(default_factory=list)
    reasons: dict[str, tuple[str, str]] = field(default_factory=dict)


def rebuild(out: Path, inputs: Inputs, listener: Listener, workers: int | None = None) -> Rebuilt:
    """Make the reports in a folder again elsewhere, and compare every byte.

    ``out`` is a reports folder or the folder of one review. A file of verdicts that cannot be read
    is left out here: a proof of the folder tells it.
    """
    with ScratchFolder() as home:
        try:
            problems = make_again(out, inputs, home.path, listener, workers)
        except InputError as error:
            return Rebuilt(list(error.problems))
        found = compare(out, home.path / REPORTS, inputs)
    found.problems = [*problems, *found.problems]
    return found


def make_again(
    out: Path, inputs: Inputs, home: Path, listener: Listener, workers: int | None = None
) -> list[Problem]:
    """Make the reports of a folder again in ``home``; returns what cannot be made.

    Raises InputError where an input is missing, or what is asked for cannot be.
    """
    evidence, proof = _claims(out)
    plans = plan_folders(inputs, home / "plans")
    requests: list[AnyRequest] = [r for one in evidence for r in _requests(one, plans, inputs)]
    requests += _custom(proof, inputs)
    planned = plan_run(requests, home / REPORTS, inputs.notebooks)
    report = run(planned, listener, BatchSettings(workers))
    problems = []
    for outcome in report.failed:
        assert outcome.failure is not None
        message = said("batch.page-cannot-be-made-again", why=outcome.failure.block()[:500])
        problems.append(Problem(message, str(out / outcome.job.page)))
    for one in report.unmade:
        message = said("batch.page-cannot-be-made-again", why=one.failure)
        problems.append(Problem(message, str(out / one.job.name)))
    return problems


def compare(out: Path, made: Path, inputs: Inputs) -> Rebuilt:
    """Hold every file of a folder against what was made again of it."""
    evidence, proof = _claims(out)
    alone = (out / VERDICTS).is_file()
    if alone and evidence:
        made = made / evidence[0].plan.id / evidence[0].area
    custom = {one.output for one in _custom(proof, inputs)}
    found = Rebuilt(reasons=_reasons(proof))
    known = set(shipped_plans()) | {plan.id for plan in _given(inputs)}
    names = [page.name for page in proof.pages] if proof is not None else []
    for one in evidence:
        if one.plan.id in known:  # else a proof has told that its folder was not given
            folder = "" if alone else f"{one.plan.id}/{one.area}/"
            names += [folder + name for name in one.files]
    for file in proof.files if proof is not None else ():
        if file.name.rpartition(".")[0] not in custom:
            found.left.append(file.name)
    for name in sorted({name for name in names if not (made / name).is_file()}):
        message = said("batch.no-such-page")
        found.problems.append(Problem(message, f"{out}/{name}"))
    for path in sorted(made.rglob("*")):
        name = path.relative_to(made).as_posix()
        # The proof lists what is compared here, and what is not made again; a log tells times.
        if not path.is_file() or name in {PROOF, LOG} or path.name.startswith(".planlib"):
            continue
        actual = read_bytes(out / name, found.problems)
        if actual is None:
            continue
        right = path.read_bytes()
        if actual == right:
            found.same += 1
        else:
            found.problems.append(_difference(out / name, right, actual))
    return found


def _claims(out: Path) -> tuple[list[Evidence], Proof | None]:
    """The files of verdicts and the proof; what is wrong with them a proof has told already."""
    alone = (out / VERDICTS).is_file()
    evidence = [one for one in _evidence(out, alone=alone) if one is not None]
    return evidence, None if alone or not evidence else read_sealed(out / PROOF, Proof, [])


def _custom(proof: Proof | None, inputs: Inputs) -> list[NotebookRequest]:
    """The notebooks of somebody's own that the folder was made with, and the user names."""
    asked = proof.asked if proof is not None else ()
    return [one for one in inputs.custom if one.output in asked]


def _evidence(out: Path, *, alone: bool) -> Iterator[Evidence | None]:
    places = [out] if alone else sorted(path.parent for path in out.glob(f"*/*/{VERDICTS}"))
    for folder in places:
        if not any(part.is_symlink() for part in (folder, folder.parent)) or folder == out:
            yield read_sealed(folder / VERDICTS, Evidence, [])


def _given(inputs: Inputs) -> Iterator[Plan]:
    """The plans of the user's own. Raises InputError."""
    for place in inputs.plan_dirs:
        plan, problems = load_plan(place, PLANS / AREAS)
        if plan is None or problems:
            raise InputError(problems)
        yield plan


def plan_folders(inputs: Inputs, folder: Path) -> dict[str, str]:
    """How to open each plan of the user's own, by id. Raises InputError."""
    given = {path.name: path for path in inputs.observations}
    found = {}
    for place, plan in zip(inputs.plan_dirs, _given(inputs), strict=True):
        names = [name for name in plan.header.figures if PurePosixPath(name).name in given]
        # A folder named like a shipped plan's id must not be taken for it.
        found[plan.id] = str(place.absolute())
        if names:
            copy = folder / plan.id
            shutil.copytree(place, copy)
            for name in names:
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                mine = given[PurePosixPath(name).name]
                shutil.copyfile(mine, copy / name)
                for beside in remarks_beside([mine]):
                    shutil.copyfile(beside, (copy / name).parent / beside.name)
            found[plan.id] = str(copy)
    return found


def _requests(evidence: Evidence, plans: Mapping[str, str], inputs: Inputs) -> Iterator[Request]:
    """What must have been asked for to give the pages of a review."""
    plan = plans.get(evidence.plan.id, evidence.plan.id)
    if plan == evidence.plan.id and plan not in shipped_plans():
        return  # a proof has told that its folder was not given
    area, said = evidence.area, "" if inputs.remarks is None else str(inputs.remarks)
    documents: dict[str, tuple[str, ...]] = {}
    for document in evidence.documents:
        told = DOCUMENT_NAME.fullmatch(document.name)
        if told is not None and told[4]:
            stem = document.name.removesuffix(f".{told[4]}")
            documents[stem] = (*documents.get(stem, ()), told[4])
    asked: dict[tuple[str, str, tuple[str, ...]], dict[str, set[int]]] = {}
    for page in evidence.pages:
        named = PAGE_NAME.fullmatch(page.name)
        if named is not None:
            formats = documents.get(page.name.rpartition(".")[0], ())
            kinds = asked.setdefault((page.as_of, named[3], formats), {})
            kinds.setdefault(named[1], set()).add(period_of(named[2]))
    # Whatever stands at the date of the review itself comes last: so does what is written last.
    for (as_of, lang, formats), kinds in sorted(
        asked.items(), key=lambda a: (a[0][0] == evidence.as_of, a)
    ):
        years = sorted(kinds.get("annual", ()))
        midterm = "midterm" in kinds
        compare = tuple(
            f"{kind.removeprefix('compare-')}:{period(year)}"
            for kind in sorted(kinds)
            if kind.startswith("compare-")
            for year in sorted(kinds[kind])
        )
        yield Request(
            plan, area, years, midterm, as_of, (lang,), evidence.audience, compare=compare,
            remarks=said, documents=formats,
        )  # fmt: skip
    yield Request(
        plan, area, [], midterm=False, as_of=evidence.as_of, audience=evidence.audience,
        remarks=said,
    )  # fmt: skip


def _difference(path: Path, right: bytes, actual: bytes) -> Problem:
    """Where two files first differ, with what stands around it."""
    at = next(
        (n for n, (a, b) in enumerate(zip(right, actual, strict=False)) if a != b),
        min(len(right), len(actual)),
    )
    line = right.count(b"\n", 0, at) + 1
    start = max(at - AROUND, right.rfind(b"\n", 0, at) + 1)
    one, other = (
        data[start : at + AROUND].partition(b"\n")[0].decode("utf-8", "replace")
        for data in (right, actual)
    )
    message = said("batch.output-not-what-figures-give", right=one, found=other)
    return Problem(message, str(path), line)


def _reasons(proof: Proof | None) -> dict[str, tuple[str, str]]:
    """Versions of what shapes a page that are others than then."""
    if proof is None:
        return {}
    mine, theirs = versions(), proof.made_with
    return {
        name: (theirs.get(name, "none"), mine.get(name, "none"))
        for name in sorted(mine.keys() | theirs.keys())
        if mine.get(name) != theirs.get(name)
    }
