"""What a notebook may be given: read from its parameters cell, without running anything.

Papermill pastes a parameter's name into the notebook as code and only logs a name it does not
know, so a slip would be run with the default year and nobody would notice. Whoever fills a
notebook in checks against what is read here.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from dataclasses import dataclass
from pathlib import Path

from planlib.batch.notebooks.parsing import parsed
from planlib.batch.notebooks.text import NO_NOTEBOOK, text_at, why_unread
from planlib.errors import InputError, Problem, said
from planlib.storage.whole_files import LONGEST_NAME

TAG = "parameters"
PERIOD = "year"  # a year stands for any reporting period: it may be 2023/24-Q3
Value = str | int | float | bool | None


@dataclass(frozen=True)
class Parameter:
    """One parameter a notebook declares: its default says its type, its comment what it is."""

    name: str
    default: Value
    help: str

    def fault(self, value: object) -> str | None:
        """Why a value is not of the parameter's type, or None.

        >>> Parameter("year", 2013, "").fault("MMXIII")
        "must be a year or another period, found 'MMXIII'"
        >>> Parameter("year", 2013, "").fault(2014) is None
        True
        """
        kind = type(self.default)
        if type(value) is kind or (kind is float and type(value) is int):
            return None
        if self.name == PERIOD and kind is int and isinstance(value, str) and not value.isdecimal():
            from planlib.plan.periods.typed import names_a_period

            return None if names_a_period(value) else _no_period(value)
        if self.default is None and isinstance(value, str | int | float):
            return None
        return f"must be {_KINDS.get(kind, 'text')}, found {value!r}"


def _no_period(text: str) -> str:
    return f"must be a year or another period, found {text!r}"


_KINDS = {str: "text", int: "a whole number", float: "a number", bool: "True or False"}


def read_parameters(notebook: Path) -> tuple[Parameter, ...]:
    """The parameters a notebook declares; raises InputError where they are not plain literals."""
    # Read as JSON: nbformat takes over a second to import, and only cells and tags are needed.
    file = shown_name(notebook)
    try:
        cells = json.loads(text_at(str(notebook)))["cells"]
        tagged = [
            (at, "".join(cell["source"]))
            for at, cell in enumerate(cells, start=1)
            if cell["cell_type"] == "code" and TAG in cell["metadata"].get("tags", [])
        ]
    except FileNotFoundError:
        raise InputError([Problem(said("batch.notebook-not-found"), file=file)]) from None
    except NO_NOTEBOOK as error:
        message = said("batch.cannot-read-notebook", reason=why_unread(error))
        raise InputError([Problem(message, file=file)]) from None
    if len(tagged) != 1:
        message = said("batch.notebook-needs-tagged-cell", tag=TAG, found=len(tagged))
        raise InputError([Problem(message, file=file)])
    number, source = tagged[0]
    try:
        return _declared(source, file, f"cell {number}")
    except (ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        message = said("batch.cell-not-python", reason=why_unread(error))
        raise InputError([Problem(message, file=file, place=f"cell {number}")]) from None


def shown_name(notebook: Path) -> str:
    """The path of a notebook as a problem names it, cut where it is the fault.

    >>> len(shown_name(Path("x" * 5000)))
    201
    """
    name = str(notebook)
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _declared(source: str, file: str, place: str) -> tuple[Parameter, ...]:
    """The assignments of a parameters cell."""
    try:
        statements = parsed(source).body
    except SyntaxError as error:
        message = said("batch.cell-not-python", reason=error.msg)
        raise InputError([Problem(message, file=file, place=f"{place} line {error.lineno}")]) from (
            None
        )
    comments = _comments(source)
    found: list[Parameter] = []
    problems: list[Problem] = []
    for statement in statements:
        name, value = _assignment(statement)
        where = f"{place} line {statement.lineno}"
        if name is None or value is None:
            message = said("batch.holds-assignments-literals-only")
            problems.append(Problem(message, file=file, place=where))
            continue
        try:
            default = ast.literal_eval(value)
        except (ValueError, TypeError, RecursionError, MemoryError):
            default = ...
        if not isinstance(default, str | int | float | None):
            message = said("batch.parameter-value-not-written-out")
            problems.append(Problem(message, file=file, place=where, subject=f"'{name}'"))
            continue
        found.append(Parameter(name, default, comments.get(statement.end_lineno or 0, "")))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _assignment(statement: ast.stmt) -> tuple[str | None, ast.expr | None]:
    """The name and the value of ``name = value``; None for anything else."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id, statement.value
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        return (target.id if isinstance(target, ast.Name) else None), statement.value
    return None, None


def _comments(source: str) -> dict[int, str]:
    """The comments by line, without their sign."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }
