"""A run before it runs: requests become jobs, and everything wrong with them is told at once.

Cost grows in proportion to the jobs: each plan is opened once, its areas are scored together, and
the summary of an area is made when it is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from planlib.batch.jobs.area_jobs import AreaJobs
from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.custom_notebooks import NotebookRequest, custom_job
from planlib.batch.jobs.jobs import (
    Job,
    Origin,
    Request,
    areas_of,
    evaluation_for,
)
from planlib.errors import InputError, Problem, said
from planlib.evaluation import Evaluation
from planlib.plan.shipped import NOTEBOOKS
from planlib.report.site.folder import AreaSummary
from planlib.report.site.summary import PlanSummary
from planlib.storage.store import Place, Store, store_of

AnyRequest = Request | NotebookRequest


class AreaSummaries(Sequence[AreaSummary]):
    """The summaries of a run, each made when it is asked for; those of a plan are scored together."""

    def __init__(self, found: Sequence[tuple[Evaluation, str]]) -> None:
        self._found = found
        self._plans: dict[int, PlanSummary] = {}

    def outside(self, folders: Collection[str]) -> AreaSummaries:
        """Those that are not of some folders below the reports, which are never scored."""
        return AreaSummaries(
            [(one, area) for one, area in self._found if f"{one.plan.id}/{area}" not in folders]
        )

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> AreaSummary: ...
    @overload
    def __getitem__(self, at: slice) -> list[AreaSummary]: ...
    def __getitem__(self, at: int | slice) -> AreaSummary | list[AreaSummary]:
        if isinstance(at, slice):
            return [self._summary(*one) for one in self._found[at]]
        return self._summary(*self._found[at])

    def __iter__(self) -> Iterator[AreaSummary]:
        return (self._summary(*one) for one in self._found)

    def _summary(self, evaluation: Evaluation, area: str) -> AreaSummary:
        if id(evaluation) not in self._plans:
            mine = [area for other, area in self._found if other is evaluation]
            self._plans[id(evaluation)] = PlanSummary(evaluation, mine)
        return self._plans[id(evaluation)].area_summary(area)


@dataclass(frozen=True)
class AreaAsked:
    """How an area is asked for: the plan as it is opened, as of when, for whom, with which remarks."""

    plan: str
    as_of: str
    audience: str
    remarks: str = ""


@dataclass(frozen=True)
class Planned:
    """A run that has been checked: nothing in it can be refused any more.

    ``areas`` are those of its reviews by the plan's id and the area, as they were asked for last.
    """

    store: Store
    jobs: tuple[Job, ...]
    summaries: AreaSummaries
    checks: Checks
    areas: Mapping[tuple[str, str], AreaAsked]


def plan_run(requests: Sequence[AnyRequest], out: Place, notebooks: Path = NOTEBOOKS) -> Planned:
    """Check requests and settle their jobs; raises InputError with every problem of all.

    ``notebooks`` is the folder of the review notebooks.
    """
    checks = Checks()
    jobs: list[tuple[int, Job]] = []
    places: dict[tuple[str, str], AreaAsked] = {}
    problems: list[Problem] = []
    for number, request in enumerate(requests):
        try:
            if isinstance(request, NotebookRequest):
                jobs.append((number, custom_job(request, out, checks)))
                continue
            evaluation = evaluation_for(request, checks)
            of_request = AreaJobs(request, evaluation, out, notebooks)
            asked = AreaAsked(request.plan, request.as_of, request.audience, request.remarks)
            for area in areas_of(request, evaluation, checks):
                found = of_request.of(area, made_up=checks.made_up(request.plan, area))
                jobs += [(number, job) for job in found]
                places[evaluation.plan.id, area] = asked
        except InputError as error:
            problems += _placed(error.problems, request.origin)
    problems += _collisions(jobs, requests)
    try:
        _check_jobs([job for _, job in jobs], checks)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    summaries = AreaSummaries(
        [
            (checks.evaluation(one.plan, one.audience, one.as_of), area)
            for (_, area), one in places.items()
        ]
    )
    return Planned(store_of(out), tuple(job for _, job in jobs), summaries, checks, places)


def _placed(problems: Iterable[Problem], origin: Origin | None) -> list[Problem]:
    """Problems with the line that asked, where they do not name a file themselves."""
    if origin is None:
        return list(problems)
    return [p if p.file else replace(p, file=origin.file, place=origin.line) for p in problems]


def _collisions(jobs: Sequence[tuple[int, Job]], requests: Sequence[AnyRequest]) -> list[Problem]:
    """Jobs that would write the same files: one problem for each two requests."""
    first: dict[str, tuple[int, Job]] = {}
    found: dict[tuple[int, int, bool], list[str]] = {}
    for number, job in jobs:
        before = first.setdefault(job.name, (number, job))
        if before[1] is not job:
            same = (before[1].notebook, before[1].parameters) == (job.notebook, job.parameters)
            found.setdefault((before[0], number, same), []).append(job.name)
    problems = []
    for (earlier, later, same), names in found.items():
        origin = requests[earlier].origin
        where = said("batch.request-subject", n=earlier + 1)
        if origin:
            where = said("batch.line-subject", n=origin.line)
        named = said("batch.name-subject", name=names[0])
        if len(names) > 1:
            named = said("batch.name-and-more", name=names[0], n=len(names) - 1)
        if same:
            problem = Problem(
                said("batch.asked-for-twice", named=named, where=where),
                hint=said("plan.delete-one"),
            )
        else:
            hint = said("batch.write-in-two-runs")
            problem = Problem(
                said("batch.would-overwrite-another-job", named=named, where=where), hint=hint
            )
        problems += _placed([problem], requests[later].origin)
    return problems


def _check_jobs(jobs: Iterable[Job], checks: Checks) -> None:
    """Raise InputError with every problem of every job's parameters, each told once."""
    found: dict[str, Problem] = {}
    sound = set()  # what is right of one area is right of each that there is
    for job in jobs:
        given = dict(job.parameters)
        area = given.pop("area", None)
        others = (job.notebook, *given.items())
        if job.kind is not None:
            if others in sound and area in checks.areas(str(given["plan"])):
                continue
            sound.add(others)
        for problem in checks.problems(job.notebook, job.parameters):
            found.setdefault(str(problem), problem)
    if found:
        raise InputError(found.values())
