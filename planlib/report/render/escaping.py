"""How a text is written into HTML: escaped, in its own direction, words of another language marked."""

from __future__ import annotations

from markupsafe import Markup, escape

from planlib.language.direction import shown
from planlib.language.foreign import holds_foreign, stretches
from planlib.language.language import ForeignWords
from planlib.language.sentences import PrintedNumber, Sentence


def finalized(value: object) -> object:
    """What a template prints: texts in their own direction, words of another language marked as such.

    HTML of ours stays as it is.
    """
    if type(value) is Markup:
        return value
    if type(value) is str or isinstance(value, PrintedNumber):
        return shown(value)
    if isinstance(value, ForeignWords | Sentence):
        if not holds_foreign(value):
            return escape(shown(value))
        return Markup("").join(
            Markup('<span lang="{}">{}</span>').format(lang, words) if lang else escape(words)
            for words, lang in stretches(value)
        )
    return value


def written(value: object) -> str:
    """A value as a template writes it."""
    return str(escape(finalized(value)))
