"""Plans made anew, read from elsewhere and written for elsewhere: new, import-plan, export-plan."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import (
    ForceOption,
    LangOption,
    PlanArgument,
    SpeechOption,
    checked_language,
    language_of,
)
from planlib.cli.terminal import NONE_ASKED, heard, spoken, tell, wrong_use
from planlib.errors import one_of
from planlib.language.languages import LANGUAGES

MOST_TOLD = 30  # numbers that are told one by one
OutFolder = Annotated[Path, typer.Option("--out", help="The folder the plan's own goes into.")]


def new(
    plan_id: Annotated[str, typer.Argument(help="Its id: small letters, digits and hyphens.")],
    from_text: Annotated[
        Path | None,
        typer.Option(
            "--from-text", help="A document to read goals from: .txt, .docx, .html, .pdf."
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", callback=heard, help=f"{one_of(LANGUAGES)}: its language."),
    ] = None,
    out: OutFolder = Path(),
) -> None:
    """Write the folder of a new plan, with examples and every key explained.

    With --from-text its goals are those that a document states, as proposals for a person to confirm;
    the language is then that of the document, told by its words where none is given.
    """
    if from_text is not None:
        _from_text(from_text, plan_id, out, checked_language(lang))
        return
    lang = language_of(lang, NONE_ASKED)
    from planlib.errors import shown_path
    from planlib.exchange.blank import new_plan
    from planlib.language.language import Language

    plan, folder = new_plan(plan_id, lang, out)
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


def _from_text(file: Path, plan_id: str, out: Path, lang: str | None) -> None:
    from planlib.errors import shown_path
    from planlib.exchange.text.making import plan_from_text

    done = plan_from_text(file, plan_id, out, lang)
    language = spoken()
    folder, told = shown_path(str(done.folder)), done.confidence
    goals, read = len(done.plan.goals), shown_path(str(file))
    tell(language("from-text.written", n=goals, folder=folder, file=read))
    sure, likely, doubtful = (str(told[one]) for one in ("sure", "likely", "doubtful"))
    tell(language("from-text.sure", sure=sure, likely=likely, doubtful=doubtful))
    listed = shown_path(str(done.numbers_file))
    if done.unplaced:
        tell(language("from-text.unplaced", n=len(done.unplaced), list=listed))
        for one in done.unplaced[:MOST_TOLD]:
            line = one.passage.line_at(one.start)
            around = " ".join(one.passage.text[max(0, one.start - 30) : one.start + 50].split())
            tell(
                f"  {shown_path(str(file))}{'' if line is None else f':{line}'}: {one.text} (… {around} …)"
            )
        if len(done.unplaced) > MOST_TOLD:
            tell(language("from-text.more", n=len(done.unplaced) - MOST_TOLD, list=listed))
    else:
        tell(language("from-text.all-placed", list=listed))
    place = shlex.quote(str(done.folder))
    commands = {name: f"planlib {name} {place}" for name in ("check", "goals", "confirm")}
    width = max(map(len, commands.values()))
    for name, command in commands.items():
        tell(f"  {command:<{width}}  # {language(f'from-text.next.{name}')}")


def confirm(
    folder: Annotated[Path, typer.Argument(help="The folder of a plan read from a text.")],
    decisions: Annotated[
        Path | None,
        typer.Option("--decisions", help="The filled table; reading/decisions.csv without."),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Write the table of what is still proposed anew.")
    ] = False,
    lang: SpeechOption = NONE_ASKED,
) -> None:
    """Carry out what a person decided of the goals that were read from a text.

    The table has a row for each: yes or no in 'decision', and any other cell of it changed.
    """
    from planlib.errors import shown_path
    from planlib.exchange.text.confirm.applying import confirm as carry_out
    from planlib.exchange.text.confirm.applying import write_table
    from planlib.language.language import Language

    language = Language(language_of(lang, NONE_ASKED))
    if again:
        tell(language("from-text.table-written", file=shown_path(str(write_table(folder)))))
        return
    done = carry_out(folder, decisions)
    counts = {"confirmed": done.confirmed, "refused": done.refused, "open": done.open}
    for name, count in counts.items():
        tell(language(f"from-text.{name}", n=count))


def import_plan(
    file: Annotated[Path, typer.Argument(help="IATI results (.xml), or a table (.csv, .xlsx).")],
    mapping: Annotated[
        Path | None,
        typer.Option("--map", help="A YAML file saying what the columns of a table hold."),
    ] = None,
    plan_id: Annotated[
        str | None, typer.Option("--id", help="The plan's id; from the file's name without.")
    ] = None,
    lang: SpeechOption = NONE_ASKED,
    out: OutFolder = Path(),
) -> None:
    """Make a plan of somebody else's file; what cannot be read is listed, nothing is guessed."""
    from planlib.errors import shown_path
    from planlib.exchange.importing import TABLES
    from planlib.exchange.importing import import_plan as read
    from planlib.exchange.table.proposal import proposed_mapping
    from planlib.language.language import Language
    from planlib.report.text.agreement import agreement_lines

    lang = language_of(lang, NONE_ASKED)
    if mapping is None and file.suffix.lower() in TABLES:
        tell(proposed_mapping(file, lang).rstrip())
    done = read(file, mapping, plan_id, out, lang)
    language = Language(lang)
    written = language(
        "import-plan.written", folder=shown_path(str(done.folder)), file=shown_path(str(file)),
        goals=language("import-plan.goals", n=len(done.plan.goals)),
        figures=language("import-plan.figures", n=done.figures),
    )  # fmt: skip
    tell(written)
    if done.unread:
        name = shown_path(str(done.unread_file))
        tell(language("import-plan.unread", n=len(done.unread), list=name))
        for one in done.unread:
            tell(f"  {one.problem(str(file)).in_language(lang)}")
    else:
        tell(language("import-plan.all-read"))
    if done.doubtful:
        tell(language("import-plan.doubtful", n=len(done.doubtful)))
        for one in done.doubtful:
            tell(f"  {one.problem(str(file)).in_language(lang)}")
    for line in agreement_lines(done.plan, done.agreement, language):
        tell(line)
    tell(language("import-plan.next", place=shlex.quote(str(done.folder))))


def export_plan(
    plan: PlanArgument,
    out: Annotated[Path, typer.Option("--out", "-o", help="The .xml file to write.")],
    kind: Annotated[str, typer.Option("--format", help="iati: results of version 2.03.")] = "iati",
    lang: LangOption = None,
    force: ForceOption = False,
) -> None:
    """Write a plan with its figures for elsewhere; what has no place there is listed."""
    from planlib.errors import said, shown_path
    from planlib.exchange.exporting import FORMATS
    from planlib.exchange.exporting import export_plan as write

    if kind not in FORMATS:
        known = ", ".join(FORMATS)
        raise wrong_use(said("exchange.format-unknown", known=known, found=repr(kind)), "--format")
    done = write(plan, out, checked_language(lang), force=force)
    language = done.language
    written = language(
        "export-plan.written", file=shown_path(str(out)),
        goals=language("import-plan.goals", n=done.goals),
        figures=language("import-plan.figures", n=done.figures),
    )  # fmt: skip
    tell(written)
    if done.left_out:
        tell(language("export-plan.left", n=len(done.left_out)))
        for line in done.left_out:
            tell(f"  {line}")
