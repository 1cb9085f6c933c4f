"""Jobs: which notebook to run with which parameters, and where its page goes.

A job is settled before anything runs: every name in a path is a checked id or a year, and the
resolved path must lie below the reports folder, so neither a parameter nor a link in the folder
leads a run to write elsewhere.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Literal

from planlib.batch.jobs.checks import Checks
from planlib.batch.notebooks.parameters import Value
from planlib.errors import InputError, Problem, one_of, said
from planlib.evaluation import Evaluation
from planlib.language.languages import CHOICES
from planlib.plan.audience import PUBLIC
from planlib.plan.base import check_id
from planlib.report.site.folder import Kind
from planlib.report.site.frame import Frame
from planlib.storage.store import LocalStore, Place, store_of


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook run: its parameters, the files it writes, the frame of its page.

    ``name`` is that of its files below the reports folder, without their endings. ``kind`` is None
    for a notebook of somebody's own, which belongs to no plan and no area. ``reads`` are files
    that such a notebook reads besides its plan; ``documents`` the formats of the documents that
    stand beside its page. ``lang`` is the language of its page; ``framed`` makes the frame, which of
    eleven thousand jobs a few need; ``illustrative`` says whether figures of it are made up.
    """

    name: str
    notebook: Path
    parameters: Mapping[str, Value]
    lang: str
    framed: Callable[[Job], Frame] = field(compare=False, repr=False)
    kind: Kind | None = None
    plan: str = ""
    area: str = ""
    year: int = 0
    goal: str = ""
    reads: tuple[Path, ...] = ()
    documents: tuple[str, ...] = ()
    illustrative: bool = False

    @property
    def frame(self) -> Frame:
        """The frame of its page."""
        return self.framed(self)

    @property
    def executed(self) -> str:
        """The name of the notebook as it was run."""
        return f"{self.name}.ipynb"

    @property
    def failed(self) -> str:
        """The name of a notebook that stopped."""
        return f"{self.name}.failed.ipynb"

    @property
    def page(self) -> str:
        """The name of the page."""
        return f"{self.name}.html"

    @property
    def label(self) -> str:
        """The job in a line of progress."""
        return self.page


@dataclass(frozen=True)
class Origin:
    """Where in a file somebody asked for something."""

    file: str
    line: int


@dataclass(frozen=True)
class Request:
    """What somebody asks to be reviewed; None leaves the choice to the plan.

    ``areas`` names several areas, or all that the plan knows; it stands for ``area``. The
    ``audience`` is ``public`` (counts that identify people are withheld) or ``internal``.
    ``compare`` names goals in which areas are compared, ``poor-households`` or
    ``poor-households:2013``; without a period in the last of the years. ``remarks`` is the file of
    what the office says, that beside the figures without one. ``documents`` are the formats of the
    documents beside each page of a review.
    """

    plan: str
    area: str | None = None
    years: Sequence[int | str] | None = None
    midterm: bool | None = None
    as_of: str = ""
    langs: Sequence[str] | None = None
    audience: str = PUBLIC
    areas: Sequence[str] | Literal["all"] | None = None
    compare: Sequence[str] = ()
    remarks: str = ""
    documents: tuple[str, ...] = ()
    origin: Origin | None = field(default=None, compare=False)


def place(out: Place, plan: str, area: str, name: str) -> str:
    """The name of a file of a plan and area; raises InputError for any path outside the folder."""
    problems = []
    for template, text in (
        ("batch.plan-names-no-folder", plan),
        ("batch.area-names-no-folder", area),
    ):
        try:
            check_id(text)
        except ValueError as error:
            problems.append(Problem(said(template, found=repr(text), reason=error)))
    if problems:
        raise InputError(problems)
    below(out, f"{plan}/{area}/{name}")
    return f"{plan}/{area}/{name}"


def below(out: Place, name: str) -> None:
    """Raise InputError where a link in a folder of this machine leads a file elsewhere."""
    store = store_of(out)
    if isinstance(store, LocalStore):
        parts = name.split("/")
        steps = accumulate(parts, "{}/{}".format, initial=store.place)
        if ".." not in parts and not any(map(os.path.islink, list(steps)[1:])):
            return  # the folder itself may be a link
        path = store.path(name)
        if not path.resolve().is_relative_to(store.root.resolve()):
            resolved = path.resolve().parent
            message = said("batch.link-leads-outside", root=store.root, place=resolved)
            raise InputError([Problem(message, file=str(path))])
        for folder in path.relative_to(store.root).parents:
            if (store.root / folder).is_symlink() and folder != Path():
                message = said("batch.link-reports-written-real")
                raise InputError([Problem(message, file=str(store.root / folder))])


def evaluation_for(request: Request, checks: Checks) -> Evaluation:
    """What a request is about; raises InputError with everything wrong with the request."""
    values = {
        "plan": request.plan, "area": request.area, "as_of": request.as_of,
        "audience": request.audience,
    }  # fmt: skip
    problems = checks.meanings(values)
    problems += [p for lang in request.langs or () for p in checks.meanings({"lang": lang})]
    try:
        checks.evaluation(request.plan)
    except InputError:
        raise InputError(problems) from None
    for year in request.years or ():
        problems += checks.meanings({"plan": request.plan, "year": year})
    if request.langs is not None and not request.langs:
        problems.append(Problem(said("batch.name-a-language", known=one_of(CHOICES))))
    if request.areas is not None and request.areas != "all":
        for name in request.areas:
            problems += checks.meanings({"plan": request.plan, "area": name})
        twice = [name for name, times in Counter(request.areas).items() if times > 1]
        problems += [Problem(said("batch.area-named-twice", name=name)) for name in twice]
    if problems:
        raise InputError(problems)
    evaluation = checks.evaluation(request.plan, request.audience, request.as_of)
    evaluation.area(request.area)
    return evaluation


def areas_of(request: Request, evaluation: Evaluation, checks: Checks) -> list[str]:
    """The areas a request is about: those of the plan first, in its order, then the others."""
    if request.areas is None:
        return [evaluation.area(request.area)]
    if request.areas != "all":
        return list(request.areas)
    planned = list(evaluation.plan.header.areas)
    return [*planned, *sorted(checks.areas(request.plan) - set(planned))]
