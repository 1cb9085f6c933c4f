"""Flags behind figures as statistical offices print them: ``73.6 b``, ``12.1 ep``, ``: c``.

The letters are those of Eurostat and of the SDMX code list for the status of an observation. An
estimate, a forecast and a provisional figure are estimates; what else a flag says becomes the note.
"""

from __future__ import annotations

import re
from dataclasses import replace

from planlib.excel.sheets.row import InputCell

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
_FLAGGED = re.compile(rf"(.*[0-9]%?)\s*\(?((?:[{''.join(NOTES)}][ ,]?){{1,4}})\)?")
_SILENT = re.compile(r"(?::|\.\.|…)\s*\(?([a-z])\)?")
_WHY = {"c": "suppressed", "z": "not_applicable", "u": "missing", "m": "missing"}


def without_flags(cells: dict[str, InputCell]) -> dict[str, InputCell]:
    """The cells of a row with the figure's flag as its state and note.

    >>> found = without_flags({"value": InputCell("12.1 ep", "A1")})
    >>> {name: given.value for name, given in found.items()}
    {'value': '12.1', 'state': 'estimate', 'note': 'e: ước tính / e: estimated; p: số sơ bộ / p: \
provisional'}
    """
    given = cells.get("value")
    if given is None or not isinstance(given.value, str):
        return cells
    text = given.value.strip()
    if silent := _SILENT.fullmatch(text):
        why = _WHY.get(silent[1])
        return cells if why is None else {**_without(cells), "state": replace(given, value=why)}
    flagged = _FLAGGED.fullmatch(text)
    if not flagged:
        return cells
    flags = [flag for flag in flagged[2] if flag in NOTES]
    found = {**cells, "value": replace(given, value=flagged[1])}
    if "state" not in cells and any(flag in ESTIMATES for flag in flags):
        found["state"] = replace(given, value="estimate")
    notes = [NOTES[flag] for flag in flags]
    if "note" in cells:
        notes.insert(0, str(cells["note"].value))
    found["note"] = replace(cells.get("note", given), value="; ".join(notes))
    return found


def _without(cells: dict[str, InputCell]) -> dict[str, InputCell]:
    return {name: given for name, given in cells.items() if name != "value"}
