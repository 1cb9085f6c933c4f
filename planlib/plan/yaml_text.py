"""YAML read strictly: every value keeps its line, and nothing changes silently.

YAML turns ``1.200`` into 1.2, ``010`` into 8, ``no`` into false, and lets a second key overwrite
the first. Here each of these is a problem with its line. Anchors are refused, so a small file
cannot unfold into a large one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planlib.errors import Problem, Said, said, shortened, shown, system_reason

LARGEST_FILE = 1_000_000  # bytes; the longest plan section known has 40,000
LONGEST_NUMBER = 40  # characters
DEEPEST = 40

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})*\.[0-9]{2}0")
# Read as a number, a date or a truth value by one YAML version or another.
_RATIO = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?")
_UNQUOTED_RATIO = re.compile(r":\s+[0-9]+ ?: ?[0-9.]+\s*([,}\]#]|$)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_DAYS = frozenset({"due", "due_day"})
_RISKY = (
    (re.compile(r"[-+]?0[0-9_]+"), "plan.leading-zero-means-octal"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+"), "plan.hexadecimal-octal-binary-number"),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_.]*"), "plan.underscores-vanish-numbers"),
    (re.compile(r"[-+]?[0-9]+,[0-9]+"), "plan.decimal-comma-write-decimal"),
    (_RATIO, "plan.base-sixty-some-readers"),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.)([eE][-+]?[0-9]+)?"),
     "plan.write-digit-both-sides"),
    (re.compile(r"\+[0-9.]+"), "plan.write-numbers-without-plus"),
    (re.compile(r"[-+]?[0-9]+[eE][-+]?[0-9]+"), "plan.write-number-out"),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"), "plan.number-not-finite"),
    (_DATE, "plan.date-some-readers"),
    (re.compile(r"(y|Y|n|N|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE)"),
     "plan.true-false-some-readers"),
)  # fmt: skip

_NO_WORD = frozenset("+-.0123456789yYnNoOTF")  # what all that stands above begins with


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


def read_yaml(path: Path, as_yaml: Callable[[str], str] = str) -> YamlFile:
    """Read one file; whatever is wrong is in ``problems``, and ``data`` is then None.

    ``as_yaml`` makes YAML of what is written in another form, line by line.
    """
    result = YamlFile(path)
    given = _text_of(path, result.problems)
    if given is None:
        return result
    text = as_yaml(given)
    # The parser written in C is an optional part of ruamel.yaml; both give the same events.
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.events import DocumentStartEvent

    try:
        events: list[Any] = []
        if not _harmless(YAML(typ="safe").parse(text), result, events):
            return result
        if sum(isinstance(event, DocumentStartEvent) for event in events) > 1:
            YAML(typ="safe").compose(text)  # says where the second document begins
        # Values are built from the events: nodes would be made, and their tags sought, for nothing.
        result.data = _Values(events, result).built()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = str(error.problem or error.context or "cannot be read")
        message = said("plan.not-valid-yaml", reason=reason)
        place = mark.line + 1 if mark else 1
        line = (text.splitlines()[place - 1 : place] or [""])[0]
        hint = _yaml_hint(line, mark.column if mark else 0, reason)
        result.problems.append(Problem(message, str(path), place, hint=hint))
    except YAMLError as error:
        message = said("plan.not-valid-yaml", reason=str(error))
        result.problems.append(Problem(message, str(path), 1))
    if result.data is None and not result.problems:
        result.problems.append(Problem(said("plan.file-empty"), str(path), 1))
    if result.problems:
        result.data = None
    return result


def _text_of(path: Path, problems: list[Problem]) -> str | None:
    try:
        if path.exists() and not path.is_file():  # a pipe or a device has no end
            problems.append(Problem(said("plan.not-a-file"), str(path)))
            return None
        size = path.stat().st_size
        if size > LARGEST_FILE:
            message = said("plan.file-too-large", n=LARGEST_FILE, found=size)
            problems.append(Problem(message, str(path)))
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        hint = said("plan.save-file-utf-8")
        problems.append(Problem(said("plan.file-not-utf-8"), str(path), line, hint=hint))
        return None
    except OSError as error:
        message = said("storage.cannot-read", reason=system_reason(error))
        problems.append(Problem(message, str(path)))
        return None
    if not unicodedata.is_normalized("NFC", text):
        for number, line_text in enumerate(text.splitlines(), 1):
            if not unicodedata.is_normalized("NFC", line_text):
                message = said("plan.text-not-nfc")
                hint = said("plan.convert-file-nfc")
                problems.append(Problem(message, str(path), number, hint=hint))
                break
    return text


def _harmless(events: Iterable[Any], into: YamlFile, seen: list[Any]) -> bool:
    """Whether the text can be built as it stands: no anchors or tags, not nested without end.

    The events are ``seen`` then.
    """
    depth, steps = 0, dict[type, int]()
    for event in events:
        seen.append(event)
        kind = type(event)
        if kind not in steps:
            steps[kind] = kind.__name__.endswith("StartEvent") - kind.__name__.endswith("EndEvent")
        depth += steps[kind]
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if depth <= DEEPEST and not anchor and not tag:
            continue
        line = event.start_mark.line + 1
        if depth > DEEPEST:
            message = said("plan.nested-too-deep", n=DEEPEST)
            into.problems.append(Problem(message, str(into.path), line))
            return False
        if anchor:
            message = said("plan.anchors-aliases-not-used", found=shown(str(anchor)))
            hint = said("plan.write-value-out")
            into.problems.append(Problem(message, str(into.path), line, hint=hint))
            return False
        if tag:
            # Read without it, the value would be another than the one that was asked for.
            message = said("plan.tags-not-used-plan", found=shown(str(tag)))
            hint = said("plan.write-value-without-tag")
            into.problems.append(Problem(message, str(into.path), line, hint=hint))
    return not into.problems


def _yaml_hint(line: str, column: int, reason: str) -> Said:
    """How to mend a line that is no YAML: mostly a text with a colon, which means a key to it."""
    if _UNQUOTED_RATIO.search(line):
        return said("plan.ratio-one-number")
    if ":" in reason or "mapping values" in reason:
        before = re.split(r"[\[{,]|: ", line[:column])[-1].lstrip()
        after = re.split(r"[\]},#]", line[column:])[0].rstrip()
        inside = re.search(r"[{\[]|: ", line[:column])  # a value of this line, not its key
        if inside and before and not {"'", '"'} & set(before + after):
            text = f'"{before}{after}"'
            return said("plan.put-text-holds-colon", text=shortened(text))
    return said("plan.check-indentation")


class _Values:
    """The values of a file's one document, from the events of its parser."""

    def __init__(self, events: Iterable[Any], into: YamlFile) -> None:
        self._events, self._into = iter(events), into

    def built(self) -> Any:
        """The whole document; None of an empty file."""
        for event in self._events:
            if type(event).__name__ not in {"StreamStartEvent", "DocumentStartEvent"}:
                return None if type(event).__name__ == "StreamEndEvent" else self._value(event, ())
        return None

    def _value(self, event: Any, path: tuple[str | int, ...]) -> Any:
        line = event.start_mark.line + 1
        self._into.lines[path] = line
        kind = type(event).__name__
        if kind == "ScalarEvent":
            return _scalar(event, self._into, line, day=bool(path) and path[-1] in _DAYS)
        if kind == "MappingStartEvent":
            return self._mapping(path)
        found: list[Any] = []
        while type(item := next(self._events)).__name__ != "SequenceEndEvent":
            found.append(self._value(item, (*path, len(found))))
        return found

    def _mapping(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        into = self._into
        while type(key_event := next(self._events)).__name__ != "MappingEndEvent":
            line = key_event.start_mark.line + 1
            if type(key_event).__name__ != "ScalarEvent":
                into.problems.append(Problem(said("plan.key-must-word"), str(into.path), line))
                self._skip(key_event)
                self._skip(next(self._events))
                continue
            key = str(key_event.value)
            if key in result:
                first = into.lines[(*path, key)]
                message = said("plan.key-stands-twice-first", key=shown(key), first=first)
                hint = said("plan.delete-one")
                into.problems.append(Problem(message, str(into.path), line, hint=hint))
                self._skip(next(self._events))
                continue
            result[key] = self._value(next(self._events), (*path, key))
            into.lines[(*path, key)] = line
        return result

    def _skip(self, event: Any) -> None:
        """Pass over a value that is not wanted."""
        depth = 0
        while True:
            kind = type(event).__name__
            depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
            if depth == 0:
                return
            event = next(self._events)


def _scalar(node: Any, into: YamlFile, line: int, *, day: bool) -> Any:
    text = str(node.value)
    quoted = node.style is not None and str(node.style) in {"'", '"', "|", ">"}
    if quoted:
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if len(text) > LONGEST_NUMBER and re.fullmatch(r"[-+0-9._:,eE]+", text):
        message = said("plan.number-too-long", n=LONGEST_NUMBER, found=len(text))
        into.problems.append(Problem(message, str(into.path), line))
        return None
    if text[0] not in _NO_WORD:
        return text
    if _THOUSANDS.fullmatch(text):
        whole = text.replace(".", "")
        hint = said("plan.write-whole-or-quote", whole=whole)
        if text.count(".") == 1:
            decimal = f"{float(text):g}"
            hint = said("plan.write-whole-or-decimal-or-quote", whole=whole, decimal=decimal)
        _refuse(into, line, text, said("plan.thousands-or-decimals"), hint)
        return None
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 20 else float(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if day and _DATE.fullmatch(text):
        return text  # a day is what stands there
    for pattern, reason in _RISKY:
        if pattern.fullmatch(text):
            _refuse(into, line, text, said(reason), _risk_hint(pattern, text))
            return None
    return text


def _risk_hint(pattern: re.Pattern[str], text: str) -> Said:
    if pattern is _RATIO:
        return said("plan.ratio-one-number-or-quote", text=f'"{text}"')
    if pattern is _DATE:
        return said("plan.write-with-quotes", text=f'"{text}"')
    return said("plan.quote-if-text")


def _refuse(into: YamlFile, line: int, text: str, reason: Said, hint: Said) -> None:
    message = said("plan.yaml-would-change-silently", found=shown(text), reason=reason)
    into.problems.append(Problem(message, str(into.path), line, hint=hint))
