"""The pages of goals after a run: made of all areas of its plans that have a review in the folder.

Areas of earlier runs are shown as they were asked for then. A page whose key is the same, and that
stands as it was written, is not made again; one that would be the same is not written again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

from planlib.batch.jobs.keys import Key, Keys
from planlib.batch.jobs.planning import AreaAsked, Planned
from planlib.batch.runs.manifest import Manifest, ManifestEntry
from planlib.errors import InputError
from planlib.evaluation import Evaluation
from planlib.language.languages import LANGUAGES
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.plan.remarks.remark import remarks_for
from planlib.report.site.area_records import AreaRecords
from planlib.report.site.areas.overview import Each
from planlib.report.site.folder import FILE, SitePage, pages_named, read_summary
from planlib.report.site.goals.areas import SHOWN, GoalArea
from planlib.report.site.goals.names import GoalNames, goal_file, goal_files, named_goals
from planlib.report.site.links import page_hash
from planlib.storage.store import Store
from planlib.verify.evidence import VERDICTS

if TYPE_CHECKING:
    from planlib.report.site.goals.page import GoalPages


def goals_of(planned: Planned) -> dict[str, GoalNames]:
    """The goals of each plan of a run."""
    plans = {plan: asked for (plan, _), asked in planned.areas.items()}
    opened = {
        plan: planned.checks.evaluation(asked.plan, asked.audience, asked.as_of).plan
        for plan, asked in plans.items()
    }
    return {name: named_goals(plan) for name, plan in opened.items()}


def write_goal_pages(
    planned: Planned, keys: Keys, manifest: Manifest | None, records: AreaRecords, each: Each = map
) -> None:
    """Write the pages of the goals of every plan of a run. Raises OSError.

    ``each`` does the same with many goals.
    """
    plans: dict[str, dict[str, AreaAsked]] = {}
    for (plan, area), asked in planned.areas.items():
        plans.setdefault(plan, {})[area] = asked
    for plan, areas in plans.items():
        _PlanGoals(planned, keys, manifest, records, plan, areas).write(each)


_Goal = tuple[str, Mapping[str, Key]]  # a goal, and the languages of its pages with their keys
_NO_KEY = Key("", "", "", "", "")  # where none is kept


@dataclass
class _PlanGoals:
    """The goals of one plan; ``asked`` are the areas of the run."""

    planned: Planned
    keys: Keys
    manifest: Manifest | None
    records: AreaRecords
    plan: str
    asked: Mapping[str, AreaAsked]
    _pages: dict[str, tuple[SitePage, ...]] = field(default_factory=dict)
    _areas: str = ""  # see _shown
    _figures: tuple[str, str] = ("", "")  # of the goal looked at last

    @cached_property
    def store(self) -> Store:
        return self.planned.store.at(self.plan)

    def write(self, each: Each) -> None:
        """Write those that are not as they should be, and remove those of goals there are no more."""
        areas = self._names
        shown = [one for one in map(self._area, areas[:SHOWN]) if one is not None]
        if not shown:
            return
        from planlib.report.site.goals.page import GoalPages  # brings what all pages are made with

        plan = shown[0].evaluation.plan
        pages = GoalPages(shown, len(areas), self._languages(plan))
        there, right = goal_files(self.store.names()), set[str]()
        todo: list[_Goal] = []
        for goal in plan.goals:
            named = {lang: goal_file(goal.id, lang) for lang in pages.languages}
            right |= {*named.values()}
            wrong = {lang: self._wrong(pages, goal, lang, name) for lang, name in named.items()}
            if asked := {lang: key for lang, key in wrong.items() if key is not None}:
                todo.append((goal.id, asked))
        for (goal_id, langs), made in zip(
            todo, each(partial(self._made, pages), todo), strict=True
        ):
            for lang, sha256 in made.items():
                self._note(goal_file(goal_id, lang), langs[lang], sha256)
        for name in there - right:
            self.store.remove(name)

    def _wrong(self, pages: GoalPages, goal: Goal, lang: str, name: str) -> Key | None:
        """The key of a page that must be made; None of one that stands as it should."""
        if self.manifest is None:
            return _NO_KEY
        key, before = self._key(pages, goal, lang), self.manifest.get(self._kept(name))
        if before is None or before.key != key:
            return key
        return None if before.files == {name: page_hash(self._read(name))} else key

    def _made(self, pages: GoalPages, one: _Goal) -> dict[str, str]:
        """Make pages of a goal; the hash of each by its language."""
        goal, langs = one
        found = {}
        for lang in langs:
            name, text = goal_file(goal, lang), pages.page(goal, lang)
            made = text.encode()
            if made != self._read(name):
                self.store.write(name, text)
            found[lang] = page_hash(made)
        return found

    def _note(self, name: str, key: Key, sha256: str) -> None:
        if self.manifest is not None:
            self.manifest.add(ManifestEntry(self._kept(name), key, {name: sha256}))

    def _kept(self, name: str) -> str:
        return f"{self.plan}/{name.removesuffix('.html')}"

    def _read(self, name: str) -> bytes:
        try:
            return self.store.read(name)
        except FileNotFoundError:
            return b""

    @cached_property
    def _names(self) -> list[str]:
        """The areas that have a review in the folder, in the plan's order, then by name."""
        first = next(iter(self.asked.values()))
        order = self._evaluation(first).plan.header.areas
        place = {area: at for at, area in enumerate(order)}
        there = [one for one in self.store.folders() if one in self.asked or self._reviewed(one)]
        return sorted(there, key=lambda area: (place.get(area, len(place)), area))

    def _reviewed(self, area: str) -> bool:
        return FILE in self.store.at(area).names()

    def _area(self, area: str) -> GoalArea | None:
        """An area as it was asked for, in this run or in an earlier one; None where it is unknown."""
        asked = self.asked.get(area) or self._earlier(area)
        if asked is None:
            return None
        checks = self.planned.checks
        try:
            evaluation = self._evaluation(asked)
            said = checks.remarks(asked.plan, asked.remarks).get(area, ())
            evaluation.area(area)
        except (InputError, OSError):
            return None
        remarks = tuple(remarks_for(said, area, asked.audience))
        return GoalArea(area, evaluation, remarks, self._pages_of(area))

    def _earlier(self, area: str) -> AreaAsked | None:
        summary = read_summary(self.planned.store, self.plan, area)
        if summary is None:
            return None
        try:
            audience = json.loads(self.store.at(area).read(VERDICTS))["audience"]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        first = next(iter(self.asked.values()))
        return AreaAsked(first.plan, summary.as_of, str(audience), first.remarks)

    def _evaluation(self, asked: AreaAsked) -> Evaluation:
        return self.planned.checks.evaluation(asked.plan, asked.audience, asked.as_of)

    def _pages_of(self, area: str) -> tuple[SitePage, ...]:
        if area not in self._pages:
            self._pages[area] = tuple(pages_named(self.store.at(area).names()))
        return self._pages[area]

    def _languages(self, plan: Plan) -> tuple[str, ...]:
        """Those of the plan, then of other pages."""
        own = [code for code in plan.header.name if code in LANGUAGES] or LANGUAGES[:1]
        others = dict.fromkeys(map(self._page_names, self._names))
        pages = chain.from_iterable(map(pages_named, others))
        return tuple(dict.fromkeys([*own, *(page.lang for page in pages)]))

    def _page_names(self, area: str) -> tuple[str, ...]:
        """The names of an area's pages, as they are on record where it is settled."""
        record = self.records.settled(f"{self.plan}/{area}")
        if record is not None:
            return record.results.pages
        return tuple(page.name for page in self._pages_of(area))

    def _key(self, pages: GoalPages, goal: Goal, lang: str) -> Key:
        """What a page depends on: figures of the goal, and of those it is held against."""
        said = [
            (one.area, [said.model_dump_json() for said in one.remarks if said.goal == goal.id])
            for one in pages.areas
            if one.remarks
        ]
        about = json.dumps([lang, pages.count, [*pages.languages], self._shown(pages), said])
        return self.keys.of_goal(
            next(iter(self.asked.values())).plan,
            hashlib.sha256(about.encode()).hexdigest()[:16],
            self._figures_of(pages, goal),
        )

    def _shown(self, pages: GoalPages) -> str:
        """The hash of what the pages of all goals show of the areas."""
        if not self._areas:
            of = [
                (
                    one.area, one.evaluation.as_of_text, one.evaluation.audience,
                    [page.name for page in one.pages], self._told_of(one),
                )
                for one in pages.areas
            ]  # fmt: skip
            self._areas = hashlib.sha256(json.dumps(of).encode()).hexdigest()
        return self._areas

    def _told_of(self, area: GoalArea) -> list[int]:
        """The periods an area has any figure of: where nothing is judged, the last is looked at."""
        figures = area.evaluation.figures
        years = figures.frame["year"].take(figures.rows_of([area.area]))
        return sorted(years.unique().tolist())

    def _figures_of(self, pages: GoalPages, goal: Goal) -> str:
        """The hash of the figures of a goal, the same in every language."""
        if self._figures[0] != goal.id:
            self._figures = goal.id, self.keys.figures_of(_figures(pages.areas, goal))
        return self._figures[1]


def _figures(
    areas: Sequence[GoalArea], goal: Goal
) -> Iterator[tuple[Evaluation, list[str], set[str]]]:
    """The figures a page shows, as they are seen: of which areas, all where none is named, and goals."""
    targets = goal.all_targets()
    goals = {goal.id, *(one.to.goal for one in targets if one.to is not None and one.to.goal)}
    others = any(one.kind.of_others for one in targets)
    seen: dict[int, tuple[Evaluation, list[str]]] = {}
    for one in areas:
        seen.setdefault(id(one.evaluation), (one.evaluation, []))[1].append(one.area)
    for evaluation, named in seen.values():
        yield evaluation, [] if others else named, goals
