"""What a document was made from, as properties of the file: a proof makes it again from them."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from planlib.report.word.paragraphs import safe

PREFIX = "planlib."
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # that of properties a user adds
_FIRST = 2  # their numbers begin so
_SPACES = (
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
)


def tell_origin(document: Document, made_from: Mapping[str, str]) -> None:
    """Write what a document was made from into its properties; what is empty is left out."""
    told = [(name, text) for name, text in made_from.items() if text]
    lines = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{PREFIX}{name}">'
        f"<vt:lpwstr>{safe(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(told, _FIRST)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties {_SPACES}>{lines}</Properties>'
    package = document.part.package
    assert package is not None
    part = Part(
        PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, xml.encode(), package
    )
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
