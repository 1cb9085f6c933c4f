"""An executed notebook, read as plain JSON: its code, the values it was given, what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planlib.verify.documents import read_json

HIDDEN = "notebook-only"  # cells that a page leaves out
INJECTED = "injected-parameters"
KEYS = frozenset(
    {"attachments", "cell_type", "execution_count", "id", "metadata", "outputs", "source"}
)


@dataclass(frozen=True)
class Notebook:
    """The HTML of its outputs, in order; its cells as kind and source; the cell of given values."""

    pieces: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    given: str
    settings: Any


def read_notebook(text: str) -> Notebook:
    """Read a notebook. Raises ValueError where it is none."""
    try:
        document = read_json(text)
        pieces: list[str] = []
        cells: list[tuple[str, str]] = []
        given = []
        for cell in document["cells"]:
            tags = cell["metadata"].get("tags", [])
            source = _joined(cell["source"])
            if not cell.keys() <= KEYS or cell.get("attachments"):
                raise ValueError("a cell holds more than code and what it gave")
            if INJECTED in tags:
                given.append(source)
            else:
                cells.append((str(cell["cell_type"]), source))
            if cell["cell_type"] == "code" and HIDDEN not in tags:
                pieces += _shown(cell["outputs"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
    if len(given) > 1:
        raise ValueError("it was given its values more than once")
    return Notebook(tuple(pieces), tuple(cells), "".join(given), document.get("metadata"))


def _shown(outputs: Any) -> list[str]:
    return [
        _joined(output["data"]["text/html"])
        for output in outputs
        if "text/html" in output.get("data", {})
    ]


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)


def code_of(path: Path) -> tuple[tuple[str, str], ...]:
    """The cells of a notebook of planlib's or of the user's. Raises OSError and ValueError."""
    return read_notebook(path.read_text("utf-8")).cells


def given_values(values: dict[str, str | int]) -> str:
    """The cell that hands values to a notebook, as papermill writes it; texts must be plain.

    >>> print(given_values({"year": 2013, "lang": "vi"}), end="")
    # Parameters
    year = 2013
    lang = "vi"
    """
    lines = [f'{k} = "{v}"' if isinstance(v, str) else f"{k} = {v}" for k, v in values.items()]
    return "\n".join(["# Parameters", *lines, ""])
