"""The five minutes of the README work as written, in both languages."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from commands import planlib
from examples import turns

ROOT = Path(__file__).parent.parent
COMMAND = ".venv/bin/planlib "


def write_example(readme: Path, folder: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    for _, body in re.findall(r"```(yaml|csv)\n(.*?)```", text, re.DOTALL):
        named = re.match(r"# (my-plan/\S+)\n", body)
        path = folder / (named.group(1) if named else "my-plan/figures.csv")
        path.parent.mkdir(exist_ok=True)
        path.write_text(body, encoding="utf-8")


def commands(readme: Path) -> list[list[str]]:
    """The planlib commands of a README's console blocks, as somebody types them."""
    blocks = re.findall(
        r"^```(\w*)\n(.*?)^```$", readme.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    lines = [line for kind, block in blocks if not kind for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith(COMMAND)]


def called(folder: Path, *arguments: str) -> str:
    done = planlib(*arguments, folder=folder)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_first_own_plan_is_checked_scored_reviewed_and_proven(
    tmp_path: Path, name: str
) -> None:
    write_example(ROOT / name, tmp_path)
    own = [one for one in commands(ROOT / name) if one[1].startswith("my-")]
    assert [one[0] for one in own] == ["check", "score", "review", "verify"]
    whole = name == "README.md"  # both give the same commands, and two of them take a minute
    said = {one[0]: called(tmp_path, *one) for one in (own if whole else own[:2])}
    assert "no problems in my-plan" in said["check"]
    assert re.search(r"\b94\b.*Không đạt", said["score"])
    if whole:
        # Two languages of five years and the mid-term review.
        assert said["review"].startswith("12 pages written to my-report")
        assert "Proven" in said["verify"]
        names = {path.name for path in (tmp_path / "my-report" / "my-plan" / "my-ward").iterdir()}
        assert {f"midterm-2023.{lang}.html" for lang in ("vi", "en")} <= names
    (row,) = json.loads(called(tmp_path, "score", "my-plan", "--year", "2022", "--json"))
    assert (row["value"], row["verdict"]) == (94, "not_met")


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_every_other_command_of_the_readme_works_as_written(tmp_path: Path) -> None:
    further = [one for one in commands(ROOT / "README.md") if not one[1].startswith("my-")]
    assert [one[0] for one in further] == ["batch", "verify"]
    for one in further:
        # A plan of a fifth of the goals stands for it, in an area: what is proven is the command.
        instead = {"ward-2010-2015": "europe-2020", "all": "eu28"}
        narrowed = [instead.get(word, word) for word in one]
        less = ["--years", "2019", "--lang", "en", "--workers", "1"] if one[0] == "batch" else []
        called(tmp_path, *narrowed, *(less if "--years" not in one else []))


@pytest.mark.parametrize("name", turns(["README.md", "README.vi.md"], 2))
def test_the_python_of_the_readme_prints_what_differs(name: str) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, name, "exec"), {"__name__": "__main__"})
    assert said.getvalue().splitlines()[0].endswith("met exceeded")


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
            if "evaluation" not in block
        ]

    assert blocks("README.md") == blocks("README.vi.md")
