"""The command ``planlib batch``, with real workers and small notebooks."""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from examples import ALL
from forked import Forked, command
from forked_workers import forked_workers
from here import Here, HereAsAsked, tasks_here
from killing import tree
from own_plans import SMALL, change, small_plan
from scratch_notebooks import TITLE, reviews, write
from typer.testing import CliRunner

from planlib.cli.app import app

WARD = "ward-2010-2015"
PLAN, ID = str(SMALL), "good-plan"


@dataclass(frozen=True)
class Called:
    """What came of a command that ran to its end."""

    returncode: int
    stdout: str
    stderr: str


def arguments_of(arguments: Sequence[object]) -> list[str]:
    """Arguments that, where they say nothing else, choose the way that starts soonest."""
    given = [str(argument) for argument in arguments]
    for option, value in (("--engine", "papermill"), ("--workers", "1")):
        given += [] if option in given else [option, value]
    return given


def called(*arguments: object, cwd: Path | None = None) -> Called:
    """Run the command to its end in this process; its workers are processes of their own."""
    with contextlib.chdir(cwd or Path.cwd()):
        done = CliRunner().invoke(app, ["batch", *arguments_of(arguments)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Called(done.exit_code, done.stdout, done.stderr)


def log(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "batch-log.jsonl").read_text("utf-8").splitlines()]


def statuses(out: Path) -> dict[str, str]:
    return {str(one["job"]).rpartition("/")[2]: str(one["status"]) for one in log(out)[1:]}


@pytest.mark.notebook
def test_a_batch_runs_is_reused_and_runs_again_what_a_change_touches(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks")
    plan, out = small_plan(tmp_path / "plan"), tmp_path / "reports"
    given = [
        plan, "--areas", "ward-a,ward-b", "--years", "2013", "--lang", "en",
        "--notebooks", notebooks, "--out", out,
    ]  # fmt: skip
    with forked_workers():
        first = called(*given, "--workers", "2")
    assert first.returncode == 0, first.stderr
    assert re.search(rf"{ID}: midterm +2 +0 +0", first.stdout)
    assert re.search(r"all +4 +0 +0", first.stdout)
    assert "[4/4]" in first.stderr
    assert "Traceback" not in first.stderr
    before = tree(out)
    assert {name for name in before if name.startswith(f"{ID}/ward-b/")} == {
        f"{ID}/ward-b/{name}"
        for name in (
            "review.json", "verdicts.json", "annual-2013.en.html", "annual-2013.en.ipynb", "midterm-2013.en.html",
            "midterm-2013.en.ipynb", "index.html", "index.en.html",
        )
    }  # fmt: skip
    assert log(out)[0]["ran"] == 4

    with forked_workers():  # an engine is no reason to make a page again
        again = called(*given, "--engine", "auto")
    assert again.returncode == 0 and re.search(r"all +0 +4 +0", again.stdout)
    assert again.stderr == "4 jobs are done already, 0 to run.\n"
    assert tree(out) == before

    change(plan, "ward-b", "clean-party", 2011)
    (out / ID / "ward-a/annual-2013.en.html").unlink()
    with tasks_here():
        other = called(*given)
    assert other.returncode == 0, other.stderr
    assert {str(one["job"]).partition("/")[2]: one["why"] for one in log(out)[1:]} == {
        "ward-a/midterm-2013.en": "figures changed",
        "ward-a/annual-2013.en": "annual-2013.en.html is gone",
        "ward-b/midterm-2013.en": "figures changed",
        "ward-b/annual-2013.en": "figures changed",
    }
    page = f"{ID}/ward-a/annual-2013.en.html"
    assert tree(out)[page] == before[page]

    before = tree(out)
    with tasks_here():
        fresh = called(*given, "--fresh")
    assert re.search(r"all +4 +0 +0", fresh.stdout)
    assert tree(out) == before  # the same inputs give the same bytes


@pytest.mark.notebook
def test_failures_are_told_with_their_cell_and_run_again(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks", annual=f"{TITLE}\nassert year != 2012, 'no 2012'")
    out = tmp_path / "reports"
    given = [
        PLAN, "--years", "2011,2012", "--lang", "en", "--notebooks", notebooks, "--out", out,
    ]  # fmt: skip
    done = called(*given, "--retries", 1)
    assert done.returncode == 3
    said = done.stdout
    assert "annual-2012.en.html failed, tried 2 times, kept as" in said
    assert "cell 3: AssertionError: no 2012\n" in said and "| assert year != 2012" in said
    assert statuses(out) == {"annual-2011.en": "ran", "annual-2012.en": "failed"}
    (failed,) = [one for one in log(out)[1:] if one["status"] == "failed"]
    assert failed["error"] == "AssertionError: no 2012" and failed["cell"] == 3
    assert str(failed["source"]).endswith("assert year != 2012, 'no 2012'")
    assert (out / str(failed["kept"])).is_file()
    assert "FAILED, cell 3: AssertionError: no 2012" in done.stderr

    with tasks_here():
        assert called(*given, "--retries", 0).returncode == 3
        assert statuses(out) == {"annual-2011.en": "reused", "annual-2012.en": "failed"}
        reviews(notebooks)
        assert called(*given).returncode == 0
    assert not (out / str(failed["kept"])).exists()


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_a_cell_that_takes_too_long_is_a_failure(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks", annual="while True: pass")
    out = tmp_path / "reports"
    done = called(
        PLAN, "--years", "2011", "--lang", "en", "--notebooks", notebooks, "--out", out,
        "--timeout", "2", "--retries", "0",
    )  # fmt: skip
    assert done.returncode == 3
    assert "cell 3: it was stopped after 2 seconds" in done.stdout, done.stdout


@pytest.mark.notebook
def test_a_worker_with_papermill_writes_the_bytes_of_a_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers that are processes write them too: see the test of what is run again."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    plan, notebooks = small_plan(tmp_path / "plan"), reviews(tmp_path / "notebooks")
    trees = []
    for name, pool in (("papermill", HereAsAsked), ("fork", Here)):
        out = tmp_path / name
        with tasks_here(pool):
            done = called(
                plan, "--areas", "ward-a", "--years", "2012", "--lang", "en",
                "--notebooks", notebooks, "--out", out,
            )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert log(out)[0]["began"] == "1970-01-02T00:00:00+00:00"
        trees.append(tree(out))
    assert trees[0] == trees[1]


@pytest.mark.notebook
@pytest.mark.parametrize(
    ("sign", "ignored"),
    [(signal.SIGINT, True), *([(signal.SIGTERM, False)] if ALL else [])],
)
def test_a_batch_that_is_stopped_says_how_to_go_on_and_goes_on(
    tmp_path: Path, sign: signal.Signals, ignored: bool
) -> None:
    wait = f"{TITLE}\nimport time\nif year == 2012:\n    time.sleep(60)"
    notebooks, out = reviews(tmp_path / "notebooks", annual=wait), tmp_path / "reports"
    given = [
        PLAN, "--years", "2011,2012", "--lang", "en", "--workers", "1", "--notebooks",
        str(notebooks), "--out", str(out), "--engine", "papermill",
    ]  # fmt: skip

    def batch() -> None:
        # Whatever whoever started these tests ignores: a shell, behind "&", has Ctrl-C ignored.
        signal.signal(sign, signal.SIG_IGN if ignored else signal.SIG_DFL)
        command("batch", *given)()

    with contextlib.nullcontext() if ALL else forked_workers():
        process = Forked(batch, tmp_path / "said.txt")
    page = out / ID / "ward-a/annual-2011.en.html"
    deadline = time.monotonic() + 120
    while not page.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(sign)
    code, said = process.wait(120), (tmp_path / "said.txt").read_text("utf-8")
    assert code == 130, said
    assert "Traceback" not in said
    assert f"To go on, run it again: planlib batch {PLAN} --years 2011,2012" in said
    assert statuses(out) == {"annual-2011.en": "ran"}
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(tmp_path) not in running.stdout
    reviews(notebooks)
    write(notebooks, "annual-review", wait.replace("60", "0"))
    with tasks_here():
        assert called(*given).returncode == 0


@pytest.mark.notebook
def test_a_second_batch_on_the_same_folder_is_refused_and_spoils_nothing(tmp_path: Path) -> None:
    notebooks, out = reviews(tmp_path / "notebooks"), tmp_path / "reports"
    given = [PLAN, "--years", "2011", "--lang", "en", "--notebooks", notebooks, "--out", out]
    with tasks_here():
        assert called(*given).returncode == 0
    before = tree(out)
    holds = (
        "import sys\nfrom pathlib import Path\nfrom planlib.batch.runs.lock import only_run\n"
        "with only_run(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holds, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as first:
        assert first.stdin is not None and first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        second = called(*given)
        assert second.returncode == 1
        assert second.stderr == (
            f"{out}: process {first.pid} is writing reports to this folder "
            "(wait until it is done, or choose another folder with --out)\n"
        )
        first.stdin.close()
        assert first.wait(120) == 0
    assert tree(out) == before
    assert called(*given).stderr == "1 job is done already, 0 to run.\n"


@pytest.mark.notebook
def test_a_disk_that_is_full_is_one_line_and_the_next_run_goes_on(tmp_path: Path) -> None:
    large = f"{TITLE}\nprint('x' * (5_000_000 if year == 2012 else 1))"
    notebooks, out = reviews(tmp_path / "notebooks", annual=large), tmp_path / "reports"
    given = [
        PLAN, "--years", "2011,2012", "--lang", "en", "--workers", "1", "--notebooks", notebooks,
        "--out", out,
    ]  # fmt: skip

    # No file may grow beyond this: to a program, and its workers, as good as a disk that is full.
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
    try:
        with contextlib.nullcontext() if ALL else tasks_here():
            full = called(*given)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert full.returncode == 1, full.stderr
    told = full.stderr.splitlines()  # where it takes long, how far it is
    lines = [line for line in told if not line.startswith("[") and " done: " not in line]
    assert len(lines) == 1, lines
    assert lines[0].startswith(f"{out}: cannot write reports: File too large"), lines
    folder = out / ID / "ward-a"
    assert {path.name for path in folder.iterdir()} == {
        "review.json", "verdicts.json", "annual-2011.en.html", "annual-2011.en.ipynb",
    }  # fmt: skip
    with tasks_here():
        done = called(*given)
    assert done.returncode == 0 and done.stderr.startswith("1 job is done already, 1 to run.")


@pytest.mark.notebook
@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="only root may mount"
)
@pytest.mark.usefixtures("here")
def test_a_file_system_that_is_full_is_one_line_too(tmp_path: Path) -> None:
    notebooks, disk = reviews(tmp_path / "notebooks"), tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(disk)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("mounting is forbidden here")
    try:
        done = called(
            PLAN, "--years", "2011-2015", "--notebooks", notebooks, "--out", disk / "reports"
        )
        assert done.returncode == 1, done.stderr
        lines = [line for line in done.stderr.splitlines() if not line.startswith("[")]
        assert len(lines) == 1 and "cannot write reports: No space left on device" in lines[0]
        for path in (disk / "reports").rglob("*.ipynb"):
            nbformat.validate(nbformat.read(path, as_version=4))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_everything_wrong_with_a_list_of_jobs_is_told_with_its_line(tmp_path: Path) -> None:
    book = write(tmp_path, "mine", "1", parameters="kind = 'a'")
    jobs = tmp_path / "jobs.yaml"
    jobs.write_text(
        f"""\
- plan: ward-2010-2015
  area: [ward-01]
- plam: ward-2010-2015
- plan: ward-2010-2015
  areas: all
  years: 2015-2011
- just words
- notebook: {book}
  output: ../mine
  parameters: {{kynd: b}}
""",
        encoding="utf-8",
    )
    done = called(jobs, "--out", tmp_path / "reports")
    assert done.returncode == 1
    assert done.stderr.replace(str(jobs), "jobs.yaml").splitlines() == [
        "jobs.yaml:2: 'area': input should be a valid string",
        "jobs.yaml:3: the key 'plan' is missing",
        "jobs.yaml:3: unknown key 'plam' (did you mean 'plan'?)",
        "jobs.yaml:6: 'years': write years such as 2011,2013 or 2011-2015, found '2015-2011'",
        "jobs.yaml:7: a job is a mapping of keys, found 'just words'",
    ]
    text = jobs.read_text("utf-8").splitlines()
    kept = ["- plan: ward-2010-2015", "  areas: ward-1,ward-02", "  years: [2013, 2020]", *text[7:]]
    jobs.write_text("\n".join(kept), encoding="utf-8")
    done = called(jobs, "--out", tmp_path / "reports")
    assert done.stderr.replace(str(jobs), "jobs.yaml").splitlines() == [
        "jobs.yaml:1: plan 'ward-2010-2015': the year must lie in 2011-2015, found 2020",
        "jobs.yaml:1: there is no area 'ward-1' (did you mean 'ward-10'?)",
        (
            "jobs.yaml:4: 'output': '..' in '../mine': an id is small ASCII letters and digits joined "
            "by single hyphens"
        ),
        (
            "jobs.yaml:4: parameter 'kynd': the notebook 'mine.ipynb' has no such parameter "
            "(did you mean 'kind'?)"
        ),
    ]
    assert not (tmp_path / "reports").exists()


def test_jobs_that_stand_twice_or_would_overwrite_each_other_are_refused(tmp_path: Path) -> None:
    jobs = tmp_path / "jobs.yaml"
    jobs.write_text(
        """\
- {plan: ward-2010-2015, area: ward-01, years: 2012, lang: vi}
- {plan: ward-2010-2015, areas: [ward-01, ward-02], years: 2012-2013, lang: vi}
- {plan: ward-2010-2015, area: ward-02, years: 2013, lang: vi, as_of: "2014"}
""",
        encoding="utf-8",
    )
    done = called(jobs, "--out", tmp_path / "reports")
    assert done.returncode == 1
    assert done.stderr.replace(str(jobs), "jobs.yaml").splitlines() == [
        (
            "jobs.yaml:2: 'ward-2010-2015/ward-01/annual-2012.vi' stands twice, first in line 1 "
            "(delete one)"
        ),
        (
            "jobs.yaml:3: 'ward-2010-2015/ward-02/midterm-2013.vi' and 1 more would overwrite what "
            "line 2 asks for (write them in two runs with different folders)"
        ),
    ]


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_a_list_runs_reviews_and_notebooks_of_ones_own(tmp_path: Path) -> None:
    write(
        tmp_path, "mine", "from pathlib import Path", "print(kind, Path('data.txt').read_text())",
        parameters="kind = 'a'",
    )  # fmt: skip
    (tmp_path / "data.txt").write_text("read")
    (tmp_path / "jobs.yaml").write_text(
        f"""\
- {{plan: {PLAN}, years: 2012, lang: vi}}
- notebook: mine.ipynb
  output: mine/one
  parameters: {{kind: b}}
  title: Của tôi
  reads: [data.txt]
""",
        encoding="utf-8",
    )
    reviews(tmp_path / "notebooks")
    given = ["jobs.yaml", "--notebooks", "notebooks", "--out", "reports"]
    done = called(*given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "reports/mine/one.html").read_text("utf-8")
    assert "<h1>Của tôi</h1>" in page and '<a href="../index.html">' in page and "b read" in page
    (tmp_path / "data.txt").write_text("other")
    assert called(*given, cwd=tmp_path).returncode == 0
    assert statuses(tmp_path / "reports") == {"annual-2012.vi": "reused", "one": "ran"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([WARD, "--engine", "frok"], "did you mean 'fork'?"),
        ([WARD, "--years", "soon"], "years such as"),
        ([WARD, "--lang", "xx"], "vi, en, fr or vi,en,fr"),
        ([WARD, "--areas", ","], "ids joined by commas"),
        (["jobs.yaml", "--years", "2012"], "stands in the list of jobs itself"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], told: str) -> None:
    done = called(*arguments)
    assert done.returncode == 2 and told in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.notebook
@pytest.mark.usefixtures("here")
def test_work_whose_inputs_change_while_it_runs_is_not_taken_for_done(tmp_path: Path) -> None:
    plan, out = small_plan(tmp_path / "plan"), tmp_path / "reports"
    touch = f"{TITLE}\nopen({str(plan / 'society.yaml')!r}, 'a').write('# later\\n')"
    notebooks = reviews(tmp_path / "notebooks", annual=touch)
    given = [plan, "--years", "2012", "--lang", "en", "--notebooks", notebooks, "--out", out]
    done = called(*given)
    assert done.returncode == 0, done.stderr
    assert "Inputs changed while the batch ran; run it again" in done.stderr
    reviews(notebooks)
    assert "[1/1]" in called(*given).stderr
    assert called(*given).stderr == "1 job is done already, 0 to run.\n"
