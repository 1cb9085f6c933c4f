"""The rows of a table of results, each held against its verdict made again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planlib.errors import Problem, Said, said
from planlib.figures.observations import vintage_day
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, frequency_of, period
from planlib.plan.target import Target
from planlib.verify.cells import clean, figure_ends, figure_is, level_is, target_is
from planlib.verify.certainty.recomputed import CertainRecomputed
from planlib.verify.claims import groups_followed
from planlib.verify.markup import plain
from planlib.verify.office.differences import MOST
from planlib.verify.office.held import OfficeProof
from planlib.verify.office.items import CellNumber
from planlib.verify.office.named_rows import coded
from planlib.verify.periods.names import period_begun, period_name
from planlib.verify.sources import OpenPlan
from planlib.verify.targets.judged import RecomputedVerdict
from planlib.verify.targets.units import told_unit
from planlib.verify.texts import ESTIMATE, GLYPHS, WORDS, filled

TERM = "term"
_PLAIN = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")  # a number written for programs


@dataclass(frozen=True)
class SheetOrigin:
    """What a table of results is of: a plan in a language, as an audience saw it on a day.

    ``parts`` are its areas, each with its periods.
    """

    plan: str
    lang: str
    audience: str
    as_of: str
    parts: tuple[tuple[str, tuple[int | str, ...]], ...]


class ResultRows:
    """The rows of results of one plan, as an audience may see them."""

    def __init__(
        self, proof: OfficeProof, path: Path, opened: OpenPlan, asked: tuple[str, str, str]
    ) -> None:  # fmt: skip
        self.proof, self.path = proof, path
        self.lang, self.audience, self.day = asked
        day = self.day
        self.on = vintage_day(day) if day else None
        self.opened, self.plan = opened, opened.plan
        self.seen = proof.sources.figures(opened, self.audience, self.on)
        self._made: dict[str, CertainRecomputed] = {}
        self.for_readers = False  # whether its numbers are rounded as a reader sees them
        self._periods = dict(self._named())

    def _named(self) -> Iterator[tuple[str, int | str]]:
        """Periods by what they are called, the term among them."""
        for frequency in Frequency:
            if frequency.in_year > self.plan.header.periods.in_year:
                continue
            for code in self.plan.along(frequency).years:
                at = period(code)
                yield str(filled("period.year", self.lang, year=at)), code
                yield str(at), code
        years = self.plan.years
        first, last = period_begun(years[0], self.lang), period_name(years[-1], self.lang)
        yield filled("results.term", self.lang, first=first, last=last), TERM
        yield filled("results.term", self.lang, first=years[0], last=years[-1]), TERM

    def all(self, cells: Sequence[Mapping[str, str]], place: str, first: int) -> SheetOrigin | None:
        """Hold every row against its verdict, and the rows against those there must be."""
        if self.seen is None:
            return None
        self.for_readers = not any("goal_code" in row for row in cells)
        if self.for_readers:
            areas = sorted({*self.plan.areas_by_id, *self._areas()})
            cells = coded(cells, self.plan, areas, self.lang, self._groups)
        found: list[tuple[str, str, int | str, str]] = []
        for at, row in enumerate(cells, start=first):
            if not any(row.values()):
                continue
            where = f"{place}, row {at}"
            key = self._row(row, where)
            if key is not None:
                found.append(key)
            if len(self.proof.problems) > MOST:
                return None
        by_area: dict[str, dict[int | str, None]] = {}
        for area, _, period_of_row, _ in found:
            by_area.setdefault(area, {})[period_of_row] = None
        parts = tuple((area, tuple(periods)) for area, periods in by_area.items())
        if found != [key for area, some in parts for one in some for key in self._rows(area, one)]:
            self._say(said("verify.not-every-goal-listed"), place)
        return SheetOrigin(self.plan.id, self.lang, self.audience, self.day, parts)

    def _rows(self, area: str, at: int | str) -> Iterator[tuple[str, str, int | str, str]]:
        made = self._along(area, at)
        for goal in made.plan.goals:
            yield area, goal.id, at, ""
            for one in groups_followed(made, goal):
                yield area, goal.id, at, one.group

    def _say(self, message: Said, place: str, goal: str = "") -> None:
        subject = said("figures.goal-subject", goal=goal) if goal else None
        self.proof.problems.append(Problem(message, str(self.path), place, subject=subject))

    def _of_area(self, area: str) -> CertainRecomputed:
        assert self.seen is not None
        if area not in self._made:
            figures = self.seen.of_area(area, self.path.parent)
            self._made[area] = CertainRecomputed(
                self.plan, figures.rows, self.on,
                area=area, elsewhere=figures.elsewhere, taught=self.seen.taught,
            )  # fmt: skip
        return self._made[area]

    def _along(self, area: str, at: int | str) -> CertainRecomputed:
        made = self._of_area(area)
        return made if isinstance(at, str) else made.along(frequency_of(at))

    def _row(self, row: Mapping[str, str], place: str) -> tuple[str, str, int | str, str] | None:
        lang, area = self.lang, row.get("area_code", "")
        if area not in self.plan.areas_by_id and area not in self._areas():
            self._say(said("documents.remark-area-unknown", area=area[:80]), place)
            return None
        at = self._periods.get(plain(row.get("period", "")))
        if at is None:
            found = row.get("period", "")[:80]
            self._say(said("verify.review-not-of-plan", year=found), place)
            return None
        made = self._along(area, at)
        goal = next((one for one in made.plan.goals if one.id == row.get("goal_code", "")), None)
        if goal is None:
            self._say(said("verify.goal-not-in-plan"), place, row.get("goal_code", "")[:64])
            return None
        group = row.get("group_code", "")
        version: Goal | None = goal
        if group:
            version = next((o for o in groups_followed(made, goal) if o.group == group), None)
        if version is None:
            self._say(said("verify.row-about-no-goal"), place, goal.id)
            return None
        section = next(s for s in made.plan.sections if any(g.id == goal.id for g in s.goals))
        standing = made.standing(version)
        last = made.plan.years[-1]
        year = last if isinstance(at, str) else at
        answer = made.term(standing, last) if isinstance(at, str) else made.annual(standing, at)
        right = {
            "area": plain(self.plan.area_name(area).in_language(lang)),
            "section": plain(section.name.in_language(lang)),
            "indicator": plain(goal.name.in_language(lang)),
            "unit": plain(told_unit(standing, year, lang)),
            "verdict_code": answer.verdict,
            "group": plain(self.plan.group_name(group).in_language(lang)) if group else "",
        }
        for key, text in right.items():
            if key in row:
                self.proof.compared += 1
                if plain(row[key]) != text:
                    message = said("verify.text-differs", right=text, found=row[key][:200])
                    self._say(message, place, goal.id)
        self._figures(row, standing, answer, place)
        return area, goal.id, at, group

    def _groups(self, area: str, goal: str) -> list[str]:
        made = self._of_area(area)
        return [one.group for one in groups_followed(made, made.plan.goal(goal))]

    def _areas(self) -> set[str]:
        assert self.seen is not None
        return set(self.seen.areas(self.plan))

    def _figures(
        self, row: Mapping[str, str], goal: Goal, answer: RecomputedVerdict, place: str
    ) -> None:
        """The target, the figure, its share of the target and the verdict of a row."""
        lang = self.lang
        self.proof.compared += 4
        word = WORDS[lang][answer.verdict]
        if row.get("verdict", "") not in {word, f"{GLYPHS[answer.verdict]} {word}"}:
            found = row.get("verdict", "")[:200]
            message = said("verify.verdict-differs", right=word, found=f"'{found}'")
            self._say(message, place, goal.id)
        target = answer.target
        level = None if answer.level is None or answer.level < 0 else 100 * answer.level
        cells: tuple[tuple[str, list[float], Callable[[str], bool], str], ...] = (
            ("target", _aims(target), lambda text: target_is(text, goal, target, lang),
             "verify.plan-sets-another-target"),
            ("actual", figure_ends(answer),
             lambda text: figure_is(_marked(text, answer, lang), goal, answer, lang),
             "verify.figure-differs"),
            ("level", [] if level is None else [level],
             lambda text: level_is(text, answer, lang), "verify.level-differs"),
        )  # fmt: skip
        for key, numbers, fit, differs in cells:
            told = ", ".join(f"{number:.12g}" for number in numbers) or "none"
            for text in (row.get(key, ""), row.get(f"{key}_number", "")):
                written = row.get(f"{key}_number") is text or key == "level"
                written = written and not self.for_readers
                exact = isinstance(text, CellNumber) or (written and _PLAIN.fullmatch(text))
                if text and not (_is_one(text, numbers) if exact else fit(text)):
                    self._say(said(differs, right=told, found=text[:200]), place, goal.id)


def _marked(text: str, answer: RecomputedVerdict, lang: str) -> str:
    """A figure with what a page says of it, and a table in a column of its own."""
    if answer.estimate and figure_ends(answer):
        text = f"{ESTIMATE[lang][0]} {text}"
    if answer.figure_of is not None and figure_ends(answer):
        text = filled("figure.stands_in", lang, figure=text, year=period(answer.figure_of))
    return text


def _aims(target: Target | None) -> list[float]:
    """The numbers of a target."""
    if target is None:
        return []
    found = [one for one in (target.value, target.low, target.high) if one is not None]
    if target.members:
        found.append(float(len(target.members)))
    if target.among is not None and not isinstance(target.among, str):
        found.append(float(target.among.best))
    return found


def _is_one(text: str, numbers: Sequence[float]) -> bool:
    """Whether a number written in full is one of these, to the digits it has."""
    try:
        found = float(text)
    except ValueError:
        return False
    return any(abs(found - clean(n)) <= 1e-9 * max(1.0, abs(n)) for n in numbers)
