"""Figures are added as new reports, whole or not at all, whatever happens in the middle."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from examples import LONG, examples
from forked import Forked
from forked import code as program
from hypothesis import given
from hypothesis import strategies as st

from planlib.errors import InputError
from planlib.figures.observations import COLUMNS
from planlib.figures.reading import load_observations, read_table
from planlib.figures.store import add_figures
from planlib.plan.reading import read_plan
from planlib.storage.whole_files import only_writer

HERE = Path(__file__).parent
PLAN_FOLDER = HERE.parent / "plan" / "good-plan"
PLAN = read_plan(PLAN_FOLDER)
HEADER = ",".join(COLUMNS)


def figures(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def row(goal: str, value: object, vintage: str = "2012-01-15", *, year: int = 2011,
        source: str = "r", note: str = "") -> str:  # fmt: skip
    return f"ward-a,{goal},{year},{vintage},,{value},,,,,,measured,{source},{note}"


def add(new: Path, store: Path) -> tuple[dict[str, int], list[str]]:
    frame, problems = read_table(new)
    assert not problems
    addition, problems = add_figures(frame, store, PLAN)
    names = ("added", "changed", "confirmed", "left")
    return {name: int(getattr(addition, name).sum()) for name in names}, [str(p) for p in problems]


def counts(added: int = 0, changed: int = 0, confirmed: int = 0, left: int = 0) -> dict[str, int]:
    return {"added": added, "changed": changed, "confirmed": confirmed, "left": left}


def test_what_is_added_changed_confirmed_and_left_is_counted(tmp_path: Path) -> None:
    store = figures(tmp_path / "s.csv", row("alleys", 13), row("clean-party", 1))
    new = figures(
        tmp_path / "n.csv",
        row("alleys", 13),  # left
        row("alleys", 14, "2012-06"),  # changed
        row("clean-party", 1, "2012-06"),  # confirmed
        row("alleys", 15, "2013", year=2012),  # added
    )
    assert add(new, store) == (counts(1, 1, 1, 1), [])
    assert store.read_text("utf-8").splitlines()[1:] == [
        row("alleys", 13), row("clean-party", 1), row("alleys", 14, "2012-06"),
        row("clean-party", 1, "2012-06"), row("alleys", 15, "2013", year=2012),
    ]  # fmt: skip


def test_what_was_in_the_file_stays_byte_for_byte(tmp_path: Path) -> None:
    store = tmp_path / "s.csv"
    old = f'\ufeff{HEADER}\r\nward-a,alleys,2011,2012,,13.50,,,,,,,"a, ""b""",\r\n'.encode()
    store.write_bytes(old.rstrip(b"\r\n"))  # the last line without its end
    add(figures(tmp_path / "n.csv", row("alleys", 14, "2013")), store)
    assert store.read_bytes() == old + row("alleys", 14, "2013").encode() + b"\r\n"


def test_a_new_column_leaves_the_other_cells_alone(tmp_path: Path) -> None:
    store = figures(tmp_path / "s.csv", "ward-a,alleys,2011,13.50", header="area,goal,year,value")
    add(figures(tmp_path / "n.csv", row("alleys", 14, "2013", note="n")), store)
    with store.open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["value"], first["vintage"]) == ("13.50", "")
    assert (second["value"], second["vintage"], second["note"]) == ("14", "2013", "n")


def test_another_remark_is_a_warning_and_another_figure_a_problem(tmp_path: Path) -> None:
    store = figures(tmp_path / "s.csv", row("alleys", 13))
    _, (warning,) = add(figures(tmp_path / "n.csv", row("alleys", 13, source="other")), store)
    assert "another source or note" in warning
    _, (problem,) = add(figures(tmp_path / "n.csv", row("alleys", 12)), store)
    assert problem.endswith("n.csv:2: goal 'alleys': another figure already has this report date "
                            "(a revision has its own report date)")  # fmt: skip
    assert store.read_text("utf-8").splitlines()[1:] == [row("alleys", 13)]


def test_a_file_with_problems_of_its_own_is_not_touched(tmp_path: Path) -> None:
    store = figures(tmp_path / "s.csv", row("alleys", "x"))
    before = store.read_bytes()
    with pytest.raises(InputError, match="must be a number"):
        add(figures(tmp_path / "n.csv", row("alleys", 13)), store)
    assert store.read_bytes() == before


@pytest.mark.parametrize("name", ["s.parquet", "no/such/s.csv"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        InputError, match=r"to a \.csv file|cannot be written: there is no such folder"
    ):
        add(figures(tmp_path / "n.csv", row("alleys", 13)), tmp_path / name)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    store = figures(tmp_path / "s.csv", row("alleys", 13))
    new = figures(tmp_path / "n.csv", *(row("alleys", n, f"2013-01-{n:02d}") for n in range(1, 30)))
    before = store.read_bytes()
    code = f"""
import resource, signal
from pathlib import Path
from test_figures_store import add
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
add(Path({str(new)!r}), Path({str(store)!r}))
"""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as said:
        Forked(program(code), Path(said.name)).wait(60)
        assert "cannot be written: File too large" in said.read()
    assert store.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == [".s.csv.lock", "n.csv", "s.csv"]


# Runs an import in children that are killed before and after every call that reaches the disk, and
# in the middle of every write; prints what each of them left.
KILLED = """
import io, os, signal, sys
from pathlib import Path
here, new, store, old = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
sys.path[:0] = [here, str(Path(here).parent)]
from test_figures_store import add
import planlib.storage.whole_files as whole_files

left = 0

def step():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def watched(owner, name):
    real = getattr(owner, name)
    def call(*a, **k):
        step()
        result = real(*a, **k)
        step()
        return result
    setattr(owner, name, call)

class Halves(io.FileIO):
    def write(self, data):
        data = bytes(data)
        step()
        done = super().write(data[: len(data) // 2])
        step()
        return done + (super().write(data[len(data) // 2 :]) or 0)

real_fdopen = os.fdopen
def opened(descriptor, mode="r", *a, **k):
    if mode != "wb":
        return real_fdopen(descriptor, mode, *a, **k)
    return io.BufferedWriter(Halves(descriptor, "wb"), 64)
os.fdopen = opened
for owner, name in ((Path, "open"), (os, "replace"), (os, "chmod"), (os, "fsync"), (os, "open"),
                    (os, "close"), (os, "fdopen"), (whole_files, "lock_descriptor")):
    watched(owner, name)

import shutil
add(new, Path(shutil.copy(old, store.with_name("warm.csv"))))  # load everything once
for moment in range(1, 500, int(sys.argv[5])):
    store.write_bytes(old.read_bytes())
    child = os.fork()
    if not child:
        left = moment
        add(new, store)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), store.read_bytes().hex(), flush=True)
    if status == 0:
        break
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kills forked processes")
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    new = figures(tmp_path / "n.csv", row("alleys", 14, "2013"), row("clean-party", 1, "2013"))
    before = figures(tmp_path / "old.csv", row("alleys", 13))
    store = tmp_path / "s.csv"
    command = [sys.executable, "-c", KILLED, str(HERE), str(new), str(store), str(before)]
    command.append("1" if LONG else "3")  # every moment, or each third
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    ends = [line.split() for line in done.stdout.splitlines()]
    seen = [bytes.fromhex(state) for _, state in ends]
    old, whole = before.read_bytes(), seen[-1]
    assert ends[-1][0] == "0" and {code for code, _ in ends[:-1]} == {str(-signal.SIGKILL)}
    assert len(ends) > (50 if LONG else 15) and set(seen) == {old, whole} and len(whole) > len(old)
    assert seen == sorted(seen, key=lambda state: state == whole)  # once new, never old again
    # Whatever killed runs left behind, the next import takes away and finishes.
    store.write_bytes(old)
    (tmp_path / f".s.csv.{os.getpid()}.part").write_bytes(b"half")
    assert add(new, store)[0] == counts(added=1, changed=1)
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob(".*.part"))


def test_imports_at_the_same_time_do_not_lose_each_others_rows(tmp_path: Path) -> None:
    store = figures(tmp_path / "s.csv", row("alleys", 13))
    code = """
from pathlib import Path
from test_figures_store import add, figures, row
mine, folder = {mine}, Path({folder!r})
for n in range(1, 6):
    add(figures(folder / f"n{{mine}}.csv", row("alleys", n, f"201{{mine + 2}}-0{{n}}-01")), folder / "s.csv")
"""
    running = [
        Forked(program(code.format(mine=n, folder=str(tmp_path))), tmp_path / f"said{n}")
        for n in range(2)
    ]
    assert [process.wait(300) for process in running] == [0] * 2
    known, problems = load_observations([store], PLAN)
    assert not problems and len(known.frame) == 1 + 2 * 5


VINTAGES = st.sampled_from(["2012", "2012-06", "2012-06-30", "2013-01-15", ""])
ROWS = st.lists(
    st.tuples(st.sampled_from(["alleys", "tax"]), st.integers(2010, 2013), VINTAGES, st.integers(0, 5)),
    max_size=8, unique_by=lambda r: (r[0], r[1], "2012-06-30" if r[2] == "2012-06" else r[2]),
)  # fmt: skip


@examples(40)
@given(ROWS, ROWS)
def test_adding_is_never_a_loss_and_adding_again_is_nothing(
    tmp_path_factory: pytest.TempPathFactory, first: list[tuple[str, int, str, int]],
    second: list[tuple[str, int, str, int]],
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("store")
    store = folder / "s.csv"
    for rows in (first, second):
        lines = [row(goal, value, vintage, year=year) for goal, year, vintage, value in rows]
        before = store.read_bytes() if store.exists() else b""
        new = figures(folder / "n.csv", *lines)
        told, problems = add(new, store)
        after = store.read_bytes() if store.exists() else b""
        assert after.startswith(before)
        if problems:
            assert after == before
        else:
            assert sum(told.values()) == len(rows)
            again, problems = add(new, store)
            assert again == counts(left=len(rows)) and not problems
            assert (store.read_bytes() if store.exists() else b"") == after


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_figures_are_added_to_plain_csv_only(tmp_path: Path, encoding: str) -> None:
    store = tmp_path / "s.csv"
    store.write_text("area;goal;year;value\nward-a;alleys;2011;12,5\n", encoding=encoding)
    before = store.read_bytes()
    new = load_observations([PLAN_FOLDER / "figures.csv"], PLAN)[0].frame
    with pytest.raises(InputError, match="a CSV file in UTF-8 whose columns commas part"):
        add_figures(new, store, PLAN)
    assert store.read_bytes() == before


def test_a_planted_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / ".s.csv.lock").symlink_to(elsewhere)
    with pytest.raises(InputError, match="cannot be written"), only_writer(tmp_path / "s.csv"):
        pytest.fail("held through a link")
    assert not elsewhere.exists()
