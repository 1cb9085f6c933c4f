"""One changed row among many areas of fifty goals: what the command takes that makes right what it changed.

    python tests/benchmarks/one_row.py FOLDER AREAS [csv|parquet]

FOLDER is made, with a plan of fifty goals, five years of figures of every area (one in twenty of half of
the goals revised), and the reports of a year of all areas. Everything of these is as a batch makes it,
but for the pages of reviews and their notebooks: workers write a line each in their place. Then one
figure of one area changes, and ``planlib batch`` runs as a user runs it, with real notebooks. Printed
are its seconds of processor time and of wall time, beside those of importing pandas just before.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
from batch_plan import GOAL, GOALS, PLAN, TARGETS, YEARS

from planlib.batch.workers.pool import TaskEnded, TaskEvent, TaskStarted
from planlib.batch.workers.tasks import Task, TaskResult, put
from planlib.report.site.links import page_hash
from planlib.storage.store import open_store

YEAR = 2013
ASKED = ["--areas", "all", "--years", str(YEAR), "--no-midterm", "--lang", "en"]


class LinePages:
    """Stands where a pool of workers does: writes a line in place of each page and notebook."""

    forks_all = False

    def __init__(self, size: int, told: Mapping[str, str], **_: object) -> None:
        self.told = told
        self._size = size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def start(self) -> None:
        """There is nothing to start."""

    def run(self, tasks: Sequence[Task]) -> Iterator[TaskEvent]:
        """Write what tasks ask for."""
        for number in range(len(tasks)):
            task = tasks[number]
            yield TaskStarted(number)
            head = '<meta name="planlib-as-of" content="">'
            nav = f"<nav><!--pages-->{task.links}<!--/pages--></nav>"
            files = {task.page: f"<html><head>{head}</head><body>{nav}</body></html>"}
            files[task.executed] = "{}"
            put(open_store(task.out), files, task.failed)
            hashes = {name: page_hash(text.encode()) for name, text in files.items()}
            yield TaskEnded(number, TaskResult(hashes=hashes))


def make_plan(folder: Path, areas: int, kind: str) -> int:
    """Write the plan with its figures; returns how many figures."""
    folder.mkdir(parents=True)
    names = [f"area-{number}" for number in range(areas)]
    text = PLAN.replace("figures.parquet", f"figures.{kind}")
    text = text.replace("areas: [area-0]", f"areas: [{', '.join(names)}]")
    (folder / "plan.yaml").write_text(text, "utf-8")
    goals = [GOAL.format(number=n, target=TARGETS[n % len(TARGETS)]) for n in range(GOALS)]
    section = "section: society\nname: {vi: Xã hội, en: Society}\ngoals:\n" + "".join(goals)
    (folder / "society.yaml").write_text(section, "utf-8")
    listed = [f"  - {{id: {name}, name: {{vi: {name}, en: {name}}}}}\n" for name in names]
    (folder / "areas.yaml").write_text("areas:\n" + "".join(listed), "utf-8")
    frame = figures(areas)
    if kind == "csv":
        frame.to_csv(folder / "figures.csv", index=False)
    else:
        frame.to_parquet(folder / "figures.parquet")
    return len(frame)


def figures(areas: int) -> pd.DataFrame:
    """Five years of every goal in every area; of the even goals one figure in twenty is revised."""
    years, series, draw = len(YEARS), areas * GOALS, np.random.default_rng(7)
    size = series * years
    year = np.tile(np.asarray(YEARS), series)
    level = np.repeat(draw.uniform(40, 120, series), years)
    frame = pd.DataFrame(
        {
            "area": np.repeat(np.arange(areas), GOALS * years),
            "goal": np.tile(np.repeat(np.arange(GOALS), years), areas),
            "year": year,
            "vintage": year + 1,
            "value": (level + draw.normal(0, 3, size)).round(1),
        }
    )
    revised = frame[(draw.random(size) < 0.05) & (frame["goal"] % 2 == 0)]
    moved = (revised["value"] + draw.normal(0, 1, len(revised))).round(1)
    revised = revised.assign(vintage=revised["vintage"] + 1, value=moved)
    frame = pd.concat([frame, revised])
    frame = frame.sort_values(["area", "goal", "year", "vintage"], kind="stable")
    days = [f"{one}-02-15" for one in range(YEARS[0] + 1, YEARS[-1] + 3)]
    return frame.assign(
        area=pd.Categorical.from_codes(frame["area"], [f"area-{n}" for n in range(areas)]),
        goal=pd.Categorical.from_codes(frame["goal"], [f"g{n}" for n in range(GOALS)]),
        vintage=pd.Categorical.from_codes(frame["vintage"] - YEARS[0] - 1, days),
        source=pd.Categorical(["survey"]).repeat(len(frame)),
    ).reset_index(drop=True)


def make_reports(plan: str, out: Path) -> None:
    """A run over all areas whose workers write a line a page."""
    from planlib.batch.jobs.jobs import Request
    from planlib.batch.jobs.planning import plan_run
    from planlib.batch.runs import run as runs
    from planlib.batch.runs import settings
    from planlib.batch.runs.progress import Watcher
    from planlib.language.language import Language

    request = Request(plan, areas="all", years=[YEAR], langs=["en"], midterm=False)
    settings.WorkerPool = LinePages  # type: ignore[assignment,misc]
    with Watcher(Language("en")) as watcher:
        runs.run(plan_run([request], out), watcher, settings.BatchSettings(record=True))


def change_one(folder: Path, area: str) -> None:
    """Another figure of one goal in one year, of an area."""
    path = folder / "figures.csv"
    if path.is_file():
        data = path.read_bytes()
        start = data.index(f"\n{area},g1,{YEAR},".encode()) + 1
        end = data.index(b"\n", start)
        cells = data[start:end].decode().split(",")
        cells[4] = str(round(float(cells[4]) + 0.5, 1))
        path.write_bytes(data[:start] + ",".join(cells).encode() + data[end:])
        return
    path = folder / "figures.parquet"
    frame = pd.read_parquet(path)
    mine = (frame["area"] == area) & (frame["goal"] == "g1") & (frame["year"] == YEAR)
    frame.loc[mine, "value"] += 0.5
    frame.to_parquet(path)


def took(command: Sequence[str]) -> dict[str, float]:
    """Processor and wall seconds of a command with all its processes."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
    assert done.returncode == 0, done.stdout + done.stderr
    cpu = sum(getattr(after, one) - getattr(before, one) for one in ("ru_utime", "ru_stime"))
    return {"cpu": cpu, "wall": wall}


def measure(folder: Path, areas: int, kind: str = "csv") -> dict[str, Any]:
    """Make it all, change a row, run the command."""
    plan = folder / "large-plan"
    found: dict[str, Any] = {"figures": make_plan(plan, areas, kind)}
    os.chdir(folder)
    make_reports("large-plan", folder / "reports")
    times = {one: one.stat().st_mtime_ns for one in (folder / "reports").rglob("*")}
    change_one(plan, "area-7")
    found["pandas"] = took([sys.executable, "-c", "import pandas"])
    command = [sys.executable, "-m", "planlib", "batch", "large-plan", *ASKED, "--out", "reports"]
    found["one row"] = took(command)
    now = {one: one.stat().st_mtime_ns for one in (folder / "reports").rglob("*") if one.is_file()}
    touched = [
        one.relative_to(folder).as_posix() for one, at in now.items() if times.get(one) != at
    ]
    found["touched"] = sorted(one for one in touched if not re.search(r"/\.planlib", one))
    return found


if __name__ == "__main__":
    told = measure(Path(sys.argv[1]).resolve(), int(sys.argv[2]), *sys.argv[3:])
    print(json.dumps(told, indent=1))
