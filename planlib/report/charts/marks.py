"""The marks of the verdicts on axes: the same shapes as the glyphs, drawn as markers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import Transform

from planlib.report.vocabulary import INK, LOOKS
from planlib.scoring.verdict import Verdict

_SHAPES: dict[Verdict, dict[str, Any]] = {
    Verdict.exceeded: {"marker": "^"},
    Verdict.met: {"marker": "o"},
    Verdict.not_met: {"marker": "v"},
    Verdict.not_yet: {"marker": "o", "fillstyle": "left", "markerfacecoloralt": "white"},
    Verdict.not_due: {"marker": "o", "fillstyle": "none"},
    Verdict.no_data: {"marker": "_"},
    Verdict.not_applicable: {"marker": "."},
    Verdict.suppressed: {"marker": "x"},
}
_LINES = frozenset({Verdict.not_due, Verdict.no_data, Verdict.not_applicable, Verdict.suppressed})


def mark(verdict: Verdict, size: float = 7.5) -> dict[str, Any]:
    """How a verdict is drawn with ``ax.plot``: its shape says it, colour repeats it."""
    look = LOOKS[verdict]
    if verdict in _LINES:
        edge = {"markeredgecolor": INK, "markeredgewidth": 1.2}
        return {"linestyle": "none", "markersize": size - 0.5, **edge, **_SHAPES[verdict]}
    fill = {"markerfacecolor": look.colour, "markeredgecolor": INK, "markeredgewidth": 0.6}
    return {"linestyle": "none", "markersize": size, **fill, **_SHAPES[verdict]}


def plot_marks(
    ax: Axes, points: Iterable[tuple[float, float, Verdict]], *,
    transform: Transform | None = None, old: bool = False,
) -> None:  # fmt: skip
    """Draw points with the marks of their verdicts, one artist a verdict; hollow where ``old``."""
    by_verdict: dict[Verdict, list[tuple[float, float]]] = {}
    for x, y, verdict in points:
        by_verdict.setdefault(verdict, []).append((x, y))
    more: dict[str, Any] = {} if transform is None else {"transform": transform}
    for verdict, places in sorted(by_verdict.items()):
        xs, ys = zip(*places, strict=True)
        label = f"old:{verdict.name}" if old else f"verdict:{verdict.name}"
        look = mark(verdict) | ({"fillstyle": "full", "markerfacecolor": "white"} if old else {})
        ax.plot(xs, ys, label=label, clip_on=False, zorder=5, **look, **more)


def present(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts that occur, in the office's order."""
    return sorted(set(verdicts))
