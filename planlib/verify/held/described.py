"""What a page says of itself to catalogues of data, held against what it is."""

from __future__ import annotations

import json
from typing import Any

from planlib.verify.markup import plain
from planlib.verify.texts import filled


def described_rightly(
    found: tuple[str, ...], title: tuple[str, str], lang: str, as_of: str, *, warned: bool,
    download: bool,
) -> bool:  # fmt: skip
    """Whether a page has one description, and it says that; ``title`` is the page's and the plan's."""
    name, plan = title
    about = f"{name} – {plan}"
    if warned:
        about += f". {filled('site.illustrative', lang)}"
    right: dict[str, Any] = {
        "@context": {"@vocab": "https://schema.org/", "dcat": "http://www.w3.org/ns/dcat#"},
        "@type": ["Dataset", "dcat:Dataset"],
        "name": name,
        "description": about,
        "isPartOf": {"@type": "Dataset", "name": plan},
        "inLanguage": lang,
    }
    if as_of:
        right["version"] = as_of
    if download:
        kinds = ["DataDownload", "dcat:Distribution"]
        right["distribution"] = {"@type": kinds, "encodingFormat": "text/csv"}
    try:
        return len(found) == 1 and _plain(json.loads(found[0], object_pairs_hook=_once)) == right
    except (ValueError, RecursionError):
        return False


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return plain(value) if isinstance(value, str) else value
