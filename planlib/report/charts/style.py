"""The one style of all charts, used inside a context so that nobody else's settings change.

Matplotlib has one set of settings a process: threads that draw take turns, or one would leave the
style behind for good and another draw in somebody else's.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import matplotlib as mpl

TITLE, TEXT, SMALL, TINY = 11.0, 9.0, 8.5, 8.0  # point sizes at print size
LINE = 1.32  # height of a line of text over its point size

# Settings about windows and the process, which a chart has no business with.
_NOT_LOOKS = (
    "backend", "date.epoch", "docstring", "figure.hooks", "figure.max_open", "figure.raise_window",
    "interactive", "savefig.directory", "timezone", "tk.", "toolbar", "webagg",
)  # fmt: skip


@cache
def _settings() -> Any:
    """Matplotlib's own defaults with the style file on top: a reader's settings play no part."""
    with as_file(files("planlib.report.charts") / "planlib.mplstyle") as path:
        whole = mpl.rc_params_from_file(path, use_default_template=True)
    return {name: value for name, value in whole.items() if not name.startswith(_NOT_LOOKS)}


_turns = [threading.RLock()]
if hasattr(os, "register_at_fork"):  # a thread that held it is not there in a child
    os.register_at_fork(after_in_child=lambda: _turns.__setitem__(0, threading.RLock()))


@contextmanager
def drawing() -> Iterator[None]:
    """One thread's turn with what matplotlib has once a process: settings and open fonts."""
    with _turns[0]:
        yield


@contextmanager
def style() -> Iterator[None]:
    """The look of every chart, for drawing as well as for saving; one thread at a time."""
    with drawing(), mpl.rc_context():
        mpl.rcParams.update(_settings())
        yield


def lines_height(count: float, size: float) -> float:
    """Inches that some lines of text take up."""
    return count * size * LINE / 72
