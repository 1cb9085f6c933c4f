"""Pictures on a page: SVG stands in the page itself, with its words for those who cannot see it."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_PROLOGUE = re.compile(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_SIZE = re.compile(r"""\s(?:width|height)\s*=\s*(?:"[^"]*"|'[^']*')""")
_WIDTH = re.compile(r"""\swidth\s*=\s*["']\s*([0-9.]+)\s*(pt|px)?\s*["']""")
_BOX = re.compile(r"""\bviewBox\s*=""")
_WORDS = re.compile(r""" role="img" aria-label=(?:"[^"]*"|'[^']*')""")
_NAMES = re.compile(r"""(\sid=["']|href=["']#|url\(#)""")


def figure(svg: str, alt: str, prefix: str = "") -> Markup:
    """A picture as a figure of the page; ``prefix`` keeps its inner names apart from others'.

    The style sheet decides how far it may grow or shrink from the width it was drawn for.

    >>> str(figure('<svg width="72pt" viewBox="0 0 72 9"><g id="a"/></svg>', 'a < b', 'f2-'))
    '<figure class="pg-figure" role="img" aria-label="a &lt; b" style="--pg-width:96px"><svg \
aria-hidden="true" focusable="false" width="100%" viewBox="0 0 72 9"><g id="f2-a"/></svg></figure>'
    """
    drawing = _PROLOGUE.sub("", svg).strip()
    if prefix:
        drawing = _NAMES.sub(rf"\g<1>{prefix}", drawing)
    root = _ROOT.search(drawing)
    style = ""
    if root is not None:
        tag = root.group()
        if found := _WIDTH.search(tag):
            pixels = float(found[1]) * (4 / 3 if found[2] == "pt" else 1)
            style = f' style="--pg-width:{pixels:.0f}px"'
        if _BOX.search(tag):
            tag = _SIZE.sub("", tag)
            tag = _WORDS.sub("", tag) if alt else tag  # those of the figure say more
            tag = tag.replace("<svg", '<svg aria-hidden="true" focusable="false" width="100%"', 1)
        drawing = drawing[: root.start()] + tag + drawing[root.end() :]
    # No element of HTML needs the name of a vocabulary.
    drawing = drawing.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)
    words = f' role="img" aria-label="{escape(alt)}"' if alt else ""
    # The drawing comes from planlib.report, which escapes what it writes; the page's
    # Content-Security-Policy forbids scripts and requests whatever it holds.
    return Markup(f'<figure class="pg-figure"{words}{style}>{drawing}</figure>')


def bitmap(mime: str, data: str, alt: str) -> Markup:
    """A picture of points as a figure of the page; ``data`` is base64."""
    source = "".join(data.split())
    image = Markup('<img src="data:{};base64,{}" alt="{}">').format(mime, source, alt)
    return Markup('<figure class="pg-figure">{}</figure>').format(image)
