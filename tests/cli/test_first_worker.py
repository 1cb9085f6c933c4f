"""Workers started before the plan is read: only where there is something to run for sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from planlib.batch.runs.settings import MANIFEST
from planlib.cli.batches.first_worker import workers_ahead

ASKED = {
    "what": "ward-2010-2015", "workers": 1, "engine": "auto", "retries": 0, "cluster": None,
    "timeout": None, "notebooks": None,
}  # fmt: skip


def test_a_run_in_a_new_folder_has_its_worker_ahead(tmp_path: Path) -> None:
    new = ASKED | {"out": str(tmp_path), "resume": True}
    with workers_ahead(new) as pool:
        assert pool is not None
    (tmp_path / MANIFEST).touch()
    with workers_ahead(new | {"resume": False}) as pool:
        assert pool is not None


@pytest.mark.parametrize(
    ("other", "ahead"),
    [
        ({}, "--calls"),  # notebooks that come with planlib only call it
        ({"notebooks": Path("mine")}, "--warm"),
        ({"what": "jobs.yaml"}, "--warm"),
        ({"timeout": 60.0}, "--warm"),
        ({"engine": "fork"}, "--warm"),
        ({"engine": "papermill", "notebooks": Path("mine")}, "planlib.batch.workers.worker"),
    ],
    ids=str,
)
def test_a_worker_makes_ready_a_template_where_notebooks_are_forked_and_else_what_they_call(
    other: dict[str, object], ahead: str, tmp_path: Path
) -> None:
    with workers_ahead(ASKED | {"out": str(tmp_path), "resume": False} | other) as pool:
        assert pool is not None and pool._workers[0]._command[-1] == ahead


@pytest.mark.parametrize(
    "other",
    [
        {"resume": True},  # all of it may be done
        {"resume": False, "cluster": "tcp://10.0.0.1:8786"},
        {"resume": False, "what": "s3://bucket/plan"},
        {"resume": False, "out": "s3://bucket/reports"},
        {"resume": False, "engine": "papermil"},
    ],
)
def test_no_worker_starts_for_what_may_not_need_one(
    other: dict[str, object], tmp_path: Path
) -> None:
    (tmp_path / MANIFEST).touch()
    with workers_ahead(ASKED | {"out": str(tmp_path)} | other) as pool:
        assert pool is None
