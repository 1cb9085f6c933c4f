"""What a template is written with is understood when it comes back, in every language."""

from __future__ import annotations

from collections import defaultdict

import pytest

from planlib.figures.observations import State
from planlib.figures.typed.numbers import NumberStyle, typed_number
from planlib.figures.typed.office_words import (
    COLUMNS,
    HEADS,
    PUBLISHED,
    STATES,
    answer_of,
    head_of,
    is_doubtful,
    state_of,
    verdict_of,
    words_of,
)
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.typed.dates import typed_date
from planlib.language.typed.unreadable import Unreadable
from planlib.language.typed.words import folded


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_of_a_template_are_understood(lang: str) -> None:
    say = Language(lang)
    for column in COLUMNS:
        assert head_of(say(f"template.head.{column}", year=2014, before=2013)) == column
    for state in State:
        assert state_of(say(f"template.state.{state.name}")) == state.name
    for verdict in PUBLISHED:
        assert verdict_of(say(f"verdict.{verdict}")) == verdict
    assert (answer_of(say("figure.done")), answer_of(say("figure.undone"))) == (1, 0)
    assert words_of({}, lang)["value"] == say("template.head.value")


@pytest.mark.parametrize("words", [HEADS, STATES], ids=["heads", "states"])
def test_no_word_means_two_things(words: dict[str, dict[str, tuple[str, ...]]]) -> None:
    meanings = defaultdict(set)
    for key, by_language in words.items():
        for known in by_language.values():
            for word in known:
                meanings[folded(word)].add(key)
    assert {word: keys for word, keys in meanings.items() if len(keys) > 1} == {}


def test_heads_of_offices_are_known_with_a_year_or_a_remark() -> None:
    for head in ("Thực hiện năm 2013", "TH năm nay", "Result of 2013", "Réalisé en 2013 (%)"):
        assert head_of(head) == "value"
    assert head_of("Họ tên") is None and head_of("Nom") is None
    assert all(map(is_doubtful, ("N/A", "k/c", "s.o.", "–"))) and not is_doubtful("No data")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("15,5", (15.5, None, None)),
        ("1 234,5", (1234.5, None, None)),
        ("1\u202f234\u202f567", (1234567, None, None)),
        ("environ 4", (4, None, None)),
        ("plus de 90", (None, 90, None)),
        ("moins de 3", (None, None, 3)),
        ("au moins 12,5", (None, 12.5, None)),
        ("de 61 à 62", (None, 61, 62)),
        ("5 ou plus", (None, 5, None)),
        ("12 millions", (12e6, None, None)),
        ("1,2 milliard", (1.2e9, None, None)),
    ],
)
def test_numbers_are_read_as_french_offices_type_them(
    text: str, ends: tuple[float | None, ...]
) -> None:
    found = typed_number(text, NumberStyle("amount", "fr"))
    assert (found.value, found.low, found.high) == ends


def test_a_word_that_means_another_number_elsewhere_is_refused_and_not_guessed() -> None:
    assert typed_number("5 billion", NumberStyle("amount", "en")).value == 5e9
    with pytest.raises(Unreadable):
        typed_number("5 billion", NumberStyle("amount", "fr"))  # ten to the twelve


def test_a_dot_before_three_digits_is_in_doubt_where_it_parts_nothing() -> None:
    with pytest.raises(Unreadable, match=r"1300 and as 1\.3"):
        typed_number("1.300", NumberStyle("whole", "fr"))


def test_dates_are_read_with_the_months_of_any_language() -> None:
    for text in ("31 mars 2014", "31 March 2014", "31 Mar 2014"):
        assert typed_date(text) == "2014-03-31"
    assert typed_date("1er févr. 2014") == "2014-02-01"
    assert typed_date("juillet 2014") == "2014-07"
    with pytest.raises(Unreadable) as error:
        typed_date("3/4/2014")
    assert error.value.fault.in_language("fr") == (
        "'3/4/2014' peut être le 3 avril ou le 4 mars 2014"
    )
