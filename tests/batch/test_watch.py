"""``planlib watch`` runs a batch again whenever what it reads has changed, until it is stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import planlib
from examples import ALL
from forked import Forked, command
from here import tasks_here
from own_plans import WHOLE, change, small_plan
from scratch_notebooks import reviews

from planlib.batch.runs.changes import EVERY, STEP, FileChanges

PATIENCE = 120.0  # seconds for a line, however busy the machine


def watch(*arguments: str) -> None:
    """Workers are processes of their own in ``make conformance``, and in the tests of batches."""
    with contextlib.nullcontext() if ALL else tasks_here():
        command(*arguments)()


class Watching:
    """A command that watches, and what it has said so far, a line each."""

    def __init__(self, *arguments: str) -> None:
        said, told = os.pipe()
        self.process = Forked(lambda: watch(*arguments), told)
        os.close(told)
        self._said = os.fdopen(said, encoding="utf-8")
        self._lines: list[str] = []
        self._read = 0
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        self._lines.extend(iter(self._said.readline, ""))

    def until(self, words: str) -> str:
        """The next line that has some words."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            for at in range(self._read, len(self._lines)):
                if words in self._lines[at]:
                    self._read = at + 1
                    return self._lines[at]
            if self.process.poll() is not None and not self._reader.is_alive():
                break
            time.sleep(0.05)
        raise AssertionError(f"nothing said {words!r}: {''.join(self._lines)}")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self._reader.join(PATIENCE)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self._said.close()


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    plan, books = small_plan(tmp_path / "plan", WHOLE), reviews(tmp_path / "notebooks")
    made = Watching(
        "watch", str(plan), "--areas", "all", "--years", "2011", "--no-midterm", "--lang", "en",
        "--notebooks", str(books), "--out", str(tmp_path / "out"), "--workers", "1",
        "--engine", "papermill",
    )  # fmt: skip
    yield made
    made.close()


def test_a_change_is_made_again_a_bad_file_is_told_and_the_end_is_clean(
    watching: Watching, tmp_path: Path
) -> None:
    figures = tmp_path / "plan" / "figures.csv"
    assert "first run: 2 pages of 2 made" in watching.until("first run")
    watching.until("waiting for changes")

    change(tmp_path / "plan", "ward-b", "clean-party", 2011)
    assert "1 page of 2 made" in watching.until("figures.csv changed")

    good = figures.read_text("utf-8")
    figures.write_text(good.replace(",13,", ",thirteen,", 1), "utf-8")
    assert "figures.csv:3" in watching.until("'value' must be a number")

    figures.unlink()
    assert "figures.csv" in watching.until("cannot be read")

    figures.write_text(good.replace(",13,", ",12,", 1), "utf-8")
    plan = tmp_path / "plan" / "plan.yaml"
    plan.write_text(plan.read_text("utf-8") + "# looked at\n", "utf-8")
    assert "of 2 made" in watching.until("2 files changed (figures.csv, plan.yaml)")

    assert watching.stop() == 0
    watching.until("Watching has ended")
    assert not list((tmp_path / "out").rglob("*.part"))


def test_an_address_cannot_be_watched() -> None:
    ended = planlib("watch", "s3://bucket/plan")
    assert ended.returncode == 2
    assert "an address cannot be watched" in " ".join(ended.stderr.split())


def test_a_plan_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    ended = planlib("watch", str(tmp_path / "gone"), "--out", str(tmp_path / "out"))
    assert ended.returncode == 1
    assert not (tmp_path / "out").exists()


def test_files_are_told_when_they_are_others_new_or_gone(tmp_path: Path) -> None:
    one, other, new = (tmp_path / name for name in ("one", "other", "new"))
    one.write_text("1", "utf-8")
    other.write_text("2", "utf-8")
    changes = FileChanges([one, other, new])
    one.write_text("11", "utf-8")
    assert changes.wait() == [one]
    other.unlink()
    new.write_text("3", "utf-8")
    assert changes.wait() == [new, other]
    third = tmp_path / "third"
    third.write_text("", "utf-8")
    changes.also([one, third])
    third.write_text("3", "utf-8")
    assert changes.wait() == [third]


def test_a_file_that_goes_and_comes_back_is_told_each_time(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("1", "utf-8")
    changes = FileChanges([path])
    path.unlink()
    assert changes.wait() == [path]
    path.write_text("1", "utf-8")
    assert changes.wait() == [path]


def test_a_file_put_in_place_of_another_is_told_whatever_the_clock_says(tmp_path: Path) -> None:
    path, new = tmp_path / "figures.csv", tmp_path / ".figures.csv.swp"
    path.write_text("1", "utf-8")
    changes = FileChanges([path])
    new.write_text("2", "utf-8")  # of the same size
    was = path.stat()
    os.utime(new, ns=(was.st_atime_ns, was.st_mtime_ns))  # and the same age
    new.replace(path)
    assert changes.wait() == [path]
    os.utime(path, (0, 0))  # the clock went back
    assert changes.wait() == [path]


def test_waiting_takes_next_to_no_time_of_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"section-{number}.yaml" for number in range(50)]
    for path in files:
        path.write_text("goals: []", "utf-8")
    changes, looks = FileChanges(files), 0

    def sleep(seconds: float) -> None:
        nonlocal looks
        looks += 1
        assert seconds == EVERY
        if looks == 100:
            raise KeyboardInterrupt

    monkeypatch.setattr("planlib.batch.runs.changes.time.sleep", sleep)
    began = time.process_time()
    with pytest.raises(KeyboardInterrupt):
        changes.wait()
    assert (time.process_time() - began) / looks < 0.05 * EVERY  # a twentieth of one processor


def test_a_file_that_is_still_being_written_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("", "utf-8")
    changes = FileChanges([path])
    slept: list[float] = []

    def write(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) <= 3:
            with path.open("a", encoding="utf-8") as file:
                file.write("a line\n")

    monkeypatch.setattr("planlib.batch.runs.changes.time.sleep", write)
    assert changes.wait() == [path]
    assert len(slept) == 4  # three in which a line was written, and one in which none was


def test_a_run_stopped_in_the_middle_is_told_by_verify_until_it_is_run_again(
    watching: Watching, tmp_path: Path
) -> None:
    plan, out = tmp_path / "plan", tmp_path / "out"
    watching.until("waiting for changes")
    for area in ("ward-a", "ward-b"):
        change(plan, area, "clean-party", 2011)
    unfinished = out / ".planlib-unfinished.txt"
    limit = time.monotonic() + PATIENCE
    while not unfinished.exists():
        assert time.monotonic() < limit
        time.sleep(0.01)
    assert watching.stop() == 130
    assert "in the middle of a run" in watching.until("Watching has ended")
    first, *_ = planlib("verify", str(out), "--plan-dir", str(plan)).stdout.splitlines()
    assert "a run was stopped before it had made" in first and "run it again" in first
    with tasks_here():
        again = planlib(
            "batch", str(plan), "--areas", "all", "--years", "2011", "--no-midterm",
            "--lang", "en", "--out", str(out),
        )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert not unfinished.exists()
    told = planlib("verify", str(out), "--plan-dir", str(plan)).stdout
    assert "run was stopped" not in told


def test_a_file_that_a_link_leads_to_is_told(tmp_path: Path) -> None:
    real, other, link = tmp_path / "real.csv", tmp_path / "other.csv", tmp_path / "figures.csv"
    real.write_text("1", "utf-8")
    other.write_text("2", "utf-8")
    link.symlink_to(real)
    changes = FileChanges([link])
    real.write_text("3", "utf-8")
    assert changes.wait() == [link]
    new = tmp_path / "new"
    new.symlink_to(other)
    new.replace(link)  # as a deployment does
    assert changes.wait() == [link]


def test_where_files_are_told_apart_by_seconds_the_second_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("1", "utf-8")
    os.utime(path, (1000, 1000))
    changes = FileChanges([path])
    slept: list[float] = []

    def write(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 1:
            path.write_text("2", "utf-8")
            os.utime(path, (1002, 1002))

    monkeypatch.setattr("planlib.batch.runs.changes.time.sleep", write)
    assert changes.wait() == [path]
    assert slept == [EVERY, STEP]


def test_a_new_file_of_a_plan_is_told(tmp_path: Path) -> None:
    header, section = tmp_path / "plan.yaml", tmp_path / "health.yaml"
    header.write_text("id: a", "utf-8")
    changes = FileChanges([header])
    (tmp_path / "notes.txt").write_text("of nobody", "utf-8")
    section.write_text("goals: []", "utf-8")
    assert changes.wait() == [section]
    section.unlink()
    assert changes.wait() == [section]
