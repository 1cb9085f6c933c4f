"""One word for one thing: ``docs/glossary.yaml`` says which, and no other is written.

And each language sets its signs as its offices do: 97,8% and 97.8%, but « 97,8 % ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.messages import read_catalogue

ROOT = Path(__file__).parents[2]
TYPED = "office.po"  # what people type in their sheets, whatever it is called here
PROSE = {"vi": ["README.vi.md", "docs/*.vi.md"], "en": ["README.md", "docs/*.md"]}
NARROW, SPACE = "\u202f", "\u00a0"


@cache
def glossary() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(ROOT / "docs" / "glossary.yaml")
    return found


def catalogue_texts(lang: str) -> Iterator[tuple[str, str]]:
    """Every text of a language with where it stands: pages, messages, help."""
    found = [path for path in sorted((CATALOGUES / lang).glob("*.po")) if path.name != TYPED]
    found += [CATALOGUES / kind / f"{lang}.po" for kind in ("problems", "help")]
    for path in found:
        if path.exists():
            for key, forms in read_catalogue(path.read_text("utf-8")).items():
                yield from (
                    (f"{path.parent.name}/{path.name} {key[:60]}", form) for form in forms if key
                )


def prose(lang: str) -> Iterator[tuple[str, str]]:
    for pattern in PROSE.get(lang, ()):
        for path in sorted(ROOT.glob(pattern)):
            if path.name.split(".")[-2] in {*LANGUAGES} - {lang}:
                continue
            lines = re.sub(r"`[^`\n]*`", "", path.read_text("utf-8")).splitlines()
            yield from ((f"{path.name}:{at}", line) for at, line in enumerate(lines, start=1))


def refused(lang: str) -> list[str]:
    return [one for term in glossary()["words"] for one in term.get("not", {}).get(lang, ())]


def variants(lang: str, texts: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(refused(lang))})(?!\w)", re.IGNORECASE)
    return [(where, found[0]) for where, text in texts if (found := pattern.search(text))]


def test_the_glossary_is_whole() -> None:
    assert list(glossary()) == ["words", "counts", "code"]
    for part, terms in glossary().items():
        names = [term["en"] for term in terms]
        assert len(set(names)) == len(names)
        for term in terms:
            wanted = {"en", "vi", "fr", "means"} if part == "words" else {"en", "vi", "means"}
            assert wanted <= set(term) <= {"en", "vi", "fr", "means", "not"}, term
            assert set(term.get("not", {})) <= set(LANGUAGES)
    assert all(refused(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_other_word_is_written(lang: str) -> None:
    assert variants(lang, catalogue_texts(lang)) == []
    assert variants(lang, prose(lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_those_of_the_catalogues(lang: str) -> None:
    said = "\n".join(text for _, text in catalogue_texts(lang)).casefold()
    words = (word for term in glossary()["words"] for word in term[lang].split(", "))
    assert [word for word in words if word.casefold() not in said] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_stands_between_a_number_and_its_percent_sign(lang: str) -> None:
    spaced = re.compile(rf"[\d}}][ {SPACE}{NARROW}]%")
    found = [*catalogue_texts(lang), *prose(lang)]
    assert [(where, text) for where, text in found if spaced.search(text)] == []


def test_french_signs_stand_off_by_a_space_that_does_not_break() -> None:
    wrong = re.compile(
        rf"(?<=\w)[ {SPACE}]?[;?!](?= |$)|[\w)}}»][ {NARROW}]?:(?= |$)|[\d}}][ {SPACE}]?%|«(?!{SPACE})|(?<!{SPACE})»"
        r"|(?<=[a-zé])'(?=[a-zéèê])"
    )  # fmt: skip
    pages = [one for one in catalogue_texts("fr") if one[0].startswith("fr/")]
    assert [
        one for one in pages if wrong.search(one[1]) and not one[0].split()[1].startswith(RULES)
    ] == []


RULES = ("date.pattern.", "unit.plural_ending")  # how texts are made, no texts
