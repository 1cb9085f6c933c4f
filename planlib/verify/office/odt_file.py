"""What an OpenDocument file says it was made from; its text is proven by making it again."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET

from planlib.verify.office.items import OfficeFile, UnlikeDocument
from planlib.verify.office.word_package import MINE

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
LARGEST = 1_000_000  # bytes of the part that tells


def read_odt_origin(data: bytes) -> OfficeFile:
    """The properties of an OpenDocument file. Raises UnlikeDocument where it is none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if archive.getinfo("meta.xml").file_size > LARGEST:
                raise UnlikeDocument
            text = archive.read("meta.xml")
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise UnlikeDocument
        meta = ET.fromstring(text)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, ET.ParseError):
        raise UnlikeDocument from None
    told = {
        one.get(f"{_META}name", "").removeprefix(MINE): one.text or ""
        for one in meta.iter(f"{_META}user-defined")
        if one.get(f"{_META}name", "").startswith(MINE)
    }
    return OfficeFile(about=told)
