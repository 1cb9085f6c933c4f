"""The key of a job: what its outputs depend on, so that finished work is reused and nothing stale is.

A yearly review reads the figures of its own area, as its audience may see them, those of areas that
its own is held against, and what the reports of all areas teach of revisions. A mid-term review
sets a missing figure to the best and the worst seen in any area, and a notebook of somebody's own
may read anything, so both depend on all the figures of their plan. The engine is no part of the
key: outputs are the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.figure_hashes import FigureHashes, GoalHashes
from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.versions import versions
from planlib.evaluation import Evaluation
from planlib.evaluation.others import compared_areas
from planlib.plan.audience import INTERNAL
from planlib.plan.plan_files import AREAS, REMARKS, REMARKS_TEXT, yaml_files
from planlib.plan.remarks.remark import MIDTERM, TERM, remarks_for
from planlib.plan.shipped import PLANS, figure_files, plan_folder

_JSON = json.JSONEncoder(sort_keys=True)
Stamp = tuple[int, int, int] | None  # size and times of a file, None where there is none


@dataclass(frozen=True, slots=True)
class Key:
    """The hashes of what a job depends on, each told apart so that a change can be named."""

    notebook: str
    parameters: str
    figures: str
    plan: str
    planlib: str

    def changes(self, before: Key) -> str:
        """What is another than before, in words: ``figures, plan``."""
        mine, its = asdict(self), asdict(before)
        return ", ".join(name for name in mine if mine[name] != its[name])


@dataclass
class Keys:
    """Makes keys; reads each notebook, plan and figures file once, however many jobs ask."""

    checks: Checks
    _files: dict[Path, str] = field(default_factory=dict)
    _plans: dict[str, str] = field(default_factory=dict)
    _figures: dict[tuple[str, str, str], FigureHashes] = field(default_factory=dict)
    _lessons: dict[tuple[str, str, str], bytes] = field(default_factory=dict)
    _others: dict[tuple[str, str, str], Collection[frozenset[str] | None]] = field(
        default_factory=dict
    )
    _remarks: dict[tuple[str, str], list[Path]] = field(default_factory=dict)
    _remarks_there: dict[tuple[str, str], list[Path]] = field(default_factory=dict)
    _goals: dict[tuple[object, ...], GoalHashes] = field(default_factory=dict)
    _planlib: str = ""

    def of(self, job: Job) -> Key:
        """The key of a job."""
        plan = self._plan_of(job)
        return Key(
            notebook=self._file(job.notebook),
            parameters=self._parameters(job),
            figures=self._said(job, plan, self._figures_of(job, plan)),
            plan=self._plan(plan) if plan else "",
            planlib=self._made_with(),
        )

    def of_goal(self, plan: str, about: str, figures: str) -> Key:
        """The key of a goal's page; ``about`` is the hash of what it shows beside ``figures``."""
        return Key("", about, figures, self._plan(plan), self._made_with())

    def figures_of(
        self, seen: Iterable[tuple[Evaluation, Sequence[str], Collection[str]]]
    ) -> str:  # fmt: skip
        """The hash of figures as they are seen, of some areas, of all where none is named, and goals."""
        return _hash(self._of_goals(*one).encode() for one in seen)

    def _of_goals(self, seen: Evaluation, areas: Sequence[str], goals: Collection[str]) -> str:
        among = (seen, *areas)
        if among not in self._goals:  # a few areas of thousands, sought once for all goals
            frame = seen.figures.frame
            if areas:
                rows = seen.figures.rows_of(areas)
                frame = frame.take(rows)
            self._goals[among] = GoalHashes(frame)
        return self._goals[among].of(goals)

    def _made_with(self) -> str:
        if not self._planlib:
            self._planlib = _hash([json.dumps(versions(), sort_keys=True).encode()])
        return self._planlib

    def watched(self, jobs: Iterable[Job]) -> list[Path]:
        """The files the keys are made from; while they stay, so do the keys."""
        found: dict[Path, None] = {}
        plans: dict[str, None] = {}
        alike = {(job.notebook, job.reads, self._plan_of(job), _remarks_given(job)) for job in jobs}
        for notebook, reads, plan, given in sorted(alike):
            found |= dict.fromkeys([notebook, *reads])
            plans[plan] = None
            if plan:
                found |= dict.fromkeys(self._remark_places(plan, given))
        for plan in filter(None, plans):
            found |= dict.fromkeys([*_plan_files(plan), *self._figure_files(plan)])
        return list(found)

    def _plan_of(self, job: Job) -> str:
        """The plan a notebook is given, or opens by itself where its own default is a plan."""
        given = job.parameters.get("plan")
        if given is None:
            declared = {one.name: one.default for one in self.checks.declared(job.notebook)}
            given = declared.get("plan")
        return str(given) if given else ""

    def _parameters(self, job: Job) -> str:
        """What a job is given. The frame of a review is made of that, its plan and planlib."""
        said: dict[str, object] = {"parameters": dict(job.parameters), "made_up": job.illustrative}
        if job.kind is None:
            said["frame"] = job.frame.record()
        date = os.environ.get("SOURCE_DATE_EPOCH")  # libraries date their pictures by it
        return _hash([_JSON.encode([said, date]).encode()])

    def _figures_of(self, job: Job, plan: str) -> str:
        read = [self._file(path).encode() for path in job.reads]
        if not plan:
            return _hash(read) if read else ""
        audience, as_of = self._seen(job, plan)
        figures = self._figures[plan, audience, as_of]
        if job.kind == "annual":
            return self._of_area(plan, audience, as_of, job.area)
        return _hash([figures.whole.encode(), *read]) if read else figures.whole

    def _of_area(self, plan: str, audience: str, as_of: str, area: str) -> str:
        """The hash of the figures that verdicts of an area are made from."""
        figures, others = self._figures[plan, audience, as_of], self._others[plan, audience, as_of]
        if None in others:  # held against every area
            return figures.whole
        named = sorted({one for areas in others for one in areas or ()} - {area})
        mine = [figures.of_area(one).encode() for one in (area, *named)]
        return _hash([*mine, self._lessons[plan, audience, as_of]])

    def of_review(self, job: Job) -> str:
        """The key of what a review claims, of which a job is a page. Raises OSError."""
        plan, given = self._plan_of(job), _remarks_given(job)
        audience, as_of = self._seen(job, plan)
        remarks = self.checks.remarks(plan, given).get(job.area, ())
        told = [
            self._plan(plan), self._made_with(), self._of_area(plan, audience, as_of, job.area),
            job.plan, job.area, audience, as_of, *(one.model_dump_json() for one in remarks),
            *self.checks.about(plan).of(job.area).values(),
        ]  # fmt: skip
        return _hash(f"{one}\n".encode() for one in told)

    def _seen(self, job: Job, plan: str) -> tuple[str, str]:
        """For whom and as of when the figures of a job are read; they are hashed."""
        audience = str(job.parameters.get("audience") or INTERNAL)
        as_of = str(job.parameters.get("as_of") or "")
        if (plan, audience, as_of) not in self._figures:
            evaluation = self.checks.evaluation(plan, audience, as_of)
            self._figures[plan, audience, as_of] = FigureHashes(evaluation.figures)
            self._lessons[plan, audience, as_of] = repr(evaluation.learned.lessons()).encode()
            self._others[plan, audience, as_of] = compared_areas(evaluation.plan).values()
        return audience, as_of

    def _said(self, job: Job, plan: str, figures: str) -> str:
        """The hash of the figures, and of what the office says where that is shown."""
        audience = str(job.parameters.get("audience") or INTERNAL)
        given = _remarks_given(job)
        if not plan or job.kind == "compare":
            return figures
        places = self._remark_files(plan, given)
        if job.kind is None:  # it may read anything
            said = [self._file(one) for one in places]
        else:
            mine = self.checks.remarks(plan, given).get(job.area, ()) if places else ()
            shown = (str(job.year), MIDTERM, TERM)
            said = [
                one.model_dump_json()
                for one in remarks_for(mine, job.area, audience)
                if one.period in shown
            ]
        return _hash([figures.encode(), *(one.encode() for one in said)]) if said else figures

    def _remark_files(self, plan: str, given: str) -> list[Path]:
        """The files of remarks that there are, looked for once: as stamps say, while a run goes."""
        if (plan, given) not in self._remarks_there:
            places = self._remark_places(plan, given)
            self._remarks_there[plan, given] = [one for one in places if one.is_file()]
        return self._remarks_there[plan, given]

    def _remark_places(self, plan: str, given: str) -> list[Path]:
        """Where a file of remarks is sought, be it there or not."""
        if (plan, given) not in self._remarks:
            folders = dict.fromkeys(path.parent for path in self._figure_files(plan))
            beside = [folder / name for folder in folders for name in (REMARKS, REMARKS_TEXT)]
            self._remarks[plan, given] = [Path(given)] if given else beside
        return self._remarks[plan, given]

    def _plan(self, plan: str) -> str:
        if plan not in self._plans:
            parts = [f"{p.name}\0{self._file(p)}\n".encode() for p in _plan_files(plan)]
            self._plans[plan] = _hash(parts)
        return self._plans[plan]

    def _figure_files(self, plan: str) -> list[Path]:
        return figure_files(self.checks.evaluation(plan).plan, plan_folder(plan))

    def _file(self, path: Path) -> str:
        if path not in self._files:
            self._files[path] = _hash([path.read_bytes()])
        return self._files[path]


def _remarks_given(job: Job) -> str:
    return str(job.parameters.get("remarks") or "")


def _plan_files(plan: str) -> list[Path]:
    """The YAML files of a plan and the registry of areas that all share."""
    return [*yaml_files(plan_folder(plan)), PLANS / AREAS]


def _hash(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
    return total.hexdigest()[:16]


def stamps(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Size and times of files: as long as they are the same, the files are taken to be.

    The time of the last change of anything is one of them: a file put in place of another keeps the
    time it was written at, whatever the clock said then.
    """
    found: dict[Path, Stamp] = {}
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            found[path] = None
        else:
            found[path] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    return found
