"""How far the figures of a plan can be relied on, in all its areas.

Coverage and timeliness follow the verdicts: a figure is wanted where a verdict is. Revisions are told
by their mean, which shows a direction, and their mean absolute size, as statistical offices do (OECD and
Eurostat, Guidelines on Revisions Policy and Analysis: "Recommended Statistical Measures for Interpreting the
Outputs of Revision Analyses"); whether they go one way is asked of an exact sign test. Last digits of whole numbers of three digits or more are even where
figures were counted (Preece, "Distributions of final digits in data", The Statistician 30, 1981):
Pearson's chi-square against that, and the digit preference score ``100 √(χ² / (9 n))`` (Kuulasmaa, Hense
and Tolonen, "Quality Assessment of Data on Blood Pressure in the WHO MONICA Project", MONICA
e-publications 9, 1998), which does not grow with the number of figures. Nutrition surveys call less than 8
excellent and more than 20 a problem (the plausibility check of the SMART Methodology, Manual 2.0, 2017;
these two bounds are not checked against the manual itself). Below five expected of each digit nothing is
said: stricter than Cochran ("Some Methods for Strengthening the Common χ² Tests", Biometrics 10, 1954,
417-451), who allows a fifth of the cells fewer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planlib.errors import Problem
from planlib.evaluation import Evaluation
from planlib.evaluation.agreement import Agreement, agreement_of
from planlib.figures.observations import KEY, UNDATED, State
from planlib.figures.plausibility import doubtful_figures
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.verdicts import JUDGED, Verdict
from planlib.review.late import LateFigure, late_figures
from planlib.scoring.certainty.layout import decimals
from planlib.scoring.certainty.lessons import (
    SAME,
    numbered,
    period_figures,
    told_in_points,
)

if TYPE_CHECKING:
    import pandas as pd

LEAST_EXPECTED, DIGITS = 5, 10
LEAST_NUMBER = 100  # from which the last digit says nothing of the size


@dataclass(frozen=True)
class Coverage:
    """A goal's figures over all areas and the periods that are over.

    ``wanted`` is where a verdict needs one, ``known`` where one could be judged, ``withheld`` what
    the audience is not shown.
    """

    goal: Goal
    wanted: int
    known: int
    withheld: int


@dataclass(frozen=True)
class Timeliness:
    """Days from the end of a period to its first report: how many, the middle one, how many late."""

    reports: int
    median: float | None
    late: int


@dataclass(frozen=True)
class Revised:
    """The revisions of a goal: how often a figure was reported again, and what came of it.

    ``mean`` and ``size`` (the mean absolute one) are in points where ``points`` is true, else in
    percent of the figure before; of those that were ``revised``, ``up`` went up. ``chance`` is that
    of so uneven a split or a more uneven one, were up and down as likely.
    """

    goal: Goal
    again: int
    revised: int
    up: int
    mean: float
    size: float
    points: bool
    chance: float


@dataclass(frozen=True)
class LastDigits:
    """How often each last digit stands in ``n`` whole numbers; the rest None where they are too few."""

    counts: tuple[int, ...]
    chi_square: float | None
    chance: float | None
    score: float | None

    @property
    def n(self) -> int:
        """How many numbers were looked at."""
        return sum(self.counts)


@dataclass(frozen=True)
class Differing:
    """A percentage as reported that its two numbers do not give, however it was rounded."""

    goal: Goal
    area: str
    period: int
    reported: float
    recomputed: float


@dataclass(frozen=True)
class ToAsk:
    """Figures of a goal that are not there, and the verdicts that hang on them: its own, and others'."""

    goal: Goal
    figures: int
    verdicts: int


@dataclass(frozen=True, repr=False)
class FigureQuality(Brief):
    """What is known of the figures of an evaluation."""

    coverage: tuple[Coverage, ...]
    timeliness: Timeliness
    late: tuple[LateFigure, ...]
    revisions: tuple[Revised, ...]
    digits: LastDigits
    compared: int
    differing: tuple[Differing, ...]
    agreement: Agreement
    doubtful: tuple[Problem, ...]
    to_ask: tuple[ToAsk, ...]


def figure_quality(evaluation: Evaluation) -> FigureQuality:
    """Everything that can be said of the figures of all areas, as known on the evaluation's day."""
    plan, frame = evaluation.plan, evaluation.figures.frame
    if evaluation.as_of is not None:
        frame = frame[frame["vintage"] <= evaluation.as_of].reset_index(drop=True)
    newest = max(map(int, frame["vintage"]), default=UNDATED)
    day = evaluation.as_of if evaluation.as_of is not None else newest
    goals = {goal.id: goal for goal in plan.goals}
    compared, differing = _recomputed(evaluation, frame, goals)
    evaluation.score(evaluation.areas)
    return FigureQuality(
        coverage=tuple(_coverage(evaluation, goal) for goal in plan.goals),
        timeliness=_timeliness(evaluation, frame),
        late=late_figures(evaluation, day) if day > 0 else (),
        revisions=_revisions(evaluation, frame),
        digits=last_digits(_whole_numbers(frame)),
        compared=compared,
        differing=differing,
        agreement=agreement_of(evaluation),
        doubtful=tuple(doubtful_figures(frame, plan)),
        to_ask=_to_ask(evaluation),
    )


def _coverage(evaluation: Evaluation, goal: Goal) -> Coverage:
    codes = _codes(evaluation, goal)
    known = np.isin(codes, [int(one) for one in JUDGED]).sum()
    withheld, missing = (codes == Verdict.suppressed).sum(), (codes == Verdict.no_data).sum()
    return Coverage(goal, int(known + withheld + missing), int(known), int(withheld))


def _codes(evaluation: Evaluation, goal: Goal) -> np.ndarray[tuple[int, ...], np.dtype[np.int8]]:
    """The verdicts of a goal in its own periods, as areas × periods."""
    view = evaluation.along(evaluation.plan.frequency_of(goal))
    view.score(view.areas)
    own = view.plan.goal(goal.id)
    rows = []
    for area in view.areas:
        scores = view.scores(area)
        rows.append(scores.yearly(own).verdict[scores.place(area)])
    return np.array(rows, np.int8)


def _timeliness(evaluation: Evaluation, frame: pd.DataFrame) -> Timeliness:
    dated = frame[(frame["vintage"] > 0) & (frame["state"] <= State.estimate)]
    if not len(dated):
        return Timeliness(0, None, 0)
    cells = [dated[name].astype(str) for name in KEY if name in dated and name != "vintage"]
    first = dated.groupby(cells)["vintage"].min().to_numpy()
    periods = dated.groupby(cells)["year"].first().to_numpy()
    ends = np.array([evaluation.plan.calendar.end(int(one)) for one in periods])
    days = first - ends
    late = int((days > evaluation.plan.header.reported_within).sum())
    return Timeliness(len(days), float(np.median(days)), late)


def _revisions(evaluation: Evaluation, frame: pd.DataFrame) -> tuple[Revised, ...]:
    """Each report of a figure against the one before it."""
    from scipy.stats import binomtest

    figures = period_figures(evaluation.plan, frame)
    known = ~np.isnan(figures) & (frame["state"].to_numpy() <= State.estimate)
    held = frame[known].assign(figure=figures[known]).sort_values("vintage", kind="stable")
    cells = [held[name].astype(str) for name in KEY if name in held and name != "vintage"]
    before = held.groupby(cells)["figure"].shift().to_numpy()
    now, names = held["figure"].to_numpy(), held["goal"].astype(str).to_numpy()
    found = []
    for name, goal in numbered(evaluation.plan).items():
        points = told_in_points(goal)
        mine = (names == name) & ~np.isnan(before) & (points | (before != 0))
        was, moved = before[mine], now[mine] - before[mine]
        if not len(was):
            continue
        moved = np.where(np.abs(moved) <= SAME * np.abs(was), 0.0, moved)
        told = moved if points else 100 * moved / np.abs(was)
        revised, up = int((told != 0).sum()), int((told > 0).sum())
        chance = float(binomtest(up, revised).pvalue) if revised else 1.0
        size = (float(told.mean()), float(np.abs(told).mean()))
        found.append(Revised(goal, len(told), revised, up, *size, points, chance))
    return tuple(found)


def _whole_numbers(frame: pd.DataFrame) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Every whole number of three digits or more that a report gave, once a report."""
    columns = [frame[name].to_numpy(float) for name in ("value", "numerator", "denominator")]
    numbers = np.concatenate(columns)
    numbers = numbers[np.isfinite(numbers)]
    return np.asarray(numbers[(numbers >= LEAST_NUMBER) & (numbers % 1 == 0)])


def last_digits(numbers: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> LastDigits:
    """The last digits of whole numbers, held against an even spread.

    >>> even = last_digits(np.arange(100.0, 200.0))
    >>> even.counts, even.chi_square, even.score
    ((10, 10, 10, 10, 10, 10, 10, 10, 10, 10), 0.0, 0.0)
    >>> tens = last_digits(np.repeat(100.0, 100))
    >>> tens.chi_square, tens.score
    (900.0, 100.0)
    >>> last_digits(np.arange(100.0, 149.0)).score is None
    True
    """
    from scipy.stats import chi2

    digits = (numbers % DIGITS).astype(np.int64)
    counts = np.bincount(digits, minlength=DIGITS)
    n = int(counts.sum())
    told = tuple(int(one) for one in counts)
    if n < LEAST_EXPECTED * DIGITS:
        return LastDigits(told, None, None, None)
    expected = n / DIGITS
    square = float(((counts - expected) ** 2 / expected).sum())
    freedom = DIGITS - 1
    score = 100 * float(np.sqrt(square / (freedom * n)))
    return LastDigits(told, square, float(chi2.sf(square, freedom)), score)


def _recomputed(
    evaluation: Evaluation, frame: pd.DataFrame, goals: dict[str, Goal]
) -> tuple[int, tuple[Differing, ...]]:
    """Percentages reported with the two numbers they are made of, and those these do not give."""
    value = frame["value"].to_numpy(float)
    above, below = (frame[name].to_numpy(float) for name in ("numerator", "denominator"))
    both = ~np.isnan(value) & ~np.isnan(above) & (below > 0)
    made = period_figures(evaluation.plan, frame)
    places = decimals(value)
    off = both & (np.abs(value - made) > 0.5 * 10.0**-places * (1 + 1e-9))
    rows = zip(
        *(frame[name][off] for name in ("goal", "area", "year")), value[off], made[off], strict=True
    )
    found = tuple(
        Differing(goals[str(goal)], str(area), int(year), float(was), float(now))
        for goal, area, year, was, now in rows if str(goal) in goals
    )  # fmt: skip
    return int(both.sum()), found


def _to_ask(evaluation: Evaluation) -> tuple[ToAsk, ...]:
    """What is missing, by how many verdicts have no figure because of it; the most first."""
    plan = evaluation.plan
    missing = {goal.id: _codes(evaluation, goal) == Verdict.no_data for goal in plan.goals}
    hang: Counter[str] = Counter({name: int(one.sum()) for name, one in missing.items()})
    for goal in plan.goals:
        named = {one.to.goal for one in goal.all_targets() if one.to is not None}
        for to in named:
            if to in missing and to != goal.id and missing[to].shape == missing[goal.id].shape:
                hang[to] += int((missing[to] & missing[goal.id]).sum())
    for area in evaluation.areas:
        for verdict in evaluation.term_verdicts(area):
            hang[verdict.goal.id] += verdict.verdict is Verdict.no_data
    found = [
        ToAsk(goal, int(missing[goal.id].sum()), hang[goal.id])
        for goal in plan.goals
        if missing[goal.id].any()
    ]
    return tuple(sorted(found, key=lambda one: -one.verdicts))
