"""What a PDF says of itself, and its text, line by line, where poppler's ``pdftotext`` is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from urllib.parse import unquote

from planlib.verify.office.items import OfficeFile, OfficeLine, UnlikeDocument

SECONDS = 120
_KEYWORDS = re.compile(rb"<pdf:Keywords>([^<]{1,2000})</pdf:Keywords>")
_PRODUCER = re.compile(rb"<pdf:Producer>([^<]{1,200})</pdf:Producer>")


def pdf_origin(data: bytes) -> Mapping[str, str]:
    """What a PDF of planlib was made from. Raises UnlikeDocument for what is no PDF."""
    if not data.startswith(b"%PDF-"):
        raise UnlikeDocument
    found = _KEYWORDS.findall(data)
    if len(found) != 1:
        return {}
    words = (one.partition("=") for one in found[0].decode("utf-8", "replace").split("|"))
    return {name: unquote(text) for name, _, text in words}


def pdf_producer(data: bytes) -> str:
    """Which program wrote it."""
    found = _PRODUCER.search(data)
    return found[1].decode("utf-8", "replace") if found else ""


def pdf_lines(data: bytes) -> OfficeFile | None:
    """The text of a PDF; None where there is no program that reads it."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-raw", "-enc", "UTF-8", "-", "-"],
            input=data, capture_output=True, timeout=SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError):
        return None
    file = OfficeFile()
    for number, page in enumerate(done.stdout.decode("utf-8", "replace").split("\f"), start=1):
        for line in page.splitlines():
            if line.strip():
                file.items.append(OfficeLine(line.strip(), "text", f"page {number}"))
    return file
