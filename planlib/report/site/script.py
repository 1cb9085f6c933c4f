"""The scripts of pages: where one is read in another language, and finding, filtering, sorting on the index.

A browser runs the one of a page because its policy names its hash, and runs nothing else; every page
says everything without it.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

PAGE = ("place.js",)
INDEX = (*PAGE, "index.js")
_FIXED = "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def script(parts: tuple[str, ...] = INDEX) -> str:
    """The script of a kind of page, as it stands there; nothing of no parts."""
    templates = files("planlib.report.site").joinpath("templates")
    return "\n".join(templates.joinpath(name).read_text("utf-8").strip() for name in parts)


@cache
def policy(parts: tuple[str, ...] = INDEX) -> str:
    """What a page forbids a browser: everything but its style, its pictures and its script."""
    if not parts:
        return f"default-src 'none'; {_FIXED}"
    digest = base64.b64encode(hashlib.sha256(f"\n{script(parts)}\n".encode()).digest()).decode()
    return f"default-src 'none'; script-src 'sha256-{digest}'; {_FIXED}"
