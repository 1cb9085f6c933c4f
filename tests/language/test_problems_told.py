"""Every problem an office may read has its words in Vietnamese, with the same facts in them."""

from __future__ import annotations

import ast
import io
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

import planlib
from planlib.errors import Problem, said
from planlib.language.problems import told
from planlib.plan.base import Text

PACKAGE = Path(planlib.__file__).parent


@cache
def strings_of_the_code() -> tuple[frozenset[str], frozenset[str]]:
    """Every string of the package, and those that ``said`` is called with."""
    plain, asked = set(), set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "said":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    asked.add(str(first.value))
                asked |= {
                    str(word.value.value)
                    for word in node.keywords
                    if word.arg == "plural" and isinstance(word.value, ast.Constant)
                }
    return frozenset(plain), frozenset(asked)


@cache
def translations() -> dict[str, tuple[str, ...]]:
    """What the Vietnamese catalogue holds: each template with its forms."""
    source = PACKAGE / "language" / "catalogues" / "problems" / "vi.po"
    forms: dict[str, tuple[str, ...]] = {}
    for message in read_po(io.BytesIO(source.read_bytes()), locale="vi"):
        for key in message.id if message.pluralizable else (message.id,):
            if key:
                forms[key] = message.string if message.pluralizable else (message.string,)
    return forms


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_has_a_translation() -> None:
    _, asked = strings_of_the_code()
    assert len(asked) > 150
    assert asked - set(translations()) == set()


def test_every_translation_is_of_a_message_of_the_code() -> None:
    plain, _ = strings_of_the_code()
    assert set(translations()) - plain == set()


def test_a_translation_tells_the_same_facts() -> None:
    # A date in doubt names its months in words in English, by their numbers in Vietnamese.
    free = {"one", "two", "year", "second", "first"}
    for template, forms in translations().items():
        for text in forms:
            assert holes(text) - free <= holes(template) and holes(template) - free <= holes(text)


def test_a_count_takes_the_form_that_its_number_asks_for() -> None:
    one, many = "the row is not one of the template", "{n} rows are not of the template"
    assert str(said(one, plural=many, n=1)) == one
    assert told(Problem(said(one, plural=many, n=12_000)), "en").message == (
        "12000 rows are not of the template"
    )


def test_numbers_names_and_large_amounts_are_written_as_the_language_does() -> None:
    name = Text(vi="Thu thuế", en="Tax")
    message = said(
        "{figure:.4g}, where other years have about {middle:.4g}", figure=12e6, middle=95.5
    )
    problem = Problem(message, "kp.xlsx", "A!B2", said("goal '{goal}'", goal=name))
    assert str(told(problem, "vi")) == (
        "kp.xlsx [A!B2]: chỉ tiêu 'Thu thuế': 12.000.000, trong khi các năm khác khoảng 95,5"
    )
    assert str(told(problem, "en")) == (
        "kp.xlsx [A!B2]: goal 'Tax': 12,000,000, where other years have about 95.5"
    )


def test_a_message_without_a_translation_stays_as_it_is() -> None:
    assert told(Problem("nested too deep", "plan.yaml", 3), "vi").message == "nested too deep"


# What only a Python program can get wrong is told in English, as Python itself does.
FOR_PROGRAMS = ("scoring/", "outlook/")


def test_no_command_has_a_problem_with_words_in_english_only() -> None:
    bare = []
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(FOR_PROGRAMS):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Problem":
                continue
            words = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "hint")]
            bare += [
                f"{name}:{node.lineno}"
                for word in words
                if isinstance(word, ast.JoinedStr)
                or (isinstance(word, ast.Constant) and isinstance(word.value, str))
            ]
    assert bare == []
