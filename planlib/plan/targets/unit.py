"""What a goal is counted in: percent, a name in every language of the plan, or money."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema, core_schema

from planlib.errors import Faults, did_you_mean, one_of, said, shown
from planlib.language.money import SCALES, Money, is_currency
from planlib.language.text import Text

KEYS = ("currency", "scale")


def read_money(given: Mapping[str, object]) -> Money:
    """A unit of money from its keys; raises Faults with everything that is wrong with them.

    >>> read_money({"currency": "VND", "scale": "billion"})
    Money('VND', 'billion')
    """
    currency, scale = given.get("currency"), given.get("scale")
    found: list[str] = []
    if currency is None:
        found.append(said("plan.scale-needs-currency"))
    elif not (isinstance(currency, str) and is_currency(currency)):
        upper = str(currency).upper()
        known = [upper] if is_currency(upper) else ["VND", "EUR"]
        examples = one_of(f"'{code}'" for code in known)
        found.append(said("plan.currency-unknown", examples=examples, found=shown(currency)))
    if scale is not None and scale not in SCALES:
        known_scales = one_of(f"'{one}'" for one in SCALES)
        found.append(said("plan.scale-unknown", known=known_scales, found=shown(scale)))
    for key in given:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            found.append(said("plan.money-key-unknown", key=shown(key), hint=hint or ""))
    if found:
        raise Faults(*found)
    return Money(str(currency), str(scale or ""))


class _Unit:
    """Reads percent, a name or money; what is none of them is told as a text that is wrong."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(found: object, text: ValidatorFunctionWrapHandler) -> object:
            if found == "%" or isinstance(found, Money):
                return found
            if isinstance(found, dict) and not found.keys().isdisjoint(KEYS):
                return read_money(found)
            return text(found)

        def told(unit: str | Text) -> object:
            return unit if isinstance(unit, str) else dict(unit)

        out = core_schema.plain_serializer_function_ser_schema(told)
        return core_schema.no_info_wrap_validator_function(read, handler(Text), serialization=out)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        money = {
            "title": "Money",
            "type": "object",
            "additionalProperties": False,
            "required": ["currency"],
            "properties": {
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
                "scale": {"enum": [*SCALES]},
            },
        }
        return {"anyOf": [{"const": "%", "type": "string"}, handler(schema), money]}


NamedUnit = Annotated[Literal["%"] | Text, _Unit]
