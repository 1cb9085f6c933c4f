"""What could be written in a plan's files, as YAML: an ellipsis is for its author to fill in."""

from __future__ import annotations

import json

from planlib.plan.base import period_record
from planlib.plan.target import Target

UNSAID = ("words", "source", "note", "members", "evidence", "tolerance", "year")


def text_key(key: str, languages: tuple[str, ...]) -> str:
    """A text to be filled in, in every language of the plan.

    >>> text_key("lead", ("vi", "en"))
    'lead: {vi: "…", en: "…"}'
    """
    if len(languages) == 1:
        return f'{key}: "…"'
    each = ", ".join(f'{code}: "…"' for code in languages)
    return f"{key}: {{{each}}}"


def target_key(target: Target, key: str = "target") -> str:
    """A target as a plan file states it, without its words and sources.

    >>> target_key(Target(comparison="at_least", value=90, cadence="by", due=2015))
    'target: {comparison: at_least, value: 90, cadence: by, due: 2015}'
    """
    told = target.model_dump(mode="json", exclude_unset=True, exclude=set(UNSAID))
    if told.get("better") == target.kind.better:
        told.pop("better", None)
    if target.due is not None:
        del told["due"]
        told["due"] = period_record(target.due)
    each = ", ".join(f"{name}: {_scalar(one)}" for name, one in told.items())
    return f"{key}: {{{each}}}"


def _scalar(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) and value.isidentifier() else json.dumps(value)
