"""Reads a plan folder and checks it: all problems of all files at once, each with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from planlib.errors import InputError, Problem, said, some_of
from planlib.language.languages import LANGUAGES
from planlib.language.text import ASKED
from planlib.plan.areas import Area
from planlib.plan.base import Part
from planlib.plan.checks.links import Links
from planlib.plan.faults import problems_of
from planlib.plan.goal import Section
from planlib.plan.goal_parts import Measure
from planlib.plan.header import USUAL_LANGUAGES, PlanHeader, calendar_of
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.periods.placed import placed
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS, HEADER, PlanFiles, yaml_files
from planlib.plan.yaml_text import YamlFile, read_yaml

MEASURES = "measures.yaml"
MOST_FILES = 200
_NAMED = re.compile(r"^languages: *\[([^]\n]*)\]", re.MULTILINE)

Built = TypeVar("Built", bound=Part)


class MeasuresFile(Part):
    """What ``measures.yaml`` holds."""

    measures: tuple[Measure, ...]


class AreasFile(Part):
    """What ``areas.yaml`` holds."""

    areas: tuple[Area, ...]


def read_plan(folder: Path, shared_areas: Path | None = None) -> Plan:
    """The plan in a folder; raises InputError with every problem found.

    ``shared_areas`` is a registry of areas that many plans use; the folder's own adds to it.
    """
    plan, problems = load_plan(folder, shared_areas)
    if plan is None or problems:
        raise InputError(problems)
    return plan


def load_plan(folder: Path, shared_areas: Path | None = None) -> tuple[Plan | None, list[Problem]]:
    """The plan in a folder (None where it cannot be built) and every problem in its files."""
    if not (folder / HEADER).is_file():
        hint = said("plan.plan-folder-holds-yaml", file=HEADER)
        return None, [Problem(said("plan.file-not-here", file=HEADER), str(folder), hint=hint)]
    paths = yaml_files(folder)
    if len(paths) > MOST_FILES:
        return None, [Problem(said("plan.too-many-yaml-files", n=MOST_FILES), str(folder))]
    problems = [
        Problem(said("plan.plan-files-end-yaml"), str(path), hint=said("plan.rename-it"))
        for path in sorted(folder.glob("*.yml"))
    ]
    if shared_areas is not None and shared_areas.is_file():
        paths.append(shared_areas)
    files = {path: read_yaml(path) for path in paths}
    for file in files.values():
        problems += file.problems

    header_file = files[folder / HEADER]
    languages = _declared(header_file.data)
    context = {"calendar": calendar_of(header_file.data), ASKED: languages}
    header = _built(PlanHeader, header_file, problems, context)
    sections: list[tuple[YamlFile, Section]] = []
    measures: list[tuple[YamlFile, Measure]] = []
    areas: list[tuple[YamlFile, Area]] = []
    complete = header is not None
    for path, file in files.items():
        if path.name == HEADER:
            continue
        part: Part | None
        if path.name == MEASURES:
            if part := _built(MeasuresFile, file, problems, context):
                measures += [(file, measure) for measure in part.measures]
        elif path.name == AREAS:
            # A registry serves plans of any language and of any calendar.
            mine = context if path != shared_areas else {ASKED: None}
            if part := _built(AreasFile, file, problems, mine):
                areas += [(file, area) for area in part.areas]
        elif _is_mapping(file):
            hint = said("plan.mapping-elsewhere")
            problems.append(Problem(said("plan.mapping-among-sections"), str(path), 1, hint=hint))
            continue
        elif part := _built(Section, file, problems, context):
            sections.append((file, part))
        complete &= part is not None
    if header is None:
        return None, _of_strange_languages(header_file, problems)
    problems += Links(
        PlanFiles(header, header_file, sections, measures, areas, complete)
    ).problems()
    if problems:
        return None, problems
    order = {section: index for index, section in enumerate(header.sections)}
    calendar = header.calendar
    if calendar.frequency is not Frequency.year:
        sections = [(file, _placed(section, calendar)) for file, section in sections]
    plan = Plan(
        header=header,
        sections=tuple(sorted((s for _, s in sections), key=lambda s: order[s.section])),
        measures=tuple(measure for _, measure in measures),
        registry=tuple({area.id: area for _, area in reversed(areas)}.values())[::-1],
    )
    return plan, []


def plan_languages(folder: Path) -> tuple[str, ...]:
    """The languages of the plan in a folder, of which nothing else is read."""
    if not (folder / HEADER).is_file():
        return USUAL_LANGUAGES
    data = read_yaml(folder / HEADER).data
    if data is None:  # a file that is no YAML says who is to be told so all the same
        text = (folder / HEADER).read_bytes().decode("utf-8", "replace")
        data = {ASKED: re.findall("[a-z]{2}", found[1])} if (found := _NAMED.search(text)) else {}
    return _declared(data) or USUAL_LANGUAGES


def notes_on(plan: Plan) -> list[Problem]:
    """What is not wrong but worth knowing: goals without a measure, measures without a goal."""
    served = {goal for measure in plan.measures for goal in measure.goals}
    bare = [goal.id for goal in plan.goals if goal.id not in served]
    idle = [measure.id for measure in plan.measures if not measure.goals]
    messages = []
    if plan.measures and bare:
        messages.append(said("plan.goal-without-measure", n=len(bare), names=some_of(bare)))
    if idle:
        messages.append(said("plan.measure-without-goal", n=len(idle), names=some_of(idle)))
    return [Problem(message, subject=plan.id, warning=True) for message in messages]


def _placed(section: Section, calendar: Calendar) -> Section:
    """The section, its goals naming the plan's reporting periods wherever they name longer ones."""
    goals = tuple(placed(goal, calendar, calendar.frequency) for goal in section.goals)
    return section.model_copy(update={"goals": goals})


def _of_strange_languages(file: YamlFile, problems: list[Problem]) -> list[Problem]:
    """Problems with a language that has no catalogue among them, which is told once."""
    named = file.data.get(ASKED) if isinstance(file.data, dict) else None
    if not isinstance(named, list) or all(code in LANGUAGES for code in named):
        return problems
    strange = ", ".join(repr(code) for code in named if code not in LANGUAGES)
    told = said("plan.language-without-catalogue", names=strange, known=", ".join(LANGUAGES))
    if told in [one.message for one in problems]:
        return problems
    return [Problem(told, str(file.path), file.line((ASKED,))), *problems]


def _declared(data: Any) -> tuple[str, ...]:
    """The languages a plan's texts must be in; none where that cannot be known, which is told."""
    named = data.get(ASKED, USUAL_LANGUAGES) if isinstance(data, dict) else ()
    usable = isinstance(named, list | tuple) and all(code in LANGUAGES for code in named)
    return tuple(dict.fromkeys(named)) if usable else ()


def _is_mapping(file: YamlFile) -> bool:
    """Whether a file says how a sheet is read, and is no section of a plan."""
    return isinstance(file.data, dict) and "columns" in file.data and "section" not in file.data


def _built(
    kind: type[Built], file: YamlFile, problems: list[Problem], context: Mapping[str, Any]
) -> Built | None:
    """A part of the plan from its file; ``context`` is what the header says of all of them."""
    if file.data is None:
        return None
    try:
        return kind.model_validate(file.data, context=dict(context))
    except ValidationError as error:
        faults = error.errors()
        for fault in faults:
            at = fault["loc"]
            inside = any(one["loc"][: len(at)] == at != one["loc"] for one in faults)
            if not (
                fault["type"] == "too_short" and inside
            ):  # what is wrong with the entry is told
                problems += problems_of(kind, file, dict(fault), context[ASKED])
        return None
