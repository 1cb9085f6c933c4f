"""The outlook beside what published rules say: how many call a goal on track, and why that differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planlib.evaluation.methods import MethodRow
from planlib.evaluation.outlook import GoalOutlook
from planlib.language.language import Language
from planlib.outlook.words import Outlook
from planlib.plan.header import Thresholds
from planlib.report.text.outlook import chance_text, value_text
from planlib.scoring.rules import METHODS
from planlib.scoring.rules.method import StatusClass
from planlib.scoring.verdict import INSIDE, position

LARGE = 100  # a forecast whose decimals say nothing to a reader
JUDGING = {method.id: method for method in METHODS if method.judges}


@dataclass(frozen=True)
class RulesBeside:
    """How many published rules see one goal as good, middling or bad, of those that see it at all."""

    good: int
    middling: int
    bad: int

    @property
    def judging(self) -> int:
        """How many rules have a say."""
        return self.good + self.middling + self.bad


def rules_beside(rows: Sequence[MethodRow]) -> Mapping[str, RulesBeside]:
    """Every goal's rules, counted by the class of their status; goals without any are left out."""
    found: dict[str, Counter[StatusClass]] = {}
    for row in rows:
        if row.status is None or row.method not in JUDGING:
            continue
        seen = JUDGING[row.method].statuses[row.status]
        if seen is not None:
            found.setdefault(row.goal, Counter())[seen] += 1
    return {
        goal: RulesBeside(seen[StatusClass.good], seen[StatusClass.middling], seen[StatusClass.bad])
        for goal, seen in found.items()
    }


def beside_text(seen: RulesBeside | None, language: Language) -> str:
    """How many rules call the goal on track, in between, and behind; empty where none has a say."""
    if seen is None:
        return ""
    return language(
        "outlook.rules", n=seen.judging, good=language.number(seen.good),
        middling=language.number(seen.middling), bad=language.number(seen.bad),
    )  # fmt: skip


def differs_text(
    ahead: GoalOutlook, seen: RulesBeside | None, language: Language, cuts: Thresholds
) -> str:
    """One sentence where most rules and the outlook differ, and why; empty where they do not."""
    chance = ahead.probability
    if seen is None or chance is None or ahead.word in {Outlook.secured, Outlook.impossible}:
        return ""
    most = 2 * seen.good > seen.judging
    few = 2 * seen.bad > seen.judging
    if most and chance < cuts.on_track:
        why = _why_lower(ahead)
    elif few and chance >= cuts.on_track:
        why = "better"
    else:
        return ""
    return language(
        f"outlook.differs.{why}", n=seen.good if most else seen.bad,
        goal=ahead.goal.name.in_language(language.code),
        judging=language.number(seen.judging),
        chance=chance_text(chance, language, cuts),
        middle=value_text(ahead, _readable(ahead), language) if ahead.fan else "",
        year=ahead.fan[-1].year if ahead.fan else "",
    )  # fmt: skip


def _readable(ahead: GoalOutlook) -> float:
    """The middle of a forecast, without decimals where it is large and stays on its side."""
    middle = ahead.fan[-1].middle
    whole = float(round(middle))
    if abs(middle) < LARGE or ahead.target is None:
        return middle
    near, exact = position(np.array([whole, middle]), ahead.target)
    return whole if (near >= INSIDE) == (exact >= INSIDE) else middle


def _why_lower(ahead: GoalOutlook) -> str:
    """Why a forecast is less sure than a rule: every year, the spread, or a fading pace."""
    if ahead.event == "kept":
        return "kept"
    if not ahead.fan or ahead.target is None:
        return "often"
    middle = np.array([ahead.fan[-1].middle])
    return "spread" if bool((position(middle, ahead.target) >= INSIDE)[0]) else "slower"
