"""The script of the index: it finds, filters and sorts; the page says everything without it.

A browser runs it because the page's policy names its hash, and runs nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files


@cache
def script() -> str:
    """The script, as it stands in the page."""
    return files("planlib.report.site").joinpath("templates", "index.js").read_text("utf-8").strip()


@cache
def policy() -> str:
    """What the index forbids a browser: everything but its style, its pictures and this script."""
    digest = base64.b64encode(hashlib.sha256(f"\n{script()}\n".encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
