"""How sure a verdict is, in words: told where it is less than 95 %."""

from __future__ import annotations

from collections.abc import Iterable

from planlib.evaluation.certainty import SOURCES, unsure
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.language.sentences import joined


def sure_text(verdict: GoalVerdict, language: Language) -> str:
    """How sure a verdict is, in whole percent rounded down; nothing where it is sure enough."""
    return sure_words(verdict.certainty, language)


def sure_words(certainty: float | None, language: Language) -> str:
    """The same of a certainty alone."""
    if certainty is None or not unsure(certainty):
        return ""
    return language("certainty.sure", share=language.number(int(100 * certainty + 1e-9)))


def sure_notes(verdicts: Iterable[GoalVerdict], language: Language) -> tuple[str, ...]:
    """What being sure means, where it is told of any verdict."""
    told = [verdict for verdict in verdicts if unsure(verdict.certainty)]
    if not told:
        return ()
    heard = {source for verdict in told for source in verdict.certain.sources}
    names = [language(f"certainty.{name}") for name in SOURCES if name in heard]
    note = language("note.certainty", errors=joined(names, ", "))
    return (
        (note,) if "revision" in heard else (joined((note, language("note.certainty.unlearned"))),)
    )
