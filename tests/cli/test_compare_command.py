"""``planlib compare``: its JSON, its words in each language, its page, and what is wrong in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import planlib

ASKED = ("compare", "ward-2010-2015", "--goal", "poor-households", "--period", "2013")
KEYS = ["area", "value", "n", "lower", "upper", "outside", "shrunken", "rank", "rank_low",
        "rank_high", "peers"]  # fmt: skip


def test_json_has_the_keys_programs_rely_on() -> None:
    found = json.loads(planlib(*ASKED, "--json").stdout)
    assert list(found) == ["goal", "period", "method", "areas"]
    assert (found["goal"], found["period"], found["method"]) == (
        "poor-households",
        2013,
        "binomial",
    )
    assert all(list(one) == KEYS for one in found["areas"]) and len(found["areas"]) == 10
    assert {one["area"]: one["outside"] for one in found["areas"]}["ward-10"] == "high"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "cannot be told apart from all areas together"),
        ("vi", "chưa thể phân biệt với mức chung"),
        ("fr", "ne se distinguent pas de l’ensemble"),
    ],
)
def test_the_answer_is_told_in_the_readers_language(lang: str, words: str) -> None:
    assert words in planlib(*ASKED, "--lang", lang).stdout.replace("\n", " ")


def test_the_page_holds_the_funnel_and_no_table_of_bare_ranks(tmp_path: Path) -> None:
    assert planlib(*ASKED, "--lang", "en", "--html", str(tmp_path / "page.html")).returncode == 0
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("<svg") == 3 and "7–10 of 10" in page and "99.8%" in page


def test_one_group_is_compared_by_its_own_counts(tmp_path: Path) -> None:
    lines = ["area,goal,year,group,vintage,numerator,denominator"]
    for area, women, men in (("a", 95, 10), ("b", 50, 50), ("c", 55, 90)):
        for group, count in (("", women + men), ("sex=women", women), ("sex=men", men)):
            size = 100 if group else 200
            row = f"{area},school-completion,2021,{group},2022-03-01,{count},{size}"
            lines.append(row)
    figures = tmp_path / "figures.csv"
    figures.write_text("\n".join(lines), "utf-8")
    plan = Path(__file__).parents[1] / "groups" / "northfield"
    asked = ("compare", str(plan), "--goal", "school-completion", "--period", "2021",
             "--observations", str(figures))  # fmt: skip

    def told(*more: str) -> dict[str, tuple[float, float, str | None, int]]:
        areas = json.loads(planlib(*asked, *more, "--json").stdout)["areas"]
        return {
            one["area"]: (one["value"], one["n"], one["outside"], one["rank"])
            for one in areas if one["value"] is not None
        }  # fmt: skip

    women, everybody = told("--group", "sex=women"), told()
    assert women["a"] == (95, 100, "high", 1) and women["b"][3] == 3
    assert {area: one[:2] for area, one in everybody.items()} == {
        "a": (52.5, 200), "b": (50, 200), "c": (72.5, 200),
    }  # fmt: skip
    ended = planlib(*asked, "--group", "sex=girls")
    assert ended.returncode == 1 and "girls" in ended.stderr


@pytest.mark.parametrize(
    ("more", "line"),
    [
        (("--goal", "poor-household"), "poor-households"),
        (("--period", "1999"), "1999"),
        (("--order-by", "nothing"), "nothing"),
        (("--limits", "narrow"), "exact, public-health"),
        (("--goal", "poverty-relief-drive"), "done or not"),
    ],
)
def test_what_is_wrong_is_one_line(more: tuple[str, str], line: str) -> None:
    ended = planlib(*ASKED, *more, "--lang", "en")
    assert ended.returncode == 1 and ended.stderr.count("\n") == 1 and line in ended.stderr
