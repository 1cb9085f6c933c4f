"""The five minutes of the README work as written, in both languages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def write_example(readme: Path, folder: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    for _, body in re.findall(r"```(yaml|csv)\n(.*?)```", text, re.DOTALL):
        named = re.match(r"# (my-plan/\S+)\n", body)
        path = folder / (named.group(1) if named else "my-plan/figures.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_first_own_plan_is_checked_and_scored_as_written(tmp_path: Path, name: str) -> None:
    write_example(ROOT / name, tmp_path)

    def planlib(*arguments: str) -> str:
        command = [sys.executable, "-c", "from planlib.cli import main; main()", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "no problems in my-plan" in planlib("check", "my-plan")
    (row,) = json.loads(planlib("score", "my-plan", "--year", "2022", "--json"))
    assert (row["value"], row["verdict"]) == (94, "not_met")
    if name == "README.md":  # the same plan in both
        planlib("review", "my-plan", "--out", "my-report", "--years", "2022", "--midterm")
        assert "Proven" in planlib("verify", "my-report", "--plan-dir", "my-plan")


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "CONTRIBUTING.md", "data/README.md"])
def test_links_of_the_readmes_lead_somewhere(name: str) -> None:
    path = ROOT / name
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_both_readmes_give_the_same_commands() -> None:
    def blocks(name: str) -> list[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return [
            re.sub(r" *#.*", "", block)
            for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
            if "desk" not in block
        ]

    assert blocks("README.md") == blocks("README.vi.md")
