"""Figures from a file, an address, a DataFrame and a database: the same figures, the same words."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import fsspec
import numpy as np
import pandas as pd
import pytest
import sqlalchemy
from sqlalchemy import create_engine, text

from planlib.errors import InputError
from planlib.figures.reading import load_observations, read_figures, read_observations
from planlib.figures.sources import Given, source_of
from planlib.plan.reading import read_plan

GOOD = Path(__file__).parent.parent / "plan" / "good-plan"
PLAN = read_plan(GOOD)
ROWS = pd.read_csv(GOOD / "figures.csv", dtype={"vintage": "str"})
QUERY = "SELECT * FROM figures"
WRONG = ROWS.assign(
    value=[*["about 50"], *ROWS["value"][1:]],
    goal=[ROWS["goal"][0], "no-such-goal", *ROWS["goal"][2:]],
)


def frame_of(*given: Given) -> pd.DataFrame:
    return read_observations(given, PLAN).frame.drop(columns=["file", "row"])


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    for name in one.columns:
        assert one[name].astype(str).tolist() == other[name].astype(str).tolist(), name


def problems(*given: Given) -> list[str]:
    return [str(problem) for problem in load_observations(given, PLAN)[1]]


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path}/figures.db"
    engine = create_engine(address)
    ROWS.to_sql("figures", engine, index=False)
    engine.dispose()
    return address


WHOLE = frame_of(GOOD / "figures.csv")


def test_a_path_may_be_text_and_an_address_of_a_file() -> None:
    same(frame_of(str(GOOD / "figures.csv")), WHOLE)
    same(frame_of(f"file://{GOOD}/figures.csv"), WHOLE)


@pytest.mark.parametrize(
    "frame",
    [
        ROWS,
        ROWS.astype(object),
        ROWS.convert_dtypes(),
        ROWS.convert_dtypes(dtype_backend="pyarrow"),
        ROWS.astype({"area": "category", "goal": "category", "year": "category"}),
        ROWS.set_index(ROWS.index * 7 + 3),
        ROWS.assign(value=[None if pd.isna(v) else Decimal(str(v)) for v in ROWS["value"]]),
        ROWS.assign(vintage=pd.to_datetime(ROWS["vintage"])),
        ROWS.assign(
            vintage=[None if pd.isna(v) else date.fromisoformat(v) for v in ROWS["vintage"]]
        ),
        ROWS.assign(year=ROWS["year"].astype(float)),
    ],
    ids=[
        "plain",
        "object",
        "nullable",
        "arrow",
        "category",
        "index",
        "decimal",
        "days",
        "dates",
        "float",
    ],
)
def test_a_frame_of_any_kinds_of_columns_is_read_as_its_file(frame: pd.DataFrame) -> None:
    before = frame.copy()
    same(frame_of(frame), WHOLE)
    pd.testing.assert_frame_equal(frame, before)


def test_a_row_of_a_frame_is_named_by_its_position() -> None:
    assert problems(WRONG.set_index(WRONG.index + 100))[0] == (
        "figures (DataFrame):0: 'value' must be a number, found 'about 50' "
        "(write the number alone; words belong in the note)"
    )
    late = ROWS.assign(goal=[*ROWS["goal"][:-1], "no-such-goal"])
    assert f"figures (DataFrame):{len(ROWS) - 1}: " in problems(late)[0]


def test_a_frame_and_a_file_are_told_about_in_the_same_words(tmp_path: Path) -> None:
    WRONG.to_csv(tmp_path / "f.csv", index=False)
    of_file, of_frame = problems(tmp_path / "f.csv"), problems(WRONG)
    assert len(of_file) >= 2
    assert [one.partition(": ")[2] for one in of_file] == [
        one.partition(": ")[2] for one in of_frame
    ]


def test_a_number_that_a_file_would_leave_in_doubt_is_a_number_in_a_frame() -> None:
    for cells in ([Decimal("1.230"), 5], [1.230, "5"], [Decimal("1.230"), "5"]):
        frame = ROWS[1:2].assign(goal="alleys", year=2011)
        two = pd.concat([frame, frame.assign(year=2012)]).assign(
            value=pd.Series(cells, [1, 1], dtype=object).to_numpy(), vintage="2013-01-15"
        )
        assert read_observations([two], PLAN).frame["value"].tolist() == [1.23, 5]
    (doubt,) = problems(two.assign(value=["1.230", "5"]))
    assert "1.230" in doubt


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (ROWS.drop(columns="goal"), "figures (DataFrame): the column 'goal' is missing"),
        (
            ROWS.rename(columns={"value": "valeu"}),
            "figures (DataFrame): unknown column 'valeu' (did you mean 'value'?)",
        ),
        (ROWS.rename(columns={"value": 7}), "figures (DataFrame): unknown column '7' ("),
        (
            pd.concat([ROWS, ROWS[["year"]]], axis=1),
            "figures (DataFrame): the column 'year' stands twice",
        ),
        (ROWS.assign(year=2010.5), "figures (DataFrame):0: 'year' must be a whole number"),
        (ROWS.assign(year=True), "figures (DataFrame):0: 'year' must be "),
        (ROWS.assign(area=[["a"]] * len(ROWS)), "figures (DataFrame):0: "),
        (ROWS.assign(value=np.inf), "figures (DataFrame):0: "),
        (ROWS.assign(value=pd.Timestamp("2014-01-01")), "figures (DataFrame):0: 'value' must be"),
        (pd.DataFrame(), "figures (DataFrame): "),
    ],
)
def test_what_no_figures_can_be_is_refused_in_one_line(frame: pd.DataFrame, message: str) -> None:
    found = problems(frame)[0]
    assert found.startswith(message) and "\n" not in found


def test_an_address_is_read_as_the_file_it_names(tmp_path: Path) -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/office/figures.csv", (GOOD / "figures.csv").read_bytes())
    same(frame_of("memory://office/figures.csv"), WHOLE)
    ROWS.to_parquet(tmp_path / "f.parquet")
    memory.pipe_file("/office/figures.parquet", (tmp_path / "f.parquet").read_bytes())
    same(frame_of("memory://office/figures.parquet"), WHOLE)
    memory.pipe_file("/office/wrong.csv", WRONG.to_csv(index=False).encode())
    assert problems("memory://office/wrong.csv")[0].startswith(
        "memory://office/wrong.csv:2: 'value' must be a number, found 'about 50'"
    )


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("memory://office/none.csv", "memory://office/none.csv: there is no such file"),
        ("nosuch://office/f.csv", "'nosuch://office': no such kind of address: 'nosuch://'"),
        (
            "http://me:secret@localhost:1/f/figures.csv",
            "http://***@localhost:1/f/figures.csv: cannot be read: ",
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(address: str, message: str) -> None:
    found = problems(address)[0]
    assert "\n" not in found
    assert found.startswith(message) and "secret" not in found


def test_a_workbook_is_for_the_import(tmp_path: Path) -> None:
    (tmp_path / "f.xlsx").write_bytes(b"PK")
    with pytest.raises(
        InputError, match=r"f\.xlsx: .*\(a workbook is read with 'planlib import'\)"
    ):
        read_figures([tmp_path / "f.xlsx"])


def test_what_is_no_source_is_refused() -> None:
    with pytest.raises(InputError, match=r"cannot be read from 'list' \(give a file, an address"):
        source_of([1])  # type: ignore[arg-type]


def test_figures_read_without_a_plan_wait_for_one() -> None:
    figures = read_figures([ROWS, ROWS.assign(year=ROWS["year"] + 40)])
    assert repr(figures) == f"<UncheckedFigures: {2 * len(ROWS)} rows of 2 sources>"
    with pytest.raises(InputError) as raised:
        figures.for_plan(PLAN)
    assert all("year" in str(problem) for problem in raised.value.problems)
    one = read_figures([ROWS.assign(unit="")])
    same(one.for_plan(PLAN).frame[WHOLE.columns], WHOLE)
    same(one.for_plan(PLAN).frame[WHOLE.columns], WHOLE)  # as often as asked


# ---------------------------------------------------------------- databases


def test_sqlite_gives_the_figures_of_its_file(sqlite: str) -> None:
    same(frame_of(source_of(QUERY, sqlite)), WHOLE)
    engine = create_engine(sqlite)
    same(frame_of(source_of(QUERY, engine)), WHOLE)
    with engine.connect() as connection:
        same(frame_of(source_of(text(QUERY), connection)), WHOLE)
        assert not connection.closed
    engine.dispose()


def test_a_row_of_a_result_is_named_by_its_place(sqlite: str) -> None:
    wrong = f"SELECT area, 'no-such-goal' AS goal, year, value FROM ({QUERY}) LIMIT 2"
    found = problems(source_of(wrong, sqlite))
    assert [one.partition(": ")[0] for one in found[:2]] == ["figures (SQL):1", "figures (SQL):2"]


def test_a_query_is_carried_out_once_and_as_it_is_written(sqlite: str) -> None:
    asked: list[str] = []
    engine = create_engine(sqlite)
    sqlalchemy.event.listen(
        engine, "before_cursor_execute", lambda *args: asked.append(str(args[2]))
    )
    odd = "SELECT *, ':note 100 %' AS note, 'about' AS value FROM (SELECT area, goal, year FROM figures)"
    assert len(problems(source_of(odd, engine))) == len(ROWS)
    assert asked == [odd]
    engine.dispose()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * FROM no_table", "the query fails: no such table: no_table"),
        ("SELEC 1", 'the query fails: near "SELEC": syntax error'),
        ("DELETE FROM figures", "the query gives no table (for example SELECT area, goal, year"),
        ("SELECT 1 AS one", "the first row must hold the heads of a table"),
    ],
)
def test_a_wrong_query_is_one_line_and_changes_nothing(
    sqlite: str, query: str, message: str
) -> None:
    found = problems(source_of(query, sqlite))[0]
    assert found.startswith("figures (SQL): ") and "\n" not in found
    if query != "SELECT 1 AS one":
        assert found.startswith(f"figures (SQL): {message}")
    same(frame_of(source_of(QUERY, sqlite)), WHOLE)


@pytest.mark.parametrize(
    ("database", "message"),
    [
        ("sqlite:////nowhere/at/all.db", "/nowhere/at/all.db: there is no such file"),
        ("figures.db", "figures (SQL): is no address of a database (for example sqlite:///"),
        ("nosuch://me:secret@host/x", "figures (SQL): there is no kind of database 'nosuch' ("),
        ("oracle://me:secret@host/x", "figures (SQL): 'oracle://' needs a library that is not"),
        (
            "postgresql://me:secret@localhost:1/x",
            "figures (SQL): the database cannot be reached: ",
        ),
    ],
)
def test_a_database_that_is_not_there_is_one_line(database: str, message: str) -> None:
    found = problems(source_of(QUERY, database))[0]
    assert found.startswith(message) and "secret" not in found and "\n" not in found


def test_without_sqlalchemy_the_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        "from planlib.figures.sources import source_of\n"
        "print(source_of('SELECT 1', 'sqlite://').raw().problems[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == (
        "figures (SQL): reading a database needs SQLAlchemy, which is not installed "
        "(pip install 'planlib[sql]')\n"
    )


def _programs() -> Path | None:
    """Where PostgreSQL's own programs are: Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture
def postgresql() -> Iterator[str]:
    """An empty server of this test, with a user whom a password lets in."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    home = Path(tempfile.mkdtemp(prefix="planlib-postgresql-"))  # where another user may enter
    more: dict[str, Any] = {}
    if os.getuid() == 0:  # it refuses to run as root
        import pwd

        try:
            user = pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
        home.chmod(0o755)
        os.chown(home, user.pw_uid, user.pw_gid)
        more = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    (home / "password").write_text("a secret\n")
    data = home / "data"
    quiet: dict[str, Any] = {"cwd": home, "capture_output": True, "check": True, **more}
    made = [programs / "initdb", "-D", data, "-U", "me", "-A", "scram-sha-256"]
    subprocess.run([*made, "--pwfile", home / "password", "--no-sync"], **quiet)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    control = [programs / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-o", options, "-l", home / "log", "start"], **quiet)
    try:
        yield f"postgresql://me:a%20secret@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(home)


@pytest.mark.slow
def test_postgresql_gives_the_figures_of_their_file(postgresql: str) -> None:
    engine = create_engine(postgresql.replace("postgresql:", "postgresql+psycopg:"))
    kinds = {"value": sqlalchemy.Numeric(12, 3)}
    ROWS.assign(vintage=pd.to_datetime(ROWS["vintage"])).to_sql(
        "figures", engine, index=False, dtype=kinds
    )
    engine.dispose()
    same(frame_of(source_of(QUERY, postgresql)), WHOLE)
    (wrong,) = problems(source_of("SELECT * FROM no_table", postgresql))[:1]
    assert wrong.startswith('figures (SQL): the query fails: relation "no_table" does not exist')
    (shut,) = problems(source_of(QUERY, postgresql.replace("secret", "mistake")))[:1]
    assert "cannot be reached" in shut and "mistake" not in shut and "\n" not in shut
