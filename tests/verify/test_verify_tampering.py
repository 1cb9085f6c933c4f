"""Whatever is changed on a page is found: at once by its hash, and by a rebuild however it is hidden.

Where every hash was made again, the quick proof finds what a reader sees of figures and of what
they are about; what it does not read it names, and a rebuild finds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import ALL, turns
from small_review import Small, verified
from test_verify_rebuild import compared

from planlib.verify.evidence import VERDICTS

pytestmark = pytest.mark.notebook

Change = Callable[[str], str]


def swapped(one: str, other: str) -> Change:
    return lambda text: text.replace(one, "\0").replace(other, one).replace("\0", other)


def put(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


def first(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


def seen(old: str, new: str) -> Change:
    """A change of what stands on a page, whatever is beside it in the file."""
    return lambda text: re.sub(old, new, text, count=1, flags=re.DOTALL)


# What a reader sees of figures: found by the quick proof, in page and notebook alike.
SEEN = {
    "a goal's label": put("Vaccination rate", "Vaccination"),
    "two labels swapped": swapped("Vaccination rate", "Alleys maintained"),
    "the year of a heading": put("All targets of 2012</h2>", "All targets of 2013</h2>"),
    "the year of the question": seen(r"Ward A, 2012:", "Ward A, 2013:"),
    "the area of the question": seen(r"Ward A, 2012:", "Ward B, 2012:"),
    "the area told": seen(r"<dd>Ward A</dd>", "<dd>Ward B</dd>"),
    "the year told": seen(r"<dd>2012</dd>", "<dd>2013</dd>"),
    "a unit": seen(r'(pl-c-unit">)alleys', r"\1streets"),
    "a caption": first("Ward A: targets and results of 2012", "Ward A: results of all years"),
    "the head of a column": seen(r'(pl-c-actual">)Actual<', r"\1Target<"),
    "two heads swapped": swapped(">Target</th>", ">Actual</th>"),
    "a row of no goal": first(' data-goal="tax"', ""),
    "a row without its kind": seen(r'<tr data-goal="tax"', '<tr class="pl-new"'),
    "an added row": seen(r"(<tbody>)", r"\1<tr><td>GDP</td><td>8.16</td></tr>"),
    "an added cell": seen(r'(<td class="[^"]*pl-c-verdict)', r"<td>8.16</td>\1"),
    "an added table": seen(r"(<h2)", r"<table><tr><td>8.16</td></tr></table>\1"),
    "a false number beside the hidden true one": seen(
        r'(pl-c-level pl-number">)', r'\1<span class="pl-hidden">0</span>'
    ),
    "a false number under the true one": seen(
        r'(pl-c-actual pl-number">[^<]*)', r'\1<span class="pl-under">8.16</span>'
    ),
    "words beside a verdict": seen(r"(pl-c-verdict\">.*?</span>)(</td>)", r"\1 really exceeded\2"),
    "the width of a part of the bar": seen(r"(flex-grow:)(\d)", r"\g<1>9\2"),
    "the number of a part of the bar": seen(r'(flex-grow:\d+">)\d', r"\g<1>9"),
    "the colour of a part of the bar": seen(r'"pl-v-[a-z-]+"( style="flex)', r'"pl-v-no-data"\1'),
    "the place of a mark": seen(r'(pl-dot [^"]*" style="left:)[\d.]+', r"\g<1>1.5"),
    "the verdict of a mark": seen(r"pl-dot pl-v-[a-z-]+", "pl-dot pl-v-suppressed"),
    "a style of a mark": seen(r'(pl-dot [^"]*" style="left:[\d.]+%)', r"\1;top:9px"),
    "a count told twice": seen(r'(<ul class="pl-counts".*?)(<li>.*?</li>)', r"\1\2\2"),
    "a style that hides": seen(r"(<h2)", r"<style>.pl-table{display:none}</style>\1"),
    "a style of an element": seen(r"<h2 ", '<h2 style="display:none" '),
    "a digit of the file in the page": seen(r"(download=.*?,)(\d+,)", r"\g<1>9\2"),
    "a verdict of the file in the page": seen(r"(download=.*?),Exceeded,", r"\1,Met,"),
    "a code of the file in the page": seen(r"(download=.*?),exceeded,", r"\1,met,"),
    "a line less in the file in the page": seen(r"(download=.*?%0A)[^%].*?%0A", r"\1"),
    "a word more in the file in the page": seen(r'(download=[^>]*)">', r'\1sold%0A">'),
    "a head of the file in the page": seen(r"(download=.*?)Actual,", r"\1Target,"),
    "no file in the page": seen(r'<p class="pl-note pl-download">.*?</p>', ""),
    "a file that is none of figures": seen(
        r'(download=")[^"]*(" href="data:text/)csv', r"\1a.csv\2html"
    ),
    "a file from elsewhere": seen(
        r'(<a download="[^"]*") href="[^"]*"', r'\1 href="https://x.org/a.csv"'
    ),
    "the name told to catalogues": seen(r'("name":")Ward A', r"\1Ward B"),
    "a word more told to catalogues": seen(r'("inLanguage")', r'"sold":1,\1'),
    "nothing told to catalogues": seen(r"<script[^>]*>.*?</script>", ""),
    "a program in what is told to catalogues": seen(r' type="application/ld.json"', ""),
    "a template that hides": seen(r"(<h2.*?</h2>)", r"<template>\1</template>"),
    "an element that hides": seen(r"<h2 ", "<h2 hidden "),
    "a script": seen(r"(<h2)", r"<script>document.title=1</script>\1"),
    "a handler": seen(r"<h2 ", '<h2 onclick="alert(1)" '),
    "a link that runs": seen(r"(<h2)", r'<a href="javascript:alert(1)">more</a>\1'),
    "the share of goals reached": seen(r"(Overall: )(\d)", r"\g<1>9\2"),
    "how sure a verdict is": seen(r'(pl-c-verdict">.*?pl-sure">)\d+', r"\g<1>93"),
    "how sure a verdict of an earlier year is": seen(r'(pl-grid".*?pl-sure">)\d+', r"\g<1>93"),
    "a doubt left out": seen(r'<span class="pl-sure">[^<]*</span>', ""),
    "a doubt of a sure verdict": seen(
        r'(pl-c-verdict">(?:(?!pl-sure|</td>).)*)</td>',
        r'\1<span class="pl-sure">51 % sure</span></td>',
    ),
    "the name of a section": seen(r"(colgroup\"[^>]*>)Society", r"\1Economy"),
}
# What stands around what the notebook shows: found by the quick proof of the page.
AROUND = {
    "a published verdict": seen(
        r'(pl-c-published"><span class="pl-chip pl-v-)met("><span[^>]*>)●(</span>) Met',
        r"\1exceeded\2▲\3 Exceeded",
    ),
    "the title": first("<title>Ward A", "<title>Ward B"),
    "the plan of the foot": seen(r'(class="pg-foot".*?<p>)[^<·]*', r"\1Another plan "),
    "a comment": seen(r"(<main)", r"<!-- 8.16 -->\1"),
    "a table commented out": seen(r"(<table.*?</table>)", r"<!--\1-->"),
    "no policy": seen(r"<meta http-equiv[^>]*>", ""),
    "another policy": seen(r"default-src 'none'", "default-src *"),
    "a base": seen(r"(<title)", r'<base href="https://example.org/">\1'),
    "a refresh": seen(r"(<title)", r'<meta http-equiv="refresh" content="0;url=x.html">\1'),
    "a rule of style": seen(r"(</style>)", r".pl-c-actual { font-size: 0 }\n\1"),
    "a rule that shows": seen(r"(</style>)", r'td::after { content: "8.16" }\n\1'),
    "the language": seen(r'<html lang="en">', '<html lang="vi">'),
    "the contents": first("All targets of 2012</a>", "All targets of 2013</a>"),
    "the head of the contents": seen(r'(class="pg-contents".*?<p>)[^<]*', r"\1GDP 8.16"),
    "the script of the page": seen(r"(scrollY > )0", r"\g<1>9"),
    "a second script": seen(r"(</body>)", r"<script>document.title=1</script>\1"),
    "the page of another goal": seen(r'(<td class="pl-c-indicator.*?/goal-)', r"\1x"),
    "the page of a goal in another language": seen(
        r'(<a class="pg-goal" href="\.\./goal-[a-z-]+\.)en', r"\1vi"
    ),
    "a name that leads nowhere": seen(r'()<a class="pg-goal"[^>]*>→</a>', r"\1"),
    "a cell that leads to a goal": seen(
        r'(pl-c-verdict">)', r'\1<a href="../goal-x.en.html">x</a>'
    ),
    "a second body": seen(r"(</body>)", r"\1<body class=pg></body>"),
    "made up figures": seen(r"(<main)", r'<p class="pg-illustrative">Illustrative</p>\1'),
}
# Nothing of these is read by the quick proof, which says so.
UNREAD = {
    "a sentence": put("In 2012, ", "In 2012, as promised, "),
    "a source": put("File of figures: ", "Approved file of figures: "),
    "the date of a rule": put("31 December 2019", "1 January 2009"),
}


def tampered(small: Small, change: Change, *names: str) -> None:
    """Change what pages show, and of notebooks every output."""
    for name in names:
        path = small.folder / name
        text = path.read_text("utf-8")
        if path.suffix == ".ipynb":
            book = json.loads(text)
            for cell in book["cells"]:
                for output in cell.get("outputs", []):
                    if "text/html" in output.get("data", {}):
                        told = "".join(output["data"]["text/html"])
                        output["data"]["text/html"] = change(told)
            after = json.dumps(book, ensure_ascii=False, indent=1) + "\n"
        else:
            after = change(text)
        assert after != text
        path.write_text(after, "utf-8")


def found(small: Small, name: str) -> list[str]:
    return [str(one) for one in small.problems() if name in str(one.file)]


PAGE, BOOK = "annual-2012.en.html", "annual-2012.en.ipynb"


@pytest.mark.parametrize("what", [*turns(SEEN, 2, whole=ALL), *AROUND])
def test_what_a_page_shows_is_found_though_sealed_again(one: Small, again: Path, what: str) -> None:
    tampered(one, (SEEN | AROUND)[what], PAGE)
    one.reseal()
    lines = found(one, PAGE)
    assert lines and not any("has another hash" in line for line in lines)
    assert any(PAGE in str(problem.file) for problem in compared(one, again).problems)


@pytest.mark.parametrize("what", UNREAD)
def test_what_is_not_read_is_named_and_a_rebuild_finds_it(
    one: Small, again: Path, what: str
) -> None:
    tampered(one, UNREAD[what], PAGE, BOOK)
    assert any("has another hash" in line for line in found(one, PAGE))
    one.reseal()
    done = verified(one)
    last = done.stdout.splitlines()[-1]
    assert done.returncode == 0
    assert last.startswith("Not read: sentences, pictures and their colours, sources, explanations")
    assert any(PAGE in str(problem.file) for problem in compared(one, again).problems)


@pytest.mark.parametrize("what", ["a goal's label", "the year of a heading", "a unit", "a script"])
def test_page_and_notebook_changed_alike_are_found_in_both(one: Small, what: str) -> None:
    tampered(one, SEEN[what], PAGE, BOOK)
    one.reseal()
    assert found(one, PAGE) and found(one, BOOK)


def book_with(change: Callable[[dict[str, object]], None]) -> Change:
    def changed(text: str) -> str:
        book = json.loads(text)
        change(book)
        return json.dumps(book, ensure_ascii=False, indent=1) + "\n"

    return changed


def last_code(book: dict[str, object]) -> None:
    book["cells"][-1]["source"] = ["print(8.16)"]  # type: ignore[index]


def one_more(book: dict[str, object]) -> None:
    book["cells"].append(book["cells"][-1])  # type: ignore[attr-defined, index]


def kept_aside(book: dict[str, object]) -> None:
    book["cells"][-1]["attachments"] = {"a.png": {}}  # type: ignore[index]


def settings(book: dict[str, object]) -> None:
    book["metadata"]["toc"] = {}  # type: ignore[index]


BOOKS = {
    "code": book_with(last_code),
    "a cell more": book_with(one_more),
    "an attachment": book_with(kept_aside),
    "settings": book_with(settings),
    "the plan": put('plan = \\"good-plan\\"', 'plan = \\"other-plan\\"'),
    "the audience": put('audience = \\"public\\"\\n', 'audience = \\"internal\\"\\n'),
    "the date": put('as_of = \\"\\"\\n', 'as_of = \\"2012-01-01\\"\\n'),
    "one value more": put('lang = \\"en\\"\\n', 'lang = \\"en\\"\\nx = 1\\n'),
}


@pytest.mark.parametrize("what", turns(BOOKS, 2, whole=ALL))
def test_a_notebooks_code_and_values_are_planlibs(one: Small, again: Path, what: str) -> None:
    path = one.folder / BOOK
    after = BOOKS[what](path.read_text("utf-8"))
    assert after != path.read_text("utf-8")
    path.write_text(after, "utf-8")
    one.reseal()
    assert found(one, BOOK)
    assert any(BOOK in str(problem.file) for problem in compared(one, again).problems)


def test_what_a_notebook_says_as_text_is_named_and_a_rebuild_finds_it(
    one: Small, again: Path
) -> None:
    path = one.folder / BOOK
    book = json.loads(path.read_text("utf-8"))
    for cell in book["cells"]:
        for output in cell.get("outputs", []):
            if "text/plain" in output.get("data", {}):
                output["data"]["text/plain"] = ["8.16"]
    path.write_text(json.dumps(book, ensure_ascii=False, indent=1) + "\n", "utf-8")
    one.reseal()
    assert "what notebooks say as plain text" in verified(one).stdout.splitlines()[-1]
    assert any(BOOK in str(problem.file) for problem in compared(one, again).problems)


@pytest.mark.parametrize(("key", "value"), [("audience", "internal"), ("planlib", "99.0")])
def test_words_of_the_verdict_file_are_found(
    small: Small, again: Path, key: str, value: str
) -> None:
    path = small.folder / VERDICTS
    told = json.loads(path.read_text("utf-8")) | {key: value}
    path.write_text(json.dumps(told), "utf-8")
    small.reseal()
    if key == "audience":  # the notebooks tell another
        assert found(small, BOOK)
    else:
        assert "made by planlib 99.0, checked by" in verified(small).stdout
    assert any(VERDICTS in str(problem.file) for problem in compared(small, again).problems)


def test_a_certainty_changed_in_the_verdict_file_is_found(small: Small) -> None:
    path = small.folder / VERDICTS
    told = json.loads(path.read_text("utf-8"))
    unsure = [one for one in told["verdicts"] if (one["certainty"] or 1.0) < 0.95]
    assert unsure
    unsure[0]["certainty"] = round(unsure[0]["certainty"] + 0.001, 4)
    path.write_text(json.dumps(told), "utf-8")
    small.reseal()
    lines = found(small, VERDICTS)
    assert len(lines) == 1 and unsure[0]["goal"] in lines[0] and "certainty" in lines[0]


INDEX = {
    "the plan's name": seen(r"(<h2>)[^<]*", r"\1Another plan"),
    "the area": seen(r'(ix-area">)[^<·]*', r"\1Ward B "),
    "a caption": seen(r"(<caption>)[^<]*", r"\1All is well"),
    "a goal's name": seen(r"(<tr data-goal=\"tax\"[^>]*>\s*<th[^>]*>)[^<]*", r"\1Tax relief"),
    "a link": seen(r'annual-2012(\.en\.html">2012<)', r"annual-2013\1"),
    "a script": seen(r"(<h2)", r"<script>1</script>\1"),
    "where its script is from": seen(r"<script>", r'<script src="https://example.org/a.js">'),
    "a rule of style": seen(r"(</style>)", r".ix-grid { display: none }\n\1"),
}


@pytest.mark.parametrize("what", turns(INDEX, 2, whole=ALL))
def test_the_index_says_what_it_is_about(small: Small, again: Path, what: str) -> None:
    path = small.out / "index.en.html"
    after = INDEX[what](path.read_text("utf-8"))
    assert after != path.read_text("utf-8")
    path.write_text(after, "utf-8")
    small.reseal()
    assert found(small, "index.en.html")
    assert any("index.en.html" in str(one.file) for one in compared(small, again).problems)


def test_a_goals_name_changed_in_the_index_verdicts_is_found(small: Small, again: Path) -> None:
    path = small.folder / "review.json"
    path.write_text(path.read_text("utf-8").replace("Vaccination rate", "Vaccination"), "utf-8")
    small.reseal()
    assert found(small, "review.json")
    assert compared(small, again).problems


def test_the_warning_of_made_up_figures_must_stand(small: Small, tmp_path: Path) -> None:
    """The plan's figures are called made up, as they were when the pages warned of it."""
    figures = small.plan / "figures.csv"
    figures.write_text(
        figures.read_text("utf-8").replace(",report,", ",illustrative: seed 1,"), "utf-8"
    )
    small.reseal()
    warning = [
        line for line in found(small, PAGE) if "the warning that figures are made up" in line
    ]
    assert len(warning) == 2  # around the page, and under its title
    assert any("pl" in line or "must say" in line for line in found(small, "index.html"))


def test_figures_in_the_words_of_their_source_may_hold_the_unit(tmp_path: Path) -> None:
    from planlib.plan.goal import Goal
    from planlib.verify.cells import figure_is
    from planlib.verify.targets.judged import RecomputedVerdict

    goal = Goal.model_validate(
        {
            "id": "a", "name": {"vi": "A", "en": "A"}, "unit": "%",
            "source": [{"document": "text", "section": "I", "paragraph": 1}],
            "target": {"comparison": "at_least", "value": 90, "basis": "share",
                       "cadence": "every_year"},
        }
    )  # fmt: skip
    row = {"words": "188 of 200 is 94 %", "vintage": 1, "state": 0}
    answer = RecomputedVerdict("met", value=94.0, row=row, target=goal.main_target())
    assert figure_is("188 of 200 is 94 %", goal, answer, "en")
    assert not figure_is("188 of 200 is 94 % 8.16", goal, answer, "en")
