"""Whole reviews of a plan of months and of one of halves: made, proven, and their sentences read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from planlib.evaluation import evaluate
from planlib.report.pages.explore import ExplorePage
from tests.commands import planlib
from tests.periods.small_plans import harbour, schools


@pytest.mark.usefixtures("here")
def test_a_review_of_months_is_made_and_proven(tmp_path: Path) -> None:
    plan, out = harbour(tmp_path / "harbour"), tmp_path / "reports"
    made = planlib("review", str(plan), "--years", "2023-04", "--midterm", "--out", str(out))
    assert "2 pages written" in made.stdout, made.stderr
    page = (out / "harbour/north/annual-2023-04.en.html").read_text("utf-8")
    assert "All targets of April 2023" in page
    assert "Every goal by period, January 2023–April 2023" in page
    heads = re.findall(r"<th[^>]*pl-c-year[^>]*>([^<]+)</th>", page)
    assert heads == ["Jan 2023", "Feb 2023", "Mar 2023", "Apr 2023"]
    midterm = (out / "harbour/north/midterm-2023.en.html").read_text("utf-8")
    assert "Forecasts and published rules look at whole years" in midterm
    assert not re.search(r"\b[1-6]0[0-9]{5}\b", page + midterm)  # the number of a period
    proven = planlib("verify", str(out), "--plan-dir", str(plan))
    assert "Proven" in proven.stdout, proven.stdout


@pytest.mark.usefixtures("here")
def test_a_review_of_halves_is_made_in_the_plans_first_language_and_proven(tmp_path: Path) -> None:
    plan, out = schools(tmp_path / "schools"), tmp_path / "reports"
    made = planlib("review", str(plan), "--years", "2023/24-H1", "--no-midterm", "--out", str(out))
    assert "2 pages" in made.stdout, made.stderr
    page = (out / "schools/north/annual-2023_24-H1.fr.html").read_text("utf-8")
    assert "Toutes les cibles de S1 2023/24" in page
    assert not re.search(r">[^<>]*20[0-9]{2}/[0-9]{2}-H[12][^<>]*</(?:td|th|text|p)>", page)
    assert '<html lang="fr"' in (out / "index.html").read_text("utf-8")
    proven = planlib("verify", str(out), "--plan-dir", str(plan))
    assert "Proven" in proven.stdout, proven.stdout


@pytest.mark.parametrize(
    ("lang", "when", "head"),
    [
        ("vi", "Tháng 7 năm 2023", "Kỳ"),
        ("en", "July 2023", "Period"),
        ("fr", "Juillet 2023", "Période"),
    ],
)
def test_the_page_of_a_goal_writes_periods_as_offices_do(
    tmp_path: Path, lang: str, when: str, head: str
) -> None:
    evaluation = evaluate(harbour(tmp_path / "harbour"), audience="internal")
    page = ExplorePage(evaluation, "north", "ships-on-time", lang)
    verdicts, reports = page.verdicts().text, page.vintages().text
    assert when in verdicts and head in verdicts and when in reports
    assert "2023-07" not in verdicts + reports + page.picture().text


def test_a_group_without_a_target_has_the_years_figure_of_its_months(tmp_path: Path) -> None:
    told = planlib("score", str(harbour(tmp_path / "harbour")), "--year", "2023", "--json")
    (east,) = (one for one in json.loads(told.stdout) if one["group"] == "side=east")
    # One berth a month.
    assert (east["value"], east["verdict"], len(east["inputs"])) == (12, "not_applicable", 12)
