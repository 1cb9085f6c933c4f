"""A papermill engine that runs each notebook in a process forked from a warm one.

A library of its own: it imports nothing else of planlib, and papermill finds it by its entry point
(``papermill --engine planlib-fork``). For programs:

- ``NAME``, the engine's name; ``unfit_system()``, why this system cannot fork, empty where it can;
- ``Entry``, to register where the package is not installed;
- ``planlib.batch.fork.templates.templates``: ``preload("my_library")`` has it imported before the
  fork, ``preload_only("my_library")`` nothing else, ``get()`` warms up early, ``stop()`` ends the warm processes;
- ``planlib.batch.fork.bounded``: ``BoundedEngine``, papermill's own engine with a bound on outputs,
  and ``TooMuchOutput``, what either engine raises beyond it.

See the README beside this file.
"""

from planlib.batch.fork.entry import Entry
from planlib.batch.fork.system import NAME, unfit_system

__all__ = ["NAME", "Entry", "unfit_system"]
