"""Copies of the ward's plan in folders of their own, whose figures a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

from planlib.plan.shipped import DATA, PLANS

FIGURES = "illustrative/ward-2010-2015.csv"


def own_plan(folder: Path) -> Path:
    """A plan folder with the figures of two wards, those of ward-01 first."""
    shutil.copytree(PLANS / "ward-2010-2015", folder)
    lines = (DATA / FIGURES).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.startswith(("area,", "ward-01,", "ward-02,"))]
    (folder / FIGURES).parent.mkdir()
    (folder / FIGURES).write_text("".join(kept), encoding="utf-8")
    return folder


def change(folder: Path, area: str, goal: str, year: int) -> None:
    """Turn an area's yes to a goal in a year into a no, or its no into a yes."""
    path = folder / FIGURES
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{area},{goal},{year},"))
    cells = lines[at].split(",")
    cells[5] = {"0": "1", "1": "0"}[cells[5]]
    lines[at] = ",".join(cells)
    path.write_text("".join(lines), encoding="utf-8")
