"""The names of goals in the tables of a review, which lead to the pages of the goals in a site.

A notebook, and a page shown alone, know of no site, so the links are set where its page is made. A goal's
first row alone is linked: eight tables may name it, and each link costs readers of the page its bytes.
"""

from __future__ import annotations

from planlib.report.site.goals.names import goal_file
from planlib.report.site.row_links import name_cell, with_name_linked

_ROW, _END = '<tr data-goal="', "</tr>"
_NAME = name_cell("pl-c-indicator", ends=r"<span class=\"pl-|</td>")


def with_goal_links(html: str, up: str, lang: str) -> str:
    """The page with the name of each goal's first row as a link; ``up`` leads to where they stand.

    >>> row = '<tr data-goal="a-b"><td class="pl-c-indicator">{}</td></tr>'
    >>> with_goal_links(row.format("A &amp; B"), "../", "en") == row.format(
    ...     '<a href="../goal-a-b.en.html">A &amp; B</a>'
    ... )
    True
    """
    head, *rows = html.split(_ROW)
    seen: set[str] = set()
    return _ROW.join([head, *(_linked(row, seen, up, lang) for row in rows)])


def _linked(text: str, seen: set[str], up: str, lang: str) -> str:
    row, end, rest = text.partition(_END)
    goal, *_ = row.split('"', 1)
    if goal in seen:
        return text
    to = up + goal_file(goal, lang)
    linked, count = with_name_linked(
        row, _NAME, f'<a href="{to}"', f'<a class="pg-goal" href="{to}"'
    )
    if count:
        seen.add(goal)
    return linked + end + rest
