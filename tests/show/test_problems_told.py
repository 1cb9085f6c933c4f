"""Every problem an office may read has its words in Vietnamese, with the same facts in them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from string import Formatter

import planlib
from planlib.errors import Problem, said
from planlib.model.base import Text
from planlib.show.problems import problem_texts, told

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
    return frozenset(plain), frozenset(asked)


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_has_a_translation() -> None:
    _, asked = strings_of_the_code()
    assert len(asked) > 150
    assert asked - set(problem_texts("vi")) == set()


def test_every_translation_is_of_a_message_of_the_code() -> None:
    plain, _ = strings_of_the_code()
    assert set(problem_texts("vi")) - plain == set()


def test_a_translation_tells_the_same_facts() -> None:
    # A date in doubt names its months in words in English, by their numbers in Vietnamese.
    free = {"one", "two", "year", "second", "first"}
    for template, text in problem_texts("vi").items():
        assert holes(text) - free <= holes(template) and holes(template) - free <= holes(text)


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
