"""A language nobody has thought of: every text a reader sees comes from its folder, no page breaks.

The language is English made longer, accented and written from right to left, so that whatever is
still in plain letters and not in the plan or its figures was written in the code.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup
from examples import LONG, turns
from playwright.sync_api import sync_playwright
from pseudo_language import CODE, planlib_with_it

from planlib.plan.shipped import DATA, open_plan

HERE = Path(__file__).parent
GOOD_PLAN = HERE.parent / "plan" / "good-plan"
CHROMIUM = next((p for name in ("chromium", "google-chrome") if (p := shutil.which(name))), None)
PLANS = ("ward-2010-2015", "viet-nam-2016-2020")
FIGURES = ("illustrative/ward-2010-2015.csv", "viet-nam/observations-2016-2020.csv")
NOTEBOOK = re.compile(r"[\w-]+\.ipynb")  # the name of a file, in no language
WORD = re.compile(r"[^\W\d_]+")
# Names that no language has other words for: programs, kinds of files, a language in its own words.
NAMES = {"planlib", "English", "ipynb", "data", "csv"}

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A planlib that speaks the language too."""
    return planlib_with_it(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture(scope="module")
def shown(copy: Path) -> Path:
    """Every kind of page, the index, the texts of a terminal and a workbook."""
    out = copy / "out"
    out.mkdir()
    done = run(copy, str(HERE / "every_page.py"), str(out), CODE, PLANS[0 if LONG else 1])
    assert done.returncode == 0, done.stderr
    return out


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(copy), "COLUMNS": "400"},
    )  # fmt: skip


# Several commands in one process, with what each says.
SEVERAL = """\
import json, sys
sys.path.append(sys.argv[1])
from commands import planlib
told = [planlib(*given) for given in json.loads(sys.argv[2])]
print(json.dumps([one.stdout + one.stderr for one in told]))
"""


def said(copy: Path, *commands: str) -> list[str]:
    given = [[*one.split(), "--lang", CODE] for one in commands]
    done = run(copy, "-c", SEVERAL, str(HERE.parent), json.dumps(given))
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.fixture(scope="module")
def of_the_plans() -> frozenset[str]:
    """Every word of the plans, of their first language alone, and of their figures."""
    words: set[str] = set(NAMES)

    def add(value: object) -> None:
        if isinstance(value, str):
            words.update(WORD.findall(value))
        elif isinstance(value, dict):
            for each in [value["vi"]] if "vi" in value else value.values():
                add(each)
        elif isinstance(value, list | tuple):
            for each in value:
                add(each)

    for plan in PLANS:
        add(open_plan(plan).model_dump(exclude={"registry": {"__all__": {"population"}}}))
    for name in FIGURES:
        add((DATA / name).read_text("utf-8"))
    return frozenset(words)


def strangers(texts: Iterator[str], known: frozenset[str]) -> list[str]:
    """Words in plain letters that stand neither in a catalogue nor in the plans."""
    bare = (NOTEBOOK.sub("", text) for text in texts)
    return sorted({word for text in bare for word in WORD.findall(text) if word.isascii()} - known)


def of_page(path: Path, *without: str) -> Iterator[str]:
    page = BeautifulSoup(path.read_text("utf-8"), "lxml")
    for part in page(["style", "script"]):
        part.decompose()
    for part in [one for where in without for one in page.select(where)]:
        part.decompose()
    yield from page.stripped_strings
    for node in page.find_all(True):
        yield from (
            str(node[name]) for name in ("title", "aria-label", "alt") if node.has_attr(name)
        )


def of_workbook(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        yield sheet.title
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "@" not in cell.value:  # a key of planlib's
                    yield cell.value
                if cell.comment:
                    yield cell.comment.text


PAGES = ("annual", "annual-nation", "midterm", "term", "profile")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_nothing_but_its_catalogue_and_its_plan(
    shown: Path, of_the_plans: frozenset[str], name: str
) -> None:
    assert strangers(of_page(shown / f"{name}.html"), of_the_plans) == []
    assert strangers(iter([(shown / f"{name}.txt").read_text("utf-8")]), of_the_plans) == []


def test_the_page_of_methods_adds_the_titles_of_what_it_cites(
    shown: Path, of_the_plans: frozenset[str]
) -> None:
    assert strangers(of_page(shown / "methods.html", ".pl-facts"), of_the_plans) == []


def test_the_index_names_pages_of_other_languages_in_theirs(
    shown: Path, of_the_plans: frozenset[str]
) -> None:
    assert strangers(of_page(shown / "index.html", "[lang=en]"), of_the_plans) == []


def test_what_changed_and_the_workbook_speak_it_too(
    shown: Path, of_the_plans: frozenset[str]
) -> None:
    changed = iter([(shown / "changes.txt").read_text("utf-8")])
    assert strangers(changed, of_the_plans) == []
    assert strangers(of_workbook(shown / "template.xlsx"), of_the_plans) == []


@pytest.mark.parametrize("name", [*PAGES, "methods", "index"])
def test_a_page_runs_from_right_to_left_and_says_whose_words_it_lacks(
    shown: Path, name: str
) -> None:
    page = BeautifulSoup((shown / f"{name}.html").read_text("utf-8"), "lxml")
    assert page.html is not None
    assert (page.html["lang"], page.html["dir"]) == (CODE, "rtl")
    assert "الفيتنامية" in page.text  # "Vietnamese", beside the names of the plan
    if name in {"annual", "midterm", "term"}:
        assert page.text.count("þļáñ'š óŵñ ţéẋţš áŕé ñóţ áṽáíļáƀļé") == 1


def test_commands_speak_it(copy: Path, of_the_plans: frozenset[str]) -> None:
    bad = copy / "bad"
    shutil.copytree(GOOD_PLAN, bad)
    section = bad / "society.yaml"
    text = section.read_text("utf-8")
    section.write_text(
        text.replace("value: 95", "valu: 95").replace("paragraph: 2", "paragraph: 0")
    )
    told = said(
        copy, "check bad", "check ward-2010-2015", "score ward-2010-2015 --year 2013",
        "goals viet-nam-2016-2020", "score nix", "template ward-2010-2015 --year 2014 -o t.xlsx",
        "import t.xlsx --into t.csv",
    )  # fmt: skip
    assert all("⟦" in one for one in told)
    # Quoted are keys, ids and paths, as they are written in any language; a terminal is shown what
    # turns the direction of writing, it does not obey it.
    bare = (re.sub(r"'[^']*'|\\u20\w\w|\S*[./]\S*|[\w-]+-[\w-]+", " ", one) for one in told)
    ids = frozenset(WORD.findall((GOOD_PLAN / "society.yaml").read_text("utf-8")))
    assert strangers(bare, of_the_plans | ids) == []


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing; .ci/run installs it")
def test_no_page_is_wider_than_its_window(shown: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for path in turns(sorted(shown.glob("*.html")), 3):
            page.goto(path.as_uri())
            for width in (390, 1200):
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (path.name, width, wide)
        browser.close()
