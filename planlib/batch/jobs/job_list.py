"""Reads a YAML list of jobs: reviews of plans, and notebooks of somebody's own.

    - plan: ward-2010-2015          # a review: years, mid-term and languages as on the command line
      areas: [ward-01, ward-02]     # or all; the plan's first area without it
      years: 2011-2013
      lang: vi
    - notebook: mine.ipynb          # any notebook with a parameters cell
      output: mine/ward-01          # writes mine/ward-01.ipynb and mine/ward-01.html
      parameters: {area: ward-01}

Paths are read from the folder the command runs in, as the notebooks read them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from planlib.batch.jobs.custom_notebooks import NotebookRequest
from planlib.batch.jobs.jobs import Origin, Request
from planlib.batch.jobs.spans import formats_in, languages_in, names_in, periods_in
from planlib.errors import InputError, Problem, said
from planlib.language.languages import LanguageCode
from planlib.plan.audience import PUBLIC, Audience
from planlib.plan.base import Part, Words
from planlib.plan.faults import problems_of
from planlib.plan.yaml_text import YamlFile, read_yaml

AnyRequest = Request | NotebookRequest


def _typed(read: Callable[[str], Any], text: str) -> Any:
    """What a text says; the fault without what was found, which every problem ends with."""
    try:
        return read(text)
    except ValueError as error:
        raise ValueError(f"write {str(error).partition(', found')[0]}") from None


class ReviewEntry(Part):
    """One review in the list."""

    plan: Words
    area: Words | None = None
    areas: tuple[Words, ...] | Literal["all"] | None = None
    years: tuple[int, ...] | None = None
    midterm: bool | None = None
    lang: tuple[LanguageCode, ...] | None = None
    as_of: str = ""
    audience: Audience = PUBLIC
    compare: tuple[Words, ...] = ()
    remarks: str = ""
    format: tuple[Literal["docx", "odt", "pdf", "md"], ...] = ()

    @field_validator("areas", mode="before")
    @classmethod
    def _areas(cls, value: Any) -> Any:
        return names_in(value) if isinstance(value, str) and value != "all" else value

    @field_validator("compare", mode="before")
    @classmethod
    def _compare(cls, value: Any) -> Any:
        return names_in(value) if isinstance(value, str) else value

    @field_validator("years", mode="before")
    @classmethod
    def _years(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _typed(periods_in, value)
        return (value,) if isinstance(value, int) else value

    @field_validator("lang", mode="before")
    @classmethod
    def _lang(cls, value: Any) -> Any:
        return _typed(languages_in, value) if isinstance(value, str) else value

    @field_validator("format", mode="before")
    @classmethod
    def _format(cls, value: Any) -> Any:
        if isinstance(value, str | list):
            return _typed(
                formats_in, value if isinstance(value, str) else ",".join(map(str, value))
            )
        return value

    @field_validator("as_of", mode="before")
    @classmethod
    def _as_of(cls, value: Any) -> Any:
        return str(value) if isinstance(value, int) else value


class NotebookEntry(Part):
    """One notebook of somebody's own in the list."""

    notebook: Words
    output: Words
    parameters: dict[str, str | int | float | bool | None] = Field(default_factory=dict)
    title: str = ""
    lang: LanguageCode | None = None
    reads: tuple[Words, ...] = ()


def read_jobs(path: Path) -> list[AnyRequest]:
    """The requests of a list; raises InputError with every problem, each with its line."""
    file = read_yaml(path)
    if file.problems:
        raise InputError(file.problems)
    if not isinstance(file.data, list):
        hint = said("batch.each-job-begins-plan")
        raise InputError([Problem(said("batch.jobs-not-a-list"), str(path), 1, hint=hint)])
    problems: list[Problem] = []
    found: list[AnyRequest] = []
    for number, entry in enumerate(file.data):
        origin = Origin(str(path), file.line((number,)))
        if not isinstance(entry, dict):
            message = said("batch.job-mapping-keys", found=repr(entry))
            problems.append(Problem(message, str(path), origin.line))
            continue
        kind = NotebookEntry if "notebook" in entry or "output" in entry else ReviewEntry
        try:
            found.append(_request(kind.model_validate(entry), origin))
        except ValidationError as error:
            problems += _faults(kind, file, number, error)
    if problems:
        raise InputError(problems)
    return found


def _faults(kind: type[Part], file: YamlFile, number: int, error: ValidationError) -> list[Problem]:
    found = []
    for fault in error.errors():
        placed = dict(fault) | {"loc": (number, *fault["loc"])}
        found += problems_of(kind, file, placed)
    return found


def _request(entry: Part, origin: Origin) -> AnyRequest:
    if isinstance(entry, NotebookEntry):
        return NotebookRequest(
            notebook=Path(entry.notebook),
            output=entry.output,
            parameters=entry.parameters,
            title=entry.title,
            lang=entry.lang or "",
            reads=tuple(Path(name) for name in entry.reads),
            origin=origin,
        )
    assert isinstance(entry, ReviewEntry)
    return Request(
        plan=entry.plan,
        area=entry.area,
        years=entry.years,
        midterm=entry.midterm,
        as_of=entry.as_of,
        langs=entry.lang,
        audience=entry.audience,
        areas=entry.areas,
        compare=entry.compare,
        remarks=entry.remarks,
        documents=entry.format,
        origin=origin,
    )
