"""YAML read strictly: every value keeps its line, and nothing changes silently.

YAML turns ``1.200`` into 1.2, ``010`` into 8, ``no`` into false, and lets a second key overwrite
the first. Here each of these is a problem with its line. Anchors are refused, so a small file
cannot unfold into a large one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planlib.errors import Problem

LARGEST_FILE = 1_000_000  # bytes; the longest plan section known has 40,000
DEEPEST = 40

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})*\.[0-9]{2}0")
# Read as a number, a date or a truth value by one YAML version or another.
_RISKY = (
    (re.compile(r"[-+]?0[0-9_]+"), "a leading zero means octal to some readers"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+"), "a hexadecimal, octal or binary number"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_.]*"), "underscores vanish from numbers"),
    (re.compile(r"[-+]?[0-9]+,[0-9]+"), "a decimal comma; write a decimal point"),
    (re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"), "base sixty to some readers"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.)([eE][-+]?[0-9]+)?"), "write a digit on both sides"),
    (re.compile(r"\+[0-9.]+"), "write numbers without a plus sign"),
    (re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]+"), "write the number out"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "not a finite number"),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"), "a date to some readers"),
    (re.compile(r"(y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE)"),
     "true or false to some readers"),
)  # fmt: skip


@dataclass
class YamlFile:
    """One file's content, the line of every value by its path, and what is wrong with it."""

    path: Path
    data: Any = None
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the value at a path, or of the nearest one around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 1


def read_yaml(path: Path) -> YamlFile:
    """Read one file; whatever is wrong is in ``problems``, and ``data`` is then None."""
    result = YamlFile(path)
    text = _text_of(path, result.problems)
    if text is None:
        return result
    # The parser written in C is an optional part of ruamel.yaml; both give the same nodes.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        if not _harmless(YAML(typ="safe").parse(text), result):
            return result
        node = YAML(typ="safe").compose(text)
        if node is not None:
            result.data = _value(node, (), result)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"not valid YAML: {error.problem or error.context or 'cannot be read'}"
        place = mark.line + 1 if mark else 1
        result.problems.append(Problem(message, str(path), place, hint="check the indentation"))
    except YAMLError as error:
        result.problems.append(Problem(f"not valid YAML: {error}", str(path), 1))
    if result.data is None and not result.problems:
        result.problems.append(Problem("the file is empty", str(path), 1))
    if result.problems:
        result.data = None
    return result


def _text_of(path: Path, problems: list[Problem]) -> str | None:
    try:
        if path.stat().st_size > LARGEST_FILE:
            size = path.stat().st_size
            message = f"a plan file has at most {LARGEST_FILE:,} bytes, found {size:,}"
            problems.append(Problem(message, str(path)))
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        hint = "save the file as UTF-8; legacy Vietnamese encodings are not read"
        problems.append(Problem("must be UTF-8 text", str(path), line, hint=hint))
        return None
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror}", str(path)))
        return None
    if not unicodedata.is_normalized("NFC", text):
        for number, line_text in enumerate(text.splitlines(), 1):
            if not unicodedata.is_normalized("NFC", line_text):
                message = "text must be composed Unicode (NFC), found decomposed letters"
                hint = "convert the file to NFC"
                problems.append(Problem(message, str(path), number, hint=hint))
                break
    return text


def _harmless(events: Iterable[Any], into: YamlFile) -> bool:
    """Whether the text can be built as it stands: no anchors, and not nested without end."""
    depth = 0
    for event in events:
        line = event.start_mark.line + 1
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if depth > DEEPEST:
            message = f"nested more than {DEEPEST} levels deep"
            into.problems.append(Problem(message, str(into.path), line))
            return False
        if getattr(event, "anchor", None):
            message = f"anchors and aliases are not used in plan files, found '{event.anchor}'"
            into.problems.append(Problem(message, str(into.path), line, hint="write the value out"))
            return False
    return True


def _value(node: Any, path: tuple[str | int, ...], into: YamlFile) -> Any:
    line = node.start_mark.line + 1
    into.lines[path] = line
    if node.id == "mapping":
        return _mapping(node, path, into)
    if node.id == "sequence":
        return [_value(item, (*path, index), into) for index, item in enumerate(node.value)]
    return _scalar(node, into, line)


def _mapping(node: Any, path: tuple[str | int, ...], into: YamlFile) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if key_node.id != "scalar":
            into.problems.append(Problem("a key must be a word", str(into.path), line))
            continue
        key = str(key_node.value)
        if key in result:
            first = into.lines[(*path, key)]
            message = f"the key '{key}' stands twice, first in line {first}"
            into.problems.append(Problem(message, str(into.path), line, hint="delete one"))
            continue
        result[key] = _value(value_node, (*path, key), into)
        into.lines[(*path, key)] = line
    return result


def _scalar(node: Any, into: YamlFile, line: int) -> Any:
    text = str(node.value)
    quoted = node.style is not None and str(node.style) in {"'", '"', "|", ">"}
    if quoted:
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _THOUSANDS.fullmatch(text):
        whole, decimal = text.replace(".", ""), f"{float(text):g}" if text.count(".") == 1 else None
        hint = f"write {whole}" + (f" or {decimal}" if decimal else "") + ", or quote it as text"
        _refuse(into, line, text, "thousands or decimals?", hint)
        return None
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else float(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    for pattern, reason in _RISKY:
        if pattern.fullmatch(text):
            _refuse(into, line, text, reason, "quote it if it is text")
            return None
    return text


def _refuse(into: YamlFile, line: int, text: str, reason: str, hint: str) -> None:
    message = f"YAML would change '{text}' silently: {reason}"
    into.problems.append(Problem(message, str(into.path), line, hint=hint))
