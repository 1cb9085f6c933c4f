"""Controls for a person in front of a notebook: each turn is one view of a goal, shown at once.

Every control stands for one part of what ``planlib.explore`` is asked for; the button for code writes
the lines that ask for it without controls.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from planlib.api.exploring import ENDINGS, code_of, save_view
from planlib.errors import InputError, said
from planlib.evaluation import Evaluation, evaluate
from planlib.figures.typed.numbers import NumberStyle, typed_number
from planlib.figures.typed.unreadable import Unreadable
from planlib.language.direction import shown
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.text import Text
from planlib.plan.shipped import open_plan, shipped_plans
from planlib.report.controls import front_end, widget_bundle
from planlib.report.display import Blocks
from planlib.report.pages.explore import ExplorePage
from planlib.report.style import style_element
from planlib.report.text.phrases import reading_text
from planlib.review.explored import TERM, Explorer, GoalView, can_suppose, telling_days

# Names in a plan are no formulas, though MathJax would take two dollars for one.
_VIEW = '<div class="tex2jax_ignore mathjax_ignore">{}</div>'
_TOLD = '<div role="status" aria-live="polite" class="tex2jax_ignore mathjax_ignore">{}</div>'
# What a screen reader is told of a view; others see it.
_HEARD = _TOLD.format('<span style="position:absolute;left:-200vw">{}</span>')
MOST_BESIDE = 300  # areas in a list of those beside; more are asked for in code
WRITTEN = "explored"  # the folder views are written to

Options = list[tuple[str, Any]]


def desk(page: ExplorePage, *, live: bool | None = None) -> Blocks | Desk:
    """The controls, standing at a page; its still view where no front end is listening.

    ``live`` forces one or the other.
    """
    return Desk(page) if (front_end() if live is None else live) else page.answer()


class Desk:
    """The controls and the view; ``widget`` holds them all, ``page`` what is shown."""

    def __init__(self, page: ExplorePage) -> None:
        import ipywidgets as widgets

        self.page, self._first = page, page
        self.language = page.language
        self.explorer = Explorer(page.evaluation)
        self._all = page.evaluation.as_known_on(None)  # whose reports can be gone back to
        self._quiet = False
        self._plan_names: dict[str, Text] = {}
        wide = widgets.Layout(width="min(24rem, 100%)")

        def control(kind: Any, key: str, **more: Any) -> Any:
            made = kind(
                description=self.language(f"controls.{key}"), layout=wide,
                style={"description_width": "8rem"}, **more,
            )  # fmt: skip
            made.observe(lambda change: self._turned(key), names="value")
            return made

        self.plan = control(widgets.Dropdown, "plan")
        self.section = control(widgets.Dropdown, "section")
        self.goal = control(widgets.Dropdown, "goal")
        self.area = control(widgets.Dropdown, "area")
        self.beside = control(widgets.SelectMultiple, "beside", rows=3)
        self.group = control(widgets.Dropdown, "group")
        self.period = control(widgets.Dropdown, "period")
        self.as_of = control(widgets.Dropdown, "as_of")
        self.reading = control(widgets.Dropdown, "reading")
        self.lang = control(widgets.Dropdown, "language")
        hint = {"placeholder": self.language("controls.as_reported"), "continuous_update": False}
        self.figure = control(widgets.Text, "figure", **hint)
        self.pace = control(widgets.Text, "pace", **hint)
        self.buttons = {
            ending: widgets.Button(layout=widgets.Layout(width="auto")) for ending in ENDINGS
        }
        for ending, button in self.buttons.items():
            button.on_click(lambda _, ending=ending: self.write(ending))
        self.told, self.view = widgets.HTML(), widgets.HTML()
        grid = widgets.Box(
            list(self.controls.values()), layout=widgets.Layout(flex_flow="row wrap")
        )
        row = widgets.Box(list(self.buttons.values()), layout=widgets.Layout(flex_flow="row wrap"))
        self.widget = widgets.VBox([grid, row, self.told, self.view])
        self._fill()
        self._show(page)

    @property
    def controls(self) -> dict[str, Any]:
        """The controls by the names of what they stand for, in the order of the keyboard."""
        return {
            "plan": self.plan, "section": self.section, "goal": self.goal, "area": self.area,
            "beside": self.beside, "group": self.group, "period": self.period,
            "as_of": self.as_of, "reading": self.reading, "figure": self.figure,
            "pace": self.pace, "language": self.lang,
        }  # fmt: skip

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        still = self._first.answer()._repr_mimebundle_()
        return widget_bundle(self.widget.model_id, still)

    def write(self, ending: str) -> Path | None:
        """Write the view into the folder ``explored``, and tell where; the code is shown too."""
        page, at = self.page, self.page.newest
        name = f"{page.plan.id}.{page.area}.{page.goal.id}.{TERM if at.term else at.year}"
        file = Path(WRITTEN) / (name.replace("/", "-") + ending)
        try:
            file.parent.mkdir(exist_ok=True)
            save_view(page, file)
        except InputError as error:
            self._tell(*self._problems(error))
            return None
        told = escape(self.language("controls.saved", file=file.as_posix()))
        code = f"<pre>{escape(code_of(page))}</pre>" if ending == ".py" else ""
        self.told.value = _TOLD.format(told + code)
        return file

    # ------------------------------------------------------------ what each control offers

    def _fill(self) -> None:
        """What can be chosen where the page stands, and what is chosen."""
        page, language, view = self._first, self.language, self._first.view
        plan, code = page.evaluation.plan, language.code
        goal = page.evaluation.goal(page.goal.id)
        names = list(dict.fromkeys([*shipped_plans(), self._plan_id]))
        sections = {section.section: section for section in plan.sections}
        chosen = self.section.value if self.section.value in sections else ""
        listed = [sections[chosen]] if chosen else plan.sections
        if goal.id not in {one.id for section in listed for one in section.goals}:
            chosen, listed = "", plan.sections
        areas = self._areas()
        nearby = areas[: MOST_BESIDE + 1]
        days = telling_days(self._all, page.area, goal.id)
        as_of = page.evaluation.as_of_text or ""
        asked = max((day for day in days if day <= as_of), default="") if as_of else ""
        periods: Options = [(str(one), str(one)) for one in page.profile.plan.years]
        self._quiet = True
        self._offer(self.plan, [(self._plan_name(one), one) for one in names], self._plan_id)
        self._offer(
            self.section,
            [(language("controls.every_section"), ""),
             *((shown(one.name.in_language(code)), key) for key, one in sections.items())],
            chosen,
        )  # fmt: skip
        goals: Options = [
            (shown(one.name.in_language(code)), one.id)
            for section in listed for one in section.goals
        ]  # fmt: skip
        self._offer(self.goal, goals, goal.id)
        self._offer(self.area, areas, page.area)
        others = [one for one in nearby if one[1] != page.area]
        self._offer(self.beside, others, tuple(set(view.beside) & {one for _, one in others}))
        self._offer(
            self.group,
            [(language("controls.everybody"), ""),
             *((shown(plan.group_name(one).in_language(code)), one) for one in plan.groups_of(goal))],
            page.goal.group,
        )  # fmt: skip
        self._offer(
            self.period,
            [(language("controls.latest"), ""), *periods, (language("column.term"), TERM)],
            "" if view.period is None else str(view.period),
        )
        self._offer(
            self.as_of,
            [(language("controls.all_reports"), ""),
             *((language.date(day), day) for day in reversed(days))],
            asked,
        )  # fmt: skip
        self._offer(
            self.reading,
            [(language("controls.read_as_stated"), ""),
             *((shown(reading_text(goal, one, language)), one.id) for one in goal.readings)],
            view.reading,
        )  # fmt: skip
        self._offer(self.lang, [(language.name_of(one), one) for one in LANGUAGES], code)
        for box, number in ((self.figure, view.figure), (self.pace, view.pace)):
            box.value = self._typed(box, number)
            box.disabled = not can_suppose(goal)
        for key, one in self.controls.items():
            one.description = language(f"controls.{key}")
        for ending, button in self.buttons.items():
            kind = language("controls.code") if ending == ".py" else ending[1:].upper()
            button.description = kind
            button.tooltip = language("controls.save", kind=kind)
        self._quiet = False

    @property
    def _plan_id(self) -> str:
        plan = self._first.evaluation.plan
        shipped = plan.id in shipped_plans()
        return plan.id if shipped or not plan.place else plan.place

    def _offer(self, control: Any, options: Options, value: Any) -> None:
        """Other choices; a single one cannot be turned."""
        if tuple(control.options) != tuple(options):
            control.options = options
        control.value = value
        control.disabled = len(options) < 2 and control is not self.beside

    def _plan_name(self, plan: str) -> str:
        if plan not in self._plan_names:
            mine = self._first.evaluation.plan
            named = mine if plan == self._plan_id else open_plan(plan)
            self._plan_names[plan] = named.header.name
        return shown(self._plan_names[plan].in_language(self.language.code))

    def _areas(self) -> Options:
        evaluation, code = self._first.evaluation, self.language.code
        names = [
            (shown(evaluation.plan.area_name(area).in_language(code)), area)
            for area in evaluation.areas
        ]
        seen = Counter(name for name, _ in names)
        return [(name if seen[name] == 1 else f"{name} ({area})", area) for name, area in names]

    # ------------------------------------------------------------ turning

    def _turned(self, key: str) -> None:
        """Show what the controls say; what no longer fits goes back to its default."""
        if self._quiet:
            return
        try:
            self._show(self._asked(key))
        except InputError as error:
            self._tell(*self._problems(error))
        except Unreadable as error:
            self._tell(error.fault.in_language(self.language.code))

    def _asked(self, key: str) -> ExplorePage:
        """The page the controls ask for, after one was turned."""
        self.language = Language(self.lang.value)
        audience, area, goal = self._all.audience, self.area.value, self.goal.value
        if key == "plan":
            self._all = evaluate(str(self.plan.value), audience=audience)
            self.explorer = Explorer(self._all)
            area, goal = self._all.area(None), self._all.plan.goal_ids[0]
        if key == "section" and self.section.value:
            goals = [g.id for s in self._all.plan.sections if s.section == self.section.value
                     for g in s.goals]  # fmt: skip
            goal = goal if goal in goals else next(iter(goals), goal)
        fresh = key in {"plan", "goal", "section"}
        self._known_on("" if fresh or key == "area" else self.as_of.value)
        view = GoalView(
            period=self.period.value or None if key != "plan" else None,
            group="" if fresh else self.group.value,
            reading="" if fresh else self.reading.value,
            beside=() if key == "plan" else tuple(self.beside.value),
            figure=None if fresh or key == "area" else self._number(self.figure),
            pace=None if fresh or key == "area" else self._number(self.pace),
        )
        return ExplorePage(
            self.explorer.evaluation, area, goal, self.language.code, view=view,
            explorer=self.explorer,
        )  # fmt: skip

    def _known_on(self, day: str) -> None:
        if (self.explorer.evaluation.as_of_text or "") != day:
            known: Evaluation = self._all.as_known_on(day) if day else self._all
            self.explorer = Explorer(known)

    def _number(self, box: Any) -> float | None:
        """A number as it is typed; None for nothing. Raises Unreadable for what is none, or two."""
        text = box.value.strip()
        number = typed_number(text, NumberStyle("percent")).value if text else None
        if text and number is None:
            raise Unreadable(said("library.one-number", text=text))
        return number

    def _typed(self, box: Any, number: float | None) -> str:
        """A number as it stands in a box: as it was typed, where it was."""
        with suppress(Unreadable):
            if self._number(box) == number:
                return str(box.value)
        text = "" if number is None else f"{number:.12g}"
        return text.replace(".", self.language.decimal_mark)

    def _show(self, page: ExplorePage) -> None:
        self.page = self._first = page
        self._fill()
        self.view.value = _VIEW.format(f"{style_element()}\n{page.answer().html}")
        self.told.value = _HEARD.format(escape(page.summary()))

    def _problems(self, error: InputError) -> list[str]:
        return [str(one.in_language(self.language.code)) for one in error.problems]

    def _tell(self, *lines: str) -> None:
        self.told.value = _TOLD.format("<br>".join(escape(line) for line in lines))
