"""Notebooks as nbformat and nbconvert see them, without what takes longer to import than both.

jsonschema compiles a grammar of internationalised addresses while it is imported, wherever the
optional library for it lies: two seconds, and no notebook is checked for addresses.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

ADDRESSES = ("rfc3986_validator", "rfc3987_syntax")


@contextmanager
def left_out(*optional: str) -> Iterator[None]:
    """Import as if these libraries were not there; afterwards they are again, for whoever needs them."""
    absent = {name: None for name in optional if name not in sys.modules}
    sys.modules.update(absent)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with left_out(*ADDRESSES):
    import nbformat as nbformat
    from nbconvert.filters import Highlight2HTML as Highlight2HTML
    from nbconvert.filters import markdown2html as markdown2html
    from nbconvert.filters import strip_ansi as strip_ansi
    from nbformat import NotebookNode as NotebookNode
    from nbformat.v4.rwbase import split_lines as split_lines
    from nbformat.v4.rwbase import strip_transient as strip_transient
