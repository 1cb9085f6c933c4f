"""Arguments and options that several commands take, and how their answers are printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from planlib.cli.terminal import heard, wrong_use
from planlib.errors import one_of, said
from planlib.language.languages import LANGUAGES


def plans_named(typed: str) -> list[str]:
    """Shipped plans and plan folders here whose name begins as typed, for the shell to complete."""
    from planlib.plan.plan_files import HEADER
    from planlib.plan.shipped import shipped_plans

    folders = [path.parent.as_posix() for path in Path().glob(f"*/{HEADER}")]
    return [name for name in [*shipped_plans(), *folders] if name.startswith(typed)]


PlanArgument = Annotated[
    str,
    typer.Argument(help="Id of a shipped plan, or a plan folder.", autocompletion=plans_named),
]
AreaOption = Annotated[
    str | None, typer.Option("--area", help="Id of the area; the plan's first one by default.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
FiguresOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--observations",
        help="Figures to use instead of the plan's own (CSV or Parquet); may be repeated.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="Use only reports up to this date: 2014, 2014-03 or 2014-03-31."),
]
YearsOption = Annotated[
    str | None,
    typer.Option(
        "--years",
        "--periods",
        "--period",
        help="Such as 2011,2013 or 2011-2015; the whole term by default.",
    ),
]
MidtermOption = Annotated[
    bool | None,
    typer.Option(
        "--midterm/--no-midterm",
        help="The mid-term review too; by default where its year is among the years.",
    ),
]
SEEN = "internal, or public: with counts that identify people withheld."
AudienceOption = Annotated[str, typer.Option("--audience", help=SEEN)]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang", callback=heard, help=f"{one_of(LANGUAGES)}; the plan's first by default."
    ),
]
LangsOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        callback=heard,
        help=f"{one_of(LANGUAGES)}, or several joined by commas; all of the plan by default.",
    ),
]
SpeechOption = Annotated[
    str,
    typer.Option(
        "--lang", callback=heard, help=f"{one_of(LANGUAGES)}: the language of what is printed."
    ),
]
CompareOption = Annotated[
    list[str] | None,
    typer.Option(
        "--compare",
        help="A goal in which areas are compared, such as poor-households or poor-households:2013; "
        "in the last of the years without a period. May be repeated.",
    ),
]
RemarksOption = Annotated[
    Path | None,
    typer.Option(
        "--remarks",
        help="The file of what the office has to say, YAML or Markdown; remarks.yaml and remarks.md "
        "beside the figures by default.",
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Replace a file that holds what planlib did not write.")
]


def period_of(text: str) -> int | str | None:
    """A period as typed, which only a plan can tell; None for the term."""
    if text == "term":
        return None
    from planlib.plan.periods.typed import names_a_period

    if not (re.fullmatch(r"[0-9]{1,4}", text) or names_a_period(text)):
        raise wrong_use(said("cli.year-or-term-needed"), "--year")
    return int(text) if text.isdecimal() else text


def checked_language(lang: str | None) -> str | None:
    """A language as typed, one of ``LANGUAGES``; None where none was."""
    if lang is not None and lang not in LANGUAGES:
        raise wrong_use(
            said("batch.language-unknown", known=one_of(LANGUAGES), found=repr(lang)), "--lang"
        )
    return lang


def language_of(lang: str | None, otherwise: str) -> str:
    """A language as typed, one of ``LANGUAGES``, or the one to take where none was."""
    return checked_language(lang) or otherwise


def print_table(table: Any) -> None:
    """Print a table as wide as the terminal is, or whole into a file."""
    from rich.console import Console

    console = Console()
    # Piped into a file there is no window to fit: keep every row on its line.
    width = None if console.is_terminal else 200
    Console(width=width).print(table)
