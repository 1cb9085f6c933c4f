"""Reads Markdown: its tables row by row, everything else as plain text."""

from __future__ import annotations

import re

from planlib.exchange.text.passages import Passage, as_row, from_lines

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BAR = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_MARKUP = re.compile(r"\*\*|__|`|<br\s*/?>|(?<![\w*])\*(?=\S)|(?<=[^\s*0-9%])\*(?![\w*])")


def from_markdown(text: str) -> list[Passage]:
    """The passages of a Markdown text; a table is a line of heads, a rule below it, and its rows."""
    lines = text.splitlines()
    found: list[Passage] = []
    begin = at = 0
    while at < len(lines):
        if not _begins_table(lines, at):
            at += 1
            continue
        found += from_lines("\n".join(lines[begin:at]), first=begin + 1)
        wide, opens = len(_cells(lines[at])), True
        while at < len(lines) and _BAR.search(lines[at]):
            if not _RULE.fullmatch(lines[at]):
                cells = [*_cells(lines[at])[:wide]]
                cells += [""] * (wide - len(cells))
                found.append(as_row(cells, [False] * wide, at + 1, opens=opens))
                opens = False
            at += 1
        begin = at
    return [*found, *from_lines("\n".join(lines[begin:]), first=begin + 1)]


def _begins_table(lines: list[str], at: int) -> bool:
    """Whether a line holds the heads of a table: bars, with as many columns ruled off below."""
    if at + 1 == len(lines) or not _BAR.search(lines[at]):
        return False
    rule = lines[at + 1]
    return (
        "|" in rule and bool(_RULE.fullmatch(rule)) and len(_cells(rule)) == len(_cells(lines[at]))
    )


def _cells(line: str) -> list[str]:
    """The cells of a row, without what only says how they look."""
    plain = line.strip().removeprefix("|")
    if plain.endswith("|") and not plain.endswith("\\|"):
        plain = plain[:-1]
    return [_plain(cell) for cell in _BAR.split(plain)]


def _plain(cell: str) -> str:
    text = _MARKUP.sub(" ", _LINK.sub(r"\1", cell)).replace("\\|", "|")
    return " ".join(re.sub(r"\\(?=[*_<>])", "", text).split())
