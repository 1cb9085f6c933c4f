"""Turns what pydantic says of a plan file into a maintainer's words, at the right line."""

from __future__ import annotations

import types
import typing
from typing import Any

from pydantic import BaseModel

from planlib.errors import Problem, did_you_mean
from planlib.intake.yaml_text import YamlFile
from planlib.model.base import Part

Location = tuple[str | int, ...]


def problem_of(kind: type[Part], file: YamlFile, fault: dict[str, Any]) -> Problem:
    """A pydantic error in a maintainer's words, at its line."""
    loc: Location = tuple(fault["loc"])
    path = _existing(loc, file.data)
    subject = _subject(path, file.data)
    line = file.line(path)
    found = fault.get("input")
    hint = None
    match fault["type"]:
        case "extra_forbidden":
            key = str(loc[-1])
            known = _fields_at(kind, loc[:-1])
            message = f"unknown key '{key}'"
            hint = did_you_mean(key, known) or f"known keys: {', '.join(sorted(known))}"
            line = file.line(loc)
        case "missing":
            message = f"the key '{loc[-1]}' is missing"
        case "enum" | "literal_error":
            expected = str(fault["ctx"]["expected"])
            message = f"'{loc[-1]}' must be {expected}, found {found!r}"
            hint = did_you_mean(
                str(found), expected.replace("'", "").replace(" or ", ", ").split(", ")
            )
        case "value_error":
            key = f"'{loc[-1]}': " if loc and isinstance(loc[-1], str) and path == loc else ""
            shown = f", found {found!r}" if key and isinstance(found, str) else ""
            message = f"{key}{fault['ctx']['error']}{shown}"
        case _:
            name = next((str(p) for p in reversed(loc) if isinstance(p, str)), "value")
            shown = f", found {found!r}" if not isinstance(found, dict | list) else ""
            message = f"'{name}': {str(fault['msg'])[0].lower()}{str(fault['msg'])[1:]}{shown}"
    return Problem(message, str(file.path), line, subject=subject, hint=hint)


def _existing(loc: Location, data: Any) -> Location:
    """The part of a pydantic location that leads into the file's own data."""
    path: list[str | int] = []
    for step in loc:
        inside = isinstance(step, int) and isinstance(data, list) and step < len(data)
        if not inside and not (isinstance(data, dict) and step in data):
            continue  # the name of a branch of a union, or a key that is missing
        data = data[step]
        path.append(step)
    return tuple(path)


def _subject(path: Location, data: Any) -> str | None:
    subject = None
    names = {"goals": "goal", "measures": "measure", "areas": "area"}
    kind = names.get(str(path[0])) if path else None
    if kind and len(path) > 1 and isinstance(path[1], int):
        entry = data[path[0]][path[1]]
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            subject = f"{kind} '{entry['id']}'"
    return subject


def _fields_at(kind: type[BaseModel], loc: Location) -> set[str]:
    """The keys that may stand at a location of a model, following its annotations."""
    models: set[type[BaseModel]] = {kind}
    for step in loc:
        if isinstance(step, str):
            stepped = [m.model_fields[step].annotation for m in models if step in m.model_fields]
            models = {model for annotation in stepped for model in _models_in(annotation)} or models
    return {name for model in models for name in model.model_fields}


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    origin = typing.get_origin(annotation)
    if origin is None and not isinstance(annotation, types.UnionType):
        return set()
    return {model for inner in typing.get_args(annotation) for model in _models_in(inner)}
