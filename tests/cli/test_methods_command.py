"""The table and the JSON of ``planlib methods``."""

from __future__ import annotations

import json

import pytest

from planlib.cli.research.methods_command import methods_command
from planlib.errors import InputError
from planlib.evaluation import evaluate

WARD = evaluate("ward-2010-2015")


def test_json_rows_have_the_keys_programs_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    methods_command(WARD, "ward-01", 2013, "vi", as_json=True)
    records = json.loads(capsys.readouterr().out)
    keys = ["goal", "method", "status", "score", "ratio", "why_not"]
    assert {tuple(record) for record in records} == {tuple(keys)}
    assert {record["method"] for record in records} == {
        "opensdg", "unsd", "eurostat", "escap", "sdsn", "dns", "oecd", "vn366", "vn335",
    }  # fmt: skip
    graded = [record for record in records if record["method"] in {"vn366", "vn335"}]
    assert all(record["status"] is None and record["why_not"] for record in graded)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", ("Đã đạt mục tiêu", "các phương pháp không thống nhất", "Quy định 366-QĐ/TW (theo")),
        ("en", ("Target achieved", "the rules disagree", "Regulation 366-QĐ/TW (from")),
    ],
)
def test_the_table_flags_disagreement_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], lang: str, words: tuple[str, ...]
) -> None:
    methods_command(WARD, "ward-01", 2013, lang, as_json=False)
    out = capsys.readouterr().out
    assert "≠" in out and all(word in out for word in words)


def test_an_unknown_year_is_one_problem() -> None:
    with pytest.raises(InputError, match=r"the year must lie in 2011-2015, found 2031"):
        methods_command(WARD, "ward-01", 2031, "vi", as_json=True)
