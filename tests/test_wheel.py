"""A wheel built from the project works elsewhere: plans, notebooks and figures are inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_wheel_works_without_the_checkout(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(tmp_path / "dist"),
    ]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(site)
    for needed in (
        "planlib/py.typed",
        "planlib/plans/ward-2010-2015/plan.yaml",
        "planlib/plans/plan.schema.json",
        "planlib/language/catalogues/vi/words.po",
        "planlib/_notebooks/annual-review.ipynb",
        "planlib/_notebooks/midterm-review.ipynb",
        "planlib/_data/illustrative/ward-2010-2015.csv",
        "planlib/_data/viet-nam/observations-2011-2015.csv",
    ):
        assert needed in names
    assert not [name for name in names if name.endswith("generate.py")]

    def run(code: str) -> str:
        environment = os.environ | {"PYTHONPATH": str(site), "PYTHONSAFEPATH": "1"}
        command = [sys.executable, "-c", code]
        there = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert there.returncode == 0, there.stderr
        return there.stdout

    assert str(site) in run("import planlib; print(planlib.__file__)")
    score = ["score", "ward-2010-2015", "--area", "ward-02", "--year", "2013", "--json"]
    rows = json.loads(
        run(f"import sys; sys.argv[1:] = {score!r}\nfrom planlib.cli import main; main()")
    )
    assert len(rows) == 79 and all(str(site) in i["file"] for row in rows for i in row["inputs"])
    shown = run("from planlib.plan.shipped import NOTEBOOKS; print(*NOTEBOOKS.glob('*.ipynb'))")
    assert "annual-review.ipynb" in shown and str(site) in shown
