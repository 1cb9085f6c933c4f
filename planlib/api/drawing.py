"""Charts on axes of one's own: each by its name, with what must be said to draw it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes

from planlib.api.asked import asked_language, asked_year
from planlib.errors import did_you_mean, refused, said
from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.outlook import PlanOutlook, outlook
from planlib.language.language import Language
from planlib.outlook.backtest.record import track_record
from planlib.plan.periods.calendar import Frequency
from planlib.report.charts import met, reliability, trends
from planlib.report.charts.style import style
from planlib.review import profile
from planlib.review.natural import natural, natural_ahead


@dataclass(frozen=True)
class _Asked:
    """What a chart is asked for."""

    evaluation: Evaluation
    goal: str | None
    area: str
    period: str | int | None
    language: Language

    def ahead(self) -> PlanOutlook:
        """The outlook from the end of the period, of the mid-term year by default."""
        year = asked_year(self.evaluation, self.period)
        return outlook(self.evaluation, self.area, year)


@dataclass(frozen=True)
class _Drawing:
    """How a chart is drawn, and what it is drawn of."""

    draw: Callable[[Axes, _Asked], None]
    takes: frozenset[str]
    needs: frozenset[str] = frozenset()


def _trend(ax: Axes, asked: _Asked) -> None:
    evaluation = asked.evaluation
    if asked.period is not None:  # forecasts are of whole years
        evaluation = evaluation.along(Frequency.year)
    found = profile(evaluation, asked.area, asked.goal or "")
    figures = natural(evaluation, found)
    ahead = None if asked.period is None else asked.ahead().of(found.goal.id)
    if ahead is not None and figures is not None:
        ahead = natural_ahead(ahead, found, figures)
    trends.draw(ax, figures or found, asked.language, ahead)


def _met(ax: Axes, asked: _Asked) -> None:
    met.draw(ax, asked.ahead(), asked.language)


def _reliability(ax: Axes, asked: _Asked) -> None:
    walks = [record for record in track_record() if record.kind == "walk"]
    reliability.draw(ax, walks, "holding", asked.language)


GOAL = frozenset({"goal"})
AREA, PERIOD = frozenset({"area"}), frozenset({"period"})
# Every chart that draws on one axes. Another is a function here and a line.
CHARTS: Mapping[str, _Drawing] = {
    "trend": _Drawing(_trend, GOAL | AREA | PERIOD, GOAL),
    "met": _Drawing(_met, AREA | PERIOD),
    "reliability": _Drawing(_reliability, frozenset()),
}


def draw(
    evaluation: Evaluation, chart: str, *, goal: str | None = None, area: str | None = None,
    period: str | int | None = None, ax: Axes | None = None, lang: str | None = None,
) -> Axes:  # fmt: skip
    """Draw a chart on axes, pyplot's current ones by default, and give them back.

    - ``trend``: a goal's figures over the periods with every report, its target and its verdicts;
      of a goal stated as a change the figures themselves, with the level to reach; if a ``period``
      is named, over whole years with the forecast made at its end, where the figures have one: a
      change on the year before has none of them;
    - ``met``: how many goals are likely to be met, seen from the end of a ``period``, the plan's
      mid-term year by default;
    - ``reliability``: how forecasts of planlib came true, of no plan in particular.

    ``goal`` is needed by ``trend`` and taken by no other; ``area`` and ``lang`` are the plan's
    first by default. Values are in the goal's unit, periods on the x axis. Raises InputError for
    what is unknown, lacking or not taken.

    >>> from matplotlib.figure import Figure
    >>> from planlib import evaluate
    >>> e = evaluate("ward-2010-2015")
    >>> ax = Figure().subplots()
    >>> draw(e, "trend", goal="case-clearance", ax=ax) is ax
    True
    >>> draw(e, "tren", ax=ax)
    Traceback (most recent call last):
    ...
    planlib.errors.InputError: there is no chart 'tren' (did you mean 'trend'?)
    """
    known = CHARTS.get(chart)
    if known is None:
        names = said("library.charts-known", names=", ".join(CHARTS))
        raise refused(
            said("library.chart-unknown", chart=chart), hint=did_you_mean(chart, CHARTS) or names
        )
    given = {"goal": goal, "area": area, "period": period}
    for name, value in given.items():
        if value is None and name in known.needs:
            raise refused(said("library.chart-needs", chart=chart, name=name))
        if value is not None and name not in known.takes:
            raise refused(said("library.chart-takes-no", chart=chart, name=name))
    asked = _Asked(
        evaluation, goal, evaluation.area(area), period, asked_language(lang, evaluation)
    )
    if ax is None:
        import matplotlib.pyplot as plt

        ax = plt.gca()
    with style():
        known.draw(ax, asked)
    return ax
