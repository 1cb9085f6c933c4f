"""The languages planlib speaks: one for each folder of catalogues, the first of them by default."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal

DEFAULT = "vi"
CATALOGUES = files("planlib.language").joinpath("catalogues")
WORDS = "words"  # the catalogue that every language has


def _found() -> tuple[str, ...]:
    names = {
        folder.name
        for folder in CATALOGUES.iterdir()
        if any(folder.joinpath(f"{WORDS}{ending}").is_file() for ending in (".po", ".mo"))
    }
    return (DEFAULT, *sorted(names - {DEFAULT}))


LANGUAGES = _found()
CHOICES = (*LANGUAGES, ",".join(LANGUAGES))  # what may be typed where several are wanted

if TYPE_CHECKING:
    LanguageCode = str
else:
    LanguageCode = Literal[LANGUAGES]  # what a model of pydantic takes for a language
