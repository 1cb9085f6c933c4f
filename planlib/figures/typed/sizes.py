"""The words for large numbers, as they are typed in any language: ``triệu``, ``bn``, ``'000``."""

from __future__ import annotations

from planlib.language.typed.words import typed

# Words behind a number that leave no doubt.
SIZES = {
    word: power
    for power, key in ((3, "thousand"), (6, "million"), (9, "billion"))
    for word in typed(f"number.{key}")
}
# Words of units, which have other short forms.
UNIT_SIZES = SIZES | {
    "trăm": 2, "hundred": 2, "k": 3, "'000": 3, "000s": 3, "vạn": 4, "mn": 6, "mio": 6, "mrd": 9,
    "trillion": 12, "trn": 12,
}  # fmt: skip
