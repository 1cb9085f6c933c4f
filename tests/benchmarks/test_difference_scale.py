"""Two runs of a thousand reviews compared: a minute at most, against plain JSON in the same run.

The reviews are copies of a real one, each pair with a verdict, a figure and the sentences that tell
it moved, so that not one can be passed over as the same.
"""

from __future__ import annotations

import hashlib
import json
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
