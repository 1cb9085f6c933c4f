"""Audits as a stranger asks for them: their places, order, words, JSON, and what cannot be asked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from commands import planlib
from helpers import observations

from planlib import audit, evaluate
from planlib.errors import InputError
from planlib.evaluation import Evaluation
from planlib.evaluation.opening import read_plan
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.plan import Plan
from planlib.report.pages.audit import CANNOT, AuditPage
from planlib.review.audit.audit import plan_audit
from planlib.review.audit.finding import KINDS, Severity, text_key

COUNCIL = """\
section: all
name: Council
goals:
{goals}
"""
HEADER = """\
id: {id}
languages: [{lang}]
name: A plan
term: {{first: {first}, last: {last}}}
sections: [all]
areas: [{areas}]
rule: {{id: office-table, dated: "2020-01-01", note: A rule, source: nobody}}
sources: [{{id: text, title: A text}}]
"""
SOURCE = "source: [{document: text, section: I, paragraph: 1}]"


def written(folder: Path, goals: str, registry: str = "", **header: object) -> Plan:
    """A plan in files, as somebody would write it."""
    said = {"id": "council", "lang": "en", "first": 2023, "last": 2027, "areas": "town"} | header
    (folder / "plan.yaml").write_text(HEADER.format(**said), "utf-8")
    (folder / "all.yaml").write_text(COUNCIL.format(goals=goals), "utf-8")
    names = "\n".join(f"  - {line}" for line in (registry or "{id: town, name: Town}").split("\n"))
    (folder / "areas.yaml").write_text(f"areas:\n{names}\n", "utf-8")
    return read_plan(folder)


def goal(name: str, words: str, target: str, unit: str = '"%"', more: str = "lead: Council") -> str:
    lines = [f"id: {name}", f"name: {words}", f"unit: {unit}", SOURCE, more, f"target: {target}"]
    return "  - " + "\n    ".join(line for line in lines if line)


def test_a_finding_stands_at_the_line_of_the_key_it_is_about(tmp_path: Path) -> None:
    goals = goal("jobs", "Jobs", "{comparison: at_least, value: 2, cadence: every_year}", "million")
    found = plan_audit(Evaluation(written(tmp_path, goals), observations())).findings
    (unit,) = (one for one in found if one.kind == "unclear-unit")
    lines = (tmp_path / "all.yaml").read_text("utf-8").splitlines()
    assert (unit.file, lines[(unit.line or 0) - 1].strip()) == ("all.yaml", "unit: million")


AREAS = """{id: county, name: County}
{id: town, name: Town, part_of: county}
{id: village, name: Village, part_of: county}"""
OWN = """\
  - id: homes
    name: Homes built
    unit: homes
    source: [{{document: text, section: I, paragraph: 1}}]
    lead: Council
    targets:
      - {{area: county, comparison: at_least, value: 100, basis: count, cadence: over_term}}
      - {{area: town, comparison: at_least, value: 60, basis: count, cadence: over_term}}
      - {{area: village, comparison: at_least, value: {rest}, basis: count, cadence: over_term}}
"""


@pytest.mark.parametrize(("rest", "times"), [(30, 1), (40, 0), (50, 0)])
def test_areas_that_come_to_less_than_their_whole_are_told(
    tmp_path: Path, rest: int, times: int
) -> None:
    made = written(tmp_path, OWN.format(rest=rest), AREAS, areas="county, town, village")
    page = AuditPage(plan_audit(Evaluation(made, observations())))
    found = [one for one in page.found.findings if one.kind == "areas-do-not-add-up"]
    assert len(found) == times
    if found:
        assert "come to 90\xa0homes together; County as a whole is to reach 100\xa0homes" in str(
            page
        )


def test_figures_of_four_columns_are_enough(tmp_path: Path) -> None:
    goals = goal("rate", "Rate", "{comparison: at_least, value: 90, cadence: by, due: 2025}")
    rows = [{"area": "town", "goal": "rate", "year": 2022, "value": 95.0}]
    found = audit(evaluate(written(tmp_path, goals), pd.DataFrame(rows))).found
    assert list(found.by_kind) == ["already-met"] and not found.illustrative


def test_a_plan_and_figures_that_name_no_area_are_questioned_all_the_same(tmp_path: Path) -> None:
    goals = goal("rate", "Rate", "{comparison: at_least, value: 90, cadence: by, due: 2025}")
    found = audit(evaluate(written(tmp_path, goals, areas=""))).found
    assert "no-baseline" in found.by_kind


def test_one_goal_of_fifty_years_gives_three_questions_and_no_more(tmp_path: Path) -> None:
    target = "{comparison: at_most, value: 0, cadence: by, due: 2070}"
    made = written(
        tmp_path, goal("net", "Net emissions", target, "tonnes", ""), first=2021, last=2070
    )
    found = plan_audit(Evaluation(made, observations()))
    assert list(found.by_kind) == ["no-baseline", "no-lead", "distant-deadline"]
    assert set(found.unasked.values()) == {"no_figures", "no_measures"}


def test_what_all_of_three_hundred_goals_lack_is_told_once(tmp_path: Path) -> None:
    target = "{comparison: at_least, value: 90, cadence: every_year}"
    names = [f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in "lmnprstvxzwq"]
    goals = "\n".join(goal(name, f"Rate of {name}", target, more="") for name in names)
    found = plan_audit(Evaluation(written(tmp_path, goals), observations()))
    (one,) = found.findings
    assert (one.kind, one.form, len(one.goals)) == ("no-lead", "plan", 300)
    assert "None of the 300 goals names the body in charge." in str(AuditPage(found))


def test_a_plan_in_which_nothing_is_to_be_asked_says_what_that_is_worth(tmp_path: Path) -> None:
    goals = goal("rate", "Rate", "{comparison: at_least, value: 90, cadence: every_year}")
    page = AuditPage(plan_audit(Evaluation(written(tmp_path, goals), observations())))
    assert not page.found.findings
    assert "no proof that all is well" in str(page)
    assert str(page.language(f"audit.cannot.{CANNOT[0]}")) in str(page)


def test_nothing_is_said_of_a_plan_before_the_day_it_was_known() -> None:
    now, then = (
        audit(evaluate("europe-2020", as_of=day), lang="en") for day in (None, "2010-12-31")
    )
    assert {"already-met", "pace-never-seen"} <= set(now.found.by_kind)
    assert "pace-never-seen" not in then.found.by_kind


def test_the_netherlands_had_to_go_faster_than_any_state_ever_went() -> None:
    """7.4 % in 2018 and 14 % due in 2020: 3.3 points a year; the best year on record is 2.75."""
    page = audit(evaluate("europe-2020"), lang="en")
    (one,) = (one for one in page.found.findings if one.kind == "pace-never-seen")
    assert (one.goals[0].id, one.areas) == ("renewable-share", ("nl",))
    assert one.facts["pace"] == pytest.approx(3.3) and one.facts["best"] == pytest.approx(2.75)
    assert "of 8,512 targets of countries" in str(page) and "489 were met" in str(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_says_what_why_and_how_in_every_language(lang: str) -> None:
    language = Language(lang)
    for kind in KINDS:
        for part in ("title", "why", "how"):
            assert language.raw(f"audit.{text_key(kind)}.{part}")


def test_json_is_ordered_by_weight_and_has_the_keys_programs_rely_on() -> None:
    told = json.loads(planlib("audit", "viet-nam-2011-2015", "--json", "--lang", "fr").stdout)
    assert list(told) == ["plan", "as_of", "language", "summary", "findings", "not_asked"]
    assert list(told["findings"][0]) == [
        "id", "severity", "file", "line", "goals", "measures", "areas", "found", "why", "how",
        "yaml", "illustrative", "numbers",
    ]  # fmt: skip
    weights = [Severity[one["severity"]] for one in told["findings"]]
    assert weights == sorted(weights, reverse=True)
    counted = told["summary"]
    assert counted["high"] + counted["medium"] + counted["low"] == len(weights)
    assert sum(counted["kinds"].values()) == len(weights)


def test_a_terminal_shows_a_line_a_finding_with_its_place_first() -> None:
    shown = planlib("audit", "viet-nam-2011-2015", "--lang", "en").stdout
    assert re.search(r"^- 02-society\.yaml:200: Jobs created over 5 years.*“triệu”", shown, re.M)


def test_strict_ends_with_1_only_where_a_verdict_hangs_on_something() -> None:
    assert planlib("audit", "viet-nam-2011-2015", "--strict").returncode == 1
    assert planlib("audit", "ward-2010-2015", "--strict").returncode == 0


@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_the_page_is_written(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    ended = planlib("audit", "viet-nam-2016-2020", "--out", str(out), "--lang", "vi")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert "Cần hỏi gì về kế hoạch này?" in out.read_text("utf-8")


def test_another_ending_is_wrong_use(tmp_path: Path) -> None:
    ended = planlib("audit", "viet-nam-2016-2020", "--out", str(tmp_path / "page.pdf"))
    assert ended.returncode == 2 and ".html" in ended.stderr


def test_a_plan_that_cannot_be_read_is_refused_with_its_lines(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="unit"):
        written(tmp_path, goal("rate", "Rate", "{comparison: done, cadence: every_year}"))
    ended = planlib("audit", str(tmp_path))
    assert ended.returncode == 1 and "all.yaml:" in ended.stderr


MEASURES = """\
measures:
  - id: repairs
    name: Repairs
    source: {{document: text, section: II, paragraph: 1}}
    goals: [rate]
    lead: Works department
    due: {due}
    state: {state}
"""


def test_a_measure_names_who_does_it_by_when_and_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "measures.yaml").write_text(MEASURES.format(due="2024-06-30", state="under_way"))
    goals = goal("rate", "Rate", "{comparison: at_least, value: 90, cadence: every_year}")
    made = written(tmp_path, goals)
    (one,) = made.measures
    assert (one.open, str(one.due_day), one.due, one.state) == (
        True,
        "2024-06-30",
        2024,
        "under_way",
    )
    found = plan_audit(Evaluation(made, observations(), as_of="2024-07-01")).findings
    (late,) = (one for one in found if one.kind == "measure-late")
    assert (late.file, late.line) == ("measures.yaml", 7)


@pytest.mark.parametrize(
    ("due", "state", "line"), [("soon", "done", 7), ("2024-13-01", "done", 7), ("2024", "begun", 8)]
)
def test_what_is_wrong_in_a_measure_is_told_at_its_line(
    tmp_path: Path, due: str, state: str, line: int
) -> None:
    (tmp_path / "measures.yaml").write_text(MEASURES.format(due=due, state=state))
    with pytest.raises(InputError) as wrong:
        written(
            tmp_path, goal("rate", "Rate", "{comparison: at_least, value: 9, cadence: every_year}")
        )
    (problem,) = wrong.value.problems
    assert str(problem.file).endswith("measures.yaml") and problem.place == line
    assert str(problem.subject) == "measure 'repairs'"
