"""Plans made anew, read from elsewhere and written for elsewhere: new, import-plan, export-plan."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import SpeechOption, language_of
from planlib.cli.terminal import tell

OutFolder = Annotated[Path, typer.Option("--out", help="The folder the plan's own goes into.")]


def new(
    plan_id: Annotated[str, typer.Argument(help="Its id: small letters, digits and hyphens.")],
    lang: SpeechOption = "en",
    out: OutFolder = Path(),
) -> None:
    """Write the folder of a new plan, with examples and every key explained."""
    from planlib.errors import shown_path
    from planlib.exchange.blank import new_plan
    from planlib.language.language import Language

    plan, folder = new_plan(plan_id, language_of(lang), out)
    language, year = Language(lang), plan.years[0]
    place = shlex.quote(str(folder))
    named = f"{plan_id}-{year}"
    commands = {
        "check": f"planlib check {place}",
        "score": f"planlib score {place} --year {year} --lang {lang}",
        "template": f"planlib template {place} --year {year + 1} --lang {lang} -o {plan_id}.xlsx",
        "review": f"planlib review {place} --years {year} --lang {lang} --out {named}",
    }
    tell(language("new.written", folder=shown_path(str(folder))))
    width = max(map(len, commands.values()))
    for name, command in commands.items():
        tell(f"  {command:<{width}}  # {language(f'new.next.{name}')}")
