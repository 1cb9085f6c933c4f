"""Every message has its words in every language, under its id, with the same facts in them."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import planlib
from planlib.batch.notebooks.parsing import parsed
from planlib.errors import Problem, said
from planlib.language.text import Text
from planlib.messages import SHORTER, read_catalogue

PACKAGE = Path(planlib.__file__).parent
CATALOGUES = PACKAGE / "language" / "catalogues" / "problems"
LANGUAGES = sorted(path.stem for path in CATALOGUES.glob("*.po"))


TELL = {"said", "Problem", "refused"}


@cache
def written() -> tuple[tuple[tuple[str, ast.Call], ...], frozenset[str]]:
    """The calls of the package that tell something, with the file each is in; and its constants."""
    calls: list[tuple[str, ast.Call]] = []
    every: set[str] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(parsed(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant):
                every.add(str(node.value))
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELL:
                calls.append((file, node))
    return tuple(calls), frozenset(every)


def asked() -> Iterator[tuple[str, str]]:
    """What ``said`` is called with, where it is written out, and where."""
    for file, node in written()[0]:
        first = node.args[0] if node.args else None
        if getattr(node.func, "id", "") == "said" and isinstance(first, ast.Constant):
            yield str(first.value), f"{file}:{node.lineno}"


@cache
def texts(code: str) -> dict[str, tuple[str, ...]]:
    """A catalogue's messages by their ids, each with its plural forms."""
    found = read_catalogue((CATALOGUES / f"{code}.po").read_text("utf-8"))
    return {key: forms for key, forms in found.items() if key}


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_english_is_a_language_like_the_others() -> None:
    assert {"en", "vi"} <= set(LANGUAGES)
    for code in LANGUAGES:
        assert list(texts(code)) == sorted(texts("en"))
        assert all(all(forms) for forms in texts(code).values())


def test_every_message_of_the_code_has_its_words() -> None:
    used = dict(asked())
    assert len(used) > 500
    assert {key: at for key, at in used.items() if key not in texts("en")} == {}


def test_every_text_is_of_a_message_of_the_code() -> None:
    _, every = written()
    assert {key.removesuffix(SHORTER) for key in texts("en")} - every == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_tells_the_same_facts(code: str) -> None:
    # A date in doubt names its months in words in English, by their numbers in Vietnamese.
    free = {"one", "two", "year", "second", "first"}
    for key, forms in texts(code).items():
        for text in forms:
            assert holes(text) ^ set().union(*map(holes, texts("en")[key])) <= free, key


@pytest.mark.parametrize("path", sorted(CATALOGUES.parent.rglob("*.po")), ids=str)
def test_catalogues_are_read_as_babel_reads_them(path: Path) -> None:
    source = path.read_bytes()
    found = {key: forms for key, forms in read_catalogue(source.decode()).items() if key}
    assert found == {
        message.id[0] if message.pluralizable else message.id: tuple(message.string)
        if message.pluralizable
        else (message.string,)
        for message in read_po(io.BytesIO(source))
        if message.id
    }


def test_a_count_takes_the_form_that_its_number_asks_for() -> None:
    one, many = (Problem(said("verify.more-lines-differ", n=n)) for n in (1, 12_000))
    assert str(one) == str(one.in_language("en")) == "and 1 more line that differs"
    assert str(many) == str(many.in_language("en")) == "and 12000 more lines that differ"
    assert str(many.in_language("vi")) == "và 12000 dòng khác nữa"


def test_numbers_names_and_large_amounts_are_written_as_the_language_does() -> None:
    name = Text(vi="Thu thuế", en="Tax")
    message = said("figures.far-from-other-years", figure=12e6, middle=95.5)
    problem = Problem(message, "kp.xlsx", "A!B2", said("figures.goal-subject", goal=name))
    assert str(problem.in_language("vi")) == (
        "kp.xlsx [A!B2]: chỉ tiêu 'Thu thuế': 12.000.000, trong khi các năm khác khoảng 95,5"
    )
    assert str(problem.in_language("en")) == (
        "kp.xlsx [A!B2]: goal 'Tax': 12,000,000, where other years have about 95.5"
    )


def test_words_without_an_id_stay_as_they_are() -> None:
    problem = Problem("nested too deep", "plan.yaml", 3)
    assert problem.in_language("vi").message == "nested too deep"


# What only a Python program can get wrong is told in English, as Python itself does.
FOR_PROGRAMS = ("scoring/", "outlook/")


def test_no_command_has_a_problem_with_words_in_english_only() -> None:
    bare = []
    for file, node in written()[0]:
        if file.startswith(FOR_PROGRAMS) or getattr(node.func, "id", "") == "said":
            continue
        words = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "hint")]
        bare += [
            f"{file}:{node.lineno}"
            for word in words
            if isinstance(word, ast.JoinedStr)
            or (isinstance(word, ast.Constant) and isinstance(word.value, str))
        ]
    assert bare == []
