"""Executed notebooks without what says where and when they ran.

Tags, outputs and execution counts stay: nbval compares no cell that lacks a count. Paths, times
and versions of the machine go, so the same inputs give the same file, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from planlib.report.site.notebook_format import (
    NotebookNode,
    nbformat,
    split_lines,
    strip_transient,
)

if TYPE_CHECKING:
    from planlib.batch.notebooks.parameters import Value

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
INJECTED = "injected-parameters"
KEPT_OF_CELL = ("tags",)
WIDGET = "application/vnd.jupyter.widget-view+json"
MINOR = 5  # the first version of the format whose cells have ids


def clean(notebook: NotebookNode) -> NotebookNode:
    """A copy of a notebook with only the metadata that says something about its content."""
    copy: NotebookNode = nbformat.from_dict(notebook)
    copy.nbformat_minor = max(copy.nbformat_minor, MINOR)
    copy.metadata = nbformat.from_dict(
        {"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    )
    taken = {cell.id for cell in copy.cells if "id" in cell}
    for number, cell in enumerate(copy.cells, start=1):
        tags = cell.metadata.get("tags", [])
        cell.metadata = NotebookNode(
            {k: cell.metadata[k] for k in KEPT_OF_CELL if k in cell.metadata}
        )
        if INJECTED in tags:
            cell.id = INJECTED  # papermill draws a random one
        elif "id" not in cell:
            cell.id = _free_id(number, taken)
        if cell.cell_type == "code":
            cell.outputs = _joined([_clean_output(output) for output in cell.outputs])
    return copy


def with_parameters(notebook: NotebookNode, parameters: Mapping[str, Value]) -> NotebookNode:
    """A notebook whose cell of given values says these ones, as papermill would have written them.

    A plan in a folder is kept by a name without that folder: where it lay on this machine changes
    nothing of what was found, and is nobody's business.
    """
    from papermill.translators import translate_parameters

    for cell in notebook.cells:
        if INJECTED in cell.metadata.get("tags", []):
            cell.source = translate_parameters(
                KERNEL["name"], KERNEL["language"], dict(parameters), "Parameters"
            )
    return notebook


def _joined(outputs: list[Any]) -> list[Any]:
    """Pieces of one stream as one: how a kernel cuts what is printed depends on its haste."""
    joined: list[Any] = []
    for output in outputs:
        before = joined[-1] if joined else None
        if (
            output.output_type == "stream"
            and before is not None
            and before.get("name") == output.name
        ):
            before.text += output.text
        else:
            joined.append(output)
    return joined


def _clean_output(output: Any) -> Any:
    """An output without the notes some front ends leave; what describes a picture stays.

    A widget goes, as its state does: whoever opens the file reads what stands in its place.
    """
    if output.output_type in {"display_data", "execute_result"}:
        output.data.pop(WIDGET, None)
        metadata = {mime: note for mime, note in output.metadata.items() if mime in output.data}
        output.metadata = NotebookNode(metadata)
    return output


def _free_id(number: int, taken: set[str]) -> str:
    name = f"cell-{number:02d}"
    while name in taken:
        name += "-x"
    taken.add(name)
    return name


def text_of(notebook: NotebookNode) -> str:
    """A notebook as the text of its file."""
    nbformat.validate(notebook)
    # As nbformat writes it, which would look at it all once more, and copy it piece by piece.
    lines = strip_transient(split_lines(nbformat.from_dict(notebook)))
    text = json.dumps(lines, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
    return text.rstrip("\n") + "\n"
