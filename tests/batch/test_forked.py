"""Work on many things in forked processes: the same comes of it in the same order, whoever dies over it."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

import pytest
from small_pages import SmallPages, many_areas
from test_only_changed import batch, contents

from planlib.batch.runs.settings import BatchSettings
from planlib.batch.workers.forked import worked
from planlib.storage.store import LocalStore, open_store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks processes")


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which process a test runs in: one that is forked after its file was read."""
    monkeypatch.setitem(HERE, "pid", os.getpid())


HERE: dict[str, int] = {}


def here() -> bool:
    return os.getpid() == HERE["pid"]


def told(number: int) -> tuple[int, bool]:
    return number, here()


def deadly(number: int) -> tuple[int, bool]:
    if number == 7 and not here():
        os.kill(os.getpid(), signal.SIGKILL)
    return told(number)


def wrong(number: int) -> int:
    if number == 5:
        raise OSError(28, "No space left on device", f"{number}.html")
    return number


def test_work_is_done_elsewhere_in_order() -> None:
    found = [*worked(told, range(20), 2, fewest=20, at_once=3)]
    assert found == [(number, False) for number in range(20)]
    assert [*worked(told, range(19), 2, fewest=20)] == [(number, True) for number in range(19)]


def test_work_that_a_process_died_over_is_done_here() -> None:
    found = [*worked(deadly, range(20), 2, fewest=2, at_once=1)]
    assert [number for number, _ in found] == [*range(20)]
    assert dict(found)[7]


def test_what_work_raises_is_raised_here() -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        [*worked(wrong, range(20), 2, fewest=2, at_once=1)]
    assert caught.value.filename == "5.html"


def test_one_process_for_an_address_and_for_a_cluster(tmp_path: Path) -> None:
    def processes(settings: BatchSettings, place: str) -> int:
        each = settings.each(open_store(place), fewest=2, at_once=1)
        assert isinstance(each, partial)
        found: int = each.keywords["processes"]
        return found

    assert processes(BatchSettings(workers=1), str(tmp_path)) == 1
    assert processes(BatchSettings(workers=2), "memory://reports") == 1
    assert processes(BatchSettings(workers=2, cluster="tcp://127.0.0.1:1"), str(tmp_path)) == 1
    assert processes(BatchSettings(workers=2), str(tmp_path)) == min(
        2, len(os.sched_getaffinity(0))
    )


def test_a_run_writes_the_same_in_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planlib.batch.runs.settings.WorkerPool", SmallPages)
    plan = many_areas(tmp_path / "plan", 12)
    written: list[str] = []
    write = LocalStore.write

    def noting(self: LocalStore, name: str, text: str | bytes) -> None:
        written.append(name)
        write(self, name, text)

    monkeypatch.setattr(LocalStore, "write", noting)
    counts = {}
    for processes in (1, 2):
        monkeypatch.setattr("planlib.batch.workers.forked.processors", partial(int, processes))
        written.clear()
        batch(plan, tmp_path / f"out-{processes}")
        counts[processes] = len(written)
    assert contents(tmp_path / "out-1") == contents(tmp_path / "out-2")
    # Of goals' pages, areas' indexes and what reviews claim, none is written by this process.
    assert counts[1] - counts[2] >= 12 * 3
