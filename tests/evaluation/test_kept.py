"""Evaluations kept for page after page are those of the files as they are now."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.given.kept import keeping

PLAN = Path(__file__).parents[1] / "plan" / "good-plan"
OLD = time.time() - 3600


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan whose files were written long ago."""
    shutil.copytree(PLAN, tmp_path / "plan")
    for path in (tmp_path / "plan").iterdir():
        os.utime(path, (OLD, OLD))
    return tmp_path / "plan"


def asked(plan: Path, audience: str = "public") -> Evaluation:
    with keeping():
        return evaluate(str(plan), as_of="", audience=audience)


def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds later: files made by this test are no longer just written."""
    now = time.time_ns
    monkeypatch.setattr("planlib.evaluation.given.kept.time.time_ns", lambda: now() + 3_000_000_000)


def test_kept_only_while_asked_for(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(monkeypatch)
    assert asked(plan).plan is asked(plan).plan
    assert asked(plan, "internal").plan is not asked(plan).plan
    known = asked(plan).plan
    assert evaluate(str(plan), as_of="", audience="public").plan is not known


def test_files_just_written_are_read_again(plan: Path) -> None:
    (plan / "figures.csv").touch()
    assert asked(plan).plan is not asked(plan).plan


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: (plan / "figures.csv").write_text(
            (plan / "figures.csv").read_text("utf-8").replace(",2011,", ",2012,", 1), "utf-8"
        ),
        lambda plan: os.utime(plan / "plan.yaml", (OLD - 1, OLD - 1)),
        lambda plan: (plan / "areas.yaml").rename(plan / "areas.yml"),
        lambda plan: (plan / "figures.csv").unlink(),
        lambda plan: (plan / "more.yaml").write_text("section: none", "utf-8"),
    ],
    ids=["written", "older", "renamed", "gone", "added"],
)
def test_any_change_of_a_file_is_seen(
    change: Callable[[Path], object], plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled(monkeypatch)
    known = asked(plan).plan
    assert asked(plan).plan is known
    change(plan)
    with contextlib.suppress(InputError):  # as in a new process
        assert asked(plan).plan is not known


def test_areas_scored_together_have_their_verdicts(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = evaluate("europe-2020", audience="public")
    with keeping():
        first = evaluate("europe-2020", audience="public")
        for area in alone.areas[:5]:
            one = evaluate("europe-2020", audience="public")
            assert one.plan is first.plan
            for period in (2013, "term"):
                mine = one.verdicts(period, area)
                single = evaluate("europe-2020", audience="public").about([area])
                assert mine.equals(alone.verdicts(period, area))
                assert list(mine["verdict"]) == list(single.verdicts(period, area)["verdict"])
