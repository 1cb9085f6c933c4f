"""What a cluster's workers do not have: plans in folders of somebody's own, and the files they read.

Workers need only planlib, which holds the shipped plans. Anything else is packed here and unpacked
there, at the same place below the folder the cells stand in as below the current folder here, so
that a notebook finds it by the same name and shows the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.jobs import Job
from planlib.batch.jobs.keys import Keys
from planlib.errors import InputError, Problem, said
from planlib.plan.shipped import DATA, PLANS


@dataclass(frozen=True)
class Payload:
    """Files by the name they are opened with."""

    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """A name for this content."""
        total = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            total.update(f"{name}\0{len(data)}\0".encode())
            total.update(data)
        return f"payload-{total.hexdigest()[:16]}"


def pack(jobs: Iterable[Job], checks: Checks) -> Payload:
    """The files that jobs read and planlib does not hold.

    Raises InputError for a file that does not lie below the current folder: there is no such place
    on another machine.
    """
    listed = list(jobs)
    notebooks = {job.notebook for job in listed}
    files: dict[str, bytes] = {}
    problems = []
    for path in Keys(checks).watched(listed):
        held = path.is_relative_to(PLANS) or path.is_relative_to(DATA)
        if held or path in notebooks:
            continue
        if path.is_absolute() or ".." in path.parts:
            message = said("batch.plan-out-of-reach-of-workers")
            hint = said("batch.name-below-working-folder")
            problems.append(Problem(message, str(path), hint=hint))
        elif path.is_file():
            files[path.as_posix()] = path.read_bytes()
    if problems:
        raise InputError(problems)
    return Payload(files)


def unpack(payload: Payload, scratch: Path) -> Path:
    """The folder with the files of a payload, unpacked when it is first asked for."""
    folder = scratch / payload.name
    if folder.is_dir():
        return folder
    made = Path(tempfile.mkdtemp(dir=scratch))
    for name, data in payload.files.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    try:
        os.rename(made, folder)  # noqa: PTH104
    except OSError:  # another thread was faster
        shutil.rmtree(made, ignore_errors=True)
        if not folder.is_dir():
            raise
    return folder
