"""JSON-stat, which PxWeb and many statistics offices publish: a cube, its values by place.

Written is 2.0; read are 1.x too, where the cube stands in a bundle and its ids among its dimensions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from planlib.errors import InputError, refused, said
from planlib.exchange.standards.figure_table import (
    ATTRIBUTES,
    KEYS,
    MEASURES,
    UNIT,
    FigureTable,
    multiple,
)
from planlib.figures.tidy_rows import number_text
from planlib.language.language import Language
from planlib.plan.plan import Plan

MOST_CELLS = 20_000_000  # of a cube that is read
MEASURE = "MEASURE"  # the dimension of a figure's numbers


def json_stat(table: FigureTable, plan: Plan, language: Language) -> bytes:
    """Figures as a JSON-stat data set: a dimension a key, and one of the figure's numbers.

    Texts (source, note, state) have no place in a cube; they stand by the same places in its
    extension.
    """
    code, heads = language.code, table.heads
    keys = heads[: table.keys]
    measures = [head for head in MEASURES.values() if head in heads and any(table.column(head))]
    measures = measures or ["OBS_VALUE"]
    members = [list(dict.fromkeys(table.column(key))) for key in keys]
    index = [{name: at for at, name in enumerate(one)} for one in members]
    sizes = [*map(len, members), len(measures)]
    values: dict[str, float] = {}
    texts: dict[str, dict[str, str]] = {
        head: {} for head in ATTRIBUTES.values() if head in heads and any(table.column(head))
    }
    for row in table.rows:
        place = 0
        for at, size in enumerate(sizes[:-1]):
            place = place * size + index[at][row[at]]
        for at, measure in enumerate(measures):
            if text := row[heads.index(measure)]:
                values[str(place * len(measures) + at)] = float(text)
        for head, told in texts.items():
            if text := row[heads.index(head)]:
                told[str(place * len(measures))] = text
    record = {
        "version": "2.0", "class": "dataset",
        "label": plan.header.name.in_language(code),
        "id": [*keys, MEASURE], "size": sizes,
        "role": {"time": ["TIME_PERIOD"], "geo": ["REF_AREA"], "metric": [MEASURE]},
        "dimension": {
            key: _dimension(key, one, plan, language)
            for key, one in zip(keys, members, strict=True)
        } | {MEASURE: {"label": MEASURE, "category": {"index": measures}}},
        "value": values,
        "status": {at: text for at, text in texts.get("STATE", {}).items() if text != "measured"},
        "extension": {"planlib": {"plan": plan.id, "texts": texts}},
    }  # fmt: skip
    return (json.dumps(record, ensure_ascii=False) + "\n").encode()


def _dimension(key: str, members: Sequence[str], plan: Plan, language: Language) -> dict[str, Any]:
    code = language.code
    labels: dict[str, str] = {}
    if key == KEYS["area"]:
        labels = {one: plan.area_name(one).in_language(code) for one in members}
    elif key == KEYS["goal"]:
        goals = [plan.goal(one) for one in members]
        labels = {
            goal.id: f"{goal.name.in_language(code)} ({goal.unit_in(code)})" for goal in goals
        }
    category: dict[str, Any] = {"index": list(members)}
    return {"label": key, "category": category | ({"label": labels} if labels else {})}


def data_set(record: Mapping[str, Any], path: Path) -> Mapping[str, Any] | None:
    """The data set of a file: itself, or the one of a bundle (1.x) or a collection; None for no JSON-stat.

    Raises InputError where there are several.
    """
    if "dimension" in record:
        return record
    link = record.get("link")
    items = link.get("item") if isinstance(link, Mapping) else None
    inside = items if isinstance(items, list) else record.values()
    found = [one for one in inside if isinstance(one, Mapping) and "dimension" in one]
    if len(found) > 1:
        told = [str(one.get("label") or "?") for one in found]
        hint = said("exchange.several-data-sets-hint")
        raise refused(said("exchange.several-data-sets", found=", ".join(told)), path, hint=hint)
    return found[0] if found else None


def read_json_stat(record: Mapping[str, Any], path: Path, *, named: bool) -> FigureTable:
    """A data set as a table: a row a cell that says something.

    ``named`` gives the members of dimensions by their labels, as a mapping tells them, else by their
    codes. Raises InputError.
    """
    try:
        return _read(record, named=named)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        why = f"{type(error).__name__}: {error}"[:200]
        raise refused(said("exchange.json-stat-broken", why=why), path) from None


def _read(record: Mapping[str, Any], *, named: bool) -> FigureTable:
    dimensions = record["dimension"]
    form = record if "id" in record else dimensions  # of 1.x
    ids, sizes = list(map(str, form["id"])), list(map(int, form["size"]))
    if len(ids) != len(sizes) or min(sizes, default=0) < 1:
        raise ValueError("id and size do not fit")
    own = (record.get("extension") or {}).get("planlib")
    if own is None and prod(sizes) > MOST_CELLS:  # ours are looked up by place: many are empty
        raise ValueError(f"a cube of {prod(sizes)} cells, {MOST_CELLS} at the most")
    codes = [
        _codes(dimensions[one]["category"], size) for one, size in zip(ids, sizes, strict=True)
    ]
    values = _sparse(record["value"], prod(sizes))
    if own is not None:
        return _own(ids, sizes, codes, values, own["texts"])
    status = _sparse(record.get("status") or {}, prod(sizes))
    heads = [str(dimensions[one].get("label") or one) if named else one for one in ids]
    shown = [
        [str(dimensions[one]["category"].get("label", {}).get(code, code)) if named else code
         for code in members]
        for one, members in zip(ids, codes, strict=True)
    ]  # fmt: skip
    units = _units(dimensions, ids, codes) if named else None
    told = [str(record.get("label") or "")]
    more = ["value", "status", "table"] if named else ["OBS_VALUE", "OBS_STATUS", "DATAFLOW"]
    for name, text in (("updated", record.get("updated")), ("source", record.get("source"))):
        if named and text and name not in heads:
            told.append(str(text)[:10] if name == "updated" else str(text))
            more.append(name)
    if units is not None and UNIT in heads:
        units = None
    rows = []
    for place, names in enumerate(product(*shown)):
        if place in values or place in status:
            number = values.get(place)
            text = "" if number is None else number_text(float(number))
            unit = () if units is None else (units[1][_member(place, sizes, units[0])],)
            rows.append((*names, text, str(status.get(place, "")), *told, *unit))
    return FigureTable((*heads, *more, *(() if units is None else (UNIT,))), rows)


def _units(
    dimensions: Mapping[str, Any], ids: list[str], codes: list[list[str]]
) -> tuple[int, list[str]] | None:
    """Which dimension tells units, and the unit of each of its members; None where none does."""
    for at, one in enumerate(ids):
        told = dimensions[one]["category"].get("unit")
        if isinstance(told, Mapping) and told:
            return at, [_unit(told.get(code) or {}) for code in codes[at]]
    return None


def _unit(told: Mapping[str, Any]) -> str:
    """A unit in words, with the power of ten its numbers stand in."""
    words = str(told.get("label") or told.get("base") or "")
    return f"{multiple(str(told.get('multiplier') or 0))} {words}".strip()


def _member(place: int, sizes: list[int], at: int) -> int:
    """The member of a dimension in whose part of the cube a place lies.

    >>> _member(5, [2, 3], 1)
    2
    """
    return place // prod(sizes[at + 1 :]) % sizes[at]


def _codes(category: Mapping[str, Any], size: int) -> list[str]:
    index = category.get("index", category.get("label"))
    if isinstance(index, Mapping):
        ordered = sorted(index, key=lambda one: index[one]) if "index" in category else list(index)
        found = list(map(str, ordered))
    else:
        found = list(map(str, index or ()))
    if len(found) != size or len({*found}) < size:
        raise ValueError(f"a dimension has {len(found)} members, its size is {size}")
    return found


def _sparse(values: Any, size: int) -> dict[int, Any]:
    if isinstance(values, str):  # one status for all
        if size > MOST_CELLS:
            raise ValueError("one value for too many cells")
        return dict.fromkeys(range(size), values)
    pairs = values.items() if isinstance(values, Mapping) else enumerate(values)
    found = {int(at): one for at, one in pairs if one is not None}
    if any(not 0 <= at < size for at in found):
        raise ValueError("a value stands outside the cube")
    return found


def _own(
    ids: list[str], sizes: list[int], codes: list[list[str]], values: dict[int, Any],
    texts: Mapping[str, Mapping[str, str]],
) -> FigureTable:  # fmt: skip
    """A data set planlib wrote: its numbers are columns again, with the texts beside them."""
    keys, measures = ids[:-1], codes[-1]
    said_of = {
        head: {int(at): str(text) for at, text in told.items()} for head, told in texts.items()
    }
    known = {at // len(measures) for at in values}
    known |= {at // len(measures) for told in said_of.values() for at in told}
    rows = []
    for place in sorted(known):
        left, names = place, list[str]()
        for size, members in zip(reversed(sizes[:-1]), reversed(codes[:-1]), strict=True):
            left, at = divmod(left, size)
            names.append(members[at])
        start = place * len(measures)
        numbers = [
            number_text(float(values[start + at])) if start + at in values else ""
            for at in range(len(measures))
        ]
        rows.append((*reversed(names), *numbers, *(t.get(start, "") for t in said_of.values())))
    return FigureTable((*keys, *measures, *said_of), rows)


def read_json(path: Path) -> Mapping[str, Any]:
    """A JSON file that holds an object. Raises InputError."""
    from planlib.storage.whole_files import LARGEST_TABLE, read_whole

    try:
        record = json.loads(read_whole(path, LARGEST_TABLE).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise refused(said("exchange.not-json", why=str(error)[:200]), path) from None
    if not isinstance(record, dict):
        raise InputError(refused(said("exchange.not-json", why="no object"), path).problems)
    return record
