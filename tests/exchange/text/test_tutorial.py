"""The tutorial of reading a plan from its text does what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from commands import planlib

from planlib.exchange.text.confirm.example import example_text
from planlib.exchange.text.confirm.table import FILE

PAGE = Path(__file__).parents[3] / "docs" / "plan-from-text.md"


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    blocks = re.findall(r"```(\w+)\n(.*?)```", page, re.DOTALL)
    kind, text = blocks[0]
    assert kind == "text" and text == example_text("en").read_text("utf-8")
    (tmp_path / "district.txt").write_text(text, encoding="utf-8")
    for number, (kind, block) in enumerate(blocks):
        if kind != "sh":
            continue
        if "confirm" in block:
            _choose(tmp_path / "riverside", page)
        said = ""
        for line in block.splitlines():
            done = planlib(*shlex.split(line)[1:], folder=tmp_path)
            assert done.returncode == 0, (line, done.stderr)
            said += done.stdout
        if blocks[number + 1 : number + 2] and blocks[number + 1][0] == "text":
            assert said == blocks[number + 1][1]
    goals = (tmp_path / "riverside" / "001-1-targets-for-homes-and-streets.yaml").read_text("utf-8")
    (shown,) = (block for kind, block in blocks if kind == "yaml")
    assert shown in goals


def _choose(folder: Path, page: str) -> None:
    """What the table of the tutorial says, written into that of the plan."""
    (row,) = re.findall(r"^\| `([\w-]+)` \| (\w+) \| (\w+) \|$", page, re.MULTILINE)
    goal, decision, reading = row
    file = folder / FILE
    lines = file.read_text("utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(goal))
    cells = lines[at].split(",")
    cells[1], cells[2] = decision, reading
    lines[at] = ",".join(cells)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
