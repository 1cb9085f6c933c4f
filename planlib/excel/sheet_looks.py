"""How cells of a sheet look: number formats of a language, rows as high as their texts."""

from __future__ import annotations

from collections.abc import Iterable
from locale import windows_locale

from babel.core import get_global
from xlsxwriter.worksheet import Worksheet

from planlib.excel.template.formats import lines_of

LINE, HIGHEST = 15.0, 409.0  # height of a line and the most of a row, in points


def high(sheet: Worksheet, row: int, texts: Iterable[str], widths: Iterable[float]) -> None:
    """Make a row as high as its texts are in columns of these widths; one line by default."""
    lines = max(lines_of(text, width) for text, width in zip(texts, widths, strict=True))
    if lines > 1:
        sheet.set_row(row, min(LINE * lines, HIGHEST))


def number_locale(code: str) -> str:
    """The mark that puts a number format into a language, by the numbers Windows gives to them.

    >>> number_locale("vi"), number_locale("en")
    ('[$-42A]', '[$-409]')
    """
    likely = str(get_global("likely_subtags").get(code, code))
    language, *_, territory = likely.split("_")
    known = {name: number for number, name in sorted(windows_locale.items(), reverse=True)}
    number = known.get(f"{language}_{territory}")
    return f"[$-{number:X}]" if number else ""


def number_pattern(digits: int, locale: str) -> str:
    """The format of a number with so many decimals.

    >>> number_pattern(1, "[$-42A]"), number_pattern(0, "")
    ('[$-42A]#,##0.0', '#,##0')
    """
    return f"{locale}#,##0{'.' + '0' * digits if digits else ''}"
