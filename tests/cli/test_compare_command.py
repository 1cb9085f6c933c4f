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
    assert page.count("<svg") == 3 and "7–10 of 10" in page and "99.8 %" in page


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
