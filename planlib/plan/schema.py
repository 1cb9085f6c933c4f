"""The JSON schema of plan files, published for editors beside the plans."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from planlib.plan.goal import Section
from planlib.plan.header import PlanHeader
from planlib.plan.reading import AreasFile, MeasuresFile


def plan_schema() -> dict[str, Any]:
    """One schema for the four kinds of files: a file is valid when it fits one of them."""
    kinds = (PlanHeader, Section, MeasuresFile, AreasFile)
    references, definitions = models_json_schema(
        [(kind, "validation") for kind in kinds], title="planlib plan files"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **definitions,
        "anyOf": [references[kind, "validation"] for kind in kinds],
    }
