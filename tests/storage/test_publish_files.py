"""Reports are written to real files below their folder, whatever somebody else has put there."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from planlib.storage.atomic import PART, read_bytes, write_changed
from planlib.storage.store import LocalStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder outside the reports, with a file that must stay as it is."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "kept.txt").write_text("kept")
    return folder


def untouched(elsewhere: Path) -> bool:
    return [(p.name, p.read_text()) for p in elsewhere.iterdir()] == [("kept.txt", "kept")]


@pytest.mark.parametrize("below", ["", "p/"])
def test_no_folder_that_is_a_link_is_written_through(
    tmp_path: Path, elsewhere: Path, below: str
) -> None:
    out = tmp_path / "out"
    (out / below).mkdir(parents=True)
    (out / f"{below}q").symlink_to(elsewhere)
    (out / f"{below}r").mkdir()
    (out / f"{below}s").symlink_to("r")  # to a neighbour
    store = LocalStore(out)
    for folder in (f"{below}q", f"{below}s"):
        for act in (
            lambda f=folder: store.write(f"{f}/kept.txt", "x"),
            lambda f=folder: store.at(f).write("kept.txt", "x"),
            lambda f=folder: store.at(f).at("deeper").write("new.txt", "x"),
            lambda f=folder: store.at(f).create("new.txt"),
            lambda f=folder: store.at(f).remove("kept.txt"),
        ):
            with pytest.raises(OSError, match="a link stands where a folder") as told:
                act()
            assert told.value.filename == str(out / folder)
    assert untouched(elsewhere)
    assert list((out / f"{below}r").iterdir()) == []


def test_a_file_that_is_a_link_is_replaced_and_what_it_names_stays(
    tmp_path: Path, elsewhere: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "page.html").symlink_to(elsewhere / "kept.txt")
    part = out / f".page.html.{os.getpid()}{PART}"  # a name that can be foreseen
    part.symlink_to(elsewhere / "kept.txt")
    LocalStore(out).write("page.html", "kept")
    assert not (out / "page.html").is_symlink()
    assert (out / "page.html").read_text() == "kept"
    assert untouched(elsewhere) and not part.is_symlink()
    (out / "gone.html").symlink_to(elsewhere / "kept.txt")
    LocalStore(out).remove("gone.html")
    assert untouched(elsewhere) and not (out / "gone.html").is_symlink()


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    LocalStore(tmp_path / "out").write("p/page.html", "x")
    assert (tmp_path / "real/p/page.html").read_text() == "x"


def test_a_whole_path_is_written_where_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    LocalStore(Path()).write(str(tmp_path / "book.ipynb"), "x")
    LocalStore(Path()).write("page.html", "y")
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {
        "book.ipynb": "x", "page.html": "y",
    }  # fmt: skip


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    for name in ("pipe", "endless"):
        with pytest.raises(OSError, match="a pipe or a device, not a file"):
            read_bytes(tmp_path / name)
    assert write_changed(tmp_path / "pipe", "text") and write_changed(tmp_path / "endless", "text")
    assert read_bytes(tmp_path / "endless", 2) == b"te"


def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(IsADirectoryError) as told:
        LocalStore(tmp_path).write("page.html", "x")
    assert told.value.filename == str(tmp_path / "page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize(("mode", "made"), [(0o755, 0o755), (0o775, 0o775), (0o1777, 0o1777)])
def test_who_may_write_to_the_folder_may_write_below_it(
    tmp_path: Path, mode: int, made: int
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(mode)
    before = os.umask(0o022)
    try:
        LocalStore(out).write("p/q/page.html", "x")
    finally:
        os.umask(before)
    for folder in (out / "p", out / "p/q"):
        assert stat.S_IMODE(folder.stat().st_mode) == made
