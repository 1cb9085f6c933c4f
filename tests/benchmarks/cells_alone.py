"""The floor of every engine: ``python cells_alone.py NOTEBOOK``, a run for each line it is sent.

The notebook's cells run one after another in a warm IPython shell of this process, which makes
tables and figures as a kernel makes them and sends them nowhere.
"""

from __future__ import annotations

import sys

import matplotlib as mpl
import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.pylabtools import activate_matplotlib
from IPython.utils.capture import capture_output
from matplotlib_inline.backend_inline import configure_inline_support

BACKEND = "module://matplotlib_inline.backend_inline"


class WarmShell(InteractiveShell):  # type: ignore[misc]  # IPython has no types here
    """A shell without windows."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no window."""


def main(path: str) -> None:
    """Run the notebook once for each line; answer how many pictures were drawn."""
    mpl.use(BACKEND)
    shell = WarmShell.instance()
    activate_matplotlib(BACKEND)
    configure_inline_support(shell, BACKEND)
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    for _ in sys.stdin:
        pictures = 0
        for cell in cells:
            with capture_output() as taken:
                assert shell.run_cell(cell.source).success
            found = [out for out in taken.outputs if {"image/png", "image/svg+xml"} & set(out.data)]
            pictures += len(found)
        shell.reset(new_session=False)
        print(pictures, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
