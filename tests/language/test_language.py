"""The catalogues say the same things in both languages, and all of it is used."""

from __future__ import annotations

import ast
import io
import json
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import planlib
from planlib.errors import PlanlibError
from planlib.language.language import Language
from planlib.report.vocabulary import LOOKS
from planlib.scoring.verdict import Verdict

PACKAGE = Path(planlib.__file__).parent
CATALOGUES = PACKAGE / "language" / "catalogues"
NOTEBOOKS = PACKAGE.parent / "notebooks"
FILES = sorted(path.name for path in (CATALOGUES / "vi").glob("*.po"))


@cache
def messages(code: str, name: str) -> dict[str, Message]:
    source = io.BytesIO((CATALOGUES / code / name).read_bytes())
    found: dict[str, Message] = {}
    for message in read_po(source, locale=code):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            assert key not in found, f"{name} has {key} twice"
            found[key] = message
    return found


@cache
def every_key() -> frozenset[str]:
    return frozenset(key for name in FILES for key in messages("vi", name))


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_files() -> None:
    assert sorted(path.name for path in (CATALOGUES / "en").glob("*.po")) == FILES


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_keys(name: str) -> None:
    assert messages("vi", name).keys() == messages("en", name).keys()


def test_no_key_stands_in_two_files() -> None:
    assert sum(len(messages("vi", name)) for name in FILES) == len(every_key())


@pytest.mark.parametrize("name", FILES)
def test_no_text_is_empty_and_plural_forms_are_complete(name: str) -> None:
    for code, count in (("vi", 1), ("en", 2)):
        for key, message in messages(code, name).items():
            told = forms(message)
            assert len(told) == (1 if isinstance(message.id, str) else count), (code, key)
            assert all(text.strip() for text in told), (code, key)


@pytest.mark.parametrize("name", FILES)
def test_both_languages_fill_in_the_same_values(name: str) -> None:
    for key, message in messages("vi", name).items():
        mine = {hole for text in forms(message) for hole in holes(text)}
        theirs = {hole for text in forms(messages("en", name)[key]) for hole in holes(text)}
        # "The one target …" need not repeat the number.
        assert mine == theirs, key


@pytest.mark.parametrize("name", ["pages.po", "words.po"])
def test_numbers_and_units_do_not_part_at_the_end_of_a_line(name: str) -> None:
    for code in ("vi", "en"):
        for key, message in messages(code, name).items():
            for text in forms(message):
                assert not re.search(r"[}\d] %", text), (code, key)


@cache
def asked_for() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every string of the package and its notebooks, and every pattern with holes."""
    sources = [path.read_text("utf-8") for path in PACKAGE.rglob("*.py")]
    for path in NOTEBOOKS.glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    templates = [path.read_text("utf-8") for path in PACKAGE.rglob("*.j2")]
    plain: set[str] = set()
    patterns: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value)
                    if isinstance(part, ast.Constant)
                    else r"[\w.]+"
                    for part in node.values
                ]  # fmt: skip
                if re.match(r"[a-z_]+\\\.", parts[0]):
                    patterns.add("".join(parts))
    for template in templates:
        plain.update(re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+)+)[\"']", template))
        patterns.update(
            re.escape(start) + r"[\w.]+"
            for start in re.findall(r"[\"']([a-z_]+\.)[\"'] *~", template)
        )
    return frozenset(plain), tuple(re.compile(pattern) for pattern in sorted(patterns))


def test_every_text_is_used() -> None:
    plain, patterns = asked_for()
    dead = [
        key
        for key in sorted(every_key())
        if key not in plain and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert dead == []


def test_every_text_asked_for_is_there() -> None:
    missing = set()
    for path in (PACKAGE / "report").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "language"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                missing.add(node.args[0].value)
    assert missing - every_key() == set()


@pytest.mark.parametrize("code", ["vi", "en"])
def test_every_verdict_has_a_word_a_look_and_a_place_in_the_counts(code: str) -> None:
    language = Language(code)
    words = [language.verdict(verdict) for verdict in Verdict]
    assert len(set(words)) == len(Verdict)
    assert len({LOOKS[verdict].glyph for verdict in Verdict}) == len(Verdict)
    assert all(language(f"counts.{verdict.name}", count=1) for verdict in Verdict)


def test_numbers_are_written_as_offices_write_them() -> None:
    vi, en = Language("vi"), Language("en")
    assert [vi.number(n) for n in (1300, 6.8, -5, 0.125)] == ["1.300", "6,8", "−5", "0,12"]
    assert [en.number(n) for n in (1300, 6.8, -5)] == ["1,300", "6.8", "−5"]
    with pytest.raises(ValueError, match="finite"):
        vi.number(float("nan"))


def test_dates_are_written_as_offices_write_them() -> None:
    vi, en = Language("vi"), Language("en")
    assert vi.date("2014-02-07") == "ngày 07 tháng 02 năm 2014"
    assert vi.date("2014-12-17") == "ngày 17 tháng 12 năm 2014"
    assert vi.date("2014-03") == "tháng 3 năm 2014"
    assert en.date("2014-02-07") == "7 February 2014"
    assert (vi.short_date("2014-02-07"), en.short_date("2014-02-07")) == (
        "07/02/2014",
        "7 Feb 2014",
    )


def test_one_goal_is_not_told_in_the_plural_in_english() -> None:
    assert Language("en")("heading.missing", n=1) == "Without a figure: 1 target"
    assert Language("en")("heading.missing", n=2) == "Without a figure: 2 targets"
    assert Language("vi")("heading.missing", n=2) == "Thiếu số liệu: 2 chỉ tiêu"


def test_a_key_without_a_text_is_an_error_and_not_printed() -> None:
    with pytest.raises(PlanlibError, match=r"no\.such\.key"):
        Language("vi")("no.such.key")
    with pytest.raises(ValueError, match="vi or en"):
        Language("fr")
