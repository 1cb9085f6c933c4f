"""The page on groups in the docs says what is so: its plan is sound, and its examples run as they stand."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from commands import planlib

PAGE = (Path(__file__).parents[2] / "docs" / "groups.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan that the page spells out."""
    found = tmp_path_factory.mktemp("page")
    (found / "lakeville").mkdir()
    files = re.findall(
        r"^`([a-z]+\.(?:yaml|csv))`\n```[a-z]+\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE
    )
    assert [name for name, _ in files] == ["plan.yaml", "schools.yaml", "areas.yaml", "figures.csv"]
    for name, text in files:
        (found / "lakeville" / name).write_text(text, "utf-8")
    return found


def test_the_commands_answer_what_the_page_says(folder: Path) -> None:
    examples = re.findall(r"```console\n\$ planlib (.*?)\n(.*?)```", PAGE, re.DOTALL)
    assert examples
    for command, answer in examples:
        said = planlib(*shlex.split(command), folder=folder)
        assert (said.returncode, said.stdout) == (0, answer)


def test_the_code_prints_what_the_page_says(folder: Path) -> None:
    examples = re.findall(r"```python\n(.*?)```\n```text\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    names: dict[str, object] = {}
    with contextlib.chdir(folder):
        for code, answer in examples:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(code, names)
            assert printed.getvalue().replace("\N{NO-BREAK SPACE}", " ") == answer
