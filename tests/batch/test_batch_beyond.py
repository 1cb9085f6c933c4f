"""Beyond one machine: a real Dask scheduler with two workers, and a real server that speaks S3."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from examples import ALL
from forked import Forked
from here import tasks_here
from killing import MARK, marked, tree
from own_plans import WHOLE, small_plan
from scratch_notebooks import TITLE, reviews

import planlib as installed
from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.jobs.versions import versions
from planlib.batch.workers import cluster
from planlib.batch.workers.cluster import Cluster, difference
from planlib.errors import InputError

PATIENCE = 120.0
MORE = ",md" if ALL else ""  # a document more beside each page
pytestmark = [pytest.mark.notebook, pytest.mark.slow]


def until(done: Callable[[], object], what: str) -> None:
    """Wait for something, as long as a busy machine may need."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


@contextlib.contextmanager
def started(*command: object, log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a session of its own, killed with all its children at the end."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, *map(str, command)], stdout=said, stderr=said,
            env=os.environ | more, start_new_session=True, cwd=log.parent,
        )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_a_cluster_finishes_though_a_worker_is_killed_and_refuses_other_versions(
    tmp_path: Path,
) -> None:
    slow = f"{TITLE}\nimport time\ntime.sleep(1)"
    reviews(tmp_path / "notebooks", annual=slow, midterm=slow)
    small_plan(tmp_path / "my-plan", WHOLE)
    given = [
        "my-plan", "--areas", "ward-a", "--years", "2013", "--lang", "en",
        "--notebooks", "notebooks", "--format", f"html,docx{MORE}", "--engine", "papermill",
    ]  # fmt: skip
    jobs = 6 if MORE else 4
    mark = f"cluster-{os.getpid()}"
    at = tmp_path / "scheduler.json"

    def worker(
        name: str, **more: str
    ) -> contextlib.AbstractContextManager[subprocess.Popen[bytes]]:
        return started(
            "-m", "distributed.cli.dask_worker", "--scheduler-file", at, "--nthreads", 1,
            "--no-nanny", "--no-dashboard", "--name", name, "--local-directory", tmp_path / name,
            log=tmp_path / f"{name}.log", **{MARK: mark, "TMPDIR": str(tmp_path), **more},
        )  # fmt: skip

    with contextlib.ExitStack() as stack:
        stack.enter_context(
            started(
                "-m",
                "distributed.cli.dask_scheduler",
                "--host",
                "127.0.0.1",
                "--port",
                0,
                "--no-dashboard",
                "--scheduler-file",
                at,
                log=tmp_path / "scheduler.log",
            )
        )
        until(at.exists, "a scheduler")
        address = json.loads(at.read_text())["address"]
        to = ["--out", "reports", "--cluster", address]
        empty = planlib("batch", *given, *to, folder=tmp_path)
        assert empty.returncode == 1
        assert empty.stderr == (
            f"cluster '{address}': it has no workers (start some: dask worker ADDRESS)\n"
        )

        def refused() -> None:
            odd = planlib("batch", *given, *to, folder=tmp_path)
            assert odd.returncode == 1, odd.stderr
            assert re.fullmatch(
                r"(?:worker 'tcp://127\.0\.0\.1:\d+': planlib \S+ there, \S+ here; outputs would not "
                r"be the same \(install the same planlib and libraries on every worker\)\n)+",
                odd.stderr,
            ), odd.stderr
            assert not (tmp_path / "reports").exists()

        if ALL:  # a worker with other code; below, workers with the same that tell of another
            package = Path(installed.__file__).parent
            shutil.copytree(package, tmp_path / "other/planlib", symlinks=True)
            (tmp_path / "other/planlib/batch/more.py").write_text('"""Other code."""\n')
            with worker("odd", PYTHONPATH=str(tmp_path / "other")):
                until(lambda: "Registered to" in (tmp_path / "odd.log").read_text(), "a worker")
                refused()

        first = stack.enter_context(worker("first"))
        stack.enter_context(worker("second"))
        for name in ("first", "second"):
            log = tmp_path / f"{name}.log"
            until(lambda log=log: "Registered to" in log.read_text(), name)  # type: ignore[misc]
        with pytest.MonkeyPatch.context() as other:
            odd = {"planlib": "0"}
            other.setattr(cluster, "difference", lambda theirs: difference(theirs | odd))
            refused()
        killed: list[int] = []

        def kill() -> None:
            until(lambda: list(tmp_path.glob("reports/*/*/*.ipynb")), "a notebook")
            os.killpg(first.pid, signal.SIGKILL)
            killed.append(first.pid)

        killing = threading.Thread(target=kill)
        killing.start()
        done = planlib("batch", *given, *to, folder=tmp_path)
        killing.join()
        assert killed and done.returncode == 0, done.stderr  # pages, and documents after them, end
        assert re.search(rf"all +{jobs} +0 +0", done.stdout), done.stdout
        again = planlib("batch", *given, *to, folder=tmp_path)
        assert again.stderr == f"{jobs} jobs are done already, 0 to run.\n"
    until(lambda: not list(marked(mark)), "every process to end")

    with tasks_here():
        here = planlib("batch", *given, "--out", "here", folder=tmp_path)
    assert here.returncode == 0, here.stderr
    assert tree(tmp_path / "here") == tree(tmp_path / "reports")


def test_a_scheduler_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        done = planlib(
            "batch", "viet-nam-2016-2020", "--out", "reports", "--cluster", address, folder=tmp_path
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"cluster '{address}': no scheduler answers: ")
    assert len(done.stderr.splitlines()) == 1 and not (tmp_path / "reports").exists()


@pytest.mark.parametrize("greeting", [b"", b"SSH-2.0-OpenSSH"])
def test_a_port_that_is_silent_or_speaks_otherwise_is_one_line(
    tmp_path: Path, greeting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.workers.cluster.CONNECT", 2.0)
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def greet() -> None:
            with contextlib.suppress(OSError):
                while True:
                    held.append(server.accept()[0])
                    held[-1].sendall(greeting)

        threading.Thread(target=greet, daemon=True).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        planned = plan_run([Request("ward-2010-2015", "ward-01", [2012], False)], tmp_path)
        with pytest.raises(InputError) as told:
            Cluster(address, planned)
        server.shutdown(socket.SHUT_RDWR)
    for connection in held:
        connection.close()
    assert str(told.value).startswith(f"cluster '{address}': no scheduler answers: ")
    assert len(told.value.problems) == 1


@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("garbage", 1, "cluster 'garbage': this is no address of a scheduler: missing port number"),
        ("tcp://127.0.0.1:99999", 1, "there is no port 99999"),
        ("inproc://x", 1, "this is no address of a scheduler"),
        ("tls://127.0.0.1:1", 1, "no scheduler answers: TLS expects"),
        ("tcp://me:s3cret@127.0.0.1:1", 1, "cluster 'tcp://***@127.0.0.1:1': "),
        ("", 2, "the address of a scheduler"),
        (" ", 2, "the address of a scheduler"),
    ],
)
def test_what_is_no_address_of_a_scheduler_is_one_line(
    tmp_path: Path, address: str, code: int, told: str
) -> None:
    given = ["viet-nam-2016-2020", "--out", "reports", "--cluster", address]
    done = planlib("batch", *given, folder=tmp_path)
    assert done.returncode == code, done.stderr
    assert told in done.stderr and "Traceback" not in done.stderr and "s3cret" not in done.stderr
    assert code == 2 or len(done.stderr.splitlines()) == 1, done.stderr
    assert not (tmp_path / "reports").exists()


def test_a_plan_that_no_other_machine_has_is_refused_on_a_cluster(tmp_path: Path) -> None:
    plan = small_plan(tmp_path / "my-plan", WHOLE)
    given = [str(plan), "--out", "reports", "--cluster", "tcp://127.0.0.1:1"]
    done = planlib("batch", *given, folder=tmp_path)
    assert done.returncode == 1
    assert "lies where the workers of a cluster cannot find it (name it below the" in done.stderr


def test_versions_are_compared_one_by_one() -> None:
    assert difference(versions()) == ""
    theirs = versions() | {"python": "3.0"}
    del theirs["pandas"]
    assert difference(theirs).startswith("python 3.0 there, 3.")
    assert "; pandas none there, " in difference(theirs)


def several(asked: Connection, folder: Path) -> None:
    """Commands in one process, with what each says and how it ends; "get" and "put" copy.

    Workers of a batch are processes of their own where all is asked for (``make conformance``).
    """
    import s3fs

    with contextlib.chdir(folder), contextlib.nullcontext() if ALL else tasks_here():
        while given := asked.recv():
            if given[0] in ("get", "put"):
                getattr(s3fs.S3FileSystem(), given[0])(*given[1:], recursive=True)
                asked.send(None)
                continue
            done = planlib(*given)
            asked.send((done.returncode, done.stdout, done.stderr))


@contextlib.contextmanager
def commands_apart(folder: Path, **more: str) -> Iterator[Callable[..., Any]]:
    """What a command says and how it ends in a process of its own, which takes one after another."""
    ours, theirs = Pipe()
    wrong = folder / "wrong.txt"
    process = Forked(lambda: several(theirs, folder), wrong, more)
    theirs.close()

    def said(*given: str) -> Any:
        ours.send(given)
        try:
            return ours.recv()
        except EOFError:
            raise AssertionError(wrong.read_text("utf-8")) from None

    try:
        yield said
        ours.send(())
        assert process.wait(PATIENCE) == 0, wrong.read_text("utf-8")
    finally:
        process.kill()


def test_a_batch_writes_to_s3_with_one_request_for_each_file(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    keys = {
        "AWS_ENDPOINT_URL": url, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }  # fmt: skip
    reviews(tmp_path / "notebooks")
    small_plan(tmp_path / "my-plan", WHOLE)
    given = [
        "batch", "my-plan", "--areas", "ward-a,ward-b", "--years", "2012", "--lang", "en",
        "--notebooks", "notebooks", "--out",
    ]  # fmt: skip
    rest = ["--years", "2011", "--lang", "en", "--notebooks", "notebooks", "--out", "far"]
    log = tmp_path / "server.log"
    with (
        started("-m", "moto.server", "-H", "127.0.0.1", "-p", port, log=log),
        commands_apart(tmp_path, **keys) as said,
    ):
        until(lambda: answers(url), "the server")
        request = urllib.request.Request(f"{url}/reports", method="PUT")
        urllib.request.urlopen(request).close()
        done = said(*given, "s3://reports/all")
        assert done[0] == 0, done
        assert "Open s3://reports/all/index.html" in done[1]
        puts = re.findall(r'"PUT /reports/all/(\S+?)(?:\?\S*)? HTTP', log.read_text("utf-8"))
        made = [name for name in puts if name.endswith((".ipynb", ".html"))]
        assert (
            len(made) == len(set(made)) == 2 * 2 + 2 * 2 + 6 * 2 + 2
        )  # pages, the index of each area, the page of each goal, the index

        missing = said(*given, "s3://nowhere/all")
        assert missing[0] == 1 and missing[2].startswith("s3://nowhere/all: cannot write reports: ")
        assert "bucket" in missing[2] and len(missing[2].splitlines()) == 1
        assert said(*given, "s3://reports/all")[2] == "2 jobs are done already, 0 to run.\n"
        here = said(*given, "here")
        assert here[0] == 0, here
        said("get", "reports/all", "copy")
        # A plan that lies there too is read as if it lay here.
        said("put", "my-plan", "reports/plans/")
        there = said("batch", "s3://reports/plans/my-plan", *rest)
        assert there[0] == 0, there
        assert said("batch", "my-plan", *rest)[2] == "1 job is done already, 0 to run.\n"
        none = said("batch", "s3://reports/plans/none", *rest)
        assert none[2].startswith("s3://reports/plans/none: no plan.yaml here")
    copied, made_here = tree(tmp_path / "copy"), tree(tmp_path / "here")
    del made_here[".planlib.lock"]  # an address is let go by removing it
    assert copied == made_here


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url).close()
    except OSError:
        return False
    return True
