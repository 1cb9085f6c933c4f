"""The last touches on a workbook that XlsxWriter has no words for: its language, a style of heads."""

from __future__ import annotations

import io
import re
import zipfile

CORE, STYLES = "docProps/core.xml", "xl/styles.xml"
HEADING = "Heading 1"
_HEADING_ID = 16  # of that style among those Excel has built in (ECMA-376, 18.8.7)


def finished(workbook: bytes, language: str, title: int) -> bytes:
    """A workbook with its language in the document's properties, and its titles as headings.

    ``title`` is the place of their format among the workbook's formats.
    """
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(held, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == CORE:
                data = _with_language(data.decode(), language).encode()
            elif entry.filename == STYLES:
                data = _with_heading(data.decode(), title).encode()
            new.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _with_language(core: str, language: str) -> str:
    end = "</cp:coreProperties>"
    return core.replace(end, f"<dc:language>{language}</dc:language>{end}")


def _with_heading(styles: str, title: int) -> str:
    before, formats, after = re.split(r"(<cellXfs[^>]*>.*?</cellXfs>)", styles, flags=re.DOTALL)
    each = re.findall(r"<xf\b[^>]*?/>|<xf\b.*?</xf>", formats, flags=re.DOTALL)
    font = re.search(r'fontId="\d+"', each[title])
    kinds = re.search(r'<cellStyleXfs count="(\d+)">', before)
    assert font is not None and kinds is not None  # XlsxWriter writes both
    number = int(kinds[1])
    heading = f'<xf numFmtId="0" {font[0]} fillId="0" borderId="0"/>'
    before = before.replace(kinds[0], f'<cellStyleXfs count="{number + 1}">')
    before = before.replace("</cellStyleXfs>", f"{heading}</cellStyleXfs>")
    each[title] = re.sub(r'xfId="\d+"', f'xfId="{number}"', each[title])
    formats = f'<cellXfs count="{len(each)}">{"".join(each)}</cellXfs>'
    named = re.search(r'<cellStyles count="(\d+)">', after)
    assert named is not None
    after = after.replace(named[0], f'<cellStyles count="{int(named[1]) + 1}">')
    style = f'<cellStyle name="{HEADING}" xfId="{number}" builtinId="{_HEADING_ID}"/>'
    return before + formats + after.replace("</cellStyles>", f"{style}</cellStyles>")
