"""The figures of an evaluation as they were given, and what every day's evaluation needs of them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

import numpy as np
import pandas as pd

from planlib.disclosure import published
from planlib.disclosure.constraints import Ints
from planlib.disclosure.publishing import release_of
from planlib.disclosure.small_counts import NEVER
from planlib.evaluation.checked import known_areas
from planlib.evaluation.others import figures_about, rows_about
from planlib.figures.observations import Observations
from planlib.plan.audience import INTERNAL
from planlib.plan.plan import Plan
from planlib.scoring.certainty.layout import ReportLayout, laid_out
from planlib.scoring.certainty.lessons import Lessons, learn


class GivenFigures:
    """Figures of all areas and an audience; evaluations of other days share them.

    What a day's release withholds hangs on no later report. So where the release of every report is
    known, that of any day is cut from it, of a few areas too: of eleven thousand areas nobody has to
    find again what is withheld, nor to hold them twice. ``plan`` says what must be withheld.
    """

    def __init__(self, plan: Plan, figures: Observations, audience: str) -> None:
        self.plan, self.figures, self.audience = plan, figures, audience
        self.as_given = audience == INTERNAL or figures.public
        # Known once the release of every report was made; no day where nothing is withheld.
        self._since: Ints | None = None
        self._every = False
        self._partial: dict[int | None, bool] = {}
        self._last: tuple[int | None, Observations] | None = None

    def __repr__(self) -> str:
        return repr(self.figures)

    def release(self, day: int | None) -> Observations:
        """What the audience may see of the reports up to a day; of every report without one."""
        if self.as_given:
            return self.figures
        last = self._last  # held here: another thread may ask for another day meanwhile
        if last is None or last[0] != day:
            if day is not None and self._every:
                rows = np.arange(len(self.figures.frame))
                return release_of(self.figures, self._since, day, rows)
            found = published(self.plan, self.figures, self.audience, day)
            self._partial[day] = bool(found.withheld)
            if day is None:
                self._since = found.since
                self._every = True  # the last: what it stands for is there when others see it
            last = self._last = day, found.observations
        return last[1]

    def withholds(self, day: int | None) -> bool:
        """Whether a day's release withholds anything."""
        if self.as_given:
            return False
        if day is not None and self._every:
            return self._since is not None and bool((self._since <= day).any())
        if day not in self._partial:
            self.release(day)
        return self._partial[day]

    def about(self, plan: Plan, day: int | None, areas: Collection[str]) -> Observations:
        """The release of a day: its rows of some areas, and of those theirs are held against."""
        if day is not None and not self.as_given and not self._every:
            return figures_about(plan, self.release(day), areas)
        rows = rows_about(plan, self.figures, areas)
        if day is not None and not self.as_given:
            return release_of(self.figures, self._since, day, rows)
        shown = self.release(day)  # the same rows
        return Observations(shown.frame.take(rows).reset_index(drop=True), shown.public)

    def reported_areas(self, day: int | None) -> list[str]:
        """The areas that any report up to a day tells something of, in the order of the rows."""
        frame = self.figures.frame
        codes = frame["area"].cat.codes.to_numpy()
        if day is not None and not self.as_given:
            codes = codes[frame["vintage"].to_numpy() <= day]
        return [str(name) for name in frame["area"].cat.categories.take(pd.unique(codes))]

    @cached_property
    def known_areas(self) -> tuple[str, ...]:
        """The areas the plan follows, in its order, then the others that have figures."""
        return known_areas(self.plan, self.figures)

    @cached_property
    def area_names(self) -> frozenset[str]:
        """The same, to look whether there is one."""
        return frozenset(self.known_areas)

    @cached_property
    def _layout(self) -> ReportLayout:
        return laid_out(self.figures.frame)

    def lessons(self, plan: Plan, day: int | None) -> Lessons:
        """What a day's release teaches of revisions, by a version of the plan."""
        if not self.as_given and not self._every:
            return learn(plan, self.release(day).frame, day)
        visible = None
        if self._since is not None:
            visible = self._since == NEVER if day is None else self._since > day
        return learn(plan, self.figures.frame, day, layout=self._layout, visible=visible)
