"""What a page says of itself to search engines and catalogues of data: schema.org and DCAT, as JSON-LD.

It is data, not a program: the page's Content-Security-Policy lets no script run but its own, and ``planlib
verify`` allows exactly this text.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from planlib.language.language import Language
from planlib.report.site.frame import Frame

CONTEXT = {"@vocab": "https://schema.org/", "dcat": "http://www.w3.org/ns/dcat#"}
_SPELLED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def described(frame: Frame, *, illustrative: bool, download: bool) -> Markup:
    """The page as a data set; ``download`` says that it holds its figures as a file."""
    about = f"{frame.title} – {frame.plan}"
    if illustrative:
        about += f". {Language(frame.lang)('site.illustrative')}"
    record: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": ["Dataset", "dcat:Dataset"],
        "name": frame.title,
        "description": about,
        "isPartOf": {"@type": "Dataset", "name": frame.plan},
        "inLanguage": frame.lang,
    }
    if frame.as_of:
        record["version"] = frame.as_of
    if download:
        record["distribution"] = {
            "@type": ["DataDownload", "dcat:Distribution"], "encodingFormat": "text/csv",
        }  # fmt: skip
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    for sign, spelled in _SPELLED.items():
        text = text.replace(sign, spelled)
    return Markup(text)
