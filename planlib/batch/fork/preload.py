"""What template processes import before notebooks are forked from them.

A library that looks around while it is imported must see what it would see in a kernel: pandas
asks whether it runs in a terminal, and shows wide tables differently there.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType, SimpleNamespace

BACKEND = "module://matplotlib_inline.backend_inline"
MAGICS = (
    "ast_mod",
    "auto",
    "basic",
    "config",
    "display",
    "execution",
    "extension",
    "history",
    "logging",
    "namespace",
    "osm",
    "packaging",
    "pylab",
    "script",
)
KERNEL = (
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    # What a kernel imports while it starts, before its first cell.
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    *(f"IPython.core.magics.{name}" for name in MAGICS),
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "sqlite3",
    "tornado.platform.asyncio",
)
# Not pyplot: it switches the inline pictures on when it is imported, and each kernel must see that.
LIBRARIES = (
    "pandas",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "matplotlib.style",  # all pyplot imports besides itself
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pandas.io.formats.style",
    "pyarrow.pandas_compat",
)
# What planlib's own notebooks import; by name, as this package stands without the rest of planlib.
REVIEWS = (
    "planlib.evaluation.opening",
    "planlib.report.pages.annual",
    "planlib.report.pages.midterm",
    "planlib.report.charts",
)
# What takes as long as all the rest, and fewer notebooks need: nobody waits for it.
LATER = (*REVIEWS, "scipy.special", "scipy.optimize", "scipy.stats")


def warm_up(serving: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """Import what every notebook needs, and keep the collector from touching it again.

    ``serving`` are modules of the process itself, ``wanted`` those of the notebooks to come, which
    must find what a kernel sets before them. Gives the environment variables that importing a kernel sets.
    """
    before = set(os.environ)
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # no warnings; each child has its own
    if sys.path[0] in {"", str(Path.cwd())}:
        del sys.path[0]  # put there by -m; a kernel puts its own folder there
    _import(*KERNEL, *serving)
    found = {k: v for k, v in os.environ.items() if k not in before}
    found.pop("PYDEVD_DISABLE_FILE_VALIDATION", None)
    os.environ.setdefault("MPLBACKEND", BACKEND)  # as a kernel sets it before matplotlib is there
    _import(*wanted)
    if "matplotlib.figure" in sys.modules:
        _draw()
    settle()
    return found


def import_next(waiting: list[str]) -> None:
    """Import the first of the modules that wait, and take it off their list."""
    _import(waiting.pop(0))
    if not waiting:
        settle()


def settle() -> None:
    """Keep the collector from touching what is there, so that forks share it."""
    gc.collect()
    gc.freeze()


@contextlib.contextmanager
def as_in_a_kernel() -> Iterator[None]:
    """A shell with a kernel and a stream with its encoding, for whoever asks meanwhile."""
    vars(builtins)["get_ipython"] = lambda: SimpleNamespace(kernel=True)
    stdout, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="UTF-8")
    try:
        yield
    finally:
        sys.stdout = stdout
        del vars(builtins)["get_ipython"]


def _draw() -> None:
    """Draw a picture and drop it: fonts are found and opened, and what drawing imports is there."""
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.add_subplot()
    axes.plot([0, 1], label="one")
    axes.legend()
    axes.set_title("one")
    for kind in ("png", "svg"):
        figure.savefig(io.BytesIO(), format=kind)


class _LooksAround(MetaPathFinder):
    """Finds pandas for whoever imports it, and has it imported as in a kernel."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Nothing of all others, which are found as ever."""
        spec = PathFinder.find_spec(name, path, target) if name == "pandas" else None
        if spec is None or spec.loader is None:
            return None
        mine, run = vars(spec.loader), spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            del mine["exec_module"]
            with as_in_a_kernel():
                run(module)

        mine["exec_module"] = exec_module
        return spec


def _import(*names: str) -> None:
    sys.meta_path.insert(0, finder := _LooksAround())
    try:
        for name in names:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    finally:
        sys.meta_path.remove(finder)
