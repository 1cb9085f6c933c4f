"""One value holds plan, figures, day and audience; every other question is a value made from it."""

from __future__ import annotations

import itertools
import pickle
from datetime import date
from itertools import product
from typing import Any

import pytest
from examples import turns
from helpers import goal, observations, plan

from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate, frames
from planlib.figures.observations import Observations, State, vintage_day
from planlib.plan.plan import Plan
from planlib.review import annual, midterm

WHY = {"vi": "Nghị quyết mới", "en": "A new resolution"}
SHARE = {"comparison": "at_least", "value": 5, "basis": "share", "cadence": "every_year"}
LEVEL = {"comparison": "at_least", "value": 80, "cadence": "every_year"}
HARDER = LEVEL | {"value": 95}
WARD = "ward-2010-2015"


def changing() -> Plan:
    """A goal that counts people, and one that is revised in June 2013."""
    revision = {"date": "2013-06-01", "reason": WHY, "target": HARDER}
    return plan(
        goal("s", target=SHARE, sensitive=True), goal("r", target=LEVEL, revisions=[revision])
    )


def told() -> Observations:
    """A small count that was once larger, and a level of 90, told again as 70 in 2014."""
    return observations(
        {"goal": "s", "year": 2012, "numerator": 3, "denominator": 50, "vintage": "2013-01-15"},
        {"goal": "r", "year": 2012, "value": 90, "vintage": "2013-01-15"},
        {"goal": "r", "year": 2012, "value": 70, "vintage": "2014-01-15"},
    )


def names(evaluation: Evaluation) -> tuple[str, ...]:
    return tuple(verdict.verdict.name for verdict in evaluation.year_verdicts("a", 2012))


@pytest.mark.parametrize(
    "day",
    ["2013-12-31", "2013-12", "2013", 2013, date(2013, 12, 31), vintage_day("2013-12-31")],
)
def test_a_day_is_made_one_at_the_door(day: Any) -> None:
    known = Evaluation(changing(), told(), day)
    assert (known.as_of, known.as_of_text) == (vintage_day("2013-12-31"), "2013-12-31")
    assert names(known) == names(Evaluation(changing(), told()).as_known_on(day))


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_day_knows_every_report(nothing: Any) -> None:
    known = Evaluation(changing(), told(), nothing)
    assert known.as_of is None and known.as_of_text is None
    assert known.as_known_on(nothing) is known


def test_what_is_no_day_is_told_in_one_line() -> None:
    with pytest.raises(InputError, match="the as-of date must be 2014, 2014-03 or 2014-03-31"):
        Evaluation(changing(), told()).as_known_on("soon")


# Day, audience: the verdicts on the counted share and on the revised level, worked by hand.
WORKED = {
    ("2013-03-01", "internal"): ("exceeded", "exceeded"),  # 90 against 80
    ("2013-03-01", "public"): ("suppressed", "exceeded"),
    ("2013-12-31", "internal"): ("exceeded", "not_met"),  # 90 against 95
    ("2013-12-31", "public"): ("suppressed", "not_met"),
    (None, "internal"): ("exceeded", "not_met"),
    (None, "public"): ("suppressed", "not_met"),
}


@pytest.mark.parametrize(("first", "then"), turns(product(WORKED, WORKED), 5))
def test_from_every_day_and_audience_every_other_can_be_asked(
    first: tuple[str | None, str], then: tuple[str | None, str]
) -> None:
    start = Evaluation(changing(), told(), *first)
    assert names(start) == WORKED[first]
    there = start.seen_by(then[1]).as_known_on(then[0])
    round_about = start.as_known_on(then[0]).seen_by(then[1])
    assert names(there) == names(round_about) == WORKED[then]
    back = there.as_known_on(first[0]).seen_by(first[1])
    assert names(back) == WORKED[first]
    assert annual(back, "a", 2012) == annual(start, "a", 2012)


def test_a_public_evaluation_gives_every_figure_back_that_was_put_in() -> None:
    given = told()
    public = Evaluation(changing(), given, "2013-12-31", "public")
    assert public.public and public.partial and len(public.figures.frame) == 2
    inside = public.seen_by("internal").as_known_on(None)
    assert inside.figures is given and not inside.public and not inside.partial


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_shipped_reviews_are_the_same_whichever_way_they_are_asked_for(audience: str) -> None:
    straight = evaluate(WARD, as_of="2013-12-31", audience=audience)
    other = "internal" if audience == "public" else "public"
    about = evaluate(WARD, audience=other).seen_by(audience).as_known_on(date(2013, 12, 31))
    assert annual(about, "ward-01", 2013) == annual(straight, "ward-01", 2013)
    assert midterm(about, "ward-01") == midterm(straight, "ward-01")


def test_nothing_withheld_leaves_this_process_nor_anything_scored() -> None:
    public = Evaluation(changing(), told(), audience="public")
    first = names(public)
    text = pickle.dumps(public)
    sent = pickle.loads(text)
    assert names(sent) == first
    assert names(sent.seen_by("internal")) == first, "what was withheld is not there to be seen"
    assert sent._scores.keys() == {"a"} and pickle.loads(text)._scores == {}
    inside = pickle.loads(pickle.dumps(Evaluation(changing(), told())))
    assert names(inside.seen_by("public")) == first


# ---------------------------------------------------------------- what if


def test_a_supposed_figure_counts_and_leaves_the_evaluation_as_it_was() -> None:
    evaluation = Evaluation(changing(), told())
    supposed = evaluation.what_if({"r": {"2012": 95, 2013: 60}}, "a")
    assert names(supposed) == ("exceeded", "met")
    assert names(evaluation) == ("exceeded", "not_met")
    (verdict,) = supposed.year_verdicts("a", 2013, ["r"])
    assert (verdict.value, verdict.estimate, verdict.source) == (60, True, "what-if")
    assert supposed.what_if({"r": {2012: 1}}, "a").year_verdicts("a", 2013, ["r"]) == (verdict,)


def test_a_supposed_figure_stays_through_other_days_and_audiences() -> None:
    supposed = Evaluation(changing(), told()).what_if({"r": {2012: 85}}, "a")
    for day, audience in itertools.product(("2013-03-01", "2013-12-31"), ("public", "internal")):
        (verdict,) = supposed.as_known_on(day).seen_by(audience).year_verdicts("a", 2012, ["r"])
        assert verdict.value == 85
        assert verdict.verdict.name == ("exceeded" if day == "2013-03-01" else "not_met")


def test_supposing_a_figure_brings_nothing_withheld_to_light() -> None:
    whole = {"comparison": "at_least", "value": 1, "basis": "count", "cadence": "every_year"}
    unit = {"vi": "người", "en": "people"}
    parts = [
        goal("t", unit=unit, target=whole, parts_add_up=True, sensitive=True),
        *(goal(n, unit=unit, target=whole, part_of="t", sensitive=True) for n in ("x", "y")),
    ]
    rows = [
        {"goal": name, "year": 2012, "value": value, "vintage": "2013"}
        for name, value in (("t", 100), ("x", 3), ("y", 97))
    ]
    public = Evaluation(plan(*parts), observations(*rows), audience="public")

    def seen(evaluation: Evaluation) -> dict[str, float | None]:
        return {v.goal.id: v.value for v in evaluation.year_verdicts("a", 2012)}

    hidden = {name for name, value in seen(public).items() if value is None}
    assert "x" in hidden and len(hidden) > 1
    supposed = public.what_if({"x": {2012: 50}}, "a")
    assert seen(supposed) == seen(public) | {"x": 50}
    assert seen(supposed.seen_by("internal")) == {"t": 100, "x": 50, "y": 97}
    rest = supposed.figures.frame
    masked = rest[(rest["goal"] == "x") & (rest["file"] == "test.csv")]
    assert (masked["state"] == State.suppressed).all() and masked["value"].isna().all()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"q": {2012: 1}}, "has no goal 'q'"),
        ({"r": {1999: 1}}, "the year must lie in 2010-2015, found 1999"),
        ({"r": {"later": 1}}, "the year must lie in 2010-2015"),
    ],
)
def test_what_cannot_be_supposed_is_told(values: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Evaluation(changing(), told()).what_if(values, "a")


def test_a_goal_of_named_members_takes_no_supposed_number() -> None:
    members = [{"id": n, "name": WHY} for n in ("x", "y")]
    target = {"comparison": "all_of", "basis": "count", "cadence": "every_year", "members": members}
    one = plan(goal(unit={"vi": "xã", "en": "communes"}, target=target))
    with pytest.raises(InputError, match="named members"):
        Evaluation(one, observations({"year": 2012, "member": "x", "value": 1})).what_if(
            {"g": {2012: 1}}
        )


# ---------------------------------------------------------------- frames


def test_frames_have_the_columns_that_are_described() -> None:
    evaluation = evaluate(WARD)
    found = {
        "VERDICTS": evaluation.verdicts("2013"),
        "OUTLOOK": evaluation.outlook("2013"),
        "METHODS": evaluation.methods("2013"),
        "CHANGES": evaluation.changes("2014-01-01", "2015-01-01"),
    }
    for name, frame in found.items():
        described = getattr(frames, name)
        assert list(frame.columns) == list(described) and all(described.values())
        assert len(frame) and set(frame["area"]) == {"ward-01"}


def test_a_frame_of_verdicts_says_what_the_reviews_say() -> None:
    evaluation = evaluate(WARD, audience="public")
    frame = evaluation.verdicts("2013", areas=["ward-02", "ward-01"], lang="vi")
    for area in ("ward-01", "ward-02"):
        rows = frame[frame["area"] == area].set_index("goal")
        for verdict in annual(evaluation, area, 2013).verdicts:
            row = rows.loc[verdict.goal.id]
            assert row["verdict"] == verdict.verdict.name
            assert row["value"] == verdict.value or (verdict.value is None and row.isna()["value"])
            assert row["goal_name"] == verdict.goal.name.in_language("vi")
    term = evaluation.verdicts("term")
    assert set(term["period"]) == {"term"} and len(term) == len(evaluation.plan.goals)
    pivot = evaluation.verdicts("2013", areas="all").pivot_table(
        index="area_name", columns="verdict", values="goal", aggfunc="count"
    )
    assert len(pivot) == len(evaluation.areas)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda e: e.verdicts("2019"), "the year must lie in 2011-2015, found 2019"),
        (lambda e: e.verdicts("2013-Q5"), "the year must lie in 2011-2015"),
        (lambda e: e.verdicts("2013", "ward-99"), "there is no area 'ward-99'"),
        (lambda e: e.changes("2014", "2013"), "the first day must lie before the last"),
        (lambda e: e.changes("", "2013"), "the as-of date must be"),
        (lambda e: e.seen_by("press"), "the audience is public or internal"),
    ],
)
def test_what_is_unknown_is_told_in_one_line(ask: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ask(evaluate(WARD))


def test_an_evaluation_prints_short_and_shows_itself() -> None:
    evaluation = evaluate(WARD, as_of="2013-12-31", audience="public")
    assert len(repr(evaluation)) < 400
    for word in (WARD, "2013-12-31", "public"):
        assert word in repr(evaluation)
    html = evaluation._repr_html_()
    assert "31 tháng 12 năm 2013" in html.replace("\N{NO-BREAK SPACE}", " ")  # its plan's language
    assert "color:#" not in html and "color:inherit" in html, "its page's colours, light or dark"
