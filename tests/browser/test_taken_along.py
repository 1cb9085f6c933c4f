"""Figures taken along from a page: the file it holds, and a table pasted into a spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import ALL
from playwright.sync_api import Browser, sync_playwright

from planlib.evaluation import evaluate
from planlib.evaluation.evaluation import Evaluation
from planlib.report.pages.annual import AnnualPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = next((p for n in ("chromium", "google-chrome") if (p := shutil.which(n))), None)
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# A language by the number LibreOffice reads HTML's numbers in, and "1.04" as it is written there.
LOCALES = {"vi": 1066, "en": 1033, "fr": 1036}


@pytest.fixture(scope="module")
def ward() -> Evaluation:
    return evaluate("ward-2010-2015").seen_by("public")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing; .ci/run installs it"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


def written(ward: Evaluation, folder: Path, lang: str) -> Path:
    path = folder / f"page.{lang}.html"
    AnnualPage.of(ward, "ward-01", 2013, lang).to_html(path)
    return path


@pytest.mark.parametrize("lang", LOCALES if ALL else ["fr"])
def test_the_file_in_a_page_is_what_the_page_shows(
    ward: Evaluation, browser: Browser, tmp_path: Path, lang: str
) -> None:
    page = browser.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(written(ward, tmp_path, lang).as_uri())
    with page.expect_download() as told:
        page.click(".pl-download a")
    told.value.save_as(tmp_path / "got.csv")
    assert told.value.suggested_filename == f"ward-2010-2015.ward-01.annual-2013.{lang}.csv"
    text = (tmp_path / "got.csv").read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter="," if lang == "en" else ";"))
    shown = page.eval_on_selector_all(
        "table.pl-office tbody tr:not([class])",
        "rows => rows.map(row => [row.dataset.goal, row.querySelector('.pl-c-actual').innerText])",
    )
    assert [[row[-1], row[4]] for row in rows[1:]] == [[goal, one.strip()] for goal, one in shown]
    assert len(shown) == 79 and wrong == []
    page.close()


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize("lang", LOCALES if ALL else ["vi"])
def test_a_table_pasted_into_calc_has_a_line_a_goal_and_numbers(
    ward: Evaluation, browser: Browser, tmp_path: Path, lang: str
) -> None:
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(written(ward, tmp_path, lang).as_uri())
    # As a reader does: from the first letter of the table to the last, and copied.
    page.evaluate(
        """() => {
            const range = document.createRange(), selection = getSelection();
            range.selectNode(document.querySelector("table.pl-office"));
            selection.removeAllRanges(); selection.addRange(range);
            document.execCommand("copy");
        }"""
    )
    pasted = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            return await (await item.getType("text/html")).text();
        }"""
    )
    context.close()
    head = '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>'
    (tmp_path / "pasted.html").write_text(f"{head}<body>{pasted}</body></html>", "utf-8")
    assert OFFICE is not None
    subprocess.run(
        [OFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
         f"--infilter=HTML (StarCalc):{LOCALES[lang]} true", "--convert-to", "xlsx",
         "--outdir", str(tmp_path), str(tmp_path / "pasted.html")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    from openpyxl import load_workbook

    sheet = load_workbook(tmp_path / "pasted.xlsx").worksheets[0]
    rows = [row for row in sheet.iter_rows(values_only=True) if any(row)]
    heads, *lines = rows
    verdicts = ward.year_verdicts("ward-01", 2013)
    names = [verdict.goal.name.in_language(lang) for verdict in verdicts]
    assert len(heads) == 7 and all(heads) and "\n" not in str(heads)
    told = {str(row[1]).partition(": ")[2] or str(row[1]): row for row in lines if row[1]}
    told |= {str(row[1]): row for row in lines if row[1]}
    assert len(lines) == len(names) + len(ward.plan.sections)
    assert {name for name in names if name in told} == {*names}
    numbers = 0
    for verdict, name in zip(verdicts, names, strict=True):
        actual = told[name][4]
        if isinstance(actual, float | int):
            numbers += 1
            assert actual == pytest.approx(verdict.value, abs=0.06)
        level = told[name][5]
        if verdict.level is not None and verdict.level >= 0:
            assert level == pytest.approx(100 * verdict.level, abs=0.06)
    assert numbers > 30
    texts = " ".join(str(value) for row in lines for value in row)
    assert "20102015" not in texts and ".csv" not in texts  # what is folded under a name
    assert all("\n" not in str(value) for row in lines for value in row)
