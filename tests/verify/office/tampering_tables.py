"""Seeded changes of tables of results and of PDFs: each says, shows or hides something else."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator, Sequence

import openpyxl
import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

WORDS = ("Met", "Missed", "Exceeded", "Not yet", "No data")
Lines = list[str]
Change = Callable[[Lines, random.Random], bool]
# What a reader sees of a line, by the kind of file.
SEEN = {
    ".md": re.compile(r"(?!<!--).+"),
    ".csv": re.compile(r".+"),
    ".html": re.compile(r"(?<=>)[^<>\n]+(?=<)"),
    ".json": re.compile(r"(?<=\": ).+?(?=,?$)|(?<=^  \").+(?=\"$)"),
}


def text_changes(kind: str, data: bytes, numbers: range, seed: int) -> Iterator[tuple[str, bytes]]:
    """Changed files, each by what was done to it; the same for the same seed."""
    changes = [digit, verdict, name, swapped(kind), removed(kind), *HIDDEN[kind]]
    lines = data.decode("utf-8").split("\n")
    for number in numbers:
        change = changes[number % len(changes)]
        rng = random.Random(f"{seed} {kind} {number}")
        seen = SEEN[kind]
        made = changed(lines, change, rng, seen)
        yield f"{kind} {getattr(change, '__name__', 'rows')} {number}", made.encode()


def changed(lines: Lines, change: Callable[..., bool], rng: random.Random, seen: re.Pattern[str]) -> str:  # fmt: skip
    for _ in range(200):
        mine = list(lines)
        if change(mine, rng, seen) and mine != lines:
            return "\n".join(mine)
    raise AssertionError(f"nothing to change: {change}")


def _one(lines: Lines, rng: random.Random, seen: re.Pattern[str], what: str) -> tuple[int, re.Match[str]] | None:  # fmt: skip
    """A place where something stands that a reader sees."""
    at = rng.randrange(len(lines))
    stretches = [one for part in seen.finditer(lines[at])
                 for one in re.compile(what).finditer(lines[at], part.start(), part.end())]  # fmt: skip
    return (at, rng.choice(stretches)) if stretches else None


def _put(lines: Lines, at: int, found: re.Match[str], text: str) -> bool:
    lines[at] = lines[at][: found.start()] + text + lines[at][found.end() :]
    return True


def digit(lines: Lines, rng: random.Random, seen: re.Pattern[str]) -> bool:
    """One digit becomes another."""
    found = _one(lines, rng, seen, r"\d")
    return found is not None and _put(
        lines, *found, str((int(found[1][0]) + rng.randint(1, 9)) % 10)
    )


def verdict(lines: Lines, rng: random.Random, seen: re.Pattern[str]) -> bool:
    """The word of a verdict becomes that of another."""
    found = _one(lines, rng, seen, rf"\b({'|'.join(WORDS)})\b")
    return found is not None and _put(
        lines, *found, rng.choice([one for one in WORDS if one != found[1][0]])
    )


def name(lines: Lines, rng: random.Random, seen: re.Pattern[str]) -> bool:
    """A word of any cell, a source among them, loses a letter."""
    found = _one(lines, rng, seen, r"[a-z]{4}")
    return found is not None and _put(lines, *found, found[1][0][:2] + found[1][0][3:])


def _rows(kind: str, lines: Lines) -> list[tuple[int, int]]:
    """The rows of figures: from which line to which."""
    if kind == ".md":
        at = [
            n for n, one in enumerate(lines) if one.startswith("| ") and not one.startswith("| :")
        ]
        return [(n, n + 1) for n in at[1:]]
    if kind == ".csv":
        return [(n, n + 1) for n in range(1, len(lines) - 1)]
    if kind == ".html":
        begin, end = "<tr>", "</tr>"
        starts = [n for n, one in enumerate(lines) if one == begin][1:]
        return [(n, lines.index(end, n) + 1) for n in starts]
    starts = [n for n, one in enumerate(lines) if one == "  {" and n > lines.index(' "rows": [')]
    ends = [next(m for m in range(n, len(lines)) if lines[m].startswith("  }")) for n in starts]
    return [(n + 1, m) for n, m in zip(starts, ends, strict=True)]


def swapped(kind: str) -> Callable[..., bool]:
    """Two rows change places."""

    def change(lines: Lines, rng: random.Random, _: object) -> bool:
        (a, b), (c, d) = sorted(rng.sample(_rows(kind, lines), 2))
        lines[a:d] = [*lines[c:d], *lines[b:c], *lines[a:b]]
        return True

    return change


def removed(kind: str) -> Callable[..., bool]:
    """A row is gone."""

    def change(lines: Lines, rng: random.Random, _: object) -> bool:
        a, b = rng.choice(_rows(kind, lines))
        if kind == ".json":
            a, b = a - 1, b + 1
            if not lines[b - 1].endswith(","):
                return False
        del lines[a:b]
        return True

    return change


def _wrapped(begin: str, end: str) -> Callable[..., bool]:
    """A stretch of text is there and is not seen."""

    def hidden(lines: Lines, rng: random.Random, seen: re.Pattern[str]) -> bool:
        found = _one(lines, rng, seen, r"\w+")
        return found is not None and _put(lines, *found, f"{begin}{found[1][0]}{end}")

    return hidden


def _styled(style: str) -> Callable[..., bool]:
    def hidden(lines: Lines, rng: random.Random, _: object) -> bool:
        at = rng.choice([n for n, one in enumerate(lines) if "<td" in one or one == "<tr>"])
        tag = "<tr" if lines[at] == "<tr>" else "<td"
        lines[at] = lines[at].replace(tag, f'{tag} style="{style}"', 1)
        return True

    return hidden


def _line(text: str) -> Callable[..., bool]:
    def added(lines: Lines, rng: random.Random, _: object) -> bool:
        lines.insert(rng.randrange(1, len(lines) - 2), text)
        return True

    return added


def _key(lines: Lines, rng: random.Random, _: object) -> bool:
    """A row says one thing more."""
    at = rng.choice(_rows(".json", lines))[0]
    lines.insert(at, '   "more": "97.8",')
    return True


HIDDEN: dict[str, Sequence[Callable[..., bool]]] = {
    ".md": (
        _wrapped("<!-- ", " -->"), _wrapped('<span style="color:white">', "</span>"),
        _line("<style>table {display: none}</style>"), _line("97.8 percent"),
    ),
    ".csv": (_wrapped("\u200b", ""), _wrapped("\u202e", "x")),
    ".html": (
        _wrapped("<!-- ", " -->"), _styled("display:none"), _styled("color:#FFFFFF"),
        _styled("font-size:1px"), _line("<script>1</script>"), _line("<p>97.8</p>"), _line("97.8"),
        _styled("color:#FEFEFC"),
    ),
    ".json": (_key,),
}  # fmt: skip


# ------------------------------------------------------------------ Parquet
def parquet_changes(data: bytes, numbers: range, seed: int) -> Iterator[tuple[str, bytes]]:
    """Changed Parquet files: a value, rows that change places, one that is gone, facts, a column."""
    table = pq.read_table(io.BytesIO(data))
    for number in numbers:
        rng = random.Random(f"{seed} parquet {number}")
        rows, made = list(range(table.num_rows)), table
        match number % 5:
            case 0:
                a, b = rng.sample(rows, 2)
                rows[a], rows[b] = rows[b], rows[a]
            case 1:
                del rows[rng.randrange(len(rows))]
            case 2:
                told = {**table.schema.metadata, rng.choice([b"as_of", b"more"]): b"2012-12-31"}
                made = table.replace_schema_metadata(told)
            case 3:
                made = table.append_column("More", pa.array(["97.8"] * table.num_rows))
            case _:
                at = rng.randrange(table.num_columns)
                values = table.column(at).to_pylist()
                row = rng.choice(
                    [n for n, one in enumerate(values) if one not in (None, "")] or [0]
                )
                values[row] = values[row] + 1 if isinstance(values[row], float) else "another"
                field = table.schema.field(at)
                made = table.set_column(at, field, pa.array(values, field.type))
        held = io.BytesIO()
        pq.write_table(made.take(rows), held)
        yield f"parquet {number % 5} {number}", held.getvalue()


# ---------------------------------------------------------------------- PDF
SHOWING = ("Tj", "TJ")


def pdf_changes(data: bytes, numbers: range, seed: int) -> Iterator[tuple[str, bytes]]:
    """Changed PDFs, as of another version of LibreOffice: another letter, two stretches that change
    places, one that is gone, and letters that are white, pale, tiny or not drawn.
    """
    kinds = ("letter", "letter", "swapped", "removed", "white", "pale", "tiny", "undrawn")
    for number in numbers:
        rng = random.Random(f"{seed} pdf {number}")
        what = kinds[number % len(kinds)]
        with pikepdf.open(io.BytesIO(data)) as pdf:
            page = rng.choice(list(pdf.pages))
            seen = seen_stretches(page)
            made = _drawn(list(pikepdf.parse_content_stream(page)), seen, what, rng)
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))
            held = io.BytesIO()
            pdf.save(held)
        yield f"pdf {what} {number}", held.getvalue()


Drawn = list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]


def without_single_letters(data: bytes) -> Iterator[tuple[str, bytes]]:
    """PDFs that lack one stretch of a single letter each, whichever a reader sees."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            steps, whole = list(pikepdf.parse_content_stream(page)), page.Contents
            for at in sorted(seen_stretches(page)):
                if len(_letters(steps[at])) == 1:
                    less = pikepdf.unparse_content_stream([*steps[:at], *steps[at + 1 :]])
                    page.Contents, held = pdf.make_stream(less), io.BytesIO()
                    pdf.save(held)
                    yield f"page {number}, {at}", held.getvalue()
            page.Contents = whole


def seen_stretches(page: pikepdf.Page) -> set[int]:
    """The steps of a page that draw letters, of which one at least is no blank."""
    fonts, found, font = page.Resources.Font, set(), ""
    for at, step in enumerate(pikepdf.parse_content_stream(page)):
        if str(step.operator) == "Tf":
            font = str(step.operands[0])
        if str(step.operator) in SHOWING:
            blanks = {code for code, letter in _unicode(fonts[font]) if letter.isspace()}
            found |= {at} if {*_letters(step)} - blanks else set()
    return found


def _unicode(font: pikepdf.Object) -> Iterator[tuple[int, str]]:
    """Codes of a font and the letters they stand for, as LibreOffice lists them one by one."""
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", font.ToUnicode.read_bytes(), re.DOTALL):
        for code, letter in re.findall(rb"<(\w+)>\s*<(\w+)>", part):
            yield int(code, 16), bytes.fromhex(letter.decode()).decode("utf-16-be")


def _drawn(steps: Drawn, seen: set[int], what: str, rng: random.Random) -> Drawn:
    fonts, colours, font, colour = {}, {}, [], ([0, 0, 0], "rg")
    for at, step in enumerate(steps):
        name = str(step.operator)
        font = list(step.operands) if name == "Tf" else font
        colour = (list(step.operands), name) if name in ("rg", "g") else colour
        if at in seen:
            fonts[at], colours[at] = font, colour
    at = rng.choice(list(fonts))
    like = [n for n in fonts if fonts[n][0] == fonts[at][0]]
    letters = b"".join(_letters(steps[n]) for n in like)
    alike = [n for n in like if _letters(steps[n]) != _letters(steps[at]) and fonts[n] == fonts[at]]
    step, made = steps[at], list(steps)
    if what == "letter":
        old = rng.choice(sorted({*_letters(step)}))
        new = rng.choice(sorted({*letters} - {old}) or [old + 1])
        made[at] = _with(step, old, new)
    elif what == "swapped" and alike:
        other = rng.choice(alike)
        made[at], made[other] = steps[other], step
    elif what in ("removed", "swapped"):
        del made[at]
    else:
        (size, *_), (tone, of) = (fonts[at][1:], colours[at])
        before, after = {
            "white": (([1, 1, 1], "rg"), (tone, of)),
            "pale": (([0.97], "g"), (tone, of)),
            "tiny": (([fonts[at][0], 0.4], "Tf"), ([fonts[at][0], size], "Tf")),
            "undrawn": (([3], "Tr"), ([0], "Tr")),
        }[what]
        made[at : at + 1] = [_step(*before), step, _step(*after)]
    return made


def _step(operands: list[object], name: str) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(name))  # type: ignore[arg-type]


def _strings(step: object) -> list[object]:
    (shown,) = step.operands  # type: ignore[attr-defined]
    return list(shown) if isinstance(shown, pikepdf.Array) else [shown]


def _letters(step: object) -> bytes:
    return b"".join(bytes(one) for one in _strings(step) if isinstance(one, pikepdf.String))


def _with(step: object, old: int, new: int) -> pikepdf.ContentStreamInstruction:
    """The stretch with the first of a letter as another."""
    made, done = list[object](), False
    for one in _strings(step):
        if isinstance(one, pikepdf.String) and not done and old in bytes(one):
            done, one = True, pikepdf.String(bytes(one).replace(bytes([old]), bytes([new]), 1))
        made.append(one)
    return _step([pikepdf.Array(made)], "TJ")  # type: ignore[arg-type]


# ---------------------------------------------------------------- workbook
def workbook_changes(data: bytes, numbers: range) -> Iterator[tuple[str, bytes]]:
    """Changed workbooks: cells, rows, columns and sheets, looks, formulas, comments and formats."""
    for number in numbers:
        book, rng = openpyxl.load_workbook(io.BytesIO(data)), random.Random(number)
        what = _sheet_change(book["Results"], rng, number)
        if number == 34:
            book["Notes"].sheet_state = "hidden"
        saved = io.BytesIO()
        book.save(saved)
        yield f"workbook {what}", saved.getvalue()


def _sheet_change(sheet: Worksheet, rng: random.Random, number: int) -> str:
    """Do one thing to the sheet of results; rows of figures begin at the ninth at the latest."""
    heads = next(r for r in sheet.iter_rows() if r[0].value == "Area")
    first, last = heads[0].row + 1, sheet.max_row
    row = rng.randint(first, last - 1)
    at = {str(cell.value).partition(" [")[0]: cell.column for cell in heads}
    cell = sheet.cell(row, at["Indicator"])
    match number % 12:
        case 0:
            sheet.row_dimensions[row].hidden = True
        case 1:
            sheet.column_dimensions[rng.choice("EFHJ")].hidden = True
        case 2:
            cell.font = Font(color="FFFFFF")
        case 3:
            sheet.cell(row, at["Period"]).value = "2014"
        case 4:
            sheet.cell(row, at["Source"]).value = "another"
        case 5:
            verdict = sheet.cell(row, at["Verdict"])
            verdict.value = "▼ Missed" if "Met" in str(verdict.value) else "● Met"
        case 6:
            sheet.delete_rows(row)
        case 7:
            one = [c.value for c in sheet[row]]
            other = [c.value for c in sheet[row + 1]]
            for column, (a, b) in enumerate(zip(one, other, strict=True), start=1):
                sheet.cell(row, column).value, sheet.cell(row + 1, column).value = b, a
        case 8:
            sheet.cell(row, at["Actual"]).value = "=2+2"
        case 9:
            cell.comment = Comment("97.8", "x")
        case 10:
            numbers = [
                c
                for r in sheet.iter_rows(first, last)
                for c in r
                if type(c.value) is float or type(c.value) is int
            ]
            some = rng.choice(numbers)
            assert isinstance(some.value, float | int)
            some.value += rng.choice([1, -1, 0.1])
        case _:
            numbers = [
                c for r in sheet.iter_rows(first, last) for c in r if type(c.value) in (int, float)
            ]
            rng.choice(numbers).number_format = '"97.8"'
    return f"{number % 12} at {row}"
