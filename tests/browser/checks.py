"""What must hold of every page in a browser; each check gives what is wrong."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The widths of a phone, and of 1,280 points at 200 and 400 %.
WIDTHS = (640, 375, 320)
WALKED = 50  # steps of the keyboard on a page
# Where the focus is, whether it is seen and nothing lies over it; all that can have it, in order.
FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getClientRects()[0];
  const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  const inside = box && box.bottom > 0 && box.top < innerHeight && box.width > 0;
  const x = Math.max(0, box?.left) + Math.min(box?.width, 8) / 2, y = (Math.max(0, box?.top) + Math.min(innerHeight, box?.bottom)) / 2;
  const hit = inside && document.elementFromPoint(x, y);
  const free = !hit || one.contains(hit) || hit.contains(one);
  return [window.every.indexOf(one), outlined && inside && free, one.outerHTML.slice(0, 120)];
}"""
EVERY = """() => {
  window.every = [...document.querySelectorAll("a[href], summary, input, select, button, [tabindex='0']")]
    .filter(one => one.checkVisibility() && one.getAttribute("tabindex") !== "-1");
  return window.every.length;
}"""


def wrong_links(page: Page, path: Path, site: Path) -> Iterator[str]:
    """Links that lead nowhere; addresses of sources are for readers to follow."""
    places = {path: set(page.eval_on_selector_all("[id]", "all => all.map(one => one.id)"))}
    for href in page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
        if href.startswith("data:text/csv") or urlsplit(href).scheme in {"http", "https"}:
            continue
        file, _, fragment = href.partition("#")
        target = (path.parent / unquote(file)).resolve() if file else path
        if not (target.is_file() and target.is_relative_to(site.resolve())):
            yield href
        elif fragment:
            if target not in places:
                text = target.read_text("utf-8")
                places[target] = set(re.findall(r'\bid="([^"]+)"', text))
                # The script of a page makes the first row about a goal its place.
                places[target] |= {
                    f"goal.{one}" for one in re.findall(r'\bdata-goal="([^"]+)"', text)
                }
            if unquote(fragment) not in places[target]:
                yield href


def wide(page: Page, widths: tuple[int, ...] = WIDTHS) -> Iterator[str]:
    """Widths at which the page is wider than the screen, or where its title does not come first."""
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            yield f"{found} at {width}"
        title, contents = (
            page.evaluate("one => document.querySelector(one)?.getBoundingClientRect().top", one)
            for one in ("h1", ".pg-contents")
        )
        if contents is not None and contents < title:
            yield f"contents before the title at {width}"
    if before is not None:
        page.set_viewport_size(before)


def unseen(page: Page) -> Iterator[str]:
    """Steps of the keyboard that leave the order of the page or whose focus is not seen."""
    for step in range(min(page.evaluate(EVERY), WALKED)):
        if step:
            page.keyboard.press("Tab")
        else:
            page.locator(".pg-skip").focus()
        place, seen, what = page.evaluate(FOCUS)
        if place != step or not seen:
            yield f"step {step}, at {place}, {'' if seen else 'not seen: '}{what}"
            return


def inaccessible(page: Page, *, rules: tuple[str, ...] = ()) -> list[str]:
    """Rules of WCAG 2.2 AA and of good practice that are broken, as axe-core knows them."""
    # What holds is not gathered, element by element: only what does not is asked for.
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = {"type": "rule", "values": [*rules]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


def printed(page: Page) -> list[str]:
    """The text of each sheet of paper."""
    asked = ("pdftotext", "-layout", "-", "-")
    told = subprocess.run(
        asked, input=page.pdf(prefer_css_page_size=True), capture_output=True, check=True
    )
    return told.stdout.decode("utf-8").removesuffix("\f").split("\f")


def badly_printed(page: Page) -> Iterator[str]:
    """Sheets of a line or two, and heads that end a sheet."""
    heads = page.eval_on_selector_all(
        "h2, h3, caption, thead tr, .ix-section", "all => all.map(one => one.innerText)"
    )
    known = {_bare(one) for one in heads if len(_bare(one)) > 12}
    sheets = printed(page)
    for number, sheet in enumerate(sheets, start=1):
        lines = [line for line in sheet.splitlines() if line.strip() and not _foot(line)]
        text = _bare("".join(lines))
        if len(lines) < 5 and len(text) < 150:
            yield f"sheet {number} of {len(sheets)}: {' '.join(lines)!r}"
        last = [one for one in known if number < len(sheets) and text.endswith(one)]
        if last:
            yield f"sheet {number} ends with {last[0]!r}"


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _foot(line: str) -> bool:
    return re.fullmatch(r"\s*\d+ / \d+\s*", line) is not None
