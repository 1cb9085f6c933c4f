"""The catalogues say the same things in every language, and all of it is used."""

from __future__ import annotations

import ast
import gettext
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
from planlib.batch.notebooks.parsing import parsed
from planlib.errors import PlanlibError
from planlib.language.language import Language, own_name
from planlib.language.languages import LANGUAGES
from planlib.messages import SHORTER, read_catalogue
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


def test_every_language_has_the_same_files() -> None:
    for code in LANGUAGES:
        assert sorted(path.name for path in (CATALOGUES / code).glob("*.po")) == FILES, code
        assert (CATALOGUES / "problems" / f"{code}.po").is_file()


@pytest.mark.parametrize("name", FILES)
def test_every_language_has_the_same_keys(name: str) -> None:
    for code in LANGUAGES:
        assert messages(code, name).keys() == messages("en", name).keys(), code


def test_no_key_stands_in_two_files() -> None:
    assert sum(len(messages("vi", name)) for name in FILES) == len(every_key())


@cache
def forms_made(plural: str) -> frozenset[int]:
    """Which forms a rule of plurals comes to; most catalogues of a language have the same rule."""
    form = gettext.c2py(plural)
    return frozenset(map(form, range(1000)))


@pytest.mark.parametrize("name", FILES)
def test_no_text_is_empty_and_plural_forms_are_complete(name: str) -> None:
    for code in LANGUAGES:
        (header,) = read_catalogue((CATALOGUES / code / name).read_text("utf-8"))[""]
        forms_of_language = re.search(r"nplurals=(\d+); plural=(.*);", header)
        assert forms_of_language, (code, name)
        count = int(forms_of_language[1])
        assert forms_made(forms_of_language[2]) == {*range(count)}
        for key, message in messages(code, name).items():
            told = forms(message)
            counts = not isinstance(message.id, str)
            assert counts == (not isinstance(messages("en", name)[key].id, str)), (code, key)
            assert len(told) == (count if counts else 1), (code, key)
            assert all(text.strip() for text in told), (code, key)


@pytest.mark.parametrize("name", FILES)
def test_every_language_fills_in_the_same_values(name: str) -> None:
    for code in LANGUAGES:
        for key, message in messages(code, name).items():
            mine = {hole for text in forms(message) for hole in holes(text)}
            theirs = {hole for text in forms(messages("en", name)[key]) for hole in holes(text)}
            # "The one target …" need not repeat the number.
            assert mine == theirs, (code, key)


@pytest.mark.parametrize("name", ["pages.po", "words.po"])
def test_numbers_and_units_do_not_part_at_the_end_of_a_line(name: str) -> None:
    for code in LANGUAGES:
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
        for node in ast.walk(parsed(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value)
                    if isinstance(part, ast.Constant)
                    else r"[\w.-]+"
                    for part in node.values
                ]  # fmt: skip
                if re.match(r"[a-z_]+(\\-[a-z_]+)*\\\.", parts[0]):
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
        for key in sorted({key.removesuffix(SHORTER) for key in every_key()})
        if key not in plain and not any(pattern.fullmatch(key) for pattern in patterns)
    ]
    assert dead == []


def test_every_text_asked_for_is_there() -> None:
    missing = set()
    for path in (PACKAGE / "report").rglob("*.py"):
        for node in ast.walk(parsed(path.read_text("utf-8"))):
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


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_verdict_has_a_word_a_look_and_a_place_in_the_counts(code: str) -> None:
    language = Language(code)
    words = [language.verdict(verdict) for verdict in Verdict]
    assert len(set(words)) == len(Verdict)
    assert len({LOOKS[verdict].glyph for verdict in Verdict}) == len(Verdict)
    assert all(language(f"counts.{verdict.name}", n=1, count=1) for verdict in Verdict)


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


def test_french_is_written_as_french_offices_write() -> None:
    """By no more than its folder of catalogues and Babel: nothing in the code names it."""
    fr = Language("fr")
    assert [fr.number(n) for n in (1300, 6.8, -5, 1234567.891)] == [
        "1\u202f300",
        "6,8",
        "−5",
        "1\u202f234\u202f567,89",
    ]
    assert fr.date("2014-03-01") == "1er mars 2014"
    assert fr.date("2014-12-17") == "17 décembre 2014"
    assert (fr.date("2014-02"), fr.date("2014")) == ("février 2014", "2014")
    assert fr.short_date("2014-02-07") == "7 févr. 2014"
    words = [fr.verdict(verdict).lower() for verdict in Verdict]
    assert set(words) >= {
        "dépassé", "atteint", "non atteint", "pas encore atteint", "pas encore échu",
        "pas de données", "sans objet", "non publié",
    }  # fmt: skip
    # Zero things are told in the singular.
    assert [fr("heading.missing", n=n) for n in (0, 1, 2)] == [
        "Sans chiffre\u00a0: 0 objectif",
        "Sans chiffre\u00a0: 1 objectif",
        "Sans chiffre\u00a0: 2 objectifs",
    ]
    assert [
        path.name
        for path in PACKAGE.rglob("*.py")
        if "fr" in (source := path.read_text("utf-8")).replace("'", '"').split('"')
        for node in ast.walk(parsed(source))
        if isinstance(node, ast.Constant) and node.value == "fr"
    ] == []


def test_every_language_says_what_it_and_the_others_are_called() -> None:
    assert [own_name(code) for code in ("vi", "en", "fr")] == ["Tiếng Việt", "English", "Français"]
    assert Language("fr").written_in("vi", "Kinh tế") == "Kinh tế (en vietnamien)"
    assert Language("vi").written_in("fr", "Économie") == "Économie (tiếng Pháp)"
    assert not any(Language(code).right_to_left for code in ("vi", "en", "fr"))


def test_one_goal_is_not_told_in_the_plural_in_english() -> None:
    assert Language("en")("heading.missing", n=1) == "Without a figure: 1 target"
    assert Language("en")("heading.missing", n=2) == "Without a figure: 2 targets"
    assert Language("vi")("heading.missing", n=2) == "Thiếu số liệu: 2 chỉ tiêu"


def test_a_key_without_a_text_is_an_error_and_not_printed() -> None:
    with pytest.raises(PlanlibError, match=r"no\.such\.key"):
        Language("vi")("no.such.key")
    with pytest.raises(ValueError, match=r"the language is vi.* or .*found 'tlh'"):
        Language("tlh")
