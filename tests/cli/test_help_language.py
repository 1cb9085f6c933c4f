"""Help and usage errors are told in the language that is asked for, or that of the environment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer
from typer.testing import CliRunner

from planlib.cli.app import app
from planlib.cli.help.language import AS_IT_STANDS, FRAME, language_of_help, told
from planlib.errors import one_of
from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.messages import ENGLISH, read_catalogue

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
EVERY_COMMAND = typer.main.get_command(app)


def paragraphs() -> Iterator[str]:
    """Every paragraph that help shows, as the catalogues are kept by it."""
    for one in (EVERY_COMMAND, *EVERY_COMMAND.commands.values()):  # type: ignore[attr-defined]
        texts = [one.help, *(getattr(param, "help", None) for param in one.params)]
        for text in filter(None, texts):
            for part in text.split("\n\n"):
                if not part.lstrip("\n").startswith(AS_IT_STANDS):
                    yield " ".join(part.split()).replace(str(one_of(LANGUAGES)), "{languages}")


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_of_help_is_there_in_every_language(code: str) -> None:
    texts = read_catalogue((CATALOGUES / "help" / f"{code}.po").read_text("utf-8"))
    assert [text for text in dict.fromkeys(paragraphs()) if text not in texts] == [], (
        f"write them in language/catalogues/help/{code}.po"
    )
    assert all(all(forms) for forms in texts.values())


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_of_help_is_kept_that_nothing_shows(code: str) -> None:
    texts = read_catalogue((CATALOGUES / "help" / f"{code}.po").read_text("utf-8"))
    shown = {*paragraphs(), "", "integer", "float", "takes no PLAN", "Usage:"}
    shown |= {"Show this message and exit.", "Arguments", "Options", "Commands", "Error"}
    left = [text for text in texts if text not in shown and "{" not in text]
    assert set(left) <= {"[required]", "Missing command."}
    assert len(FRAME) == 7


def helped(*arguments: str, **environment: str) -> str:
    clear = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "", "COLUMNS": "200"}
    done = CliRunner().invoke(app, list(arguments), env=clear | environment)
    return done.output


def test_help_speaks_the_language_asked_for() -> None:
    french = helped("score", "--help", "--lang", "fr")
    for text in ("Usage : planlib score", "Évalue un territoire", "Options", "[par défaut : term]",
                 "Affiche ce message", "vi, en ou fr ; par défaut la première du plan."):  # fmt: skip
        assert text in french, text
    assert "Đánh giá một địa bàn" in helped("score", "--help", LANG="vi_VN.UTF-8")
    assert "Liệt kê các kế hoạch" in helped(LC_ALL="vi_VN", LANG="fr_FR")
    assert "List the plans that come with planlib." in helped("--help", LANG="C.UTF-8")
    assert "Usage: planlib" in helped("--help")  # and English comes back after another


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "french"),
    [
        (
            ["scor"],
            "Không có lệnh 'scor'. Có phải 'score' không?",
            "La commande 'scor' n’existe pas.",
        ),
        (["score", "x", "--yaer", "1"], "Không có tùy chọn: --yaer", "Option inconnue : --yaer"),
        (["template", "x"], "Thiếu tùy chọn '--", "Il manque l’option '--"),
        (["score"], "Thiếu đối số", "Il manque l’argument"),
        (["score", "a", "b"], "Thừa đối số (b)", "Argument(s) en trop (b)"),
        (["score", "a", "--area"], "Tùy chọn '--area' cần một giá trị.", "demande une valeur"),
        (
            ["review", "--jobs", "two"],
            "Giá trị không hợp lệ",
            "Valeur non valide",
        ),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_help(
    arguments: list[str], vietnamese: str, french: str
) -> None:
    told_so = helped(*arguments, LANG="vi_VN.UTF-8")
    assert vietnamese in told_so and "╭─ Lỗi" in told_so
    assert french in helped(*arguments, LANG="fr_FR.UTF-8")
    if "--area" not in arguments:  # of which typer does not say the usage
        assert "Cách dùng:" in told_so and "Try 'planlib" in helped(*arguments)


def test_what_has_no_translation_stays_english() -> None:
    assert (
        told("A new option nobody translated yet.", "fr") == "A new option nobody translated yet."
    )
    assert language_of_help(["--lang", "de"], {"LANG": "de_DE"}) == ENGLISH
