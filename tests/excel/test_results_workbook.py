"""The workbook of results, held to the checklist on accessible spreadsheets point by point.

The points are those that "Making spreadsheets accessible: a brief checklist of the basics" of the
United Kingdom's Government Analysis Function calls essential.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable

import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planlib.errors import InputError
from planlib.evaluation import evaluate
from planlib.evaluation.evaluation import Evaluation
from planlib.excel.results_workbook import results_workbook
from planlib.language.language import Language
from planlib.plan.verdicts import Verdict
from planlib.report.results.about import ResultsAbout, results_about
from planlib.report.results.data import results_csv, results_json, results_parquet
from planlib.report.results.shown import results_mail, results_markdown, tint
from planlib.report.results.table import ResultsCell, ResultsTable, results_of, verdicts_of
from planlib.report.vocabulary import LOOKS

# openpyxl does not know them, and says so each time.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension:UserWarning")

LANGUAGES = ["vi", "en", "fr"]
Made = tuple[ResultsTable, ResultsAbout, bytes]


@pytest.fixture(scope="module")
def ward() -> Evaluation:
    return evaluate("ward-2010-2015").seen_by("public")


@pytest.fixture(scope="module")
def made(ward: Evaluation) -> Callable[[str], Made]:
    found: dict[str, Made] = {}

    def of(lang: str) -> Made:
        if lang not in found:
            language = Language(lang)
            verdicts = list(verdicts_of(ward, ["ward-01"], [2012, 2013]))
            table = results_of(ward.plan, verdicts, language)
            about = results_about(ward, ["ward-01"], table, language)
            found[lang] = (table, about, results_workbook(table, about, language))
        return found[lang]

    return of


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def book(made: Callable[[str], Made], lang: str) -> Workbook:
    return load_workbook(io.BytesIO(made(lang)[2]))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def with_tables(book: Workbook) -> list[Worksheet]:
    return book.worksheets[1:]


# ------------------------------------------------------------------ tables
def test_each_sheet_has_one_table_marked_and_named(book: Workbook) -> None:
    assert not book.worksheets[0].tables  # the cover
    names = [next(iter(sheet.tables)) for sheet in with_tables(book)]
    assert [len(sheet.tables) for sheet in with_tables(book)] == [1] * 4
    assert names == ["notes", "results", "by_period", "sources"]


def test_no_cell_is_merged_and_nothing_hidden(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges and sheet.sheet_state == "visible"
        assert not any(one.hidden for one in sheet.row_dimensions.values())
        assert not any(one.hidden for one in sheet.column_dimensions.values())


def test_no_row_or_column_is_blank_but_the_one_of_pictures(book: Workbook) -> None:
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        assert all(any(value is not None for value in row) for row in rows), sheet.title
        for at, column in enumerate(zip(*rows, strict=True), 1):
            pictures = "by_period" in sheet.tables and at == sheet.max_column
            below = [one for one in column if one is not None]
            assert len(below) == 1 if pictures else len(below) > 1 or at == 1, sheet.title


def test_a_table_has_one_row_of_heads_and_they_differ(book: Workbook) -> None:
    for sheet in with_tables(book):
        (table,) = sheet.tables.values()
        assert table.headerRowCount in {None, 1}
        heads = [cell.value for cell in sheet[table.ref][0]]
        assert all(heads) and len(set(heads)) == len(heads)
        assert [column.name for column in table.tableColumns] == heads


def test_text_in_tables_is_wrapped(book: Workbook) -> None:
    for sheet in with_tables(book):
        (table,) = sheet.tables.values()
        written = [cell for row in sheet[table.ref] for cell in row if cell.value is not None]
        assert all(cell.alignment.wrap_text for cell in written), sheet.title


def test_blank_cells_are_explained_above_the_table(
    made: Callable[[str], Made], lang: str, book: Workbook
) -> None:
    language, blank = Language(lang), []
    for sheet in with_tables(book):
        (table,) = sheet.tables.values()
        heads, *rows = sheet[table.ref]
        columns = {heads[at].value for row in rows for at, c in enumerate(row) if c.value is None}
        above = [cell.value for cell in sheet["A"][: heads[0].row - 1]]
        if columns:
            assert (
                language("results.blank") in above or language("results.blank.by_period") in above
            )
            blank.append((sheet.title, columns))
    # Every number, verdict and name is there; only notes and years without a figure are not.
    assert dict(blank)[language("results.sheet.results")] <= {
        language("results.note"), language("results.source"),
    }  # fmt: skip


# ------------------------------------------------------------------ footnotes
def test_heads_point_to_notes_by_number_on_a_sheet_of_their_own(book: Workbook, lang: str) -> None:
    language = Language(lang)
    notes = book[language("results.sheet.notes")]
    listed = [cell.value for cell in notes["A"]]
    (table,) = book[language("results.sheet.results")].tables.values()
    pointed = re.findall(r"\[.*?\]", " ".join(one.name for one in table.tableColumns))
    assert len(pointed) == 3 and set(pointed) <= set(listed)
    assert all(one.startswith(f"[{language('results.note_word')} ") for one in pointed)


def test_nothing_is_superscript(made: Callable[[str], Made], lang: str) -> None:
    assert "vertAlign" not in "".join(parts(made(lang)[2]).values())


# ------------------------------------------------------------------ formatting
def test_links_are_told_in_words_and_lead_somewhere(book: Workbook) -> None:
    links = [c for s in book.worksheets for r in s.iter_rows() for c in r if c.hyperlink]
    for cell in links:
        assert not str(cell.value).startswith(("http", "internal:"))
    inside = [cell.hyperlink.location for cell in links if cell.hyperlink.location]
    assert [one.partition("!")[0].strip("'") for one in inside] == book.sheetnames[1:]


def test_the_title_stands_in_a1_and_is_marked_as_a_heading(book: Workbook) -> None:
    titles = [sheet["A1"].value for sheet in book.worksheets]
    assert all(titles) and len(set(titles)) == len(titles)
    for sheet in book.worksheets:
        assert sheet["A1"].style == "Heading 1", sheet.title
        assert sheet["A1"].font.sz > sheet["A2"].font.sz
        assert sheet["A2"].style == "Normal"


def test_there_are_no_headers_footers_boxes_pictures_or_macros(
    made: Callable[[str], Made], lang: str
) -> None:
    files = parts(made(lang)[2])
    kinds = ("drawing", "media", "vbaProject", "comments", "externalLink")
    assert not any(kind in name for name in files for kind in kinds)
    sheets = [text for name, text in files.items() if name.startswith("xl/worksheets/sheet")]
    assert not any("headerFooter" in text for text in sheets)


def test_colour_is_never_alone_and_black_reads_on_it(
    made: Callable[[str], Made], lang: str, book: Workbook
) -> None:
    table = made(lang)[0]
    (results,) = [s for s in book.worksheets if "results" in s.tables]
    coloured = [c for s in book.worksheets for r in s.iter_rows() for c in r if c.fill.fill_type]
    assert {cell.parent.title for cell in coloured} == {results.title}
    assert len(coloured) == len(table.rows)
    words = {f"{LOOKS[one].glyph} {Language(lang).verdict(one)}" for one in Verdict}
    assert {cell.value for cell in coloured} <= words
    assert {cell.font.color.rgb for cell in coloured} == {"FF000000"}
    for one in Verdict:  # 4.5 to 1 is the least of WCAG 2.2, 1.4.3
        assert contrast(tint(LOOKS[one])) >= 7


def contrast(ground: str) -> float:
    """Of black on a colour, by WCAG's relative luminance."""
    parts = (int(ground[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    light = sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return (light + 0.05) / 0.05


# ------------------------------------------------------------------ structure, document
def test_sheets_have_names_of_their_own_and_something_on_them(book: Workbook) -> None:
    assert len({name.casefold() for name in book.sheetnames}) == 5
    assert all(sheet.max_row > 1 for sheet in book.worksheets)


def test_tables_stand_at_the_left_edge_with_nothing_below(book: Workbook) -> None:
    for sheet in with_tables(book):
        (table,) = sheet.tables.values()
        assert re.match(r"A\d+:", table.ref)
        assert sheet[table.ref][-1][0].row == sheet.max_row


def test_the_document_says_its_title_author_and_language(
    made: Callable[[str], Made], lang: str, book: Workbook
) -> None:
    told = book.properties
    assert told.title == made(lang)[1].title
    assert (told.creator, told.language) == ("planlib", lang)
    assert "plan=ward-2010-2015" in told.keywords and "audience=public" in told.keywords


def test_it_opens_at_the_first_cell_of_the_first_sheet(book: Workbook) -> None:
    assert book.active is book.worksheets[0]
    assert book.worksheets[0].sheet_view.selection[0].activeCell in {None, "A1"}


# ------------------------------------------------------------------ what offices want beside it
def test_filters_and_a_frozen_head(book: Workbook) -> None:
    for sheet in with_tables(book):
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None
        assert sheet.freeze_panes == f"A{sheet[table.ref][0][0].row + 1}"


def test_numbers_are_numbers_in_the_format_of_the_language(
    made: Callable[[str], Made], lang: str, book: Workbook
) -> None:
    table = made(lang)[0]
    (sheet,) = [s for s in book.worksheets if "results" in s.tables]
    rows = sheet[next(iter(sheet.tables.values())).ref][1:]
    keys = [column.key for column in table.columns]
    locale = {"vi": "[$-42A]", "en": "[$-409]", "fr": "[$-40C]"}[lang]
    numbers = 0
    for shown, row, verdict in zip(rows, table.rows, table.verdicts, strict=True):
        at = keys.index("actual")
        if row[at].number is not None:
            numbers += 1
            assert shown[at].value == verdict.value
            assert shown[at].number_format.startswith(f"{locale}#,##0")
        assert isinstance(shown[keys.index("level")].value, float | int) == (
            verdict.level is not None
        )
    assert numbers > 60


def test_the_course_of_figures_is_drawn_where_all_are_numbers(
    made: Callable[[str], Made], lang: str
) -> None:
    (sheet,) = [
        text for name, text in parts(made(lang)[2]).items()
        if name.startswith("xl/worksheets/sheet") and "sparkline" in text
    ]  # fmt: skip
    drawn = re.findall(r"<xm:f>'?.*?'?!(\w+):(\w+)</xm:f>", sheet)
    assert len(drawn) > 30 and all(first != last for first, last in drawn)
    assert 'displayEmptyCellsAs="gap"' in sheet


def test_an_internal_workbook_says_so_on_every_sheet(ward: Evaluation) -> None:
    language, inside = Language("en"), ward.seen_by("internal")
    table = results_of(inside.plan, verdicts_of(inside, ["ward-01"], [2013]), language)
    about = results_about(inside, ["ward-01"], table, language)
    book = load_workbook(io.BytesIO(results_workbook(table, about, language)))
    for sheet in book.worksheets:
        assert any("not for publication" in str(cell.value) for cell in sheet["A"]), sheet.title
        assert sheet.sheet_properties.tabColor.rgb == "FFC00000"


# ------------------------------------------------------------------ the twins
def test_twins_tell_the_same(made: Callable[[str], Made], lang: str) -> None:
    table, about, _ = made(lang)
    language = Language(lang)
    record = json.loads(results_json(table, about, language))
    frame = pq.read_table(io.BytesIO(results_parquet(table, about, language)))
    lines = results_csv(table, language).decode("utf-8-sig").splitlines()
    assert len(record["rows"]) == frame.num_rows == len(lines) - 1 == len(table.rows)
    heads = [one["title"] for one in record["columns"]]
    assert frame.column_names == heads == lines[0].split("," if lang == "en" else ";")
    assert [f.metadata[b"key"].decode() for f in frame.schema] == [
        one["key"] for one in record["columns"]
    ]
    values = frame.column(language("results.in_numbers", column=language("results.actual")))
    assert values.to_pylist() == [row["actual_number"] for row in record["rows"]]
    for row, verdict in zip(record["rows"], table.verdicts, strict=True):
        assert row["verdict_code"] == verdict.verdict.name
        assert row["verdict"] == language.verdict(verdict.verdict)
        assert row["goal_code"] == verdict.goal.id
        assert row["actual_number"] == verdict.value
        near = verdict.target and verdict.target.near
        assert row["target_number"] == near
    shown = results_markdown(table, about, language).decode()
    mail = results_mail(table, about, language).decode()
    assert mail.count("<tr>") == len(table.rows) + 1
    assert "<style" not in mail and "class=" not in mail
    for verdict in table.verdicts:
        word = language.verdict(verdict.verdict)
        assert word in shown and word in mail


HOSTILE = ["=1+1", "-5", "<b>&amp;", "a|b", "'x", "x" * 300]


def test_hostile_names_stay_what_they_are(made: Callable[[str], Made]) -> None:
    table, about, _ = made("en")
    at = [one.key for one in table.columns].index("indicator")
    rows = [
        (*row[:at], ResultsCell(name), *row[at + 1 :])
        for row, name in zip(table.rows, HOSTILE, strict=False)
    ]
    odd = ResultsTable(table.columns, tuple(rows), table.verdicts[: len(rows)])
    language = Language("en")
    data = results_workbook(odd, about, language)
    (sheet,) = [s for s in load_workbook(io.BytesIO(data)).worksheets if "results" in s.tables]
    column = sheet[next(iter(sheet.tables.values())).ref][1:]
    assert [row[at].value for row in column] == HOSTILE
    assert {row[at].data_type for row in column} == {"s"}
    mail, shown = results_mail(odd, about, language), results_markdown(odd, about, language)
    assert b"<b>" not in mail and b"&lt;b&gt;" in mail and b"a\\|b" in shown
    lines = results_csv(odd, language).decode("utf-8-sig")
    assert "'=1+1" in lines and "'-5" in lines


def test_text_that_no_cell_can_hold_is_refused(made: Callable[[str], Made]) -> None:
    table, about, _ = made("en")
    row = (ResultsCell("x" * 40_000), *table.rows[0][1:])
    long = ResultsTable(table.columns, (row,), table.verdicts[:1])
    with pytest.raises(InputError, match="at most 32767 characters"):
        results_workbook(long, about, Language("en"))


def test_no_rows_are_a_workbook_too(made: Callable[[str], Made]) -> None:
    table, about, _ = made("en")
    none = ResultsTable(table.columns, (), ())
    language = Language("en")
    assert load_workbook(io.BytesIO(results_workbook(none, about, language)))
    assert pq.read_table(io.BytesIO(results_parquet(none, about, language))).num_rows == 0
    assert json.loads(results_json(none, about, language))["rows"] == []
