"""Draws the pictures of the documentation of workbooks and documents, with real LibreOffice.

    python data/pictures/make.py      # needs soffice and pdftoppm (poppler-utils)

A template is written, filled in with some mistakes, imported with --annotate, and both are printed
and cut to what there is to see, in both languages. A report is written in Word, and three of its
pages are shown as they print.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "tests"))

from office import fill, write_template  # noqa: E402

from planlib.excel.importing import import_figures  # noqa: E402
from planlib.excel.marked_workbook import write_marked  # noqa: E402
from planlib.plan.shipped import figure_files, open_plan  # noqa: E402

WIDTH = 1100
FILLED = {
    ("business-guidance", "value"): {"vi": "có", "en": "yes"},
    ("tax-revenue", "assigned"): "7,8", ("tax-revenue", "value"): "7,967",
    ("budget-revenue", "assigned"): 50, ("budget-revenue", "value"): "78,18",
    ("budget-revenue", "percent"): 152,
    ("budget-expenditure", "assigned"): "5,9", ("budget-expenditure", "value"): 5.7,
    ("statutory-funds", "state"): {"vi": "Chưa có số liệu", "en": "No data"},
    ("internal-spending-rules", "value"): {"vi": "lẽ ra có", "en": "perhaps"},
}  # fmt: skip


def printed(path: Path, page: int, folder: Path) -> Image.Image:
    """One page of a workbook as LibreOffice prints it, without its empty margins."""
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    stem = folder / path.stem
    subprocess.run(
        ["pdftoppm", "-r", "110", "-f", str(page), "-l", str(page), "-singlefile", "-png",
         f"{stem}.pdf", str(stem)], check=True,
    )  # fmt: skip
    picture = Image.open(f"{stem}.png").convert("RGB")
    # The footer is no part of the picture.
    picture = picture.crop((0, 0, picture.width, round(picture.height * 0.93)))
    box = ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()
    assert box is not None
    left, top, right, bottom = box
    picture = picture.crop((max(0, left - 12), max(0, top - 12), right + 12, bottom + 12))
    height = round(picture.height * WIDTH / picture.width)
    return picture.resize((WIDTH, height), Image.Resampling.LANCZOS)


def document(lang: str, folder: Path) -> Image.Image:
    """The first two pages of a report and the first of its annex, side by side."""
    out = folder / "report.pdf"
    subprocess.run(
        [sys.executable, "-m", "planlib", "report", "ward-2010-2015", "--period", "2013",
         "--lang", lang, "--out", str(out)], check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(out), str(folder / "page")], check=True)
    pages = [Image.open(path).convert("RGB") for path in sorted(folder.glob("page-*.png"))]
    wide = next(page for page in pages if page.width > page.height)
    shown = [
        *pages[:2],
        wide.resize((round(wide.width * pages[0].height / wide.height), pages[0].height)),
    ]
    whole = Image.new(
        "RGB", (sum(p.width + 12 for p in shown) + 12, shown[0].height + 24), "#9a9a9a"
    )
    left = 12
    for page in shown:
        whole.paste(page, (left, 12))
        left += page.width + 12
    return whole.resize(
        (WIDTH, round(whole.height * WIDTH / whole.width)), Image.Resampling.LANCZOS
    )


def main() -> None:
    """Write the pictures beside this script."""
    plan = open_plan("ward-2010-2015")
    for lang in ("vi", "en"):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            values = {key: v[lang] if isinstance(v, dict) else v for key, v in FILLED.items()}
            if lang == "en":
                values = {
                    key: v.replace(",", ".") if isinstance(v, str) else v
                    for key, v in values.items()
                }
            path = write_template(
                folder / "template.xlsx", plan, "ward-01", 2013, lang, figure_files(plan)
            )
            pictures = {"template": printed(path, 4, folder)}
            fill(path, values, source="")
            done = import_figures(path, into=folder / "out.csv")
            write_marked(path, folder / "marked.xlsx", done.problems, lang)
            pictures["list"] = printed(folder / "marked.xlsx", 1, folder)
            pictures["marked"] = printed(folder / "marked.xlsx", 3, folder)
            named = {f"workbook-{key}": picture for key, picture in pictures.items()}
            named["report"] = document(lang, folder)
            for key, picture in named.items():
                out = HERE / f"{key}.{lang}.png"
                picture.quantize(96 if key == "report" else 32).save(out, optimize=True)
                print(f"{out.name}: {out.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
