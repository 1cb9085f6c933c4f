"""The lock of a reports folder: what is planted in its place, and folders that people share."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from planlib.batch.runs.lock import NAME, only_run
from planlib.errors import InputError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other files, other rights")


def folder(path: Path) -> None:
    path.mkdir()


def two_names(path: Path) -> None:
    path.hardlink_to(path.parent / "kept.txt")


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lambda path: path.symlink_to("kept.txt"), "a link"),
        (lambda path: path.symlink_to("new.txt"), "a link"),
        (two_names, "a file of two names"),
        (os.mkfifo, "a pipe or a device"),
        (folder, "a folder"),
    ],
)
def test_what_is_planted_in_place_of_the_lock_is_refused_and_followed_nowhere(
    tmp_path: Path, plant: Callable[[Path], None], found: str
) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    plant(tmp_path / NAME)
    with pytest.raises(InputError) as told, only_run(tmp_path):
        pass
    assert str(told.value) == (
        f"{tmp_path / NAME}: the lock of the reports must be a file of its own, found {found} "
        "(remove it; it is made again)"
    )
    assert (tmp_path / "kept.txt").read_text() == "kept" and not (tmp_path / "new.txt").exists()


HOLD = """
import os, sys
from pathlib import Path
from planlib.batch.runs.lock import only_run
from planlib.errors import InputError, Problem, said
# Loaded while it can be read: an encoding, and the catalogue of messages.
open(os.devnull, encoding="ascii").close()
str(InputError([Problem(said("batch.lock-held-unknown-process"))]))
os.setgid({user}); os.setuid({user})
try:
    with only_run(Path({out!r})):
        print("held", flush=True)
        sys.stdin.readline()
except InputError as error:
    print(error)
"""


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that others may go through; pytest closes its own again whenever a session begins."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o711)
        yield folder


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
@pytest.mark.parametrize("mode", [0o777, 0o1777])
def test_two_people_use_a_shared_folder_one_after_the_other(reachable: Path, mode: int) -> None:
    out = reachable / "out"
    out.mkdir()
    out.chmod(mode)

    def start(user: int) -> subprocess.Popen[str]:
        script = HOLD.format(user=user, out=str(out))
        return subprocess.Popen(
            [sys.executable, "-c", script], stdin=-1, stdout=-1, text=True, cwd="/"
        )

    for first, second in ((4001, 4002), (4002, 4001)):
        with start(first) as one:
            assert one.stdin is not None and one.stdout is not None
            assert one.stdout.readline() == "held\n"
            with start(second) as two:
                assert two.stdout is not None
                assert "is writing reports to this folder" in two.stdout.readline()
            one.stdin.close()
    # A file of an earlier run that others may only read.
    (out / NAME).unlink()
    (out / NAME).touch(0o644)
    with start(4001) as one:
        assert one.stdin is not None and one.stdout is not None
        assert one.stdout.readline() == "held\n"
        one.stdin.close()
