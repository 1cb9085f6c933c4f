"""What holds for every test: how hypothesis judges, and which tests share a process."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from examples import LONG
from forks import run_forked
from hypothesis import settings

settings.register_profile("planlib", deadline=None, max_examples=25)
settings.register_profile("long", deadline=None)
settings.load_profile("long" if LONG else "planlib")

collect_ignore = ["excel/guided.py"]  # a program for `make fuzz`, of a library few have

# Their tests take long and share nothing: whichever process is free takes the next one.
APART = (
    "tests/batch/test_batch_beyond.py",
    "tests/batch/test_batch_command.py",
    "tests/batch/test_batch_committed.py",
    "tests/batch/test_batch_faults.py",
    "tests/batch/test_batch_kernels.py",
    "tests/batch/test_batch_run.py",
    "tests/notebooks/test_parameters.py",
    "tests/test_readme.py",
    "tests/verify/test_verify_rebuild.py",
)


# What takes longest comes first, so that no process waits long for another at the end.
FIRST = (
    "tests/batch/test_batch_beyond.py",
    "tests/batch/test_batch_command.py",
    "tests/browser/",
    "tests/batch/",
    "tests/documents/test_rendered.py",
    "tests/test_readme.py",
    "tests/verify/",
    "tests/notebooks/",
    "tests/disclosure/",
    "tests/review/test_audience.py",
    "tests/excel/",
    "tests/evaluation/",
    "tests/cli/",
    "tests/api/",
)


def pytest_sessionstart(session: pytest.Session) -> None:
    """What comes with planlib is read once."""
    gc.disable()  # what is imported now stays
    from read_once import build_commands_once, evaluate_shipped_once, read_shipped_once

    read_shipped_once()
    evaluate_shipped_once()
    build_commands_once()


def pytest_collection_finish() -> None:
    """What was imported stays: it is not looked through for rubbish, and the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by how long those of their folder take."""
    places = range(len(FIRST))
    items.sort(
        key=lambda item: next(
            (at for at in places if item.nodeid.startswith(FIRST[at])), len(FIRST)
        )
    )


def scope(item: pytest.Item) -> str:
    """The tests of a file stay together, as they share what is costly to make."""
    file = item.nodeid.partition("::")[0]
    return item.nodeid if file in APART else file


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option of our own."""
    more = "share the tests among so many processes, forked when all is collected"
    parser.addoption("--forks", type=int, default=0, metavar="N", help=more)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run the tests, where several processes are asked for."""
    options = session.config.option
    if not options.forks or options.collectonly:
        return None
    return run_forked(session, options.forks, scope)


@pytest.fixture
def here() -> Iterator[None]:
    """Reviews are made in this process."""
    from here import tasks_here  # late: it imports what runs notebooks

    with tasks_here():
        yield
