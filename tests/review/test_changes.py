"""What moved between two days, and a plan that was itself revised."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from commands import planlib
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.changes import PlanChanges, changes
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import vintage_day
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.plan.reading import load_plan, read_plan
from planlib.report.tables.changes import change_record, changes_shown
from planlib.review import annual, profile
from planlib.scoring.verdict import Verdict

GOOD = Path(__file__).parent.parent / "plan" / "good-plan"
WHY = {"vi": "Nghị quyết mới", "en": "A new resolution"}
LEAST = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2015}
LOWER = {"comparison": "at_least", "value": 80, "cadence": "by", "due": 2015}


def between(one: Plan, rows: list[dict[str, Any]], start: str, end: str) -> PlanChanges:
    return changes(Evaluation(one, observations(*rows)), "a", vintage_day(start), vintage_day(end))


def vietnam(name: str, start: str, end: str) -> dict[tuple[int, str], Any]:
    result = changes(evaluate(name), evaluate(name).area(), vintage_day(start), vintage_day(end))
    return {(c.after.year, c.after.goal.id): c for c in result.changes}


def test_the_flips_of_2017_are_found_with_both_sources() -> None:
    found = vietnam("viet-nam-2016-2020", "2017-12-31", "2018-12-31")
    flipped = {
        goal_id: (c.before.verdict.name, c.after.verdict.name)
        for (year, goal_id), c in found.items()
        if c.flipped and year == 2017
    }
    # As reported in October 2017, and as revised in May 2018 (addresses in the figures).
    assert flipped == {
        "gdp-growth": ("met", "exceeded"),  # 6.7 became 6.81
        "cpi-inflation": ("met", "exceeded"),  # about 4 became 3.53
        "reduction-of-energy-use-per-unit-of-gdp": ("met", "not_met"),  # 1.5 became 0.5
        "reduction-of-the-poor-household-rate": ("met", "exceeded"),
        "reduction-of-the-poor-household-rate-in-poor-districts": ("met", "exceeded"),
    }
    growth = found[2017, "gdp-growth"]
    assert "baodauthau.vn" in growth.before.source and "cafef.vn" in growth.after.source
    assert (growth.before.value, growth.after.value) == (6.7, 6.81)


def test_the_flip_of_2015_is_from_a_published_verdict_to_a_computed_one() -> None:
    change = vietnam("viet-nam-2011-2015", "2015-12-31", "2016-12-31")[
        2015, "export-turnover-growth"
    ]
    # In October 2015 the target was told as met without a figure; in February 2016 it was 7.9.
    assert change.before.published_verdict is Verdict.met and change.before.value is None
    assert (change.after.verdict, change.after.value) == (Verdict.not_met, 7.9)
    assert change.flipped and change.kind == "revised"


def test_the_final_accounts_of_2013_turn_no_data_into_missed() -> None:
    change = vietnam("viet-nam-2011-2015", "2014-12-31", "2015-12-31")[
        2013, "state-budget-deficit-to-gdp"
    ]
    assert (change.before.verdict, change.after.verdict) == (Verdict.no_data, Verdict.not_met)
    assert change.kind == "new" and not change.flipped
    assert change_record(change)["verdict_changed"]


def test_a_figure_that_is_reported_again_unchanged_is_a_revision_of_its_date_only() -> None:
    rows = [
        {"year": 2012, "value": 70, "vintage": "2013-01-31"},
        {"year": 2012, "value": 70, "vintage": "2013-06-30"},
    ]
    (change,) = between(plan(goal(target=LEAST)), rows, "2013-02", "2013-12").changes
    assert change.kind == "revised" and not change.flipped
    assert (change.before.vintage, change.after.vintage) == ("2013-01-31", "2013-06-30")


def test_a_withdrawn_figure_is_told_as_such() -> None:
    rows: list[dict[str, Any]] = [
        {"year": 2012, "value": 70, "vintage": "2013-01-31"},
        {"year": 2012, "state": "missing", "vintage": "2013-06-30"},
    ]
    (change,) = between(plan(goal(target=LEAST)), rows, "2013-02", "2013-12").changes
    assert change.kind == "withdrawn" and change.after.value is None


def test_nothing_new_is_nothing_changed() -> None:
    rows = [{"year": 2012, "value": 70, "vintage": "2013-01-31"}]
    result = between(plan(goal(target=LEAST)), rows, "2014", "2015")
    assert result.changes == () and result.revisions == ()
    assert "Nothing changed" in changes_shown(result, Language("en")).text


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="first day must lie before"):
        between(plan(goal(target=LEAST)), [{"year": 2012, "value": 1}], "2014", "2014")


# ------------------------------------------------------------- revisions of the plan


def revised(**more: Any) -> Plan:
    return plan(goal(target=LEAST, revisions=[{"date": "2013-07-01", "reason": WHY, **more}]))


def test_a_target_holds_from_the_day_it_was_revised() -> None:
    one = revised(target=LOWER)
    for day, value in (("2013-06-30", 90), ("2013-07-01", 80), ("2015-12-31", 80)):
        assert one.in_force(vintage_day(day)).goal("g").main_target().value == value
    assert one.in_force(None).goal("g").main_target().value == 80
    early = one.in_force(vintage_day("2013-01-01"))
    assert early.goal("g").revisions == ()
    assert early.in_force(None).goal("g").main_target().value == 80  # later days bring it back


def test_a_revised_target_changes_verdicts_from_its_day_on_and_never_before() -> None:
    rows = [{"year": 2015, "value": 85, "vintage": "2015-12-31"}]
    one = revised(target=LOWER)
    untouched = Evaluation(plan(goal(target=LEAST)), observations(*rows))
    for day, verdict in (("2013-06-30", Verdict.not_due), ("2016-01-31", Verdict.exceeded)):
        evaluation = Evaluation(one, observations(*rows), vintage_day(day))
        assert evaluation.year_verdicts("a", 2015)[0].verdict is verdict
    before = Evaluation(one, observations(*rows), vintage_day("2013-06-30")).year_verdicts(
        "a", 2015
    )
    assert before == untouched.as_known_on("2013-06-30").year_verdicts("a", 2015)


def test_a_revision_of_the_plan_is_a_change_with_its_date_and_reason() -> None:
    rows = [{"year": 2012, "value": 85, "vintage": "2013-01-31"}]
    result = between(revised(target=LOWER), rows, "2013-03", "2013-12")
    assert [one.reason["en"] for _, one in result.revisions] == ["A new resolution"]
    kinds = {change.kind for change in result.changes}
    assert kinds == {"plan"}
    told = changes_shown(result, Language("en")).text
    assert "The plan was revised on 1 July 2013, “text”: A new resolution" in told
    record = change_record(result.changes[0])
    assert record["plan_revisions"][0]["date"] == "2013-07-01"
    assert record["before"]["target"]["value"], record["after"]["target"]["value"] == (90, 80)


def test_a_change_of_definition_cuts_the_series() -> None:
    rows = [{"year": 2010 + at, "value": value} for at, value in enumerate((50, 52, 55, 90))]
    counts = revised(definition={"vi": "Tính cả trẻ tạm trú", "en": "Temporary residents too"})
    whole = outlook(Evaluation(plan(goal(target=LEAST)), observations(*rows)), "a", 2013).of("g")
    cut = outlook(Evaluation(counts.in_force(None), observations(*rows)), "a", 2013).of("g")
    assert (whole.points, cut.points) == (4, 1)
    assert cut.probability is None
    (day, note) = profile(Evaluation(counts, observations(*rows)), "a", "g").breaks[0]
    assert (day.isoformat(), note["en"]) == ("2013-07-01", "Temporary residents too")


def test_readings_replace_a_target_and_a_target_replaces_readings() -> None:
    readings = [
        {"id": "one", "default": True, "why": WHY, "target": LEAST},
        {"id": "two", "why": WHY, "target": LOWER},
    ]
    made = revised(readings=readings).in_force(None).goal("g")
    assert made.target is None and made.main_target().value == 90 and made.ambiguous
    back = plan(
        goal(readings=readings, revisions=[{"date": "2013-07-01", "reason": WHY, "target": LOWER}])
    )
    assert back.in_force(None).goal("g").readings == ()


REVISIONS = """\
    revisions:
      - date: "2013-07-01"
        reason: {vi: Nghị quyết mới, en: A new resolution}
"""


def with_revision(tmp_path: Path, more: str) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(GOOD, folder)
    path = folder / "society.yaml"
    text = path.read_text("utf-8")
    first = "    target: {comparison: at_least, value: 95, basis: share, cadence: every_year}\n"
    assert first in text
    path.write_text(text.replace(first, first + REVISIONS + more, 1), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            "",
            "changes nothing: give a 'target', 'readings', 'yearly', 'term_target', 'baseline' or",
        ),
        (
            "        target: {comparison: at_least, value: 120, basis: share, cadence: every_year}\n",
            "as revised on 2013-07-01: the target 120 lies above the natural limit 100",
        ),
        (
            "        target: {comparison: at_least, value: 9, basis: share, cadence: by, due: 2020}\n",
            "'due' must lie in the term 2011-2015, found 2020",
        ),
        ("        tagret: {}\n", "unknown key 'tagret' (did you mean 'target'?)"),
    ],
)
def test_a_senseless_revision_is_told_at_its_line(tmp_path: Path, more: str, told: str) -> None:
    _, problems = load_plan(with_revision(tmp_path, more))
    assert problems and any(told in str(problem) for problem in problems), problems
    assert all("society.yaml:" in str(problem) for problem in problems)


def test_old_reviews_are_replayed_byte_for_byte_after_the_plan_was_revised(tmp_path: Path) -> None:
    target = (
        "        target: {comparison: at_least, value: 80, basis: share, cadence: every_year}\n"
    )
    folder = with_revision(tmp_path, target)
    assert read_plan(folder).in_force(None).goal("vaccination").main_target().value == 80

    def scored(where: Path, day: str) -> str:
        asked = ["score", str(where), "--year", "2012", "--as-of", day, "--json"]
        return planlib(*asked, folder=where).stdout

    plain = tmp_path / "plain" / "mine"
    shutil.copytree(GOOD, plain)
    old, new = (scored(where, "2013-06-30") for where in (plain, folder))
    assert old.replace(str(plain), "") == new.replace(str(folder), "")
    assert json.loads(scored(folder, "2013-07-01")) != json.loads(scored(plain, "2013-07-01"))


def test_the_command_prints_a_table_and_json(tmp_path: Path) -> None:
    command = ["changes", "viet-nam-2016-2020"]
    days = ["--from", "2017-12-31", "--to", "2018-12-31"]
    told = planlib(*command, *days, "--lang", "en")
    assert "5 verdicts flipped" in told.stdout and "6.81 (21 May 2018)" in told.stdout
    rows = json.loads(planlib(*command, *days, "--json").stdout)
    assert {"goal", "year", "kind", "flipped", "before", "after"} <= set(rows[0])
    wrong = planlib(*command, "--from", "2018", "--to", "2017")
    assert wrong.returncode == 1 and "must lie before" in wrong.stderr and not wrong.stdout


# ------------------------------------------------------------- one meaning of "flipped"


def told_on_both_sides(
    rows: list[dict[str, Any]], target: dict[str, Any], start: str, end: str
) -> tuple[bool, bool]:
    """Whether the verdict of 2012 flipped, as the yearly page and as ``planlib changes`` say."""
    one = plan(goal(target=target))
    page = annual(Evaluation(one, observations(*rows), vintage_day(end)), "a", 2012)
    found = [c for c in between(one, rows, start, end).changes if c.after.year == 2012]
    return any(r.flipped for r in page.revisions), any(c.flipped for c in found if not c.after.term)


YEARLY = {"comparison": "at_least", "value": 90, "cadence": "every_year"}
BY_2012 = {"comparison": "at_least", "value": 90, "cadence": "by", "due": 2012}


def reported(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"year": 2012, "vintage": "2012-12-01", **before},
        {"year": 2012, "vintage": "2013-06-01", **after},
    ]


@pytest.mark.parametrize(
    ("before", "after", "target", "flips"),
    [
        ({"value": 80}, {"value": 85}, BY_2012, False),  # not yet became missed: time alone
        ({"value": 80}, {"value": 85}, YEARLY, False),
        ({"value": 80}, {"value": 90}, YEARLY, True),  # short became met
        ({"value": 80}, {"value": 95}, BY_2012, True),  # not yet became exceeded
        ({"value": 95}, {"value": 90}, YEARLY, True),  # exceeded became met
        ({"value": 95}, {"value": 80}, BY_2012, True),
        ({"state": "missing"}, {"value": 80}, YEARLY, False),  # none stood before
        ({"value": 80}, {"state": "missing"}, YEARLY, False),  # none stands now
        ({"state": "missing", "published_verdict": "met"}, {"value": 80}, YEARLY, True),
        ({"state": "missing", "published_verdict": "not_met"}, {"value": 80}, YEARLY, False),
    ],
)
def test_the_page_and_the_command_say_alike_whether_a_verdict_flipped(
    before: dict[str, Any], after: dict[str, Any], target: dict[str, Any], flips: bool
) -> None:
    rows = reported(before, after)
    assert told_on_both_sides(rows, target, "2012-12-15", "2013-12-31") == (flips, flips)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_old_estimate_is_still_called_one(lang: str) -> None:
    from planlib.report.pages.annual import AnnualPage

    rows = reported({"value": 80, "state": "estimate"}, {"value": 95})
    page = AnnualPage(
        annual(Evaluation(plan(goal(target=YEARLY)), observations(*rows)), "a", 2012), lang
    )
    est = {"vi": "ước", "en": "est."}[lang]
    said = page.changes().text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"{est} 80 → 95" in said and f"{est} 95" not in said
    result = changes_shown(
        between(plan(goal(target=YEARLY)), rows, "2012-12-15", "2014"), Language(lang)
    )
    assert f"{est} 80" in result.text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_what_changed_is_counted_in_the_singular_and_the_plural(count: int) -> None:
    goals = [goal(name, target=YEARLY) for name in ("g", "h", "i")]
    rows = [
        {"goal": g.id, "year": 2012, "value": value, "vintage": day}
        for at, g in enumerate(goals)
        for day, value in (("2012-12-01", 80), ("2013-06-01", 95 if at < count else 85))
    ]
    shown = changes_shown(between(plan(*goals), rows, "2012-12-15", "2013-12-31"), Language("en"))
    verdicts = {0: "0 verdicts flipped", 1: "1 verdict flipped", 2: "2 verdicts flipped"}[count]
    assert f"3 figures are new or have changed; {verdicts}." in shown.text
