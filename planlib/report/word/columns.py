"""How wide the columns of a printed table are: as the fewest lines need."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from planlib.report.layout import Cell, Table

_LEAST, _WORD = 3, 16  # letters that a column may be thought to need
_SHORT = 9  # letters of a word that stays beside its glyph
_LETTER = 95  # twentieths of a point that a letter of a table takes
_AROUND = 1.5  # letters that the margins of a cell take
_WIDE = 1.1  # how much wider than most the letters of one word may be, with one more
_FILLED = 0.9  # how much of a line is filled where words must not be cut
_STEPS = (1.0, 2.0, 4.0, 8.0, 16.0)  # letters that a column may grow by at once

Numbers: TypeAlias = npt.NDArray[np.float64]


def column_widths(table: Table, width: int) -> list[int]:
    """Columns in twentieths of a point, together ``width``.

    None is narrower than its longest word, if there is room. What is left goes, a little at a time,
    where it saves the table most lines for its width, and where it saves none to the column whose
    text is longest for its width.
    """
    rows = [[[column.title] for column in table.columns]]
    rows += [[_texts(cell) for cell in row] for group in table.groups for row in group.rows]
    words = [
        # Blanks that must not break hold their words together.
        max((len(word) for row in rows for text in row[at] for word in text.split(" ")), default=0)
        for at in range(len(table.columns))
    ]
    whole, letters = width / _LETTER - _AROUND * len(words), _letters(rows)
    room = next(
        (fit for most in range(_WORD, 2, -1) if (fit := _held(words, most)).sum() <= whole),
        _held(words, 2),
    )
    left = whole - room.sum()
    while left > 0:
        at, step = _growth(letters, room, left)
        room[at] += step
        left -= step
    share = room + _AROUND
    found = [int(width * one / share.sum()) for one in share]
    found[int(np.argmax(share))] += width - sum(found)
    return found


def after_glyph(text: str) -> str:
    """What stands between a glyph and its word: one alone on a line would say nothing.

    Before a long word the line may break: two in a narrow column would have to be cut.

    >>> after_glyph("Met") == after_glyph("Deterioration")
    False
    """
    return "\N{NO-BREAK SPACE}" if len(text.split(" ")[0]) <= _SHORT else " "


def _held(words: list[int], most: int) -> Numbers:
    """The letters that columns must have, where longer words than ``most`` may be cut."""
    return np.array([max(_LEAST, min(word, most) * _WIDE + 1) for word in words], dtype=float)


def _letters(rows: list[list[list[str]]]) -> Numbers:
    """Letters of each text of a cell: rows by columns by texts, 0 where there is none."""
    most = max(len(texts) for row in rows for texts in row)
    found = [[[len(t) for t in texts] + [0] * (most - len(texts)) for texts in row] for row in rows]
    return np.array(found, dtype=float)


def _growth(letters: Numbers, room: Numbers, left: float) -> tuple[int, float]:
    """The column that should grow, and by how many letters."""
    now = _lines(letters, room)
    columns, rows = np.arange(now.shape[1]), np.arange(len(now))
    highest, at = now.max(axis=1), now.argmax(axis=1)
    others = now.copy()
    others[rows, at] = 0
    # How high each row is by its other cells alone.
    beside = np.where(columns == at[:, None], others.max(axis=1)[:, None], highest[:, None])
    best, grown, by = 0.0, -1, _STEPS[0]
    for step in _STEPS:
        if step > left:
            break
        after = np.maximum(beside, _lines(letters, room + step))
        saved = (highest[:, None] - after).sum(axis=0) / step
        if saved.max() > best:
            best, grown, by = float(saved.max()), int(saved.argmax()), step
    if grown < 0:
        grown = int((letters.sum(axis=2) / room).max(axis=0).argmax())
    return grown, by


def _lines(letters: Numbers, room: Numbers) -> Numbers:
    found: Numbers = np.ceil(letters / (_FILLED * room[None, :, None])).sum(axis=2)
    return found


def _texts(cell: Cell) -> list[str]:
    """What a cell says, a text a paragraph."""
    text = "" if cell.look and cell.glyph_only else cell.text + cell.mark
    sign = f"mm{after_glyph(cell.text)}" if cell.look else ""
    return ["mmmm" * cell.level + sign + text, cell.under, cell.sure, *cell.items]
