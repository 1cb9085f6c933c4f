"""Files that were right once and then changed at random: what every reader must survive.

    make fuzz                                    # ten thousand of them, some minutes
    python tests/excel/mutants.py 500 workbook 7   # five hundred workbooks, from seed 7

A mutant must be read, or refused with problems that are each one line; nothing else may happen: no
other exception, no half-written file, no lost row. Every mutant has a number, so that one that got
through can be made again.
"""

from __future__ import annotations

import io
import random
import shutil
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from foreign_sheets import SHEETS  # noqa: E402
from foreign_tables import FOREIGN  # noqa: E402
from office import fill, write_template  # noqa: E402

from planlib.errors import InputError, Problem  # noqa: E402
from planlib.excel.importing import import_figures  # noqa: E402
from planlib.excel.marked_workbook import write_marked  # noqa: E402
from planlib.excel.sheets.mapping import read_mapping  # noqa: E402
from planlib.figures.panels import read_panel  # noqa: E402
from planlib.figures.reading import load_observations  # noqa: E402
from planlib.plan.reading import load_plan, read_plan  # noqa: E402

SNIPPETS = [
    "", " ", "\x00", "\n", ",", '"', "'", "=1+1", "-", "−5", "1.300", "15,5", "98 %", "12 triệu",
    "6/6", "nan", "inf", "1e999", "9" * 40, "Kh«ng", "Ñaûng", "e\u0301", "\u202e", "\U0001f600",
    "khoảng", "trên 90", "61-62", "true", "null", "&amp;", "&#0;", "<c r=\"XFD9\"/>", "[[[[", "{", ": :",
    "!!python/object", "&a *a", "2013-02-30", "3/4/2014", "0", "-1", "%", "ward-a", "alleys", "\ufeff",
]  # fmt: skip
Change = Callable[[random.Random, bytes], bytes]


def cut(luck: random.Random, data: bytes) -> bytes:
    at = luck.randrange(len(data) + 1)
    return data[:at] + data[at + luck.choice([1, 5, 100, len(data)]) :]


def flip(luck: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(luck.choice([1, 3, 30])):
        if changed:
            changed[luck.randrange(len(changed))] = luck.randrange(256)
    return bytes(changed)


def insert(luck: random.Random, data: bytes) -> bytes:
    at = luck.randrange(len(data) + 1)
    return data[:at] + luck.choice(SNIPPETS).encode() + data[at:]


def repeat(luck: random.Random, data: bytes) -> bytes:
    at = luck.randrange(len(data) + 1)
    end = min(len(data), at + luck.choice([1, 20, 300]))
    return data[:end] + data[at:end] * luck.choice([1, 2, 50]) + data[end:]


def swap_words(luck: random.Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    words = text.split(",") if b"," in data else text.split(" ")
    words[luck.randrange(len(words))] = luck.choice(SNIPPETS)
    return ("," if b"," in data else " ").join(words).encode("utf-8", "surrogateescape")


def swap_values(luck: random.Random, data: bytes) -> bytes:
    """Another text between two tags, or between two quotes."""
    text = data.decode("utf-8", "surrogateescape")
    mark = luck.choice(['"', ">", "<v>", "<t>"])
    parts = text.split(mark)
    at = luck.randrange(len(parts))
    end = {'"': "", ">": "<"}.get(mark, "</")
    tail = parts[at][parts[at].find(end) :] if end and end in parts[at] else ""
    parts[at] = luck.choice([*SNIPPETS, "str", "n", "b", "e", "d", "999999999", "A1"]) + tail
    return mark.join(parts).encode("utf-8", "surrogateescape")


CHANGES: list[Change] = [cut, flip, insert, repeat, swap_words, swap_values, swap_values]


def mutated(luck: random.Random, data: bytes) -> bytes:
    for _ in range(luck.choice([1, 1, 2, 4])):
        data = luck.choice(CHANGES)(luck, data)
    return data


def mutated_workbook(luck: random.Random, data: bytes) -> bytes:
    """A part of the archive changed, or its cells, or the archive itself."""
    if luck.random() < 0.15:
        return mutated(luck, data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = [name for name in parts if "/sheet" in name or "sharedStrings" in name]
    for _ in range(luck.choice([1, 1, 2])):
        name = luck.choice(sheets if luck.random() < 0.7 else list(parts))
        if luck.random() < 0.03:
            del parts[name]
            break
        parts[name] = mutated(luck, parts[name])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


class Ground:
    """A folder with a plan, its figures, a filled template, a sheet with a mapping, and a table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Path(shutil.copytree(HERE.parent / "plan" / "good-plan", folder / "good-plan"))
        self.figures = self.home / "figures.csv"
        self.old = self.figures.read_bytes()
        plan = read_plan(self.home)
        template = write_template(folder / "kp.xlsx", plan, "ward-a", 2013, figures=[self.figures])
        values = {
            ("vaccination", "numerator"): 188, ("vaccination", "denominator"): 200,
            ("alleys", "value"): "Khoảng 14", ("hamlets/kp-1", "value"): "có",
            ("tax", "value"): "1.300,5", ("tax", "assigned"): "1.200", ("staff", "low"): 90,
            ("clean-party", "value"): "Có", ("alleys", "note"): "ghi chú",
        }  # fmt: skip
        self.workbook = fill(template, values).read_bytes()
        self.table = self.old.replace(b",2011,", b",2012,")
        self.plan = {path.name: path.read_bytes() for path in self.home.glob("*.yaml")}
        self.panel = b"indicator,area,year,value,low\n" + b"".join(
            f"x,{area},{year},{year % 7},0\n".encode()
            for area in "ab"
            for year in range(2001, 2009)
        )
        self.mapping = (
            "area: ward-a\nyear: 2013\nvintage: 31/12/2013\ncolumns:\n  goal: Chỉ tiêu\n"
            "  value: Thực hiện\n  assigned: Số giao\ngoals: {Thuế: tax}\nskip: [Tổng]\n"
        ).encode()

    def try_workbook(self, luck: random.Random) -> None:
        path = self.folder / "m.xlsx"
        path.write_bytes(mutated_workbook(luck, self.workbook))
        self._import(path, marked=luck.random() < 0.2)

    def try_table(self, luck: random.Random) -> None:
        path = self.folder / "m.csv"
        path.write_bytes(mutated(luck, self.table))
        self._import(path)

    def try_foreign(self, luck: random.Random) -> None:
        """A table of another office with its mapping."""
        foreign = FOREIGN[luck.choice(sorted(FOREIGN))]
        self._map(luck, self.folder / "f.csv", foreign.table, foreign.mapping, mutated)

    def try_sheet(self, luck: random.Random) -> None:
        """A workbook of another office with its mapping."""
        foreign = SHEETS[luck.choice(sorted(SHEETS))]
        self._map(luck, self.folder / "s.xlsx", foreign.book, foreign.mapping, mutated_workbook)

    def _map(self, luck: random.Random, path: Path, data: bytes, told: str, change: Change) -> None:
        """Import a changed file by its mapping; sometimes the mapping is changed instead."""
        mapping, changed = self.folder / "other.yaml", luck.random() < 0.8
        path.write_bytes(change(luck, data) if changed else data)
        mapping.write_bytes(told.encode() if changed else mutated(luck, told.encode()))
        marked = path.suffix == ".xlsx" and luck.random() < 0.1
        self._import(path, marked=marked, mapping=mapping)

    def try_panel(self, luck: random.Random) -> None:
        path = self.folder / "p.csv"
        path.write_bytes(mutated(luck, self.panel))
        try:
            read_panel(path)
        except InputError as error:
            check_lines(error.problems)

    def _import(self, path: Path, *, marked: bool = False, mapping: Path | None = None) -> None:
        self.figures.write_bytes(self.old)
        try:
            done = import_figures(path, str(self.home), mapping=mapping)
        except InputError as error:
            check_lines(error.problems)
            assert self.figures.read_bytes() == self.old
            return
        check_lines(done.problems)
        if marked:
            try:
                write_marked(path, self.folder / "marked.xlsx", done.problems, "vi", force=True)
            except InputError as error:
                check_lines(error.problems)
        after = self.figures.read_bytes()
        if not done.written:
            assert after == self.old
            return
        assert done.addition is not None and not done.refused
        known, problems = load_observations([self.figures], read_plan(self.home))
        check_lines(problems)
        assert not problems, problems
        assert len(known.frame) == 6 + int(done.addition.new.sum())
        assert not list(self.home.glob(".*.part"))

    def try_plan(self, luck: random.Random) -> None:
        if luck.random() < 0.3:
            path = self.folder / "map.yaml"
            path.write_bytes(mutated(luck, self.mapping))
            try:
                read_mapping(path)
            except InputError as error:
                check_lines(error.problems)
            return
        home = self.folder / "plan"
        home.mkdir(exist_ok=True)
        for name, content in self.plan.items():
            (home / name).write_bytes(content)
        name = luck.choice(sorted(self.plan))
        (home / name).write_bytes(mutated(luck, self.plan[name]))
        plan, problems = load_plan(home)
        check_lines(problems)
        assert (plan is None) == bool(problems) or plan is not None


def check_lines(problems: list[Problem] | tuple[Problem, ...]) -> None:
    for problem in problems:
        assert str(problem).strip() and "\n" not in str(problem), repr(problem)


KINDS = {
    "workbook": Ground.try_workbook, "table": Ground.try_table, "plan": Ground.try_plan,
    "foreign": Ground.try_foreign, "sheet": Ground.try_sheet, "panel": Ground.try_panel,
}  # fmt: skip


def survive(kind: str, count: int, first: int = 0) -> None:
    """Make and try mutants; raises AssertionError naming the number of one that got through."""
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        for number in range(first, first + count):
            try:
                KINDS[kind](ground, random.Random(f"{kind} {number}"))
            except Exception as error:
                told = "".join(traceback.format_exception(error))
                raise AssertionError(f"{kind} {number} got through:\n{told}") from error


if __name__ == "__main__":
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    shares = {
        "workbook": 0.2,
        "table": 0.2,
        "plan": 0.2,
        "foreign": 0.2,
        "sheet": 0.15,
        "panel": 0.05,
    }
    if len(sys.argv) > 2:
        shares = {sys.argv[2]: 1.0}
    start = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    for one, share in shares.items():
        began = time.monotonic()
        survive(one, round(amount * share), start)
        print(f"{one}: {round(amount * share)} survived in {time.monotonic() - began:.0f} s")
