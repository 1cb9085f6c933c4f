"""Writes everything planlib shows in one language into a folder: pages, index, texts, a workbook.

Run as a program with the folder, the language and the plan of the longest pages, by
``test_pseudo_language.py``.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import planlib
from planlib.evaluation import evaluate
from planlib.evaluation.changes import changes
from planlib.evaluation.checked import day_of
from planlib.excel.template.workbook import template_workbook
from planlib.language.language import Language
from planlib.report.pages.explore import ExplorePage
from planlib.report.pages.goal_profile import GoalProfilePage
from planlib.report.pages.methods import MethodsPage
from planlib.report.site.folder import SitePage
from planlib.report.site.index import index_page
from planlib.report.site.summary import area_summary
from planlib.report.tables.changes import changes_shown


def main(out: Path, lang: str, longest: str) -> None:
    ward, area = evaluate("ward-2010-2015", audience="public"), "ward-01"
    nation = evaluate("viet-nam-2016-2020")
    large = {"ward-2010-2015": ward, "viet-nam-2016-2020": nation}[longest]
    pages = {
        "annual": planlib.annual_review(ward, period=2013, lang=lang),
        "annual-nation": planlib.annual_review(nation, period=2018, lang=lang),
        "midterm": planlib.midterm_review(large, lang=lang),
        "term": planlib.term_review(large, lang=lang),
        "profile": ExplorePage(ward, area, "case-clearance", lang),
        "goal-profile": GoalProfilePage(ward, area, "case-clearance", lang),
        "methods": MethodsPage(ward, area, "case-clearance", 2013, lang),
    }
    for name, page in pages.items():
        page.blocks = partial(lambda made: made, page.blocks())  # type: ignore[method-assign]
        page.to_html(out / f"{name}.html")
        (out / f"{name}.txt").write_text(str(page), "utf-8")
    summary = area_summary(ward, area)
    listed = [SitePage("annual", 2013, lang, ""), SitePage("midterm", 2013, "en", "2014-03-31")]
    (out / "index.html").write_text(
        index_page((summary, listed), lang, ["vi", "en", lang]), "utf-8"
    )
    first, last = day_of("2014-01-01"), day_of("2015-01-01")
    assert first is not None and last is not None
    moved = changes_shown(changes(ward, area, first, last), Language(lang))
    (out / "changes.txt").write_text(moved.text, "utf-8")
    figures = ward.figures.frame
    (out / "template.xlsx").write_bytes(template_workbook(ward.plan, figures, area, 2014, lang))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
