"""Tidy figures as a folder that describes itself: a data package, or CSV on the Web.

Both hold the same ``figures.csv``, the table that ``planlib import`` reads, with the codes of goals
and areas beside it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from planlib.figures.observations import NUMBER_COLUMNS
from planlib.figures.tidy_rows import csv_lines, tidy_columns
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.report.text.sourced import source_lines

FIGURES, GOALS, AREAS = "figures.csv", "goals.csv", "areas.csv"
PACKAGE = "datapackage.json"
DESCRIBED = "-metadata.json"  # what CSV on the Web adds to the name of a table
METADATA = f"{FIGURES}{DESCRIBED}"
Files = dict[str, bytes]


def _tables(frame: pd.DataFrame, plan: Plan, language: Language) -> Files:
    code, columns = language.code, tidy_columns(frame)
    figures = ",".join(columns) + "\n" + csv_lines(frame, columns)
    goals = [(goal.id, goal.name.in_language(code), goal.unit_in(code)) for goal in plan.goals]
    held = dict.fromkeys([*plan.header.areas, *map(str, frame["area"].unique())])
    areas = [(one, plan.area_name(one).in_language(code)) for one in held]
    return {
        FIGURES: figures.encode(),
        GOALS: _csv(("goal", "name", "unit"), goals),
        AREAS: _csv(("area", "name"), areas),
    }


def _csv(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return out.getvalue().encode()


def data_package(frame: pd.DataFrame, plan: Plan, language: Language) -> Files:
    """Figures as a tabular data package (Frictionless)."""
    columns, code = tidy_columns(frame), language.code
    linked = [
        {"fields": [key], "reference": {"resource": resource, "fields": [key]}}
        for key, resource in (("goal", "goals"), ("area", "areas"))
    ]
    schema = {
        "fields": [_field(one) for one in columns], "missingValues": [""], "foreignKeys": linked,
    }  # fmt: skip
    record = {
        "profile": "tabular-data-package", "name": plan.id,
        "title": plan.header.name.in_language(code), "primaryLanguage": code,
        "sources": [
            {"title": one.text} | ({"path": one.link} if one.link else {})
            for one in source_lines(plan, (), language)
        ],
        "resources": [
            _resource("figures", FIGURES, schema),
            _resource("goals", GOALS, _names("goal", "name", "unit")),
            _resource("areas", AREAS, _names("area", "name")),
        ],
    }  # fmt: skip
    return {PACKAGE: _json(record), **_tables(frame, plan, language)}


def _field(name: str) -> dict[str, Any]:
    if name in NUMBER_COLUMNS:
        return {"name": name, "type": "number"}
    needed = {"constraints": {"required": True}} if name in {"area", "goal"} else {}
    return {"name": name, "type": "string", **needed}


def _names(key: str, *names: str) -> dict[str, Any]:
    fields: list[dict[str, Any]] = [{"name": one, "type": "string"} for one in (key, *names)]
    return {"fields": fields, "primaryKey": [key]}


def _resource(name: str, path: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "path": path, "profile": "tabular-data-resource", "format": "csv",
        "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    }  # fmt: skip


def csv_on_the_web(frame: pd.DataFrame, plan: Plan, language: Language) -> Files:
    """Figures as CSV on the Web (W3C): the table and what its columns are."""
    columns = [
        {"name": one, "titles": one, "datatype": "number" if one in NUMBER_COLUMNS else "string",
         "required": one in {"area", "goal"}}
        for one in tidy_columns(frame)
    ]  # fmt: skip
    record = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language.code}],
        "url": FIGURES, "dc:title": plan.header.name.in_language(language.code),
        "dc:identifier": plan.id,
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True},
        "tableSchema": {"columns": columns},
    }  # fmt: skip
    return {METADATA: _json(record), FIGURES: _tables(frame, plan, language)[FIGURES]}


def _json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
