"""Problems in the reader's language: the message's English template is the catalogue's key.

A problem whose words no catalogue has (of plan files, which maintainers write in English) is told
in English. Numbers are written here and not by ``Language``: a refusal must not load what scoring
and pictures need.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from planlib.errors import Problem, Said, reworded


@cache
def problem_texts(code: str) -> gettext.NullTranslations:
    """The texts of a language by their English templates; English itself is what the code says."""
    if code == "en":
        return gettext.NullTranslations()
    source = files("planlib.language").joinpath("catalogues", "problems", f"{code}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def told(problem: Problem, lang: str) -> Problem:
    """The problem in a language.

    >>> from planlib.errors import said
    >>> wrong = Problem(said("'low' must not exceed 'high'"), "kp.csv", 3)
    >>> print(told(wrong, "vi"))
    kp.csv:3: 'Từ' không được lớn hơn 'Đến'
    """
    return replace(
        problem,
        message=_told(problem.message, lang),
        subject=_told(problem.subject, lang) if problem.subject else None,
        hint=_told(problem.hint, lang) if problem.hint else None,
    )


def all_told(problems: Iterable[Problem], lang: str) -> list[Problem]:
    """Every problem in a language."""
    return [told(problem, lang) for problem in problems]


def _told(text: str, lang: str) -> str:
    if not isinstance(text, Said):
        return text
    texts = problem_texts(lang)
    if text.plural is None:
        template = texts.gettext(text.template)
    else:
        template = texts.ngettext(text.template, text.plural, text.facts["n"])
    made = template.format(**{name: _Fact(fact, lang) for name, fact in text.facts.items()})
    return reworded(made, text.words)


class _Fact:
    """What fills in a template, as the language writes it."""

    def __init__(self, fact: Any, lang: str) -> None:
        self.fact, self.lang = fact, lang

    def __format__(self, spec: str) -> str:
        fact, vi = self.fact, self.lang == "vi"
        if isinstance(fact, Said):
            return _told(fact, self.lang)
        if hasattr(fact, "in_language"):  # a name, in whatever it is to be told
            return str(fact.in_language(self.lang))
        text = format(fact, spec)
        if isinstance(fact, float) and "e" in text:
            text = f"{fact:,.0f}"  # 12,000,000 and not 1.2e+07
            return text.replace(",", ".") if vi else text
        number = isinstance(fact, float) or re.fullmatch(r"-?[0-9]+\.[0-9]+", text)
        return text.replace(".", ",") if vi and number else text

    def __str__(self) -> str:
        return format(self, "")
