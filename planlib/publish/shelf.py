"""What stands in ``reports/<plan>/<area>/``: the verdicts of the index, and the pages.

The verdicts are kept beside the pages, in ``review.json``, so that the index can be written again
from the folder alone: after a run of another plan, without the plan's files, on another machine.
Which pages there are is read from the folder itself, so a page that was deleted, or one that a
killed run had finished, is never listed wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from planlib.model.base import Id, Part, Text, Year, check_id
from planlib.publish.files import write_changed
from planlib.scoring.verdict import Verdict

FILE = "review.json"
Kind = Literal["annual", "midterm"]
_PAGE = re.compile(r"^(annual|midterm)-([0-9]{4})\.(vi|en)\.html$")
_AS_OF = re.compile(r'<meta name="planlib-as-of" content="([0-9-]*)">')


class Column(Part):
    """One column of the grid: a year, or the mid-term after a year."""

    kind: Kind
    year: Year


class Row(Part):
    """One goal: its verdict in each column. ``part`` goals are shown but not counted."""

    goal: Id
    name: Text
    part: bool
    verdicts: tuple[str, ...]


class Group(Part):
    """A section of the plan."""

    name: Text
    rows: tuple[Row, ...]


class Failure(Part):
    """A page whose notebook stopped in the last run; ``cell`` counts from 1, None outside them."""

    kind: Kind
    year: Year
    lang: Literal["vi", "en"]
    cell: int | None = None
    reason: str


class Shelf(Part):
    """One plan in one area."""

    schema_version: Literal[1] = 1
    plan: Id
    area: Id
    plan_name: Text
    area_name: Text
    term: tuple[Year, Year]
    as_of: str = ""
    illustrative: bool
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    failures: tuple[Failure, ...] = Field(default=())

    @property
    def folder(self) -> str:
        """The folder below the reports, with slashes."""
        return f"{self.plan}/{self.area}"

    @property
    def rows(self) -> list[Row]:
        """All goals in the order of the plan."""
        return [row for group in self.groups for row in group.rows]

    def goals(self, column: int) -> dict[Verdict, list[Row]]:
        """The counted goals of one column by verdict, in the order an office reads them out."""
        found: dict[Verdict, list[Row]] = {verdict: [] for verdict in Verdict}
        for row in self.rows:
            if not row.part:
                found[Verdict[row.verdicts[column]]].append(row)
        return found


@dataclass(frozen=True)
class Page:
    """One page of a shelf; ``as_of`` is what the page itself says."""

    kind: Kind
    year: int
    lang: str
    as_of: str

    @property
    def name(self) -> str:
        """The name of the HTML file."""
        return page_name(self.kind, self.year, self.lang)


def page_name(kind: Kind, year: int, lang: str, ending: str = "html") -> str:
    """The name of a page's file.

    >>> page_name("annual", 2013, "vi")
    'annual-2013.vi.html'
    """
    return f"{kind}-{year}.{lang}.{ending}"


def pages_in(folder: Path) -> list[Page]:
    """The pages of a shelf, years in order and the mid-term after them."""
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        match = _PAGE.match(path.name)
        if match and path.is_file():
            with path.open(encoding="utf-8", errors="replace") as handle:
                said = _AS_OF.search(handle.read(2000))
            kind: Kind = "annual" if match[1] == "annual" else "midterm"
            found.append(Page(kind, int(match[2]), match[3], said[1] if said else ""))
    return sorted(found, key=lambda page: (page.kind, page.year, page.lang))


def save_shelf(out: Path, shelf: Shelf) -> None:
    """Write a shelf's verdicts beside its pages. Raises OSError."""
    folder = out / shelf.plan / shelf.area
    folder.mkdir(parents=True, exist_ok=True)
    write_changed(folder / FILE, shelf.model_dump_json(indent=1) + "\n")


def read_shelf(path: Path) -> Shelf | None:
    """The shelf a file describes; None where it is of another version, damaged or misplaced."""
    try:
        shelf = Shelf.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return None
    known = all(
        len(row.verdicts) == len(shelf.columns) and set(row.verdicts) <= set(Verdict.__members__)
        for row in shelf.rows
    )
    placed = path.parent.name == shelf.area and path.parent.parent.name == shelf.plan
    return shelf if known and placed else None


def read_shelves(out: Path) -> list[Shelf]:
    """Every shelf below the reports folder, by plan and area."""
    found = [read_shelf(path) for path in sorted(out.glob(f"*/*/{FILE}")) if _named(path)]
    return [shelf for shelf in found if shelf is not None]


def _named(path: Path) -> bool:
    try:
        check_id(path.parent.name), check_id(path.parent.parent.name)
    except ValueError:
        return False
    return True


def with_failures(
    shelf: Shelf, done: Iterable[tuple[Kind, int, str]], failures: Iterable[Failure]
) -> Shelf:
    """The shelf after a run: failures of pages that were made again go, the new ones come."""
    gone = set(done)
    kept = [f for f in shelf.failures if (f.kind, f.year, f.lang) not in gone]
    merged = {(f.kind, f.year, f.lang): f for f in [*kept, *failures]}
    return shelf.model_copy(update={"failures": tuple(merged[key] for key in sorted(merged))})
