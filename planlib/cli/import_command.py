"""What ``planlib import`` does: takes a file of figures in, or says everything that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.cli.terminal import tell
from planlib.errors import InputError, Problem, refused, said
from planlib.excel.workbook.safety import check_workbook
from planlib.language.languages import DEFAULT
from planlib.storage.whole_files import LARGEST_TABLE, open_file, same_file

if TYPE_CHECKING:
    from planlib.excel.importing import Import
    from planlib.excel.workbook.sheets import OfficeBook


@dataclass(frozen=True)
class ImportRequest:
    """What to take in, for which plan, into which store, by which map of columns.

    ``dry_run`` checks everything and writes nothing.
    """

    file: Path
    plan: str | None
    into: Path | None
    mapping: Path | None
    dry_run: bool


def import_command(
    asked: ImportRequest, lang: str | None, *, annotate: Path | None = None, force: bool = False
) -> None:
    """Import a file and print what came of it. Raises InputError with every problem, told.

    ``annotate`` is a copy of the workbook with its problems marked; ``force`` replaces what is there.
    """
    from planlib.errors import shown_path

    file = asked.file
    lang = lang or _language_of(asked)
    try:
        # Before anything large is loaded: what must not be opened is refused at once.
        book = _standard(asked)
        if book is None and file.suffix.lower() not in {".csv", ".parquet"}:
            check_workbook(file)
        if annotate is not None:
            _check_annotate(file, annotate)
        from planlib.excel.importing import import_figures

        done = import_figures(
            file,
            asked.plan,
            asked.into,
            asked.mapping,
            dry_run=asked.dry_run,
            book=book,
            checked=True,
        )
        if annotate is not None:
            from planlib.excel.marked_workbook import write_marked

            write_marked(file, annotate, done.problems, lang, force=force)
    except InputError as error:
        raise InputError(p.in_language(lang) for p in error.problems) from None
    from planlib.language.language import Language

    language = Language(lang)
    for problem in done.problems:
        if problem.warning:
            tell(language("import.warning", problem=problem.in_language(lang)))
    if annotate is not None:
        tell(language("import.marked", file=shown_path(str(annotate))))
    wrong = [problem for problem in done.problems if not problem.warning]
    if wrong:
        tell(language("import.refused", n=len(wrong)))
        raise InputError(p.in_language(lang) for p in wrong)
    for line in summary(done, lang, dry_run=asked.dry_run):
        tell(line)


def _standard(asked: ImportRequest) -> OfficeBook | None:
    """The figures of a file in a format of statistics offices; None for every other file."""
    from planlib.exchange.standards import STANDARDS

    file = asked.file
    kind = file.suffix.lower()
    if not (file.is_dir() or kind in STANDARDS) or (asked.plan is None and kind == ".csv"):
        return None
    if asked.plan is None:
        message = said("excel.file-names-no-plan")
        raise refused(message, file, hint=said("excel.name-plan-plan"))
    from planlib.exchange.standards.reading import open_standard  # brings pandas
    from planlib.plan.shipped import open_plan

    if not file.is_dir():
        open_file(file, LARGEST_TABLE).close()
    return open_standard(file, open_plan(asked.plan), mapped=asked.mapping is not None)


def _language_of(asked: ImportRequest) -> str:
    """The first language of the plan that was named; planlib's own where none was, or none known."""
    if not asked.plan:
        return DEFAULT
    from planlib.plan.reading import plan_languages
    from planlib.plan.shipped import plan_folder

    try:
        return plan_languages(plan_folder(asked.plan))[0]
    except InputError:
        return DEFAULT


def summary(done: Import, lang: str, *, dry_run: bool) -> list[str]:
    """What was added, changed and left, line by line."""
    from planlib.errors import shown_path
    from planlib.language.language import Language

    language = Language(lang)
    addition = done.addition
    assert addition is not None
    store = shown_path(str(done.store))
    lines = [
        language(
            "import.file", file=shown_path(str(done.path)), store=store,
            plan=done.plan.header.name.in_language(lang),
        )
    ]  # fmt: skip
    for key in ("added", "changed", "confirmed", "left"):
        count = int(getattr(addition, key).sum())
        if count or key != "confirmed":
            lines.append("  " + language(f"import.{key}", count=language.number(count)))
    if done.reading is not None and done.reading.empty:
        names = [name.in_language(lang) for name in done.reading.empty]
        lines.append("  " + language("import.empty", count=language.number(len(names))))
        lines += [f"    {name}" for name in names]
    if dry_run:
        lines.append(language("import.dry"))
    elif done.written:
        count = int(addition.new.sum())
        lines.append(language("import.done", n=count, store=store))
    else:
        lines.append(language("import.nothing"))
    return lines


def _check_annotate(file: Path, annotate: Path) -> None:
    if file.suffix.lower() != ".xlsx" or annotate.suffix.lower() != ".xlsx":
        message = said("cli.only-xlsx-workbook-marked")
        raise InputError([Problem(message, str(annotate), hint=said("cli.leave-out-annotate"))])
    if same_file(annotate, file):
        message = said("cli.marked-copy-replaces-workbook")
        raise InputError([Problem(message, str(annotate))])
