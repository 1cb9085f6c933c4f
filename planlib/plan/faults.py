"""Turns what pydantic says of a plan file into a maintainer's words, at the right line."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from planlib.errors import (
    Faults,
    InputError,
    Problem,
    Said,
    did_you_mean,
    one_of,
    said,
    shortened,
    shown,
)
from planlib.language.languages import LANGUAGES
from planlib.language.ratios import ratio_hint
from planlib.language.text import Text
from planlib.plan.base import Part
from planlib.plan.periods.calendar import CALENDAR_YEARS, Calendar
from planlib.plan.yaml_text import YamlFile, read_yaml

Location = tuple[str | int, ...]
Read = TypeVar("Read", bound=Part)


def read_part(kind: type[Read], path: Path, calendar: Calendar = CALENDAR_YEARS) -> Read:
    """A YAML file that holds one part; raises InputError with every problem and its line.

    Its periods are those of a calendar.
    """
    return part_in(kind, read_yaml(path), calendar)


def part_in(kind: type[Read], file: YamlFile, calendar: Calendar = CALENDAR_YEARS) -> Read:
    """The same of a file that was read, whatever is wrong with it."""
    if file.problems:
        raise InputError(file.problems)
    try:
        return kind.model_validate(file.data, context={"calendar": calendar})
    except ValidationError as error:
        faults = [problems_of(kind, file, dict(fault)) for fault in error.errors()]
        raise InputError([problem for found in faults for problem in found]) from None


def problems_of(
    kind: type[Part], file: YamlFile, fault: dict[str, Any],
    languages: Sequence[str] | None = None,
) -> list[Problem]:  # fmt: skip
    """A pydantic error in a maintainer's words, at its line; one problem for each thing wrong.

    ``languages`` are those that texts must be in, where that is known.
    """
    loc: Location = tuple(fault["loc"])
    path = _existing(loc, file.data)
    found = fault.get("input")
    subject = _subject(path, file.data)

    def problem(message: str, hint: str | None = None, at: Location = path) -> Problem:
        return Problem(message, str(file.path), file.line(at), subject=subject, hint=hint)

    match fault["type"]:
        case "extra_forbidden":
            key = str(loc[-1])
            if key in LANGUAGES and languages and Text in _parts_at(kind, loc[:-1]):
                message = said("plan.language-not-of-plan", language=key)
                return [problem(message, said("plan.add-language-or-leave-out", language=key), loc)]
            message = said("plan.unknown-key", key=shown(key))
            return [problem(message, _key_hint(kind, loc, file.data), loc)]
        case "missing":
            hint = None
            if languages and Text in _parts_at(kind, loc[:-1]):
                hint = said("plan.texts-in-languages", languages=", ".join(languages))
            return [problem(said("plan.key-missing", key=loc[-1]), hint)]
        case "enum" | "literal_error":
            expected = str(fault["ctx"]["expected"])
            known = expected.replace("'", "").replace(" or ", ", ").split(", ")
            message = said("plan.key-not-one-of",
                           key=loc[-1], known=one_of(f"'{word}'" for word in known), found=shown(found))  # fmt: skip
            return [problem(message, did_you_mean(str(found), known))]
        case "value_error":
            error = fault["ctx"]["error"]
            faults = error.found if isinstance(error, Faults) else (str(error),)
            messages = [
                _at_key(loc, one, found) if isinstance(found, str) else one for one in faults
            ]
            hint = error.hint if isinstance(error, Faults) else None
            return [
                problem(message, hint, _named_in(one, path, file.data))
                for one, message in zip(faults, messages, strict=True)
            ]
        case "text_type" | "model_type" | "dict_type" as wrong if isinstance(found, str):
            example = ", ".join(f"{code}: …" for code in languages or LANGUAGES)
            hint = said("plan.write-text-in-languages", example=f"{{{example}}}")
            hint = hint if wrong == "text_type" else None
            message = said("plan.not-a-mapping", key=_last_word(loc), found=shown(found))
            return [problem(message, hint)]
        case _:
            reason = _pydantic_words(fault)
            if isinstance(found, dict | list):
                return [problem(said("plan.key-invalid", key=_last_word(loc), reason=reason))]
            message = said("plan.key-invalid-found",
                           key=_last_word(loc), reason=reason, found=shown(found))  # fmt: skip
            return [problem(message, _number_hint(found))]


def _at_key(loc: Location, fault: str, found: str) -> Said:
    """A fault of one value, with its key and what was found."""
    if loc and isinstance(loc[-1], str):
        return said("plan.key-invalid-found", key=loc[-1], reason=fault, found=shown(found))
    return said("plan.value-invalid-found", reason=fault, found=shown(found))


def _last_word(loc: Location) -> str:
    return next((str(step) for step in reversed(loc) if isinstance(step, str)), "value")


# What pydantic says of a value, by the name of its error; the facts are those of the error.
_WORDS = {
    "greater_than": "plan.input-should-greater",
    "greater_than_equal": "plan.input-should-greater-equal",
    "less_than": "plan.input-should-less",
    "less_than_equal": "plan.input-should-less-equal",
    "finite_number": "plan.input-should-finite-number",
    "float_type": "plan.input-should-valid-number",
    "int_type": "plan.input-should-valid-integer",
    "string_type": "plan.input-should-valid-string",
    "bool_type": "plan.input-should-valid-boolean",
    "list_type": "plan.input-should-valid-list",
    "tuple_type": "plan.input-should-valid-list",
    "dict_type": "plan.input-should-mapping-keys",
    "model_type": "plan.input-should-mapping-keys",
    "text_type": "plan.input-should-mapping-keys",
    "date_type": "plan.input-should-date-such",
    "date_parsing": "plan.input-should-date-such",
    "date_from_datetime_parsing": "plan.input-should-date-such",
    "date_from_datetime_inexact": "plan.input-should-date-such",
    "too_short": "plan.too-few-entries",
}


def _pydantic_words(fault: dict[str, Any]) -> str:
    """What pydantic says, as a message that a catalogue can tell; its own words where it cannot."""
    template = _WORDS.get(fault["type"])
    if template is not None:
        return said(template, **fault.get("ctx", {}))
    text = str(fault["msg"])
    return text[0].lower() + text[1:]


def _number_hint(found: object) -> Said | None:
    hint = ratio_hint(found) if isinstance(found, str) else None
    return said("plan.ratio-one-number") if hint and hint.key == "figures.ratio-hint" else hint


def _key_hint(kind: type[Part], loc: Location, data: Any) -> Said:
    key, known = str(loc[-1]), _fields_at(kind, loc[:-1])
    if key.isdigit():
        return said("plan.decimal-comma-write-decimal-point")
    for step in _existing(loc[:-1], data):
        data = data[step]
    keys = list(data) if isinstance(data, dict) else []
    before = keys[keys.index(key) - 1] if key in keys[1:] else None
    if before is not None and data[key] is None and isinstance(data[before], str):
        text = shortened(f'{before}: "{data[before]}, {key}"')
        return said("plan.put-text-holds-comma", text=text)
    words = ", ".join(sorted(known))
    return did_you_mean(key, known) or said("plan.known-keys", known=words)


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


_SUBJECTS = {
    "goals": "plan.goal-subject",
    "measures": "plan.measure-subject",
    "areas": "plan.area-subject",
}


def _subject(path: Location, data: Any) -> Said | None:
    template = _SUBJECTS.get(str(path[0])) if path else None
    if template and len(path) > 1 and isinstance(path[1], int):
        entry = data[path[0]][path[1]]
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            return said(template, name=entry["id"][:80])
    return None


def _fields_at(kind: type[BaseModel], loc: Location) -> set[str]:
    """The keys that may stand at a location of a model."""
    return {name for part in _parts_at(kind, loc) for name in _keys_of(part)}


def _parts_at(kind: type[BaseModel], loc: Location) -> set[type]:
    """The parts of a plan that may stand at a location of a model, following its annotations."""
    parts: set[type] = {kind}
    for step in loc:
        if isinstance(step, str):
            stepped = [known[step] for part in parts if step in (known := _keys_of(part))]
            parts = {part for annotation in stepped for part in _parts_in(annotation)} or parts
    return parts


def _keys_of(part: type) -> Mapping[str, object]:
    """The keys of a part of a plan, each with its annotation; of a text, the languages."""
    if issubclass(part, BaseModel):
        return {name: field.annotation for name, field in part.model_fields.items()}
    return dict.fromkeys(LANGUAGES)


def _parts_in(annotation: object) -> set[type]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | Text):
        return {annotation}
    origin = typing.get_origin(annotation)
    if origin is None and not isinstance(annotation, types.UnionType):
        return set()
    return {part for inner in typing.get_args(annotation) for part in _parts_in(inner)}
