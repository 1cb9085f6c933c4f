"""Kills a batch at random moments, again and again, and looks at what it leaves.

Used by a test with a few kills and by ``make soak`` with fifty. Every process of the batch carries
a mark in its environment, by which strays are found; the folder for temporary files is its own.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from forked import Forked
from forked import command as planlib_command

from planlib.batch.runs.settings import MANIFEST
from planlib.report.site.area_records import AREAS_KEPT

Started = subprocess.Popen[bytes] | Forked
MARK = "PLANLIB_TEST_MARK"
LOG = "batch-log.jsonl"
TARGETS = ("parent", "worker", "template", "kernel")
PATIENCE = 180.0  # seconds for anything on a busy machine


@dataclass
class Torment:
    """A batch in a folder, and what happened to it."""

    folder: Path
    notebooks: Path
    seed: int
    areas: str = "ward-01,ward-02"
    plan: str = "ward-2010-2015"
    workers: int = 2
    years: str = "2011-2013"
    langs: str = "vi,en"
    engine: str = "auto"
    forked: bool = False  # the batch, which else starts as a command does
    kills: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TARGETS, 0))
    runs: int = 0

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.mark = f"{os.getpid()}-{self.seed}"
        self.out = self.folder / "reports"
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir(parents=True)

    def asked(self, out: Path | None = None) -> list[str]:
        """The batch as it is asked for."""
        return [
            "batch", self.plan, "--areas", self.areas,
            "--years", self.years, "--lang", self.langs, "--notebooks", str(self.notebooks),
            "--engine", self.engine,
            "--workers", str(self.workers), "--retries", "99", "--out", str(out or self.out),
        ]  # fmt: skip

    def start(self, out: Path | None = None) -> Started:
        """Start the batch, or go on with it."""
        self.runs += 1
        more = {MARK: self.mark, "TMPDIR": str(self.temporary)}
        if self.forked:
            return Forked(planlib_command(*self.asked(out)), self.folder / "said.txt", more)
        command = [sys.executable, "-m", "planlib.cli", *self.asked(out)]
        with (self.folder / "said.txt").open("ab") as said:
            return subprocess.Popen(command, env=os.environ | more, stdout=said, stderr=said)

    def said(self) -> str:
        """What the runs printed, to show where a test fails."""
        return (self.folder / "said.txt").read_text("utf-8", "replace")[-3000:]

    def finish(self, out: Path | None = None) -> None:
        """Run the batch to its end, undisturbed."""
        process = self.start(out)
        assert process.wait(PATIENCE) == 0, self.said()

    def torment(self, kills: int) -> None:
        """Kill something at a random moment, so many times, going on after each."""
        process = self.start()
        for number in range(kills):
            target = TARGETS[number % len(TARGETS)]
            time.sleep(self.rng.uniform(0.0, 3.0))
            victims = self.victims(target, process)
            while not victims and process.poll() is None:
                time.sleep(0.02)
                victims = self.victims(target, process)
            if process.poll() is not None:
                # It finished before its turn came: take some of the work away, and begin again.
                assert process.returncode in {0, -signal.SIGKILL}, self.said()
                for path in sorted(self.out.glob("*/*/*.html"))[::2]:
                    path.unlink()
                process = self.start()
                victims = self.wait_for(target, process)
            for victim in victims[:1]:
                try:
                    os.kill(victim, signal.SIGKILL)
                    self.kills[target] += 1
                except ProcessLookupError:
                    continue
            if target == "parent":
                process.wait(PATIENCE)
                self.assert_no_strays()
                process = self.start()
        if process.poll() is None and self.rng.random() < 0.5:
            process.kill()
            self.kills["parent"] += 1
        process.wait(PATIENCE)
        self.assert_no_strays()

    def wait_for(self, target: str, process: Started) -> list[int]:
        """The processes of a kind, as soon as there are any."""
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            if found := self.victims(target, process):
                return found
            time.sleep(0.02)
        return []

    def victims(self, target: str, parent: Started) -> list[int]:
        """The processes of a kind, in random order."""
        if target == "parent":
            return [parent.pid] if parent.poll() is None else []
        mine = list(marked(self.mark))
        templates = {pid for pid, command in mine if b".template" in command}
        if target == "worker":
            # One is started ahead of the plan, others are forks of the command and bear its name.
            found = [
                pid
                for pid, command in mine
                if b"planlib.batch.workers.worker" in command or parent_of(pid) == parent.pid
            ]
        else:
            # A kernel is a fork of a template: the same command, but the template is its parent.
            forked = {pid for pid in templates if parent_of(pid) in templates}
            found = list(forked if target == "kernel" else templates - forked)
        self.rng.shuffle(found)
        return found

    def assert_no_strays(self) -> None:
        """Everything that the batch started has ended, or does so in a moment."""
        deadline = time.monotonic() + 15
        while found := list(marked(self.mark)):
            assert time.monotonic() < deadline, found
            time.sleep(0.1)

    def assert_same(self, other: Path) -> None:
        """The folder holds what a folder holds that nothing was killed in, and no more."""
        assert tree(self.out) == tree(other)
        hidden = {path.name for path in self.out.iterdir() if path.name.startswith(".")}
        assert hidden - {AREAS_KEPT} == {MANIFEST, ".planlib.lock"}
        assert not list(self.temporary.iterdir()), list(self.temporary.iterdir())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the log and the record of areas, the only ones that tell times."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {LOG, AREAS_KEPT}
    }


def marked(mark: str) -> Iterator[tuple[int, bytes]]:
    """The running processes that carry a mark, with their commands; zombies are not running."""
    sign = f"{MARK}={mark}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if sign in (entry / "environ").read_bytes().split(b"\0"):
                    yield int(entry.name), (entry / "cmdline").read_bytes()
            except OSError:
                continue


def parent_of(pid: int) -> int:
    """The parent of a process; 0 where it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
