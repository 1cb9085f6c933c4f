"""Where a review starts: a plan with its figures, one area, and the date whose reports count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planlib.disclosure import published
from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.evaluation.verdicts import GoalVerdict, goal_verdicts
from planlib.figures.observations import Observations, State, vintage_day
from planlib.figures.reading import read_observations
from planlib.figures.typed.dates import typed_date
from planlib.figures.typed.numbers import Unreadable
from planlib.plan.audience import INTERNAL
from planlib.plan.base import check_id
from planlib.plan.plan import Plan
from planlib.plan.shipped import figure_files, open_plan, plan_folder
from planlib.review.annual import AnnualReview, annual
from planlib.review.midterm import MidtermReview, midterm
from planlib.review.profile import Profile, profile
from planlib.review.sensitivity import Sensitivity, sensitivity

if TYPE_CHECKING:
    # Forecasts need scipy.stats, which takes as long to import as all the rest; imported when asked.
    from planlib.evaluation.changes import PlanChanges
    from planlib.evaluation.methods import MethodRow
    from planlib.evaluation.outlook import PlanOutlook


@dataclass(frozen=True)
class Desk:
    """A plan, its figures, an area and an as-of day; every review is asked of it.

    ``as_of`` is a day number, None for every report; the plan is the one in force on that day.
    For the ``public`` audience the figures of every area have been through
    ``planlib.disclosure.published`` as the release of that day before anything is asked; ``internal``
    sees them as they are. A desk made from another with ``dataclasses.replace`` starts from the
    figures that one was given, so it can be asked for another audience or day. Raises InputError for
    another audience.
    """

    plan: Plan
    observations: Observations
    area: str
    as_of: int | None = None
    audience: str = INTERNAL
    # What the audience sees, the figures that was made from, and for whom.
    _made: tuple[Observations, Observations, tuple[str, int | None]] | None = field(
        default=None, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        seen = given = self.observations
        asked = (self.audience, self.as_of)
        if self._made is not None and given is self._made[0]:
            given = self._made[1]
        if self._made is None or given is seen or self._made[2] != asked:
            seen = published(self.plan, given, self.audience, self.as_of).observations
        object.__setattr__(self, "observations", seen)
        object.__setattr__(self, "_made", (seen, given, asked))
        object.__setattr__(self, "plan", self.plan.in_force(self.as_of))

    def __getstate__(self) -> dict[str, Any]:
        """A desk that leaves this process takes along only what its audience may see."""
        return self.__dict__ | {"_made": None}

    def annual(self, year: int) -> AnnualReview:
        """The review of one year; raises InputError for a year outside the term."""
        checked = known_year(self.plan, year)
        return annual(self.plan, self.observations, self.area, checked, self.as_of)

    def midterm(self, after: int | None = None) -> MidtermReview:
        """The review after a year, the plan's mid-term year by default; raises InputError."""
        at = known_year(self.plan, after) if after else self.plan.midterm_after
        return midterm(self.plan, self.observations, self.area, at, self.as_of)

    def sensitivity(self, year: int) -> Sensitivity:
        """What would change the verdicts of a year; raises InputError for one outside the term."""
        return sensitivity(self.plan, self.observations, self.annual(year))

    def outlook(self, after: int | None = None, *, whole_term: bool = False) -> PlanOutlook:
        """What lies ahead after a year, the plan's mid-term year by default; raises InputError.

        ``whole_term`` asks of goals of every year whether all years will be good, not the last.
        """
        from planlib.evaluation.outlook import outlook

        at = known_year(self.plan, after) if after else self.plan.midterm_after
        return outlook(
            self.plan, self.observations, self.area, at, self.as_of, whole_term=whole_term
        )

    def changes(self, start: int, end: int) -> PlanChanges:
        """What moved between two days (day numbers), figure by figure and verdict by verdict."""
        from planlib.evaluation.changes import changes

        return changes(self.plan, self.observations, self.area, start, end)

    def methods(self, year: int) -> tuple[MethodRow, ...]:
        """Every goal under other people's rules; raises InputError for a year outside the term."""
        from planlib.evaluation.methods import methods

        checked = known_year(self.plan, year)
        return methods(self.plan, self.observations, self.area, checked, self.as_of)

    def profile(self, goal_id: str) -> Profile:
        """One goal over the years; raises InputError for an unknown goal."""
        goal = known_goal(self.plan, goal_id)
        return profile(self.plan, self.observations, self.area, goal, self.as_of)

    def verdicts(self, year: int | None) -> tuple[GoalVerdict, ...]:
        """The verdicts of a year, or of the term where ``year`` is None."""
        checked = None if year is None else known_year(self.plan, year)
        return goal_verdicts(self.plan, self.observations, self.area, checked, as_of=self.as_of)

    def last_year(self) -> int:
        """The last year of the term that any figure of the area is known for; the first, if none."""
        frame = self.observations.of_area(self.area).frame
        if self.as_of is not None:
            frame = frame[frame["vintage"] <= self.as_of]
        known = frame.loc[frame["state"].isin([State.measured, State.estimate]), "year"]
        years = [int(year) for year in known if int(year) in self.plan.years]
        return max(years, default=self.plan.years[0])


def open_desk(
    plan: str,
    area: str | None = None,
    as_of: str | None = None,
    figures: Sequence[Path] | None = None,
    audience: str = INTERNAL,
) -> Desk:
    """Open a plan by id or folder with its own figures, or with other ones.

    ``area`` is the plan's first by default; ``as_of`` a date such as ``2014-03-31``, empty for
    every report; ``audience`` is ``public`` or ``internal``. Raises InputError with every problem
    found.
    """
    opened = open_plan(plan)
    observations = read_observations(figures or figure_files(opened, plan_folder(plan)), opened)
    place, day = known_area(opened, observations, area), report_date(as_of)
    return Desk(opened, observations, place, day, audience)


def known_year(plan: Plan, year: int) -> int:
    """A reporting year of the plan; raises InputError for any other."""
    if year not in plan.years:
        first, last = plan.years[0], plan.years[-1]
        message = said("review.year-outside-term", first=first, last=last, found=year)
        raise InputError([Problem(message, subject=said("review.plan-subject", plan=plan.id))])
    return year


def known_goal(plan: Plan, goal_id: str) -> str:
    """The id of a goal, or of the successor of a renamed one; raises InputError."""
    try:
        return plan.goal(goal_id).id
    except KeyError:
        message = said("review.goal-not-in-plan", plan=plan.id, goal=goal_id)
        raise InputError([Problem(message, hint=did_you_mean(goal_id, plan.goal_ids))]) from None


def report_date(text: str | None) -> int | None:
    """The day number of an as-of date; None and an empty text mean no limit. Raises InputError."""
    if not text:
        return None
    try:
        return vintage_day(typed_date(text))
    except Unreadable as error:
        message = said("review.as-of-not-a-date", found=repr(text))
        raise InputError([Problem(message, hint=error.hint)]) from None


def known_area(plan: Plan, figures: Observations, area: str | None) -> str:
    """The area to review: the one named, else the plan's first. Raises InputError.

    An area is known when the plan follows it or the figures hold it.
    """
    held = [str(name) for name in figures.frame["area"].cat.categories]
    known = list(dict.fromkeys([*plan.header.areas, *held]))
    if area is None:
        if not known:
            raise InputError([Problem(said("review.no-area"))])
        return known[0]
    try:
        check_id(area)
    except ValueError as error:
        raise InputError(
            [Problem(said("figures.area-id-invalid", area=repr(area), reason=error))]
        ) from None
    if area not in known:
        hint = did_you_mean(area, known) or said("review.areas-known", names=", ".join(known[:20]))
        raise InputError([Problem(said("plan.area-not-found", name=area), hint=hint)])
    return area
