"""Whether this system can fork a process that has run libraries, and the engine's name.

Apart from the engine, which imports papermill: whoever only asks must not wait for that.
"""

from __future__ import annotations

import sys

NAME = "planlib-fork"


def unfit_system() -> str:
    """Why this system cannot fork a process that has run libraries, empty where it can."""
    reasons = {"linux": "", "darwin": "macOS forbids much of its own libraries after a fork"}
    return reasons.get(sys.platform, "this system cannot fork")
