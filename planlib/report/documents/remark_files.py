"""A file of remarks with what was taken back: only the lines that change are written anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from planlib.plan.remarks.markdown import MARKDOWN, RULE, escaped_rules
from planlib.plan.remarks.remark import Remark
from planlib.report.documents.remarks import TakenBack

_BLOCK = frozenset("|>")
_NEW = "remarks:\n"
_INDENT = 2


def with_remarks(path: Path, found: TakenBack) -> str:
    """The text of a file of remarks with what was taken back in it; a new one where there is none.

    Comments, the order of remarks and whatever is not changed stay to the letter. The file must be
    one that can be read as remarks.
    """
    given = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    ending = "\r\n" if "\r\n" in given else "\n"
    text = given.replace("\r\n", "\n")
    if path.suffix.lower() in MARKDOWN:
        return _MarkdownLines(text, found).text().replace("\n", ending)
    made = _FileLines(text, found).text() if text.strip() else _NEW + _listed(found.added, _INDENT)
    return made.replace("\n", ending)


def _listed(remarks: Sequence[Remark], column: int) -> str:
    """Remarks as entries of a list whose dashes stand in a column."""
    lines = []
    for one in remarks:
        for at, (key, words) in enumerate(one.record.items()):
            lead = f"{' ' * column}{'- ' if not at else '  '}{key}: "
            lines.append(lead + _scalar(words, column + 2 * _INDENT))
    return "".join(f"{line}\n" for line in lines)


def _scalar(text: str, column: int) -> str:
    """A text in quotes, or on lines of its own where it has several."""
    lines = text.split("\n")
    if len(lines) > 1 and all(
        line and line == line.strip() and line.isprintable() for line in lines
    ):
        return "|\n" + "\n".join(" " * column + line for line in lines)
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


class _MarkdownLines:
    """The lines of a Markdown file, cut at each remark."""

    def __init__(self, text: str, found: TakenBack) -> None:
        self.found = found
        lines = text.rstrip("\n").split("\n") if text.strip() else []
        rules = [at for at, line in enumerate(lines) if RULE.fullmatch(line)]
        starts = rules[::2]
        self.head = lines[: starts[0]] if starts else lines
        bounds = pairwise([*starts, len(lines)])
        self.entries = [lines[start:end] for start, end in bounds]

    def text(self) -> str:
        """The lines with what changed."""
        kept = [
            entry if at not in self.found.texts else self._told(entry, self.found.texts[at])
            for at, entry in enumerate(self.entries)
            if self.found.texts.get(at) != ""
        ]
        fresh = [_as_markdown(one) for one in self.found.added]
        parts = [self.head, *kept]
        if fresh and any(parts) and [line for part in parts for line in part][-1].strip():
            parts.append([""])
        made = "\n".join(line for part in parts for line in part)
        return "\n".join(filter(None, [made, "\n\n".join(fresh)])).rstrip("\n") + "\n"

    @staticmethod
    def _told(entry: list[str], words: str) -> list[str]:
        """An entry with another text; its facts, and the blank lines around the text, stay."""
        facts = next(at for at, line in enumerate(entry) if at and RULE.fullmatch(line)) + 1
        below = entry[facts:]
        full = [at for at, line in enumerate(below) if line.strip()]
        first, last = (full[0], full[-1] + 1) if full else (0, len(below))
        return [*entry[:facts], *below[:first], *escaped_rules(words).split("\n"), *below[last:]]


def _as_markdown(remark: Remark) -> str:
    record = remark.record
    words = record.pop("text")
    facts = "".join(f"{key}: {_scalar(text, 2 * _INDENT)}\n" for key, text in record.items())
    return f"---\n{facts}---\n\n{escaped_rules(words)}"


class _FileLines:
    """The lines of a file, and where in them each remark stands."""

    def __init__(self, text: str, found: TakenBack) -> None:
        from ruamel.yaml import YAML

        self.lines, self.found = text.rstrip("\n").split("\n"), found
        (self.list,) = (
            value for key, value in YAML(typ="safe", pure=True).compose(text).value
            if key.value == "remarks"
        )  # fmt: skip

    def text(self) -> str:
        """The lines with what changed."""
        gone = [at for at, words in self.found.texts.items() if not words]
        for at in sorted(self.found.texts.keys() - gone, reverse=True):
            self._tell(at, self.found.texts[at])
        if self.list.flow_style and (gone or self.found.added):
            self._as_block(gone)
        else:
            if self.found.added:
                column = self.lines[self._first(0)].index("-")
                self._put(self._last(-1) + 1, _listed(self.found.added, column))
            for at in sorted(gone, reverse=True):
                del self.lines[self._first(at) : self._last(at) + 1]
            if len(gone) == len(self.list.value) and not self.found.added:
                line = self.list.start_mark.line - 1
                self._put(self._key_line(line) + 1, f"{' ' * _INDENT}[]")
        return "\n".join(self.lines) + "\n"

    def _put(self, line: int, text: str) -> None:
        self.lines[line:line] = text.rstrip("\n").split("\n")

    def _key_line(self, line: int) -> int:
        """The line of the list's key, at or above a line."""
        while not self.lines[line].lstrip().startswith(("remarks", '"remarks', "'remarks")):
            line -= 1
        return line

    def _tell(self, at: int, words: str) -> None:
        """Another text for a remark, in the place of the old one."""
        ((key, value),) = (
            pair for pair in self.list.value[at].value if pair[0].value == "text"
        )  # fmt: skip
        start, end = value.start_mark, value.end_mark
        column = key.start_mark.column
        in_block = value.style in _BLOCK
        if in_block:
            stop = self._end_of_block(start.line, column)
            self.lines[start.line : stop + 1] = [self.lines[start.line][: start.column]]
            rest = ""
        else:
            rest = self.lines[end.line][end.column :]
            self.lines[start.line : end.line + 1] = [self.lines[start.line][: start.column]]
        fresh = _scalar(words, column + _INDENT)
        if fresh.startswith("|") and (rest.strip() or self._within_braces(at)):
            fresh = json.dumps(words, ensure_ascii=False)
        made = (self.lines[start.line] + fresh + rest).split("\n")
        self.lines[start.line : start.line + 1] = made
        self._reread()

    def _reread(self) -> None:
        """Find the places again after lines have moved."""
        again = _FileLines("\n".join(self.lines) + "\n", self.found)
        self.lines, self.list = again.lines, again.list

    def _within_braces(self, at: int) -> bool:
        return bool(self.list.flow_style or self.list.value[at].flow_style)

    def _first(self, at: int) -> int:
        """The line of an entry's dash."""
        line = int(self.list.value[at].start_mark.line)
        while not self.lines[line].lstrip().startswith("-"):
            line -= 1
        return line

    def _last(self, at: int) -> int:
        """The last line of an entry."""
        entry = self.list.value[at]
        if entry.flow_style:
            return int(entry.end_mark.line)
        return max(self._ends(entry))

    def _ends(self, entry: Any) -> Iterator[int]:
        for key, value in entry.value:
            if value.style in _BLOCK:
                yield self._end_of_block(value.start_mark.line, key.start_mark.column)
            else:
                yield int(value.end_mark.line)

    def _end_of_block(self, line: int, column: int) -> int:
        """The last line of a text on lines of its own, whose key stands in a column."""
        last = line
        for at in range(line + 1, len(self.lines)):
            words = self.lines[at].lstrip(" ")
            if words:
                if len(self.lines[at]) - len(words) <= column:
                    break
                last = at
        return last

    def _as_block(self, gone: Sequence[int]) -> None:
        """The list in brackets, a line each, without those that are gone and with the new ones."""
        start, end = self.list.start_mark, self.list.end_mark
        kept = [
            Remark.model_validate({key.value: value.value for key, value in entry.value})
            for at, entry in enumerate(self.list.value)
            if at not in gone
        ]
        before, after = self.lines[start.line][: start.column], self.lines[end.line][end.column :]
        listed = _listed([*kept, *self.found.added], _INDENT).rstrip("\n")
        made = [before.rstrip(), *listed.split("\n")] if listed else [f"{before}[]"]
        made[0] += after
        self.lines[start.line : end.line + 1] = made
