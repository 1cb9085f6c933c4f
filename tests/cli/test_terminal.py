"""Every command tells what is wrong in the language of its --lang, and never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from planlib import __version__
from planlib.cli.app import app

UNKNOWN = {"vi": "không có kế hoạch 'nothing'", "en": "there is no plan 'nothing'"}
ASKING_FOR_A_PLAN = {
    "goals": [],
    "check": [],
    "score": [],
    "changes": ["--from", "2013", "--to", "2014"],
    "review": [],
    "batch": [],
    "template": ["--year", "2013", "-o", "x.xlsx"],
    "export": ["-o", "x.csv"],
    "methods": [],
}


def planlib(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("command", ASKING_FOR_A_PLAN)
def test_an_unknown_plan_is_told_in_the_language_asked_for(command: str, lang: str) -> None:
    code, said = planlib(command, "nothing", *ASKING_FOR_A_PLAN[command], "--lang", lang)
    assert code == 1
    assert UNKNOWN[lang] in said and len(said.splitlines()) == 1


def test_the_first_of_several_languages_speaks() -> None:
    assert UNKNOWN["en"] in planlib("review", "nothing", "--lang", "en,vi")[1]


def test_without_a_language_english_is_spoken() -> None:
    assert UNKNOWN["en"] in planlib("score", "nothing")[1]


@pytest.mark.parametrize(("lang", "said"), [("vi", "một năm như 2013"), ("en", "a year such as")])
@pytest.mark.parametrize("year", ["x", "9" * 5000, "20131", "²"])
def test_a_year_that_is_none_is_wrong_usage(year: str, lang: str, said: str) -> None:
    code, text = planlib("score", "ward-2010-2015", "--year", year, "--lang", lang)
    assert code == 2 and said in text


@pytest.mark.parametrize("command", ["score", "check", "review"])
def test_a_name_longer_than_any_system_takes_is_one_short_line(command: str) -> None:
    code, said = planlib(command, "a" * 5000, "--lang", "vi")
    assert code == 1 and len(said.splitlines()) == 1 and len(said) < 500


def test_a_loop_of_links_is_no_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    code, said = planlib("score", "loop")
    assert code == 1 and "there is no plan 'loop'" in said


def test_check_says_what_it_found_in_the_language_asked_for() -> None:
    good = str(Path(__file__).parent.parent / "plan" / "good-plan")
    code, said = planlib("check", good, "--lang", "vi")
    assert code == 0
    assert "lưu ý: good-plan: 5 chỉ tiêu chưa có giải pháp:" in said
    assert "không có lỗi trong" in said


def test_the_version_is_told() -> None:
    assert planlib("--version") == (0, f"planlib {__version__}\n")


def test_the_shell_is_offered_plans_that_begin_as_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from planlib.cli.options import plans_named

    monkeypatch.chdir(tmp_path)
    Path("ward-mine").mkdir()
    Path("ward-mine", "plan.yaml").touch()
    Path("ward-empty").mkdir()
    assert plans_named("ward") == ["ward-2010-2015", "ward-mine"]
