"""Jobs: which notebook to run with which parameters, and where its page goes.

A job is settled before anything runs: every name in a path is a checked id or a year, and the
resolved path must lie below the reports folder, so neither a parameter nor a link in the folder
leads a run to write elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from planlib.batch.parameters import Checks, Value
from planlib.errors import InputError, Problem
from planlib.intake.shipped import NOTEBOOKS
from planlib.model.base import LANGUAGES, check_id
from planlib.model.observations import vintage_text
from planlib.publish.frame import Frame
from planlib.publish.shelf import Kind, page_name
from planlib.review.desk import Desk, known_area, known_year, report_date
from planlib.show.language import Language

NOTEBOOK_OF: dict[Kind, str] = {
    "annual": "annual-review.ipynb",
    "midterm": "midterm-review.ipynb",
}


@dataclass(frozen=True)
class Job:
    """One notebook run: its parameters, the two files it writes, the frame of its page."""

    kind: Kind
    plan: str
    area: str
    year: int
    lang: str
    notebook: Path
    parameters: Mapping[str, Value]
    executed: Path
    page: Path
    frame: Frame

    @property
    def label(self) -> str:
        """The job in a line of progress."""
        return f"{self.plan}/{self.area}/{page_name(self.kind, self.year, self.lang)}"


@dataclass(frozen=True)
class Request:
    """What somebody asks to be reviewed; None leaves the choice to the plan."""

    plan: str
    area: str | None = None
    years: Sequence[int] | None = None
    midterm: bool | None = None
    as_of: str = ""
    langs: Sequence[str] = LANGUAGES


# What a newcomer sees first: a ward's whole term, and two national reviews of real figures.
DEFAULT = (
    Request("ward-2010-2015", "ward-01"),
    Request("viet-nam-2016-2020", years=[2019], midterm=False),
    Request("viet-nam-2011-2015", years=[], midterm=True),
)


def place(out: Path, plan: str, area: str, name: str) -> Path:
    """Where a file of a plan and area goes; raises InputError for any path outside the folder."""
    problems = []
    for what, text in (("plan", plan), ("area", area)):
        try:
            check_id(text)
        except ValueError as error:
            problems.append(Problem(f"the {what} {text!r} names no folder: {error}"))
    if problems:
        raise InputError(problems)
    path = out / plan / area / name
    if not path.resolve().is_relative_to(out.resolve()):
        message = f"would be written outside '{out}': a link leads to '{path.resolve().parent}'"
        raise InputError([Problem(message, file=str(path))])
    return path


def desk_for(request: Request, checks: Checks) -> Desk:
    """The desk a request is about; raises InputError with everything wrong with the request."""
    values = {"plan": request.plan, "area": request.area, "as_of": request.as_of}
    problems = checks.meanings(values)
    problems += [p for lang in request.langs for p in checks.meanings({"lang": lang})]
    try:
        desk = checks.desk(request.plan)
    except InputError:
        raise InputError(problems) from None
    for year in request.years or ():
        problems += checks.meanings({"plan": request.plan, "year": year})
    if not request.langs:
        problems.append(Problem("name a language: vi, en or vi,en"))
    if problems:
        raise InputError(problems)
    area = known_area(desk.plan, desk.observations, request.area)
    return replace(desk, area=area, as_of=report_date(request.as_of))


def jobs_for(request: Request, desk: Desk, out: Path, notebooks: Path = NOTEBOOKS) -> list[Job]:
    """The jobs of a request: the mid-term (which takes longest) first, then year by year."""
    plan = desk.plan
    asked = plan.years if request.years is None else request.years
    years = sorted({known_year(plan, year) for year in asked})
    wanted = plan.midterm_after in years if request.midterm is None else request.midterm
    reviews: list[tuple[Kind, int]] = [("midterm", plan.midterm_after)] if wanted else []
    reviews += [("annual", year) for year in years]
    langs = dict.fromkeys(request.langs)
    made = [_job(request, desk, out, kind, year, lang) for kind, year in reviews for lang in langs]
    return [replace(job, notebook=notebooks / job.notebook) for job in made]


def _job(request: Request, desk: Desk, out: Path, kind: Kind, year: int, lang: str) -> Job:
    plan, area = desk.plan.id, desk.area
    executed = place(out, plan, area, page_name(kind, year, lang, "ipynb"))
    name = desk.plan.area_name(area).in_language(lang)
    return Job(
        kind=kind,
        plan=plan,
        area=area,
        year=year,
        lang=lang,
        notebook=Path(NOTEBOOK_OF[kind]),
        parameters={
            "plan": request.plan,
            "area": area,
            "year": year,
            "as_of": request.as_of,
            "lang": lang,
        },
        executed=executed,
        page=place(out, plan, area, page_name(kind, year, lang)),
        frame=Frame(
            lang=lang,
            title=Language(lang)(f"site.title.{kind}", area=name, year=year),
            plan=desk.plan.header.name.in_language(lang),
            notebook=executed.name,
            as_of=(vintage_text(desk.as_of) or "") if desk.as_of else "",
            illustrative=desk.observations.of_area(area).illustrative,
        ),
    )


def check_jobs(jobs: Iterable[Job], checks: Checks) -> None:
    """Raise InputError with every problem of every job's parameters, each told once."""
    found: dict[str, Problem] = {}
    for job in jobs:
        for problem in checks.problems(job.notebook, job.parameters):
            found.setdefault(str(problem), problem)
    if found:
        raise InputError(found.values())
