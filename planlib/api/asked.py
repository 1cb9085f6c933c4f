"""What several functions of the library are asked for, checked in one way."""

from __future__ import annotations

from planlib.errors import did_you_mean, one_of, refused, said
from planlib.evaluation.checked import known_period
from planlib.evaluation.evaluation import Evaluation
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES


def asked_year(evaluation: Evaluation, period: str | int | None) -> int:
    """The year of a period, the plan's mid-term year by default. Raises InputError."""
    if period is None:
        return evaluation.plan.midterm_after
    return known_period(evaluation.plan, period)


def asked_language(lang: str | None, evaluation: Evaluation) -> Language:
    """A language planlib speaks, the plan's first by default. Raises InputError for another."""
    if not lang:
        return Language(evaluation.plan.languages[0])
    if lang not in LANGUAGES:
        message = said("batch.language-unknown", known=one_of(LANGUAGES), found=repr(lang))
        raise refused(message, hint=did_you_mean(lang, LANGUAGES))
    return Language(lang)
