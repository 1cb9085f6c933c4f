"""Ids made from titles: small ASCII letters and digits joined by hyphens, each given once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from planlib.plan.base import ID_LENGTH

# Letters that no decomposition takes apart.
LETTERS = str.maketrans({
    "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
    "ł": "l", "Ł": "l", "ı": "i", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
})  # fmt: skip


def slug(title: str, longest: int = ID_LENGTH) -> str:
    """A title as an id; empty where no letter or digit of it has an ASCII form.

    >>> slug("Tỷ lệ hộ nghèo (%)"), slug("Équipes formées"), slug("指标")
    ('ty-le-ho-ngheo', 'equipes-formees', '')
    >>> slug("one two three", longest=9)
    'one-two'
    """
    plain = unicodedata.normalize("NFKD", title.translate(LETTERS))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]|[^\x00-\x7f]", "", plain).lower())
    text = "-".join(words)
    if len(text) <= longest:
        return text
    cut = text[: longest + 1].rpartition("-")[0]  # whole words where there is more than one
    return cut or text[:longest]


@dataclass
class Slugs:
    """Ids given out once each: a second title of the same words gets a number behind it.

    >>> ids = Slugs()
    >>> ids.give("Wells"), ids.give("Wells!"), ids.give("指标", "indicator")
    ('wells', 'wells-2', 'indicator')
    """

    taken: set[str] = field(default_factory=set)

    def give(self, title: str, otherwise: str = "") -> str:
        """An id that is still free; from ``otherwise`` where the title has no ASCII form."""
        base = slug(title) or slug(otherwise)
        number, found = 1, base
        while found in self.taken:
            number += 1
            found = f"{slug(base, ID_LENGTH - len(str(number)) - 1)}-{number}"
        self.taken.add(found)
        return found
