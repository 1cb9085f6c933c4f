"""The figures an audience may see: the public ones with everything withheld that must be.

What is withheld is a figure: all reports of one goal in one area, year and group, with all their
numbers and words. Whatever is made from the public figures (verdicts, totals, changes, roads,
forecasts, pages) is made from nothing else, and so can tell no more than they do.

A release of a day holds what was reported until then. It withholds all that a release of an earlier
day withheld, and is made for readers who have those too; nothing reported later changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from planlib.disclosure.constraints import Bools, Ints
from planlib.disclosure.linked import linked_complements
from planlib.disclosure.small_counts import NEVER, group_texts, held_back, row_counts
from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.figures.observations import NUMBER_COLUMNS, Observations, State
from planlib.plan.audience import AUDIENCES, INTERNAL, PUBLIC
from planlib.plan.plan import Plan

TEXTS = ("words", "note", "published_verdict", "published_reason")
NUMBERED = (State.measured, State.estimate, State.suppressed)

Why = Literal["primary", "complementary", "office"]


@dataclass(frozen=True)
class Withheld:
    """One withheld figure and why: for internal eyes only, since the reason says something.

    ``primary``: it holds a count that identifies people; ``complementary``: it would give such a
    count away; ``office``: the office itself withheld it in one of its reports.
    """

    area: str
    goal: str
    year: int
    why: Why
    group: str = ""


@dataclass(frozen=True)
class Published:
    """The figures for an audience, and what was withheld from it, by area, goal, year and group.

    ``since`` is the day from which each row is withheld (``NEVER`` where it is told), None where
    nothing is withheld.
    """

    observations: Observations
    withheld: tuple[Withheld, ...]
    since: Ints | None = None


def published(
    plan: Plan, observations: Observations, audience: str = PUBLIC, as_of: int | None = None
) -> Published:
    """The figures an audience may see; ``internal`` sees them as they are.

    Give the figures of every area the public can see, however few it is shown: what protects one
    area may have to be withheld in another. ``as_of`` is the day (a day number) of the release, None
    for every report: the public sees no report after it. Rows keep their order, file and line.
    Raises InputError for an audience that is neither ``public`` nor ``internal``.

    >>> published(None, None, "press")
    Traceback (most recent call last):
        ...
    planlib.errors.InputError: the audience is public or internal, found 'press'
    """
    if known_audience(audience) == INTERNAL or observations.public:
        return Published(observations, ())
    frame = _known(observations.frame, as_of)
    if not len(frame):
        return Published(Observations(frame, public=True), ())
    # A count of people stays one when its goal is revised, whatever day the plan is of.
    plan = plan.written
    office = held_back(frame)
    if not office.any() and not any(goal.sensitive for goal in plan.goals):
        return Published(Observations(frame, public=True), ())
    counts = row_counts(plan, frame)
    # Nobody tells the rest that groups leave to the whole, and it may be small all the same.
    rests = (group_texts(frame) != "").any() and any(g.sensitive and g.by for g in plan.goals)
    if not (rests or office.any() or (counts.small_since != NEVER).any()):
        return Published(Observations(frame, public=True), ())
    figure, first = _figures(frame)
    small, held = np.full(len(first), NEVER), np.full(len(first), NEVER)
    np.minimum.at(small, figure, counts.small_since)
    np.minimum.at(held, figure[office], frame["vintage"].to_numpy().astype(np.int64)[office])
    since = linked_complements(plan, frame, counts, figure, np.minimum(small, held))
    hidden = since != NEVER
    reasons = np.where(
        small != NEVER, "primary", np.where(held != NEVER, "office", "complementary")
    )
    withheld = sorted(
        (
            Withheld(str(area), str(goal), int(year), str(why), str(group))  # type: ignore[arg-type]
            for area, goal, year, why, group in zip(
                *(frame[name].to_numpy()[first[hidden]] for name in ("area", "goal", "year")),
                reasons[hidden],
                group_texts(frame)[first[hidden]],
                strict=True,
            )
        ),
        key=lambda one: (one.area, one.goal, one.year, one.group),
    )
    shown = Observations(_masked(frame, hidden[figure]), public=True)
    return Published(shown, tuple(withheld), since[figure] if withheld else None)


def known_audience(audience: str) -> str:
    """An audience there is. Raises InputError."""
    if audience not in AUDIENCES:
        message = said("disclosure.audience-unknown", found=repr(audience))
        raise InputError([Problem(message, hint=did_you_mean(audience, AUDIENCES))])
    return audience


def release_of(figures: Observations, since: Ints | None, day: int, rows: Ints) -> Observations:
    """What the release of a day tells of some rows, in their order.

    ``since`` is that of ``published`` for every report: what a day withholds hangs on no later one.
    With a row of a goal in an area all its rows must be asked for, since their words go together.
    """
    rows = rows[figures.frame["vintage"].to_numpy()[rows] <= day]
    frame = _without_unused(figures.frame.take(rows).reset_index(drop=True))
    if since is not None and (hidden := since[rows] <= day).any():
        frame = _masked(frame, hidden)
    return Observations(frame, public=True)


def _known(frame: pd.DataFrame, as_of: int | None) -> pd.DataFrame:
    """The reports until a day; of the later ones not a word is kept, even where no row shows it."""
    if as_of is None or (frame["vintage"].to_numpy() <= as_of).all():
        return frame
    return _without_unused(frame[frame["vintage"].to_numpy() <= as_of].copy())


def _without_unused(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows without words that none of them uses."""
    for name in frame.columns:
        # A plan's areas and goals are known whether or not there are figures of them.
        if name not in {"area", "goal"} and isinstance(frame[name].dtype, pd.CategoricalDtype):
            frame[name] = frame[name].cat.remove_unused_categories()
    return frame


def _figures(frame: pd.DataFrame) -> tuple[Ints, Ints]:
    """A number for every area, goal, year and group: that of each row, and the first row of each."""
    area = frame["area"].cat.codes.to_numpy().astype(np.int64)
    goal = frame["goal"].cat.codes.to_numpy().astype(np.int64)
    year = frame["year"].to_numpy().astype(np.int64)
    span = int(year.max() - year.min()) + 1
    key = (area * len(frame["goal"].cat.categories) + goal) * span + (year - year.min())
    if "group" in frame:
        key = key * len(frame["group"].cat.categories) + frame["group"].cat.codes.to_numpy()
    _, first, figure = np.unique(key, return_index=True, return_inverse=True)
    return figure, first


def _masked(frame: pd.DataFrame, hidden: Bools) -> pd.DataFrame:
    """The rows with all numbers and words of the hidden ones gone.

    Words of the same goal and area go in every year: "two fewer than last year" tells last year's.
    """
    frame = frame.copy()
    for name in NUMBER_COLUMNS:
        if name in frame:
            frame[name] = np.where(hidden, np.nan, frame[name].to_numpy(dtype=float))
    if "exclusive" in frame:
        frame["exclusive"] = pd.Categorical(frame["exclusive"].astype(object).mask(hidden, ""))
    state = frame["state"].to_numpy()
    reported = hidden & np.isin(state, NUMBERED)
    frame["state"] = np.where(reported, State.suppressed, state).astype(np.int8)
    area = frame["area"].cat.codes.to_numpy().astype(np.int64)
    pair = area * len(frame["goal"].cat.categories) + frame["goal"].cat.codes.to_numpy()
    silent = np.isin(pair, np.unique(pair[hidden]))
    for name in TEXTS:
        if name in frame:
            texts = list(dict.fromkeys([*map(str, frame[name].cat.categories), ""]))
            codes = np.where(silent, texts.index(""), frame[name].cat.codes.to_numpy())
            emptied = pd.Categorical.from_codes(codes, pd.Index(texts, dtype="object"))
            # A category nobody uses would still carry its words into a pickle or a Parquet file.
            frame[name] = emptied.remove_unused_categories()
    return frame
