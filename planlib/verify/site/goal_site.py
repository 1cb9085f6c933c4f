"""The pages of goals that a site must have, and the check of each against all areas it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from planlib.errors import Problem, said
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.verify.allowed import faults_of_page
from planlib.verify.claims import made_up
from planlib.verify.documents import read_text
from planlib.verify.evidence import PAGE_NAME
from planlib.verify.folder import Checked, Folder
from planlib.verify.held.described import described_rightly
from planlib.verify.markup import Unlike, attribute, plain, read_page
from planlib.verify.site.goal_page import SHOWN, GoalPageLabels
from planlib.verify.site.goal_tables import ProvenArea

Here = Mapping[tuple[str, str], Folder]


class GoalSite:
    """The pages of the goals of one plan, which is reviewed in some areas of a reports folder."""

    def __init__(self, plan: str, folders: Mapping[str, Folder], languages: Sequence[str]) -> None:
        self._id, self._folders, self._languages = plan, folders, languages
        self._of: tuple[str, list[ProvenArea]] = "", []  # the goal looked at last

    def plan(self) -> Plan | None:
        """The plan as its first area has it; None where any area cannot be worked out again."""
        made = [one.of_review() for one in self._shown()]
        known = [one.plan for one in made if one is not None]
        return known[0] if known and len(known) == len(made) else None

    def names(self) -> dict[str, tuple[str, str]]:
        """Every page there must be below the reports folder, with its goal and language."""
        plan = self.plan()
        return {} if plan is None else {
            f"{self._id}/goal-{goal.id}.{lang}.html": (goal.id, lang)
            for goal in plan.goals for lang in self._languages
        }  # fmt: skip

    def _shown(self) -> list[Folder]:
        """The first areas in the order of the plan."""
        first = next(iter(self._folders.values()), None)
        made = first.of_review() if first is not None else None
        followed = made.plan.header.areas if made is not None else ()
        place = {area: at for at, area in enumerate(followed)}
        order = sorted(self._folders, key=lambda area: (place.get(area, len(place)), area))
        return [self._folders[area] for area in order[:SHOWN]]

    def check(self, path: Path, goal_id: str, lang: str, tally: Checked) -> None:
        """Compare everything a page says."""
        text = read_text(path, tally.problems) if path.is_file() else None
        plan = self.plan()
        if text is None or plan is None:
            return
        try:
            page = read_page(text)
        except Unlike:
            tally.problems.append(Problem(said("verify.page-unreadable"), str(path)))
            return
        for fault in faults_of_page(page):
            tally.problems.append(Problem(fault, str(path)))
        goal = plan.goal(goal_id)
        if self._of[0] != goal.id:
            self._of = goal.id, [_area(one, goal) for one in self._shown()]
        areas = self._of[1]
        days = {one.as_of for one in areas}
        labels = GoalPageLabels(
            str(path), "goal", 0, lang, plan, "", days.pop() if len(days) == 1 else "",
            any(one.illustrative for one in areas),
            "public" if all(one.audience == "public" for one in areas) else "internal",
            lambda _: (0, 0, 0), tally.problems,
            goal=goal, areas=areas, count=len(self._folders),
        )  # fmt: skip
        labels.prove(page)
        stated = [
            node.get("content") for node in page.root.find_all("meta")
            if attribute(node, "name") == "planlib-as-of"
        ]  # fmt: skip
        title = labels.frame_title(), plain(plan.header.name.in_language(lang))
        if stated != [labels.as_of] or not described_rightly(
            page.described, title, lang, labels.as_of, warned=labels.illustrative, download=True
        ):
            tally.problems.append(Problem(said("verify.description-differs"), str(path)))
        tally.shown += labels.compared


def _area(folder: Folder, goal: Goal) -> ProvenArea:
    made, evidence = folder.of_review(), folder.evidence
    assert made is not None and evidence is not None  # else there is no plan
    own = made.plan.frequency_of(goal)
    if own.in_year < made.plan.frequency.in_year:
        made = made.along(own)
    rows = [
        row for row in made.reports
        if row["goal"] == goal.id and not str(row.get("group", ""))
    ]  # fmt: skip
    named = ((page.name, PAGE_NAME.fullmatch(page.name)) for page in evidence.pages)
    reviews = frozenset(name for name, told in named if told and name.endswith(".html"))
    return ProvenArea(
        evidence.area, made, made.plan.goal(goal.id), made_up(rows), reviews,
        evidence.audience, evidence.as_of,
    )  # fmt: skip


def goal_sites(here: Here, languages: Mapping[str, Sequence[str]]) -> dict[str, GoalSite]:
    """The pages of goals of each plan, in its languages."""
    plans: dict[str, dict[str, Folder]] = {}
    for (plan, area), folder in here.items():
        plans.setdefault(plan, {})[area] = folder
    return {plan: GoalSite(plan, folders, languages[plan]) for plan, folders in plans.items()}
