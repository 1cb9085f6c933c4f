"""A text in every language its readers use: a mapping of languages to words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from planlib.errors import Faults, said, shortened
from planlib.language.languages import LANGUAGES
from planlib.messages import ENGLISH

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
    from pydantic_core import CoreSchema, SchemaValidator

DESCRIPTION = (  # for editors of plan files
    "A text a reader sees, in every language of the plan; plain words where the plan has one."
)
ASKED = "languages"  # what the context of a validation calls the languages a text must be in


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
        """The words in a language; where it has none those of the first one, which is named.

        >>> Text(en="Economy", fr="Économie").in_language("vi")
        'Economy (tiếng Anh)'
        """
        words = self._words.get(language)
        if words:
            return words
        from planlib.language.language import Language

        code, words = next(iter(self.items()))
        return Language(language).written_in(code, words)

    def bare(self, language: str) -> str:
        """The words in a language, those of the first one where it has none, for programs."""
        return self._words.get(language) or next(iter(self.values()))

    @classmethod
    def in_all(cls, words: str) -> Text:
        """A name that is the same in every language, such as an id."""
        return cls(dict.fromkeys(LANGUAGES, words))

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Files give the languages that their reading asks for, else one or more.

        Reading asks by ``languages`` in the context of the validation; each entry that is missing,
        empty or of another language is an error. Where it asks for one, plain words will do. Where
        it cannot know them (an empty tuple), any words in any language will do.
        """
        from pydantic_core import PydanticCustomError, core_schema

        def read(found: object, info: ValidationInfo) -> Text:
            asked = (info.context or {}).get(ASKED)
            if isinstance(found, cls):
                return found
            if isinstance(found, str) and asked is not None and len(asked) <= 1:
                return cls({(*asked, ENGLISH)[0]: check_text(found)})
            if not isinstance(found, dict) or not found:
                raise PydanticCustomError("text_type", "input should be a mapping of keys")
            if asked == ():
                asked = tuple(code for code in found if isinstance(code, str))
            words = _languages_of(asked).validate_python(found)
            return cls({code: words[code] for code in asked or found})

        return core_schema.with_info_plain_validator_function(
            read,
            ref=f"{cls.__module__}.{cls.__qualname__}",
            serialization=core_schema.plain_serializer_function_ser_schema(dict),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What editors may know: which languages those are stands in another file."""
        words = {"type": "string"}
        each = {code: {"title": code.title(), **words} for code in LANGUAGES}
        mapping = {"type": "object", "additionalProperties": False, "minProperties": 1}
        return {
            "title": "Text",
            "description": DESCRIPTION,
            "anyOf": [{**mapping, "properties": each}, words],
        }


@cache
def _languages_of(asked: tuple[str, ...] | None) -> SchemaValidator:
    """The check of a mapping: all of these languages, or any of those that have a catalogue."""
    from pydantic_core import SchemaValidator, core_schema

    words = core_schema.no_info_after_validator_function(check_text, core_schema.str_schema())
    fields = {
        code: core_schema.typed_dict_field(words, required=asked is not None)
        for code in asked or LANGUAGES
    }
    return SchemaValidator(
        core_schema.typed_dict_schema(fields, cls_name="Text", extra_behavior="forbid")
    )
