"""The verdicts of one area, goal by goal, each with its rule, its inputs and its readings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planlib.figures.observations import Observations, State, vintage_text
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.target import PERCENT_BASES, Basis, Cadence, Target
from planlib.scoring.pace import adds_up, has_ceiling
from planlib.scoring.panel import Panel
from planlib.scoring.readings import verdicts_by_reading
from planlib.scoring.rollup import Counted
from planlib.scoring.score import Standing, score, score_term
from planlib.scoring.verdict import Verdict

Rows = list[dict[Any, Any]]  # the observations of one area, a dictionary a row


@dataclass(frozen=True)
class Input:
    """One row of a figures file: its path and its line (CSV) or row (Parquet), from 1."""

    file: str
    row: int


@dataclass(frozen=True)
class GoalVerdict:
    """One goal in one area, in a year or over the term, with all that led to the verdict.

    ``value`` (or ``low``/``high``) is the figure compared, in the goal's unit: a percentage for
    shares, quotas and changes, the running total for totals. ``target`` is the one held against,
    None in a year for which none was set. ``exclusive`` names the end that is not part of the figure
    ("under 5"): low, high, both or nothing. ``words`` is the figure as its source put it.
    ``time_share`` is the part of the time gone where there is a road to hold against it. ``decided``
    is the year the figure, the level and the row are of: over years that must all be reached, the
    first that was missed, else the newest that counted. ``undefined`` says that it does not apply
    because no percentage can be made of the figures there are.
    """

    goal: Goal
    area: str
    year: int
    term: bool
    decided: int
    vintage: str | None
    value: float | None
    low: float | None
    high: float | None
    exclusive: str
    target: Target | None
    verdict: Verdict
    published_verdict: Verdict | None
    published_reason: str
    level: float | None
    attainment: float | None
    road: float | None
    time_share: float | None
    schedule_index: float | None
    required_per_year: float | None
    seen_per_year: float | None
    secured: bool
    impossible: bool
    readings: dict[str, str]
    rule: str
    inputs: tuple[Input, ...]
    estimate: bool
    undefined: bool
    words: str
    source: str
    note: str

    @property
    def passed(self) -> bool:
        """Whether a total of amounts has passed an end it must not pass: no later year undoes it."""
        target, known = self.target, self.value if self.value is not None else self.low
        if target is None or known is None or not (adds_up(target) and has_ceiling(target)):
            return False
        end = target.high if target.value is None else target.value
        return self.impossible and end is not None and known >= end

    @property
    def counted(self) -> Counted:
        """What a roll-up needs to know of it."""
        done = self.goal.main_target().kind.figure == "yes_no"
        return Counted(self.goal.id, self.verdict, self.attainment, has_ratio=not done)

    @property
    def disagrees(self) -> bool:
        """Whether a published verdict says something else."""
        return self.published_verdict is not None and self.published_verdict != self.verdict

    @property
    def reading_matters(self) -> bool:
        """Whether another reading of the text gives another verdict."""
        return len(set(self.readings.values())) > 1


def goal_verdicts(
    plan: Plan,
    observations: Observations,
    area: str,
    year: int | None = None,
    *,
    through: int | None = None,
    as_of: int | None = None,
    goals: Sequence[Goal] | None = None,
) -> tuple[GoalVerdict, ...]:
    """The verdicts of an area in a year, or on the term where ``year`` is None.

    ``through`` is the last year a term verdict looks at (the last of the term by default),
    ``as_of`` a day number, which also says the plan in force, ``goals`` the ones wanted (all by
    default). Raises ValueError for a year outside the term.
    """
    plan = plan.in_force(as_of)
    wanted = plan.versions_of(goals)
    mine = observations.of_area(area)
    mine = Observations(mine.frame.reset_index(drop=True))
    term = year is None
    standing = Standing(through or plan.years[-1], as_of) if year is None else Standing(year, as_of)
    at = standing.year

    def scored(readings: dict[str, str], goals: list[Goal]) -> Any:
        if term:
            return score_term(
                plan, mine, standing=standing, areas=[area], goals=goals, readings=readings
            )
        return score(
            plan, mine, years=[at], areas=[area], as_of=as_of, goals=goals, readings=readings
        )

    frame = scored({}, list(wanted))
    readings = verdicts_by_reading(wanted, scored)
    panel = Panel(plan, mine, areas=[area], as_of=as_of)
    rows: Rows = mine.frame.to_dict("records")
    return tuple(
        _goal_verdict(plan, panel, rows, goal, row, at, term, readings.get(goal.id, {}))
        for goal, row in zip(wanted, frame.to_dict("records"), strict=True)
    )


def _goal_verdict(
    plan: Plan, panel: Panel, rows: Rows, goal: Goal, row: dict[str, Any], year: int, term: bool,
    readings: dict[str, str],
) -> GoalVerdict:  # fmt: skip
    target = goal.term_target_for() if term else goal.target_for(year)
    verdict = Verdict[str(row["verdict"])]
    own = rows[row["row"]] if row["row"] >= 0 else None
    reported = own is not None and int(own["state"]) == State.not_applicable
    percent = target is not None and target.basis in PERCENT_BASES
    undefined = percent and verdict is Verdict.not_applicable and not reported
    # A yearly figure's published verdict says nothing about all the years together.
    kept = term and (target is None or target.cadence in {Cadence.every_year, Cadence.keep})
    published = None if kept else row["published_verdict"]

    def text(column: str) -> str:
        return str(own[column]) if own is not None and column in own else ""

    numbers = {
        name: clean(row[name])
        for name in (
            "value", "low", "high", "level", "attainment", "road", "time_share",
            "schedule_index", "required_per_year", "seen_per_year",
        )
    }  # fmt: skip
    return GoalVerdict(
        goal=goal,
        area=panel.areas[0],
        year=year,
        term=term,
        vintage=vintage_text(int(row["vintage"])),
        exclusive=str(row["exclusive"]),
        target=target,
        verdict=verdict,
        published_verdict=Verdict[published] if isinstance(published, str) else None,
        published_reason="" if kept else text("published_reason"),
        secured=bool(row["secured"]),
        impossible=bool(row["impossible"]),
        readings=readings,
        decided=int(row["decided"]),
        undefined=undefined,
        rule=_rule(plan, goal, target, row, verdict, term, "no percentage" if undefined else ""),
        inputs=tuple(
            _inputs(panel, rows, goal, years_of(plan, goal, target, row, verdict, year, term))
        ),
        estimate=own is not None and int(own["state"]) == State.estimate,
        words=text("words"),
        source=text("source"),
        note=text("note"),
        **numbers,
    )


def clean(number: float) -> float | None:
    """A number without binary dust; None for what is unknown or not finite.

    >>> clean(100 * 0.29), clean(float("nan"))
    (29.0, None)
    """
    return float(f"{number:.12g}") if math.isfinite(number) else None


def _rule(
    plan: Plan, goal: Goal, target: Target | None, row: dict[str, Any],
    verdict: Verdict, term: bool, unknown: str = "",
) -> str:  # fmt: skip
    """The rule in one line for programs: its name and date, the target, the figure, the verdict."""
    rule = f"{plan.header.rule.id} {plan.header.rule.dated}"
    decided = int(row["decided"])
    if target is not None:
        held = _held(goal, target)
    else:
        held = "every yearly target of the term" if term else "no target set for this year"
        if term and (own := goal.target_for(decided)):
            held += f", {_held(goal, own)}"
    if term and (target is None or target.cadence is not Cadence.over_term):
        held += f" in {decided}"
    value, low, high = clean(row["value"]), clean(row["low"]), clean(row["high"])
    over = ">" if row["exclusive"] in {"low", "both"} else ""
    under = "<" if row["exclusive"] in {"high", "both"} else ""
    figure = unknown or "no figure"
    if value is not None:
        figure = f"{value:.12g}"
    elif low is not None or high is not None:
        ends = [
            "" if low is None else f"{over}{low:.12g}",
            "" if high is None else f"{under}{high:.12g}",
        ]
        figure = "..".join(ends)
    return f"{rule}: {held}: {figure} -> {verdict.name}"


def _held(goal: Goal, target: Target) -> str:
    ends = [f"{end:.12g}" for end in (target.value, target.low, target.high) if end is not None]
    if target.members:
        ends = [str(len(target.members))]
    held = " ".join([str(target.comparison), "-".join(ends), goal.unit_id]).replace("  ", " ")
    due = f" {target.due}" if target.due else ""
    return f"{held} ({target.basis}, {target.cadence}{due})"


def years_of(
    plan: Plan, goal: Goal, target: Target | None, row: dict[str, Any], verdict: Verdict,
    year: int, term: bool,
) -> set[int]:  # fmt: skip
    """The years a verdict was made from: this one, and the others its cadence and basis need."""
    so_far, base = set(range(plan.years[0], year + 1)), plan.figure_years[0]
    years = {year}
    if term and (target is None or target.cadence in {Cadence.every_year, Cadence.keep}):
        years |= so_far
    elif term and target is not None and target.due:
        years |= set(range(target.due, year + 1))
    over_term = target is not None and target.cadence is Cadence.over_term
    if term and not over_term and verdict in {Verdict.not_met, Verdict.not_yet}:
        years = {int(row["decided"])}  # one year is enough
    if target is None:
        return years
    if over_term:
        return years | so_far | ({base} if target.basis is Basis.change else set())
    if target.basis is Basis.change:
        return years | {one - 1 for one in years}
    return years | ({base} if goal.baseline is None else set())


def _inputs(panel: Panel, rows: Rows, goal: Goal, years: set[int]) -> Iterator[Input]:
    """The rows of some years, those a verdict was made from."""
    if not rows:
        return
    positions = panel.figures(goal).row[0]
    for one in sorted(years):
        column = panel.year_index(one)
        if not 0 <= column < len(panel.years):
            continue
        for at in np.atleast_1d(positions[column]):
            if at >= 0:
                row = rows[int(at)]
                yield Input(str(row["file"]), int(row["row"]))
