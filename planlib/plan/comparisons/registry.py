"""Every comparison by its id: whatever a module of this folder defines, and what is added to it."""

from __future__ import annotations

import inspect
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated

from pydantic import GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from planlib.errors import one_of
from planlib.plan import comparisons
from planlib.plan.comparisons.base import Comparison

KINDS: dict[str, Comparison] = {}


def register(kind: Comparison) -> None:
    """Make a comparison known: plans can name it from now on."""
    KINDS[kind.id] = kind


def _found() -> list[Comparison]:
    names = [one.name for one in iter_modules(comparisons.__path__) if one.name != "registry"]
    modules = [import_module(f"{comparisons.__name__}.{name}") for name in names]
    kinds = [
        kind()
        for module in modules
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, Comparison) and kind.__module__ == module.__name__
        if kind is not Comparison
    ]
    return sorted(kinds, key=lambda kind: kind.order)


for _kind in _found():
    register(_kind)


def _known(name: object) -> object:
    if isinstance(name, str) and name in KINDS:
        return name
    expected = str(one_of(f"'{known}'" for known in KINDS))
    raise PydanticCustomError("enum", "input should be {expected}", {"expected": expected})


class _Named:
    """The name of a comparison, as a plan file writes it; editors are told which there are."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        about = {"description": "How a figure is held against the target.", "enum": [*KINDS]}
        return core_schema.no_info_before_validator_function(
            _known,
            core_schema.str_schema(),
            ref=f"{__name__}.Comparison",
            metadata={"pydantic_js_updates": {**about, "title": "Comparison"}},
        )


ComparisonId = Annotated[str, _Named()]
