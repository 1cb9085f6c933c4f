"""A text that was read as the files of a plan: goals to confirm, and a table of every number in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from planlib.errors import refused, said
from planlib.exchange.draft import WHOLE
from planlib.exchange.listing import table_text
from planlib.exchange.slugs import Slugs
from planlib.exchange.text.calendar import LAST_DAY, PlanTime
from planlib.exchange.text.grammar.lexicon import lexicon
from planlib.exchange.text.grammar.units import AmountUnit
from planlib.exchange.text.proposals import ListedNumber, Proposal
from planlib.exchange.text.reading import TextReading
from planlib.exchange.timing import DECEMBER
from planlib.exchange.yaml_out import Value, yaml_lines
from planlib.figures.spreadsheet_text import guarded
from planlib.language.language import Language
from planlib.plan.base import LARGEST
from planlib.plan.header import OFFICE_TABLE
from planlib.plan.periods.calendar import Frequency

NUMBERS = "reading/numbers.csv"
MOST_SECTIONS = 150
SHOWN = 80  # characters of a section's name


class TextPlan:
    """The files of a plan, from what a text was read as."""

    def __init__(self, reading: TextReading, plan_id: str) -> None:
        if not reading.proposals:
            raise refused(
                said("from-text.nothing-found"),
                reading.file,
                hint=said("from-text.nothing-found-hint"),
            )
        self.reading, self.plan_id = reading, plan_id
        self.language = Language(reading.lang)
        self.words = lexicon(reading.lang)
        self.time = PlanTime(reading, int(self.words.number_of("year_ends")))
        base = reading.base
        self.base = base if base is not None and base < self.time.first else self.time.first - 1
        self.ids = Slugs()
        self.goals: list[str] = []  # the id of each proposal
        self.records: list[dict[str, Value]] = []  # its goal
        self._of_section: dict[str, list[Value]] = {}
        self._dimensions: set[str] = set()
        self._areas: dict[str, str] = {}
        self._area_ids = Slugs({WHOLE})
        for one in reading.proposals:
            self._add(one)

    def files(self) -> dict[str, str]:
        """The text of every file by its name."""
        sections = Slugs()
        named = {name: sections.give(name, "section") for name in self._of_section}
        found = {"plan.yaml": self._yaml(self._header(list(named.values())))}
        for number, (name, goals) in enumerate(self._of_section.items(), 1):
            content: dict[str, Value] = {"section": named[name], "name": name, "goals": goals}
            found[f"{number:03d}-{named[name]}.yaml"] = self._yaml(content)
        named = {WHOLE: self.language("from-text.area"), **self._areas}
        areas: list[Value] = [{"id": key, "name": name} for key, name in named.items()]
        found["areas.yaml"] = self._yaml({"areas": areas})
        found[NUMBERS] = self._numbers()
        return found

    @staticmethod
    def _yaml(content: Mapping[str, Value]) -> str:
        return "\n".join(yaml_lines(content)) + "\n"

    def _header(self, sections: list[str]) -> dict[str, Value]:
        time, lang = self.time, self.reading.lang
        header: dict[str, Value] = {
            "id": self.plan_id, "languages": [lang], "name": self.reading.title,
            "note": self.language("from-text.note", file=self.reading.file.name),
        }  # fmt: skip
        if time.frequency is not Frequency.year:
            header["periods"] = str(time.frequency)
        if time.year_ends != DECEMBER:
            header["year_ends"] = f"{time.year_ends:02d}-{LAST_DAY[time.year_ends - 1]}"
        header["term"] = {"first": time.written(time.first), "last": time.written(time.last)}
        header["baseline_year"] = time.written(self.base)
        header |= {"sections": sections, "areas": [WHOLE, *self._areas]}
        header["rule"] = {
            "id": OFFICE_TABLE, "dated": date.today().isoformat(),
            "note": self.language("new.rule.note"), "source": "planlib",
        }  # fmt: skip
        if self._dimensions:
            header["dimensions"] = [self._dimension(one) for one in sorted(self._dimensions)]
        header["sources"] = [{"id": "text", "title": self.reading.title}]
        return header

    def _dimension(self, dimension: str) -> Value:
        members: list[Value] = [
            {"id": one, "name": self.words.entries(f"groups.{dimension}.members.{one}")[0]}
            for one in self.words.entries(f"groups.{dimension}.members")
        ]
        name = self.words.text(f"groups.{dimension}.name")
        return {"id": dimension, "name": name, "partition": False, "members": members}

    # ---------------------------------------------------------------- goals

    def _add(self, proposal: Proposal) -> None:
        section = " ".join(proposal.passage.section.split())[:SHOWN].strip() or self.language(
            "from-text.section"
        )
        if section not in self._of_section and len(self._of_section) >= MOST_SECTIONS:
            section = next(reversed(self._of_section))
        goal = self.ids.give(proposal.name, "goal")
        self.goals.append(goal)
        self.records.append(self._goal(goal, section, proposal))
        self._of_section.setdefault(section, []).append(self.records[-1])

    def _goal(self, goal: str, section: str, proposal: Proposal) -> dict[str, Value]:
        target, short = self._target(proposal, proposal.terms)
        told: dict[str, Value] = {
            "id": goal, "name": proposal.name, "unit": self._unit(proposal),
            "source": [{"document": "text", "section": section, "paragraph": proposal.passage.paragraph}],
        }  # fmt: skip
        self._period(told, target, short=short or bool(proposal.every))
        if proposal.group:
            dimension, member = proposal.group
            self._dimensions.add(dimension)
            told |= {"by": [dimension], "targets": [{"group": f"{dimension}={member}", **target}]}
        elif proposal.area:
            told |= {
                "targets": [{"area": self._area(proposal.area), **target}],
                "other_areas": "no_target",
            }
        elif proposal.readings:
            told["readings"] = self._readings(proposal, target)
        else:
            told["target"] = target
        self._start(told, proposal, target)
        told["proposed"] = self._proposed(proposal)
        return told

    def _area(self, name: str) -> str:
        """The id of a place, the same each time it is named."""
        for key, known in self._areas.items():
            if known.casefold() == name.casefold():
                return key
        key = self._area_ids.give(name, "area")
        self._areas[key] = name
        return key

    def _period(self, told: dict[str, Value], target: Mapping[str, Value], *, short: bool) -> None:
        """A goal that is reported by the year in a plan of shorter periods, or by them."""
        if self.time.frequency is Frequency.year:
            return
        if not short:
            told["period"] = str(Frequency.year)
        elif (
            target["basis"] not in {"count", "share", "quota", "growth"}
            and target["comparison"] != "done"
        ):
            told["make_up"] = "last"

    def _target(
        self, proposal: Proposal, terms: Mapping[str, Value]
    ) -> tuple[dict[str, Value], bool]:
        made = {key: _number(value) for key, value in terms.items()}
        short = False
        if made["cadence"] == "by":
            made["due"], short = self.time.due(
                proposal, self.reading.last if not self.time.split else None
            )
        return made, short

    def _readings(self, proposal: Proposal, target: dict[str, Value]) -> Value:
        as_read: dict[str, Value] = {"id": "as-read", "default": True}
        as_read |= {"why": self.language("from-text.reading.as-read"), "target": target}
        found: list[Value] = [as_read]
        for name, terms in proposal.readings.items():
            other, _ = self._target(proposal, terms)
            found.append(
                {"id": name, "why": self.language(f"from-text.reading.{name}"), "target": other}
            )
        return found

    def _start(
        self, told: dict[str, Value], proposal: Proposal, target: Mapping[str, Value]
    ) -> None:
        """The figure a goal starts from, where the text tells one from before the plan."""
        notes = []
        if proposal.baseline:
            year, value = proposal.baseline
            if year < self.time.first and target["basis"] not in {"change", "quota", "growth"}:
                told["baseline"] = {
                    "year": self.time.written(year),
                    "value": value,
                    "source": self.reading.file.name,
                }
            else:
                notes.append(
                    self.language(
                        "from-text.started", year=str(year), value=self.language.number(value)
                    )
                )
        if (
            proposal.since is not None
            and proposal.since != self.base
            and target["basis"] != "change"
        ):
            notes.append(
                self.language("from-text.since", year=str(proposal.since), base=str(self.base))
            )
            if "base-year" not in proposal.reasons:
                proposal.reasons.append("base-year")
        if notes:
            told["note"] = " ".join(notes)

    def _proposed(self, proposal: Proposal) -> Value:
        place: dict[str, Value] = {
            "confidence": proposal.confidence,
            "file": self.reading.file.name,
        }
        line = proposal.passage.line_at(proposal.at)
        if line is not None:
            place["line"] = line
        if proposal.passage.page is not None:
            place["page"] = proposal.passage.page
        place["words"] = proposal.sentence
        if proposal.reasons:
            place["unsure"] = [self.language(f"from-text.unsure.{one}") for one in proposal.reasons]
        return place

    def _unit(self, proposal: Proposal) -> Value:
        unit: AmountUnit = proposal.unit
        if proposal.terms["comparison"] == "done":
            return said("plan.unit-yes-no").in_language(self.reading.lang)
        if unit.kind == "percent":
            return "%"
        if unit.kind == "money":
            return {"currency": unit.currency, **({"scale": unit.scale} if unit.scale else {})}
        return unit.name.strip() or self.language("exchange.unit")

    # -------------------------------------------------------------- numbers

    def _numbers(self) -> str:
        language = self.language
        head = [
            language(f"from-text.column.{one}")
            for one in ("line", "page", "number", "taken", "goal", "text")
        ]
        return table_text(head, [self._row(one) for one in self.reading.listed])

    def _row(self, one: ListedNumber) -> list[str]:
        line = one.passage.line_at(one.start)
        around = one.passage.text[max(0, one.start - 40) : one.start + 60]
        goal = "" if one.proposal is None else self.goals[one.proposal]
        cells = ("" if line is None else str(line), str(one.passage.page or ""), one.text,
                 self.language(f"from-text.taken.{one.role}"), goal, " ".join(around.split()))  # fmt: skip
        return [guarded(cell) for cell in cells]


def _number(value: Any) -> Value:
    if isinstance(value, float) and abs(value) > LARGEST:
        return LARGEST
    if isinstance(value, float):
        return round(value, 6)
    return value  # type: ignore[no-any-return]
