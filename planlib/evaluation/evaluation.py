"""The evaluation of a plan: the one value that everything else is asked of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

from planlib.errors import InputError, Problem, did_you_mean, one_of, refused, said
from planlib.evaluation.checked import AsOf, day_of, known_group, known_period
from planlib.evaluation.resolved import Resolved
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.groups.dimensions import parts_of

if TYPE_CHECKING:  # pandas is imported with the first figures, not with this module
    import pandas as pd

Period = str | int


class Evaluation(Resolved):
    """A plan and its figures, as known on a day and seen by an audience.

    It is frozen, and resolves once: which version of the plan is in force (``plan``), which figures
    are known and which of them the audience may see (``figures``), which years are over. ``as_of``
    is an ISO text, a ``date``, a year or a day number, None for every report; it is a day number
    from here on. ``audience`` is ``internal``, or ``public``: then the figures of every area have
    been through ``planlib.disclosure.published`` as the release of that day. Raises InputError.

    Every verdict is scored once, when it is first asked for, and remembered: frames, reviews, the
    index and the claims of a run are all made from that one result (``planlib.evaluation.scores``).
    So neither a day, nor an audience, nor a version of the plan is ever passed beside it.

    Another question is another evaluation, made from the figures as they were given, not from those
    that are shown: ``seen_by``, ``as_known_on`` and ``what_if`` may be asked in any order and lead
    back again. Pickled, it takes along only what its audience may see.

    Questions name an area, the first one by default, and a period, which is a year or ``term``.
    Names in frames are in ``lang``, the plan's first language by default.
    """

    def verdicts(
        self,
        period: Period,
        area: str | None = None,
        *,
        areas: str | list[str] | tuple[str, ...] | None = None,
        group: str = "",
        lang: str | None = None,
    ) -> pd.DataFrame:
        """Verdicts in a period, a row a goal and area, in the order of the plan.

        ``areas`` names several areas, or ``"all"``, in place of ``area``; ``group`` one group such
        as ``sex=women``, of the goals that are followed for it, or ``"all"``: everybody first, then
        every group. The columns are described in ``planlib.evaluation.frames.VERDICTS``. Raises
        InputError for what is unknown.
        """
        from planlib.evaluation.frames import verdict_frame

        if areas is None:
            places = [self.area(area)]
        else:
            places = list(self.areas) if areas == "all" else [self.area(name) for name in areas]
        year = self._period(period)
        (self if year is None else self.at(year)[0]).score(places)
        found = [verdict for place in places for verdict in self._asked(place, year, group)]
        return verdict_frame(self.plan, found, lang or self.plan.languages[0])

    def _asked(self, area: str, year: int | None, group: str) -> Iterator[GoalVerdict]:
        """The verdicts of an area: of everybody, of one group, or of everybody and all groups."""
        if group and group != "all":
            of = known_group(self.plan, None, group)
            goals = [goal for goal in self.plan.goals if set(parts_of(of)) <= set(goal.by)]
            yield from (self.verdict_of(goal.in_group(of), area, year) for goal in goals)
            return
        for goal in self.plan.goals:
            yield self.verdict_of(goal, area, year)
            if group:
                yield from self.group_verdicts(area, year, [goal.id])

    def outlook(
        self, period: Period | None = None, area: str | None = None, *, lang: str | None = None
    ) -> pd.DataFrame:
        """What lies ahead after a year, a row a goal; the mid-term year by default.

        Asked for the ``term``, it looks from the last year that has figures, and lets every year
        count for goals of every year. The columns are described in
        ``planlib.evaluation.frames.OUTLOOK``. Raises InputError for what is unknown.
        """
        from planlib.evaluation.frames import outlook_frame
        from planlib.evaluation.outlook import outlook

        place = self.area(area)
        year = self.plan.midterm_after if period is None else self._period(period)
        after = self.last_year(place) if year is None else year
        ahead = outlook(self, place, after, whole_term=year is None)
        return outlook_frame(ahead, lang or self.plan.languages[0])

    def methods(
        self, period: Period, area: str | None = None, *, lang: str | None = None
    ) -> pd.DataFrame:
        """What other people's published rules say of every goal in a year, a row a goal and rule.

        The columns are described in ``planlib.evaluation.frames.METHODS``. Raises InputError.
        """
        from planlib.evaluation.frames import methods_frame
        from planlib.evaluation.methods import methods

        place, year = self.area(area), self._period(period)
        at = self.plan.years[-1] if year is None else year
        rows = methods(self, place, at)
        return methods_frame(self.plan, place, rows, lang or self.plan.languages[0])

    def changes(
        self, start: AsOf, end: AsOf, area: str | None = None, *, lang: str | None = None
    ) -> pd.DataFrame:
        """What moved between two days, a row a changed figure or verdict.

        Each day is replayed in full: the reports known by then, and the plan as it then stood. The
        columns are described in ``planlib.evaluation.frames.CHANGES``. Raises InputError for days
        that are none, or out of order.
        """
        from planlib.evaluation.changes import changes
        from planlib.evaluation.frames import changes_frame

        first, last = day_of(start), day_of(end)
        if first is None or last is None:
            raise InputError([Problem(said("review.as-of-not-a-date", found=repr("")))])
        if first >= last:
            message = said("evaluation.days-out-of-order", start=start, end=end)
            raise InputError([Problem(message)])
        now = self.as_known_on(last)
        found = changes(now, now.area(area), first, last)
        return changes_frame(found, lang or self.plan.languages[0])

    def read_as(self, readings: Mapping[str, str]) -> Evaluation:
        """The same with some goals read otherwise: the id of a goal and of one of its readings.

        Verdicts, outlook and pace then follow that reading. Raises InputError for what is unknown.
        """
        for name, reading in readings.items():
            known = [one.id for one in self.goal(name).readings]
            if reading not in known:
                message = said("evaluation.reading-unknown", goal=name, found=repr(reading))
                hint = did_you_mean(reading, known) if known else said("evaluation.one-reading")
                raise refused(
                    message, hint=hint or said("evaluation.readings-are", known=one_of(known))
                )
        plan = self.plan.read_as({self.goal(name).id: one for name, one in readings.items()})
        return self._seen_too(plan=plan)

    def _period(self, period: Period) -> int | None:
        """The period asked for; None for the term."""
        return None if period == "term" else known_period(self.plan, period)

    def __repr__(self) -> str:
        plan = self.plan
        known = self.as_of_text or "every report"
        return (
            f"<Evaluation of {plan.id} {plan.years[0]}-{plan.years[-1]}: {len(plan.goals)} goals, "
            f"{len(self.areas)} areas, {len(self.figures.frame)} figures, as of {known}, "
            f"{self.audience}>"
        )

    def _repr_html_(self) -> str:
        """A small table in the colours of the page it stands on, light or dark."""
        language, plan = Language(self.plan.languages[0]), self.plan
        day = language.date(self.as_of_text) if self.as_of_text else language("meta.every_report")
        facts = {
            language("meta.plan"): plan.header.name.in_language(language.code),
            language("meta.area"): language.number(len(self.areas)),
            language("column.goal"): language.number(len(plan.goals)),
            language("meta.as_of"): day,
            language("meta.audience"): language(f"audience.{self.audience}"),
        }
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'>{escape(text)}</td></tr>"
            for name, text in facts.items()
        )
        return f"<table style='color:inherit;background:none'>{rows}</table>"
