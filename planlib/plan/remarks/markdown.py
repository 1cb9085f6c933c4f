"""Remarks as Markdown: the facts of each between two lines of dashes, as YAML, and its text below.

::

    ---
    area: ward-01
    period: 2013
    kind: objective
    ---

    Two cases came from another ward.

A line of dashes always begins the facts of the next remark, or ends them; one that belongs to a text
has a backslash before it. A heading and blank lines may stand before the first.
"""

from __future__ import annotations

import re
from pathlib import Path

from planlib.errors import Problem, said
from planlib.plan.yaml_text import YamlFile, read_yaml

MARKDOWN = (".md", ".markdown")
RULE = re.compile(r"-{3,}\s*")
ESCAPED = re.compile(r"\\(?=\\*-{3,}\s*$)")


def read_markdown_remarks(path: Path) -> YamlFile:
    """The remarks of a Markdown file as a YAML file would hold them; every line is that of the file."""
    file = read_yaml(path, as_yaml)
    strange = _before_the_first(path)
    if strange is not None:
        message, hint = said("documents.remark-before-first"), said("documents.remark-markdown")
        file.problems, file.data = [Problem(message, str(path), strange, hint=hint)], None
    if file.data is not None:
        file.data = {"remarks": file.data}
        file.lines = {("remarks", *place): line for place, line in file.lines.items()}
    return file


def as_yaml(text: str) -> str:
    r"""The same as a list in YAML, each thing in the line it stands in.

    >>> as_yaml("---\narea: a\n---\nOne: two\n\\---\n")
    "- \n  area: a\n  'text': |2-\n    One: two\n    ---\n    "
    """
    made, facts, any_yet = list[str](), False, False
    for line in text.replace("\r\n", "\n").split("\n"):
        if RULE.fullmatch(line):
            facts = not facts
            any_yet = True
            made.append("- " if facts else "  'text': |2-")
        elif facts:
            made.append(f"  {line}")
        else:
            made.append(f"    {ESCAPED.sub('', line)}" if any_yet else "")
    return "\n".join(made) if any_yet else "[]"


def escaped_rules(text: str) -> str:
    """A text none of whose lines is taken for the beginning or the end of facts."""
    return re.sub(r"(?m)^(\\*-{3,}\s*)$", r"\\\1", text)


def _before_the_first(path: Path) -> int | None:
    """The line of a text that no remark has."""
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    for number, line in enumerate(lines, start=1):
        if RULE.fullmatch(line):
            return None
        if line.strip() and not line.startswith("#"):
            return number
    return None
