"""Plans in folders of their own, whose figures a test may change: the ward's, and a small one."""

from __future__ import annotations

import shutil
from pathlib import Path

from examples import ALL

from planlib.plan.shipped import DATA, PLANS

HERE = Path(__file__).parent
FIGURES = "illustrative/ward-2010-2015.csv"
# Six goals of one area, the ward-a, of which `make test` takes half: each has a page in every batch.
WHOLE = HERE.parent / "plan" / "good-plan"
SMALL = WHOLE if ALL else HERE / "brief-plan"


def own_plan(folder: Path) -> Path:
    """A plan folder with the figures of two wards, those of ward-01 first."""
    shutil.copytree(PLANS / "ward-2010-2015", folder)
    lines = (DATA / FIGURES).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.startswith(("area,", "ward-01,", "ward-02,"))]
    (folder / FIGURES).parent.mkdir()
    (folder / FIGURES).write_text("".join(kept), encoding="utf-8")
    return folder


def small_plan(folder: Path, kind: Path = SMALL) -> Path:
    """The small plan with the same figures for two areas: ward-a and ward-b."""
    shutil.copytree(kind, folder)
    for name in ("areas.yaml", "plan.yaml", "figures.csv"):
        path = folder / name
        text = path.read_text("utf-8")
        if name == "plan.yaml":
            text = text.replace("areas: [ward-a]", "areas: [ward-a, ward-b]")
        else:
            first, _, rest = text.partition("\n")
            text = f"{first}\n{rest}{rest.replace('ward-a', 'ward-b').replace('Ward A', 'Ward B')}"
        path.write_text(text, "utf-8")
    return folder


def change(folder: Path, area: str, goal: str, year: int) -> None:
    """Turn an area's yes to a goal in a year into a no, or its no into a yes."""
    path = folder / FIGURES
    path = path if path.is_file() else folder / "figures.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{area},{goal},{year},"))
    cells = lines[at].split(",")
    cells[5] = {"0": "1", "1": "0"}[cells[5]]
    lines[at] = ",".join(cells)
    path.write_text("".join(lines), encoding="utf-8")
