"""How pages look, in small: reviewed pictures, and how far another may be from them.

``python tests/browser/looks.py`` takes them anew; look at each before it is committed. They are a quarter
of the size, so that letters drawn a little otherwise by another browser do not count, and a block that
moved, vanished or changed its colour does.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from kinds import KINDS, made_site

HERE = Path(__file__).parent
PICTURES = HERE / "looks"
CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))),
    None,
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGES = {
    "index": KINDS["index"], "area": KINDS["area"], "goal": KINDS["goal"],
    "review": KINDS["annual"], "comparison": KINDS["comparison"],
}  # fmt: skip
SIZES = {"light": (1100, 1200), "dark": (1100, 1200), "phone": (375, 1200), "print": (760, 1200)}
VIEWS = [f"{page}-{look}" for page in PAGES for look in SIZES]
SMALLER = 4
FAR, MOST = 48, 0.06  # of 255 in one colour; the share of the picture that may be as far


def taken(page: Page, site: Path, view: str) -> Image.Image:
    """The first screen of a page, in small."""
    name, _, look = view.rpartition("-")
    width, height = SIZES[look]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(
        media="print" if look == "print" else "null",
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="none",
    )
    page.goto((site / PAGES[name]).as_uri())
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize((width // SMALLER, height // SMALLER), Image.Resampling.BOX)


def differs(picture: Image.Image, view: str) -> str:
    """How a picture differs from the one that was reviewed; nothing where it does not, to speak of."""
    reviewed = Image.open(PICTURES / f"{view}.png").convert("RGB")
    if reviewed.size != picture.size:
        return f"{picture.size} instead of {reviewed.size}"
    one, other = (_blurred(each) for each in (reviewed, picture))
    share = float((np.abs(one - other).max(axis=2) > FAR).mean())
    return "" if share <= MOST else f"{view}: {share:.1%} of it is another"


def _blurred(picture: Image.Image) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Colours of fields of three by three, for lines that lie a little higher or lower."""
    small = picture.resize((picture.width // 3, picture.height // 3), Image.Resampling.BOX)
    return np.asarray(small, np.float64)


def main() -> None:
    """Take every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(sys.argv[1]) if len(sys.argv) > 1 else made_site(Path(folder) / "reports")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        for view in VIEWS:
            few = taken(page, site, view).quantize(64)
            few.save(PICTURES / f"{view}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
