"""Opens CSV as offices and their programs write it: any usual delimiter, encoding and title lines.

The delimiter is a comma, a semicolon, a tab or a bar, named by ``sep=`` or found; the text is UTF-8,
UTF-16 with a mark or without, or a Windows encoding where only one of them can be meant. What can
be read in two ways is refused in one line.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from planlib.errors import InputError, Problem, Said, refused, said
from planlib.figures.legacy_fonts import legacy_text
from planlib.storage.whole_files import LARGEST_TABLE, read_whole

MOST_BY_LINE = 5_000_000  # rows; each costs a few hundred bytes of memory
MOST_COLUMNS = 500
MOST_TITLES = 30  # lines before the heads
MOST_SAID = 50  # rows of one fault that are told one by one
DELIMITERS = ",;\t|"
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MARKED = re.compile("[aeiouyăâêôơư][\u0300\u0301\u0303\u0309\u0323]", re.IGNORECASE)
_APART = "ÌÒÞìòþÐðÃãÕõÝý"  # bytes that Windows-1252 and Windows-1258 read differently


@dataclass
class CsvRows:
    """The rows of a file that hold anything, the line each begins on, and how it is parted."""

    file: str
    delimiter: str = ","
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def decimal_comma(self) -> bool:
        """Whether a comma in a cell cannot part columns, and so may be a decimal comma."""
        return self.delimiter != ","

    def say(self, message: Said, line: int | None = None, hint: Said | None = None) -> None:
        """Add a problem."""
        self.problems.append(Problem(message, self.file, line, hint=hint))

    def head(self, wanted: Iterable[str]) -> int | None:
        """Which of the first rows holds all of the wanted heads; None where none does."""
        heads = set(wanted)
        for at, row in enumerate(self.rows[:MOST_TITLES]):
            if heads <= {cell.strip() for cell in row}:
                return at
        return None

    def table(self, head: int) -> tuple[list[str], list[list[str]], list[int]]:
        """The heads, the rows below them in full width, and their lines.

        Empty cells behind the last head are left out; other rows of another width are problems.
        """
        names = [name.strip() for name in self.rows[head]]
        while names and not names[-1]:
            names.pop()
        if not all(names):
            self.say(said("figures.column-heads-differ-hint"), self.lines[head])
        for name, count in Counter(filter(None, names)).items():
            if count > 1:
                self.say(said("figures.column-stands-twice", column=name), self.lines[head])
        rows, lines, short = [], [], 0
        for row, line in zip(self.rows[head + 1 :], self.lines[head + 1 :], strict=True):
            while len(row) > len(names) and not row[-1].strip():
                row.pop()
            if len(row) != len(names):
                short += 1
                if short <= MOST_SAID:
                    self.say(said("figures.row-cell-count", n=len(names), found=len(row)), line)
                continue
            rows.append(row)
            lines.append(line)
        say_more(self.problems, short - MOST_SAID, self.file)
        return names, rows, lines


def say_more(problems: list[Problem], count: int, file: str) -> None:
    """One line for all that are not told one by one."""
    if count > 0:
        problems.append(Problem(said("figures.more-rows-like-this", n=count), file))


@dataclass(frozen=True)
class CsvForm:
    """How a file is written, where something says so; what is None is found out."""

    delimiter: str | None = None
    encoding: str | None = None
    comment: str | None = None  # what lines begin with that are none of the table


FOUND_OUT = CsvForm()


def read_csv_rows(path: Path, wanted: Iterable[str] = (), form: CsvForm = FOUND_OUT) -> CsvRows:
    """A file's rows; ``wanted`` are heads that tell its delimiter. Raises InputError for no text."""
    found = CsvRows(str(path))
    data = read_whole(path, LARGEST_TABLE)
    text = decoded(data, path) if form.encoding is None else _as_said(data, form.encoding, path)
    if not text.strip():
        found.say(said("plan.file-empty"), 1)
        return found
    skipped = 0
    first, _, rest = text.partition("\n")
    if named := _SEP.fullmatch(first.strip("\r\ufeff ")):
        found.delimiter, text, skipped = named[1], rest, 1
    else:
        found.delimiter = form.delimiter or _delimiter(text, set(wanted))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=found.delimiter, strict=True)
    start = skipped + 1
    try:
        for row in reader:
            noted = form.comment is not None and bool(row) and row[0].startswith(form.comment)
            if not noted and any(cell.strip() for cell in row):
                if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
                    fault = said("figures.too-many-columns", n=MOST_COLUMNS, found=len(row))
                    found.say(fault, start)
                    return found
                if len(found.rows) >= MOST_BY_LINE:
                    found.say(said("figures.too-many-rows-by-line", n=MOST_BY_LINE), start)
                    return found
                found.rows.append(row)
                found.lines.append(start)
            start = skipped + reader.line_num + 1
    except csv.Error as error:
        found.say(said("figures.not-valid-csv", reason=error), skipped + reader.line_num)
    if not found.rows and not found.problems:
        found.say(said("plan.file-empty"), 1)
    return found


def is_plain(path: Path) -> bool:
    """Whether a file of figures is in UTF-8, its heads in the first line, parted by commas."""
    with path.open("rb") as stream:
        head = stream.readline(65536)
    found = {name.strip(' "\r\n') for name in head.decode("utf-8-sig", "replace").split(",")}
    return {"area", "goal"} <= found and bool(found & {"year", "period"})


def _delimiter(text: str, wanted: set[str]) -> str:
    """The sign that parts the wanted heads, else the one that parts most rows into as many cells."""
    sample = [line for line in text[:65536].splitlines()[: 2 * MOST_TITLES] if line.strip()]
    best = (0, 0, ",")
    for sign in DELIMITERS:
        cells = [[cell.strip(' "') for cell in line.split(sign)] for line in sample]
        if wanted and any(wanted <= set(row) for row in cells):
            return sign
        widths = Counter(len(row) for row in cells if len(row) > 1)
        if widths:
            width, rows = max(widths.items(), key=lambda one: (one[1], one[0]))
            best = max(best, (rows, width, sign), key=lambda one: one[:2])
    return best[2]


def decoded(data: bytes, path: Path) -> str:
    """A file's text; raises InputError where it is none, or could be two."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    ):  # fmt: skip
        if data.startswith(mark):
            return _strictly(data, encoding, path)
    sample = data[:4096]
    if b"\0" in sample:
        for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
            if zeros.count(0) > 0.4 * len(zeros):
                return _strictly(data, encoding, path)
    if b"\0" in data:
        raise _no_text(path, said("figures.holds-zero-bytes"))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _of_windows(data, path)


def _strictly(data: bytes, encoding: str, path: Path) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _no_text(path) from None
    if "\0" in text:
        raise _no_text(path, said("figures.holds-zero-bytes"))
    return text


def _as_said(data: bytes, encoding: str, path: Path) -> str:
    """A file's text in the encoding that something says it has."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):  # of no text that names one
        return decoded(data, path)
    found_out = name.startswith(("utf-8", "utf-16"))  # their marks say more than a name
    return decoded(data, path) if found_out else _strictly(data, name, path)


def _of_windows(data: bytes, path: Path) -> str:
    """Text of Windows-1258 (Vietnamese) or Windows-1252, where only one of the two makes sense."""
    hint = said("figures.save-utf-8-legacy")
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = None
    try:
        vietnamese = data.decode("cp1258")
    except UnicodeDecodeError:
        vietnamese = None
    marks = len(_MARKS.findall(vietnamese)) if vietnamese else 0
    if vietnamese and marks and marks == len(_MARKED.findall(vietnamese)):
        return unicodedata.normalize("NFC", vietnamese)
    lines = western.splitlines() if western else []
    if western is None or any(legacy_text(line) for line in lines):
        raise _no_text(path, hint)
    if any(letter in western for letter in _APART) and vietnamese and not marks:
        raise _no_text(path, hint)
    if any(not (letter.isprintable() or letter in "\t\u00a0") for line in lines for letter in line):
        raise _no_text(path, hint)
    return western


def _no_text(path: Path, hint: Said | None = None) -> InputError:
    return refused(said("plan.file-not-utf-8"), path, hint=hint)
