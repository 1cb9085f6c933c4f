"""What is documented is so: the API page is that of the code, and the tasks run as they stand."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import api_page
import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest

import planlib
from planlib.batch.notebooks.parsing import parsed

DOCS = Path(__file__).parents[2] / "docs"
TASKS = (DOCS / "tasks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", TASKS, re.DOTALL)


def test_the_api_page_is_what_the_docstrings_say() -> None:
    assert api_page.PAGE.read_text(encoding="utf-8") == api_page.page(), (
        "write it again: python tests/api/api_page.py"
    )


def test_every_public_name_stands_there_with_its_signature() -> None:
    page = api_page.page()
    for name in planlib.__all__:
        assert f"## {name}\n" in page
        assert (getattr(planlib, name).__doc__ or "").split("\n")[0].replace("``", "`") in page
    for name in api_page.FUNCTIONS:
        assert f"planlib.{name}(" in page
    public = [n for n in vars(planlib.Evaluation) if not n.startswith("_")]
    assert set(public) <= set(api_page.METHODS) | {"seen_by", "as_known_on", "what_if"}


def test_a_task_is_at_most_five_lines() -> None:
    assert len(BLOCKS) == 10
    assert all(sum(map(bool, block.splitlines())) <= 5 for block in BLOCKS)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Any]]:
    """The blocks one after another in one namespace, each with what its last line shows."""
    folder = tmp_path_factory.mktemp("tasks")
    names: dict[str, Any] = {}
    shown = []
    with pytest.MonkeyPatch.context() as patch, mpl.rc_context({"backend": "agg"}):
        patch.chdir(folder)
        for block in BLOCKS:
            *lines, last = parsed(block).body
            exec(compile(ast.Module(lines, []), "tasks.md", "exec"), names)
            if isinstance(last, ast.Expr):
                shown.append(eval(compile(ast.Expression(last.value), "tasks.md", "eval"), names))
            else:
                exec(compile(ast.Module([last], []), "tasks.md", "exec"), names)
                shown.append({k: v for k, v in names.items() if not k.startswith("_")})
        plt.close("all")
    return folder, shown


def test_the_tasks_answer(ran: tuple[Path, list[Any]]) -> None:
    folder, (_, frame, counts, ranks, own, rule, supposed, ahead, _, review) = ran
    assert frame["verdict"].isin([str(one) for one in planlib.Verdict]).all() and len(frame) == 5
    e = planlib.evaluate("ward-2010-2015")
    whole = e.verdicts("2013", areas="all")
    assert counts.to_numpy().sum() == whole["part_of"].isna().sum()
    assert list(counts.index) == sorted(whole["area_name"].unique())
    assert ranks["rank"].dropna().is_monotonic_increasing
    assert ranks["value"].dropna().is_monotonic_decreasing
    assert own.tolist() == ["exceeded"]
    assert rule["status"].tolist() == ["sun"]  # 20 + 10 years of 1 a year reach 30
    assert supposed["value"].tolist() == [90] and len(supposed) == 1
    assert ahead["ahead"]["probability"].dropna().between(0, 1).all()
    assert isinstance(ahead["rules"], pd.DataFrame) and ahead["rules"].shape[1] > 5
    assert (folder / "trend.png").read_bytes().startswith(b"\x89PNG")
    assert (folder / "review.html").read_text("utf-8") == review.to_html()
    assert (folder / "review.md").read_text("utf-8").startswith("# ")
