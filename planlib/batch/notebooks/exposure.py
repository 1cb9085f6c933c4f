"""Whether a notebook shows, or would show, figures that are for internal eyes only.

A notebook is committed with its outputs, and what is committed is public. Looked at are the
parameters papermill gave it, its code (``"internal"`` anywhere, or an evaluation without an
audience, which is internal), and what its outputs say, for these may be older than the code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

from planlib.batch.notebooks.parsing import parsed
from planlib.errors import Problem, said
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.audience import INTERNAL
from planlib.report.site.notebook_format import NotebookNode

_OPENERS = {"evaluate": 4, "Evaluation": 3}  # where the audience stands among their arguments
_QUOTED = re.compile(r"""(["'])internal\1""")
_SPACE = re.compile(r"\s+")


def exposure(notebook: NotebookNode, file: str) -> Problem | None:
    """The first thing that makes a notebook internal, as a problem; None for a public one."""
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    if isinstance(given, dict) and INTERNAL in given.values():
        return _problem(file, None)
    marks = [_SPACE.sub(" ", Language(code)("audience.internal")) for code in LANGUAGES]
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        texts = (_SPACE.sub(" ", text) for output in cell.outputs for text in _texts(output))
        if _asks(cell.source) or any(mark in text for text in texts for mark in marks):
            return _problem(file, number)
    return None


def _problem(file: str, number: int | None) -> Problem:
    return Problem(
        said("batch.holds-figures-internal-use"),
        file,
        None if number is None else f"cell {number}",
        hint=said("batch.set-audience-public-run"),
    )


def _asks(source: str) -> bool:
    """Whether the code of a cell asks for internal figures, by name or by saying nothing."""
    try:
        tree = parsed(source)
    except SyntaxError:  # a magic of IPython
        return _QUOTED.search(source) is not None
    return any(_is_internal(node) for node in ast.walk(tree))


def _is_internal(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return bool(node.value == INTERNAL)
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in _OPENERS:
        return False
    keywords = {keyword.arg for keyword in node.keywords}  # None for **more, which may name it
    return len(node.args) <= _OPENERS[name] and not keywords & {"audience", None}


def _texts(output: Any) -> Iterator[str]:
    """Everything an output says, whatever its kind."""
    if output.output_type == "stream":
        yield output.text
    elif output.output_type == "error":
        yield "\n".join(output.traceback)
    else:
        for data in output.data.values():
            yield data if isinstance(data, str) else str(data)
