"""A notebook's outputs, read as plain JSON: its pieces of page, and the parameters it ran with."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

HIDDEN = "notebook-only"  # cells that a page leaves out
INJECTED = "injected-parameters"


@dataclass(frozen=True)
class Notebook:
    """The HTML of its outputs, in order, and its parameters."""

    pieces: tuple[str, ...]
    parameters: dict[str, Any]


def read_notebook(text: str) -> Notebook:
    """Read a notebook. Raises ValueError where it is none."""
    try:
        cells = json.loads(text)["cells"]
        pieces = tuple(_pieces(cells))
        parameters = [c for c in cells if INJECTED in c["metadata"].get("tags", [])]
        given = _assigned(_joined(parameters[0]["source"])) if parameters else {}
    except (KeyError, TypeError, AttributeError, SyntaxError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return Notebook(pieces, given)


def _pieces(cells: Any) -> Iterator[str]:
    for cell in cells:
        if cell["cell_type"] == "code" and HIDDEN not in cell["metadata"].get("tags", []):
            for output in cell["outputs"]:
                if "text/html" in output.get("data", {}):
                    yield _joined(output["data"]["text/html"])


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)


def _assigned(source: str) -> dict[str, Any]:
    """The values a cell gives to names, without running it.

    >>> _assigned('year = 2013\\nlang = "vi"')
    {'year': 2013, 'lang': 'vi'}
    """
    found: dict[str, Any] = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            found[statement.targets[0].id] = ast.literal_eval(statement.value)
    return found
