"""What the outputs of a notebook depend on besides its inputs: planlib's code and the libraries.

Part of every job's key, so a page of other code is never reused; and what the workers of a cluster
must share with the one who sends the jobs.
"""

from __future__ import annotations

import hashlib
import os
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from planlib.plan.shipped import PACKAGE

# Those whose version shows in a notebook's outputs or in its page.
LIBRARIES = (
    "babel", "ipykernel", "ipython", "jinja2", "matplotlib", "nbclient", "nbconvert", "nbformat",
    "numpy", "pandas", "papermill", "pyarrow", "scipy",
)  # fmt: skip
CODE = {".py", ".po", ".css", ".j2", ".json"}
DATA = {"plans", "_data", "_notebooks", "__pycache__"}  # keyed for themselves, or no code


def versions() -> dict[str, str]:
    """Python, planlib with a hash of its code, and the libraries."""
    python = ".".join(platform.python_version_tuple()[:2])
    found = {"python": python, "planlib": f"{_version('planlib')}+{code_hash()}"}
    return found | {name: _version(name) for name in LIBRARIES}


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


@cache
def code_hash() -> str:
    """A hash of the files of the package that decide what a page looks like."""
    total = hashlib.sha256()
    for folder, folders, files in os.walk(PACKAGE):
        folders[:] = sorted(set(folders) - DATA)
        below = Path(folder).relative_to(PACKAGE).as_posix()
        for name in sorted(files):
            if Path(name).suffix in CODE:
                code = Path(folder, name).read_bytes()
                total.update(f"{below}/{name}\0{len(code)}\0".encode())
                total.update(code)
    return total.hexdigest()[:16]
