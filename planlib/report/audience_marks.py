"""What a sheet or page says of whom it is for."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.plan.audience import INTERNAL


def audience_mark(language: Language, audience: str) -> str:
    """Whom an edition is for, as pages and workbooks say it.

    >>> from planlib.language.language import Language
    >>> audience_mark(Language("en"), "internal")
    'Audience: internal use; not for publication'
    """
    return f"{language('meta.audience')}: {language(f'audience.{audience}')}"


def internal_mark(language: Language) -> str:
    """The mark of what stays in the office."""
    return audience_mark(language, INTERNAL)
