"""Tests run in forked processes are those that one process runs, with the same results."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = """
from forks import run_forked

def pytest_addoption(parser):
    parser.addoption("--forks", type=int, default=0)

def pytest_runtestloop(session):
    forks = session.config.option.forks
    return run_forked(session, forks, lambda item: item.nodeid[:9]) if forks else None
"""
SHARED = """
import os, pytest

@pytest.fixture(scope="module")
def made(tmp_path_factory):
    yield tmp_path_factory.mktemp("made")
    with open({log!r}, "a") as log:
        log.write("taken down\\n")

@pytest.mark.parametrize("number", range(20))
def test_shared(made, number):
    assert not list(made.glob(f"{{number}}"))
    (made / str(number)).touch()
    assert len(list(made.iterdir())) == number + 1
    with open({log!r}, "a") as log:
        log.write(f"{{os.getpid()}}\\n")
"""
ENDED = """
import os, pytest

def test_before():
    print("said before")

def test_ends_its_process():
    os._exit(7)

def test_after():
    assert 1 == 2, "compared"

@pytest.mark.skip(reason="for a reason")
def test_left_out():
    pass
"""


def run(folder: Path, files: dict[str, str], *options: str) -> tuple[int, str]:
    """What pytest says of such tests."""
    for name, text in ({"conftest.py": CONFTEST, "pytest.ini": "[pytest]"} | files).items():
        (folder / name).write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [*command, *options], cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ
        | {"PYTHONPATH": str(Path(__file__).parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_scopes_stay_together_and_all_processes_work(tmp_path: Path) -> None:
    logs = [str(tmp_path / f"log-{number}") for number in range(4)]
    files = {f"test_{n}_.py": SHARED.format(log=log) for n, log in enumerate(logs)}
    code, words = run(tmp_path, files, "--forks", "2")
    assert code == 0 and "80 passed" in words, words
    told = [Path(log).read_text("utf-8").split("\n")[:-1] for log in logs]
    assert [len({*lines[:-1]}) for lines in told] == [1] * 4
    assert [lines[-1] for lines in told] == ["taken down"] * 4
    assert len({line for lines in told for line in lines[:-1]}) == 2


def test_a_process_that_ends_is_a_failure_and_what_it_left_is_run(tmp_path: Path) -> None:
    files = {"test_0_.py": ENDED, "test_1_.py": SHARED.format(log=str(tmp_path / "log"))}
    code, words = run(tmp_path, files, "--forks", "1")
    assert code == 1 and "2 failed, 21 passed, 1 skipped" in words, words
    assert "the process of the tests ended with 7 in test_0_.py::test_ends_its_process" in words
    assert "AssertionError: compared" in words and "for a reason" in words
    assert re.search(r"Captured stdout call -+\nsaid before\n", words)


def test_the_first_failure_ends_the_run_where_that_is_asked(tmp_path: Path) -> None:
    failing = "\n".join(f"def test_{n}(): assert {n} != 3" for n in range(200))
    code, words = run(tmp_path, {"test_0_.py": failing}, "--forks", "1", "-x")
    assert code == 1 and "1 failed, 3 passed" in words and "stopping after 1" in words, words


def test_threads_are_no_company_for_a_fork(tmp_path: Path) -> None:
    waiting = (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"
    )
    code, words = run(tmp_path, {"test_0_.py": waiting + "def test_0(): pass"}, "--forks", "1")
    assert code == 4 and "cannot fork: threads run here" in words, words


@pytest.mark.parametrize("wrong", ["def test_0(:", "import nothing_like_it"])
def test_what_cannot_be_collected_is_told(tmp_path: Path, wrong: str) -> None:
    code, words = run(tmp_path, {"test_0_.py": wrong}, "--forks", "2")
    assert code == 2 and "Interrupted: 1 error during collection" in words, words
