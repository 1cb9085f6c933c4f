"""The checks of a plan that need more than one file: sections, goals, years, links, areas."""

from __future__ import annotations

from functools import cached_property

from planlib.errors import Problem, did_you_mean, said, some_of
from planlib.language.money import Money
from planlib.plan.checks.area_links import AreaLinks
from planlib.plan.checks.group_links import GroupLinks
from planlib.plan.checks.meaning import unclear_targets
from planlib.plan.checks.other_links import OtherLinks
from planlib.plan.checks.own_targets import own_target_faults
from planlib.plan.checks.period_links import period_faults
from planlib.plan.counting import counts, is_growth, is_share
from planlib.plan.goal import Goal
from planlib.plan.header import RULES
from planlib.plan.periods.calendar import Frequency
from planlib.plan.plan_files import HEADER, FileChecks, Location, PlanFiles, numbered
from planlib.plan.targets.revision import GoalRevision
from planlib.plan.yaml_text import YamlFile


class Links(FileChecks):
    """The checks that need more than one file."""

    def __init__(self, files: PlanFiles) -> None:
        super().__init__(files)
        self.goals: dict[str, tuple[YamlFile, int, Goal]] = {}

    def problems(self) -> list[Problem]:
        """Every problem, in the order they should be read."""
        self._rule()
        self._sections()
        self._goals()
        if self.files.complete:
            self._goal_links()
        self._unique(
            "plan.measure-id-already-used",
            [(f, i, m.id) for i, (f, m) in numbered(self.files.measures)],
            "measures",
        )
        others = (AreaLinks(self.files), GroupLinks(self.files), OtherLinks(self.files))
        return [*self.found, *(problem for one in others for problem in one.problems())]

    def _rule(self) -> None:
        """A page says by which rule it was made: only one that is carried out."""
        rule = self.header.rule.id
        if rule not in RULES:
            message = said("plan.scoring-rule-unknown", rule=rule)
            known = said("plan.known-rules", rules=", ".join(RULES))
            hint = did_you_mean(rule, RULES) or known
            self._say(self.files.header_file, ("rule", "id"), message, hint=hint)

    def _sections(self) -> None:
        seen: dict[str, YamlFile] = {}
        for file, section in self.files.sections:
            if section.section in seen:
                other = seen[section.section].path.name
                self._say(
                    file,
                    ("section",),
                    said("plan.section-stands-too", section=section.section, other=other),
                )
            elif section.section not in self.header.sections:
                hint = did_you_mean(section.section, self.header.sections) or said(
                    "plan.list-in-file", file=HEADER
                )
                self._say(
                    file,
                    ("section",),
                    said("plan.section-not-plan", section=section.section),
                    hint=hint,
                )
            seen[section.section] = file
        for index, name in enumerate(self.header.sections):
            if name not in seen and self.files.complete:
                self._say(
                    self.files.header_file,
                    ("sections", index),
                    said("plan.no-file-holds-section", name=name),
                )

    def _goals(self) -> None:
        for file, section in self.files.sections:
            for index, goal in enumerate(section.goals):
                place = ("goals", index)
                if goal.id in self.goals:
                    first, line, _ = self.goals[goal.id]
                    where = f"{first.path.name}:{line}"
                    self._say(
                        file, (*place, "id"), said("plan.goal-id-already-used", id=goal.id, where=where),
                        hint=said("plan.ids-never-reused"))  # fmt: skip
                    continue
                self.goals[goal.id] = (file, file.line((*place, "id")), goal)
                self._years(file, place, goal)
                self.found += period_faults(goal, self.header, file, place)
                for path, message, hint in unclear_targets(goal, self.header):
                    subject = said("plan.goal-subject", name=goal.id)
                    self._say(file, (*place, *path), message, subject=subject, hint=hint)
                self._own_targets(file, place, goal)
                for number, source in enumerate(goal.source):
                    self._document(file, (*place, "source", number, "document"), source.document)

    @cached_property
    def _areas(self) -> set[str]:
        """The areas of the registries, of which there may be thousands."""
        return {area.id for _, area in self.files.areas}

    def _own_targets(self, file: YamlFile, place: Location, goal: Goal) -> None:
        areas = self._areas
        if not areas and not self.files.complete:
            areas = {one.area for one in goal.targets if one.area}
        versions: list[tuple[Location, Goal, Goal | GoalRevision]] = [(place, goal, goal)]
        versions += [
            ((*place, "revisions", i), goal.in_force(one.date), one)
            for i, one in enumerate(goal.revisions)
            if one.targets
        ]
        for at, standing, version in versions:
            for path, message, hint in own_target_faults(standing, version, self.header, areas):
                subject = said("plan.goal-subject", name=goal.id)
                self._say(file, (*at, *path), message, subject=subject, hint=hint)

    def _years(self, file: YamlFile, place: Location, goal: Goal) -> None:
        first, last = self.header.term.first, self.header.term.last
        within = self.header.calendar.within
        subject = said("plan.goal-subject", name=goal.id)
        versions: list[tuple[Location, Goal | GoalRevision]] = [(place, goal)]
        versions += [((*place, "revisions", i), one) for i, one in enumerate(goal.revisions)]
        for at, version in versions:
            for path, year in _years_of(version):
                if year is not None and not first <= within(year, Frequency.year) <= last:
                    message = said(
                        "plan.year-outside-term", found=path[-1], first=first, last=last, year=year
                    )
                    self._say(file, (*at, *path), message, subject=subject)
            baseline = version.baseline
            if baseline is not None and within(baseline.year, Frequency.year) >= first:
                message = said("plan.baseline-lies-before-term", first=first, year=baseline.year)
                self._say(file, (*at, "baseline", "year"), message, subject=subject)

    def _document(self, file: YamlFile, path: Location, name: str) -> None:
        known = [document.id for document in self.header.sources]
        if name not in known:
            hint = did_you_mean(name, known) or said("plan.list-under-sources", file=HEADER)
            self._say(file, path, said("plan.source-not-in-plan", name=name), hint=hint)

    def _goal_links(self) -> None:
        for file, section in self.files.sections:
            for index, goal in enumerate(section.goals):
                at: Location = ("goals", index)
                path: Location = (*at, "part_of")
                if goal.part_of is not None and self._known_goal(file, path, goal.part_of):
                    whole = self.goals[goal.part_of][2]
                    if whole.part_of is not None:
                        message = said("plan.itself-part-parts-level", part_of=goal.part_of)
                        self._say(
                            file, path, message, subject=said("plan.goal-subject", name=goal.id)
                        )
                self._sums(file, at, goal)
        for place, (file, measure) in numbered(self.files.measures):
            self._document(file, ("measures", place, "source", "document"), measure.source.document)
            for number, name in enumerate(measure.goals):
                self._known_goal(file, ("measures", place, "goals", number), name)
        for old, new in self.header.renamed.items():
            self._known_goal(self.files.header_file, ("renamed", old), new)
            if old in self.goals:
                message = said("plan.renamed-cannot-used-again", old=old)
                self._say(self.files.header_file, ("renamed", old), message)

    def _sums(self, file: YamlFile, place: Location, goal: Goal) -> None:
        """What a goal says of the counts of others: it cannot be said of percentages."""
        subject = said("plan.goal-subject", name=goal.id)
        path: Location = (*place, "denominator")
        # A denominator counts and a goal with one is a share, so no chain of them can close.
        if (
            goal.denominator is not None
            and self._known_goal(file, path, goal.denominator)
            and not counts(self.goals[goal.denominator][2])
        ):
            message = said("plan.figures-no-counts-take", denominator=goal.denominator)
            self._say(file, path, message, subject=subject)
        if goal.denominator in self.goals:
            self._one_money(file, path, goal, [self.goals[str(goal.denominator)][2]])
        if goal.parts_add_up:
            path = (*place, "parts_add_up")
            parts = [one for _, _, one in self.goals.values() if one.part_of == goal.id]
            if not parts:
                self._say(file, path, said("plan.no-goal-part", id=goal.id), subject=subject)
            wrong = [one.id for one in (goal, *parts) if not counts(one)]
            if wrong:
                message = said("plan.only-counts-add-up", names=some_of(wrong))
                self._say(file, path, message, subject=subject)
            self._one_money(file, path, goal, parts)

        self._flows(file, place, goal)

    def _one_money(self, file: YamlFile, path: Location, goal: Goal, others: list[Goal]) -> None:
        """Amounts of money are added up, or divided, in one currency and one scale."""
        mine = goal.figures_in
        for other in others:
            theirs = other.figures_in
            if isinstance(mine, Money) and isinstance(theirs, Money) and mine != theirs:
                message = said(
                    "plan.money-of-another-kind",
                    name=other.id, found=theirs["en"], id=goal.id, right=mine["en"],
                )  # fmt: skip
                self._say(
                    file, path, message, subject=said("plan.goal-subject", name=goal.id),
                    hint=said("plan.one-currency-one-scale"))  # fmt: skip
                return

    def _flows(self, file: YamlFile, place: Location, goal: Goal) -> None:
        """What flows into and out of a stock: counts, each once, and not the stock itself."""
        subject = said("plan.goal-subject", name=goal.id)
        named: list[str] = []
        for key in ("inflows", "outflows"):
            names: tuple[str, ...] = getattr(goal, key)
            if names and not counts(goal):
                message = said("plan.only-count", key=key)
                self._say(file, (*place, key), message, subject=subject)
            for number, name in enumerate(names):
                path: Location = (*place, key, number)
                if not self._known_goal(file, path, name):
                    continue
                flow = self.goals[name][2]
                if name == goal.id:
                    self._say(file, path, said("plan.stock-no-flow-itself"), subject=subject)
                elif name in named:
                    message = said("plan.named-twice-among-flows", name=name)
                    self._say(file, path, message, subject=subject)
                elif not (counts(flow) or is_share(flow) or is_growth(flow)):
                    message = said("plan.figures-no-counts-could", name=name)
                    self._say(file, path, message, subject=subject)
                named.append(name)
                self._one_money(file, path, goal, [flow])

    def _known_goal(self, file: YamlFile, path: Location, name: str) -> bool:
        if name in self.goals:
            return True
        successor = self.header.renamed.get(name)
        hint = (
            said("plan.renamed-to", successor=successor)
            if successor
            else did_you_mean(name, self.goals)
        )
        self._say(file, path, said("plan.goal-not-found", name=name), hint=hint)
        return False


def _years_of(version: Goal | GoalRevision) -> list[tuple[Location, int | None]]:
    """The years a goal or a revision of it names, each with where it stands."""
    term = version.term_target
    return [
        (("target", "due"), version.target.due if version.target else None),
        (("term_target", "due"), term.due if term else None),
        *((("readings", i, "target", "due"), r.target.due) for i, r in enumerate(version.readings)),
        *((("yearly", i, "year"), t.year) for i, t in enumerate(version.yearly)),
    ]
