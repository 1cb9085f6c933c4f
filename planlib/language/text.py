"""A text in every language its readers use: a mapping of languages to words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from planlib.errors import Faults, said, shortened
from planlib.language.languages import DEFAULT, LANGUAGES

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

DESCRIPTION = "A text a reader sees, in every language of the plan."  # for editors of plan files


def check_text(text: str) -> str:
    """Refuse empty text and text that is not in Unicode's composed form (NFC)."""
    if not text.strip():
        raise Faults(said("plan.text-empty"))
    if not unicodedata.is_normalized("NFC", text):
        raise Faults(said("plan.file-not-nfc"))
    return text


class Text(Mapping[str, str]):
    """A text a reader sees, by language; it never changes, and the files of a plan hold it so.

    >>> name = Text(vi="Kinh tế", en="Economy")
    >>> name["vi"], name.in_language("en"), dict(name)
    ('Kinh tế', 'Economy', {'vi': 'Kinh tế', 'en': 'Economy'})
    """

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[str, str] | None = None, /, **more: str) -> None:
        self._words = {**(words or {}), **more}

    def __getitem__(self, language: str) -> str:
        return self._words[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __hash__(self) -> int:
        return hash(frozenset(self._words.items()))

    def __repr__(self) -> str:
        parts = (f"{code}={shortened(repr(words))}" for code, words in self._words.items())
        return f"Text({', '.join(parts)})"

    def in_language(self, language: str) -> str:
        """The words in a language; those of the default one where it has none."""
        return self._words.get(language) or self._words.get(DEFAULT) or next(iter(self.values()))

    @classmethod
    def in_all(cls, words: str) -> Text:
        """A name that is the same in every language, such as an id."""
        return cls(dict.fromkeys(LANGUAGES, words))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Files give every language; each entry that is missing, empty or unknown is an error."""
        from pydantic_core import PydanticCustomError, core_schema

        def mapping(found: object) -> object:
            if isinstance(found, cls):
                return dict(found)
            if not isinstance(found, dict):
                raise PydanticCustomError("text_type", "input should be a mapping of keys")
            return found

        words = core_schema.no_info_after_validator_function(check_text, core_schema.str_schema())
        fields = {code: core_schema.typed_dict_field(words) for code in LANGUAGES}
        each: Any = core_schema.typed_dict_schema(
            fields, cls_name="Text", extra_behavior="forbid", total=True
        )
        return core_schema.no_info_before_validator_function(
            mapping,
            core_schema.no_info_after_validator_function(cls, each),
            ref=f"{cls.__module__}.{cls.__qualname__}",
            metadata={"pydantic_js_updates": {"title": "Text", "description": DESCRIPTION}},
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )
