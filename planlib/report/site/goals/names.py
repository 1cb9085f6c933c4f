"""Where the pages of goals stand: beside the folders of a plan's areas, one a goal and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.text import Text
from planlib.report.render.escaping import finalized
from planlib.storage.store import Store

if TYPE_CHECKING:  # a plan takes long to import, and who links to goals has none
    from planlib.plan.plan import Plan

_NAME = re.compile(rf"^goal-([a-z0-9]+(?:-[a-z0-9]+)*)\.({'|'.join(LANGUAGES)})\.html$")


def goal_file(goal: str, lang: str) -> str:
    """The name of a goal's page.

    >>> goal_file("poor-households", "vi")
    'goal-poor-households.vi.html'
    """
    return f"goal-{goal}.{lang}.html"


def goal_files(names: Iterable[str]) -> frozenset[str]:
    """Those of some files that are pages of goals."""
    return frozenset(name for name in names if _NAME.match(name))


@dataclass(frozen=True)
class GoalLinks:
    """The pages of a plan's goals that there are; ``up`` leads to where they stand."""

    there: frozenset[str]
    up: str

    @classmethod
    def of(cls, store: Store, plan: str, up: str) -> GoalLinks:
        """Those that stand in a reports folder. Raises OSError."""
        return cls(goal_files(store.at(plan).names()), up)

    def to(self, goal: str, lang: str) -> str:
        """The address of a goal's page, better in another language than none; empty without one."""
        names = (goal_file(goal, one) for one in (lang, *LANGUAGES))
        return next((f"{self.up}{name}" for name in names if name in self.there), "")


GoalNames = Sequence[tuple[str, Text]]  # the goals of a plan by id and name


def named_goals(plan: Plan) -> GoalNames:
    """The goals of a plan as lists of links have them."""
    return tuple((goal.id, goal.name) for goal in plan.goals)


def goal_list(goals: GoalNames, lang: str, up: str) -> Markup:
    """Links to the pages of all goals, folded; nothing without any."""
    if not goals:
        return Markup("")
    rows = Markup("\n").join(
        Markup('<li><a href="{}">{}</a></li>').format(
            f"{up}{goal_file(goal, lang)}", finalized(name.in_language(lang))
        )
        for goal, name in goals
    )
    told = finalized(Language(lang)("site.goals"))
    fold = Markup('<details class="pg-goals"><summary>{}</summary>\n<ul>\n{}\n</ul></details>')
    return fold.format(told, rows)
