"""A plan that was read from elsewhere as the files of its folder, what could not be read included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from planlib.exchange.listing import table_text, unread_table
from planlib.exchange.yaml_out import Value, number_out, yaml_lines
from planlib.figures.checks import HISTORY
from planlib.figures.observations import COLUMNS, OPTIONAL_COLUMNS
from planlib.figures.spreadsheet_text import guarded
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.header import OFFICE_TABLE, RAG
from planlib.plan.periods.calendar import DECEMBER, Frequency, Period, period
from planlib.plan.periods.text import read_period
from planlib.plan.target import RECURRING, Cadence

FIGURES, UNREAD = "figures/figures.csv", "unread.csv"
LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LONGEST_TERM = 50  # years
_TOLD = {"term", "baseline_year", "periods", "year_ends", "years_named_by"}


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
        self.groups: dict[str, set[str]] = {}  # those each goal has figures or targets of
        told = [(one["goal"], one.get("group")) for one in draft.figures]
        told += [(goal.id, target.group) for goal in draft.goals for target in goal.targets]
        for goal_id, group in told:
            if group:
                self.groups.setdefault(str(goal_id), set()).add(str(group))
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
        if isinstance(stated := draft.stated.get("term"), Mapping):
            self.first, self.last = (self._read(stated[end]) for end in ("first", "last"))
        if int(self.last) - int(self.first) >= LONGEST_TERM:
            raise refused(said("plan.term-too-long"), draft.source)
        starts = {self._year(one.period) for goal in draft.goals for one in goal.baselines.values()}
        self.baseline = min((year for year in figures | starts if year < self.first), default=None)
        if draft.stated:
            base = draft.stated.get("baseline_year")
            self.baseline = None if base is None else self._read(base)
        for goal in draft.goals:  # a start inside the term is the figure of its period
            for area, start in list(goal.baselines.items()):
                there = [one for one in goal.targets if one.area == area]
                placed = not area or any(_alone(goal, one) for one in there)
                if self._year(start.period) >= self.first or not placed:
                    del goal.baselines[area]
                    self._as_figure(goal, area or next(iter(draft.areas)), start)

    def _read(self, written: Value) -> int:
        """A year as the plan that was written named it."""
        return read_period(written, self.calendar)

    def _as_figure(self, goal: GoalDraft, area: str, start: BaselineDraft) -> None:
        if (goal.id, start.period, area) in self.told:
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

    def _worded(self, value: Value) -> Value:
        """A value with each text in it in the plan's languages."""
        if isinstance(value, Mapping):
            if value and set(value) <= set(LANGUAGES):
                return self._text({code: str(words) for code, words in value.items()})
            return {key: self._worded(one) for key, one in value.items()}
        if isinstance(value, str) or not isinstance(value, Sequence):
            return value
        return [self._worded(one) for one in value]

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
        stated = {key: self._worded(one) for key, one in draft.stated.items() if key not in _TOLD}
        rag = bool(draft.tolerance)
        notes = ("new.rule.note", "exchange.rag") if rag else ("new.rule.note",)
        rule: dict[str, Value] = {
            "id": RAG if rag else OFFICE_TABLE, "dated": date.today().isoformat(),
            "note": self._said(*notes), "source": "planlib",
        }  # fmt: skip
        header["rule"] = {**rule, "tolerance": draft.tolerance} if rag else rule
        known: list[Value] = list(stated.pop("dimensions", ()))  # type: ignore[arg-type]
        if draft.dimensions or known:
            header["dimensions"] = known + [
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
        return header | stated

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
        told |= {key: self._worded(one) for key, one in goal.terms.items()}
        if start := goal.baselines.get(""):
            told["baseline"] = self._baseline(start)
        return told | self._targets(goal)

    def _baseline(self, start: BaselineDraft) -> dict[str, Value]:
        year = self._written(start.period)
        return {"year": year, "value": start.value, "source": start.source}

    def _targets(self, goal: GoalDraft) -> dict[str, Value]:
        """A target of each period, of each area and group, and what holds by a time or over all of it."""
        own = [one for one in goal.targets if one.area or one.group]
        everywhere = [one for one in goal.targets if not (one.area or one.group)]
        recurring = any(one.terms.get("cadence") in RECURRING for one in everywhere)
        single = _timed(everywhere)
        if not own and not (recurring and len(single) < len(everywhere)):
            return self._everywhere(everywhere, goal.frequency)
        found = self._everywhere(single, goal.frequency)
        everywhere = [one for one in everywhere if one not in single]
        entries: list[Value] = []
        for one in [*everywhere, *own]:
            told: dict[str, Value] = {"area": one.area} if one.area else {}
            told |= {"group": one.group} if one.group else {}
            if one.terms.get("no_target"):
                told["no_target"] = True
            elif _alone(goal, one):
                told |= self._target(one)
                if one.terms["cadence"] == Cadence.by:
                    told["due"] = self._written(one.period)
                if not one.group and (start := goal.baselines.get(one.area)):
                    told["baseline"] = self._baseline(start)
            else:
                told |= {"period": self._written(one.period)}
                told |= {k: v for k, v in self._target(one).items() if k != "cadence"}
            entries.append(told)
        found["targets"] = entries
        if found.keys() == {"targets"} and any(one.area for one in own):
            found["other_areas"] = "no_target"
        return found

    def _everywhere(self, targets: list[TargetDraft], frequency: Frequency) -> dict[str, Value]:
        single = _timed(targets)
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
        terms = {key: self._worded(one) for key, one in target.terms.items()}
        return {**{key: text for key, text in texts.items() if text}, **terms}

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


def _timed(targets: Sequence[TargetDraft]) -> list[TargetDraft]:
    """Those of one place that do not just hold in their period.

    Of several that are due in a period, each is the target of that period.
    """
    found = [one for one in targets if one.terms.get("cadence")]
    due = len(found) > 1 and all(one.terms["cadence"] == Cadence.by for one in found)
    return [] if due else found


def _alone(goal: GoalDraft, target: TargetDraft) -> bool:
    """Whether a target of an area or a group holds there beside no other but those of periods."""
    place = (target.area, target.group)
    if not any(place):
        return False
    return _timed([one for one in goal.targets if (one.area, one.group) == place]) == [target]
