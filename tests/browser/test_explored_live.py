"""The notebook to explore in a real JupyterLab, and as an app under Voilà, in headless Chromium.

What stands on the screen is held to what the library gives for the same view.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from examples import ALL
from live_server import CHROMIUM, FLAGS, ROOT, app, copied, lab, opened
from playwright.sync_api import Browser, Page, sync_playwright
from test_browser import CONTRAST

import planlib
from planlib.api.exploring import ENDINGS
from planlib.batch.runs.committed import clean_notebooks
from planlib.language.language import Language
from planlib.report.pages.explore import ExplorePage
from planlib.review.explored import GoalView

pytestmark = [pytest.mark.browser, pytest.mark.notebook, pytest.mark.slow]

WARD = planlib.evaluate("ward-2010-2015", audience="public")
OWN = {"@jupyter-widgets/jupyterlab-manager", "jupyterlab_pygments"}
VOILA = {"@voila-dashboards/jupyterlab-preview"}  # of the extra, which the tests have beside it
CONTROLS = [
    "Plan", "Section", "Goal", "Area", "Beside it", "Period", "As of", "Suppose the figure",
    "Next period adds", "Language", "SVG", "PNG", "XLSX", "CSV", "Code",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing; .ci/run installs it"
    with sync_playwright() as playwright:
        opened_here = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened_here
        opened_here.close()


def library(
    view: GoalView, goal: str = "case-clearance", area: str = "ward-01", lang: str = "en"
) -> ExplorePage:
    return planlib.explore(WARD, goal=goal, area=area, view=view, lang=lang)


def shows(page: Page, wanted: ExplorePage) -> None:
    """Wait until the view on the screen says word for word, pictures too, what the library gives."""
    page.wait_for_function(
        """html => {
          const plain = text => text.replace(/\\s+/g, ' ').trim();
          const wanted = plain(new DOMParser().parseFromString(html, 'text/html').body.textContent);
          return [...document.querySelectorAll('.widget-html-content')]
            .some(one => plain(one.textContent).endsWith(wanted));
        }""",
        arg=wanted.answer().html,
    )


def choose(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=text)


def suppose(page: Page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True)
    box.fill(text)
    box.press("Enter")


def turned(page: Page) -> None:
    """Turn some controls; each time the screen follows."""
    choose(page, "Ngôn ngữ", Language("en").name_of("en"))
    shows(page, library(GoalView()))
    choose(page, "Period", "2013")
    shows(page, library(GoalView(2013)))
    suppose(page, "Suppose the figure", "60")
    supposed = library(GoalView(2013, figure=60))
    shows(page, supposed)
    found = supposed.explored
    assert found.supposed and found.ahead_supposed and found.ahead
    assert (str(found.verdict.verdict), str(found.supposed.verdict)) == ("exceeded", "not_met")
    assert found.ahead_supposed.probability != found.ahead.probability
    nothing_is_cut(page)


def nothing_is_cut(page: Page) -> None:
    """Titles and texts of the view end inside it."""
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.widget-html-content')].flatMap(view =>
          [...view.querySelectorAll('h1, h2, p, li')].filter(one => one.getClientRects().length
            && !one.closest('[role=status]')
            && one.getBoundingClientRect().right > view.getBoundingClientRect().right + 1)
          .map(one => one.textContent))"""
    )
    assert cut == []


def readable(page: Page, *, light: bool) -> None:
    """The theme holds, and every text of the view differs enough from its ground."""
    found = page.evaluate(CONTRAST)
    assert len(found) > 50
    ground = page.evaluate(
        "getComputedStyle(document.querySelector('.widget-html-content').closest("
        "'.jp-OutputArea-output, body')).getPropertyValue('--jp-layout-color0').trim()"
    )
    assert (ground in {"white", "#fff", "#ffffff"}) == light, ground
    pale = [(what, ratio) for what, ratio in found if ratio < (3 if "pl-glyph" in what else 4.5)]
    assert not pale, pale[:5]


def walked(page: Page) -> list[str]:
    """The names of what Tab leads to from the first control on; each shows that it has the focus."""
    page.get_by_label("Plan", exact=True).focus()
    names = []
    for _ in CONTROLS:
        name, seen = page.evaluate(
            """() => {
              const one = document.activeElement, label = document.querySelector(
                `label[for="${one.id}"]`);
              const look = () => { const s = getComputedStyle(one);
                return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.borderColor,
                        s.boxShadow].join() };
              const focused = look(); one.blur(); const bare = look(); one.focus();
              return [one.id && label ? label.textContent : one.textContent.trim(),
                      focused !== bare];
            }"""
        )
        names.append(name)
        assert seen, f"nobody sees that {name} has the focus"
        page.keyboard.press("Tab")
    return names


@pytest.mark.skipif(not ALL, reason="the app turns the same controls: `make conformance`")
def test_in_jupyterlab_the_screen_follows_the_controls(browser: Browser, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with lab(folder) as address, opened(browser, address.replace("/lab?", "/lab/tree/explore.ipynb?")) as (
        page, asked,
    ):  # fmt: skip
        config = "JSON.parse(document.getElementById('jupyter-config-data').textContent)"
        named = page.evaluate(f"{config}.federated_extensions.map(one => one.name)")
        assert set(named) <= OWN | VOILA and set(named) >= OWN
        run(page, "notebook:run-all-cells")
        turned(page)
        readable(page, light=True)
        for ending in ENDINGS:
            kind = "Code" if ending == ".py" else ending[1:].upper()
            page.get_by_role("button", name=kind, exact=True).click()
            file = f"explored/ward-2010-2015.ward-01.case-clearance.2013{ending}"
            page.get_by_text(f"Written: {file}").wait_for()
            assert (folder / file).stat().st_size > 100
        assert "60" in (folder / file).with_suffix(".csv").read_text("utf-8-sig")
        command(page, "apputils:change-theme", "{theme: 'JupyterLab Dark'}")
        page.wait_for_function("document.body.dataset.jpThemeLight === 'false'")
        readable(page, light=False)
        assert walked(page) == CONTROLS
        run(page, "notebook:restart-run-all")
        turned(page)
        command(page, "docmanager:save")
        page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
        saved = folder / "explore.ipynb"
        assert "widget-view+json" in saved.read_text("utf-8")
        clean_notebooks([saved])
        assert saved.read_bytes() == (ROOT / "notebooks" / "explore.ipynb").read_bytes()
        assert asked == []


def command(page: Page, name: str, arguments: str = "{}") -> None:
    """What a menu of JupyterLab does."""
    page.evaluate(f"() => {{ window.jupyterapp.commands.execute('{name}', {arguments}) }}")


def run(page: Page, how: str) -> None:
    """Run all cells, and wait for their controls."""
    before = page.locator(".widget-dropdown select").first.get_attribute("id") if (
        page.locator(".widget-dropdown select").count()) else ""  # fmt: skip
    kernel = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
    page.wait_for_function(f"() => {kernel}?.status === 'idle'")
    command(page, how)
    if "restart" in how:
        page.locator(".jp-Dialog .jp-mod-accept").click()
    page.wait_for_function(
        "id => [...document.querySelectorAll('.widget-dropdown select')].some(one => one.id !== id)",
        arg=before,
    )
    page.locator(".widget-dropdown select").first.evaluate("one => one.scrollIntoView()")


def test_the_app_shows_the_same_without_a_line_of_code(browser: Browser, tmp_path: Path) -> None:
    with (
        app(copied(tmp_path)) as address,
        opened(browser, f"{address}&theme=dark") as (page, asked),
    ):
        page.locator(".widget-dropdown select").first.wait_for()
        assert page.locator(".jp-InputArea-editor:visible").count() == 0
        turned(page)
        readable(page, light=False)
        page.get_by_role("button", name="CSV", exact=True).click()
        page.get_by_text("Written: explored/").wait_for()
        assert walked(page) == CONTROLS
        if ALL:
            every_choice(page)
            ends_with_its_page(browser, address)
        assert asked == []
        page.context.clear_cookies()
        refused = page.goto(address.partition("?")[0])
        assert refused is not None and "/login?" in refused.url, "whoever has no token is let in"


def test_a_kernel_of_the_app_is_gone_within_a_minute_of_its_page() -> None:
    """That the settings do so is tried with all probes."""
    held = json.loads((ROOT / "notebooks" / "voila.json").read_text("utf-8"))
    culled = held["MappingKernelManager"]
    assert culled["cull_interval"] > 0 and culled["cull_idle_timeout"] >= 30  # pages open slowly
    assert culled["cull_idle_timeout"] + culled["cull_interval"] <= 60
    assert not culled.get("cull_connected")


def ends_with_its_page(browser: Browser, address: str) -> None:
    """The kernel of a page that is closed ends, and that of one that stays open does not."""
    before = kernels()
    with opened(browser, address) as (other, _):
        other.locator(".widget-dropdown select").first.wait_for()
        (mine,) = kernels() - before
    until = time.monotonic() + 75
    while mine in kernels() and time.monotonic() < until:
        time.sleep(1)
    assert kernels() == before


def kernels() -> set[int]:
    """The kernels that this process has started, by way of servers."""
    found = set()
    for one in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            if "ipykernel_launcher" in " ".join(one.cmdline()):
                found.add(one.pid)
    return found


def every_choice(page: Page) -> None:
    """Each choice of each control, one after another."""
    suppose(page, "Suppose the figure", "")
    page.get_by_label("Period", exact=True).select_option(index=0)
    for area in WARD.areas:
        page.get_by_label("Area", exact=True).select_option(
            label=WARD.plan.area_name(area).in_language("en")
        )
        shows(page, library(GoalView(), area=area))
    for at, period in enumerate([None, *WARD.plan.years, "term"]):
        page.get_by_label("Period", exact=True).select_option(index=at)
        shows(page, library(GoalView(period), area=WARD.areas[-1]))
    page.get_by_label("Period", exact=True).select_option(index=0)
    for at, goal in enumerate(WARD.plan.goal_ids):
        page.get_by_label("Goal", exact=True).select_option(index=at)
        shows(page, library(GoalView(), goal=goal, area=WARD.areas[-1]))
    for at, lang in enumerate(["vi", "fr", "en"]):
        label = Language(["en", "vi", "fr"][at])("controls.language")
        choose(page, label, Language(lang).name_of(lang))
        shows(
            page, library(GoalView(), goal=WARD.plan.goal_ids[-1], area=WARD.areas[-1], lang=lang)
        )
