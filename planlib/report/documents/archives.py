"""Zip archives without a moment: the same bytes for the same parts, whenever they are written."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # that a zip archive can name
UNIX = 3


def timeless(archive: bytes, part: Callable[[str, bytes], bytes] = lambda _, data: data) -> bytes:
    """The parts of an archive in their order, each as ``part`` makes it of its name and bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as found, zipfile.ZipFile(out, "w") as made:
        for entry in found.infolist():
            fresh = zipfile.ZipInfo(entry.filename, FIRST_MOMENT)
            fresh.compress_type, fresh.create_system = entry.compress_type, UNIX
            made.writestr(fresh, part(entry.filename, found.read(entry)))
    return out.getvalue()
