"""SDMX: its CSV (2.0, of SDMX 3.0) and its XML (generic data, 2.1), out; both and all versions in.

Written from the text of the standards: a row an observation, a column a concept. sdmx1 would bring
lxml, requests and its own model of structures for what are two pages of code here; its reader takes
what is written.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from planlib.errors import InputError, refused, said
from planlib.exchange.iati.xml_tree import Element, read_xml
from planlib.exchange.standards.figure_table import MEASURES, FigureTable
from planlib.figures.csv_text import CsvRows
from planlib.figures.spreadsheet_text import guarded, unguarded
from planlib.figures.tables.numbers import plain_number
from planlib.plan.plan import Plan

CSV_HEADS = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
AGENCY, VERSION = "PLANLIB", "1.0"
MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
GENERIC = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
# Attributes of data sets that say something of the message and not of its figures.
NOT_CONCEPTS = {
    "action", "setID", "validFromDate", "validToDate", "xmlns", "structureRef", "dataScope",
    "publicationYear", "publicationPeriod", "reportingBeginDate", "reportingEndDate", "type",
}  # fmt: skip
VALUE, NO_NUMBER = "OBS_VALUE", "NaN"  # as the standard writes that there is none
PREPARED = "2000-01-01T00:00:00"  # fixed: the same figures are the same bytes


def flow(plan: Plan) -> str:
    """The id of the plan's dataflow."""
    return plan.id.upper().replace("-", "_")


def sdmx_csv(table: FigureTable, plan: Plan) -> bytes:
    """Figures as SDMX-CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*CSV_HEADS, *table.heads])
    about = ("dataflow", f"{AGENCY}:{flow(plan)}({VERSION})", "I")
    numbers = {at for at, head in enumerate(table.heads) if head in MEASURES.values()}
    for row in table.rows:  # texts as a spreadsheet may have them, numbers as they are
        cells = (one if at in numbers else guarded(one) for at, one in enumerate(row))
        writer.writerow([*about, *cells])
    return out.getvalue().encode()


def is_sdmx_csv(heads: list[str]) -> bool:
    """Whether the heads of a CSV file are those of SDMX, of either version."""
    first, second, *_ = (*(_concept(one).upper() for one in heads), "", "")
    return first == "DATAFLOW" or (first, second) == CSV_HEADS[:2]


def _concept(head: str) -> str:
    """What a head is called: ``STRUCTURE[|]`` says how parts of a cell are divided, ``ID: name`` the name.

    >>> _concept("STRUCTURE[|]"), _concept("GEO: Country"), _concept("TITLE[en;fr]: Title")
    ('STRUCTURE', 'GEO', 'TITLE')
    """
    name = head.partition(":")[0].strip()
    return name.partition("[")[0] if name.endswith("]") else name


def read_sdmx_csv(read: CsvRows) -> FigureTable:
    """SDMX-CSV as a table; a head ``ID: name`` is its id."""
    heads, *rows = read.rows
    names = tuple(_concept(one) for one in heads)
    wide = [tuple(row[: len(names)]) + ("",) * (len(names) - len(row)) for row in rows]
    coded = [
        tuple(unguarded(_code(one, name)) for one, name in zip(row, names, strict=True))
        for row in wide
    ]
    if read.decimal_comma:
        numbers = [name in MEASURES.values() for name in names]
        coded = [
            tuple((plain_number(one, decimal_comma=True) or one) if number else one
                  for one, number in zip(row, numbers, strict=True))
            for row in coded
        ]  # fmt: skip
    if VALUE in names:
        at = names.index(VALUE)
        coded = [(*r[:at], "" if r[at] == NO_NUMBER else r[at], *r[at + 1 :]) for r in coded]
    if "ACTION" in names:
        at = names.index("ACTION")
        for line, row in zip(read.lines[1:], coded, strict=True):
            if row[at].strip().upper() == "D":
                raise _deletes(read.file, line)
    return FigureTable(names, coded)


def _deletes(path: str | Path, line: int) -> InputError:
    message, hint = said("exchange.asks-to-delete"), said("exchange.asks-to-delete-hint")
    return refused(message, path, line, hint=hint)


def _code(text: str, head: str) -> str:
    """The code of a cell ``CODE: name``; texts and what is planlib's own stay whole."""
    if head in {"SOURCE", "NOTE", "WORDS", "PUBLISHED_REASON", "STRUCTURE_ID", "DATAFLOW"}:
        return text
    code, colon, name = text.partition(": ")
    return code if colon and name and " " not in code else text


def sdmx_ml(table: FigureTable, plan: Plan) -> bytes:
    """Figures as SDMX-ML 2.1, generic, every dimension at the observation."""
    heads = table.heads
    value = heads.index("OBS_VALUE")
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<mes:GenericData xmlns:mes="{MESSAGE}" xmlns:com="{COMMON}" xmlns:gen="{GENERIC}">',
        "<mes:Header>", f"<mes:ID>{flow(plan)}</mes:ID>", "<mes:Test>false</mes:Test>",
        f"<mes:Prepared>{PREPARED}</mes:Prepared>", f'<mes:Sender id="{AGENCY}"/>',
        f'<mes:Structure structureID="{flow(plan)}" dimensionAtObservation="AllDimensions">',
        f'<com:Structure><Ref agencyID="{AGENCY}" id="{flow(plan)}" version="{VERSION}"/></com:Structure>',
        "</mes:Structure>", "</mes:Header>",
        f'<mes:DataSet structureRef="{flow(plan)}" action="Information">',
    ]  # fmt: skip
    for row in table.rows:
        key = "".join(_value(heads[at], row[at]) for at in range(table.keys))
        more = "".join(
            _value(heads[at], row[at])
            for at in range(table.keys, len(heads)) if at != value and row[at]
        )  # fmt: skip
        held = f"<gen:ObsValue value={quoteattr(row[value])}/>" if row[value] else ""
        parts.append(
            f"<gen:Obs><gen:ObsKey>{key}</gen:ObsKey>{held}"
            f"<gen:Attributes>{more}</gen:Attributes></gen:Obs>"
        )
    parts += ["</mes:DataSet>", "</mes:GenericData>", ""]
    return "\n".join(parts).encode()


def _value(name: str, text: str) -> str:
    # Breaks of lines in an attribute would be read as spaces.
    told = quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f"<gen:Value id={quoteattr(escape(name))} value={told}/>"


def read_sdmx_ml(path: Path) -> FigureTable:
    """SDMX-ML data as a table, generic or specific to its structure. Raises InputError."""
    root = read_xml(path)
    if root.name not in {"GenericData", "StructureSpecificData", "GenericTimeSeriesData",
                         "StructureSpecificTimeSeriesData"}:  # fmt: skip
        raise refused(said("exchange.not-sdmx-data", found=root.name), path, root.line)
    rows: list[dict[str, str]] = []
    for dataset in root.all("DataSet"):
        if (dataset.get("action") or "Information").lower() == "delete":
            raise _deletes(path, dataset.line)
        at = next((one.get("dimensionAtObservation") for one in _structures(root)), "")
        whole, groups = _shared(dataset)
        first = len(rows)
        _observations(dataset, {}, at or "TIME_PERIOD", rows)
        rows[first:] = [whole | _of_groups(row, groups) | row for row in rows[first:]]
    for row in rows:
        row |= {VALUE: ""} if row.get(VALUE) == NO_NUMBER else {}
    heads = tuple(dict.fromkeys(name for row in rows for name in row))
    if not rows:
        raise refused(said("exchange.no-observations"), path)
    return FigureTable(heads, [tuple(row.get(head, "") for head in heads) for row in rows])


def _structures(root: Element) -> list[Element]:
    return [one for header in root.all("Header") for one in header.all("Structure")]


def _shared(dataset: Element) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What is said of a whole data set, and of each of its groups, keys and attributes together."""
    whole = _values(dataset, "Attributes") | _own(dataset)
    groups = [
        _values(one, "GroupKey") | _values(one, "Attributes") | _own(one)
        for one in dataset.all("Group")
    ]
    return whole, groups


def _of_groups(row: dict[str, str], groups: list[dict[str, str]]) -> dict[str, str]:
    """What the groups say that an observation lies in: those that differ from it in nothing."""
    told: dict[str, str] = {}
    for one in groups:
        if all(row.get(name, text) == text for name, text in one.items()):
            told |= one
    return told


def _values(element: Element, part: str) -> dict[str, str]:
    return {
        value.get("id"): value.given.get("value", "")
        for values in element.all(part) for value in values.inside
    }  # fmt: skip


def _observations(
    inside: Element, around: dict[str, str], at: str, rows: list[dict[str, str]]
) -> None:
    """The observations in a data set, a group or a series, with what holds for all of them."""
    for one in inside.inside:
        if one.name == "Series":
            held = around | _own(one) | _values(one, "SeriesKey") | _values(one, "Attributes")
            _observations(one, held, at, rows)
        elif one.name == "Obs":
            row = around | _own(one)
            for part in one.inside:
                told = part.given.get("value", "")
                if part.name == "ObsDimension":
                    row[part.get("id") or at] = told
                elif part.name == "ObsValue":
                    row[VALUE] = told
                else:
                    row |= {value.get("id"): value.given.get("value", "") for value in part.inside}
            rows.append(row)


def _own(element: Element) -> dict[str, str]:
    """Attributes that are concepts, where they stand in the element itself."""
    return {
        name: text for name, text in element.given.items()
        if ":" not in name and name not in NOT_CONCEPTS
    }  # fmt: skip
