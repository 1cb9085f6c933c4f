"""The files of a plan as they were read, and what each check of them needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from planlib.errors import Problem, Said, said
from planlib.plan.areas import Area
from planlib.plan.goal import Section
from planlib.plan.goal_parts import Measure
from planlib.plan.header import PlanHeader
from planlib.plan.yaml_text import YamlFile

HEADER, AREAS = "plan.yaml", "areas.yaml"
# What an office says of its figures, beside them; no part of a plan.
REMARKS, REMARKS_TEXT = "remarks.yaml", "remarks.md"
Location = tuple[str | int, ...]
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class PlanFiles:
    """The parts of a plan, each with its file.

    ``complete`` says that every file could be built: else links to what is missing prove nothing.
    """

    header: PlanHeader
    header_file: YamlFile
    sections: list[tuple[YamlFile, Section]]
    measures: list[tuple[YamlFile, Measure]]
    areas: list[tuple[YamlFile, Area]]
    complete: bool


def yaml_files(folder: Path) -> list[Path]:
    """The files of the plan in a folder, in order of their names."""
    return sorted(path for path in folder.glob("*.yaml") if path.name != REMARKS)


class FileChecks:
    """Checks over the files of a plan: the problems they find, each at its line."""

    def __init__(self, files: PlanFiles) -> None:
        self.files, self.header = files, files.header
        self.found: list[Problem] = []

    def _say(
        self, file: YamlFile, path: Location, message: str, *, subject: str | None = None,
        hint: Said | None = None,
    ) -> None:  # fmt: skip
        line = file.line(path)
        self.found.append(Problem(message, str(file.path), line, subject=subject, hint=hint))

    def _unique(
        self, template: str, entries: Iterable[tuple[YamlFile, int, str]], key: str
    ) -> None:
        seen: dict[tuple[Path, str], int] = {}
        for file, index, name in entries:
            line = file.line((key, index, "id"))
            if (file.path, name) in seen:
                first = seen[file.path, name]
                self._say(file, (key, index, "id"), said(template, name=name, first=first))
            seen.setdefault((file.path, name), line)


def numbered(
    entries: list[tuple[YamlFile, Entry]],
) -> list[tuple[int, tuple[YamlFile, Entry]]]:
    """Entries with their position in their own file."""
    counts: dict[Path, int] = {}
    result = []
    for file, entry in entries:
        index = counts.get(file.path, 0)
        counts[file.path] = index + 1
        result.append((index, (file, entry)))
    return result
