"""What a reader is told, by an id: the words are the catalogues', in every language alike.

A message remembers its id and its facts; as a text it is English. The catalogues are read here,
those of ``Language`` too: a refusal must load neither babel nor what scoring and pictures need.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ENGLISH = "en"
SHORTER = ".shorter"  # ends the id of a text's form for periods shorter than a year
YEAR_WORDS = (
    "period.year_words",
    "errors.year-words",
)  # what stands before a year, and only a year
# A string of a catalogue, and what it is where it begins.
_STRING = re.compile(r'^(?:(msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")$', re.MULTILINE)


class Said(str):
    """A message that remembers how it was made, so that it can be told in another language.

    The text itself is English; ``key`` is its id in the catalogues, ``facts`` what fills the words in;
    a fact ``n`` chooses between the forms of a message that counts. ``words`` are what the
    reader's own sheet calls the columns and states that are quoted.
    """

    __slots__ = ("facts", "key", "words")
    key: str
    facts: dict[str, Any]
    words: Mapping[str, str]

    def in_language(self, code: str) -> str:
        """The message in a language.

        >>> said("figures.low-exceeds-high").in_language("vi")
        "'Từ' không được lớn hơn 'Đến'"
        """
        shown = {name: _Fact(fact, code) for name, fact in self.facts.items()}
        return reworded(_catalogue(code).filled(self.key, self.facts, shown), self.words)


def said(key: str, /, **facts: Any) -> Said:
    """A message from its id and what fills it in; raises KeyError for an id no catalogue has.

    >>> text = said("plan.low-exceeds-high", low=3.0, high=2.5)
    >>> print(text, text.facts["low"])
    'low' must not exceed 'high', found 3 and 2.5 3.0
    >>> print(said("figures.more-rows-like-this", n=1), said("figures.more-rows-like-this", n=2))
    and 1 more row like this and 2 more rows like this
    """
    shown = {
        name: fact if isinstance(fact, str) or not hasattr(fact, "in_language")
        else _told(fact, ENGLISH)
        for name, fact in facts.items()
    }  # fmt: skip
    return _made(_catalogue(ENGLISH).filled(key, facts, shown), key, facts, {})


def in_words(message: Said, words: Mapping[str, str]) -> Said:
    """The message, to be told with the words of a sheet for what it quotes."""
    return _made(message, message.key, message.facts, words)


def _made(text: str, key: str, facts: dict[str, Any], words: Mapping[str, str]) -> Said:
    message = Said(text)
    message.key, message.facts, message.words = key, facts, words
    return message


def reworded(text: str, words: Mapping[str, str]) -> str:
    """A text with other words for those it quotes.

    >>> print(reworded("'low' must not exceed 'high'", {"low": "From", "high": "To"}))
    'From' must not exceed 'To'
    """
    return re.sub(r"'([^']+)'", lambda found: f"'{words.get(found[1], found[1])}'", text)


def read_catalogue(source: str) -> dict[str, tuple[str, ...]]:
    r"""The texts of a ``.po`` file by their ids, each with its plural forms.

    >>> read_catalogue(
    ...     '# a note\nmsgid "a.b"\nmsgid_plural "a.b"\nmsgstr[0] "one"\nmsgstr[1] "two"'
    ... )
    {'a.b': ('one', 'two')}
    """
    entries: list[dict[str, str]] = []
    field = ""
    for begun, text in _STRING.findall(source):
        if begun == "msgid":
            entries.append({})
        field = begun or field
        plain = text[1:-1] if "\\" not in text else json.loads(text)
        entries[-1][field] = entries[-1].get(field, "") + plain
    return {
        entry["msgid"]: tuple(text for field, text in entry.items() if field.startswith("msgstr"))
        for entry in entries
    }


@dataclass(frozen=True)
class Catalogue:
    """The texts of a language by their ids, each with its plural forms; ``form`` chooses one."""

    texts: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]

    def text(self, key: str, n: int | None = None) -> str:
        """The text of an id, in the form for ``n`` things. Raises KeyError for an unknown one."""
        forms = self.texts[key]
        return forms[self.form(n)] if len(forms) > 1 and n is not None else forms[0]

    def filled(self, key: str, facts: Mapping[str, Any], shown: Mapping[str, Any]) -> str:
        """The text of an id, in the form for its ``facts``, filled in with what is ``shown`` of them.

        Of a period shorter than a year the text's own form for such is told, where there is one;
        else the period's name takes the place of the word for a year too: "năm {year}" becomes
        "quý II/2013". A name that begins a text begins with a capital. Raises KeyError for an unknown
        id.
        """
        n = facts.get("n")
        periods = [name for name, fact in facts.items() if getattr(fact, "within_year", False)]
        if not periods:
            return self.text(key, n).format(**shown)
        shorter = key + SHORTER in self.texts
        word, text = self._year_word(periods), self.text(key + SHORTER if shorter else key, n)
        told = (text if shorter else word.sub("", text)).format(**shown)
        named = re.match(r"\{(\w+)", text)
        begins = text[:1].isupper() and word.match(text) and not shorter
        return capital(told) if begins or (named and named[1] in periods) else told

    def _year_word(self, names: Iterable[str]) -> re.Pattern[str]:
        """What stands before a year of one of these names: its word, and the space after it."""
        words = next((self.texts[key][0] for key in YEAR_WORDS if key in self.texts), "")
        words = "|".join(re.escape(word) for word in words.split(" | "))
        return re.compile(rf"\b(?:{words})\s+(?=\{{(?:{'|'.join(names)})\b)", re.IGNORECASE)


def capital(text: str) -> str:
    """A text as it begins a sentence, a heading or a cell.

    >>> capital("quý II/2013"), capital("2013")
    ('Quý II/2013', '2013')
    """
    return text[:1].upper() + text[1:]


def catalogue_of(sources: Iterable[str]) -> Catalogue:
    """The catalogue that some ``.po`` files make together."""
    texts: dict[str, tuple[str, ...]] = {}
    for source in sources:
        texts |= read_catalogue(source)
    forms = re.search(r"plural=(.*);", texts.get("", ("",))[0])
    return Catalogue(texts, gettext.c2py(forms[1] if forms else "0"))


@cache
def _catalogue(code: str) -> Catalogue:
    """The messages of a language."""
    folder = files("planlib") / "language" / "catalogues" / "problems"
    return catalogue_of([(folder / f"{code}.po").read_text("utf-8")])


def _told(fact: Any, code: str) -> str:
    """A message in a language, or a name in it; a name in another is quoted as it stands."""
    return str(fact.bare(code) if hasattr(fact, "bare") else fact.in_language(code))


class _Fact:
    """What fills in a message, as the language writes it."""

    def __init__(self, fact: Any, code: str) -> None:
        self.fact, self.code = fact, code

    def __format__(self, spec: str) -> str:
        fact = self.fact
        if hasattr(fact, "in_language"):
            return _told(fact, self.code)
        text = format(fact, spec)
        if isinstance(fact, float) and "e" in text:
            # 12,000,000 and not 1.2e+07
            return f"{fact:,.0f}".replace(",", _catalogue(self.code).text("errors.mark-thousands"))
        number = isinstance(fact, float) or re.fullmatch(r"-?[0-9]+\.[0-9]+", text)
        mark = _catalogue(self.code).text("errors.mark-decimal")
        return text.replace(".", mark) if number else text

    def __str__(self) -> str:
        return format(self, "")
