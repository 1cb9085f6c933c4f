"""Every counting sentence of the pages is held to the table beside it, as a reader would do it.

The numbers are read off the rendered pages: nothing here asks the code that counted.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest
from bs4 import Tag
from examples import LONG, turns
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.plan.plan import Plan
from planlib.report import layout
from planlib.report.blocks import Heading, Paragraph
from planlib.report.display import Blocks
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.site.folder import SitePage
from planlib.report.site.index import index_page
from planlib.report.site.summary import area_summary
from planlib.review import annual, midterm
from planlib.verify.markup import attribute, classes, read_page, rows_of
from planlib.verify.markup import text_of as words

LANGUAGES = ("vi", "en")
REACHED, SHORT, GAPS = ("exceeded", "met"), ("not_met", "not_yet"), ("no_data", "suppressed")
VERDICTS = (*REACHED, *SHORT, "not_due", *GAPS[:1], "not_applicable", "suppressed")
NOTHING = {"vi": "chưa có gì để đánh giá", "en": "nothing to judge yet"}
COUNTED = {  # as the sentences say them, in the order of VERDICTS
    "vi": ("vượt N", "đạt N", "không đạt N", "chưa đạt N", "chưa đến hạn N", "chưa có số liệu N",
           "không áp dụng N", "không công bố N"),
    "en": ("N exceeded", "N met", "N missed", "N not yet met", "N not due", "N without data",
           "N not applicable", "N withheld"),
}  # fmt: skip


class Table:
    """A table as read: (goal, verdict, part, section) for every row that names a goal."""

    def __init__(self, shown: Blocks | str) -> None:
        self.rows: list[tuple[str, str, bool, str]] = []
        root = read_page(shown if isinstance(shown, str) else shown.html).root
        self.titles = [plain(head) for head in root.find_all("tr", class_="pl-group")]
        tables = root.find_all("table")
        # The verdicts of the years before stand in a table of their own below that of the targets.
        office = [table for table in tables if "pl-office" in classes(table)]
        for body in (body for table in office or tables for body in table.find_all("tbody")):
            section = next((words(head) for head in body.find_all("tr", class_="pl-group")), "")
            for row in rows_of(body):
                cells = row.find_all("td")
                named = attribute(row, "data-goal")
                part = any("pl-sub" in classes(cell) for cell in cells)
                self.rows.append((named, verdict_in(cells[-1]), part, section))

    def counts(self, *, parts: bool = False, section: str | None = None) -> Counter[str]:
        return Counter(
            verdict
            for _, verdict, part, title in self.rows
            if part == parts and (section is None or title.startswith(section))
        )


def verdict_in(cell: Tag) -> str:
    names = [
        name[5:].replace("-", "_")
        for node in [cell, *cell.find_all()]
        for name in classes(node)
        if name.startswith("pl-v-")
    ]
    return names[0] if names else ""


def plain(node: Tag | str) -> str:
    text = node if isinstance(node, str) else words(node)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def text_of(shown: Blocks) -> str:
    return plain(read_page(shown.html).root)


def found(pattern: str, text: str) -> list[int] | None:
    match = re.search(pattern, text)
    return None if match is None else [int(number) for number in match.groups() if number]


def of(counts: Counter[str], names: tuple[str, ...]) -> int:
    return sum(counts[name] for name in names)


def clause(counts: Counter[str], lang: str) -> str:
    told = zip(VERDICTS, COUNTED[lang], strict=True)
    return ", ".join(text.replace("N", str(counts[name])) for name, text in told if counts[name])


def check_heading(text: str, counts: Counter[str], lang: str) -> None:
    """``51/69 đạt và vượt, 5 thiếu số liệu``."""
    judged, gaps = of(counts, (*REACHED, *SHORT)), of(counts, GAPS)
    share = {"vi": r"(\d+)/(\d+) đạt và vượt", "en": r"(\d+) of (\d+) judged met or exceeded"}
    if judged:
        assert found(share[lang], text) == [of(counts, REACHED), judged], text
    else:
        assert NOTHING[lang] in text and not re.search(share[lang], text), text
    without = {"vi": r"(\d+) thiếu số liệu", "en": r"(\d+) without a figure"}
    assert found(without[lang], text) == ([gaps] if gaps else None), text


def check_counts(text: str, counts: Counter[str], parts: Counter[str], lang: str) -> None:
    """The heading, the headline, the chips, coverage and parts of a page's first answer."""
    judged, gaps = of(counts, (*REACHED, *SHORT)), of(counts, GAPS)
    check_heading(text.splitlines()[0], counts, lang)
    assert (clause(counts, lang) or "không có chỉ tiêu") in text
    line = {
        "vi": r"đạt và vượt (\d+)/(\d+) chỉ tiêu đã đánh giá được",
        "en": r"(\d+) of the (\d+) targets? judged came out met or exceeded",
    }
    assert found(line[lang], text) == ([of(counts, REACHED), judged] if judged else None)
    full = {
        "vi": r"Cả (\d+) chỉ tiêu cần có",
        "en": r"(?:Every one of the (\d+)|The one) targets? ",
    }
    part = {
        "vi": r"Có số liệu của (\d+)/(\d+) chỉ",
        "en": r"(\d+) of the (\d+) targets? that should",
    }
    if gaps:
        assert found(part[lang], text) == [judged, judged + gaps]
    elif judged:
        assert found(full[lang], text) in ([judged], [])
    else:
        assert not re.search(full[lang], text) and not re.search(part[lang], text)
    besides = {
        "vi": r"Ngoài ra có (\d+) chỉ tiêu thành phần",
        "en": r"Besides, (\d+) parts? of (?:an)?other goals? (?:is|are) not counted",
    }
    number = sum(parts.values())
    assert found(besides[lang], text) == ([number] if number else None)
    if number:
        assert clause(parts, lang) in text


def check_listed(heading: str, table: Table, parts: set[str], lang: str) -> None:
    """A heading with the number of goals in the list under it, and of parts where there are any."""
    named = list(dict.fromkeys(name for name, *_ in table.rows))
    apart = sum(name in parts for name in named)
    assert found(r"(\d+)", heading) == [len(named) - apart], heading
    told = {"vi": r"và (\d+) chỉ tiêu thành phần", "en": r"and (\d+) parts?\b"}[lang]
    assert found(told, heading) == ([apart] if apart else None), heading


def check_annual(evaluation: Evaluation, year: int, lang: str) -> None:
    page = AnnualPage(annual(evaluation, evaluation.area(), year), lang)
    table = Table(page.table())
    counts, parts = table.counts(), table.counts(parts=True)
    of_parts = {name for name, _, part, _ in table.rows if part}
    verdicts = {name: verdict for name, verdict, *_ in table.rows}
    names = {g.id: g.name.in_language(lang) for g in evaluation.plan.goals}

    text = page.counts().text.replace("\N{NO-BREAK SPACE}", " ")
    check_counts(text, counts, parts, lang)
    chips = {
        verdict_in(item): int(words(item).split()[-1])
        for item in read_page(page.counts().html).root.find_all("li")
    }
    assert chips == {name: number for name, number in counts.items() if number}
    furthest = {"vi": "còn xa kế hoạch nhất là ", "en": "the furthest from its target is "}[lang]
    if furthest in text:
        told = text.partition(furthest)[2]
        assert any(verdicts[g] == "not_met" and told.startswith(names[g]) for g in verdicts)

    told = list(page.sections())
    headings = [block for block in told if isinstance(block, Heading)]
    tables = [block for block in told if isinstance(block, layout.Table)]
    sentences = [block for block in told if isinstance(block, Paragraph)]
    for heading, rows, sentence in zip(headings, tables, sentences, strict=True):
        title = plain(heading.text)
        mine = table.counts(section=title.rpartition(":")[0])
        check_heading(title, mine, lang)
        rows_read = Table(Blocks.of(rows)).rows
        listed = (verdict for name, verdict, *_ in rows_read if name not in of_parts)
        assert Counter(listed) == mine
        said = plain(sentence.text)
        every = {
            "vi": r"(\d+)/\d+ chỉ tiêu đã đánh giá đều",
            "en": r"All (\d+) targets judged were",
        }
        judged = of(mine, (*REACHED, *SHORT))
        met = found(every[lang], said)
        assert met is None or (met == [judged] == [of(mine, REACHED)] and not of(mine, GAPS))

    missing = page.missing()
    lacking = Table(missing)
    assert {n for n, *_ in lacking.rows} == {n for n, v in verdicts.items() if v in GAPS}
    check_listed(missing.text.splitlines()[0], lacking, of_parts, lang)
    if lacking.rows:
        whole = Counter(verdict for name, verdict in verdicts.items() if verdict in GAPS)
        assert clause(whole, lang) in missing.text.replace("\N{NO-BREAK SPACE}", " ")

    changes = Table(page.changes())
    first = page.changes().text.splitlines()[0]
    numbers = [int(one) for one in re.findall(r"\d+", first)]
    flipped = {"vi": "Đánh giá đã đổi", "en": "The verdict flipped"}[lang]
    turned = [found(r"(\d+)$", title) for title in changes.titles if flipped in title]
    if changes.rows:
        assert numbers == [len(changes.rows), *(turned[0] or [] if turned else [0])]
    else:
        assert numbers == []

    check_promised(page.promised().text, sum(counts.values()), lang)
    bar = re.findall(r'class="pl-v-([a-z-]+)" style="flex-grow:(\d+)">(\d+)<', page.counts().html)
    assert all(wide == told for _, wide, told in bar)
    drawn = {name.replace("-", "_"): int(wide) for name, wide, _ in bar}
    assert drawn == {name: n for name, n in counts.items() if n}


def check_promised(text: str, goals: int, lang: str) -> None:
    """The kinds of targets add up to the goals; those with a target to what was promised."""
    kinds = [line for line in text.splitlines() if re.match(r"- \d+ ", line)]
    kinds = [line for line in kinds if "yes/no" not in line]
    numbers = {line: int(line.split()[1]) for line in kinds}
    assert sum(numbers.values()) == goals, text
    without = {"vi": "không đặt mức cho năm", "en": "no target for"}[lang]
    held = found({"vi": r"đặt ra (\d+)", "en": r"the plan set (\d+)"}[lang], text) or [0]
    assert held == [sum(number for line, number in numbers.items() if without not in line)], text


def check_midterm(evaluation: Evaluation, lang: str) -> None:
    page = MidtermPage(midterm(evaluation, evaluation.area()), lang)
    grid = Table(page.grid())
    counts, parts = grid.counts(), grid.counts(parts=True)
    of_parts = {name for name, _, part, _ in grid.rows if part}
    text = page.headline().text.replace("\N{NO-BREAK SPACE}", " ")
    check_counts(text, counts, parts, lang)
    lists = [
        (page.road().text, page.road().html),
        (page.pace().text, page.pace().html),
        (page.lags().text, page.lags().html),
    ]
    for said, html in lists:
        check_listed(said.splitlines()[0], Table(html), of_parts, lang)
    decided = read_page(page.decided().html).root
    tables = [Table(str(one)) for one in decided.find_all("table")]
    for heading, table in zip(
        [h for h in decided.find_all("h3") if re.search(r"[1-9]", words(h))], tables, strict=True
    ):
        check_listed(plain(heading), table, of_parts, lang)


def check_index(evaluation: Evaluation, lang: str) -> None:
    years = evaluation.plan.years
    pages = [SitePage("annual", year, lang, "") for year in years]
    pages.append(SitePage("midterm", evaluation.plan.midterm_after, lang, ""))
    root = read_page(
        index_page((area_summary(evaluation, evaluation.area()), pages), lang, ["vi", "en"])
    ).root
    (grid,) = root.find_all("table", class_="ix-grid")
    lines = [row for row in root.find_all("tr") if row.has_attr("data-kind")]
    rows = [row for row in grid.find_all("tr") if row.has_attr("data-goal")]
    for at, line in enumerate(lines):
        counts = Counter(
            verdict_in(row.find_all("td")[at])
            for row in rows
            if not any("ix-of" in classes(head) for head in row.find_all("th"))
        )
        bars = {
            verdict_in(part): found(r"(\d+)", words(part))
            for part in line.find_all("a", class_="ix-part")
        }
        assert bars == {name: [number] for name, number in counts.items() if number}
        (cell,) = line.find_all("td", class_="ix-reached")
        judged, gaps = of(counts, (*REACHED, *SHORT)), of(counts, GAPS)
        told = [int(number) for number in re.findall(r"\d+", words(cell))]
        right = ([of(counts, REACHED), judged] if judged else []) + ([gaps] if gaps else [])
        assert told == right and (NOTHING[lang] in words(cell)) == (not judged)
        behind = [words(node) for node in line.find_all("summary")]
        assert [found(r"^(\d+)", one) for one in behind] == (
            [[of(counts, SHORT)]] if of(counts, SHORT) else [None for _ in behind]
        )


@cache
def shipped(name: str, as_of: str, audience: str) -> Evaluation:
    return evaluate(name, as_of=as_of or None, audience=audience)


SHIPPED = [
    ("ward-2010-2015", "", "public"),
    ("ward-2010-2015", "2013-12-31", "public"),
    ("viet-nam-2011-2015", "", "internal"),
    ("viet-nam-2016-2020", "", "internal"),
    ("viet-nam-2016-2020", "2018-03-01", "internal"),
]


# Each in every language; in one of them in turn where the profile is not the long one.
SHOWN = [
    (*one, lang)
    for at, one in enumerate(SHIPPED)
    if LONG or at in {1, 2, 4}  # a plan with withheld figures, a national one, one of a day
    for lang in (LANGUAGES if LONG else [LANGUAGES[at % len(LANGUAGES)]])
]


@pytest.mark.parametrize(("name", "as_of", "audience", "lang"), SHOWN)
def test_every_count_of_the_shipped_pages_is_that_of_the_table_beside_it(
    name: str, as_of: str, audience: str, lang: str
) -> None:
    evaluation = shipped(name, as_of, audience)
    for year in turns(evaluation.plan.years, 5):
        check_annual(evaluation, year, lang)
    check_midterm(evaluation, lang)
    check_index(evaluation, lang)


LEAST = {"comparison": "at_least", "value": 50, "cadence": "every_year"}
LATER = {"comparison": "at_least", "value": 50, "cadence": "by", "due": 2015}
SHARE = {"comparison": "at_least", "value": 50, "basis": "share", "cadence": "every_year"}


def made(
    *goals: Any, rows: tuple[dict[str, Any], ...] = (), audience: str = "internal", **more: Any
) -> Evaluation:
    one: Plan = plan(*goals, **more)
    return Evaluation(one, observations(*rows), audience=audience)


def every_year(value: float, *names: str) -> tuple[dict[str, Any], ...]:
    return tuple(
        {"goal": name, "year": year, "value": value, "vintage": f"{year + 1}-01-15"}
        for name in names
        for year in range(2011, 2016)
    )


READINGS = [
    {"id": "mild", "target": LEAST, "why": {"vi": "a", "en": "a"}, "default": True},
    {"id": "strict", "target": {**LEAST, "value": 90}, "why": {"vi": "b", "en": "b"}},
]
SMALL = tuple(
    {"goal": "g", "year": y, "numerator": 2, "denominator": 40} for y in range(2011, 2016)
)
EDGES: dict[str, Evaluation] = {
    "no data at all": made(goal("g", target=LEAST), goal("h", target=LEAST)),
    "one year only": made(goal("g", target=LEAST), rows=({"year": 2012, "value": 60},)),
    "everything withheld": made(goal("g", target=SHARE, sensitive=True), rows=SMALL, audience="public"),
    "everything not due": made(goal("g", target=LATER), goal("h", target=LATER)),
    "due later, judged early": made(goal("g", target=LATER), goal("h", target=LATER), rows=every_year(40, "g")),
    "one goal, all met": made(goal("g", target=LEAST), rows=every_year(50, "g")),
    "a missed part of a goal met": made(
        goal("g", target=LEAST), goal("h", target=LEAST, part_of="g"),
        rows=(*every_year(60, "g"), *every_year(40, "h")),
    ),
    "met under one reading": made(goal("g", readings=READINGS), rows=every_year(60, "g")),
    "a plan of one year": made(goal("g", target=LEAST), rows=({"year": 2013, "value": 60},),
                               first=2013, last=2013, baseline=2012),
    "figures after the term": made(goal("g", target=LEAST), rows=({"year": 2010, "value": 60},)),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        (name, lang)
        for at, name in enumerate(EDGES)
        for lang in (LANGUAGES if LONG else [LANGUAGES[at % len(LANGUAGES)]])
    ],
)
def test_every_count_of_an_unusual_page_is_that_of_the_table_beside_it(
    name: str, lang: str
) -> None:
    evaluation = EDGES[name]
    for year in evaluation.plan.years:
        check_annual(evaluation, year, lang)
    check_midterm(evaluation, lang)
    check_index(evaluation, lang)


def test_a_goal_whose_time_is_not_up_is_furthest_behind_nothing() -> None:
    evaluation = EDGES["due later, judged early"]
    assert (
        "the furthest from its target"
        not in AnnualPage(annual(evaluation, evaluation.area(), 2012), "en").counts().text
    )
    assert (
        "the furthest from its target"
        in AnnualPage(annual(evaluation, evaluation.area(), 2015), "en").counts().text
    )


def test_a_section_met_under_one_reading_only_says_so() -> None:
    text = AnnualPage(annual(EDGES["met under one reading"], "a", 2012), "en").sections().text
    assert "Under another reading of the text the verdict on one of them would differ." in text


def test_nothing_judged_lags_nowhere_and_was_kept_in_no_year() -> None:
    page = MidtermPage(midterm(EDGES["no data at all"], "a"), "en")
    assert "There is nothing to judge yet" in page.lags().text
    assert "No yearly goal has been judged in any year yet." in page.decided().text
