"""The texts around the pages: the same keys in both languages, filled in the same way."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

import planlib.language
from planlib.language.language import Language

CATALOGUES = Path(planlib.language.__file__).parent / "catalogues"
SOURCES = [
    path
    for folder in ("report/site", "batch", "cli")
    for path in (CATALOGUES.parent.parent / folder).rglob("*")
    if path.suffix in {".py", ".j2"}
]


def texts(code: str) -> dict[str, list[str]]:
    with (CATALOGUES / code / "site.po").open("rb") as handle:
        catalogue = read_po(handle, locale=code)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            [message.string] if isinstance(message.string, str) else list(message.string)
        )
        for message in catalogue
        if message.id
    }


def test_both_languages_have_the_same_keys_and_fill_in_the_same() -> None:
    vi, en = texts("vi"), texts("en")
    assert set(vi) == set(en)
    for key in vi:
        fields = {frozenset(re.findall(r"\{(\w+)\}", text)) for text in [*vi[key], *en[key]]}
        assert len(fields) == 1, key
        assert all(text.strip() for text in [*vi[key], *en[key]]), key


def test_every_key_is_used_and_every_key_used_is_there() -> None:
    known = set(texts("vi"))
    used = "\n".join(path.read_text("utf-8") for path in SOURCES)
    asked = set(re.findall(r'"(site\.[a-z_.]+[a-z])"', used))
    assert asked <= known
    made = {
        f"site.{prefix}{name}{ending}"
        for prefix, names in {"": ("annual", "midterm"), "title.": ("annual", "midterm"),
                              "language.": ("vi", "en")}.items()
        for name in names
        for ending in ("", ".short")
    }  # fmt: skip
    assert known - asked <= made
    assert Language("en")("site.failures", n=2).startswith("In the last run 2 pages")
