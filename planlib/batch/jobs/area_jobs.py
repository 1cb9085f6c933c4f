"""The jobs of a request in each of its areas: what they share is worked out once for all areas."""

from __future__ import annotations

from pathlib import Path

from planlib.batch.jobs.jobs import Job, Request, place
from planlib.evaluation import Evaluation
from planlib.evaluation.checked import known_period
from planlib.language.language import Language
from planlib.plan.base import period_record
from planlib.plan.periods.calendar import Frequency
from planlib.plan.shipped import NOTEBOOKS
from planlib.report.site.folder import Kind, SitePage
from planlib.report.site.frame import Frame
from planlib.storage.store import Place, store_of

NOTEBOOK_OF: dict[Kind, str] = {
    "annual": "annual-review.ipynb",
    "midterm": "midterm-review.ipynb",
    "compare": "compare-areas.ipynb",
}


class AreaJobs:
    """The jobs of a request in any of its areas.

    Raises InputError for goals and periods that cannot be compared.
    """

    def __init__(
        self, request: Request, evaluation: Evaluation, out: Place, notebooks: Path = NOTEBOOKS
    ) -> None:
        self._request, self._evaluation, self._out = request, evaluation, store_of(out)
        self._books = {kind: notebooks / name for kind, name in NOTEBOOK_OF.items()}
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
        self._pages = [
            SitePage(kind, year, lang, "", goal) for kind, year, goal in reviews for lang in langs
        ]
        self._stems = [page.stem for page in self._pages]
        compares = any(page.goal for page in self._pages)
        self._any_made_up = compares and evaluation.figures.illustrative

    def of(self, area: str, *, made_up: bool | None = None) -> list[Job]:
        """The jobs in an area: the mid-term (the longest) first, then the years.

        ``made_up`` says whether the area's figures are, where that is known already. Raises
        InputError where the area's folder leads out of the reports.
        """
        place(self._out, self._evaluation.plan.id, area, "review.json")
        mine = self._evaluation.illustrative(area) if made_up is None else made_up
        pages = zip(self._pages, self._stems, strict=True)
        return [self._job(area, page, stem, made_up=mine) for page, stem in pages]

    def _job(self, area: str, page: SitePage, stem: str, *, made_up: bool) -> Job:
        request, plan, goal = self._request, self._evaluation.plan, page.goal
        remarks = {"remarks": request.remarks} if request.remarks and not goal else {}
        return Job(
            name=f"{plan.id}/{area}/{stem}",
            notebook=self._books[page.kind],
            parameters={
                "plan": request.plan,
                "area": area,
                **({"goal": goal} if goal else {}),
                "year": period_record(page.year),
                "as_of": request.as_of,
                "audience": request.audience,
                "lang": page.lang,
                **remarks,
            },
            lang=page.lang,
            framed=self._frame,
            illustrative=self._any_made_up if goal else made_up,
            goal=goal,
            documents=() if goal else request.documents,
            kind=page.kind,
            plan=plan.id,
            area=area,
            year=page.year,
        )

    def _frame(self, job: Job) -> Frame:
        """The frame of a job's page."""
        evaluation, plan, lang = self._evaluation, self._evaluation.plan, job.lang
        called = plan.area_name(job.area).in_language(lang)
        named = plan.goal(job.goal).name.in_language(lang) if job.goal else ""
        key = f"site.title.{job.kind}"
        return Frame(
            lang=lang,
            title=Language(lang)(key, area=called, year=job.year, goal=named),
            plan=plan.header.name.in_language(lang),
            notebook=job.executed.rpartition("/")[2],
            as_of=evaluation.as_of_text or "",
            illustrative=job.illustrative,
            goals="../",
        )


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
