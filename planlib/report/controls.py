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
# The arrow of a dropdown is drawn for a light ground, whatever the theme.
WIDGET_STYLE = """<style>
:is([data-jp-theme-light="false"], .vscode-dark) .jupyter-widgets select {
  color-scheme: dark; --jp-widgets-dropdown-arrow: url("data:image/svg+xml,%3Csvg \
xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18'%3E%3Cpath fill='%23d5d5d5' \
d='M5.2 5.9 9 9.7l3.8-3.8 1.2 1.2-4.9 5-4.9-5z'/%3E%3C/svg%3E");
}
</style>"""


def front_end() -> bool:
    """Whether a front end is listening."""
    return any(name in os.environ for name in FRONT_ENDS)


def widget_bundle(model_id: str, still: dict[str, str]) -> dict[str, Any]:
    """A widget for a front end that can show it; for any other what stands still, as saved."""
    return {**still, WIDGET: {"version_major": 2, "version_minor": 0, "model_id": model_id}}
