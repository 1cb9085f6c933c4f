"""What a reader sees of a document, whatever its format: lines, tables, and what is out of place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planlib.errors import Said, said
from planlib.verify.markup import plain

Cells = tuple[tuple[str, ...], ...]  # of a row: each with its lines
GAP = "gap"  # the key of a place that tells none
TABLES = (".xlsx", ".csv", ".json", ".parquet", ".html")  # of results; as Markdown too
ENDINGS = (".docx", ".md", ".pdf", ".odt", *TABLES)  # what is proven by itself


class CellNumber(str):
    """What a cell of a workbook holds as a number, written in full with a point."""

    __slots__ = ()


@dataclass(frozen=True)
class OfficeLine:
    """A line outside the tables of figures.

    ``style`` is what it is (``heading 2``, ``caption``, ``picture``, ``text``); ``key`` names the
    place to write in that it stands in; ``filled_in`` that its office writes there by hand.
    """

    text: str
    style: str
    place: str
    key: str = ""
    filled_in: bool = False

    @property
    def level(self) -> int:
        """The level of a heading, 0 for anything else."""
        return int(self.style[-1]) if self.style[:-1] == "heading " else 0


@dataclass(frozen=True)
class OfficeTable:
    """A table by its rows; ``aside`` are those that hold the parts of a page, such as its head."""

    rows: tuple[Cells, ...]
    place: str

    def lines(self) -> Iterator[list[OfficeLine]]:
        """What stands in it, row by row: of each its cells, the empty ones among them."""
        for at, row in enumerate(self.rows, start=1):
            yield [
                OfficeLine(
                    " ".join(plain(line) for line in cell), "cell",
                    f"{self.place}, row {at}, cell {column}",
                )
                for column, cell in enumerate(row, start=1)
            ]  # fmt: skip


@dataclass
class OfficeFile:
    """A document as it was read.

    ``about`` is what it says it was made from, ``told`` its other properties, ``described`` the
    descriptions of its tables, ``pictures`` the hashes of its pictures, ``links`` where it leads,
    ``strange`` what planlib never writes, each with its place; ``notes`` is the heading under which
    its office adds notes of its own, where nothing else would tell them.
    """

    items: list[OfficeLine | OfficeTable] = field(default_factory=list)
    about: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    described: tuple[str, ...] = ()
    pictures: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    notes: str = ""
    strange: list[tuple[Said, str]] = field(default_factory=list)

    def rows(self) -> list[list[OfficeLine]]:
        """Everything that can be read, in order: the rows of tables, and lines by themselves."""
        found: list[list[OfficeLine]] = []
        for one in self.items:
            found += one.lines() if isinstance(one, OfficeTable) else [[one]]
        return found

    def lines(self) -> list[OfficeLine]:
        """Everything that can be read, line by line and cell by cell."""
        return [line for row in self.rows() for line in row]

    def holds(self, what: str, place: str) -> None:
        """Note something that planlib does not write."""
        self.strange.append((said("verify.element-not-planlibs", found=what[:200]), place))

    def hides(self, text: str, place: str) -> None:
        """Note a text that a reader would not see."""
        self.strange.append((said("verify.text-hidden", found=plain(text)[:200]), place))


class UnlikeDocument(ValueError):
    """A file that is no document of its kind, or is larger than any report."""
