"""Parts of a view beside the controls: they follow each turn, or stand still where nobody turns."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from planlib.errors import said
from planlib.figures.typed.numbers import NumberStyle, typed_number
from planlib.language.language import Language
from planlib.language.typed.unreadable import Unreadable
from planlib.report.controls import widget_bundle
from planlib.report.display import Blocks
from planlib.report.pages.explore import ExplorePage

# Names in a plan are no formulas, though MathJax would take two dollars for one.
VIEW = '<div class="tex2jax_ignore mathjax_ignore">{}</div>'


def parts_of(page: ExplorePage, names: tuple[str, ...]) -> Blocks:
    """Some parts of a page, by the names of its methods."""
    return Blocks.of(*(getattr(page, name)() for name in names))


class Still:
    """A view that nobody turns."""

    def __init__(self, page: ExplorePage) -> None:
        self.page = page

    def parts(self, *names: str) -> Blocks:
        """Further parts of the page, by the names of its methods."""
        return parts_of(self.page, names)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return self.page.answer()._repr_mimebundle_()


class FollowingPart:
    """Further parts of the page, which follow the controls."""

    def __init__(self, page: ExplorePage, names: tuple[str, ...]) -> None:
        import ipywidgets as widgets

        self.names, self._still = names, parts_of(page, names)
        self.widget = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.show(page)

    def show(self, page: ExplorePage) -> None:
        """Show them of another page."""
        self.widget.value = VIEW.format(parts_of(page, self.names).html)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return widget_bundle(self.widget.model_id, self._still._repr_mimebundle_())


def number_in(box: Any) -> float | None:
    """The number typed into a box; None for nothing. Raises Unreadable for what is none, or two."""
    text = box.value.strip()
    number = typed_number(text, NumberStyle("percent")).value if text else None
    if text and number is None:
        raise Unreadable(said("library.one-number", text=text))
    return number


def as_typed(box: Any, number: float | None, language: Language) -> str:
    """A number as it stands in a box: as it was typed, where it was."""
    with suppress(Unreadable):
        if number_in(box) == number:
            return str(box.value)
    text = "" if number is None else f"{number:.12g}"
    return text.replace(".", language.decimal_mark)
