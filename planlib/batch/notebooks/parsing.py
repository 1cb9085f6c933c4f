"""Source of cells as a tree."""

from __future__ import annotations

import ast

from planlib.storage.collecting import no_collecting


def parsed(source: str) -> ast.Module:
    """The tree of a source; raises SyntaxError and what else ``ast.parse`` does.

    Garbage may be a task that failed and nobody asked, as a client of kernels leaves them: collected
    while Python 3.11 builds a tree, its traceback is written, for which another tree is built, and the
    first ends in a SystemError (https://github.com/python/cpython/issues/106905).

    >>> [type(one).__name__ for one in parsed("year = 2013").body]
    ['Assign']
    """
    with no_collecting():
        return ast.parse(source)
