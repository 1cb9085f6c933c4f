"""Two runs of a thousand reviews compared: a minute at most, against plain JSON in the same run.

The reviews are copies of a real one, each pair with a verdict, a figure and the sentences that tell
it moved, so that not one can be passed over as the same; or with every figure and every text that holds
a number moved, in each review otherwise. ``BENCH_RIVAL`` names another checkout to compare the latter by:

    BENCH_RIVAL=../earlier pytest tests/benchmarks/test_difference_scale.py -s -n 0
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from here import tasks_here

from planlib.batch.difference.runs import compare_runs
from planlib.batch.difference.told import DifferencePage
from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.progress import Watcher
from planlib.batch.runs.run import run
from planlib.language.language import Language
from planlib.verify.evidence import VERDICTS, canonical

REVIEWS = 200  # measured; a minute is for a thousand
ALL_MOVED = 20  # in which everything moved
HERE, RIVAL = Path(__file__).parents[2], os.environ.get("BENCH_RIVAL", "")
COMPARE = """
import sys, time
from pathlib import Path
from planlib.batch.difference.runs import compare_runs
began = time.process_time()
found = compare_runs(*map(Path, sys.argv[1:]))
print(time.process_time() - began, found.counts["sentences"], found.counts["figures"])
"""
PAGES = ("annual-2013.vi.html", "midterm-2013.vi.html")


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A review of the ward's 79 goals, with its yearly page and the mid-term's."""
    out = tmp_path_factory.mktemp("review")
    request = Request("ward-2010-2015", "ward-01", years=[2013], langs=["vi"], midterm=True)
    with tasks_here(), Watcher(Language("en")) as watcher:
        assert not run(plan_run([request], out), watcher).failed
    return out / "ward-2010-2015" / "ward-01"


def spread(review: Path, out: Path, moved: dict[str, str]) -> None:
    """A run of a thousand reviews, its texts moved."""
    files = {}
    for name in PAGES:
        text = (review / name).read_text("utf-8")
        for before, after in moved.items():
            text = text.replace(before, after)
        files[name] = text.encode()
    told = json.loads((review / VERDICTS).read_text("utf-8"))
    told["pages"] = [
        {"name": name, "as_of": "", "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    ]
    if moved:
        claim = next(one for one in told["verdicts"] if one["value"] is not None)
        claim["value"], claim["verdict"] = claim["value"] + 1, "not_met"
    files[VERDICTS] = canonical(told).encode()
    first = out / "ward-2010-2015" / "ward-0"
    for number in range(REVIEWS):  # names of one file each: disks are no part of this
        folder = out / "ward-2010-2015" / f"ward-{number}"
        folder.mkdir(parents=True)
        for name, data in files.items():
            if folder == first:
                (folder / name).write_bytes(data)
            else:
                (folder / name).hardlink_to(first / name)


def test_reviews_are_compared_at_a_thousand_a_minute(review: Path, tmp_path: Path) -> None:
    spread(review, tmp_path / "old", {})
    spread(review, tmp_path / "new", {"97,8": "98,8"})
    began = time.process_time()
    for name in ("old", "new"):
        for path in (tmp_path / name).glob(f"*/*/{VERDICTS}"):
            json.loads(path.read_bytes())
            for page in PAGES:
                (path.parent / page).read_bytes()
    plain = time.process_time() - began
    began = time.process_time()
    found = compare_runs(tmp_path / "old", tmp_path / "new")
    compared = time.process_time() - began
    text = DifferencePage(found, "en", 20).blocks().text
    told = time.process_time() - began - compared
    assert found.counts["reviews"] == REVIEWS
    assert found.counts["figures"] == REVIEWS
    assert text
    print(
        f"\n{REVIEWS} reviews, all moved: compared in {compared:.1f} s of processor time, told in "
        f"{told:.1f} s; read as plain JSON and bytes {plain:.1f} s ({compared / plain:.1f} ×)"
    )
    print(found.counts)
    assert compared * 1000 / REVIEWS < 60


def turned(text: str, number: int, by: int) -> str:
    """A page whose texts that hold numbers say others, and which review they are of."""

    def other(found: re.Match[str]) -> str:
        digits = "".join(str((int(c) + by) % 10) if c.isdigit() else c for c in found[1])
        return f">{digits} ({number})<" if digits != found[1] else found[0]

    head, main, rest = text.partition("<main")
    return head + main + re.sub(r">([^<>{}]+)<", other, rest)


def everything_moved(review: Path, out: Path, by: int) -> None:
    """A run in which every review says something else than in a run turned by another number."""
    for number in range(ALL_MOVED):
        folder = out / "ward-2010-2015" / f"ward-{number}"
        folder.mkdir(parents=True)
        texts = {name: (review / name).read_text("utf-8") for name in PAGES}
        files = {name: turned(text, number, by).encode() for name, text in texts.items()}
        told = json.loads((review / VERDICTS).read_text("utf-8"))
        told["pages"] = [
            {"name": name, "as_of": "", "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ]
        for claim in told["verdicts"]:
            claim["value"] = None if claim["value"] is None else claim["value"] + by + number
        files[VERDICTS] = canonical(told).encode()
        for name, data in files.items():
            (folder / name).write_bytes(data)


def seconds(checkout: Path, old: Path, new: Path) -> tuple[float, list[str]]:
    """Processor seconds of comparing by a checkout, and how much it found."""
    done = subprocess.run(
        [sys.executable, "-c", COMPARE, str(old), str(new)],
        env=os.environ | {"PYTHONPATH": str(checkout)}, cwd=checkout, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    taken, *found = done.stdout.split()
    return float(taken), found


def test_reviews_in_which_everything_moved(
    review: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, by in (("old", 1), ("new", 2)):
        everything_moved(review, tmp_path / name, by)
    mine, found = seconds(HERE, tmp_path / "old", tmp_path / "new")
    told = f"{ALL_MOVED * 60 / mine:.0f} a minute, {found[0]} sentences, {found[1]} figures"
    if RIVAL:
        rival, also = seconds(Path(RIVAL), tmp_path / "old", tmp_path / "new")
        assert found == also
        told += f"; rival {ALL_MOVED * 60 / rival:.0f}: {rival / mine:.1f} times as fast"
    with capsys.disabled():
        print(f"\n{ALL_MOVED} reviews in which everything moved: {told}")
    assert int(found[0]) > ALL_MOVED * 500
