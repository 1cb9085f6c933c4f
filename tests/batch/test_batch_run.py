"""Runs of scratch notebooks, through real workers and kernels."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import nbformat
import pytest
from forked import Forked, code
from forked_workers import forked_workers
from own_plans import SMALL
from scratch_notebooks import TITLE, reviews

from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.lock import only_run
from planlib.batch.runs.outcomes import RunReport
from planlib.batch.runs.run import run
from planlib.batch.runs.settings import BatchSettings
from planlib.errors import InputError
from planlib.plan.reading import read_plan
from planlib.report.site.folder import read_summaries
from planlib.storage import atomic as files

WARD, AREA = "ward-2010-2015/ward-01", "good-plan/ward-a"
FAILS_IN_2012 = f"""\
{TITLE}
reports = {{2013: "fine"}}
reports[year]
"""


class Notes:
    """A listener that writes down what it is told."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.ended: dict[str, str] = {}
        self.stages: dict[str, list[tuple[int, int]]] = {}

    def expect(self, jobs: int, reused: int) -> None:
        self.expected = (jobs, reused)

    def started(self, label: str) -> None:
        self.begun.append(label)

    def finished(self, label: str, seconds: float, failure: str) -> None:
        assert label in self.begun and seconds >= 0
        self.ended[label] = failure

    def after(self, stage: str, done: int, total: int) -> None:
        self.stages.setdefault(stage, []).append((done, total))


def reviewed(
    tmp_path: Path,
    notebooks: Path,
    request: Request,
    *,
    workers: int = 1,
    engine: str = "papermill",
) -> tuple[RunReport, Notes]:
    """Run a request, where nothing else is said in the way that starts soonest."""
    notes = Notes()
    planned = plan_run([request], tmp_path / "reports", notebooks)
    return run(planned, notes, BatchSettings(workers, engine=engine)), notes


def years(*given: int, langs: tuple[str, ...] = ("vi", "en")) -> Request:
    return Request(str(SMALL), "ward-a", given, midterm=False, langs=langs)


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_pages_notebooks_and_index_are_written(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks")
    report, notes = reviewed(tmp_path, notebooks, Request(str(SMALL), years=[2012, 2013]))
    out = tmp_path / "reports"
    pages = [
        f"{k}.{lang}"
        for k in ("annual-2012", "annual-2013", "midterm-2013")
        for lang in ("vi", "en")
    ]
    assert written(out / AREA) == {
        "review.json", "verdicts.json", *(f"{p}.html" for p in pages), *(f"{p}.ipynb" for p in pages),
    }  # fmt: skip
    assert written(out) == {
        ".planlib.lock", "index.html", "index.en.html", "proof.json", "good-plan",
    }  # fmt: skip
    assert not report.failed and report.index == {
        "vi": out / "index.html",
        "en": out / "index.en.html",
    }
    assert set(notes.ended) == {f"{AREA}/{p}.html" for p in pages}
    goals = len(read_plan(SMALL).goals)
    assert notes.stages["progress.goals"] == [(done, goals) for done in range(1, goals + 1)]
    assert notes.stages["progress.evidence"] == [(1, 1)]

    page = (out / AREA / "annual-2012.en.html").read_text("utf-8")
    assert f"<h1>{SMALL} ward-a 2012 en</h1>" in page
    assert '<a href="annual-2013.en.html" rel="next">2013</a>' in page
    assert '<a href="annual-2012.vi.html" lang="vi" hreflang="vi">Tiếng Việt</a>' in page
    assert '<a href="../../index.en.html">' in page
    assert "For authors only" not in page

    done = nbformat.read(out / AREA / "annual-2012.vi.ipynb", as_version=4)
    assert set(done.metadata) == {"kernelspec", "language_info"}
    assert [cell.execution_count for cell in done.cells[1:]] == [1, 2, 3]
    text = (out / AREA / "annual-2012.vi.ipynb").read_text("utf-8")
    assert str(tmp_path) not in text and "papermill" not in text


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_a_failing_notebook_is_told_with_its_cell_and_stops_nothing_else(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks", annual=FAILS_IN_2012)
    report, notes = reviewed(tmp_path, notebooks, years(2012, 2013, langs=("vi",)))
    folder = tmp_path / "reports" / AREA
    assert written(folder) == {
        "review.json", "verdicts.json", "annual-2013.vi.html", "annual-2013.vi.ipynb",
        "annual-2012.vi.failed.ipynb",
    }  # fmt: skip
    (failed,) = report.failed
    assert failed.job.label == f"{AREA}/annual-2012.vi.html"
    assert notes.ended[failed.job.label].splitlines() == [
        "cell 3: KeyError: 2012",
        "    | from IPython.display import HTML, display",
        "    | ",
        "    | display(HTML(f'<h1>{plan} {area} {year} {lang}</h1><h2 id=\"counts\">Counts: {year}</h2>'))",
        "    | ",
        '    | reports = {2013: "fine"}',
        "    | reports[year]",
    ]
    index = (tmp_path / "reports" / "index.en.html").read_text("utf-8")
    assert "In the last run 1 page could not be made" in index
    assert "cell 3: <code>KeyError: 2012</code>" in index

    # Once it runs, the failure is gone from the index and from the folder.
    reviews(tmp_path / "notebooks")
    reviewed(tmp_path, notebooks, years(2012, langs=("vi",)))
    assert "annual-2012.vi.failed.ipynb" not in written(folder)
    assert "annual-2012.vi.html" in written(folder)
    assert "KeyError" not in (tmp_path / "reports" / "index.en.html").read_text("utf-8")
    assert read_summaries(tmp_path / "reports")[0].failures == ()


@pytest.mark.notebook
def test_a_kernel_that_dies_and_a_worker_that_dies_cost_only_their_page(tmp_path: Path) -> None:
    # Above the kernel are its reaper, the template and the worker.
    dies = f"""\
{TITLE}
import os, signal
from pathlib import Path
if year == 2011:
    os.kill(os.getpid(), signal.SIGKILL)
if year == 2012:
    above = os.getppid()
    for _ in range(2):
        above = int(Path(f"/proc/{{above}}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(above, signal.SIGKILL)
    import time; time.sleep(30)
"""
    notebooks = reviews(tmp_path / "notebooks", annual=dies)
    asked = years(2011, 2012, 2013, langs=("en",))
    with forked_workers():
        report, _ = reviewed(tmp_path, notebooks, asked, engine="fork")
    failed = {outcome.job.year: outcome.failure for outcome in report.failed}
    assert failed.keys() == {2011, 2012}
    kernel, worker = failed[2011], failed[2012]
    assert kernel is not None and kernel.cell == 3 and "DeadKernelError" in kernel.error
    assert worker is not None
    assert "the worker process was ended by SIGKILL (out of memory?)" in worker.error
    assert "annual-2013.en.html" in written(tmp_path / "reports" / AREA)


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_earlier_pages_stay_in_the_index_and_are_linked(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks")
    reviewed(tmp_path, notebooks, years(2013, langs=("vi",)))
    reviewed(tmp_path, notebooks, years(2014, langs=("vi",)))
    reviewed(
        tmp_path,
        notebooks,
        Request("viet-nam-2016-2020", years=[2019], midterm=False, langs=["vi"]),
    )
    out = tmp_path / "reports"
    assert (
        'href="annual-2014.vi.html" rel="next"' in (out / AREA / "annual-2013.vi.html").read_text()
    )
    index = (out / "index.html").read_text("utf-8")
    for page in (
        f"{AREA}/annual-2013",
        f"{AREA}/annual-2014",
        "viet-nam-2016-2020/viet-nam/annual-2019",
    ):
        assert f'href="{page}.vi.html"' in index


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file where the folder should be")
    planned = plan_run([years(2013)], tmp_path / "reports")
    with pytest.raises(InputError) as caught:
        run(planned, Notes())
    (problem,) = caught.value.problems
    assert "cannot write reports: File exists" in str(problem)


@pytest.mark.notebook
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir(mode=0o555)
    with pytest.raises(InputError, match="cannot write reports: Permission denied"):
        run(plan_run([years(2013)], tmp_path / "reports"), Notes())


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_a_page_that_cannot_be_written_ends_the_run_in_one_line(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks")
    (tmp_path / "reports" / AREA / "annual-2013.vi.html").mkdir(parents=True)
    with pytest.raises(InputError) as caught:
        reviewed(tmp_path, notebooks, years(2013, langs=("vi",)))
    (problem,) = caught.value.problems
    assert re.search(r"cannot write reports: Is a directory: .*annual-2013\.vi\.html", str(problem))


def test_two_runs_in_one_folder_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "reports"
    out.mkdir()
    with only_run(out), pytest.raises(InputError) as caught:
        run(plan_run([years(2013)], out), Notes())
    (problem,) = caught.value.problems
    assert f"process {os.getpid()} is writing reports to this folder" in str(problem)
    with only_run(out):
        pass  # let go


def test_a_killed_run_leaves_neither_a_lock_nor_rubbish_behind(tmp_path: Path) -> None:
    out = tmp_path / "reports"
    script = f"""
import os, signal
from pathlib import Path
from planlib.batch.runs.lock import only_run
from planlib.storage import atomic as files
out = Path({str(out)!r})
out.mkdir()
(out / "index.html").write_text("old")
def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
os.replace = killed
with only_run(out):
    files.write_whole(out / "index.html", "new")
"""
    assert Forked(code(script), tmp_path / "said.txt").wait(60) == -9
    assert (out / "index.html").read_text() == "old"
    assert len([p for p in out.iterdir() if p.suffix == files.PART]) == 1
    with only_run(out):
        assert files.remove_leftovers(out) == 1
    assert (out / "index.html").read_text() == "old"


@pytest.mark.notebook
def test_an_interrupted_run_keeps_what_was_finished_and_leaves_no_process(tmp_path: Path) -> None:
    slow = f"{TITLE}\nimport time\nif year == 2012:\n    time.sleep(120)\n"
    notebooks = reviews(tmp_path / "notebooks", annual=slow)
    out = tmp_path / "reports"
    script = f"""
import sys
from functools import partial
from pathlib import Path
from planlib.batch.jobs import planning
from planlib.batch.jobs.jobs import Request
from planlib.cli import reviewing
reviewing.plan_run = partial(planning.plan_run, notebooks=Path({str(notebooks)!r}))
request = Request({str(SMALL)!r}, "ward-a", [2011, 2012, 2013], False, langs=["vi"])
sys.exit(reviewing.review([request], Path({str(out)!r}), 1))
"""
    with forked_workers():
        process = Forked(code(script), tmp_path / "said.txt")
    page = out / AREA / "annual-2011.vi.html"
    deadline = time.monotonic() + 60
    while not page.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    ended, said = process.wait(60), (tmp_path / "said.txt").read_text("utf-8")
    assert ended == 130, said
    assert "Stopped. What was finished stands in" in said
    assert f'href="{AREA}/annual-2011.vi.html"' in (out / "index.html").read_text("utf-8")
    assert "annual-2013.vi.html" not in written(out / AREA)
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(tmp_path) not in running.stdout


def test_the_verdicts_are_beside_the_pages(tmp_path: Path) -> None:
    from planlib.report.site.folder import save_summary

    planned = plan_run([Request("ward-2010-2015", "ward-01", [2013], midterm=False)], tmp_path)
    save_summary(tmp_path, planned.summaries[0])
    told = json.loads((tmp_path / WARD / "review.json").read_text("utf-8"))
    assert told["plan"] == "ward-2010-2015" and told["illustrative"] is True
    assert read_summaries(tmp_path) == list(planned.summaries)
