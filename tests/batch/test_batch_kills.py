"""Whatever is killed, the next run finishes: nothing lost, doubled, half-written or left running.

Here the batch itself is, at a random moment; ``make soak`` kills fifty times and whatever there is.
That a worker, a kernel or a template that is killed costs only its page stands in the tests of
runs, faults and forks.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from commands import planlib
from examples import ALL
from here import tasks_here
from killing import Torment
from own_plans import SMALL
from scratch_notebooks import reviews

KILLS = 1

pytestmark = [
    pytest.mark.notebook,
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks through /proc"),
]


def test_a_batch_that_is_killed_ends_as_if_it_never_was(tmp_path: Path) -> None:
    notebooks = reviews(tmp_path / "notebooks")
    torment = Torment(
        tmp_path / "batch", notebooks, seed=20102015, areas="ward-a", plan=str(SMALL), workers=1,
        years="2011,2012", langs="en", engine="papermill", forked=not ALL,
    )  # fmt: skip
    torment.torment(KILLS)
    assert torment.kills["parent"]
    quiet = tmp_path / "quiet"
    with tasks_here():
        for out in (torment.out, quiet):
            assert planlib(*torment.asked(out)).returncode == 0
    torment.assert_same(quiet)
    torment.assert_no_strays()
