"""What the public sees depends on nothing that is withheld, and withheld is no other state."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from commands import planlib
from examples import LONG, turns
from helpers import goal, observations, plan, spelled_out

from planlib.disclosure import published
from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.changes import changes
from planlib.evaluation.methods import methods
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import Observations, State, vintage_day
from planlib.figures.reading import read_observations
from planlib.plan.plan import Plan
from planlib.plan.shipped import figure_files, open_plan
from planlib.report.records import verdict_record
from planlib.review import annual, midterm, profile, sensitivity
from planlib.scoring.verdict import Verdict

AREA = "ward-01"
PEOPLE = {"vi": "người", "en": "people"}


@pytest.fixture(scope="module")
def shipped() -> tuple[Plan, Observations]:
    one = open_plan("ward-2010-2015")
    return one, read_observations(figure_files(one), one)


def other_world(one: Plan, figures: Observations) -> Observations:
    """The same figures, but every small count of the withheld ones is another small count."""
    hidden = {(w.area, w.goal, w.year) for w in published(one, figures).withheld}
    frame = figures.frame.copy()
    keys = zip(frame["area"].astype(str), frame["goal"].astype(str), frame["year"], strict=True)
    mine = np.array([key in hidden for key in keys]) & (frame["state"] != State.suppressed)
    for name in ("value", "numerator", "denominator"):
        column = frame[name].to_numpy(float, copy=True)
        small = mine & (column > 0) & (column < 5)
        column[small] = 5 - column[small]
        frame[name] = column
    rows = mine & frame["numerator"].notna()
    frame.loc[rows, "numerator"] = np.minimum(frame["numerator"], frame["denominator"])[rows]
    frame.loc[rows, "value"] = 100 * (frame["numerator"] / frame["denominator"])[rows]
    return Observations(frame)


def of_some_goals(one: Plan, figures: Observations) -> tuple[Plan, Observations]:
    """The plan with every goal of which something is withheld, and each fourth of the others."""
    hidden = {each.goal for each in published(one, figures).withheld}
    kept = hidden | {goal.id for goal in one.goals[::4]}
    kept |= {one.goal(name).part_of for name in kept if one.goal(name).part_of}
    sections = tuple(
        section.model_copy(update={"goals": tuple(g for g in section.goals if g.id in kept)})
        for section in one.sections
    )
    frame = figures.frame[figures.frame["goal"].isin(kept)].reset_index(drop=True)
    return one.model_copy(update={"sections": sections}), Observations(frame)


def everything(evaluation: Evaluation) -> str:
    """All that a review can say of an area, as one text."""
    years = evaluation.plan.years if LONG else evaluation.plan.years[1::3]
    ahead = outlook(evaluation, AREA)
    return spelled_out(
        [
            *(annual(evaluation, AREA, year) for year in years),
            *(sensitivity(evaluation, AREA, year) for year in years[: 2 if LONG else 1]),
            *(methods(evaluation, AREA, year) for year in years[-1:]),
            *(
                profile(evaluation, AREA, name)
                for name in evaluation.plan.goal_ids
                if evaluation.plan.goal(name).sensitive
            ),
            midterm(evaluation, AREA),
            [
                verdict_record(verdict, ahead.of(verdict.goal.id))
                for verdict in evaluation.term_verdicts(AREA)
            ],
            changes(evaluation, AREA, vintage_day("2012-06-30"), vintage_day("2016-12-31")),
            ahead,
            evaluation.last_year(AREA),
        ]
    )


def test_two_worlds_that_differ_only_in_what_is_withheld_look_the_same(
    shipped: tuple[Plan, Observations],
) -> None:
    one, figures = shipped if LONG else of_some_goals(*shipped)
    other = other_world(one, figures)
    differ = (figures.frame[["value", "numerator"]] != other.frame[["value", "numerator"]]).any(
        axis=1
    ) & figures.frame["value"].notna()
    assert differ.sum() > 40
    assert published(one, figures).withheld == published(one, other).withheld
    seen = [everything(Evaluation(one, world, audience="public")) for world in (figures, other)]
    assert seen[0] == seen[1]
    inside = [spelled_out(annual(Evaluation(one, world), AREA, 2012)) for world in (figures, other)]
    assert inside[0] != inside[1], "internally they do differ"


def test_an_evaluation_shows_its_audience_what_it_may_see(
    shipped: tuple[Plan, Observations],
) -> None:
    one, figures = shipped
    public = {
        v.goal.id: v for v in Evaluation(one, figures, audience="public").year_verdicts(AREA, 2015)
    }
    inside = {v.goal.id: v for v in Evaluation(one, figures).year_verdicts(AREA, 2015)}
    births = public["third-births"]  # 4 of 203
    assert births.verdict is Verdict.suppressed
    assert inside["third-births"].verdict is Verdict.met
    for number in ("value", "low", "high", "level", "attainment", "road", "required_per_year"):
        assert getattr(births, number) is None
    shown, known = public["poor-households"], inside["poor-households"]  # 11 of 3372
    assert shown == replace(known, certain=shown.certain)
    # What is withheld teaches the public nothing of how figures are revised.
    assert shown.certain.sources == known.certain.sources
    assert shown.certainty != known.certainty
    assert public["members-in-breach"].value == 0  # none is told


def test_withheld_goals_are_counted_apart_and_as_a_gap(shipped: tuple[Plan, Observations]) -> None:
    one, figures = shipped
    public = annual(Evaluation(one, figures, audience="public"), AREA, 2012)
    rollup = public.rollup
    assert set(rollup.goals[Verdict.suppressed]) == {
        "new-addicts-treated",  # 2 of 2
        "relapsed-addicts-treated",  # 2 of 3
        "serious-crimes",  # 1
    }
    counts = rollup.counts
    assert counts.expected == counts.judged + counts[Verdict.no_data] + 3
    assert {"new-addicts-treated"} <= {v.goal.id for v in public.missing}


def test_a_review_of_an_earlier_day_is_made_from_that_days_release(
    shipped: tuple[Plan, Observations],
) -> None:
    one, figures = shipped
    day = vintage_day("2013-12-31")
    then = Observations(figures.frame[figures.frame["vintage"] <= day])
    was = Evaluation(one, then, audience="public").figures.frame
    late = Evaluation(one, figures, audience="public")
    for early in (Evaluation(one, figures, day, "public"), late.as_known_on(day)):
        now = early.figures.frame
        assert (now["vintage"] <= day).all() and len(now) == len(was)
        assert now["state"].equals(was["state"]) and now["value"].equals(was["value"])
    hidden = now.index[now["state"] == State.suppressed]
    assert (late.figures.frame.loc[hidden, "state"] == State.suppressed).all()


def test_an_unknown_audience_is_told_in_one_line() -> None:
    with pytest.raises(InputError, match="the audience is public or internal, found 'all'"):
        evaluate("ward-2010-2015", audience="all")


@pytest.mark.parametrize("command", turns(["score", "methods", "changes"], 3))
def test_the_commands_take_an_audience(command: str) -> None:
    more = {
        "score": ["--year", "2015"],
        "methods": ["--year", "2015"],
        "changes": ["--from", "2015-06-30", "--to", "2016-12-31"],
    }[command]

    def run(audience: str) -> subprocess.CompletedProcess[str]:
        asked = [command, "ward-2010-2015", "--area", AREA, *more]
        return planlib(*asked, "--json", "--audience", audience)

    public, inside = run("public"), run("internal")
    assert public.returncode == inside.returncode == 0, public.stderr
    assert json.loads(public.stdout) and public.stdout != inside.stdout
    wrong = run("press")
    assert wrong.returncode == 1
    assert wrong.stderr == "the audience is public or internal, found 'press'\n"


# ------------------------------------------------------------------ withheld is its own state
CHANGE = {"comparison": "at_most", "value": -5, "basis": "change", "cadence": "every_year"}
TOTAL = {"comparison": "at_least", "value": 10, "basis": "count", "cadence": "over_term"}
SHARES = {"comparison": "at_least", "value": 50, "basis": "share", "cadence": "over_term"}


def verdicts(target: dict[str, Any], *rows: dict[str, Any], unit: Any = "%") -> list[str]:
    evaluation = Evaluation(plan(goal(unit=unit, target=target)), observations(*rows))
    return [evaluation.year_verdicts("a", year)[0].verdict.name for year in evaluation.plan.years]


def year(one: int, value: float | None = None, **more: Any) -> dict[str, Any]:
    state = {"state": "suppressed"} if value is None and not more else {}
    return {"year": one, **({} if value is None else {"value": value}), **state, **more}


def test_the_change_on_a_withheld_year_is_withheld_and_the_next_one_told() -> None:
    rows = [year(2010, 20), year(2011, 18), year(2012), year(2013, 15), year(2014, 14)]
    assert verdicts(CHANGE, *rows) == [
        "exceeded", "suppressed", "suppressed", "exceeded", "no_data",
    ]  # fmt: skip


def test_a_total_with_a_withheld_year_is_withheld_until_the_rest_decides_it() -> None:
    short = [year(2011, 3), year(2012), year(2013, 2), year(2014, 1), year(2015, 1)]
    assert verdicts(TOTAL, *short, unit=PEOPLE) == ["not_yet", *["suppressed"] * 4]
    enough = [year(2011, 3), year(2012), year(2013, 2), year(2014, 6), year(2015, 1)]
    assert verdicts(TOTAL, *enough, unit=PEOPLE)[2:4] == ["suppressed", "exceeded"]


def test_a_share_of_the_whole_term_with_a_withheld_year_is_withheld_not_missing() -> None:
    rows = [
        year(2011, numerator=6, denominator=10), year(2012),
        year(2013, numerator=6, denominator=10),
    ]  # fmt: skip
    assert verdicts(SHARES, *rows)[:3] == ["exceeded", "suppressed", "suppressed"]


def test_a_missing_year_is_still_missing() -> None:
    assert verdicts(CHANGE, year(2010, 20), year(2012, 15))[:2] == ["no_data", "no_data"]


def test_a_year_with_no_target_and_a_withheld_figure_is_withheld() -> None:
    yearly = [
        {"comparison": "at_least", "value": 5, "cadence": "every_year", "year": 2012},
    ]
    one = plan(goal(unit=PEOPLE, yearly=yearly))
    evaluation = Evaluation(one, observations(year(2013), year(2014, 3)))
    assert [evaluation.year_verdicts("a", at)[0].verdict.name for at in (2013, 2014)] == [
        "suppressed",
        "not_applicable",
    ]


def test_every_reading_of_a_withheld_figure_is_withheld() -> None:
    why = {"vi": "vì", "en": "why"}
    readings = [
        {"id": "one", "default": True, "why": why, "target": CHANGE},
        {"id": "two", "why": why, "target": CHANGE | {"value": -7}},
    ]
    evaluation = Evaluation(plan(goal(readings=readings)), observations(year(2011, 9), year(2012)))
    assert set(evaluation.year_verdicts("a", 2012)[0].readings.values()) == {"suppressed"}
    assert set(evaluation.year_verdicts("a", 2013)[0].readings.values()) == {"no_data"}


def test_one_withheld_member_leaves_the_goal_withheld_unless_another_one_lacks_it() -> None:
    names = [{"id": name, "name": {"vi": name, "en": name}} for name in ("x", "y")]
    target = {"comparison": "all_of", "basis": "count", "cadence": "every_year", "members": names}
    one = plan(goal(unit=PEOPLE, target=target))
    rows = [
        year(2011, 1, member="x"), year(2011, member="y", state="suppressed"),
        year(2012, 0, member="x"), year(2012, member="y", state="suppressed"),
    ]  # fmt: skip
    evaluation = Evaluation(one, observations(*rows))
    assert [evaluation.year_verdicts("a", at)[0].verdict.name for at in (2011, 2012)] == [
        "suppressed",
        "not_met",
    ]


def test_changes_tell_that_a_withheld_figure_was_reported_and_not_what_it_was() -> None:
    target = {"comparison": "at_most", "value": 5, "basis": "count", "cadence": "every_year"}
    one = plan(goal(unit=PEOPLE, target=target, sensitive=True))
    rows = [year(2011, 6, vintage="2011-12"), year(2011, 3, vintage="2012-03")]
    evaluation = Evaluation(one, observations(*rows), audience="public")
    first = changes(evaluation, "a", vintage_day("2011-06"), vintage_day("2011-12")).changes
    later = changes(evaluation, "a", vintage_day("2011-12"), vintage_day("2012-12")).changes
    assert [change.kind for change in (*first, *later)] == ["new", "revised"]
    for change in (*first, *later):
        assert change.before.value is None and change.after.value is None
        assert not change.flipped
    inside = evaluation.seen_by("internal")
    assert changes(inside, "a", vintage_day("2011-12"), vintage_day("2012-12")).changes[0].flipped
    assert annual(evaluation, "a", 2011).revisions == ()
