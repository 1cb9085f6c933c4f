"""A plan of many areas, and pages of it written directly: what a run does beside its notebooks.

``SmallPages`` stands where a pool of workers does. A page tells its frame and the figures that its
review reads, so that it is another exactly where a notebook's would be.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from here import NoWorkers
from own_plans import SMALL

from planlib.batch.workers.pool import TaskEnded, TaskEvent, TaskStarted
from planlib.batch.workers.tasks import Task, TaskResult, put
from planlib.report.site.links import page_hash
from planlib.storage.store import open_store


def many_areas(folder: Path, count: int) -> Path:
    """The small plan with the same figures for many areas, area-0 first."""
    shutil.copytree(SMALL, folder)
    names = [f"area-{number}" for number in range(count)]
    plan, areas, figures = (folder / name for name in ("plan.yaml", "areas.yaml", "figures.csv"))
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("areas: [ward-a]", f"areas: [{', '.join(names)}]"), "utf-8")
    listed = [f"  - {{id: {name}, name: {{vi: {name}, en: {name}}}}}\n" for name in names]
    areas.write_text("areas:\n" + "".join(listed), "utf-8")
    head, *rows = figures.read_text("utf-8").splitlines(keepends=True)
    told = "".join(row.replace("ward-a", name) for name in names for row in rows)
    figures.write_text(head + told, "utf-8")
    return folder


class SmallPages(NoWorkers):
    """Writes the page and the notebook of each task, an area's own figures in them."""

    made: list[str] = []  # noqa: RUF012 - runs make pools of their own; a test looks here

    def __init__(self, size: int, **given: object) -> None:
        super().__init__(size, **given)  # type: ignore[arg-type]
        self._rows: dict[str, str] = {}

    def run(self, tasks: Sequence[Task]) -> Iterator[TaskEvent]:
        """Carry out tasks, one after another."""
        for number in range(len(tasks)):
            yield TaskStarted(number)
            yield TaskEnded(number, self._written(tasks[number]))

    def _written(self, task: Task) -> TaskResult:
        plan, area = (str(task.parameters[name]) for name in ("plan", "area"))
        rows = self._figures(plan).get(area, "")
        nav = f"<nav><!--pages-->{task.links}<!--/pages--></nav>"
        head = '<meta name="planlib-as-of" content="">'
        about = f"{task.frame['plan']}: {task.frame['title']}"
        files = {
            task.page: f"<html><head>{head}</head><body>{nav}<main><h1>{about}</h1><p>{rows}</p></main></body></html>",
            task.executed: f'{{"figures": "{rows}"}}',
        }
        put(open_store(task.out), files, task.failed)
        self.made.append(task.page)
        return TaskResult(hashes={name: page_hash(text.encode()) for name, text in files.items()})

    def _figures(self, plan: str) -> dict[str, str]:
        if not self._rows:
            (path,) = Path(plan).glob("figures.*")
            if path.suffix == ".csv":
                lines = path.read_text("utf-8").splitlines()[1:]
            else:
                rows = pd.read_parquet(path).itertuples(index=False)
                lines = [",".join(map(str, row)) for row in rows]
            for at, line in enumerate(lines, start=2 if path.suffix == ".csv" else 1):
                area = line.partition(",")[0]
                self._rows[area] = f"{self._rows.get(area, '')} {at}: {line}"
        return self._rows
