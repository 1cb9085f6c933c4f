"""Parts of a view beside the controls: they follow each turn, or stand still where nobody turns."""

from __future__ import annotations

from typing import Any

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
