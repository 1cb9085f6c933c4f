"""The file of a Word document: the same bytes for the same content, whenever it is written."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip archive can name


def packed(document: Document) -> bytes:
    """A document as its file, without the moment and the machine it was written on."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with (
        zipfile.ZipFile(written) as found,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in found.namelist():  # python-docx names its parts in one order
            part = zipfile.ZipInfo(name, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 3
            made.writestr(part, found.read(name))
    return out.getvalue()
