"""Controls for a person in front of a notebook: yes, no and changes beside each sentence.

They write the same table that can be filled in with a spreadsheet. Run without a front end there is
nobody to turn them, and a sentence says where the table is.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from planlib.errors import InputError
from planlib.exchange.text.confirm.applying import ProposedPlan, confirm
from planlib.exchange.text.confirm.page import ProposalsPage
from planlib.exchange.text.confirm.table import FILE, cells_of, decisions_table
from planlib.language.language import Language
from planlib.plan.target import Cadence
from planlib.report.controls import WIDGET_STYLE, front_end, widget_bundle
from planlib.report.display import Blocks
from planlib.storage.whole_files import replace_bytes

EDITED = ("name", "unit", "comparison", "value", "low", "high", "cadence", "due")
CHOSEN = {
    "comparison": ("at_least", "above", "at_most", "below", "between", "about"),
    "cadence": tuple(Cadence),
}
_SENTENCE = '<div class="tex2jax_ignore mathjax_ignore" lang="{}">{}</div>'


def deciding(folder: str = "", lang: str = "", *, live: bool | None = None) -> Any:
    """The controls of a plan's folder, or how to do without them where no front end is listening.

    The example has no folder: nothing of it can be decided. Raises InputError for what is no plan.
    """
    live = front_end() if live is None else live
    if not live or not folder:
        return ProposalsPage.of(folder, lang).how_to_decide()
    return Deciding(Path(folder), lang)


class Deciding:
    """A row a proposed goal; ``widget`` holds them all."""

    def __init__(self, folder: Path, lang: str = "") -> None:
        import ipywidgets as widgets

        self.folder, self.plan = folder, ProposedPlan(folder)
        self.language = language = Language(lang or self.plan.lang)
        self.answers: dict[str, Any] = {}
        self.cells: dict[str, dict[str, Any]] = {}
        self.rows: dict[str, Any] = {}
        choices = [(language("from-text.page.undecided"), ""),
                   (language("from-text.answer.yes"), "yes"), (language("from-text.answer.no"), "no")]  # fmt: skip
        for proposed in self.plan.proposed:
            goal, cells = str(proposed["id"]), cells_of(proposed)
            words = html.escape(f"{cells['place']}: {cells['words']}")
            text = widgets.HTML(_SENTENCE.format(self.plan.lang, words))
            answer = widgets.ToggleButtons(
                options=choices, value="", description=language("from-text.control.decision"),
                tooltips=[self._of(word, cells["name"]) for word, _ in choices],
            )  # fmt: skip
            boxes = {
                key: self._box(key, cells)
                for key in EDITED
                if cells[key] or key in {"name", "value"}
            }
            if readings := [(str(one.get("why", one["id"])), str(one["id"]))
                            for one in proposed.get("readings", ())]:  # fmt: skip
                boxes["reading"] = self._box("reading", cells, readings)
            self.answers[goal], self.cells[goal] = answer, boxes
            grid = widgets.Box(list(boxes.values()), layout=widgets.Layout(flex_flow="row wrap"))
            self.rows[goal] = widgets.VBox([text, answer, grid])
        self.save = widgets.Button(description=language("from-text.page.save"))
        self.apply = widgets.Button(description=language("from-text.page.apply"))
        self.said = widgets.HTML()
        self.save.on_click(lambda _: self.write())
        self.apply.on_click(lambda _: self.carry_out())
        self.buttons = widgets.HBox([self.save, self.apply])
        self._style, self.widget = widgets.HTML(WIDGET_STYLE), widgets.VBox()
        self._show()

    def _show(self) -> None:
        self.widget.children = (self._style, *self.rows.values(), self.buttons, self.said)

    def _of(self, control: str, goal: str) -> str:
        """What a control is of, for who hears it without the sentence above."""
        return self.language.labelled(control, goal)

    def _box(
        self, key: str, cells: dict[str, str], options: list[tuple[str, str]] | None = None
    ) -> Any:
        """The control of a cell of the table: what can be chosen in words, anything else typed."""
        import ipywidgets as widgets

        name = self.language(f"from-text.control.{key}")
        held: dict[str, Any] = {
            "value": cells[key], "description": name, "tooltip": self._of(name, cells["name"]),
            "style": {"description_width": "6.5rem"},
        }  # fmt: skip
        if key in CHOSEN:
            offered = dict.fromkeys([*CHOSEN[key], cells[key]])
            options = [(self.language(f"from-text.{key}.{one}"), one) for one in offered]
        if options:
            return widgets.Dropdown(options=options, **held)
        return widgets.Text(continuous_update=False, **held)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """The widget for a front end that can show it; for any other where the table is, as saved."""
        told = Blocks.of(self.language("from-text.page.how", file=FILE))
        return widget_bundle(self.widget.model_id, told._repr_mimebundle_())

    def write(self) -> Path:
        """Write the decisions into the table of the plan's folder."""
        cells = {
            goal: {key: str(box.value) for key, box in boxes.items()}
            | {"decision": str(self.answers[goal].value)}
            for goal, boxes in self.cells.items()
            if goal in self.rows
        }
        file = self.folder / FILE
        replace_bytes(file, [decisions_table(self.plan.proposed, cells).encode()])
        self._tell(self.language("from-text.page.saved", file=FILE))
        return file

    def carry_out(self) -> None:
        """Write them, and make them so; what cannot be done is told, line by line."""
        file = self.write()
        try:
            done = confirm(self.folder, file)
        except InputError as error:
            lines = [str(one.in_language(self.language.code)) for one in error.problems]
            self._tell(*lines)
            return
        self._leave_open()
        self._tell(
            self.language("from-text.confirmed", n=done.confirmed),
            self.language("from-text.refused", n=done.refused),
            self.language("from-text.open", n=done.open),
        )

    def _leave_open(self) -> None:
        """Take the rows away that are decided: their goals are no proposals any more."""
        self.plan = ProposedPlan(self.folder)
        still = {str(goal["id"]) for goal in self.plan.proposed}
        self.rows = {goal: row for goal, row in self.rows.items() if goal in still}
        self._show()

    def _tell(self, *lines: str) -> None:
        self.said.value = "<br>".join(html.escape(line) for line in lines)
