"""The names of areas on a page that compares them, which lead to the areas' own pages in a site.

Which areas have a page is known when a run ends, and changes with later runs; so these links, as those
at the top of a page, are none of what the page is made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from planlib.report.site.row_links import name_cell, with_name_linked

_ROW, _END = '<tr data-area="', "</tr>"
_NAME = name_cell("pl-c-area")
_MARK = 'class="pg-area"'
_BESIDE = re.compile(r'<a class="pg-area" href="[^"<>]*" aria-label="[^"<>]*">→</a>')
_LINK = re.compile(r'<a class="pg-area" href="[^"<>]*">((?:(?!</a>).)*)</a>', re.DOTALL)


def with_area_links(html: str, to: Callable[[str], str]) -> str:
    """A page with the name of each area as a link; ``to`` gives its address, empty without a page.

    >>> row = '<tr data-area="a-b"><td class="pl-c-area">{}</td></tr>'
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
    link = f'<a class="pg-area" href="{address}"'
    linked, _ = with_name_linked(row, _NAME, link, link)
    return linked + end + rest
