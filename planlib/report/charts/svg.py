"""From a figure to a picture: SVG that is small, the same on every run, and safe side by side."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.text import Text

from planlib.language.direction import shown
from planlib.report.blocks import Chart
from planlib.report.charts.fonts import drawable
from planlib.report.charts.style import style

_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_GROUP_ID = re.compile(r'<g id="[^"]*"')
_GLYPH = re.compile(r'(<use xlink:href="#[^"]*") transform="translate\((-?[\d.]+) 0\)"')
_PATH = re.compile(r'(?<= d=")[^"]*')
_COMMAND = re.compile(r"\s*([A-Za-z])\s*")
_PLACE = re.compile(r' [xy]="[^"]*"|translate\([^)]*\)')
_DECIMALS = re.compile(r"(\.\d\d)\d+")
_TRAILING = re.compile(r' "(?=[ />])')
_BLANK = re.compile(r"\s*\n\s*")
_ID = re.compile(r'(id="|href="#|url\(#)')
_SPACE = re.compile(r'<path id="([^"]*)" transform="scale\(0\.015625\)"/>')
_HEAD = re.compile(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt" viewBox="([^"]*)"[^>]*>')


def picture(figure: Figure, finding: str, items: Sequence[str]) -> Chart:
    """The figure with its alternative text: the finding and a line for each thing shown."""
    return Chart(figure, shown("\n".join([finding, *(f"- {item}" for item in items)])))


def svg_of(chart: Chart) -> str:
    """A chart as SVG."""
    out = io.BytesIO()
    texts = [_cleaned(words) for words in chart.figure.findobj(Text)]
    with style(), warnings.catch_warnings():
        if not all(map(drawable, texts)):
            # A reader's own fonts have the letters that ours lacks; whoever looks must not be told.
            mpl.rcParams["svg.fonttype"] = "none"
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
        chart.figure.savefig(out, format="svg", metadata=_NO_METADATA)
    return compact(out.getvalue().decode("utf-8"), chart.alt.partition("\n")[0])


def _cleaned(words: Artist) -> str:
    """What a text of a figure says, rid of controls that a drawing would obey."""
    assert isinstance(words, Text)
    given = words.get_text()
    clean = shown(given)
    if clean != given:
        words.set_text(clean)
    return clean


def compact(text: str, label: str) -> str:
    """Matplotlib's SVG without what no browser needs: a third of the size.

    Ids get a prefix made from the content. Pictures stand beside each other in one page, where a
    browser resolves an id in whichever picture comes first, hidden or not.
    """
    text = _COMMENT.sub("", text[text.index("<svg") :])
    text = _GROUP_ID.sub("<g", text)
    text = _GLYPH.sub(r'\1 x="\2"', text)
    text = _PATH.sub(lambda found: _COMMAND.sub(r"\1", _DECIMALS.sub(r"\1", found[0])), text)
    text = _PLACE.sub(lambda found: _DECIMALS.sub(r"\1", found[0]), text)
    text = _BLANK.sub(" ", text).replace("> <", "><")
    text = _TRAILING.sub('"', text)
    for blank in _SPACE.findall(text):
        text = re.sub(rf'<use xlink:href="#{re.escape(blank)}"[^>]*/>', "", text)
    text = _SPACE.sub("", text).replace("<defs></defs>", "").replace("xlink:href", "href")
    text = text.replace("DejaVuSans-Bold-", "b").replace("DejaVuSans-", "d")
    prefix = "c" + hashlib.sha256(text.encode()).hexdigest()[:4]
    text = _ID.sub(rf"\g<1>{prefix}", text)
    return _HEAD.sub(lambda found: _head(found, label), text, count=1)


def _head(found: re.Match[str], label: str) -> str:
    """An image to a screen reader, as wide as it was drawn and narrower where the page is."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label={quoteattr(label)} '
        f'width="{found[1]}pt" height="{found[2]}pt" viewBox="{found[3]}" '
        'style="max-width:100%;height:auto">'
    )
