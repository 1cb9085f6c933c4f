"""Notebooks that only call planlib: their cells run in this very process.

A kernel for each, even one forked from a warm process, costs several times what a page of a small plan
does: it starts IPython, reads plan and figures of all areas, catalogues and templates, and sends
each output as a message. Here all of that is done once for all notebooks of a worker. Outputs are made
by IPython's own formatters, as a kernel makes them. Whatever is out of the ordinary (an error, a warning,
anything printed) leaves the notebook to a kernel, which tells of it as kernels do.
"""

from __future__ import annotations

import ast
import contextlib
import io
import warnings
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook

from planlib.batch.fork.bounded import MOST
from planlib.batch.notebooks.calls import DISPLAY, only_calls
from planlib.batch.notebooks.cleaning import KERNEL
from planlib.batch.notebooks.parsing import parsed

if TYPE_CHECKING:
    from planlib.batch.notebooks.parameters import Value

MIME = ("text/html", "text/plain")  # what pages show themselves as


class NotShared(Exception):
    """A notebook that a kernel must run."""


def run_shared(
    notebook: NotebookNode, parameters: Mapping[str, Value], folder: Path | None
) -> NotebookNode:
    """A copy of the notebook with its outputs; raises NotShared on any doubt."""
    nb = _parameterized(notebook, parameters)
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    if not _only_calls(tuple(cell.source for cell in cells)):
        raise NotShared
    from planlib.evaluation.given.kept import keeping  # it imports pandas

    names: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.chdir(folder or "."), _silent(), keeping():
        for number, cell in enumerate(cells, start=1):
            cell.outputs = _run(cell.source, names, number)
            cell.execution_count = number
    shown = (text for cell in cells for out in cell.outputs for text in out.data.values())
    if sum(map(len, shown)) > MOST:
        raise NotShared
    return nb


def _parameterized(notebook: NotebookNode, parameters: Mapping[str, Value]) -> NotebookNode:
    """A copy of a notebook with a cell of given values, as papermill makes one."""
    nb: NotebookNode = nbformat.from_dict(notebook)
    nb.metadata.papermill = {}
    for cell in nb.cells:
        cell.metadata.setdefault("tags", [])
    if not parameters:
        return nb
    language = {"kernel_name": KERNEL["name"], "language": KERNEL["language"]}
    filled: NotebookNode = parameterize_notebook(nb, dict(parameters), **language)
    return filled


def _run(source: str, names: dict[str, Any], number: int) -> list[NotebookNode]:
    """Run a cell; what it showed and what its last line came to."""
    outputs: list[NotebookNode] = []
    names[DISPLAY] = lambda *shown: outputs.extend(_output(one, "display_data") for one in shown)
    statements, last = _compiled(source)
    exec(statements, names)
    if last is not None:
        value = eval(last, names)
        if value is not None:
            outputs.append(_output(value, "execute_result", execution_count=number))
    return outputs


@lru_cache(maxsize=256)
def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """A cell up to its last line, and that line where it comes to something."""
    statements, shown = parsed(source).body, None
    if isinstance(last := statements[-1], ast.Expr):
        shown = compile(ast.Expression(last.value), "<cell>", "eval")
        statements.pop()
    return compile(ast.Module(statements, []), "<cell>", "exec"), shown


@lru_cache(maxsize=256)
def _only_calls(sources: tuple[str, ...]) -> bool:
    return only_calls(sources)


def _output(value: Any, kind: str, **more: int) -> NotebookNode:
    data, metadata = _formatter().format(value)
    if tuple(sorted(data)) != MIME or metadata:
        raise NotShared
    return NotebookNode(
        output_type=kind, data=NotebookNode(data), metadata=NotebookNode(metadata), **more
    )


@cache
def _formatter() -> Any:
    from IPython.core.formatters import DisplayFormatter

    return DisplayFormatter()


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Raise NotShared for whatever would be told beside what the cells show."""
    said = io.StringIO()
    try:
        with (
            warnings.catch_warnings(record=True) as warned,
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
        ):
            yield
    except Exception as error:
        raise NotShared from error
    if warned or said.getvalue():
        raise NotShared
