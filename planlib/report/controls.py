"""Controls for a person in front of a notebook: plan, area, goal and as-of date, redrawn at once.

Run without a front end (papermill, nbval) there is nobody to turn them, and a sentence says so.
"""

from __future__ import annotations

import os
from typing import Any

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.figures.observations import UNDATED, vintage_day, vintage_text
from planlib.language.direction import shown
from planlib.language.language import Language
from planlib.plan.audience import PUBLIC
from planlib.plan.shipped import open_plan, shipped_plans
from planlib.report.display import Blocks
from planlib.report.pages.explore import ExplorePage
from planlib.report.style import style_element

# Set by a Jupyter server for the kernels of its sessions, and by nothing that runs unattended.
WIDGET = "application/vnd.jupyter.widget-view+json"
# Names in a plan are no formulas, though MathJax would take two dollars for one.
_VIEW = '<div class="tex2jax_ignore mathjax_ignore">{}</div>'
FRONT_END = "JPY_SESSION_NAME"


def controls(
    plan: str, area: str, goal: str, as_of: str = "", lang: str = "",
    audience: str = PUBLIC, *, live: bool | None = None,
) -> Any:  # fmt: skip
    """The controls, or a sentence where no front end is listening.

    ``live`` forces one or the other. Raises InputError for a plan, area or goal that is not there.
    """
    if live is None:
        live = FRONT_END in os.environ
    if not live:
        return without_controls(Language(lang or open_plan(plan).languages[0]))
    return Controls(plan, area, goal, as_of, lang, audience)


def without_controls(language: Language) -> Blocks:
    """What stands where nobody can turn controls."""
    return Blocks.of(language("controls.none"))


class Controls:
    """Four controls and a view; ``widget`` holds them all."""

    def __init__(
        self, plan: str, area: str, goal: str, as_of: str, lang: str, audience: str = PUBLIC
    ) -> None:
        import ipywidgets as widgets

        self.audience = audience
        self.evaluation = evaluate(plan, as_of=as_of, audience=audience)
        self.language = Language(lang or self.evaluation.plan.languages[0])
        wide = widgets.Layout(width="min(44rem, 100%)")

        def box(kind: Any, key: str, options: list[tuple[str, Any]], value: Any) -> Any:
            return kind(
                options=options, value=value, description=self.language(f"controls.{key}"),
                layout=wide, style={"description_width": "8rem"},
            )  # fmt: skip

        names = list(dict.fromkeys([*shipped_plans(), plan]))
        self.plan = box(widgets.Dropdown, "plan", [(self._plan_name(n), n) for n in names], plan)
        self.area = box(widgets.Dropdown, "area", self._areas(), self.evaluation.area(area))
        self.goal = box(widgets.Dropdown, "goal", self._goals(), self.evaluation.goal(goal).id)
        days = self._days(self.area.value)
        known = [day for _, day in days]
        asked = vintage_text(vintage_day(as_of)) if as_of else ""
        day = max((d for d in known if d and d <= (asked or "")), default="") if asked else ""
        self.as_of = box(widgets.SelectionSlider, "as_of", days, day)
        self.as_of.continuous_update = False
        self.view = widgets.HTML()
        self.widget = widgets.VBox([self.plan, self.area, self.goal, self.as_of, self.view])
        self.plan.observe(self._new_plan, names="value")
        self.area.observe(self._new_area, names="value")
        for one in (self.goal, self.as_of):
            one.observe(self._draw, names="value")
        self._draw()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """The widget for a front end that can show it; for any other the sentence, as saved."""
        return without_controls(self.language)._repr_mimebundle_() | {
            WIDGET: {"version_major": 2, "version_minor": 0, "model_id": self.widget.model_id}
        }

    def _plan_name(self, plan: str) -> str:
        mine = self.evaluation.plan
        named = mine if plan == mine.id else open_plan(plan)
        return shown(named.header.name.in_language(self.language.code))

    def _areas(self) -> list[tuple[str, str]]:
        plan, code = self.evaluation.plan, self.language.code
        return [
            (shown(plan.area_name(area).in_language(code)), area) for area in self.evaluation.areas
        ]

    def _goals(self) -> list[tuple[str, str]]:
        code = self.language.code
        return [
            (" · ".join(shown(one.name.in_language(code)) for one in (section, goal)), goal.id)
            for section in self.evaluation.plan.sections
            for goal in section.goals
        ]

    def _days(self, area: str) -> list[tuple[str, str]]:
        """Report dates of an area, the newest of all last."""
        frame = self.evaluation.figures.of_area(area).frame
        days = sorted({int(day) for day in frame["vintage"] if day != UNDATED})
        texts = [str(vintage_text(day)) for day in days]
        return [
            *((self.language.date(text), text) for text in texts),
            (self.language("controls.all_reports"), ""),
        ]

    def _new_plan(self, change: dict[str, Any]) -> None:
        self.evaluation = evaluate(str(change["new"]), audience=self.audience)
        self.goal.unobserve(self._draw, names="value")
        self.goal.options = self._goals()
        self.goal.observe(self._draw, names="value")
        self.area.unobserve(self._new_area, names="value")
        self.area.options = self._areas()
        self.area.observe(self._new_area, names="value")
        self._new_days()

    def _new_area(self, change: dict[str, Any]) -> None:
        if change["new"] is not None:
            self.evaluation = self.evaluation.as_known_on(None)
            self._new_days()

    def _new_days(self) -> None:
        self.as_of.unobserve(self._draw, names="value")
        self.as_of.options = self._days(self.area.value)
        self.as_of.value = ""
        self.as_of.observe(self._draw, names="value")
        self._draw()

    def _draw(self, _: Any = None) -> None:
        known = self.evaluation.as_known_on(self.as_of.value)
        try:
            page = ExplorePage(known, self.area.value, self.goal.value, self.language.code)
            parts = [
                page.title(), page.picture(), page.verdicts(), page.made(), page.readings(),
                page.vintages(),
            ]  # fmt: skip
            view = "\n".join([style_element(), *(part.html for part in parts)])
            self.view.value = _VIEW.format(view)
        except InputError as error:
            self.view.value = f"<pre>{_escaped(str(error))}</pre>"


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
