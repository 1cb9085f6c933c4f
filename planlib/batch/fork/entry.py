"""What papermill finds under its entry point: the engine, imported when it is first asked for.

papermill loads every registered engine while it is imported itself. An engine that imports
papermill in turn would meet it half made, and everybody's papermill would start slower.
"""

from __future__ import annotations

from typing import Any


class Entry:
    """Hands everything papermill asks of an engine to ``planlib.batch.fork.engine.ForkEngine``."""

    @staticmethod
    def execute_notebook(nb: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook; takes the options of papermill's own engine."""
        from planlib.batch.fork.engine import ForkEngine

        return ForkEngine.execute_notebook(nb, kernel_name, **options)

    @staticmethod
    def nb_kernel_name(nb: Any, name: str | None = None) -> str:
        """The kernel a notebook asks for."""
        from planlib.batch.fork.engine import ForkEngine

        return str(ForkEngine.nb_kernel_name(nb, name))

    @staticmethod
    def nb_language(nb: Any, language: str | None = None) -> str:
        """The language a notebook is written in."""
        from planlib.batch.fork.engine import ForkEngine

        return str(ForkEngine.nb_language(nb, language))
