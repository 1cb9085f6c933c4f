"""Draws the pictures of the tour: the notebook to explore as an app, in the light and the dark theme.

    python data/pictures/tour.py      # needs Chromium, and what `make test` installs

A real app is opened as `make app` opens it; what somebody would click and type is clicked and typed.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "tests" / "browser"))

from live_server import CHROMIUM, FLAGS, app, copied, opened  # noqa: E402

from planlib.language.language import Language  # noqa: E402

WIDTH, HEIGHT = 1240, 1180
COLOURS = 128  # enough for a page of text, at a third of the size
SUPPOSED = "60"


def turned(page: Page, lang: str) -> None:
    """What if the ward had cleared up 60% of its cases in 2013, with two others beside it?"""
    language = Language(lang)

    def control(key: str) -> str:
        return language(f"controls.{key}")

    page.locator(".widget-dropdown select").first.wait_for()
    if lang != "vi":
        chosen = page.get_by_label(Language("vi")("controls.language"), exact=True)
        chosen.select_option(label=language.name_of(lang))
    page.get_by_label(control("period"), exact=True).select_option(label="2013")
    page.get_by_label(control("beside"), exact=True).select_option(index=[0, 1])
    page.get_by_label(control("figure"), exact=True).fill(SUPPOSED)
    page.get_by_label(control("figure"), exact=True).press("Enter")
    title = language("heading.explore.what_if")
    page.get_by_role("heading", name=title, exact=True).wait_for()
    page.wait_for_timeout(500)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
        app(copied(Path(folder))) as address,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for lang in ("vi", "en"):
            for theme in ("light", "dark"):
                with opened(browser, f"{address}&theme={theme}") as (page, _):
                    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
                    turned(page, lang)
                    page.evaluate("document.querySelector('.widget-dropdown').scrollIntoView()")
                    drawn = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                    target = HERE / f"explore-{theme}.{lang}.png"
                    drawn.quantize(COLOURS).save(target, optimize=True)
                    print(target.name)
        browser.close()


main()
