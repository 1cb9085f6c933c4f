"""A name in a row of a table as a link, where a page is made part of a site.

A name that unfolds is a control already, and holds no other: the link stands beside it, as an arrow.
"""

from __future__ import annotations

import re

_TAG = re.compile("<[^>]*>")


def name_cell(column: str, ends: str = "</td>") -> re.Pattern[str]:
    """The cell of a name: how it begins, what unfolds, the name in that, and a plain name up to its end."""
    return re.compile(
        rf'(<td class="(?:[^"]* )?{column}(?: [^"]*)?">)'
        rf"(?:(<details><summary>(.+?)</summary>.*?</details>)|(.+?)(?={ends}))",
        re.DOTALL,
    )


def with_name_linked(row: str, cell: re.Pattern[str], plain: str, arrow: str) -> tuple[str, int]:
    """The row with its name as a link, and how many were found; both texts open an ``a``, unclosed."""

    def link(found: re.Match[str]) -> str:
        begin, folded, name, words = found.groups()
        if folded is None:
            return f"{begin}{plain}>{words}</a>"
        label = _TAG.sub("", name)
        return f'{begin}{folded}{arrow} aria-label="{label}">→</a>'

    return cell.subn(link, row, count=1)
