"""Notebooks of somebody's own in a batch: any notebook with a parameters cell, its name to write."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.jobs import Job, Origin, below
from planlib.batch.notebooks.parameters import Value, shown_name
from planlib.errors import InputError, Problem, said
from planlib.language.languages import DEFAULT
from planlib.plan.base import check_id
from planlib.report.site.frame import Frame
from planlib.storage.store import Place


@dataclass(frozen=True)
class NotebookRequest:
    """A notebook to run: ``output`` is the name of its files below the reports folder.

    ``reads`` are files the notebook reads besides the figures of its plan; when one changes it is
    run again.
    """

    notebook: Path
    output: str
    parameters: Mapping[str, Value] = field(default_factory=dict)
    title: str = ""
    lang: str = ""
    reads: tuple[Path, ...] = ()
    origin: Origin | None = field(default=None, compare=False)


def custom_job(request: NotebookRequest, out: Place, checks: Checks) -> Job:
    """The job of a notebook of somebody's own; raises InputError with everything wrong with it."""
    problems = _name_faults(request.output)
    for path in request.reads:
        if not os.path.isfile(path):  # noqa: PTH113 - no name is too long or too odd for it
            problems.append(Problem(said("batch.reads-file-not-found", path=shown_name(path))))
    try:
        problems += checks.problems(request.notebook, request.parameters)
    except InputError as error:
        problems += error.problems
    if not problems:
        try:
            below(out, f"{request.output}.ipynb")
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    declared = {one.name: one.default for one in checks.declared(request.notebook)}
    values = declared | dict(request.parameters)
    lang = values.get("lang", request.lang)
    if not lang:  # that of the plan it is about, if it is about one
        plan = values.get("plan")
        lang = checks.evaluation(str(plan)).plan.languages[0] if plan else DEFAULT
    frame = Frame(
        lang=str(lang),
        title=request.title or request.output.rpartition("/")[2],
        plan=request.notebook.stem,
        notebook=f"{request.output.rpartition('/')[2]}.ipynb",
    )
    return Job(
        name=request.output,
        notebook=request.notebook,
        parameters=request.parameters,
        lang=frame.lang,
        framed=lambda _: frame,
        reads=request.reads,
    )


def _name_faults(name: str) -> list[Problem]:
    """Why a name may not be written below the reports folder.

    >>> _name_faults("district/ward-01"), str(_name_faults("../x")[0])[:28]
    ([], "'output': '..' in '../x': an")
    """
    found = []
    for part in name.split("/"):
        try:
            check_id(part)
        except ValueError as error:
            found.append(Problem(said("batch.output", part=part, name=name, reason=error)))
    if name == "index":
        found.append(Problem(said("batch.output-index-page-all"), hint=said("batch.another-name")))
    elif name.endswith("/index") and name.count("/") == 2:
        message = said("batch.output-page-area-stands", name=name)
        found.append(Problem(message, hint=said("batch.another-name")))
    return found
