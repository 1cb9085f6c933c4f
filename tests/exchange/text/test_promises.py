"""What single sentences are read as; every expectation is worked by hand from the words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from planlib.exchange.text.grammar.lexicon import FOLDER, lexicons
from planlib.exchange.text.proposals import GRAVE, MILD, Proposal
from planlib.exchange.text.reading import TextReading, read_text
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.shipped import open_plan
from planlib.report.text.phrases import target_text, when_text

# Language, sentence, and of each target: comparison, value or both ends, cadence, due year.
Expected = tuple[str, float | tuple[float, float], str, int | None]
SENTENCES: list[tuple[str, str, list[Expected]]] = [
    ("en", "By 2025, we will build at least 1,400 new homes.", [("at_least", 1400, "by", 2025)]),
    ("en", "Reduce road deaths by 20 % from 2010 levels by 2020.", [("at_most", -20, "by", 2020)]),
    ("en", "Increase recycling from 40 to 60 % by 2030.", [("at_least", 60, "by", 2030)]),
    ("en", "Accidents: from 5 to 7 percent fewer than the year before.", [("between", (-7, -5), "every_year", None)]),
    ("en", "Unemployment must stay below 4.5% each year.", [("below", 4.5, "every_year", None)]),
    ("en", "Halve the number of empty homes by 2027 compared with 2020.", [("at_most", -50, "by", 2027)]),
    ("en", "Raise coverage to 95% by the end of Q2 2024.", [("at_least", 95, "by", 2024)]),
    ("en", "Plant 15-20 hectares of forest annually.", [("between", (15, 20), "every_year", None)]),
    ("en", "Achieve 60% by 2025 and 80% by 2030.", [("at_least", 60, "by", 2025), ("at_least", 80, "by", 2030)]),
    ("en", "Reduce maternal mortality to less than 70 per 100,000 live births by 2030.", [("below", 70, "by", 2030)]),
    ("en", "Waiting times must not exceed 12 weeks in any year.", [("at_most", 12, "every_year", None)]),
    ("en", "At least two thirds of schools will have solar panels by 2028.", [("at_least", 66.7, "by", 2028)]),
    ("en", "By 2028 at least one in three seats will be held by women.", [("at_least", 33.3, "by", 2028)]),
    ("en", "By 2028, no more than 1 in 20 trains will be late.", [("at_most", 5, "by", 2028)]),
    ("en", "By 2028 between one third and one half of waste will be recycled.", [("between", (33.3, 50), "by", 2028)]),
    ("en", "Raise £2.5 million over the term of the plan.", [("at_least", 2.5, "over_term", None)]),
    ("en", "Staff turnover must not rise above 10% each year.", [("at_most", 10, "every_year", None)]),
    ("en", "Answer 90% of 999 calls within 10 seconds every month.", [("at_least", 90, "every_period", None)]),
    ("en", "Cut the wait for 101 calls from 4.5 minutes in 2024 to under 2 minutes by 2026.", [("below", 2, "by", 2026)]),
    ("en", "Close the attainment gap by a quarter by 2029 compared with 2024.", [("at_most", -25, "by", 2029)]),
    ("en", "Recruit 40 nurses and 12 midwives by 2027.", [("at_least", 40, "by", 2027), ("at_least", 12, "by", 2027)]),
    ("en", "Raise canopy cover to 22% by 2035 (2021: 16.8%).", [("at_least", 22, "by", 2035)]),
    ("en", "Half of our 120 buses will be replaced by 2028.", [("at_least", 50, "by", 2028)]),
    ("en", "Bring debts below £5 million by 2027.", [("below", 5, "by", 2027)]),
    ("vi", "Phấn đấu đến năm 2015 đạt từ 90% trở lên hộ gia đình văn hóa.", [("at_least", 90, "by", 2015)]),
    ("vi", "Mỗi năm kết nạp từ 90 - 100 đảng viên.", [("between", (90, 100), "every_year", None)]),
    ("vi", "Giảm tai nạn giao thông 5-7% so với năm trước.", [("between", (-7, -5), "every_year", None)]),
    ("vi", "Phát triển đạt 1.300 hội viên/năm.", [("at_least", 1300, "every_year", None)]),
    ("vi", "Đến năm 2025, tỷ lệ hộ nghèo giảm xuống dưới 2,5%.", [("below", 2.5, "by", 2025)]),
    ("vi", "Đến năm 2028, ít nhất một phần ba số đại biểu là nữ.", [("at_least", 33.3, "by", 2028)]),
    ("vi", "Đến năm 2028, trên một nửa số hộ dùng nước sạch.", [("above", 50, "by", 2028)]),
    ("vi", "Không để xảy ra cháy nổ hằng năm.", [("at_most", 0, "every_year", None)]),
    ("vi", "Chi thường xuyên không quá 1.234,5 tỷ đồng mỗi năm.", [("at_most", 1234.5, "every_year", None)]),
    ("vi", "Nâng tỷ lệ nước sạch từ 80% năm 2020 lên 95% vào năm 2025.", [("at_least", 95, "by", 2025)]),
    ("vi", "Trong nhiệm kỳ kết nạp từ 15-20 đảng viên mới.", [("between", (15, 20), "over_term", None)]),
    ("vi", "Giảm sĩ số từ 42 học sinh/lớp xuống 35 học sinh/lớp vào năm 2030.", [("at_most", 35, "by", 2030)]),
    ("vi", "Công suất giường bệnh duy trì từ 85% đến 95%.", [("between", (85, 95), "every_year", None)]),
    ("fr", "L’absentéisme ne pourra excéder 7 % chaque année.", [("at_most", 7, "every_year", None)]),
    ("fr", "Ne pas artificialiser plus de 18 hectares par an.", [("at_most", 18, "every_year", None)]),
    ("fr", "Le délai d’attente ne dépassera pas 2 h 30.", [("at_most", 2.5, "every_year", None)]),
    ("fr", "Embaucher 60 apprentis d’ici 2028.", [("at_least", 60, "by", 2028)]),
    ("fr", "D’ici 2030, réduire d’au moins 20 % les émissions par rapport à 2015.", [("at_most", -20, "by", 2030)]),
    ("fr", "D’ici 2028, un sur cinq des bus sera électrique.", [("at_least", 20, "by", 2028)]),
    ("fr", "D’ici 2028, plus de la moitié des logements seront rénovés.", [("above", 50, "by", 2028)]),
    ("fr", "Planter 1 234 arbres chaque année.", [("at_least", 1234, "every_year", None)]),
    ("fr", "La part du tri doit passer de 35 % en 2020 à 60 % en 2027.", [("at_least", 60, "by", 2027)]),
    ("fr", "Le chômage sera ramené à moins de 7,5 % fin 2026.", [("below", 7.5, "by", 2026)]),
    ("fr", "Rénover entre 120 et 150 logements par an.", [("between", (120, 150), "every_year", None)]),
    ("fr", "Doubler la fréquentation des bibliothèques d’ici 2028 par rapport à 2022.", [("at_least", 100, "by", 2028)]),
]  # fmt: skip


def read(folder: Path, text: str, lang: str) -> TextReading:
    file = folder / "plan.txt"
    file.write_text(text, encoding="utf-8")
    return read_text(file, lang)


def as_expected(one: Proposal) -> Expected:
    terms: dict[str, Any] = dict(one.terms)
    bounds = terms["value"] if "value" in terms else (terms["low"], terms["high"])
    return str(terms["comparison"]), bounds, str(terms["cadence"]), one.due[0] if one.due else None


@pytest.mark.parametrize(("lang", "sentence", "expected"), SENTENCES)
def test_a_sentence_is_read_for_sure(
    tmp_path: Path, lang: str, sentence: str, expected: list[Expected]
) -> None:
    found = read(tmp_path, sentence, lang).proposals
    assert [as_expected(one) for one in found] == expected
    assert [one.confidence for one in found] == ["sure"] * len(expected)


@pytest.mark.parametrize(
    ("lang", "sentence", "reason"),
    [
        ("en", "Up to 50 apprenticeships will be offered each year.", "up-to"),
        ("en", "At least 80 % of streets will be clean.", "no-time"),
        ("en", "By 2030 an estimated 60 % of people could live in cities.", "forecast"),
        ("en", "Complaints must not exceed 120 a year.", "no-unit"),
        ("en", "Reach about 30 clubs by 2025.", "about"),
        ("en", "Serve at least 1.300 meals by 2025.", "two-numbers"),
        ("en", "Not all of the 12 sites will open by 2026.", "negated"),
        ("en", "Subject to funding, we will build 40 homes by 2028.", "forecast"),
        ("fr", "Maintenir au moins un assistant d’éducation pour 90 élèves.", "crowded"),
        ("vi", "Tỉ lệ nghèo duy trì mức giảm 1 - 1,5% hằng năm.", "range-or-change"),
        ("vi", "Phát triển dân số tự nhiên đạt tỷ lệ 1% mỗi năm.", "direction"),
        ("vi", "Đến năm 2025 có khoảng 45 trường đạt chuẩn.", "about"),
        ("fr", "Tous les quartiers seront équipés d’ici 2027.", "all"),
        ("en", "By 2028, at least one nurse in two villages will work.", "share-or-places"),
    ],
)
def test_what_can_be_read_in_two_ways_is_never_sure(
    tmp_path: Path, lang: str, sentence: str, reason: str
) -> None:
    (one,) = read(tmp_path, sentence, lang).proposals
    assert reason in one.reasons
    assert one.confidence != "sure"


@pytest.mark.parametrize(
    ("lang", "sentence", "comparison", "share"),
    [
        ("fr", "D’ici 2028, un habitant sur trois sera abonné.", "at_least", 33.3),
        ("fr", "D’ici 2028, pas plus d’un élève sur vingt ne partira.", "at_most", 5),
        ("en", "By 2028, one pupil in ten will learn a trade.", "at_least", 10),
        ("en", "By 2028, out of every ten households, nine will have water.", "at_least", 90),
        ("vi", "Đến năm 2028, cứ mười hộ thì có chín hộ dùng nước sạch.", "at_least", 90),
    ],
)
def test_so_many_of_so_many_is_a_share_that_somebody_confirms(
    tmp_path: Path, lang: str, sentence: str, comparison: str, share: float
) -> None:
    """A stall in three streets is told in the same words."""
    (one,) = read(tmp_path, sentence, lang).proposals
    assert (one.terms["comparison"], one.terms["value"]) == (comparison, share)
    assert one.unit.kind == "percent" and "share-or-places" in one.reasons


@pytest.mark.parametrize(
    "sentence",
    ["Hold one meeting in two weeks by 2028.", "By 2028 one of the three bridges will open."],
)
def test_times_and_parts_of_a_few_are_no_shares(tmp_path: Path, sentence: str) -> None:
    (one,) = read(tmp_path, sentence, "en").proposals
    assert one.unit.kind != "percent" and one.confidence != "sure"


@pytest.mark.parametrize(
    ("lang", "sentence", "roles"),
    [
        ("en", "In 2020, 45 % of waste was recycled.", ["time-due", "past"]),
        ("en", "Schools with at least 300 pupils will be inspected.", ["threshold"]),
        ("en", "See Resolution 70/1 of 25 September 2015, article 4.", ["label", "label", "time-named", "time-named", "label"]),
        ("vi", "Thực hiện Chỉ thị số 10-CT/TW ngày 30/3/2007.", ["document", "time-named", "time-named", "time-named"]),
        ("fr", "Le décret n° 2015-992 du 17 août 2015 s’applique.", ["label", "label", "time-named", "time-named"]),
    ],
)  # fmt: skip
def test_numbers_that_are_no_targets_are_told_as_what_they_are(
    tmp_path: Path, lang: str, sentence: str, roles: list[str]
) -> None:
    reading = read(tmp_path, sentence, lang)
    assert reading.proposals == []
    assert [one.role for one in reading.listed] == roles


def test_what_is_kept_below_a_heading_with_a_year_may_hold_all_along(tmp_path: Path) -> None:
    text = "District plan\n\nTargets by 2030\n\nAt least 90% of homes will have water.\n\nKeep debt below 5%.\n"
    water, debt = read(tmp_path, text, "en").proposals
    assert (water.due, water.confidence) == ((2030, ""), "sure")
    assert (debt.due, debt.reasons) == ((2030, ""), ["time-heading"])


def test_named_things_become_members(tmp_path: Path) -> None:
    text = "Three neighbourhoods (Eastgate, Millside and The Hollow) will have a hub by 2023."
    (one,) = read(tmp_path, text, "en").proposals
    assert one.terms["comparison"] == "all_of"
    assert [dict(member)["name"] for member in one.terms["members"]] == [  # type: ignore[union-attr,call-overload]
        "Eastgate", "Millside", "The Hollow",
    ]  # fmt: skip


def test_a_target_of_a_group_is_told_as_one(tmp_path: Path) -> None:
    text = "The employment rate will reach 75 % for women and 80 % for men by 2025."
    found = read(tmp_path, text, "en").proposals
    assert [(one.group, one.terms["value"]) for one in found] == [
        (("sex", "women"), 75), (("sex", "men"), 80),
    ]  # fmt: skip


def test_a_target_of_a_place_is_told_as_one(tmp_path: Path) -> None:
    text = "By 2025, at least 80% of homes in Ward 3 and at least 90% in the Northern district will have water."
    found = read(tmp_path, text, "en").proposals
    assert [(one.area, one.terms["value"]) for one in found] == [
        ("Ward 3", 80), ("Northern district", 90),
    ]  # fmt: skip


def test_a_start_stands_beside_its_target(tmp_path: Path) -> None:
    text = "Increase recycling from 40 % in 2020 to 60 % by 2030."
    (one,) = read(tmp_path, text, "en").proposals
    assert one.baseline == (2020, 40)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("plan_id", ["ward-2010-2015", "viet-nam-2011-2015"])
def test_what_planlib_writes_of_a_target_is_read_back(
    tmp_path: Path, plan_id: str, lang: str
) -> None:
    """The words of every target of a shipped plan, below a heading; what is sure is never wrong."""
    plan, language = open_plan(plan_id), Language(lang)
    told: list[tuple[str, tuple[str, object]]] = []
    for goal in plan.goals:
        target = goal.main_target()
        if target.comparison not in {"done", "all_of"}:
            words = f"{goal.name[lang]}: {target_text(goal, target, language)}"
            bounds = target.value if target.low is None else (target.low, target.high)
            told.append(
                (f"{words}, {when_text(target, language)}.", (str(target.comparison), bounds))
            )
    heading = {"vi": "CHỈ TIÊU", "en": "TARGETS"}[lang]
    text = "\n\n".join([plan.header.name[lang], heading, *(words for words, _ in told)])
    found = read(tmp_path, text, lang).proposals
    by_sentence = {one.sentence: one for one in found}
    right = 0
    for words, meant in told:
        one = by_sentence.get(words)
        if one is not None and as_expected(one)[:2] == meant:
            right += 1
        elif one is not None:
            assert one.confidence != "sure", words
    assert right >= 0.9 * len(told)


def test_reports_of_what_has_been_hold_nothing_sure(tmp_path: Path) -> None:
    text = (
        "Performance update\n\nOut of 25 targets 16 (64%) had been achieved. Unemployment rose from 4% in "
        "2019 to 7% in 2021. The library receives at least 2,000 visitors each year. The population is "
        "projected to reach 52,000 by 2035.\n"
    )
    reading = read(tmp_path, text, "en")
    assert [one.sentence for one in reading.proposals if one.confidence == "sure"] == []


def test_every_reason_has_its_words_in_every_language() -> None:
    for code in LANGUAGES:
        language = Language(code)
        for reason in (*MILD, *GRAVE):
            assert language.raw(f"from-text.unsure.{reason}")


def test_the_files_of_words_hold_the_same_keys() -> None:
    def keys(data: dict[str, Any]) -> set[str]:
        nested = {"numbers", "comparisons", "change", "way"}
        return {
            f"{key}.{inner}" if key in nested else key
            for key, value in data.items()
            for inner in (value if key in nested else [""])
        }

    files = {
        code: YAML(typ="safe").load(FOLDER.joinpath(f"{code}.yaml").read_text("utf-8"))
        for code in lexicons()
    }
    assert set(files) == set(LANGUAGES)
    for code, data in files.items():
        # What only one language says of ages or of months needs no entry in the others.
        assert keys(data) ^ keys(files["en"]) <= {"ages_not", "month_number"}, code
