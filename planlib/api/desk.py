"""Controls for a person in front of a notebook: each turn is one view of a goal, shown at once.

Every control stands for one part of what ``planlib.explore`` is asked for; the button for code writes
the lines that ask for it without controls.
"""

from __future__ import annotations

from contextlib import suppress
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from planlib.api.area_search import AreaNames
from planlib.api.desk_choices import Choices, Options
from planlib.api.desk_parts import VIEW, FollowingPart, Still, as_typed, number_in
from planlib.api.exploring import ENDINGS, code_of, save_view
from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.language.language import Language
from planlib.language.text import Text
from planlib.language.typed.unreadable import Unreadable
from planlib.report.controls import WIDGET_STYLE, front_end, widget_bundle
from planlib.report.pages.explore import ExplorePage
from planlib.report.style import style_element
from planlib.review.explored import TERM, Explorer, GoalView, can_suppose

_TOLD = '<div role="{}" class="tex2jax_ignore mathjax_ignore">{}</div>'
# What a screen reader is told of a view; others see it.
_HEARD = '<span style="position:absolute;left:-200vw">{}</span>'
MOST_LISTED = 300  # areas in a list; among more one searches
KEPT_DAYS = 3  # days whose figures are remembered
WRITTEN = "explored"  # the folder views are written to


def desk(page: ExplorePage, *, live: bool | None = None) -> Desk | Still:
    """The controls, standing at a page; its still view where no front end is listening.

    ``live`` forces one or the other. Both show themselves, and give further parts of the page.
    """
    return Desk(page) if (front_end() if live is None else live) else Still(page)


class Desk:
    """The controls and the view; ``widget`` holds them all, ``page`` what is shown."""

    def __init__(self, page: ExplorePage) -> None:
        import ipywidgets as widgets

        self.page, self._first = page, page
        self.language = page.language
        self.explorer = Explorer(page.evaluation)
        # All reports there are: days can be gone back to.
        every = page.evaluation.as_known_on(None)
        self._all = self.explorer if every is page.evaluation else Explorer(every)
        self._days = {day: self.explorer for day in [page.evaluation.as_of_text] if day}
        self._names: dict[str, AreaNames] = {}
        self._offered: AreaNames | None = None
        self._found: tuple[str, ...] = ()
        self._parts: list[FollowingPart] = []
        self._quiet = False
        self._plan_names: dict[str, Text] = {}

        def control(kind: Any, key: str, **more: Any) -> Any:
            made = kind(
                layout=widgets.Layout(width="min(24rem, 100%)"),
                style={"description_width": "8rem"}, **more,
            )  # fmt: skip
            made.observe(lambda change: self._turned(key), names="value")
            return made

        self.plan = control(widgets.Dropdown, "plan")
        self.section = control(widgets.Dropdown, "section")
        self.goal = control(widgets.Dropdown, "goal")
        hint: dict[str, Any] = {"continuous_update": False}
        self.find = control(widgets.Combobox, "find", **hint)
        self.area = control(widgets.Dropdown, "area")
        self.beside = control(widgets.SelectMultiple, "beside", rows=3)
        self.group = control(widgets.Dropdown, "group")
        self.period = control(widgets.Dropdown, "period")
        self.as_of = control(widgets.Dropdown, "as_of")
        self.reading = control(widgets.Dropdown, "reading")
        self.lang = control(widgets.Dropdown, "language")
        self.figure = control(widgets.Text, "figure", **hint)
        self.pace = control(widgets.Text, "pace", **hint)
        self.buttons = {
            ending: widgets.Button(layout=widgets.Layout(width="auto")) for ending in ENDINGS
        }
        for ending, button in self.buttons.items():
            button.on_click(lambda _, ending=ending: self.write(ending))
        whole = widgets.Layout(width="100%")
        self.told, self.view = widgets.HTML(layout=whole), widgets.HTML(layout=whole)
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
            "plan": self.plan, "section": self.section, "goal": self.goal, "find": self.find,
            "area": self.area, "beside": self.beside, "group": self.group, "period": self.period,
            "as_of": self.as_of, "reading": self.reading, "figure": self.figure,
            "pace": self.pace, "language": self.lang,
        }  # fmt: skip

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return widget_bundle(self.widget.model_id, self._first.answer()._repr_mimebundle_())

    def parts(self, *names: str) -> FollowingPart:
        """Further parts of the page, by the names of its methods; they follow the controls."""
        self._parts.append(FollowingPart(self.page, names))
        return self._parts[-1]

    def write(self, ending: str) -> Path | None:
        """Write the view into the folder ``explored``, and tell where; the code is shown too."""
        page, at = self.page, self.page.newest
        name = f"{page.plan.id}.{page.area}.{page.goal.id}.{TERM if at.term else at.year}"
        file = Path(WRITTEN) / (name.replace("/", "-") + ending)
        with suppress(OSError):  # what cannot be written is told next
            file.parent.mkdir(exist_ok=True)
        try:
            save_view(page, file)
        except InputError as error:
            self._tell(*self._problems(error))
            return None
        told = escape(self.language("controls.saved", file=file.as_posix()))
        code = f"<pre>{escape(code_of(page))}</pre>" if ending == ".py" else ""
        self.told.value = _TOLD.format("status", told + code)
        return file

    # ------------------------------------------------------------ what each control offers

    def _fill(self) -> None:
        """What can be chosen where the page stands, and what is chosen."""
        page, language, view = self._first, self.language, self._first.view
        choices = Choices(page, self._all, language)
        names = self._area_names()
        many = len(names.options) > MOST_LISTED
        nearby = self._listed(names, {page.area, *view.beside})
        section, sections, goals = choices.sections(self.section.value)
        days = choices.days()
        as_of = page.evaluation.as_of_text or ""
        asked = max((day for _, day in days if day <= as_of), default="") if as_of else ""
        self._quiet = True
        self._offer(self.plan, choices.plans(self._plan_names), choices.plan)
        self._offer(self.section, sections, section)
        self._offer(self.goal, goals, page.goal.id)
        self.find.layout.display = None if many else "none"
        if self._offered is not names:  # eleven thousand are not checked again at each turn
            self._offered = names
            self.find.options = tuple(name for name, _ in names.options) if many else ()
        self._offer(self.area, nearby, page.area)
        others = [one for one in nearby if one[1] != page.area]
        self._offer(self.beside, others, tuple(set(view.beside) & {one for _, one in others}))
        self._offer(self.group, choices.groups(), page.goal.group)
        period = "" if view.period is None else str(view.period)
        self._offer(self.period, choices.periods(), period)
        self._offer(self.as_of, days, asked)
        self._offer(self.reading, choices.readings(), view.reading)
        self._offer(self.lang, choices.languages(), language.code)
        goal = page.evaluation.goal(page.goal.id)
        for box, number in ((self.figure, view.figure), (self.pace, view.pace)):
            box.value = as_typed(box, number, language)
            box.disabled = not can_suppose(goal)
            box.placeholder = language("controls.as_reported")
        for key, one in self.controls.items():
            one.description = language(f"controls.{key}")
        for ending, button in self.buttons.items():
            kind = language("controls.code") if ending == ".py" else ending[1:].upper()
            button.description = kind
            button.tooltip = language("controls.save", kind=kind)
        self._quiet = False

    def _offer(self, control: Any, options: Options, value: Any) -> None:
        """Other choices; a single one cannot be turned."""
        if tuple(control.options) != tuple(options):
            control.options = options
        control.value = value
        control.disabled = len(options) < 2 and control is not self.beside

    def _area_names(self) -> AreaNames:
        """The names of the plan's areas, whatever is known of them on a day."""
        code = self.language.code
        if code not in self._names:
            self._names[code] = AreaNames(self._all.evaluation, code)
        return self._names[code]

    def _listed(self, names: AreaNames, wanted: set[str]) -> Options:
        """The areas in the lists: all if they are few, else those wanted and those found last."""
        if len(names.options) <= MOST_LISTED:
            return list(names.options)
        found = wanted | set(self._found)
        listed = [one for one in names.options if one[1] in found]
        rest = () if self._found else (one for one in names.options if one[1] not in found)
        return [*listed, *islice(rest, max(MOST_LISTED - len(listed), 0))]

    def _search(self) -> str | None:
        """The area that is searched for; where it may be several, they are listed and told."""
        text = self.find.value.strip()
        found = self._area_names().find(text) if text else []
        self._found = tuple(found[:MOST_LISTED]) if len(found) > 1 else ()
        if len(found) == 1:
            return found[0]
        self._fill()
        key = "controls.found" if found else "controls.not_found"
        if text:
            self._tell(self.language(key, n=len(found), text=text))
        return None

    # ------------------------------------------------------------ turning

    def _turned(self, key: str) -> None:
        """Show what the controls say; what no longer fits goes back to its default."""
        if self._quiet:
            return
        try:
            if key == "find" and (found := self._search()) is None:
                return
            if key == "find":
                self._quiet = True
                self._offer(self.area, [*self.area.options, ("", found)], found)
                self._quiet = False
                key = "area"
            self._show(self._asked(key))
        except InputError as error:
            self._tell(*self._problems(error))
        except Unreadable as error:
            self._tell(error.fault.in_language(self.language.code))

    def _asked(self, key: str) -> ExplorePage:
        """The page the controls ask for, after one was turned."""
        self.language = Language(self.lang.value)
        area, goal, given = self.area.value, self.goal.value, self._all.evaluation
        if key == "plan":
            given = evaluate(str(self.plan.value), audience=given.audience)
            self._all = self.explorer = Explorer(given)
            self._days, self._names, self._found = {}, {}, ()
            area, goal = given.area(None), given.plan.goal_ids[0]
        if key == "section" and self.section.value:
            goals = [g.id for s in given.plan.sections if s.section == self.section.value
                     for g in s.goals]  # fmt: skip
            goal = goal if goal in goals else next(iter(goals), goal)
        fresh = key in {"plan", "goal", "section"}
        self._known_on("" if fresh or key == "area" else self.as_of.value)
        view = GoalView(
            period=self.period.value or None if key != "plan" else None,
            group="" if fresh else self.group.value,
            reading="" if fresh else self.reading.value,
            beside=() if key == "plan" else tuple(self.beside.value),
            figure=None if fresh or key == "area" else number_in(self.figure),
            pace=None if fresh or key == "area" else number_in(self.pace),
        )
        return ExplorePage(
            self.explorer.evaluation, area, goal, self.language.code, view=view,
            explorer=self.explorer,
        )  # fmt: skip

    def _known_on(self, day: str) -> None:
        if not day:
            self.explorer = self._all
            return
        if day not in self._days:
            self._days[day] = Explorer(self._all.evaluation.as_known_on(day))
            if len(self._days) > KEPT_DAYS:
                del self._days[next(iter(self._days))]
        self.explorer = self._days[day]

    def _show(self, page: ExplorePage) -> None:
        self.page = self._first = page
        self._fill()
        styles = f"{style_element()}\n{WIDGET_STYLE}"
        self.view.value = VIEW.format(f"{styles}\n{page.answer().html}")
        self.told.value = _TOLD.format("status", _HEARD.format(escape(page.summary())))
        for part in self._parts:
            part.show(page)

    def _problems(self, error: InputError) -> list[str]:
        return [str(one.in_language(self.language.code)) for one in error.problems]

    def _tell(self, *lines: str) -> None:
        self.told.value = _TOLD.format("alert", "<br>".join(escape(line) for line in lines))
