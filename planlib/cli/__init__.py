"""The ``planlib`` command. Modules that read, score or draw are imported only when needed."""

from planlib.cli.app import main

__all__ = ["main"]
