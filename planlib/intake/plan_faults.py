"""Turns what pydantic says of a plan file into a maintainer's words, at the right line."""

from __future__ import annotations

import re
import types
import typing
from typing import Any

from pydantic import BaseModel

from planlib.errors import Problem, did_you_mean
from planlib.intake.yaml_text import YamlFile
from planlib.model.base import Part

Location = tuple[str | int, ...]


def problems_of(kind: type[Part], file: YamlFile, fault: dict[str, Any]) -> list[Problem]:
    """A pydantic error in a maintainer's words, at its line; one problem for each thing wrong."""
    loc: Location = tuple(fault["loc"])
    path = _existing(loc, file.data)
    found = fault.get("input")
    subject = _subject(path, file.data)

    def problem(message: str, hint: str | None = None, at: Location = path) -> Problem:
        return Problem(message, str(file.path), file.line(at), subject=subject, hint=hint)

    match fault["type"]:
        case "extra_forbidden":
            return [problem(f"unknown key '{loc[-1]}'", _key_hint(kind, loc), loc)]
        case "missing":
            return [problem(f"the key '{loc[-1]}' is missing")]
        case "enum" | "literal_error":
            expected = str(fault["ctx"]["expected"])
            known = expected.replace("'", "").replace(" or ", ", ").split(", ")
            message = f"'{loc[-1]}' must be {expected}, found {_shown(found)}"
            return [problem(message, did_you_mean(str(found), known))]
        case "value_error":
            text = isinstance(found, str)
            name = f"'{loc[-1]}': " if text and loc and isinstance(loc[-1], str) else ""
            end = f", found {_shown(found)}" if text else ""
            return [
                problem(f"{name}{message}{end}", at=_named_in(message, path, file.data))
                for message in str(fault["ctx"]["error"]).split("; ")
            ]
        case _:
            name = next((str(step) for step in reversed(loc) if isinstance(step, str)), "value")
            message = str(fault["msg"])
            end = "" if isinstance(found, dict | list) else f", found {_shown(found)}"
            return [problem(f"'{name}': {message[0].lower()}{message[1:]}{end}")]


def _shown(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _key_hint(kind: type[Part], loc: Location) -> str:
    key, known = str(loc[-1]), _fields_at(kind, loc[:-1])
    if key.isdigit():
        return "a decimal comma? write a decimal point"
    return did_you_mean(key, known) or f"known keys: {', '.join(sorted(known))}"


def _named_in(message: str, path: Location, data: Any) -> Location:
    """The place of the first key that a message names, where that key stands in the file."""
    for step in path:
        data = data[step]
    for key in re.findall(r"'(\w+)'", message):
        if isinstance(data, dict) and key in data:
            return (*path, key)
    return path


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
