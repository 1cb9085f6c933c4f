"""Jobs: which notebook to run with which parameters, and where its page goes.

A job is settled before anything runs: every name in a path is a checked id or a year, and the
resolved path must lie below the reports folder, so neither a parameter nor a link in the folder
leads a run to write elsewhere.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Literal

from planlib.batch.jobs.checks import Checks
from planlib.batch.notebooks.parameters import Value
from planlib.errors import InputError, Problem, one_of, said
from planlib.evaluation import Evaluation
from planlib.evaluation.checked import known_period
from planlib.language.language import Language
from planlib.language.languages import CHOICES
from planlib.plan.audience import PUBLIC
from planlib.plan.base import check_id, period_record
from planlib.plan.periods.calendar import Frequency
from planlib.plan.shipped import NOTEBOOKS
from planlib.report.site.folder import Kind, SitePage
from planlib.report.site.frame import Frame
from planlib.storage.store import LocalStore, Place, store_of

NOTEBOOK_OF: dict[Kind, str] = {
    "annual": "annual-review.ipynb",
    "midterm": "midterm-review.ipynb",
    "compare": "compare-areas.ipynb",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook run: its parameters, the files it writes, the frame of its page.

    ``name`` is that of its files below the reports folder, without their endings. ``kind`` is None
    for a notebook of somebody's own, which belongs to no plan and no area. ``reads`` are files
    that such a notebook reads besides its plan; ``documents`` the formats of the documents that
    stand beside its page.
    """

    name: str
    notebook: Path
    parameters: Mapping[str, Value]
    frame: Frame
    kind: Kind | None = None
    plan: str = ""
    area: str = ""
    year: int = 0
    goal: str = ""
    reads: tuple[Path, ...] = ()
    documents: tuple[str, ...] = ()

    @property
    def lang(self) -> str:
        """The language of its page."""
        return self.frame.lang

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
    named = (
        ("batch.plan-names-no-folder", plan),
        ("batch.area-names-no-folder", area),
    )
    for template, text in named:
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
        path, parts = store.path(name), name.split("/")
        steps = accumulate(parts, "{}/{}".format, initial=str(store.root))
        if ".." not in parts and not any(map(os.path.islink, list(steps)[1:])):
            return  # the folder itself may be a link
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


def jobs_for(
    request: Request,
    evaluation: Evaluation,
    area: str,
    out: Place,
    notebooks: Path = NOTEBOOKS,
    *,
    made_up: bool | None = None,
) -> list[Job]:
    """The jobs of a request in an area: the mid-term (the longest) first, then the years.

    ``made_up`` says whether the area's figures are, where that is known already. Raises InputError
    where the area's folder leads out of ``out``.
    """
    plan = evaluation.plan
    asked = plan.along(Frequency.year).years if request.years is None else request.years
    years = sorted({known_period(plan, year) for year in asked})
    middle = plan.along(Frequency.year).midterm_after
    wanted = middle in years if request.midterm is None else request.midterm
    reviews: list[tuple[Kind, int, str]] = [("midterm", middle, "")] if wanted else []
    reviews += [("annual", year, "") for year in years]
    last = years[-1] if years else plan.along(Frequency.year).years[-1]
    reviews += [("compare", at, goal) for goal, at in compared(request, evaluation, last)]
    langs = dict.fromkeys(request.langs or plan.languages)
    place(out, plan.id, area, "review.json")
    if made_up is None:
        made_up = evaluation.illustrative(area)
    books = {kind: notebooks / name for kind, name in NOTEBOOK_OF.items()}
    return [
        _job(
            request, evaluation, area, books[kind], SitePage(kind, year, lang, "", goal),
            made_up=made_up,
        )
        for kind, year, goal in reviews
        for lang in langs
    ]  # fmt: skip


def compared(request: Request, evaluation: Evaluation, last: int) -> list[tuple[str, int]]:
    """The goals and periods in which areas are compared, each once. Raises InputError.

    A goal that is done or not, and one or a period that there is not, are refused.
    """
    if not request.compare:
        return []
    from planlib.review.areas import refuse_done  # brings scipy, which few runs need

    found: dict[tuple[str, int], None] = {}
    for asked in request.compare:
        name, _, period = asked.partition(":")
        goal = evaluation.goal(name)
        refuse_done(goal)
        found[goal.id, known_period(evaluation.plan, period) if period else last] = None
    return list(found)


def _job(
    request: Request, evaluation: Evaluation, area: str, notebook: Path, page: SitePage, *,
    made_up: bool,
) -> Job:  # fmt: skip
    plan, kind, year, lang = evaluation.plan, page.kind, page.year, page.lang
    name, goal = page.stem, page.goal
    called = plan.area_name(area).in_language(lang)
    named = plan.goal(goal).name.in_language(lang) if goal else ""
    illustrative = made_up
    if goal:
        illustrative = evaluation.figures.illustrative
    return Job(
        name=f"{plan.id}/{area}/{name}",
        notebook=notebook,
        parameters={
            "plan": request.plan,
            "area": area,
            **({"goal": goal} if goal else {}),
            "year": period_record(year),
            "as_of": request.as_of,
            "audience": request.audience,
            "lang": lang,
            **({"remarks": request.remarks} if request.remarks and not goal else {}),
        },
        frame=Frame(
            lang=lang,
            title=Language(lang)(f"site.title.{kind}", area=called, year=year, goal=named),
            plan=plan.header.name.in_language(lang),
            notebook=f"{name}.ipynb",
            as_of=evaluation.as_of_text or "",
            illustrative=illustrative,
            goals="../",
        ),
        goal=goal,
        documents=() if goal else request.documents,
        kind=kind,
        plan=plan.id,
        area=area,
        year=year,
    )
