"""The tables of a plan's folder as text: its figures, and what could not be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from planlib.exchange.draft import Unread
from planlib.figures.spreadsheet_text import guarded
from planlib.language.language import Language


def unread_table(unread: Iterable[Unread], lang: str) -> str:
    """What could not be read as a table: where, of what, what it says, why, and what may help."""
    language = Language(lang)
    head = [
        language(f"unread.{name}") for name in ("line", "indicator", "what", "found", "why", "hint")
    ]
    return table_text(head, [
        [guarded(text) for text in (str(one.place), one.subject, one.what, one.found,
         one.why.in_language(lang), one.hint.in_language(lang) if one.hint else "")]
        for one in unread
    ])  # fmt: skip


def table_text(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows as the text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
