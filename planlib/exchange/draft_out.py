"""A plan that was read from elsewhere as the files of its folder, what could not be read included."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from planlib.errors import refused, said
from planlib.exchange.draft import (
    WHOLE,
    BaselineDraft,
    GoalDraft,
    Names,
    PlanDraft,
    TargetDraft,
    Unread,
)
from planlib.exchange.yaml_out import Value, number_out, yaml_lines
from planlib.figures.checks import HISTORY
from planlib.figures.observations import COLUMNS, OPTIONAL_COLUMNS
from planlib.figures.spreadsheet_text import guarded
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.header import OFFICE_TABLE, RAG
from planlib.plan.periods.calendar import DECEMBER, Frequency, Period, period
from planlib.plan.target import Cadence

FIGURES, UNREAD = "figures/figures.csv", "unread.csv"
LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST_TERM = 50  # years


class DraftFiles:
    """The files of a plan's folder, in one language of readers; the draft has a target.

    Making them moves what has no place in a plan to the draft's ``unread``.
    """

    def __init__(self, draft: PlanDraft, lang: str) -> None:
        self.draft, self.lang = draft, lang
        if not draft.areas:  # nothing is told of any place
            draft.areas[WHOLE] = {lang: Language(lang)("exchange.whole")}
        self.calendar = draft.calendar
        # Others only where every goal has a name in them.
        others = (code for code in LANGUAGES if all(code in goal.names for goal in draft.goals))
        self.languages = tuple(dict.fromkeys([lang, *others]))
        self.groups: dict[str, set[str]] = {}  # those each goal has figures of
        for one in draft.figures:
            if one.get("group"):
                self.groups.setdefault(str(one["goal"]), set()).add(str(one["group"]))
        self.told = {(one["goal"], one["year"], one["area"]) for one in draft.figures}
        self._term()

    def files(self) -> dict[str, str]:
        """The text of every file by its name."""
        draft = self.draft
        files = {"plan.yaml": self._yaml(self._header())}
        for number, (section, names) in enumerate(draft.sections.items(), 1):
            goals = [self._goal(goal) for goal in draft.goals if goal.section == section]
            if goals:
                content: dict[str, Value] = {"section": section, "name": self._text(names)}
                files[f"{number:03d}-{section}.yaml"] = self._yaml({**content, "goals": goals})
        areas: list[Value] = [
            {"id": one, "name": self._text(names)} for one, names in draft.areas.items()
        ]
        files["areas.yaml"] = self._yaml({"areas": areas})
        files[FIGURES] = self._figures()
        files[UNREAD] = unread_table(draft.unread, self.lang)
        return files

    # ----------------------------------------------------------------- time

    def _year(self, code: int) -> int:
        return self.calendar.within(code, Frequency.year)

    def _term(self) -> None:
        """From the first year of a target or figure to the last; baselines lie before it."""
        draft = self.draft
        years = {self._year(one.period) for goal in draft.goals for one in goal.targets}
        self.first, self.last = min(years), max(years)
        figures = {self._year(int(figure["year"])) for figure in draft.figures}
        self.last = max(figures | {self.last})
        self.first = min(self.first, *(year + HISTORY for year in figures), self.last)
        if int(self.last) - int(self.first) >= LONGEST_TERM:
            raise refused(said("plan.term-too-long"), draft.source)
        starts = {self._year(one.period) for goal in draft.goals for one in goal.baselines.values()}
        self.baseline = min((year for year in figures | starts if year < self.first), default=None)
        for goal in draft.goals:  # a start inside the term is the figure of its period
            for area, start in list(goal.baselines.items()):
                if self._year(start.period) >= self.first:
                    del goal.baselines[area]
                    self._as_figure(goal, area or next(iter(draft.areas)), start)

    def _as_figure(self, goal: GoalDraft, area: str, start: BaselineDraft) -> None:
        taken = (goal.id, start.period, area) in self.told
        if taken:
            why = said("exchange.baseline-inside")
            name = goal.names.get(self.lang) or next(iter(goal.names.values()))
            found = number_out(start.value)
            self.draft.unread.append(Unread(start.line, name, "baseline", found, why))
            return
        row: dict[str, str | float | int] = {"area": area, "goal": goal.id, "year": start.period}
        self.draft.figures.append({**row, "value": start.value, "source": "baseline"})

    def _written(self, code: int) -> int | str:
        at = period(code)
        return str(at) if isinstance(at, Period) else int(at)

    # ---------------------------------------------------------------- texts

    def _text(self, names: Names) -> Names | str:
        """Words in each of the plan's languages, as they stand where it has one."""
        words = names.get(self.lang) or next(iter(names.values()))
        if len(self.languages) == 1:
            return words
        return {code: names.get(code) or words for code in self.languages}

    def _said(self, *keys: str) -> Names | str:
        return self._text({code: " ".join(map(Language(code), keys)) for code in self.languages})

    def _yaml(self, content: Mapping[str, Value]) -> str:
        return "\n".join(yaml_lines(content)) + "\n"

    # ---------------------------------------------------------------- parts

    def _header(self) -> dict[str, Value]:
        draft, calendar = self.draft, self.calendar
        used = {goal.section for goal in draft.goals}
        header: dict[str, Value] = {"id": draft.id, "languages": list(self.languages)}
        header["name"] = self._text(draft.names or {self.lang: draft.id})
        header["languages"] = list(self.languages)
        if calendar.frequency is not Frequency.year:
            header["periods"] = str(calendar.frequency)
        if calendar.year_ends != DECEMBER:
            header["year_ends"] = f"{calendar.year_ends:02d}-{LAST_DAY[calendar.year_ends - 1]}"
        header["term"] = {"first": self._written(self.first), "last": self._written(self.last)}
        if self.baseline is not None:
            header["baseline_year"] = self._written(self.baseline)
        header["sections"] = [section for section in draft.sections if section in used]
        header["areas"] = list(draft.areas)
        header["figures"] = [FIGURES]
        rag = bool(draft.tolerance)
        notes = ("new.rule.note", "exchange.rag") if rag else ("new.rule.note",)
        rule: dict[str, Value] = {
            "id": RAG if rag else OFFICE_TABLE, "dated": date.today().isoformat(),
            "note": self._said(*notes), "source": "planlib",
        }  # fmt: skip
        header["rule"] = {**rule, "tolerance": draft.tolerance} if rag else rule
        if draft.dimensions:
            header["dimensions"] = [
                {"id": one, "name": self._text({self.lang: name}), "partition": False,
                 "members": [{"id": key, "name": self._text({self.lang: words})}
                             for key, words in members.items()]}
                for one, (name, members) in draft.dimensions.items()
            ]  # fmt: skip
        cited = {goal.place["document"] for goal in draft.goals}
        header["sources"] = [
            {key: one if isinstance(one, str) else self._text(one) for key, one in document.items()}
            for document in draft.documents if document["id"] in cited
        ]  # fmt: skip
        return header

    def _goal(self, goal: GoalDraft) -> dict[str, Value]:
        place = {
            key: self._text({self.lang: one}) if key == "note" and isinstance(one, str) else one
            for key, one in goal.place.items()
        }
        told: dict[str, Value] = {"id": goal.id, "name": self._text(goal.names)}
        told["unit"] = goal.unit if isinstance(goal.unit, str) else self._text(goal.unit)
        told["source"] = [place]
        if goal.frequency is not self.calendar.frequency:
            told["period"] = str(goal.frequency)
        groups = self.groups.get(goal.id)
        if groups:
            named = {part.partition("=")[0] for group in groups for part in group.split(";")}
            told["by"] = [one for one in self.draft.dimensions if one in named]
        told |= goal.terms
        if start := goal.baselines.get(""):
            told["baseline"] = self._baseline(start)
        return told | self._targets(goal)

    def _baseline(self, start: BaselineDraft) -> dict[str, Value]:
        year = self._written(start.period)
        return {"year": year, "value": start.value, "source": start.source}

    def _targets(self, goal: GoalDraft) -> dict[str, Value]:
        """A target of each period, of each area, and what holds by a time or over all of it."""
        own = [one for one in goal.targets if one.area]
        everywhere = [one for one in goal.targets if not one.area]
        if not own:
            return self._everywhere(everywhere, goal.frequency)
        found: dict[str, Value] = {}
        single = [one for one in everywhere if one.terms.get("cadence")]
        if len(everywhere) == 1 and single:
            found, everywhere = self._everywhere(single, goal.frequency), []
        dues = Counter(one.area for one in own)
        entries: list[Value] = []
        for one in [*everywhere, *own]:
            told: dict[str, Value] = {"area": one.area} if one.area else {}
            if one.terms.get("cadence") == Cadence.by and dues[one.area] == 1:
                told |= {**self._target(one), "due": self._written(one.period)}
                if start := goal.baselines.get(one.area):
                    told["baseline"] = self._baseline(start)
            else:
                told |= {"period": self._written(one.period)}
                told |= {k: v for k, v in self._target(one).items() if k != "cadence"}
            entries.append(told)
        found["targets"] = entries
        return found if found.keys() - {"targets"} else {**found, "other_areas": "no_target"}

    def _everywhere(self, targets: list[TargetDraft], frequency: Frequency) -> dict[str, Value]:
        single = [one for one in targets if one.terms.get("cadence")]
        if len(single) > 1 and all(one.terms["cadence"] == Cadence.by for one in single):
            single = []  # a target due in a period is the target of that period
        each = sorted((one for one in targets if one not in single), key=lambda one: one.period)
        found: dict[str, Value] = {}
        year = frequency is Frequency.year
        cadence = Cadence.every_year if year else Cadence.every_period
        if each:
            found["yearly"] = [
                {"year": self._written(one.period), **self._target(one),
                 "cadence": str(cadence)}
                for one in each
            ]  # fmt: skip
        names = ("term_target",) if each else ("target", "term_target")
        for name, one in zip(names, single, strict=False):
            found[name] = self._target(one)
            if one.terms["cadence"] == Cadence.by:
                found[name] = {**self._target(one), "due": self._written(one.period)}
        return found

    def _target(self, target: TargetDraft) -> dict[str, Value]:
        texts = {"words": target.words, "source": target.source}
        return {**{key: text for key, text in texts.items() if text}, **target.terms}

    def _figures(self) -> str:
        names = [name for name in (*COLUMNS, *OPTIONAL_COLUMNS)
                 if name in {"area", "goal", "year", "source"}
                 or any(name in figure for figure in self.draft.figures)]  # fmt: skip
        rows = [[self._cell(name, figure.get(name, "")) for name in names]
                for figure in self.draft.figures]  # fmt: skip
        plain = self.calendar.frequency is Frequency.year and self.calendar.year_ends == DECEMBER
        head = names if plain else ["period" if name == "year" else name for name in names]
        return table_text(head, rows)

    def _cell(self, name: str, one: str | float | int) -> str:
        if name == "year":
            return str(self._written(int(one)))
        return guarded(one) if isinstance(one, str) else number_out(one)


def unread_table(unread: Iterable[Unread], lang: str) -> str:
    """What could not be read as a table: where, of what, what it says, why, and what may help."""
    language = Language(lang)
    head = [
        language(f"unread.{name}") for name in ("line", "indicator", "what", "found", "why", "hint")
    ]
    return table_text(head, [
        [guarded(text) for text in (str(one.place), one.subject, one.what, one.found,
         one.why.in_language(lang), one.hint.in_language(lang) if one.hint else "")]
        for one in unread
    ])  # fmt: skip


def table_text(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Rows as the text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
