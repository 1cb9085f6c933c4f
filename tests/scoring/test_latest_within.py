"""The newest figure in reach stands in for a period that has none, and says of which period it is."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.figures.observations import Observations, vintage_day
from planlib.plan.checks.period_links import period_faults
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.plan import Plan
from planlib.verify.recompute import Recomputed

LEAST = {"comparison": "at_least", "value": 70, "cadence": "every_year"}


def told(
    made: Plan, figures: Observations, year: int | None, as_of: str | None = None
) -> tuple[str, float | None, int | None, list[int]]:
    """Verdict, figure, the period it is of and the rows behind it, by both codes alike."""
    e = Evaluation(made, figures, as_of)
    area = "a"
    one = e.term_verdicts(area)[0] if year is None else e.year_verdicts(area, year)[0]
    rows = figures.frame.to_dict("records")
    again = Recomputed(made, rows, vintage_day(as_of) if as_of else None, area=area)
    whole = made.goals[0]
    proven = again.term(whole, made.years[-1]) if year is None else again.annual(whole, year)
    assert proven.verdict == one.verdict.name
    assert proven.value == one.value
    assert proven.figure_of == one.figure_of
    assert proven.inputs == tuple((i.file, i.row) for i in one.inputs)
    return one.verdict.name, one.value, one.figure_of, [i.row for i in one.inputs]


def within(reach: int = 2, target: dict[str, Any] = LEAST, **more: Any) -> Plan:
    unit = "%" if target.get("basis") == "change" else TEXT
    return plan(goal(unit=unit, target=target, latest_within=reach, **more))


def test_the_newest_figure_in_reach_stands_in_and_no_older_one() -> None:
    made = within(2)
    figures = observations({"year": 2011, "value": 60}, {"year": 2012, "value": 71})
    assert told(made, figures, 2012) == ("exceeded", 71, None, [3])
    assert told(made, figures, 2013) == ("exceeded", 71, 2012, [3])
    assert told(made, figures, 2014) == ("exceeded", 71, 2012, [3])
    assert told(made, figures, 2015) == ("no_data", None, None, [])
    before = observations({"year": 2010, "value": 60})
    assert told(made, before, 2011)[:3] == ("not_met", 60, 2010)  # before the term too


def test_a_row_that_says_missing_does_not_stand_in_the_way() -> None:
    figures = observations({"year": 2012, "value": 71}, {"year": 2013, "state": "missing"})
    assert told(within(), figures, 2013) == ("exceeded", 71, 2012, [2])


@pytest.mark.parametrize(
    ("state", "here", "after"),
    [
        ("not_applicable", "not_applicable", "no_data"),
        ("not_due", "not_due", "no_data"),
        ("suppressed", "suppressed", "suppressed"),  # what would stand in is withheld
    ],
)
def test_nothing_stands_in_across_a_report_that_says_why(state: str, here: str, after: str) -> None:
    figures = observations({"year": 2012, "value": 71}, {"year": 2013, "state": state})
    assert told(within(3), figures, 2013)[:2] == (here, None)
    assert told(within(3), figures, 2014)[:2] == (after, None)


def test_nothing_stands_in_before_a_year_is_over() -> None:
    figures = observations({"year": 2012, "value": 71, "vintage": "2013-01-15"})
    assert told(within(), figures, 2013, "2013-06-30")[0] == "not_due"
    assert told(within(), figures, 2013, "2013-12-31")[:3] == ("exceeded", 71, 2012)


def test_a_change_stands_in_as_a_whole_and_its_base_is_real() -> None:
    change = {"comparison": "at_least", "value": 5, "basis": "change", "cadence": "every_year"}
    made = within(1, change)
    figures = observations({"year": 2011, "value": 200}, {"year": 2012, "value": 212})
    assert told(made, figures, 2012) == ("exceeded", 6, None, [2, 3])
    assert told(made, figures, 2013) == ("exceeded", 6, 2012, [2, 3])  # not 0 on 2012 itself
    gap = observations({"year": 2011, "value": 200}, {"year": 2013, "value": 220})
    assert told(made, gap, 2013)[:2] == ("no_data", None)  # 2012 is not made up
    since = {"comparison": "at_most", "value": -20, "basis": "difference_since",
             "cadence": "by", "due": 2015}  # fmt: skip
    early = observations({"year": 2009, "value": 100}, {"year": 2012, "value": 70})
    assert told(within(3, since), early, 2015)[0] == "no_data"  # nothing stands in for 2010


def test_what_stands_in_decides_nothing_for_good() -> None:
    by = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2014}
    made = within(1, by)
    figures = observations({"year": 2013, "value": 80})
    assert told(made, figures, 2014)[:3] == ("not_met", 80, 2013)
    one = Evaluation(made, figures).year_verdicts("a", 2014)[0]
    assert not one.impossible  # its own figure may still say otherwise
    own = observations({"year": 2014, "value": 80})
    assert Evaluation(made, own).year_verdicts("a", 2014)[0].impossible
    years = within(4, LEAST | {"cadence": "keep"})
    kept = observations({"year": 2011, "value": 80})
    last = Evaluation(years, kept).term_verdicts("a")[0]
    assert (last.verdict.name, last.secured, last.impossible) == ("exceeded", False, False)


def test_the_years_of_a_term_are_judged_with_what_stands_in() -> None:
    figures = observations({"year": 2011, "value": 80}, {"year": 2014, "value": 60})
    verdict, value, of, rows = told(within(2), figures, None)
    assert (verdict, value, of, rows) == ("not_met", 60, None, [3])
    last = told(
        within(2), observations(*({"year": y, "value": 80} for y in range(2011, 2015))), None
    )
    assert last == ("exceeded", 80, 2014, [2, 3, 4, 5])


def test_members_and_milestones_stand_in_too() -> None:
    both = {
        "comparison": "all_of",
        "cadence": "every_year",
        "members": [{"id": one, "name": TEXT} for one in ("one", "two")],
    }
    rows = [{"year": 2012, "member": one, "value": 1} for one in ("one", "two")]
    assert told(within(1, both), observations(*rows), 2013) == ("met", 2, 2012, [2, 3])
    done = {"comparison": "done", "cadence": "every_year"}
    assert told(within(1, done), observations({"year": 2012, "value": 1}), 2013)[:3] == (
        "met", 1, 2012,
    )  # fmt: skip


def test_forecasts_are_made_of_real_figures_only() -> None:
    rows = [{"year": year, "value": 50 + year % 10} for year in (2009, 2010, 2011)]
    ahead = Evaluation(within(3), observations(*rows)).outlook("2013", "a")
    assert ahead["points"].tolist() == [3] and ahead["last_year"].tolist() == [2011]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({"cadence": "over_term", "basis": "count"}, "it would count twice"),
        ({"cadence": "every_period", "cumulative": True}, "of the year so far cannot"),
    ],
)
def test_what_adds_up_has_no_stand_in(target: dict[str, Any], message: str) -> None:
    class File:
        path = "x.yaml"

        def line(self, path: object) -> int:
            return 1

    one = goal(unit=TEXT, target=LEAST | target, latest_within=1, make_up="sum", period="quarter")
    header = plan(one).header.model_copy(update={"periods": Frequency.quarter})
    found = period_faults(one, header, File(), ("goals", 0))  # type: ignore[arg-type]
    assert [str(p) for p in found if message in str(p)]


def test_quarters_stand_in_for_quarters_and_a_year_sees_them() -> None:
    made = quarterly(LEAST | {"cadence": "every_period"}, latest_within=1)
    first = Calendar(Frequency.quarter).parts(2012, Frequency.quarter)[0]
    figures = observations(
        {"year": first, "value": 80},
        {"year": first + 1, "value": 71},
        {"year": first + 3, "value": 72},
    )
    assert told(made, figures, first + 2) == ("exceeded", 71, first + 1, [3])
    year = told(made.along(Frequency.year), figures, 2012)
    assert year == ("exceeded", 72, None, [2, 3, 4])
    assert told(made, figures, first + 5)[0] == "no_data"
    # A figure may be two quarters old, not two years: 2014 has none, without any quarter of it.
    older = quarterly(LEAST | {"cadence": "every_period"}, latest_within=2)
    assert told(older.along(Frequency.year), figures, 2014)[:2] == ("no_data", None)


def quarterly(target: dict[str, Any], **more: Any) -> Plan:
    one = goal(unit=TEXT, target=target, make_up="last", **more)
    made = plan(one)
    header = made.header.model_copy(update={"periods": Frequency.quarter})
    return Plan(header=header, sections=made.sections)


LAW = {"comparison": "done", "cadence": "by", "due": 2012}


def of_law(**more: Any) -> Plan:
    return plan(goal(target=LAW, **more))


def test_what_was_done_stays_done_until_a_report_says_otherwise() -> None:
    done = observations({"year": 2011, "value": 0}, {"year": 2012, "value": 1})
    assert told(of_law(), done, 2012) == ("met", 1, None, [3])
    assert told(of_law(), done, 2015) == ("met", 1, 2012, [3])
    assert told(of_law(), done, None)[0] == "met"
    undone = observations(
        {"year": 2012, "value": 1}, {"year": 2014, "value": 0}, {"year": 2015, "state": "missing"}
    )
    assert [told(of_law(), undone, year)[::2] for year in (2013, 2014, 2015)] == [
        ("met", 2012), ("not_met", None), ("no_data", None),
    ]  # fmt: skip
    assert told(of_law(), undone, None)[0] == "not_met"


def test_a_no_says_nothing_of_later_periods_and_silence_is_kept() -> None:
    no = observations({"year": 2011, "value": 0})
    assert [told(of_law(), no, year)[0] for year in (2011, 2012, 2013)] == [
        "not_due", "no_data", "no_data",
    ]  # fmt: skip
    for state, here in (("suppressed", "suppressed"), ("not_applicable", "not_applicable")):
        figures = observations({"year": 2011, "value": 1}, {"year": 2012, "state": state})
        assert told(of_law(), figures, 2012)[0] == here
        assert told(of_law(), figures, 2013)[0] == "no_data"


def test_done_before_it_is_due_or_before_the_term_is_done_and_an_open_year_waits() -> None:
    early = observations({"year": 2010, "value": 1, "vintage": "2011-01-15"})
    assert told(of_law(), early, 2011)[:3] == ("met", 1, 2010)
    assert told(of_law(), early, 2013, "2013-06-30")[0] == "not_due"
    assert told(of_law(), early, 2013, "2013-12-31")[:3] == ("met", 1, 2010)
    yearly = plan(goal(target=LAW | {"cadence": "every_year", "due": None}))
    assert told(yearly, early, 2011)[0] == "no_data"  # to be done anew each year


def test_what_was_done_is_secured_at_the_end_and_a_stand_in_is_not() -> None:
    asked = ((of_law(), 1), (within(3), 71))
    figures = [observations({"year": 2012, "value": value}) for _, value in asked]
    made = [Evaluation(one, rows) for (one, _), rows in zip(asked, figures, strict=True)]
    last = [e.year_verdicts("a", 2015)[0] for e in made]
    assert [(one.verdict.name, one.secured) for one in last] == [("met", True), ("exceeded", False)]
