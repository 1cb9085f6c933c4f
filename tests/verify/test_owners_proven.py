"""Missed goals with who answers, why and what comes next: on the page, in Word, and in the proof."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.language.languages import LANGUAGES
from planlib.plan.goal_parts import Measure
from planlib.plan.plan import Plan
from planlib.plan.remarks.remark import Remark
from planlib.report.documents.skeleton import Issuer
from planlib.report.pages.annual import AnnualPage
from planlib.report.word import word_report
from planlib.verify.markup import read_page
from planlib.verify.targets.owners import OwnersShown

TARGET = {"comparison": "at_least", "value": 90, "cadence": "every_year"}
PLACE = {"document": "text", "section": "III", "paragraph": 1}


def both(vi: str, en: str) -> dict[str, str]:
    return {"vi": vi, "en": en}


def measure(measure_id: str, goals: list[str], **more: Any) -> Measure:
    name = both(f"Việc {measure_id}", f"Work {measure_id}")
    given = {"id": measure_id, "name": name, "source": PLACE, "goals": goals} | more
    return Measure.model_validate(given)


GOALS = [
    goal("paved", name=both("Đường", "Roads"), lead=both("Phòng", "Works"), target=TARGET),
    goal("lit", name=both("Đèn", "Lamps"), part_of="paved", target=TARGET),
    goal("clean", name=both("Sạch", "Clean"), target=TARGET),
    goal("green", name=both("Xanh", "Green"), lead=both("Phòng", "Parks"), target=TARGET),
    goal("good", name=both("Tốt", "Good"), target=TARGET),
]
MEASURES = [
    measure("first", ["paved"], due=2014),
    measure("sooner", ["paved"], due="2013-06-30", state="under_way", lead=both("Đội", "Crew")),
    measure("soonest", ["paved"], due=2012, state="done"),
    measure("gone", ["lit"], state="dropped"),
    measure("some-day", ["green"]),
]


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan(*GOALS).model_copy(update={"measures": tuple(MEASURES)})


@pytest.fixture(scope="module")
def evaluation(made: Plan) -> Evaluation:
    values = {"paved": 50, "lit": 50, "clean": 50, "green": 50, "good": 95}
    rows = [{"goal": name, "year": 2012, "value": float(v)} for name, v in values.items()]
    return Evaluation(made, observations(*rows))


def test_each_missed_goal_shows_its_lead_and_its_next_step_or_says_which_is_absent(
    evaluation: Evaluation,
) -> None:
    shown = AnnualPage.of(evaluation, "a", 2012, "en").shortfalls()
    (table,) = (block for block in shown if type(block).__name__ == "Table")
    rows = [[cell.text for cell in row] for row in table.groups[0].rows]
    none = "no cause is stated"
    assert [row[1:] for row in rows] == [
        ["Works", none, "Work sooner (by 30 June 2013, under way, Crew)"],
        ["Works", none, "every measure for it is done or dropped"],
        ["no body in charge is named", none, "no measure of the plan serves it"],
        ["Parks", none, "Work some-day (no day is set)"],
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_proof_says_the_same_in_every_language(
    made: Plan, evaluation: Evaluation, lang: str
) -> None:
    shown = AnnualPage.of(evaluation, "a", 2012, lang).shortfalls().html
    missed = [one for one in made.goals if one.id != "good"]
    assert list(OwnersShown(made, lang).differing(read_page(shown).root, missed)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">Works<", ">Parks<"),
        ("no body in charge is named", "Parks"),
        ("30 June 2013", "30 June 2014"),
        ("under way", "planned"),
        ("Work sooner", "Work first"),
        ("every measure for it is done or dropped", "no measure of the plan serves it"),
        ("no cause is stated", "bad weather"),
        ('data-goal="clean"', 'data-goal="good"'),
        ("pl-c-next", "pl-c-note"),
    ],
)
def test_what_was_changed_on_the_page_is_found(
    made: Plan, evaluation: Evaluation, old: str, new: str
) -> None:
    shown = AnnualPage.of(evaluation, "a", 2012, "en").shortfalls().html
    assert old in shown
    missed = [one for one in made.goals if one.id != "good"]
    assert list(OwnersShown(made, "en").differing(read_page(shown.replace(old, new)).root, missed))


def test_the_offices_causes_stand_on_the_page_and_are_proven(
    made: Plan, evaluation: Evaluation
) -> None:
    about = {"area": "a", "period": "2012", "goal": "paved"}
    said = [
        Remark.model_validate(about | {"kind": "subjective", "text": "Too few <crews>"}),
        Remark.model_validate(about | {"kind": "objective", "text": "Rain  in June"}),
        Remark.model_validate(about | {"kind": "note", "text": "Counted anew"}),
    ]
    page = AnnualPage.of(evaluation, "a", 2012, "en")
    page.remarks = said
    root = read_page(page.shortfalls().html).root
    missed = [one for one in made.goals if one.id != "good"]
    assert not list(OwnersShown(made, "en", said).differing(root, missed))
    (found,) = OwnersShown(made, "en", said[1:]).differing(root, missed)
    assert "Rain in June; Too few <crews>" in found[2]


def test_a_list_where_nothing_was_missed_is_found(made: Plan, evaluation: Evaluation) -> None:
    shown = AnnualPage.of(evaluation, "a", 2012, "en").shortfalls().html
    assert list(OwnersShown(made, "en").differing(read_page(shown).root, []))
    assert not list(OwnersShown(made, "en").differing(read_page("<p>none</p>").root, []))


def test_the_report_in_word_gives_the_offices_own_causes(evaluation: Evaluation) -> None:
    said = {"area": "a", "period": "2012", "kind": "objective", "text": "Mưa lớn", "goal": "paved"}
    page = AnnualPage.of(evaluation, "a", 2012, "vi")
    made = word_report(page.handed_in(None, Issuer(), None, [Remark.model_validate(said)]))
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(io.BytesIO(made)).tables
    ]
    (rows,) = (rows for rows in tables if "Bước tiếp theo" in rows[0])
    assert rows[1][1:] == [
        "Phòng",
        "Mưa lớn",
        "Việc sooner (hạn ngày 30 tháng 6 năm 2013, đang thực hiện, Đội)",
    ]
    assert rows[3][1:] == [
        "chưa nêu cơ quan phụ trách", "chưa nêu nguyên nhân", "kế hoạch không có giải pháp cho chỉ tiêu này",
    ]  # fmt: skip
