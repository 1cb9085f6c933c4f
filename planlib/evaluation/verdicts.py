"""The verdict on one goal in one area, with its rule, its inputs and its readings."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planlib.evaluation.certainty import Certainty
from planlib.evaluation.inputs import inputs_of
from planlib.evaluation.others import why_none
from planlib.evaluation.rule_line import figure_line, held_against_line
from planlib.evaluation.scores import AreaScores, Input, every_year
from planlib.figures.observations import EXCLUSIVE, State, vintage_text
from planlib.plan.brief import Brief
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import frequency_of, period, within_year
from planlib.plan.target import PERCENT_BASES, Basis, Cadence, Target, of_whole_year
from planlib.plan.targets.tolerance import Tolerance
from planlib.plan.verdicts import REACHED
from planlib.scoring.figure_arrays import NO_ROW
from planlib.scoring.goal_arrays import NUMBERS, GoalScores
from planlib.scoring.pace import adds_up, has_ceiling
from planlib.scoring.rollup import Counted
from planlib.scoring.verdict import Verdict


@dataclass(frozen=True, repr=False)
class GoalVerdict(Brief):
    """One goal in one area, in a year or over the term, with all that led to the verdict.

    ``value`` (or ``low``/``high``) is the figure compared, in the goal's unit: a percentage for
    shares, quotas and changes, the running total for totals. ``target`` is the one held against,
    None in a year for which none was set, ``tolerance`` how far short of it is nearly met.
    ``exclusive`` names the end that is not part of the figure ("under 5"): low, high, both or
    nothing. ``words`` is the figure as its source put it. ``time_share`` is the part of the time
    gone where there is a road to hold against it. ``decided`` is the year the figure, the level and
    the row are of: over years that must all be reached, the first that was missed, else the newest
    that counted. ``undefined`` says that it does not apply because no percentage can be made of the
    figures there are. ``beside`` is the interval its source gives beside the figure, which the
    verdict does not hang on. ``published_exceeds`` says that a published verdict of the area is
    "exceeded": then "met" is not said of what is exceeded too. ``figure_of`` is the earlier period
    whose figure stands in for one that has none. ``against`` is the figure of others that is
    compared with, or how many areas are ranked; ``why_none`` says why nothing could be. ``certain``
    says how sure the verdict is.
    """

    goal: Goal
    area: str
    year: int
    term: bool
    decided: int
    figure_of: int | None
    against: float | None
    why_none: str
    vintage: str | None
    value: float | None
    low: float | None
    high: float | None
    exclusive: str
    beside: tuple[float, float] | None
    target: Target | None
    tolerance: Tolerance | None
    verdict: Verdict
    published_verdict: Verdict | None
    published_reason: str
    published_exceeds: bool
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
    certain: Certainty

    @property
    def certainty(self) -> float | None:
        """The chance that the final figure gives the same verdict; None where it is not known."""
        return self.certain.chance

    @property
    def passed(self) -> bool:
        """Whether a total of amounts has passed an end it must not pass: no later year undoes it."""
        target, known = self.target, self.value if self.value is not None else self.low
        if target is None or known is None or not (adds_up(target) and has_ceiling(target)):
            return False
        end = target.high if target.value is None else target.value
        return self.impossible and end is not None and known >= end

    @property
    def group(self) -> str:
        """The group it is about, such as ``sex=women``; empty for everybody."""
        return self.goal.group

    @property
    def part_of_year(self) -> bool:
        """Whether it stands in a part of the year that its target is of."""
        target = self.target
        of_year = target is not None and target.cadence is Cadence.every_year
        return of_year and within_year(self.year)

    @property
    def year_so_far(self) -> bool:
        """Whether its target is held against what the year has come to by a part of it."""
        return self.target is not None and of_whole_year(self.target) and within_year(self.year)

    @property
    def counted(self) -> Counted:
        """What a roll-up needs to know of it."""
        ratio = self.goal.main_target().has_ratio
        return Counted(self.goal.id, self.verdict, self.attainment, has_ratio=ratio)

    @property
    def disagrees(self) -> bool:
        """Whether a published verdict says something else: the one definition of agreement.

        An area whose reports never say "exceeded" says "met" of what is exceeded too.
        """
        published = self.published_verdict
        if published is None or published == self.verdict:
            return False
        return self.published_exceeds or not {published, self.verdict} <= set(REACHED)

    @property
    def reading_matters(self) -> bool:
        """Whether another reading of the text gives another verdict."""
        return len(set(self.readings.values())) > 1


def year_verdict(scores: AreaScores, goal: Goal, area: str, year: int) -> GoalVerdict:
    """The verdict on a goal in a year of the term."""
    return _verdict(scores, goal, area, year, term=False)


def term_verdict(scores: AreaScores, goal: Goal, area: str, through: int) -> GoalVerdict:
    """The verdict on a goal over the term so far, standing at the end of the year ``through``."""
    return _verdict(scores, goal, area, through, term=True)


def _verdict(scores: AreaScores, goal: Goal, area: str, year: int, *, term: bool) -> GoalVerdict:
    def scored(reading: str | None = None) -> GoalScores:
        return scores.on_term(whole, year, reading) if term else scores.yearly(whole, reading)

    plan, whole = scores.plan, goal  # which is scored in all areas together
    of_goal, goal = scored(), goal.in_area(area)
    at = scores.place(area), 0 if term else plan.years.index(year)
    readings = {one.id: Verdict(int(scored(one.id).verdict[at])).name for one in goal.readings}
    verdict, decided = Verdict(int(of_goal.verdict[at])), period(int(of_goal.decided[at]))
    held_to = goal
    if decided and frequency_of(decided) is not plan.frequency:
        held_to = scores.panel.along(frequency_of(decided)).version(goal)
    if term:
        target = held_to.term_target_for()
    else:
        target = held_to.target_for(year if held_to is goal else decided)
    row = int(of_goal.row[at])
    state = scores.state(row)
    percent = target is not None and target.basis in PERCENT_BASES
    undefined = percent and verdict is Verdict.not_applicable and state != State.not_applicable
    # A yearly figure's published verdict says nothing about all the years together.
    unsaid = term and every_year(target)
    published = "" if unsaid else scores.text("published_verdict", row)
    exclusive = EXCLUSIVE[int(of_goal.exclusive[at])]
    numbers = {name: clean(float(getattr(of_goal, name)[at])) for name in NUMBERS}
    held = held_against_line(held_to, target, decided, term=term)
    figure = figure_line(numbers, exclusive, "no percentage" if undefined else "no figure")
    judging = target or (held_to.target_for(decided) if term else None)
    stands_in = goal.latest_within is not None or (judging is not None and judging.lasts)
    figure_of = _period_of(scores, row, decided) if stands_in else None
    if figure_of is not None:
        figure += f" of {figure_of}"
    rule = plan.header.rule
    tolerance = None if judging is None else plan.tolerance_of(goal, judging)
    if tolerance is not None:
        held += f", tolerance {tolerance.measure} {tolerance.size:.12g}"
    return GoalVerdict(
        goal=goal,
        area=area,
        year=year,
        term=term,
        decided=decided,
        figure_of=figure_of,
        against=_against(scores, held_to.in_area(area), judging, area, decided),
        why_none=why_none(goal, judging, verdict, state, area),
        vintage=vintage_text(int(of_goal.vintage[at])),
        exclusive=exclusive,
        beside=scores.beside(row) if _as_reported(target) else None,
        target=target,
        tolerance=tolerance,
        verdict=verdict,
        published_verdict=Verdict.__members__.get(published),
        published_reason="" if unsaid else scores.text("published_reason", row),
        published_exceeds=scores.published_exceeds(area),
        secured=bool(of_goal.secured[at]),
        impossible=bool(of_goal.impossible[at]),
        readings=readings,
        rule=f"{rule.id} {rule.dated}: {held}: {figure} -> {verdict.name}",
        inputs=inputs_of(scores, goal, area, verdict, decided, year=year, term=term),
        estimate=state == State.estimate,
        undefined=undefined,
        words=scores.text("words", row),
        source=scores.text("source", row),
        note=scores.text("note", row),
        certain=scores.certainty(whole, area, year, term=term),
        **numbers,
    )


def _period_of(scores: AreaScores, row: int, decided: int) -> int | None:
    """The earlier period that the figure is of; None where it is that of the period itself."""
    if row == NO_ROW:
        return None
    of = period(int(scores.frame["year"].to_numpy()[row]))
    return None if of == decided else of


def _against(
    scores: AreaScores, goal: Goal, target: Target | None, area: str, at: int
) -> float | None:
    """The figure of others that speaks in a period, or how many are ranked."""
    if target is None or not target.kind.of_others:
        return None
    if frequency_of(at).in_year > scores.plan.frequency_of(goal).in_year:
        return None  # it is reported by longer periods, and this is none
    panel = scores.panel.along(frequency_of(at))
    made = scores.compared(panel, goal, target)
    assert made.against is not None  # a target that needs others is held against them
    return clean(float(made.against[scores.place(area), panel.year_index(at)]))


def _as_reported(target: Target | None) -> bool:
    """Whether the figure compared is the one a report gave, and not made from it."""
    if target is None or target.kind.of_others or target.cadence is Cadence.over_term:
        return False
    return target.basis in {Basis.level, Basis.count} and target.kind.figure == "number"


def clean(number: float) -> float | None:
    """A number without binary dust; None for what is unknown or not finite.

    >>> clean(100 * 0.29), clean(float("nan"))
    (29.0, None)
    """
    return float(f"{number:.12g}") if math.isfinite(number) else None
