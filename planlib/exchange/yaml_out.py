"""Values as the YAML that plan files are read from: every text quoted, every number plain."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value]"
WIDTH = 96  # a list or mapping that fits stands in one line


def number_out(number: float) -> str:
    """A number without an exponent, as short as it can be read back exactly.

    >>> number_out(1300.0), number_out(1e-07), number_out(-0.5)
    ('1300', '0.0000001', '-0.5')
    """
    text = f"{Decimal(repr(float(number))):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def inline(value: Value) -> str:
    """A value in one line.

    >>> inline({"id": "a", "low": 1.5, "words": "1:25"})
    '{id: "a", low: 1.5, words: "1:25"}'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_out(value)
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        # What a terminal would obey, or YAML take for the end of a line, is spelled out.
        return "".join(
            sign if sign.isprintable() or sign in "\u00a0\u202f" else f"\\U{ord(sign):08x}"
            for sign in json.dumps(text, ensure_ascii=False)
        )
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)}: {inline(one)}" for key, one in value.items())
        return f"{{{inner}}}"
    return f"[{', '.join(map(inline, value))}]"


def _key(key: str) -> str:
    return key if key.isascii() and key.replace("_", "").replace("-", "").isalpha() else inline(key)


def yaml_lines(value: Mapping[str, Value], indent: int = 0) -> list[str]:
    """A mapping as lines, each key on its own; what is short stands behind it.

    >>> print("\\n".join(yaml_lines({"id": "a", "goals": [{"id": "g", "name": {"en": "Wells"}}]})))
    id: "a"
    goals:
      - id: "g"
        name: {en: "Wells"}
    """
    lines: list[str] = []
    space = " " * indent
    for key, one in value.items():
        deep = isinstance(one, list | tuple) and any(isinstance(part, Mapping) for part in one)
        short = f"{space}{_key(key)}: {inline(one)}"
        if not isinstance(one, Mapping | list | tuple) or (len(short) <= WIDTH and not deep):
            lines.append(short)
            continue
        lines.append(f"{space}{_key(key)}:")
        if isinstance(one, Mapping):
            lines += yaml_lines(one, indent + 2)
            continue
        for part in one:
            line = f"{space}  - {inline(part)}"
            if isinstance(part, Mapping) and (key in _SPREAD or len(line) > WIDTH):
                first, *rest = yaml_lines(part, indent + 4)
                lines += [f"{space}  - {first.lstrip()}", *rest]
            else:
                lines.append(line)
    return lines


_SPREAD = {"goals"}  # the entries of these always stand on lines of their own
