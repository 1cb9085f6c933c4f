"""A goal is scored once: reviews, frames, the index and the claims take the one result there is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from planlib import read_figures, read_plan
from planlib.evaluation import Evaluation, scores
from planlib.evaluation.claims import claims
from planlib.evaluation.methods import methods
from planlib.evaluation.outlook import outlook
from planlib.plan.periods.calendar import Frequency
from planlib.report.site.summary import PlanSummary
from planlib.review import annual, midterm, profile, sensitivity
from planlib.verify.evidence import HashedRow

AREA = "ward-01"
OAKSHIRE = Path(__file__).parents[1] / "periods" / "oakshire"  # a plan of quarters
Calls = Counter[tuple[Any, ...]]


def evaluate(name: str) -> Evaluation:
    """A new one; tests share another, of which much has been asked."""
    plan = read_plan(name)
    return Evaluation(plan, read_figures(plan))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Every real scoring of a goal: what was scored, from which panel, under which reading."""
    counted: Calls = Counter()
    yearly, on_term = scores.score_goal, scores.score_goal_term
    held = []  # a panel that is gone would lend its id to the next

    def score_goal(panel: Any, goal: Any, years: Any, as_of: Any, reading: Any = None) -> Any:
        held.append(panel)
        counted["year", goal.id, id(panel), reading] += 1
        return yearly(panel, goal, years, as_of, reading)

    def score_goal_term(
        panel: Any, goal: Any, year: int, as_of: Any, reading: Any = None, known: Any = None
    ) -> Any:
        if known is None:  # else the verdicts of its years are gathered, and nothing is scored
            held.append(panel)
            counted["term", goal.id, id(panel), reading] += 1
        return on_term(panel, goal, year, as_of, reading, known)

    monkeypatch.setattr(scores, "score_goal", score_goal)
    monkeypatch.setattr(scores, "score_goal_term", score_goal_term)
    return counted


def per_goal(calls: Calls, panel: int) -> Counter[str]:
    """How often each goal was scored from a panel, under the reading that counts."""
    found: Counter[str] = Counter()
    for (_, goal, of, reading), times in calls.items():
        if of == panel and reading is None:
            found[goal] += times
    return found


def panel_of(evaluation: Evaluation) -> int:
    return id(evaluation.scores(AREA).panel)


def test_a_yearly_review_scores_each_goal_once_and_each_revision_and_reading_once(
    calls: Calls,
) -> None:
    evaluation = evaluate("ward-2010-2015")
    review = annual(evaluation, AREA, 2013)
    goals = evaluation.plan.goals
    assert per_goal(calls, panel_of(evaluation)) == dict.fromkeys((g.id for g in goals), 1)
    assert set(calls.values()) == {1}
    others = sum(len(goal.readings) - 1 for goal in goals if goal.readings)
    # Other readings are scored without how sure their verdicts are, from a panel of their own.
    known = {key[2] for key in calls if key[3] is None}
    earlier = {key for key in calls if key[2] in known - {panel_of(evaluation)}}
    assert len(calls) == len(goals) + others + len(earlier)
    # Figures with an earlier report are scored once more, as that report told them.
    frame = evaluation.figures.of_area(AREA).frame
    reports = frame[frame["year"] == 2013].groupby("goal", observed=True)["vintage"].nunique()
    revised = {str(goal) for goal in reports.index[reports > 1]}
    assert revised and {goal for _, goal, _, _ in earlier} == revised
    assert {revision.verdict.goal.id for revision in review.revisions} <= revised
    assert len(calls) < 192  # as it was when every part of a page scored for itself


def test_every_further_year_of_an_area_is_there_already(calls: Calls) -> None:
    evaluation = evaluate("ward-2010-2015")
    annual(evaluation, AREA, 2013)
    before = per_goal(calls, panel_of(evaluation))
    for year in evaluation.plan.years:
        annual(evaluation, AREA, year)
    profile(evaluation, AREA, "case-clearance")
    assert per_goal(calls, panel_of(evaluation)) == before


def test_a_whole_mid_term_page_scores_no_goal_more_than_twice(calls: Calls) -> None:
    evaluation = evaluate("ward-2010-2015")
    midterm(evaluation, AREA)
    outlook(evaluation, AREA)
    methods(evaluation, AREA, 2013)
    found = per_goal(calls, panel_of(evaluation))
    assert len(found) == len(evaluation.plan.goals)
    assert max(found.values()) <= 2
    assert set(calls.values()) == {1}
    assert sum(calls.values()) < 371


def test_alternatives_score_only_goals_whose_figures_they_alter(calls: Calls) -> None:
    evaluation = evaluate("ward-2010-2015")
    midterm(evaluation, AREA)
    before = sum(calls.values())
    result = sensitivity(evaluation, AREA, 2013)
    tried = sum(len(goal.alternatives) for goal in result.goals)
    assert 0 < sum(calls.values()) - before < tried
    assert max(calls.values()) == 1


def test_index_claims_and_frames_score_nothing_that_a_page_scored(calls: Calls) -> None:
    evaluation = evaluate("ward-2010-2015")
    annual(evaluation, AREA, 2013)
    midterm(evaluation, AREA)
    before = Counter(calls)
    PlanSummary(evaluation, [AREA]).area_summary(AREA)
    evaluation.verdicts("2013", AREA)
    assert calls == before

    def hashed(path: str, row: int) -> HashedRow:
        return HashedRow(file="f", row=row, sha256="0" * 64)

    assert list(claims(evaluation, AREA, hashed))
    assert calls == before


def test_areas_scored_together_are_scored_in_one_go_and_say_the_same(calls: Calls) -> None:
    evaluation = evaluate("ward-2010-2015")
    together = evaluation.verdicts("2013", areas="all")
    goals = len(evaluation.plan.goals)
    readings = sum(len(goal.readings) - 1 for goal in evaluation.plan.goals if goal.readings)
    assert sum(calls.values()) == goals + readings
    assert len(together) == goals * len(evaluation.areas)
    alone = evaluate("ward-2010-2015").verdicts("2013", AREA)
    assert together[together["area"] == AREA].reset_index(drop=True).equals(alone)


def test_what_is_remembered_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    from planlib.evaluation import resolved

    monkeypatch.setattr(resolved, "TOGETHER", 2)
    monkeypatch.setattr(resolved, "MOST_CELLS", 1)
    evaluation = evaluate("ward-2010-2015")
    some = evaluation.areas[:4]
    first = evaluation.verdicts("2013", areas=some)
    assert len(evaluation._scores) <= 2
    assert evaluation.verdicts("2013", areas=some).equals(first)


def test_one_of_many_shares_what_is_scored_along_years_too(calls: Calls) -> None:
    """Pages of a year of a plan with quarters score its goals once, as those of a quarter do."""
    kept, alone, area = evaluate(str(OAKSHIRE)), evaluate(str(OAKSHIRE)), "oakshire"
    year = kept.along(Frequency.year).plan.years[0]
    expected = alone.year_verdicts(area, year)
    calls.clear()
    for _ in range(3):
        page = kept.one_of_many(64)
        assert page.year_verdicts(area, year) == expected
        assert page.along(Frequency.year).along(Frequency.quarter) is page
    assert {*calls.values()} == {1}
    assert len(calls) == len(expected)
