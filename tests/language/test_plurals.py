"""Every message with a number takes the form that its language asks for, however many there are."""

from __future__ import annotations

import re
from string import Formatter

import pytest
from babel import Locale

from planlib.language.language import Language
from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.messages import Catalogue, catalogue_of, read_catalogue

NUMBERS = (0, 1, 2, 5)
FILES = sorted(path.name for path in (CATALOGUES / "en").iterdir() if path.name.endswith(".po"))
# A number before a thing that is counted: "{n} goals", not "{n} %" or "{found} MB".
COUNTED = re.compile(r"\{(n|most|count|must|cases|sheets|goals|right)(?::[^{}]*)?\} ([a-z]{4,})")
# In these the word behind the number is no noun that is counted.
NOT_COUNTED = {"came", "more"}
THOUSANDS = {"record.how"}  # of forecasts, always
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


def sources(code: str) -> dict[str, str]:
    """The catalogues of a language, those of problems too."""
    found = {name: (CATALOGUES / code / name).read_text("utf-8") for name in FILES}
    return found | {"problems": (CATALOGUES / "problems" / f"{code}.po").read_text("utf-8")}


def rendered(catalogue: Catalogue, key: str, n: int) -> str:
    """The text for ``n`` things, everything else filled in with a number."""
    text = catalogue.text(key, n)
    holes = {name for _, name, _, _ in Formatter().parse(text) if name} - {"n"}
    return text.format(n=n, **dict.fromkeys(holes, 7))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_count_is_rendered_in_the_form_of_its_number(code: str) -> None:
    rule = Locale.parse(code).plural_form
    for name, source in sources(code).items():
        catalogue = catalogue_of([source])
        for key, forms in read_catalogue(source).items():
            if f'msgid_plural "{key}"' not in source:
                continue
            told = [rendered(catalogue, key, n) for n in NUMBERS]
            # The forms of a catalogue come in the order of the language's plural categories.
            order = list(dict.fromkeys(rule(n) for n in (1, 2)))
            for n, text in zip(NUMBERS, told, strict=True):
                at = order.index(rule(n)) if rule(n) in order else len(forms) - 1
                assert text == forms[min(at, len(forms) - 1)].format(
                    n=n, **_filled(forms)
                ), (name, key, n)  # fmt: skip


def _filled(forms: tuple[str, ...]) -> dict[str, int]:
    holes = {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}
    return dict.fromkeys(holes - {"n"}, 7)


def test_no_number_stands_before_a_thing_in_one_form_for_all_numbers() -> None:
    found = [
        (name, key)
        for name, source in sources("en").items()
        for key, forms in read_catalogue(source).items()
        if len(forms) == 1
        and key not in THOUSANDS
        and any(word not in NOT_COUNTED for _, word in COUNTED.findall(forms[0]))
    ]
    assert found == []


def test_a_language_of_three_forms_gets_each() -> None:
    head = f'msgid ""\nmsgstr ""\n"Plural-Forms: {POLISH}\\n"\n'
    for code_texts in sources("en").values():
        keys = [key for key, forms in read_catalogue(code_texts).items() if len(forms) > 1]
        entries = "".join(
            f'\nmsgid "{key}"\nmsgid_plural "{key}"\n'
            + "".join(
                f'msgstr[{at}] "{word} {{n}}"\n' for at, word in enumerate(("one", "few", "many"))
            )
            for key in keys
        )
        catalogue = catalogue_of([head + entries])
        for key in keys:
            told = [rendered(catalogue, key, n) for n in (*NUMBERS, 22, 112)]
            assert told == ["many 0", "one 1", "few 2", "many 5", "few 22", "many 112"]


def test_french_counts_nothing_in_the_singular_and_vietnamese_knows_one_form() -> None:
    assert (Language("fr").form(0), Language("fr").form(1), Language("fr").form(2)) == (0, 0, 1)
    assert [Language("vi").form(n) for n in NUMBERS] == [0, 0, 0, 0]
