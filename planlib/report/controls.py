"""Whether somebody is there to turn controls, and how widgets are shown beside what is saved.

Run without a front end (papermill, nbval) there is nobody to turn them, and a still view stands in
their place; it is also what a saved notebook keeps.
"""

from __future__ import annotations

import os
from typing import Any

# Set by a Jupyter server for the kernels of its sessions, by Voilà for those of its pages, and by
# nothing that runs unattended.
FRONT_ENDS = ("JPY_SESSION_NAME", "VOILA_REQUEST_URL")
WIDGET = "application/vnd.jupyter.widget-view+json"


def front_end() -> bool:
    """Whether a front end is listening."""
    return any(name in os.environ for name in FRONT_ENDS)


def widget_bundle(model_id: str, still: dict[str, str]) -> dict[str, Any]:
    """A widget for a front end that can show it; for any other what stands still, as saved."""
    return {**still, WIDGET: {"version_major": 2, "version_minor": 0, "model_id": model_id}}
