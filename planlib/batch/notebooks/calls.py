"""Notebooks whose cells only call planlib: these need no process of their own.

What is written in such a notebook can leave nothing behind for the next one: it binds names of its own,
and asks planlib's evaluation and pages, which are frozen. Any other cell (a loop, a function, an
attribute that is set, a name nobody bound, a magic command) may do anything, and so gets a kernel.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from planlib.batch.notebooks.parsing import parsed

# The modules such cells may import names from: those of evaluations and of reviews.
ASKED = frozenset(
    {
        "planlib.evaluation",
        *(f"planlib.report.pages.{name}" for name in ("annual", "compare", "midterm", "term")),
    }
)
DISPLAY = "display"


def only_calls(sources: Iterable[str]) -> bool:
    """Whether cells only bind values and results of calls to names, and show them.

    >>> only_calls(
    ...     ["year = 2013", 'from planlib.evaluation import evaluate\\nevaluate("p", as_of=year)']
    ... )
    True
    >>> only_calls(['open("file")']), only_calls(["page.plan = 1"]), only_calls(["%timeit 1"])
    (False, False, False)
    >>> only_calls(['"shown"  # as it is; no more']), only_calls(['"hidden";'])
    (True, False)
    """
    known = {DISPLAY}
    return all(_is_plain(source, known) for source in sources)


def _is_plain(source: str, known: set[str]) -> bool:
    try:
        statements = parsed(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    if not statements or _is_hidden(source, statements[-1]):
        return False
    return all(_is_call(statement, known) for statement in statements)


def _is_hidden(source: str, last: ast.stmt) -> bool:
    """Whether a semicolon keeps a cell from showing what it comes to."""
    line = source.splitlines()[(last.end_lineno or 1) - 1].encode()
    return line[last.end_col_offset :].lstrip().startswith(b";")


def _is_call(statement: ast.stmt, known: set[str]) -> bool:
    if isinstance(statement, ast.ImportFrom):
        known |= {one.asname or one.name for one in statement.names}
        return statement.module in ASKED and not statement.level
    if isinstance(statement, ast.Assign):
        (target, *more) = statement.targets
        if more or not isinstance(target, ast.Name) or not _is_value(statement.value, known):
            return False
        known.add(target.id)
        return target.id != DISPLAY
    return isinstance(statement, ast.Expr) and _is_value(statement.value, known)


def _is_value(value: ast.expr, known: set[str]) -> bool:
    """Whether an expression is written out, is bound to a name, or comes of a call to one."""
    match value:
        case ast.Constant():
            return True
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return True
        case ast.Name(id=name):
            return name in known
        case ast.Attribute(value=of, attr=name):
            return not name.startswith("_") and _is_value(of, known)
        case ast.Call(func=func, args=args, keywords=keywords):
            named = all(one.arg is not None and _is_value(one.value, known) for one in keywords)
            return named and all(_is_value(one, known) for one in (func, *args))
    return False
