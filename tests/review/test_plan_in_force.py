"""Under an as-of day every entry point judges by the plan as it stood on that day."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from examples import turns
from helpers import goal, observations, plan, spelled_out
from typer.testing import CliRunner

from planlib.cli.app import app
from planlib.disclosure import published
from planlib.evaluation import Evaluation
from planlib.evaluation.claims import claims
from planlib.evaluation.methods import methods
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import Observations, vintage_day
from planlib.outlook.portfolio import portfolio
from planlib.plan.plan import Plan
from planlib.report.site.summary import PlanSummary
from planlib.review import annual, midterm, profile
from planlib.review.sensitivity import sensitivity
from planlib.scoring.score import Standing, score, score_term
from planlib.verify.prove import prove
from planlib.verify.recompute import Recomputed

GOOD = Path(__file__).parent.parent / "plan" / "good-plan"
WHY = {"vi": "Nghị quyết mới", "en": "A new resolution"}
EASY = {"comparison": "at_least", "value": 80, "cadence": "every_year"}
HARD = {"comparison": "at_least", "value": 95, "cadence": "every_year"}
BY = {"comparison": "at_least", "value": 95, "cadence": "by", "due": 2012}
KEEP = {"comparison": "at_least", "value": 80, "cadence": "keep"}
READINGS = [
    {"id": "strict", "target": HARD, "why": WHY, "default": True},
    {"id": "mild", "target": EASY, "why": WHY},
]
NEW = "2013-06-01"  # the day everything is revised on
OLD_DAY, NEW_DAY = "2013-03-01", "2013-09-01"

# What each goal is first, what it becomes, and its verdict on 90 in 2012 before and after.
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any], str, str]] = {
    "target": ({"target": EASY}, {"target": HARD}, "exceeded", "not_met"),
    "readings": ({"readings": READINGS}, {"target": EASY}, "not_met", "exceeded"),
    "to-readings": ({"target": EASY}, {"readings": READINGS}, "exceeded", "not_met"),
    "yearly": (
        {"yearly": [{**EASY, "year": 2012}]}, {"yearly": [{**HARD, "year": 2012}]},
        "exceeded", "not_met",
    ),
    "deadline": ({"target": EASY}, {"target": BY}, "exceeded", "not_met"),
    "keep": ({"target": HARD}, {"target": KEEP}, "not_met", "exceeded"),
}  # fmt: skip


def revised() -> Plan:
    return plan(
        *(
            goal(name, revisions=[{"date": NEW, "reason": WHY, **later}], **first)
            for name, (first, later, _, _) in KINDS.items()
        ),
        first=2011,
        last=2015,
    )


def figures() -> Observations:
    return observations(
        *(
            {"goal": name, "area": area, "year": year, "value": 90, "vintage": f"{year + 1}-01-15"}
            for name in KINDS
            for area in ("a", "b")
            for year in (2011, 2012)
        )
    )


def yearly(one: Plan, day: int) -> dict[str, str]:
    frame = score(one, figures(), years=[2012], areas=["a"], as_of=day)
    return dict(zip(frame["goal"].astype(str), frame["verdict"].astype(str), strict=True))


def on_term(one: Plan, day: int) -> dict[str, str]:
    frame = score_term(one, figures(), standing=Standing(2012, day), areas=["a"])
    return dict(zip(frame["goal"].astype(str), frame["verdict"].astype(str), strict=True))


@pytest.mark.parametrize(("day", "side"), [(OLD_DAY, 2), (NEW_DAY, 3)])
def test_a_frame_of_scores_is_made_by_the_plan_of_the_day(day: str, side: int) -> None:
    expected = {name: str(kind[side]) for name, kind in KINDS.items()}
    at = vintage_day(day)
    one = revised()
    assert yearly(one, at) == expected
    # Whatever day the plan given was of, and whichever goals of it were asked for.
    assert yearly(one.in_force(None), at) == expected
    assert yearly(one.in_force(vintage_day(OLD_DAY)), at) == expected
    frame = score(one, figures(), years=[2012], areas=["a"], as_of=at, goals=one.goals[::-1])
    assert frame["verdict"].astype(str).tolist() == [expected[g.id] for g in one.goals[::-1]]
    assert on_term(one, at) == on_term(one.in_force(at), at)


def test_every_report_known_means_every_revision_made() -> None:
    frame = score(revised(), figures(), years=[2012], areas=["a"])
    assert frame["verdict"].astype(str).tolist() == [kind[3] for kind in KINDS.values()]


ASKED: dict[str, Callable[[Plan, Observations, int], Any]] = {
    "verdicts": lambda one, seen, day: Evaluation(one, seen, day).year_verdicts("a", 2012),
    "term": lambda one, seen, day: Evaluation(one, seen, day).term_verdicts("a", 2013),
    "annual": lambda one, seen, day: annual(Evaluation(one, seen, day), "a", 2012),
    "midterm": lambda one, seen, day: midterm(Evaluation(one, seen, day), "a", 2012),
    "profile": lambda one, seen, day: [
        profile(Evaluation(one, seen, day), "a", g) for g in one.goal_ids
    ],
    "outlook": lambda one, seen, day: outlook(Evaluation(one, seen, day), "a", 2012),
    "portfolio": lambda one, seen, day: portfolio(one, seen, "a", 2012, day).asked,
    "methods": lambda one, seen, day: methods(Evaluation(one, seen, day), "a", 2012),
    "sensitivity": lambda one, seen, day: sensitivity(Evaluation(one, seen, day), "a", 2012),
    "index": lambda one, seen, day: PlanSummary(
        Evaluation(one, seen, day), ["a", "b"]
    ).area_summary("a"),
    "seen by": lambda one, seen, day: annual(
        Evaluation(one, seen, day).seen_by("public"), "a", 2012
    ),
}


@pytest.mark.parametrize(("day", "name"), turns(product([OLD_DAY, NEW_DAY], ASKED), 2))
def test_every_question_is_answered_by_the_plan_of_the_day(name: str, day: str) -> None:
    ask, seen, at = ASKED[name], figures(), vintage_day(day)
    right = spelled_out(ask(revised().in_force(at), seen, at))
    assert spelled_out(ask(revised(), seen, at)) == right
    assert spelled_out(ask(revised().in_force(None), seen, at)) == right


@pytest.mark.parametrize("day", [OLD_DAY, NEW_DAY])
def test_the_index_claims_what_the_verdict_files_claim_and_a_second_scorer_finds(day: str) -> None:
    at, seen = vintage_day(day), figures()
    evaluation = Evaluation(revised().in_force(None), seen, at)
    summary = PlanSummary(evaluation, ["a", "b"]).area_summary("b")

    def hashed(path: str, row: int) -> Any:
        return {"file": "f", "row": row, "sha256": "0" * 64}

    told = {(c.kind, c.year, c.goal): c.verdict for c in claims(evaluation, "b", hashed)}
    again = Recomputed(revised(), seen.of_area("b").frame.to_dict("records"), at)
    for row in summary.rows:
        of = again.plan.goal(row.goal)
        for column, verdict in zip(summary.columns, row.verdicts, strict=True):
            assert told[column.kind, column.year, row.goal] == verdict
            ask = again.annual if column.kind == "annual" else again.midterm
            assert ask(of, column.year).verdict == verdict


# ------------------------------------------------------------------ audiences


SECRET = {"year": 2012, "vintage": "2013-01-15", "numerator": 3, "denominator": 50}
SHARE = {"comparison": "at_least", "value": 5, "basis": "share", "cadence": "every_year"}


def sensitive(**more: Any) -> Plan:
    return plan(goal("s", target=SHARE, sensitive=True, **more))


def test_a_public_evaluation_turned_internal_shows_every_figure_again() -> None:
    given = observations({"goal": "s", **SECRET})
    public = Evaluation(sensitive(), given, audience="public")
    assert public.year_verdicts("a", 2012)[0].verdict.name == "suppressed"
    inside = public.seen_by("internal")
    assert inside.year_verdicts("a", 2012) == Evaluation(sensitive(), given).year_verdicts(
        "a", 2012
    )
    assert inside.year_verdicts("a", 2012)[0].value == 6 and not annual(inside, "a", 2012).public
    again = inside.seen_by("public")
    assert (
        again.year_verdicts("a", 2012) == public.year_verdicts("a", 2012)
        and annual(again, "a", 2012).public
    )


def test_a_public_evaluation_takes_no_withheld_figure_along_when_it_leaves() -> None:
    rows = [{"goal": "s", **SECRET, "numerator": 4, "denominator": 48611}]
    sent = pickle.loads(
        pickle.dumps(Evaluation(sensitive(), observations(*rows), audience="public"))
    )
    assert sent.year_verdicts("a", 2012)[0].verdict.name == "suppressed"
    for one in (sent, sent.seen_by("internal")):
        assert "48611" not in one.figures.frame.to_csv()


def test_a_count_of_people_is_withheld_whatever_day_the_plan_is_of() -> None:
    level = {"comparison": "at_least", "value": 5, "cadence": "every_year"}
    one = sensitive(revisions=[{"date": NEW, "reason": WHY, "target": level}])
    given = observations({"goal": "s", **SECRET})
    hidden = published(one, given).withheld
    assert [(found.year, found.why) for found in hidden] == [(2012, "primary")]
    for day in (None, OLD_DAY, NEW_DAY):
        version = one.in_force(vintage_day(day) if day else None)
        assert published(version, given).withheld == hidden


# ------------------------------------------------------------------ whole reports


ROWS = """\
area,goal,year,vintage,numerator,denominator,state,source
ward-a,vaccination,2012,2013-01-15,186,200,measured,report
ward-a,vaccination,2013,2014-01-15,186,200,measured,report
ward-b,vaccination,2012,2013-01-15,3,200,measured,report
ward-b,vaccination,2013,2014-01-15,150,200,measured,report
"""
REVISED = """
    sensitive: true
    revisions:
      - date: "2013-06-01"
        reason: {vi: Nghị quyết mới, en: A new resolution}
        target: {comparison: at_least, value: 90, basis: share, cadence: every_year}
"""


@pytest.mark.parametrize(
    ("day", "audience"),
    turns([("2013-03-01", "public"), ("2013-03-01", "internal"), ("", "public")], 3),
)
@pytest.mark.usefixtures("here")
def test_pages_index_and_verdicts_of_a_revised_plan_agree(
    tmp_path: Path, day: str, audience: str
) -> None:
    folder, out = tmp_path / "good-plan", tmp_path / "out"
    shutil.copytree(GOOD, folder)
    text = (folder / "society.yaml").read_text("utf-8")
    at = text.index("target: {comparison: at_least, value: 95")
    end = text.index("\n", at)
    (folder / "society.yaml").write_text(text[:end] + REVISED.rstrip() + text[end:], "utf-8")
    (folder / "figures.csv").write_text(ROWS, "utf-8")
    asked = ["batch", str(folder), "--areas", "all", "--years", "2012", "--midterm"]
    asked += [
        "--lang",
        "vi",
        "--workers",
        "1",
        "--audience",
        audience,
        "--out",
        str(out),
        *(["--as-of", day] if day else []),
    ]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert [str(problem) for problem in prove(out, [folder]).problems] == []
    # 93 % is under the 95 of the first plan, and over the 90 it was revised to.
    right = "not_met" if day == "2013-03-01" else "exceeded"
    mine = out / "good-plan" / "ward-a"
    summary = json.loads((mine / "review.json").read_text("utf-8"))
    rows = [row for group in summary["groups"] for row in group["rows"]]
    first = next(row["verdicts"] for row in rows if row["goal"] == "vaccination")
    told = json.loads((mine / "verdicts.json").read_text("utf-8"))["verdicts"]
    claims = {(c["kind"], c["year"], c["goal"]): c["verdict"] for c in told}
    for column, verdict in zip(summary["columns"], first, strict=True):
        assert claims[column["kind"], column["year"], "vaccination"] == verdict
    assert claims["annual", 2012, "vaccination"] == right
