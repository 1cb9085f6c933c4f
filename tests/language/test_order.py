"""Names stand in the order of their language, each under a letter of its alphabet."""

from __future__ import annotations

import pytest

from planlib.language.order import filed, letter

# Worked by hand from the order of each language's dictionaries.
NAMES = {
    "vi": ["9 Chùa", "10 Chùa", "An", "Án", "Ăn", "Ấp", "Cam", "Dương", "Đa", "Đông 9", "Đông 10", "Em", "Ê", "Oanh",
           "Ô Môn", "Ơn", "Um", "Ưng", "Xã"],
    "en": ["9 Elms", "10 Elms", "Apple", "Dong", "Đong", "Dove", "Eagle", "Élan", "Epping", "Zeal"],
    "fr": ["9 arbres", "10 arbres", "Ange", "Été", "Étude", "Œil", "Ogre", "Zone"],
}  # fmt: skip


@pytest.mark.parametrize("lang", NAMES)
def test_names_stand_in_the_order_of_their_dictionary(lang: str) -> None:
    mixed = [*NAMES[lang][1::2], *NAMES[lang][::2]]
    assert sorted(mixed, key=lambda name: filed(name, lang)) == NAMES[lang]


@pytest.mark.parametrize(
    ("name", "vi", "fr"),
    [
        ("Đông", "Đ", "D"),
        ("ấp 1", "Â", "A"),
        ("Élan", "E", "E"),
        ("«Ưng»", "Ư", "U"),
        ("E\u0302\u0301", "Ê", "E"),  # the same letters, taken apart
        ("12", "0–9", "0–9"),
        ("Ωmega", "Ω", "Ω"),
        ("شارع", "ش", "ش"),
        ("北京", "…", "…"),
        ("", "…", "…"),
        ("<>", "…", "…"),
    ],
)
def test_each_name_stands_under_a_letter_of_the_language(name: str, vi: str, fr: str) -> None:
    assert (letter(name, "vi"), letter(name, "fr")) == (vi, fr)
