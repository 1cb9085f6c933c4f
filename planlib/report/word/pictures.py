"""Charts in a document: points at print size, the vector drawing beside them, and their words."""

from __future__ import annotations

import io
import warnings

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Inches, Length

from planlib.language.direction import shown
from planlib.report.blocks import Chart
from planlib.report.charts.style import style
from planlib.report.charts.svg import svg_of
from planlib.report.word.xml import element

DOTS = 200  # per inch: what paper shows
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_OFFICE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # how Word knows the extension by


def add_chart(document: Document, chart: Chart, room: tuple[Length, Length], number: int) -> None:
    """A chart at the end of a document, as large as it was drawn where there is room for it.

    ``room`` is as wide and as high as it may be. Word draws the vectors where it knows how,
    anything else the points.
    """
    points = io.BytesIO()
    with style(), warnings.catch_warnings():
        # Letters that no font here has stand in the vectors, for whoever has one.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        chart.figure.savefig(
            points,
            format="png",
            dpi=DOTS,
            metadata={"Software": None},
            pil_kwargs={"compress_level": 3},
        )
        vectors = svg_of(chart).encode()
    wide, high = (float(side) for side in chart.figure.get_size_inches())
    scale = min(1.0, room[0].inches / wide, room[1].inches / high)
    paragraph = document.add_paragraph(style="Picture")
    picture = paragraph.add_run().add_picture(points, width=Inches(wide * scale))
    words = picture._inline.docPr
    words.set("descr", shown(chart.alt))
    words.set("name", f"chart {number}")
    words.set("id", str(number))
    part = Part(
        PackURI(f"/word/media/chart{number}.svg"), "image/svg+xml", vectors,
        document.part.package,
    )  # fmt: skip
    link = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    (blip,) = picture._inline.xpath(".//a:blip")
    vector = blip.makeelement(f"{{{_SVG}}}svgBlip", nsmap={"asvg": _SVG})
    vector.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", link)
    extension = element("a:ext", None, vector)
    extension.set("uri", _OFFICE)
    blip.append(element("a:extLst", None, extension))
