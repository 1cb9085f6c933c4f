"""A plan is in the languages it names: every text of it, and no other; plain words where it has one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from planlib.language.languages import LANGUAGES
from planlib.language.text import Text
from planlib.plan.plan import Plan
from planlib.plan.reading import load_plan, plan_languages, read_plan
from planlib.plan.shipped import PLANS
from planlib.plan.yes_no import is_yes_no

GOOD = Path(__file__).parent / "good-plan"
BOTH = re.compile(r"\{vi: ([^{},]*), en: ([^{},]*)\}")


def written(tmp_path: Path, languages: str, text: str, *, area: str = "ward-a") -> Path:
    """The good plan in other languages: ``text`` says what becomes of each of its texts."""
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    for path in folder.glob("*.yaml"):
        words = BOTH.sub(text, path.read_text("utf-8")).replace("ward-a", area)
        assert "vi:" not in words or "vi" in languages, path.name
        path.write_text(words, "utf-8")
    header = folder / "plan.yaml"
    header.write_text(f"languages: {languages}\n{header.read_text('utf-8')}", "utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    _, found = load_plan(folder, PLANS / "areas.yaml")
    return [str(problem).replace(f"{folder}/", "") for problem in found]


@pytest.mark.parametrize("text", [r"\2", r"{en: \2}"], ids=["plain words", "a mapping"])
def test_a_plan_of_one_language_needs_no_other(tmp_path: Path, text: str) -> None:
    plan = read_plan(written(tmp_path, "[en]", text))
    assert plan.languages == ("en",)
    assert plan.header.name == Text(en="Sample plan")
    assert plan.goal("alleys").unit_in("en") == plan.goal("alleys").unit_id == "alleys"
    assert is_yes_no(plan.goal("clean-party").unit)
    assert plan.goal("vaccination").unit == "%"
    assert plan_languages(tmp_path / "plan") == ("en",)


def test_a_plan_that_names_no_language_is_in_vietnamese_and_english() -> None:
    plan: Plan = read_plan(GOOD)
    assert plan.languages == plan_languages(GOOD) == ("vi", "en")


def test_the_order_of_a_text_is_that_of_the_plan(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, "[en, vi]", r"{vi: \1, en: \2}"))
    assert {tuple(goal.name) for goal in plan.goals} == {("en", "vi")}


def test_each_missing_translation_is_told_at_its_line(tmp_path: Path) -> None:
    folder = written(tmp_path, "[vi, en]", r"{vi: \1, en: \2}")
    section = folder / "society.yaml"
    lines = section.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if "Vaccination rate" in line)
    lines[at] = lines[at].replace(", en: Vaccination rate", "")
    section.write_text("\n".join(lines), "utf-8")
    assert problems(folder) == [
        (
            f"society.yaml:{at + 1}: goal 'vaccination': the key 'en' is missing "
            "(every text of this plan stands in: vi, en)"
        )
    ]


def test_a_text_in_a_language_the_plan_does_not_name_is_refused_with_both_ways_out(
    tmp_path: Path,
) -> None:
    folder = written(tmp_path, "[vi]", r"{vi: \1}")
    header = folder / "plan.yaml"
    header.write_text(header.read_text("utf-8").replace("{vi: Quy tắc}", "{vi: Q, en: Rule}"))
    (problem,) = problems(folder)
    assert problem.endswith(
        "the plan has no language 'en' (add en to 'languages' in plan.yaml, or leave this text out)"
    )


def test_a_language_without_a_catalogue_is_one_problem(tmp_path: Path) -> None:
    assert problems(written(tmp_path, "[en, tlh]", r"{en: \2}")) == [
        (
            f"plan.yaml:1: 'languages': there is no catalogue for 'tlh'; planlib speaks "
            f"{', '.join(LANGUAGES)} (another language needs its folder of catalogues)"
        )
    ]


def test_texts_of_a_language_without_a_catalogue_are_no_further_problems(tmp_path: Path) -> None:
    (told,) = problems(written(tmp_path, "[tlh]", r"\2"))
    assert told.startswith("plan.yaml:1: 'languages': there is no catalogue for 'tlh'")


def test_words_alone_are_refused_where_there_are_two_languages(tmp_path: Path) -> None:
    folder = written(tmp_path, "[en, vi]", r"{vi: \1, en: \2}")
    path = folder / "areas.yaml"
    path.write_text(BOTH.sub(r"\2", path.read_text("utf-8")), "utf-8")
    assert "(write {en: …, vi: …}, with the text in each language)" in problems(folder)[0]


def test_an_empty_text_is_refused_in_any_language(tmp_path: Path) -> None:
    folder = written(tmp_path, "[en]", r"\2")
    header = folder / "plan.yaml"
    header.write_text(header.read_text("utf-8").replace("name: Sample plan", 'name: " "'))
    (problem,) = problems(folder)
    assert problem.startswith("plan.yaml:3: ")


def test_the_registry_serves_a_plan_of_any_language_and_says_whose_words_those_are(
    tmp_path: Path,
) -> None:
    folder = written(tmp_path, "[en]", r"\2", area="ward-01")
    (folder / "areas.yaml").unlink()
    plan = read_plan(folder, PLANS / "areas.yaml")
    assert plan.area_name("ward-01")["vi"].startswith("Phường 01")
    assert plan.area_name("ward-01").in_language("en").startswith("Ward 01")


def test_words_of_another_language_say_so() -> None:
    assert Text(vi="Kinh tế").in_language("en") == "Kinh tế (in Vietnamese)"
    assert Text(en="Economy").in_language("vi") == "Economy (tiếng Anh)"
    assert Text(vi="Kinh tế").bare("en") == "Kinh tế"


def test_the_unit_of_an_answer_is_that_of_each_language() -> None:
    assert is_yes_no(Text(vi="có/không", en="yes/no"))
    assert is_yes_no(Text(vi="có/không"))
    assert not is_yes_no(Text(vi="có/không", en="yes"))
    assert not is_yes_no("%")


def test_texts_in_languages_without_a_catalogue_are_told_once(tmp_path: Path) -> None:
    """Not once for each text of the plan, and with the reason."""
    folder = tmp_path / "plan"
    shutil.copytree(Path(__file__).parent / "good-plan", folder)
    header = folder / "plan.yaml"
    text = header.read_text("utf-8")
    text = re.sub(r"^languages:.*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r"^name: .*\n", "name: {en: Plan, so: Qorshe}\n", text, flags=re.MULTILINE)
    header.write_text("languages: [en, so]\n" + text, "utf-8")
    told = [str(one) for one in load_plan(folder)[1]]
    assert sum("'so'" in one for one in told) == 1, told
    assert "plan.yaml:1: " in told[0] and "en, fr" in told[0]


def test_a_header_that_is_no_yaml_brings_no_problems_with_languages(tmp_path: Path) -> None:
    folder = written(tmp_path, "[en]", r"\2")
    header = folder / "plan.yaml"
    header.write_text(f"{header.read_text('utf-8')}\nadopted: 2026-11-28\n", "utf-8")
    (told,) = problems(folder)
    assert "YAML would change '2026-11-28' silently" in told
    assert plan_languages(folder) == ("en",)


def test_what_is_wrong_inside_a_list_is_told_alone(tmp_path: Path) -> None:
    folder = written(tmp_path, "[en]", r"\2")
    for path in folder.glob("*.yaml"):
        path.write_text(re.sub(r", paragraph: \d+", "", path.read_text("utf-8")), "utf-8")
    told = problems(folder)
    assert told and all("the key 'paragraph' is missing" in one for one in told)
