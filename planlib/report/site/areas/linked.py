"""The names of areas on a page that compares them, which lead to the areas' own pages in a site.

Which areas have a page is known when a run ends, and changes with later runs; so these links, as those
at the top of a page, are none of what the page is made from. A name that unfolds is a control already,
and holds no other: the link stands beside it, as an arrow.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_ROW, _END = '<tr class="pl-row" data-area="', "</tr>"
_NAME = re.compile(
    r'(<td class="(?:[^"]* )?pl-c-area(?: [^"]*)?">)'
    r"(?:(<details><summary>(.+?)</summary>.*?</details>)|(.+?)(?=</td>))",
    re.DOTALL,
)
_MARK = 'class="pg-area"'
_BESIDE = re.compile(r'<a class="pg-area" href="[^"<>]*" aria-label="[^"<>]*">→</a>')
_LINK = re.compile(r'<a class="pg-area" href="[^"<>]*">((?:(?!</a>).)*)</a>', re.DOTALL)
_TAG = re.compile("<[^>]*>")


def with_area_links(html: str, to: Callable[[str], str]) -> str:
    """A page with the name of each area as a link; ``to`` gives its address, empty without a page.

    >>> row = '<tr class="pl-row" data-area="a-b"><td class="pl-c-area">{}</td></tr>'
    >>> page = with_area_links(row.format("A &amp; B"), lambda area: f"../{area}/index.html")
    >>> page == row.format('<a class="pg-area" href="../a-b/index.html">A &amp; B</a>')
    True
    >>> with_area_links(page, lambda area: "") == row.format("A &amp; B")
    True
    """
    head, *rows = without_area_links(html).split(_ROW)
    return _ROW.join([head, *(_linked(row, to) for row in rows)])


def without_area_links(html: str) -> str:
    """A page without them."""
    return _LINK.sub(r"\1", _BESIDE.sub("", html)) if _MARK in html else html


def _linked(text: str, to: Callable[[str], str]) -> str:
    row, end, rest = text.partition(_END)
    address = to(row.split('"', 1)[0])
    if not address:
        return text

    def link(found: re.Match[str]) -> str:
        begin, folded, name, words = found.groups()
        if folded is None:
            return f'{begin}<a class="pg-area" href="{address}">{words}</a>'
        label = _TAG.sub("", name)
        return f'{begin}{folded}<a class="pg-area" href="{address}" aria-label="{label}">→</a>'

    return _NAME.sub(link, row, count=1) + end + rest
