"""A plan questioned, as a page that shows itself and as a DataFrame."""

from __future__ import annotations

from planlib.api.asked import asked_language
from planlib.evaluation.evaluation import Evaluation
from planlib.report.pages.audit import AuditPage


def audit(evaluation: Evaluation, *, lang: str | None = None) -> AuditPage:
    """What is to be asked of a plan: what cannot be judged, contradicts itself, or cannot be met.

    The figures of all areas are looked at, as known on the evaluation's day. The page shows itself in
    Jupyter, prints as text, and is written by ``to_html(FILE)`` and ``to_markdown(FILE)``;
    ``frame()`` has a row a finding, heaviest first (docs/audit.md). Raises InputError for a language
    that there is not.

    >>> from planlib import evaluate
    >>> found = audit(evaluate("viet-nam-2011-2015"), lang="en")
    >>> found
    <AuditPage: What should be asked of this plan?>
    >>> found.frame().query("id == 'unclear-unit'")[["goals", "file", "line"]].values.tolist()
    [[['jobs-created-over-5-years'], '02-society.yaml', 200]]
    """
    return AuditPage.of(evaluation, asked_language(lang, evaluation).code)
