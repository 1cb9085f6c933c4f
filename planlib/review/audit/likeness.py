"""Goals that ask for the same: near the same name, or the very same figures.

Names are compared word for word without the language's smallest words, in any order, and a longer
word may differ in its ending or by a slip of the keyboard. One other word makes another indicator:
boys are not girls. No library is needed for that; ``difflib`` compares the words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

import numpy as np

from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.review.audit.finding import Finding, Severity
from planlib.review.audit.seen import PlanSeen

LONG, BEGINNING, ALIKE = (
    5,
    3,
    0.85,
)  # letters of a word that may differ, those that may not, how much
DIFFERENT_VALUES = 6  # from so many different figures on, the same ones are no chance
_WORD = re.compile(r"[^\W_]+")


def alike_findings(plan: Plan, seen: PlanSeen) -> Iterator[tuple[Finding, Goal, Goal]]:
    """Pairs of goals that are one indicator, with what is to be said of them."""
    for one, other in combinations(plan.goals, 2):
        if _apart(one, other):
            continue
        names = [code for code in plan.languages if same_words(one, other, code)]
        facts = {"goal": one.name, "other": other.name}
        if len(names) == len(plan.languages):
            near = plan.section_of(one.id) is plan.section_of(other.id)
            near = near and one.lead == other.lead
            found = Finding("duplicate-goals", (other, one), facts=facts, at=("name",),
                            form="" if near else "apart",
                            weight=None if near else Severity.low)  # fmt: skip
            yield found, one, other
        elif _same_figures(one, other, seen):
            rests = {one.id, other.id} <= seen.illustrative
            found = Finding("same-figures", (other, one), facts=facts, illustrative=rests)
            yield found, one, other


def _apart(one: Goal, other: Goal) -> bool:
    """Whether two goals cannot be the same: parts of different wholes, or in other units."""
    wholes = one.part_of != other.part_of and one.part_of and other.part_of
    first, second = one.main_target(), other.main_target()
    return bool(
        wholes
        or one.unit_id != other.unit_id
        or first.basis is not second.basis
        or first.kind.figure != second.kind.figure
    )


def same_words(one: Goal, other: Goal, code: str) -> bool:
    """Whether the names of two goals say the same in a language."""
    first, second = _words(one.name.bare(code), code), _words(other.name.bare(code), code)
    left, right = first - second, second - first
    if sum(left.values()) != sum(right.values()) or sum(left.values()) > 2:
        return False
    rest = list(right.elements())
    for word in left.elements():
        match = next((found for found in rest if _same_word(word, found)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


@cache
def _words(name: str, code: str) -> Counter[str]:
    small = set(Language(code).raw("language.small_words").split())
    return Counter(word for word in _WORD.findall(name.lower()) if word not in small)


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one, but for an ending or a slip.

    >>> _same_word("district", "districts"), _same_word("vaccination", "vacination")
    (True, True)
    >>> _same_word("employment", "unemployment"), _same_word("2015", "2016")
    (False, False)
    """
    if min(len(one), len(other)) < LONG or one[:BEGINNING] != other[:BEGINNING]:
        return False
    if any(map(str.isdigit, one + other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _same_figures(one: Goal, other: Goal, seen: PlanSeen) -> bool:
    """Whether two goals have had the same figures wherever both had any, enough of them."""
    first, second = seen.of(one).values, seen.of(other).values
    width = min(first.shape[1], second.shape[1])
    first, second = first[:, -width:], second[:, -width:]
    known, also = ~np.isnan(first), ~np.isnan(second)
    if known.sum() < DIFFERENT_VALUES or not np.array_equal(known, also):
        return False
    same = first[known] == second[known]
    return bool(same.all()) and len(np.unique(first[known])) >= DIFFERENT_VALUES
