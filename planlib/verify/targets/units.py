"""The unit a goal's figures are read in, by what is compared."""

from __future__ import annotations

from planlib.language.money import Money
from planlib.language.text import Text
from planlib.plan.goal import Goal
from planlib.plan.target import Basis
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.texts import filled

SCALE_WORDS = {
    "vi": {"thousand": "nghìn", "million": "triệu", "billion": "tỷ", "trillion": "nghìn tỷ"},
    "en": {one: one for one in ("thousand", "million", "billion", "trillion")},
}
CURRENCIES = {
    "vi": {"VND": "đồng", "EUR": "euro"},
    "en": {"GBP": "£", "EUR": "€", "USD": "US$", "JPY": "¥"},
}


def told_unit(goal: Goal, year: int, lang: str) -> str:
    """Percent of what was assigned, points of a percentage, percent of a baseline, or its own."""
    target = goal.target_for(year)
    basis = None if target is None else target.basis
    if basis is Basis.quota:
        return filled("unit.quota", lang)
    if target is not None and target.comparison == RecomputedComparison.rank:
        return filled("unit.place", lang)
    if target is not None and target.comparison == RecomputedComparison.relative:
        if target.measure == "percent":
            return "%"
        return filled("unit.points", lang) if goal.unit == "%" else named_unit(goal.unit, lang)
    held = target is not None and target.comparison == RecomputedComparison.maintain
    if (held or basis is Basis.difference_since) and goal.unit == "%":
        return filled("unit.points", lang)
    return "%" if basis is Basis.change_since else named_unit(goal.unit, lang)


def named_unit(unit: str | Text, lang: str) -> str:
    """A unit in a language; of money by the words that stand here, where there are any.

    >>> named_unit(Money("VND", "billion"), "vi"), named_unit(Money("USD"), "en")
    ('tỷ đồng', 'US$')
    """
    if isinstance(unit, Money) and lang in CURRENCIES:
        currency = CURRENCIES[lang].get(unit.currency, unit.currency)
        scale = SCALE_WORDS[lang].get(unit.scale, "")
        return " ".join((currency, scale) if lang == "en" else (scale, currency)).strip()
    return unit if isinstance(unit, str) else unit.bare(lang)
