"""Documents as LibreOffice shows them: opened, saved again, printed, and their pages as small pictures.

python tests/documents/rendering.py      # draws the reviewed pages again; look at them before a commit
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from matplotlib.figure import Figure
from PIL import Image, ImageChops, ImageFilter, ImageStat

from planlib.language.language import Language
from planlib.plan.verdicts import Verdict
from planlib.report.blocks import (
    Chart,
    Count,
    Counts,
    Heading,
    Paragraph,
    Placeholder,
    Remarks,
    items,
)
from planlib.report.documents.office_document import Annex, OfficeDocument
from planlib.report.documents.profile import profiles
from planlib.report.layout import Cell, Column, Fact, Group, Table
from planlib.report.vocabulary import LOOKS
from planlib.report.word import word_report

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
POPPLER = shutil.which("pdftoppm")
PAGES = Path(__file__).parent / "pages"
MADE_WITH = PAGES / "made-with.txt"
FONT = "DejaVu Serif"  # of which every machine has the same; the profiles' fonts are not free
DOTS = 15  # per inch
FAR = 4.0  # levels of grey that a page may differ in, on the whole
SPOT = 30  # and at any place, once blurred


@cache
def office_version() -> str:
    """The version of LibreOffice that decides where lines break, such as ``7.4``."""
    if OFFICE is None:
        return ""
    told = subprocess.run([OFFICE, "--version"], capture_output=True, text=True, timeout=60)
    words = told.stdout.split()
    return ".".join(words[1].split(".")[:2]) if len(words) > 1 else ""


def has_font() -> bool:
    """Whether the font of the reviewed pages is here."""
    fonts = shutil.which("fc-list")
    if fonts is None:
        return False
    found = subprocess.run([fonts, FONT], capture_output=True, text=True, timeout=60)
    return bool(found.stdout.strip())


def why_not() -> str:
    """Why pages cannot be held against the reviewed ones here; empty where they can."""
    if OFFICE is None or POPPLER is None:
        return "LibreOffice (soffice) or pdftoppm (poppler-utils) is not installed"
    if not has_font():
        return f"the font {FONT} is not installed"
    then = MADE_WITH.read_text("utf-8").strip()
    if office_version() != then:
        return f"the pages were drawn by LibreOffice {then}, here is {office_version()}"
    return ""


def reviewed_report() -> bytes:
    """The report whose pages were looked at: of every block, in words that nobody rewords."""
    en, look = Language("en"), LOOKS[Verdict.met]
    words = "What stands here is of no matter, as long as it stands where it stood. "
    figure = Figure(figsize=(6, 2.5))
    figure.add_subplot().plot([2011, 2012, 2013], [1, 3, 2], marker="o")
    columns = (Column("a", "No.", "right"), Column("b", "Indicator"), Column("c", "Actual", "right"),
               Column("d", "Verdict"), Column("e", "Note"))  # fmt: skip
    rows = tuple(
        (Cell(str(n)), Cell(words[: 20 + n], under="by 2015"), Cell(f"{n}.5"),
         Cell("Met", look=look, sure="91 % sure"), Cell(words if n % 9 == 0 else ""))
        for n in range(1, 41)
    )  # fmt: skip
    table = Table(columns, (Group(rows[:20], "One", "20/20"), Group(rows[20:], "Two")), "A table",
                  ("A note.",))  # fmt: skip
    counts = tuple(Count(LOOKS[one], str(one), 7, "7") for one in Verdict)
    body = (
        Heading("I. One", "one"), Placeholder("to be written", "situation"), Paragraph(words, lead=True),
        Counts(counts), Heading("1. Below", "below", 3), Paragraph(words * 6),
        items([words, Fact("", "a link", "https://example.org/")]), Chart(figure, "What it shows"),
        Heading("II. Two", "two"), Table(columns, (Group(rows[:5]),), "A short table"),
        Remarks((Fact("The office writes:", words * 2),)),
    )  # fmt: skip
    annex = Annex((Heading("Annex 1", "annex-1"), table), landscape=True)
    plain = profiles()["plain"].model_copy(update={"font": FONT, "typeface": FONT})
    return word_report(
        OfficeDocument(plain, en, date(2014, 1, 15), "REPORT", "A subject of two lines, " * 4,
                       "Statistics office", body, (annex,), "Ministry", "Stockholm", "7")
    )  # fmt: skip


def converted(paths: Iterable[Path], ending: str, folder: Path) -> None:
    """What LibreOffice makes of some files, in another folder; it is started once for all."""
    assert OFFICE is not None
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        own = f"-env:UserInstallation={Path(home, 'profile').as_uri()}"
        command = [OFFICE, own, "--headless", "--convert-to", ending, "--outdir", str(folder)]
        subprocess.run(
            [*command, *map(str, paths)], check=True, capture_output=True, timeout=300,
            env=os.environ | {"HOME": home},
        )  # fmt: skip


def thumbnails(pdf: Path) -> list[Image.Image]:
    """The pages of a PDF as small grey pictures."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(POPPLER), "-r", str(DOTS * 4), "-gray", "-png", str(pdf), f"{folder}/page"]
        subprocess.run(command, check=True, timeout=120)
        found = []
        for path in sorted(Path(folder).glob("page-*.png")):
            with Image.open(path) as page:
                size = (page.width // 4, page.height // 4)
                found.append(page.convert("L").resize(size, Image.Resampling.BOX))
    return found


def differs(one: Image.Image, other: Image.Image) -> str:
    """How two pages differ by more than letters drawn a little otherwise; empty where they do not."""
    if one.size != other.size:
        return f"{one.size} is not {other.size}"
    blurred = (page.filter(ImageFilter.GaussianBlur(1.5)) for page in (one, other))
    apart = ImageStat.Stat(ImageChops.difference(*blurred))
    if apart.mean[0] > FAR or apart.extrema[0][1] > SPOT:
        return f"{apart.mean[0]:.1f} levels apart on the whole, {apart.extrema[0][1]} at a place"
    return ""


def main() -> int:
    """Draw the reviewed pages again."""
    if OFFICE is None or POPPLER is None or not has_font():
        print(f"needs LibreOffice, pdftoppm (poppler-utils) and the font {FONT}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(reviewed_report())
        converted([folder / "report.docx"], "pdf", folder)
        pages = thumbnails(folder / "report.pdf")
    PAGES.mkdir(exist_ok=True)
    for old in PAGES.glob("*.png"):
        old.unlink()
    for number, page in enumerate(pages, 1):
        page.quantize(16).save(PAGES / f"{number:02}.png", optimize=True)
    MADE_WITH.write_text(f"{office_version()}\n", "utf-8")
    print(f"{len(pages)} pages in {PAGES}: look at them before they are committed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
