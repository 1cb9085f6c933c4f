"""From a figure to a picture: SVG that is small, the same on every run, and safe side by side."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from weakref import WeakKeyDictionary
from xml.sax.saxutils import quoteattr

from matplotlib.figure import Figure

from planlib.language.direction import shown
from planlib.report.blocks import Chart
from planlib.report.charts.style import SMALL, style
from planlib.report.vocabulary import INK

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")  # matplotlib escapes what could end one in its attributes
_GROUP_ID = re.compile(r'<g id="[^"]*"')
_PATH = re.compile(r'(?<= d=")[^"]*')
_COMMAND = re.compile(r"\s*([A-Za-z])\s*")
_NUMBER = re.compile(r"-?(\d+)\.\d+")
_LEVEL = re.compile(r"M(\S+) ([\d.]+)L([\d.]+) \2(?=[MLCzV]|$)")
_UPRIGHT = re.compile(r"M(\S+) ([\d.]+)L\1 ([\d.]+)(?=[MLCzH]|$)")
_CORNERS = re.compile(r"M(\S+) ([\d.]+)H([\d.]+)L\3 ([\d.]+)L\1 \4z")
_DOUBLED = re.compile(r"#(.)\1(.)\2(.)\3(?![0-9a-f])")
_PLACE = re.compile(r' [xy]="[^"]*"|translate\([^)]*\)')
_STYLE = re.compile(r'(?<= style=")[^"]*')
_TRAILING = re.compile(r'\s+(?=["/>])')
_BETWEEN = re.compile(r">\s*\n\s*<")
_DOTS = re.compile(r'<g>((?:<use[^>]*( style="[^"]*")/>)+)</g>')
_D = re.compile(r' d="([^"]*)"')
# Lines, or areas without an edge.
_ALIKE = re.compile(r'<path d="[^"]*"( style="fill:(?:none;[^"]*|#\w+)")/>(?:<path d="[^"]*"\1/>)+')
_SAME_DOTS = re.compile(r'(<g style="[^"]*">)((?:<use[^>]*/>)+)</g>(?:\1(?:<use[^>]*/>)+</g>)+')
_LONE = re.compile(r"<g>(<(?:path|use)[^>]*/>)</g>")
_RULES = re.compile(r"<style[^>]*>[^<]*</style>")
_NAMED = re.compile(r' id="([^"]*)"')
_ID = re.compile(r'( id="|href="#|url\(#)([^")]*)')
# Ours first; then one of its proportions, as Windows and macOS have it.
_FONTS = "DejaVu Sans, Verdana, Noto Sans, sans-serif"
_HEAD = re.compile(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt" viewBox="([^"]*)"[^>]*>')
_DRAWN: WeakKeyDictionary[Figure, str] = WeakKeyDictionary()


def picture(figure: Figure, finding: str, items: Sequence[str]) -> Chart:
    """The figure with its alternative text: the finding and a line for each thing shown."""
    return Chart(figure, shown("\n".join([finding, *(f"- {item}" for item in items)])))


def svg_of(chart: Chart) -> str:
    """A chart as SVG; drawn once, however many formats show it."""
    if chart.figure not in _DRAWN:
        _DRAWN[chart.figure] = _drawn(chart)
    return _DRAWN[chart.figure]


def _drawn(chart: Chart) -> str:
    out = io.BytesIO()
    with style():
        chart.figure.savefig(out, format="svg", metadata=_NO_METADATA)
    return compact(out.getvalue().decode("utf-8"), chart.alt.partition("\n")[0])


def compact(text: str, label: str) -> str:
    """Matplotlib's SVG without what no browser needs: half of its size.

    Ids get a prefix made from the content. Pictures stand beside each other in one page, where a
    browser resolves an id in whichever picture comes first, hidden or not. Words are left alone.
    """
    text = _BETWEEN.sub("><", _COMMENT.sub("", text[text.index("<svg") :]).strip())
    text = _RULES.sub("", text)  # it would hold for the whole page; the head says the same
    text = _TAG.sub(lambda found: _tag(found[0]), text)
    text = _LONE.sub(r"\1", text.replace("<defs></defs>", ""))
    text = _ALIKE.sub(_joined, text)
    text = _DOTS.sub(lambda found: f"<g{found[2]}>{found[1].replace(found[2], '')}</g>", text)
    text = _SAME_DOTS.sub(lambda found: found[0].replace(f"</g>{found[1]}", ""), text)
    prefix = "c" + hashlib.sha256(text.encode()).hexdigest()[:4]
    named = {name: f"{prefix}{at:x}" for at, name in enumerate(_NAMED.findall(text))}
    text = _TAG.sub(lambda tag: _ID.sub(lambda one: one[1] + named[one[2]], tag[0]), text)
    return _HEAD.sub(lambda found: _head(found, label), text, count=1)


def _joined(lines: re.Match[str]) -> str:
    """Lines or areas of one look that are drawn one after another, as one path."""
    d = "".join(_D.findall(lines[0]))
    return f'<path d="{d}"{lines[1]}/>'


def _tag(tag: str) -> str:
    tag = _GROUP_ID.sub("<g", tag).replace("xlink:href", "href")
    tag = _PATH.sub(lambda found: _path(found[0]), tag)
    tag = _PLACE.sub(lambda found: _shorter(found[0]), tag)
    tag = _STYLE.sub(lambda found: _style(found[0]), tag)
    return _TRAILING.sub("", tag)


def _path(commands: str) -> str:
    commands = _COMMAND.sub(r"\1", _shorter(commands.strip()))
    commands = _UPRIGHT.sub(r"M\1 \2V\3", _LEVEL.sub(r"M\1 \2H\3", commands))
    return _CORNERS.sub(r"M\1 \2H\3V\4H\1z", commands)


def _style(declarations: str) -> str:
    plain = declarations.replace("; ", ";").replace(": ", ":").replace(";stroke-dashoffset:0", "")
    return _DOUBLED.sub(r"#\1\2\3", plain)


def _shorter(numbers: str) -> str:
    """A tenth of a point is enough for a place, a hundredth for the shape of a mark."""
    return _NUMBER.sub(_rounded, numbers)


def _rounded(number: re.Match[str]) -> str:
    digits = 1 if len(number[1]) > 1 else 2
    return f"{float(number[0]):.{digits}f}".rstrip("0").rstrip(".")


def _head(found: re.Match[str], label: str) -> str:
    """An image to a screen reader, as wide as it was drawn and narrower where the page is."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(label)} '
        f'width="{found[1]}pt" height="{found[2]}pt" viewBox="{found[3]}" stroke-linejoin="round" '
        f'font-family="{_FONTS}" font-size="{SMALL}" fill="{INK}" style="max-width:100%;height:auto">'
    )
