"""Plans that name their periods as people write them: read as if they named them by their codes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from planlib.errors import Faults, InputError
from planlib.plan.periods.calendar import Calendar, Frequency
from planlib.plan.periods.typed import stated_period
from planlib.plan.reading import load_plan, read_plan
from planlib.plan.remarks.reading import read_remarks
from tests.periods.small_plans import harbour, schools

OAKSHIRE = Path(__file__).parent / "oakshire"
# One entry of everything that names a period, in codes and in words.
CODES = {
    "plan.yaml": "first: 2023/24, last: 2024/25|baseline_year: 2022/23",
    "services.yaml": "2023/24-Q1|2023/24-Q2|2023/24-Q3|2023/24-Q4|due: 2024/25-Q2|due: 2024/25}",
}
WORDS = {
    "plan.yaml": "first: năm 2023-24, last: FY 2024/25|baseline_year: financial year 2022/2023",
    "services.yaml": "quý I/2023-24|2e trimestre 2023/24|Q3 2023/24|Quarter 4 of 2023/24|"
    "due: Quý 2 năm 2024/25|due: 2024–25}",
}


def rewritten(folder: Path, old: dict[str, str], new: dict[str, str]) -> Path:
    for file, codes in old.items():
        text = (folder / file).read_text("utf-8")
        for code, words in zip(codes.split("|"), new[file].split("|"), strict=True):
            assert code in text
            text = text.replace(code, words)
        (folder / file).write_text(text, "utf-8")
    return folder


def told(folder: Path) -> dict[str, Any]:
    return read_plan(folder).model_dump()


def copied(folder: Path, copy: Path) -> Path:
    shutil.copytree(folder, copy)
    return copy


def test_a_plan_in_words_is_the_plan_in_codes(tmp_path: Path) -> None:
    words = rewritten(copied(OAKSHIRE, tmp_path / "words"), CODES, WORDS)
    assert told(words) == told(OAKSHIRE)
    months = rewritten(
        harbour(tmp_path / "harbour"),
        {"work.yaml": "due: 2024-06"},
        {"work.yaml": "due: June 2024"},
    )
    assert str(read_plan(months).goal("waiting-hours").main_target().due) == "2024-06"
    halves = {"work.yaml": "{year: 2023/24-H1|{year: 2023/24-H2"}
    french = {"work.yaml": "{year: 1er semestre 2023-24|{year: S2 2023/24"}
    assert told(rewritten(schools(tmp_path / "a"), halves, french)) == told(schools(tmp_path / "b"))


OWN = "targets: [{area: north, period: %s, value: 75}]"
BASE = "baseline: {year: %s, value: 3, source: a}"
REVISED = 'revisions: [{date: "2023-09-01", reason: new, yearly: [{year: %s, comparison: at_least, value: 9, cadence: every_period}]}]'


@pytest.mark.parametrize("entry", [OWN, BASE, REVISED])
def test_own_targets_baselines_and_revisions_take_words_too(tmp_path: Path, entry: str) -> None:
    made = []
    for at, said in enumerate(("{}-03", "mars {}", "tháng 3 năm {}")):
        folder = harbour(tmp_path / str(at))
        new = {
            "work.yaml": f"make_up: mean, {entry % said.format(2022 if entry == BASE else 2023)},"
        }
        made.append(told(rewritten(folder, {"work.yaml": "make_up: mean,"}, new)))
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("T2 2024", "'T2 2024' can be 2024-02 or 2024-Q2"),
        ("3/4/2024", "'3/4/2024' can be 3 April or 4 March 2024"),
        ("M3 2023/24", "must be a period such as 2023-12"),
        ("Q5 2024", "must be a period such as 2023-12"),
        ("6 tháng 2024", "must be a period such as 2023-12"),
    ],
)
def test_what_can_be_two_periods_or_is_none_is_refused(
    tmp_path: Path, said: str, fault: str
) -> None:
    """The plan is English; in Vietnamese T2 is February, in French the second quarter."""
    folder = rewritten(
        harbour(tmp_path / "h"), {"work.yaml": "due: 2024-06"}, {"work.yaml": f"due: {said}"}
    )
    [problem] = load_plan(folder)[1]
    assert fault in problem.message and problem.place == 12
    assert (problem.hint is not None) == ("can be" in fault)


def test_the_languages_of_a_plan_tell_what_a_word_means(tmp_path: Path) -> None:
    due, word = {"work.yaml": "due: 2024-06"}, {"work.yaml": "due: T2 2024"}
    folder = rewritten(harbour(tmp_path / "h"), due, word)
    for language, found in (("fr", "2024-06"), ("vi", "2024-02")):
        file = folder / "plan.yaml"
        text = file.read_text("utf-8")
        file.write_text(
            text.replace("[en]", f"[{language}]").replace("[fr]", f"[{language}]"), "utf-8"
        )
        assert str(read_plan(folder).goal("waiting-hours").main_target().due) == found


def test_a_month_is_too_short_for_quarters_and_a_year_in_two_ways_has_a_hint(
    tmp_path: Path,
) -> None:
    for at, (said, fault, hint) in enumerate((
        ("March 2024", "'2024-03' is shorter than a quarter", None),
        ("quý 2 năm 2024", "can be 2023/24-Q2 or 2024/25-Q2", "write the one that is meant"),
    )):  # fmt: skip
        folder = copied(OAKSHIRE, tmp_path / str(at))
        due, new = {"services.yaml": "due: 2024/25-Q2"}, {"services.yaml": f"due: {said}"}
        [problem] = load_plan(rewritten(folder, due, new))[1]
        assert fault in problem.message and problem.hint == hint


def test_due_days_may_be_typed(tmp_path: Path) -> None:
    for at, (said, due) in enumerate((
        ("due: 30 June 2024", "2024-06"), ("due: 2024-05, due_day: 15 mai 2024", "2024-05"),
        ("due: 30/6/2024", "2024-06"),
    )):  # fmt: skip
        folder = harbour(tmp_path / str(at))
        target = (
            read_plan(rewritten(folder, {"work.yaml": "due: 2024-06"}, {"work.yaml": said}))
            .goal("waiting-hours")
            .main_target()
        )
        assert str(target.due) == due and target.due_day is not None


def test_remarks_name_their_periods_in_words(tmp_path: Path) -> None:
    plan = read_plan(OAKSHIRE)
    entry = "  - {area: oakshire, period: %s, kind: note, text: Some words}\n"
    path = tmp_path / "remarks.yaml"
    path.write_text("remarks:\n" + entry % "quý II/2023-24", "utf-8")
    assert [one.period for one in read_remarks(path, plan)] == ["2023/24-Q2"]
    path.write_text("remarks:\n" + entry % "quý II/2024", "utf-8")
    with pytest.raises(InputError, match="can be 2023/24-Q2 or 2024/25-Q2"):
        read_remarks(path, plan)


def test_codes_are_read_as_before() -> None:
    """A text with the form of a code is never taken for words."""
    from planlib.plan.periods.typed import stated_period

    months = Calendar(Frequency.month, year_ends=3)
    assert str(stated_period("2023/24-M1", months, ["vi"])) == "2023-04"
    assert str(stated_period("Q1 2023/24", months, ["fr"])) == "2023/24-Q1"
    assert str(stated_period("M3 2023/24", months, ["en"])) == "2023-06"
    with pytest.raises(Faults, match="can be 2023/24-M3 or 2024/25-M3"):
        stated_period("M3 2024", months, ["en"])


@pytest.mark.parametrize(
    ("text", "by_end", "by_start"),
    [
        ("financial year 2014", "2013/14", "2014/15"),
        ("Fiscal Year 2013/14", "2013/14", "2013/14"),
        ("exercice budgétaire 2014", "2013/14", "2014/15"),
        ("2e trimestre de l’exercice 2014", "2013/14-Q2", "2014/15-Q2"),
        ("Quý II năm tài chính 2014", "2013/14-Q2", "2014/15-Q2"),
    ],
)
def test_a_financial_year_in_words_is_read_as_its_code(
    text: str, by_end: str, by_start: str
) -> None:
    for named, meant in ((True, by_end), (False, by_start)):
        calendar = Calendar(Frequency.quarter, year_ends=3, named_by_end=named)
        assert str(stated_period(text, calendar, ["fr", "vi"])) == meant
    with pytest.raises(Faults, match="can be 2013/14 or 2014/15"):
        stated_period("financial year 2014", Calendar(year_ends=3), ["en"])
    with pytest.raises(Faults, match="2013/14 or 2014/15"):
        stated_period("year 2014", Calendar(year_ends=3, named_by_end=True), ["en"])
