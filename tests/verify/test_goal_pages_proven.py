"""The page of a goal is proven: whatever a reader sees of its figures, targets, verdicts and names."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import ALL, turns
from small_review import Small, changed
from test_verify_tampering import Change, first, seen

from planlib.plan.shipped import NOTEBOOKS
from planlib.verify.folder import Checked, Folder
from planlib.verify.site.goal_site import GoalSite
from planlib.verify.sources import ProvedInputs

pytestmark = pytest.mark.notebook

PAGE = "good-plan/goal-vaccination.en.html"
CHANGES: dict[str, Change] = {
    "the goal of the question": first("Vaccination rate: what was", "Alleys: what was"),
    "the area told": seen(r"<dd>Ward A</dd>", "<dd>Ward B</dd>"),
    "the verdict of the lead": seen(r"(pl-lead\">[^<]*→ )\w+", r"\1No data"),
    "the figure of the lead": seen(r"(pl-lead\">2013: )[\d.]+", r"\g<1>12.5"),
    "the target of the lead": seen(r"(pl-lead\">[^<]*?target[^<\d]*)\d+", r"\g<1>12"),
    "a verdict of the table": seen(r"(<td>|<td class=\"pl-c-verdict\">)(.*?)Exceeded", r"\1\2Met"),
    "a figure of the table": seen(r"(pl-c-actual pl-number\">)\d", r"\g<1>1"),
    "a target of the table": seen(r"(pl-c-target\">[^<\d]*)\d+", r"\g<1>12"),
    "a level of the table": seen(r"(pl-c-level pl-number\">)\d+", r"\g<1>12"),
    "a period of the table": seen(r"(pl-c-year\">)2011", r"\g<1>2012"),
    "the day of a report": seen(r"(pl-c-vintage\">\d+ )Jan", r"\1Feb"),
    "a step to the verdict": seen(r"(<li>Actual: )\d+", r"\g<1>12"),
    "the verdict of the steps": seen(r"(<li>Verdict: )\w+", r"\1Missed"),
    "a step of no kind": seen(r"(<li>Verdict: )", r"<li>All was well.</li>\n\1"),
    "a figure of a report": seen(r"(report by report.*?pl-c-actual pl-number\">)\d+", r"\g<1>12"),
    "which report counts": seen(r"(report by report.*?)replaced", r"\1in use"),
    "a report left out": seen(r"(report by report.*?<tbody>\s*)<tr.*?</tr>", r"\1"),
    "where a period leads": seen(r'href="ward-a/annual-2012', 'href="ward-a/midterm-2012'),
    "a number of the file in the page": seen(r"(download=.*?)2012,", r"\g<1>2013,"),
    "a row less in the file in the page": seen(r"(download=.*?%0A)[^%].*?%0A", r"\1"),
    "a table more": seen(r"(<h2)", r"<table><tr><td>8.16</td></tr></table>\1"),
}


@pytest.fixture(scope="module")
def site(made: Small) -> GoalSite:
    """The pages of goals as a proof knows them, worked out once for all changes."""
    folder = Folder(made.folder, ProvedInputs([made.plan], []), NOTEBOOKS, Checked())
    folder.check()
    return GoalSite("good-plan", {"ward-a": folder}, ["vi", "en"])


def after(site: GoalSite, page: Path, change: Callable[[str], str]) -> str:
    """What is said of a page that was changed."""
    changed(page, change)
    tally = Checked()
    site.check(page, "vaccination", "en", tally)
    return "\n".join(map(str, tally.problems))


def test_pages_of_goals_are_proven_as_they_were_made(made: Small) -> None:
    """One a goal and language, each listed in the proof."""
    assert made.problems() == ()
    pages = sorted(path.name for path in (made.out / "good-plan").glob("goal-*.html"))
    assert len(pages) == 2 * 6 and "goal-vaccination.vi.html" in pages


@pytest.mark.parametrize("what", turns(CHANGES, 2, whole=ALL))
def test_what_is_changed_on_the_page_of_a_goal_is_found(
    site: GoalSite, made: Small, tmp_path: Path, what: str
) -> None:
    """Whoever changed it, and whatever hashes were made again."""
    page = Path(shutil.copy(made.out / PAGE, tmp_path))
    assert after(site, page, lambda text: text + "\n") == ""
    assert after(site, page, CHANGES[what])


def test_a_page_of_a_goal_that_is_gone_or_strange_is_told(small: Small) -> None:
    (small.out / PAGE).unlink()
    (small.out / "good-plan" / "goal-nothing.en.html").write_text("<p>", "utf-8")
    told = small.told()
    assert "goal-vaccination.en.html" in told and "goal-nothing.en.html" in told


def test_a_goal_of_the_index_leads_to_its_own_page(small: Small) -> None:
    swap = first("good-plan/goal-tax.en.html", "good-plan/goal-staff.en.html")
    changed(small.out / "index.en.html", swap)
    small.reseal()
    assert "index.en.html" in small.told()
