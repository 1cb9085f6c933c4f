"""Flags behind figures as statistical offices print them: ``73.6 b``, ``12.1 ep``, ``: c``.

The letters are those of Eurostat and of the SDMX code list for the status of an observation. An
estimate, a forecast and a provisional figure are estimates; what else a flag says becomes the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from planlib.excel.sheets.row import InputCell
from planlib.language.typed.words import folded

ESTIMATES = "efps"
NOTES = {
    "b": "b: gián đoạn chuỗi số liệu / b: break in the series",
    "d": "d: định nghĩa khác / d: definition differs",
    "e": "e: ước tính / e: estimated",
    "f": "f: dự báo / f: forecast",
    "i": "i: xem thuyết minh / i: see the metadata",
    "n": "n: không có ý nghĩa thống kê / n: not significant",
    "p": "p: số sơ bộ / p: provisional",
    "r": "r: đã chỉnh lý / r: revised",
    "s": "s: ước tính của cơ quan thống kê / s: estimated by the statistical office",
    "u": "u: độ tin cậy thấp / u: low reliability",
}
_LETTERS = f"(?:[{''.join(NOTES)}][ ,]?){{1,4}}"
_FLAGGED = re.compile(rf"(.*[0-9]%?)\s*(?:\(({_LETTERS})\)|\[({_LETTERS})\]|({_LETTERS}))")
# A star, a raised number, [1]: what belongs to a footnote, and no power of ten.
_MARKED = re.compile(r"(.*[0-9)\]a-z]%?(?<!\b10))\s*([*†‡§#]+|[¹²³⁰⁴-⁹]+|\[(?:note )?[0-9]{1,2}\])")
_SILENT = re.compile(r"(?::|\.\.|…)\s*\(?([a-z])\)?")
_WHY = {"c": "suppressed", "z": "not_applicable", "u": "missing", "m": "missing"}
# Shorthand of the United Kingdom's statistical offices.
_SHORTHAND = {"[c]": "suppressed", "[x]": "missing", "[z]": "not_applicable"}
# A head such as 2010s is a decade, and 2013 b a part of a year perhaps.
_HEAD = re.compile(r"(.*[0-9])\s*(?:\(([a-z ,]{1,7})\)|\[([a-z ,]{1,7})\]|([efpr]{1,2}))")


_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?![0-9])")


def names_year(head: str, first: int, last: int) -> bool:
    """Whether a head names a year of a span, whatever else it says: such a column may hold figures.

    >>> names_year("Actual 2013", 2011, 2015), names_year("Actual 2020", 2011, 2015)
    (True, False)
    """
    return any(first <= int(year) <= last for year in _YEAR.findall(head))


def parted_head(text: str) -> tuple[str, str]:
    """A year or another head without marks of footnotes, and the flags of all figures below it.

    >>> (
    ...     parted_head("2013 (p)"),
    ...     parted_head("2013ep*"),
    ...     parted_head("2013 1)"),
    ...     parted_head("2010s"),
    ... )
    (('2013', 'p'), ('2013', 'ep'), ('2013', ''), ('2010s', ''))
    """
    text = text.strip()
    if raised := re.fullmatch(r"(.*[0-9])(?: \(?[1-9]\)|[a-z]\))", text):
        text = raised[1]
    text = _without_marks(text)[0]
    flagged = _HEAD.fullmatch(text)
    letters = next(filter(None, flagged.groups()[1:]), "") if flagged else ""
    flags = [letter for letter in letters if letter.isalpha()]
    if flagged is None or not _are_flags(flags):
        return text, ""
    return flagged[1], "".join(flags)


def _are_flags(letters: list[str]) -> bool:
    """Each of them a flag, and told once: 12.3 pp are points of a percentage."""
    return bool(letters) and len(set(letters)) == len(letters) and {*letters} <= NOTES.keys()


def _without_marks(text: str) -> tuple[str, list[str]]:
    marks: list[str] = []
    while found := _MARKED.fullmatch(text):
        text, marks = found[1], [found[2], *marks]
    return text, marks


def without_flags(cells: dict[str, InputCell], above: str = "") -> dict[str, InputCell]:
    """The cells of a row with the figure's flag as its state and note.

    ``above`` are the flags of its column's head or of its year.

    >>> found = without_flags({"value": InputCell("12.1 ep", "A1")})
    >>> {name: given.value for name, given in found.items()}
    {'value': '12.1', 'state': 'estimate', 'note': 'e: ước tính / e: estimated; p: số sơ bộ / p: \
provisional'}
    """
    given = cells.get("value")
    if given is None:
        return cells
    value, flags, marks = given.value, [*above], list[str]()
    if isinstance(value, str):
        text = value.strip()
        if why := _SHORTHAND.get(text):
            return {**_without(cells), "state": replace(given, value=why)}
        if silent := _SILENT.fullmatch(text):
            known = _WHY.get(silent[1])
            return (
                cells
                if known is None
                else {**_without(cells), "state": replace(given, value=known)}
            )
        if not any(map(str.isdigit, text)):
            return cells
        text, marks = _without_marks(text)
        if flagged := _FLAGGED.fullmatch(text):
            letters = next(filter(None, flagged.groups()[1:]))
            found = [flag for flag in letters if flag in NOTES]
            if _are_flags(found):
                text, before = _without_marks(flagged[1])
                marks, flags = [*before, *marks], [*dict.fromkeys([*flags, *found])]
        value = text
    if not (flags or marks):
        return cells
    result = {**cells, "value": replace(given, value=value)}
    if "state" not in cells and any(flag in ESTIMATES for flag in flags):
        result["state"] = replace(given, value="estimate")
    notes = [*(NOTES[flag] for flag in flags), *marks]
    if "note" in cells:
        notes.insert(0, str(cells["note"].value))
    result["note"] = replace(cells.get("note", given), value="; ".join(notes))
    return result


def in_own_words(cells: dict[str, InputCell], states: Mapping[str, str]) -> dict[str, InputCell]:
    """The cells of a row with what the sheet's own word in the figure's cell means as its state.

    >>> found = in_own_words({"value": InputCell("12 k", "A1")}, {"k": "estimate"})
    >>> {name: given.value for name, given in found.items()}
    {'value': '12', 'state': 'estimate'}
    """
    given = cells.get("value")
    if given is None or not isinstance(given.value, str) or "state" in cells:
        return cells
    text = given.value.strip()
    state = states.get(folded(text))
    if state is not None and state not in {"measured", "estimate"}:
        return {**_without(cells), "state": replace(given, value=state)}
    for word in sorted(states, key=len, reverse=True):
        number = text[: len(text) - len(word)].rstrip()
        if folded(text[len(text) - len(word) :]) == word and number[-1:].isdigit():
            told = {
                "value": replace(given, value=number),
                "state": replace(given, value=states[word]),
            }
            return {**cells, **told}
    return cells


def _without(cells: dict[str, InputCell]) -> dict[str, InputCell]:
    return {name: given for name, given in cells.items() if name != "value"}
