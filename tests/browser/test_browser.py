"""The pages in a real browser, offline: nothing fails, nothing leaves the file, nothing leads astray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from checks import badly_printed, inaccessible, unseen, wide, wrong_links
from examples import ALL, LONG
from kinds import ALONE, COMPARED, KINDS, LOOKED_AT, MANY, WARD, made_site
from looks import CHROMIUM, FLAGS, VIEWS, differs, taken
from nbconvert import HTMLExporter
from playwright.sync_api import Browser, Page, sync_playwright

from planlib.evaluation import evaluate
from planlib.evaluation.evaluation import Evaluation
from planlib.review import annual
from planlib.scoring.verdict import Verdict

pytestmark = [pytest.mark.browser, pytest.mark.notebook, pytest.mark.slow]

NOTEBOOKS = Path(__file__).parent.parent.parent / "notebooks"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reviews in their languages, made by the commands a user types."""
    return made_site(tmp_path_factory.mktemp("site") / "reports")


@pytest.fixture(scope="module")
def ward(site: Path) -> Evaluation:
    """What the wards of the site are reviewed by."""
    return evaluate(site.parent / "ward-2010-2015", audience="public")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing; .ci/run installs it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Tab:
    """One page for all tests: each that is opened anew is a process of Chromium's own."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_page()
        self.file, self.wrong = "", list[str]()
        self.page.on("console", lambda message: self.wrong.append(message.text))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        if url not in (self.file, "about:blank") and not url.startswith("data:"):
            self.wrong.append(url)

    def opened(self, path: Path) -> tuple[Page, list[str]]:
        """A page, and everything that went wrong or out of the file since it was asked for."""
        self.page.emulate_media(media="null", color_scheme="light", forced_colors="none")
        self.page.set_viewport_size({"width": 1200, "height": 900})
        self.page.mouse.move(0, 0)
        self.file, self.wrong = path.as_uri(), []
        self.page.goto(self.file, wait_until="load")
        return self.page, self.wrong


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Tab:
    return Tab(browser)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_every_kind_is_whole(site: Path, tab: Tab, kind: str) -> None:
    """Silent, asking nobody, with links that lead somewhere; within a phone and at four times its size,
    by keyboard and in forced colours, for whoever listens to it, in the dark, and on paper."""
    path = (site / KINDS[kind]).resolve()
    page, wrong = tab.opened(path)
    assert page.locator("h1").count() == 1
    lang = next((one for one in ("en", "fr") if f".{one}." in path.name), "vi")
    assert page.get_attribute("html", "lang") == lang
    banners = page.locator("[class*='illustrative'], .pl-banner")
    seen = any(banners.nth(at).is_visible() for at in range(banners.count()))
    assert seen == (
        kind == "index" or "ward" in str(path) or kind in (ALONE - {"difference"}) | MANY
    )
    found = {
        "links": [*wrong_links(page, path, site)],
        "wide": [*wide(page)] if ALL else [*wide(page, (375,))],
    }

    def looked_at(what: str) -> bool:
        return ALL or kind in LOOKED_AT[what]

    if looked_at("keyboard"):
        found["keyboard"] = [*unseen(page)]
    if looked_at("forced colours"):
        page.emulate_media(forced_colors="active")
        found["forced colours"] = [*unseen(page)]
        page.emulate_media(forced_colors="none")
    if looked_at("accessible"):
        found["accessible"] = inaccessible(page)
    if looked_at("dark"):
        page.emulate_media(color_scheme="dark")
        found["dark"] = inaccessible(page, rules=("color-contrast",))
        page.emulate_media(color_scheme="light")
    # Tables of any length: Chromium heeds no rule for breaks between rows.
    if looked_at("paper") and kind not in MANY:
        found["paper"] = [*badly_printed(page)]
    found["silent"] = wrong
    assert {name: some for name, some in found.items() if some} == {}
    if ALL or kind in {"index", "annual", "goal-of-one"}:
        forbids_a_base_and_forms(page, path)


PAIRS = {
    f"{WARD}/annual-2013": ("vi", "en"),
    f"{WARD}/midterm-2013": ("vi", "en"),
    f"{WARD}/compare-{COMPARED}-2013": ("vi", "en"),
    f"ward-2010-2015/goal-{COMPARED}": ("vi", "en"),
    "europe-2020/goal-employment-rate-20-64": ("en", "fr"),
}


@pytest.mark.parametrize("stem", PAIRS if ALL else [*PAIRS][::4])  # a review's, and a goal's
def test_the_language_of_a_page_is_switched_where_it_is_read(
    site: Path, tab: Tab, stem: str
) -> None:
    """Whatever can be linked to stands in the other language too, and the switch leads to the place read."""
    one, other = PAIRS[stem]
    page, _ = tab.opened(site / f"{stem}.{one}.html")
    ids = "all => all.filter(one => !one.closest('svg')).map(one => one.id)"
    places = page.eval_on_selector_all("main [id]", ids)
    headings = page.eval_on_selector_all("main h2[id]", "all => all.map(one => one.id)")
    switch = page.locator(f".pg-pages a[hreflang={other}]")
    switch.hover()
    assert "#" not in (switch.get_attribute("href") or "")  # at its top there is no place yet
    page.evaluate("id => document.getElementById(id).scrollIntoView()", headings[2])
    box = switch.bounding_box()  # a click of Playwright's own scrolls to where it does not stick
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"**/*.{other}.html#{headings[2]}")
    assert page.locator(f"[id='{headings[2]}']").first.evaluate(
        "one => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().top < innerHeight"
    )
    assert page.eval_on_selector_all("main [id]", ids) == places


def test_names_of_goals_lead_to_their_pages_and_back_to_the_review(site: Path, tab: Tab) -> None:
    page, _ = tab.opened(site / WARD / "midterm-2013.en.html")
    page.locator("tr[data-goal=tax-revenue] .pl-c-indicator a").first.click()
    assert page.url.endswith("ward-2010-2015/goal-tax-revenue.en.html")
    page.locator("tr[data-area=ward-01] a[href$='annual-2013.en.html']").first.click()
    page.locator("tr[data-goal=tax-revenue] a.pg-goal").first.click()
    assert page.url.endswith("ward-2010-2015/goal-tax-revenue.en.html")


def test_the_figures_of_a_page_come_along_as_a_file(site: Path, tab: Tab, ward: Evaluation) -> None:
    page, _ = tab.opened(site / WARD / "annual-2013.en.html")
    with page.expect_download() as waiting:
        page.locator("a[download]").first.click()
    rows = waiting.value.path().read_text("utf-8-sig").splitlines()
    goals = ward.plan.goals
    assert len(rows) == 1 + len(goals) and all(
        goal.id in text for goal, text in zip(goals, rows[1:], strict=True)
    )


def test_the_table_of_contents_leads_to_every_heading(site: Path, tab: Tab) -> None:
    page, _ = tab.opened(site / WARD / "annual-2013.vi.html")
    links = page.eval_on_selector_all("nav a[href^='#']", "all => all.map(a => a.hash.slice(1))")
    headings = page.eval_on_selector_all("h2[id]", "all => all.map(one => one.id)")
    assert links == headings and len(links) > 10
    page.locator(f"nav a[href='#{links[-1]}']").first.click()
    assert page.evaluate("location.hash") == f"#{links[-1]}"


def test_pictures_have_a_text_alternative(site: Path, tab: Tab) -> None:
    page, _ = tab.opened(site / WARD / "midterm-2013.en.html")
    pictures = page.locator("figure[role=img]")
    assert pictures.count() >= 3
    for index in range(pictures.count()):
        assert len(pictures.nth(index).get_attribute("aria-label") or "") > 20


def test_code_is_folded_away_and_one_click_from_the_reader(site: Path, tab: Tab) -> None:
    page, _ = tab.opened(site / WARD / "annual-2013.vi.html")
    code = page.locator("details:not([open]) pre").first
    assert not code.is_visible()
    page.locator("details:has(pre) > summary").first.click()
    assert page.locator("details[open] pre").first.is_visible()


def test_the_index_tells_how_the_ward_did_in_2013(site: Path, tab: Tab, ward: Evaluation) -> None:
    rollup = annual(ward, "ward-01", 2013).rollup
    page, _ = tab.opened(site / "index.html")
    row = page.locator(f"tr[data-review='{WARD}']")
    told = f"{rollup.counts.reached}/{rollup.counts.judged}"
    row.get_by_role("link", name=told).first.click()
    assert page.url.endswith("annual-2013.vi.html")


def test_counts_lead_to_their_goals_and_the_language_keeps_the_place(
    site: Path, tab: Tab, ward: Evaluation
) -> None:
    counts = annual(ward, "ward-01", 2015).rollup.counts
    page, _ = tab.opened(site / "index.html")
    page.locator(f"tr[data-review='{WARD}']").get_by_role(
        "link", name=f"{counts[Verdict.not_met]} Không đạt"
    ).first.click()
    goals = page.locator("[id='annual-2015.not-met'] li")
    assert goals.count() == counts[Verdict.not_met] and goals.first.is_visible()
    page.locator(".ix-top nav a[lang=en]").click()
    assert page.url.endswith("index.en.html#annual-2015.not-met")


def test_goals_are_found_filtered_and_sorted(site: Path, tab: Tab, ward: Evaluation) -> None:
    page, wrong = tab.opened(site / WARD / "index.html")
    rows = page.locator(".ix-grid tr[data-goal]:visible")
    whole = rows.count()
    page.get_by_role("searchbox").fill("ngan sach")  # without marks
    assert rows.count() == 2  # what comes in and what is spent
    assert page.get_by_role("status").inner_text() == f"Đang hiện: 2 / {whole}"
    page.get_by_role("searchbox").fill("")
    page.get_by_label("Đánh giá").select_option("Không đạt")
    page.get_by_label("Kỳ", exact=True).select_option("2015")
    missed = annual(ward, "ward-01", 2015)
    assert rows.count() == sum(one.verdict is Verdict.not_met for one in missed.verdicts)
    page.get_by_label("Đánh giá").select_option("")
    names = rows.all_inner_texts()
    page.get_by_role("button", name="Xếp theo cột này: 2011").click()
    order = rows.all_inner_texts()
    assert order != names and sorted(order) == sorted(names)
    page.get_by_role("button", name="Xếp theo cột này: 2011").click()
    page.get_by_role("button", name="Xếp theo cột này: 2011").click()
    assert rows.all_inner_texts() == names and wrong == []


def test_goals_are_filtered_by_the_group_they_are_followed_for(site: Path, tab: Tab) -> None:
    """Of four goals three are followed by sex; school completion of women was exceeded in every year told."""
    page, wrong = tab.opened(site / KINDS["groups"])
    goals = page.locator(".ix-grid tr[data-goal]:not([data-group]):visible")
    groups = page.locator(".ix-grid tr[data-group]:visible")
    assert goals.count() == 4 and groups.count() > 8
    page.get_by_label("Nhóm").select_option("Nữ")
    assert goals.count() == 3 and groups.all_inner_texts() == [
        text for text in groups.all_inner_texts() if text.startswith("Nữ\t")
    ]
    page.get_by_label("Đánh giá").select_option("Không đạt")  # of women, not of everybody
    assert "school-completion" not in goals.evaluate_all("all => all.map(one => one.dataset.goal)")
    page.get_by_label("Nhóm").select_option("Nam")
    assert "school-completion" in goals.evaluate_all("all => all.map(one => one.dataset.goal)")
    page.get_by_label("Đánh giá").select_option("")
    page.get_by_label("Nhóm").select_option("")
    page.get_by_role("button", name="Xếp theo cột này: 2023").click()
    order = page.locator(".ix-grid tbody tr[data-goal]").evaluate_all(
        "all => all.map(one => [one.dataset.goal, one.dataset.group || ''])"
    )
    assert [goal for goal, group in order if not group] == [
        goal for at, (goal, _) in enumerate(order) if not at or order[at - 1][0] != goal
    ]
    assert wrong == []


def test_an_area_among_many_is_found_from_the_first_page(site: Path, tab: Tab) -> None:
    page, wrong = tab.opened(site / KINDS["many"])
    page.get_by_label("Find by name").first.fill("commune 11")
    page.get_by_label("Find by name").first.press("Enter")
    assert page.url.endswith("many/areas.en.html#find=commune%2011")
    rows = page.locator(".ix-names tbody tr:visible")
    assert rows.count() == 11  # 11 and 110 to 119
    rows.nth(0).locator("td a").click()
    assert page.url.endswith("many/areas-1.en.html#at.area-14")
    assert [one for one in wrong if not one.startswith("file:")] == []
    page, _ = tab.opened(site / KINDS["many"])
    page.locator(".ix-all").get_by_role("link", name="Missed").click()
    assert page.evaluate("location.hash") == "#many.v.not-met"
    page.get_by_role("combobox", name="Verdict").select_option("Missed")
    missed = page.locator(".ix-spread tr[data-goal]:visible")
    assert missed.count() == 24  # six of thirty are the same in all areas
    page.get_by_role("button", name="Sort by this column: ▼ Missed").click()


def test_goals_of_many_areas_are_chosen_by_section_and_by_who_is_responsible(
    site: Path, tab: Tab
) -> None:
    """Of thirty goals ten are of housing, three of which (21, 24, 27) are the mayor's."""
    page, wrong = tab.opened(site / KINDS["many"])
    rows = page.locator(".ix-spread tr[data-goal]:visible")
    page.get_by_label("Section").select_option("Housing")
    assert rows.count() == 10 and page.locator(".ix-section:visible").all_inner_texts() == [
        "Housing"
    ]
    page.get_by_label("Responsible").select_option("Office of the mayor")
    assert rows.count() == 3
    assert page.get_by_role("status").inner_text() == "Shown: 3 / 30"
    page, more = tab.opened(site / KINDS["many"].replace("index", "many/areas-1"))
    heads = page.locator(".ix-matrix thead th[id]:visible")
    cells = page.locator(".ix-matrix tbody tr").first.locator("td:visible")
    page.get_by_label("Section").select_option("Housing")
    assert heads.count() == cells.count() == 10
    page.get_by_role("searchbox").fill("households 25")
    assert heads.count() == cells.count() == 1
    assert wrong + more == []


def test_a_verdict_leads_to_its_goal_on_the_page_of_its_period(site: Path, tab: Tab) -> None:
    page, wrong = tab.opened(site / "index.html")
    page.locator(f".ix-matrix tr[data-review='{WARD}'] td").nth(1).click()
    goal = page.url.partition("index.html#goal.")[2]
    row = page.locator(".ix-grid tr:target")
    assert WARD in page.url and row.get_attribute("data-goal") == goal
    assert page.locator(".ix-grid td a:not([tabindex='-1'])").count() == 0
    year = page.locator(".ix-grid thead th").all_inner_texts().index("2013 ↕")
    row.locator("td").nth(year - 1).click()
    assert page.url.endswith(f"annual-2013.vi.html#goal.{goal}")
    told = page.locator("tr:target")
    assert told.get_attribute("data-goal") == goal
    assert told.evaluate("one => one.getBoundingClientRect().top < innerHeight")
    assert [one for one in wrong if not one.startswith("file:")] == []


def test_a_verdict_keeps_its_colour_and_its_sign_in_forced_colours(site: Path, tab: Tab) -> None:
    page, _ = tab.opened(site / KINDS["index"])
    page.emulate_media(forced_colors="active")
    parts = page.eval_on_selector_all(
        ".ix-part, .ix-grid td[class^=pl-v]",
        "all => all.map(one => [getComputedStyle(one).backgroundColor, one.textContent.trim()])",
    )
    assert parts and all(text for _, text in parts)
    assert len({colour for colour, _ in parts}) > 3


@pytest.mark.skipif(ALL, reason="the reviewed pictures are of two sections of the plan")
@pytest.mark.parametrize("view", VIEWS if LONG else [*VIEWS[::5], "comparison-light"])
def test_a_page_looks_as_it_was_reviewed(site: Path, tab: Tab, view: str) -> None:
    """Small pictures within a tolerance; ``make pictures`` takes them anew."""
    assert differs(taken(tab.page, site, view), view) == ""


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


# In turns; in `make conformance` each of them in both.
THEMES = {"annual-review": "dark", "explore": "light", "methods": "dark", "midterm-review": "light"}


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        (name, one)
        for name, mine in THEMES.items()
        for one in ("light", "dark")
        if ALL or one == mine
    ],
)
def test_a_notebook_can_be_read_in_the_light_and_the_dark_theme_of_jupyterlab(
    tab: Tab, tmp_path: Path, name: str, theme: str
) -> None:
    """With JupyterLab's own style sheets, as nbconvert carries them."""
    notebook = NOTEBOOKS / f"{name}.ipynb"
    text, _ = HTMLExporter(template_name="lab", theme=theme).from_filename(str(notebook))
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    tab.page.route("http*://**", lambda route: route.abort())
    page, _ = tab.opened(path)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (theme == "light")
    found = page.evaluate(CONTRAST)
    assert len(found) > 50
    # A sign needs three to one (WCAG 1.4.11), and its word stands beside it; a text needs more.
    pale = [(what, ratio) for what, ratio in found if ratio < (3 if "pl-glyph" in what else 4.5)]
    page.unroute("http*://**")
    assert not pale, pale[:5]


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
