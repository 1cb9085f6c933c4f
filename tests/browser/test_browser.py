"""The pages in a real browser, offline: nothing fails, nothing leaves the file, nothing leads astray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from looks import CHROMIUM, FLAGS, VIEWS, differs, made_site, taken
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, Page, sync_playwright

from planlib.evaluation import evaluate
from planlib.review import annual
from planlib.scoring.verdict import Verdict

pytestmark = [pytest.mark.browser, pytest.mark.notebook, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"
WARD = "ward-2010-2015/ward-01"
NATION = "viet-nam-2016-2020/viet-nam"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reviews in their languages, made by the command a user types."""
    return made_site(tmp_path_factory.mktemp("site") / "reports")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing; .ci/run installs it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def opened(browser: Browser, path: Path, width: int = 1200) -> tuple[Page, list[str]]:
    """A page, and everything that went wrong or out of the file while it loaded."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url in (path.as_uri(), "about:blank") or request.url.startswith("data:")
            else wrong.append(request.url)
        ),
    )  # fmt: skip
    page.goto(path.as_uri(), wait_until="load")
    return page, wrong


PAGES = (
    "index.html", "index.en.html", f"{WARD}/index.html", f"{WARD}/annual-2013.vi.html", f"{WARD}/annual-2013.en.html",
    f"{WARD}/midterm-2013.vi.html", f"{WARD}/midterm-2013.en.html",
    f"{NATION}/annual-2019.vi.html", f"{NATION}/annual-2019.en.html",
    "ward-2010-2015/goal-poor-households.vi.html", "europe-2020/goal-employment-rate-20-64.fr.html",
    "europe-2020/eu28/annual-2020.fr.html", "index.fr.html",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_silent_whole_and_warns_where_it_must(
    site: Path, browser: Browser, name: str
) -> None:
    """Its links lead somewhere, and the banner of illustrative figures stands on no other page."""
    path = site / name
    page, wrong = opened(browser, path)
    assert wrong == []
    assert page.locator("h1").count() == 1
    *_, lang = ["vi", *(one for one in ("en", "fr") if f".{one}." in name)]
    assert page.get_attribute("html", "lang") == lang
    ids = set(page.eval_on_selector_all("[id]", "all => all.map(one => one.id)"))
    for href in page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
        if href.startswith("data:text/csv"):
            continue  # a file in the page itself: see the test of downloads
        if urlsplit(href).scheme in {"http", "https"}:
            continue  # the address of a source, for readers to follow
        file, _, fragment = href.partition("#")
        target = (path.parent / unquote(file)).resolve() if file else path
        assert target.is_file() and target.is_relative_to(site.resolve()), href
        if fragment and not file:
            assert unquote(fragment) in ids, href
    banners = page.locator("[class*='illustrative'], .pl-banner")
    seen = any(banners.nth(i).is_visible() for i in range(banners.count()))
    assert seen == ("viet-nam" not in name and "europe" not in name)
    forbids_a_base_and_forms(page, path)
    page.close()


def test_the_figures_of_a_page_come_along_as_a_file(site: Path, browser: Browser) -> None:
    page, _ = opened(browser, site / WARD / "annual-2013.en.html")
    with page.expect_download() as waiting:
        page.locator("a[download]").first.click()
    rows = waiting.value.path().read_text("utf-8-sig").splitlines()
    goals = evaluate("ward-2010-2015").plan.goals
    assert len(rows) == 1 + len(goals) and all(
        goal.id in text for goal, text in zip(goals, rows[1:], strict=True)
    )
    page.close()


def test_the_table_of_contents_leads_to_every_heading(site: Path, browser: Browser) -> None:
    page, _ = opened(browser, site / WARD / "annual-2013.vi.html")
    links = page.eval_on_selector_all("nav a[href^='#']", "all => all.map(a => a.hash.slice(1))")
    headings = page.eval_on_selector_all("h2[id]", "all => all.map(one => one.id)")
    assert links == headings and len(links) > 10
    page.locator(f"nav a[href='#{links[-1]}']").first.click()
    assert page.evaluate("location.hash") == f"#{links[-1]}"
    page.close()


def test_pictures_have_a_text_alternative(site: Path, browser: Browser) -> None:
    page, _ = opened(browser, site / WARD / "midterm-2013.en.html")
    pictures = page.locator("figure[role=img]")
    assert pictures.count() >= 3
    for index in range(pictures.count()):
        assert len(pictures.nth(index).get_attribute("aria-label") or "") > 20
    page.close()


def test_code_is_folded_away_and_one_click_from_the_reader(site: Path, browser: Browser) -> None:
    page, _ = opened(browser, site / WARD / "annual-2013.vi.html")
    code = page.locator("details:not([open]) pre").first
    assert not code.is_visible()
    page.locator("details:has(pre) > summary").first.click()
    assert page.locator("details[open] pre").first.is_visible()
    page.close()


@pytest.mark.parametrize("name", [PAGES[0], PAGES[2], PAGES[3], PAGES[5], *PAGES[9:11]])
def test_a_phone_scrolls_tables_and_not_the_page(site: Path, browser: Browser, name: str) -> None:
    page, _ = opened(browser, site / name, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_the_index_tells_how_the_ward_did_in_2013(site: Path, browser: Browser) -> None:

    rollup = annual(evaluate("ward-2010-2015"), "ward-01", 2013).rollup
    page, _ = opened(browser, site / "index.html")
    row = page.locator("tr", has_text="Phường 01")
    told = f"{rollup.counts.reached}/{rollup.counts.judged}"
    row.get_by_role("link", name=told).first.click()
    assert page.url.endswith("annual-2013.vi.html")
    page.close()


def test_counts_lead_to_their_goals_and_the_language_keeps_the_place(
    site: Path, browser: Browser
) -> None:
    counts = annual(evaluate("ward-2010-2015", audience="public"), "ward-01", 2015).rollup.counts
    page, _ = opened(browser, site / "index.html")
    page.get_by_role("link", name=f"{counts[Verdict.not_met]} Không đạt").first.click()
    goals = page.locator("[id='annual-2015.not-met'] li")
    assert goals.count() == counts[Verdict.not_met] and goals.first.is_visible()
    page.locator(".ix-top nav a[lang=en]").click()
    assert page.url.endswith("index.en.html#annual-2015.not-met")
    page.close()


def test_goals_are_found_filtered_and_sorted(site: Path, browser: Browser) -> None:
    page, wrong = opened(browser, site / WARD / "index.html")
    rows = page.locator(".ix-grid tr[data-goal]:visible")
    whole = rows.count()
    page.get_by_role("searchbox").fill("ngan sach")  # without marks
    assert rows.count() == 2  # what comes in and what is spent
    assert page.get_by_role("status").inner_text() == f"Đang hiện: 2 / {whole}"
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Đánh giá").select_option("Không đạt")
    page.get_by_label("Kỳ", exact=True).select_option("2015")
    missed = annual(evaluate("ward-2010-2015", audience="public"), "ward-01", 2015)
    assert rows.count() == sum(one.verdict is Verdict.not_met for one in missed.verdicts)
    page.get_by_label("Đánh giá").select_option("")
    names = rows.all_inner_texts()
    page.get_by_role("button", name="Xếp theo cột này: 2011").click()
    order = rows.all_inner_texts()
    assert order != names and sorted(order) == sorted(names)
    page.get_by_role("button", name="Xếp theo cột này: 2011").click()
    page.get_by_role("button", name="Xếp theo cột này: 2011").click()
    assert rows.all_inner_texts() == names and wrong == []
    page.close()


# Where the focus is, and all that can have it in the order of the page.
FOCUS = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  const outlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return [all().indexOf(one), outlined && inside, one.outerHTML.slice(0, 80)];
}"""
ALL = """() => {
  window.all = () => [...document.querySelectorAll(
    "a[href], summary, input, select, button, [tabindex='0']")].filter(one => one.checkVisibility());
  return all().length;
}"""


@pytest.mark.parametrize("colours", ["none", "active"])
@pytest.mark.parametrize("name", [PAGES[0], PAGES[2], PAGES[9]])
def test_the_keyboard_walks_the_page_in_its_order_with_the_focus_in_sight(
    site: Path, browser: Browser, name: str, colours: Literal["none", "active"]
) -> None:
    """In forced colours too."""
    context = browser.new_context(bypass_csp=True, forced_colors=colours)
    page = context.new_page()
    page.goto((site / name).as_uri())
    walked = min(page.evaluate(ALL), 60)
    found = []
    for _ in range(walked):
        page.keyboard.press("Tab")
        found.append(page.evaluate(FOCUS))
    context.close()
    assert [place for place, *_ in found] == list(range(walked))
    assert [what for _, seen, what in found if not seen] == []


def test_a_verdict_keeps_its_colour_and_its_sign_in_forced_colours(
    site: Path, browser: Browser
) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto((site / PAGES[0]).as_uri())
    parts = page.eval_on_selector_all(
        ".ix-part, .ix-grid td[class^=pl-v]",
        "all => all.map(one => [getComputedStyle(one).backgroundColor, one.textContent.trim()])",
    )
    context.close()
    assert parts and all(text for _, text in parts)
    assert len({colour for colour, _ in parts}) > 3


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_looks_as_it_was_reviewed(site: Path, browser: Browser, view: str) -> None:
    """Small pictures within a tolerance; ``make pictures`` takes them anew."""
    assert differs(taken(browser, site, view), view) == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["index.html", f"{WARD}/index.en.html", *PAGES[3:6:2], *PAGES[8:11]]
)
def test_no_rule_of_accessibility_is_broken(
    site: Path, browser: Browser, name: str, theme: Literal["light", "dark"]
) -> None:
    """WCAG 2.2 AA and the good practice that axe-core knows; the policy lets in no such script."""
    context = browser.new_context(bypass_csp=True, color_scheme=theme)
    page = context.new_page()
    page.goto((site / name).as_uri())
    found = Axe().run(page).response["violations"]
    told = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]
    context.close()
    assert told == []


@pytest.mark.parametrize("name", [PAGES[0], PAGES[2], PAGES[3], PAGES[5], *PAGES[9:11]])
def test_nothing_is_cut_at_four_times_the_size(site: Path, browser: Browser, name: str) -> None:
    page, _ = opened(browser, site / name, width=320)  # 1,280 at 400 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


# Every text of ours on the first ground below it that is not see-through: how much they differ.
CONTRAST = """() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const alpha = colour => parts(colour)[3] ?? 1;
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const found = [];
  for (const one of document.querySelectorAll(".pl *")) {
    const words = [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    const picture = one.ownerSVGElement, line = picture && getComputedStyle(one).stroke;
    const drawn = /rgb/.test(line || "") && !/stroke:#(ddd|fff)/.test(one.getAttribute("style"));
    if (!(words || drawn) || !one.getClientRects().length) continue;
    if (picture) {  // which lies on its own ground; bars and bands under a text are lighter or darker
      const ground = parts(getComputedStyle(picture.querySelector("path")).fill).slice(0, 3);
      const ink = parts(words ? getComputedStyle(one).fill : line).slice(0, 3);
      const [low, high] = [light(ink), light(ground)].sort((x, y) => x - y);
      found.push([(words ? "" : "pl-glyph ") + one.tagName + " " + one.outerHTML.slice(0, 80),
                  (high + 0.05) / (low + 0.05)]);
      continue;
    }
    let below = one;
    while (below && !alpha(getComputedStyle(below).backgroundColor)) below = below.parentElement;
    const ground = below ? parts(getComputedStyle(below).backgroundColor) : [255, 255, 255];
    const ink = parts(getComputedStyle(one).color), a = ink[3] ?? 1;
    const mixed = [0, 1, 2].map(at => a * ink[at] + (1 - a) * ground[at]);
    const [low, high] = [light(mixed), light(ground)].sort((x, y) => x - y);
    found.push([one.tagName + "." + one.className, (high + 0.05) / (low + 0.05)]);
  }
  return found;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["annual-review", "explore", "methods", "midterm-review"])
def test_a_notebook_can_be_read_in_the_light_and_the_dark_theme_of_jupyterlab(
    browser: Browser, tmp_path: Path, name: str, theme: str
) -> None:
    """With JupyterLab's own style sheets, as nbconvert carries them."""
    notebook = NOTEBOOKS / f"{name}.ipynb"
    text, _ = HTMLExporter(template_name="lab", theme=theme).from_filename(str(notebook))
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    page = browser.new_page()
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (theme == "light")
    found = page.evaluate(CONTRAST)
    assert len(found) > 50
    # A sign needs three to one (WCAG 1.4.11), and its word stands beside it; a text needs more.
    pale = [(what, ratio) for what, ratio in found if ratio < (3 if "pl-glyph" in what else 4.5)]
    assert not pale, pale[:5]
    page.close()


FORBIDDEN = (
    "<base href='https://example.org/'>",
    "<form action='https://example.org/'><button>x</button></form>",
)


def forbids_a_base_and_forms(page: Page, path: Path) -> None:
    """Whatever an output may hold, links of a page lead where they say and nothing is sent."""
    text = path.read_text(encoding="utf-8")
    policy = text.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    assert {"default-src 'none'", "base-uri 'none'", "form-action 'none'"} <= set(
        policy.split("; ")
    )
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    for html in FORBIDDEN:
        page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", html)
    assert page.evaluate("document.baseURI") == path.as_uri()
    page.evaluate("document.querySelector('form').submit()")
    page.wait_for_timeout(300)
    assert not [url for url in sent if "example.org" in url]
