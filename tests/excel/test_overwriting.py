"""Files that commands write: whole or not at all, one line where not, and nobody's work is lost."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from examples import turns
from office import fill
from openpyxl import load_workbook

from planlib.cli import main
from planlib.errors import InputError
from planlib.excel.overwriting import sealed, unchanged
from planlib.excel.template.identity import IDENTITY_SHEET
from planlib.plan.shipped import figure_files, open_plan
from planlib.storage.whole_files import remove_leftovers, replace_bytes

WARD = ("ward-2010-2015", "--area", "ward-01")
TEMPLATE = ("template", *WARD, "--year", "2012")


@dataclass
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


def planlib(folder: Path, *arguments: str) -> Done:
    """Run a command as the shell would, in this process: many of them are run here."""
    if "--lang" not in arguments:
        arguments = (*arguments, "--lang", "vi")
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["planlib", *arguments])
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    return Done(int(code or 0), out.getvalue(), err.getvalue())


def refused(done: Done, *words: str) -> None:
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr


# ------------------------------------------------------------------ nobody's work
def test_a_filled_template_is_not_written_over(tmp_path: Path) -> None:
    book = tmp_path / "kp.xlsx"
    assert planlib(tmp_path, *TEMPLATE, "-o", "kp.xlsx").returncode == 0
    # Nothing was typed in: another year may take its place.
    assert planlib(tmp_path, *TEMPLATE[:-1], "2013", "-o", "kp.xlsx").returncode == 0
    fill(book, {("tax-revenue", "value"): 7.9})
    filled = book.read_bytes()
    refused(planlib(tmp_path, *TEMPLATE, "-o", "kp.xlsx"), "kp.xlsx: tệp đã có", "--force")
    refused(planlib(tmp_path, *TEMPLATE, "-o", "kp.xlsx", "--lang", "en"), "is there already")
    assert book.read_bytes() == filled
    assert planlib(tmp_path, *TEMPLATE, "-o", "kp.xlsx", "--force").returncode == 0
    assert book.read_bytes() != filled


def test_a_marked_copy_does_not_replace_another_workbook(tmp_path: Path) -> None:
    planlib(tmp_path, *TEMPLATE, "-o", "kp.xlsx")
    fill(tmp_path / "kp.xlsx", {("tax-revenue", "value"): 7.9})
    (tmp_path / "mine.xlsx").write_bytes((tmp_path / "kp.xlsx").read_bytes())
    os.link(tmp_path / "kp.xlsx", tmp_path / "hard.xlsx")
    run = ("import", "kp.xlsx", "--into", "f.csv", "--dry-run", "--annotate")
    refused(planlib(tmp_path, *run, "mine.xlsx"), "mine.xlsx: tệp đã có")
    refused(planlib(tmp_path, *run, "hard.xlsx", "--force"), "hard.xlsx")
    for _ in range(2):  # its own copy it writes again
        assert planlib(tmp_path, *run, "marked.xlsx").returncode == 0
    assert planlib(tmp_path, *run, "mine.xlsx", "--force").returncode == 0


def test_an_export_replaces_only_what_the_figures_hold(tmp_path: Path) -> None:
    export = ("export", "--raw", *WARD, "-o", "f.csv")
    assert planlib(tmp_path, *export).returncode == 0
    for audience in ("internal", "public"):
        assert planlib(tmp_path, *export, "--audience", audience).returncode == 0
    with (tmp_path / "f.csv").open("a", encoding="utf-8") as handle:
        handle.write("ward-01,my-own,2012\n")
    refused(planlib(tmp_path, *export), "f.csv: tệp đã có")
    assert (tmp_path / "f.csv").read_text("utf-8").endswith("my-own,2012\n")


def test_an_export_never_replaces_the_figures_it_is_made_from(tmp_path: Path) -> None:
    whole = figure_files(open_plan("ward-2010-2015"))[0].read_bytes()
    (tmp_path / "own.csv").write_bytes(whole)
    (tmp_path / "link.csv").symlink_to("own.csv")
    for out in ("own.csv", "link.csv"):
        refused(
            planlib(
                tmp_path,
                "export",
                "--raw",
                *WARD,
                "--observations",
                "own.csv",
                "-o",
                out,
                "--force",
            ),
            "số liệu nguồn",
        )
    assert (tmp_path / "own.csv").read_bytes() == whole


@pytest.mark.parametrize("command", ["review", "batch"])
def test_reports_do_not_replace_somebodys_site(tmp_path: Path, command: str) -> None:
    (tmp_path / "index.en.html").write_text("my own page")
    more = ["--years", "2012", "--out", "."]
    refused(planlib(tmp_path, command, "ward-2010-2015", *more), "index.en.html", "--out")
    assert [path.name for path in tmp_path.iterdir()] == ["index.en.html"]
    assert (tmp_path / "index.en.html").read_text() == "my own page"


def test_a_seal_is_broken_by_any_change() -> None:
    empty = b"PK\x05\x06" + bytes(18)
    made = sealed(b"some parts" + empty)
    assert unchanged(made)
    assert not unchanged(b"S" + made[1:]) and not unchanged(made[:-1]) and not unchanged(b"")
    assert not unchanged(b"some parts" + empty)


def test_a_sealed_workbook_opens(tmp_path: Path) -> None:
    planlib(tmp_path, *TEMPLATE, "-o", "kp.xlsx")
    assert unchanged((tmp_path / "kp.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "kp.xlsx") as archive:
        assert archive.testzip() is None
    assert len(load_workbook(tmp_path / "kp.xlsx").sheetnames) == 9


# ------------------------------------------------------------------ what cannot be written
PLACES = {
    "folder.csv": "đã có thư mục",
    "no/such/f.csv": "không có thư mục này",
    "file/f.csv": "không phải thư mục",
    "x" * 252 + ".csv": "tên quá dài",
    "circle.csv": "vòng tròn",
    "device.csv": "thiết bị",
    "pipe.csv": "thiết bị",
}


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
@pytest.mark.parametrize("place", PLACES)
def test_where_nothing_can_be_written_there_is_one_line(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_text("a file")
    (tmp_path / "circle.csv").symlink_to("circle.csv")
    (tmp_path / "device.csv").symlink_to("/dev/null")
    os.mkfifo(tmp_path / "pipe.csv")
    before = sorted(tmp_path.iterdir())
    refused(planlib(tmp_path, "export", "--raw", *WARD, "-o", place, "--force"), PLACES[place])
    assert sorted(tmp_path.iterdir()) == before
    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize(
    "command",
    turns([["goals", "ward-2010-2015"], ["score", "ward-2010-2015", "--year", "2013"]], 2),
)
def test_an_output_that_is_full_is_one_line(tmp_path: Path, command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planlib.cli", *command, "--lang", "vi"], stdout=full, stderr=subprocess.PIPE,
            text=True, check=False, cwd=tmp_path,
        )  # fmt: skip
    refused(Done(done.returncode, "", done.stderr), "đĩa đã đầy")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False,
        capture_output=True,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_and_one_that_can_only_be_read_are_one_line(
    tmp_path: Path, small_disk: Path
) -> None:
    planlib(tmp_path, *TEMPLATE, "-o", "kp.xlsx")
    (small_disk / "old.csv").write_text("an old file\n")
    commands = {
        "f.csv": ["export", "--raw", "ward-2010-2015"],
        "old.csv": ["export", "--raw", "ward-2010-2015", "--force"],
    }
    for name, command in commands.items():
        refused(planlib(tmp_path, *command, "-o", f"disk/{name}"), name, "đĩa đã đầy")
    assert [path.name for path in small_disk.iterdir()] == ["old.csv"]
    assert (small_disk / "old.csv").read_text() == "an old file\n"
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for command in (
        ["export", "--raw", *WARD, "-o", "disk/f.csv"],
        ["export", "--raw", *WARD, "--force", "-o", "disk/old.csv"],
        [*TEMPLATE, "-o", "disk/kp.xlsx"],
        ["import", "kp.xlsx", "--into", "f.csv", "--annotate", "disk/marked.xlsx"],
    ):
        refused(planlib(tmp_path, *command), "disk/", "đĩa này chỉ đọc")
    for command in (
        ["review", "ward-2010-2015", "--years", "2012", "--out", "disk/r"],
        ["batch", "ward-2010-2015", "--out", "disk/b"],
    ):
        refused(planlib(tmp_path, *command), "disk/")


def test_a_link_stays_a_link_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    replace_bytes(tmp_path / "link", [b"new"])
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text() == "new"


def test_what_stands_under_the_name_of_the_unfinished_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("keep")
    (tmp_path / f".out.{os.getpid()}.part").symlink_to("victim")
    replace_bytes(tmp_path / "out", [b"new"])
    assert (tmp_path / "victim").read_text() == "keep"
    assert (tmp_path / "out").read_text() == "new" and not (tmp_path / "out").is_symlink()


def test_names_no_file_can_have_and_long_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file can have this name"):
        replace_bytes(tmp_path / "a\0b", [b""])
    long = tmp_path / ("ố" * 80)  # 240 bytes, to which the unfinished file's name must not add
    replace_bytes(long, [b"new"])
    assert long.read_bytes() == b"new"
    left = tmp_path / ".f[1].csv.77.part"
    left.touch()
    remove_leftovers(tmp_path / "f[1].csv")
    assert not left.exists()


# ------------------------------------------------------------------ whom a workbook is for
INTERNAL = {
    "vi": "lưu hành nội bộ; không phổ biến ra ngoài", "en": "internal use; not for publication",
}  # fmt: skip


@pytest.mark.parametrize("lang", turns(["vi", "en"], 2))
def test_a_template_shows_what_its_audience_may_see_and_says_so_on_every_sheet(
    tmp_path: Path, lang: str
) -> None:
    hidden = {"vi": "không công bố", "en": "withheld"}[lang]
    texts = {}
    for audience in ("public", "internal"):
        made = planlib(
            tmp_path, *TEMPLATE, "-o", f"{audience}.xlsx", "--audience", audience, "--lang", lang
        )
        assert made.returncode == 0, made.stderr
        book = load_workbook(tmp_path / f"{audience}.xlsx")
        for sheet in book.worksheets:
            cells = [str(c.value) for row in sheet.iter_rows() for c in row if c.value]
            texts[audience, sheet.title] = cells
            marked = any(INTERNAL[lang] in text for text in cells)
            if sheet.title != IDENTITY_SHEET:
                assert marked == (audience == "internal"), sheet.title
            assert (INTERNAL[lang] in (sheet.oddHeader.center.text or "")) == (
                audience == "internal"
            )
    public = [
        text for (audience, _), cells in texts.items() if audience == "public" for text in cells
    ]
    inside = [
        text for (audience, _), cells in texts.items() if audience == "internal" for text in cells
    ]
    assert public.count(hidden) > inside.count(hidden) == 0
    # The marked template is taken back like any other.
    fill(
        tmp_path / "internal.xlsx", {("tax-revenue", "value"): 7.9, ("tax-revenue", "assigned"): 8}
    )
    done = planlib(tmp_path, "import", "internal.xlsx", "--into", "f.csv", "--annotate", "m.xlsx")
    assert done.returncode == 0, done.stderr
    for sheet in load_workbook(tmp_path / "m.xlsx").worksheets:
        assert sheet.oddHeader.center.text, sheet.title


def test_an_internal_export_to_excel_says_so_and_is_read_back(tmp_path: Path) -> None:
    for audience, marked in (("internal", True), ("public", False)):
        out = f"{audience}.xlsx"
        planlib(
            tmp_path, "export", "--raw", *WARD, "-o", out, "--audience", audience, "--lang", "en"
        )
        (sheet,) = load_workbook(tmp_path / out).worksheets
        assert (INTERNAL["en"] in (sheet.oddHeader.center.text or "")) == marked
        assert (sheet.title == "internal") == marked
    done = planlib(tmp_path, "import", "internal.xlsx", "--plan", "ward-2010-2015",
                   "--into", "back.csv")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "back.csv").read_text("utf-8").splitlines()) > 500
