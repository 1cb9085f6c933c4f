"""What a run has read is kept for its workers, and counts only while the files are what was read."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pandas as pd
import pytest

from planlib.batch.jobs.checks import Checks
from planlib.evaluation import evaluate
from planlib.evaluation.given.handed_on import PLACE, SETTLED, Asked, HandedEvaluations, handed_on
from planlib.plan.plan_files import AREAS, yaml_files
from planlib.plan.shipped import PLANS, plan_folder

SMALL = Path(__file__).parents[1] / "plan" / "good-plan"
ROW = "ward-a,alleys,2012,2013-01-15,,14,,,,,,measured,report,\n"


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """How a plan was asked for that a run has kept in a folder, as one of its workers is told."""
    shutil.copytree(SMALL, tmp_path / "plan")
    return keep((str(tmp_path / "plan"), "public", ""), tmp_path / "run", monkeypatch)


def keep(asked: Asked, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    folder.mkdir()
    time.sleep(2 * SETTLED / 1e9)
    checks, run = Checks(), HandedEvaluations(folder)
    run.keep(checks.evaluation(*asked), asked, checks.read_from[asked[0]])
    monkeypatch.setenv(PLACE, str(folder))
    return asked


def found(asked: Asked) -> bool:
    files = [*yaml_files(plan_folder(asked[0])), PLANS / AREAS]
    return handed_on(asked, files) is not None


def test_a_worker_has_the_verdicts_that_it_would_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = ("ward-2010-2015", "public", "2014-03-31")
    right = evaluate(ours[0], audience=ours[1], as_of=ours[2])
    keep(ours, tmp_path / "run", monkeypatch)
    mine = evaluate(ours[0], audience=ours[1], as_of=ours[2])
    assert found(ours)
    pd.testing.assert_frame_equal(mine.figures.frame, right.figures.frame)
    for year in ("2012", "2013", "term"):
        pd.testing.assert_frame_equal(mine.verdicts(year), right.verdicts(year))
    assert mine.learned.lessons() == right.learned.lessons()
    earlier = mine.as_known_on("2012-12-31").verdicts("2011")
    pd.testing.assert_frame_equal(earlier, right.as_known_on("2012-12-31").verdicts("2011"))
    mine.figures.frame["value"].to_numpy(copy=True)[:] = 0
    assert found(ours)


def test_another_day_or_audience_is_read(asked: Asked) -> None:
    assert found(asked)
    assert not found((asked[0], "internal", ""))
    assert not found((asked[0], "public", "2013"))
    assert evaluate(asked[0]).audience == "internal"


def test_changed_files_are_read_again_whatever_their_size_and_age(asked: Asked) -> None:
    figures = Path(asked[0]) / "figures.csv"
    was = figures.stat()
    figures.write_text(figures.read_text("utf-8").replace(",13,", ",12,"), "utf-8")
    os.utime(figures, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert not found(asked)
    frame = evaluate(asked[0], audience="public").figures.frame
    assert frame.loc[frame["goal"] == "alleys", "value"].tolist() == [12.0]


def test_a_file_more_or_less_is_another_plan(asked: Asked) -> None:
    more = Path(asked[0]) / "more.yaml"
    more.write_text("section: more\n", "utf-8")
    assert not found(asked)
    more.unlink()
    assert found(asked)
    (Path(asked[0]) / "measures.yaml").unlink()
    assert not found(asked)


def test_what_is_damaged_or_gone_is_read(asked: Asked) -> None:
    folder = Path(os.environ[PLACE])
    (whole,) = (path for path in folder.iterdir() if not path.suffix)
    data = whole.read_bytes()
    for part in (b"", data[: len(data) // 2], b"no pickle"):
        whole.write_bytes(part)
        assert not found(asked)
    whole.write_bytes(data)
    assert found(asked)
    shutil.rmtree(folder)
    assert not found(asked)
    assert len(evaluate(asked[0], audience="public").figures.frame) == 6
