"""Finding an area among thousands: by a part of its name, with or without its marks, or by its id."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cached_property

from planlib.evaluation import Evaluation
from planlib.exchange.slugs import LETTERS
from planlib.language.direction import shown


def bare(text: str) -> str:
    """A text as it is compared: no capitals, no marks, single spaces.

    >>> bare("Phường  Đông Ba"), bare("ÉVRY")
    ('phuong dong ba', 'evry')
    """
    if text.isascii():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


class AreaNames:
    """The areas of an evaluation by the names a reader of a language knows them by.

    Where several have the same name, their ids stand behind it.
    """

    def __init__(self, evaluation: Evaluation, lang: str) -> None:
        plan = evaluation.plan
        names = [(shown(plan.area_name(one).in_language(lang)), one) for one in evaluation.areas]
        seen = Counter(name for name, _ in names)
        self.options = [
            (name if seen[name] == 1 else f"{name} ({area})", area) for name, area in names
        ]

    @cached_property
    def _compared(self) -> list[tuple[str, str, str]]:
        return [(bare(name), bare(area), area) for name, area in self.options]

    def find(self, text: str) -> list[str]:
        """The areas that a text may mean: those it names, else those it begins, else is part of.

        A part is words in any order.
        """
        asked = bare(text)
        words = asked.split()
        ways: tuple[Callable[[str, str], bool], ...] = (
            lambda name, area: asked in {name, area},
            lambda name, area: name.startswith(asked) or area.startswith(asked),
            lambda name, area: all(word in name or word in area for word in words),
        )
        for fits in ways:
            found = [area for name, known, area in self._compared if fits(name, known)]
            if found:
                return found
        return []
