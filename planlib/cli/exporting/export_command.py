"""What ``planlib export`` does: writes the table of results for people, in the format of a file's ending."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.cli.terminal import tell
from planlib.errors import did_you_mean, one_of, refused, said
from planlib.language.language import Language
from planlib.storage.whole_files import same_file, target_of

if TYPE_CHECKING:
    from planlib.report.results.about import ResultsAbout
    from planlib.report.results.table import ResultsTable

ENDINGS = (".xlsx", ".csv", ".json", ".parquet", ".md", ".html")
Writer = Callable[["ResultsTable", "ResultsAbout", Language], bytes]


@dataclass(frozen=True)
class ExportRequest:
    """What is to be written: of which plan, areas, periods and figures, as known when, for whom."""

    plan: str
    area: str | None
    periods: tuple[int | str, ...]
    figures: Sequence[Path] | None
    as_of: str | None
    audience: str


def results_command(asked: ExportRequest, out: Path, lang: str | None, *, force: bool) -> None:
    """Write the table of results.

    Raises InputError for what is unknown or cannot be written, and where ``out`` holds what would
    be lost, unless ``force`` is given.
    """
    kind = out.suffix.lower()
    if kind not in ENDINGS:
        found = repr(kind or out.name)
        raise refused(said("cli.results-kinds", known=one_of(ENDINGS), found=found), out)
    target_of(out)  # at once, before anything large is read
    if any(same_file(path, out) for path in asked.figures or ()):
        raise refused(said("cli.export-must-not-replace"), out)
    from planlib.evaluation import evaluate
    from planlib.excel.overwriting import sealed, unchanged, write_new
    from planlib.report.results.about import results_about
    from planlib.report.results.table import results_of, verdicts_of

    given = evaluate(asked.plan, asked.figures or None)
    evaluation = given.as_known_on(asked.as_of).seen_by(asked.audience)
    areas = [given.area(asked.area)] if asked.area is not None else list(evaluation.areas)
    language = Language(lang or evaluation.plan.languages[0])
    verdicts = verdicts_of(evaluation, areas, list(dict.fromkeys(asked.periods)))
    table = results_of(evaluation.plan, verdicts, language)
    about = results_about(evaluation, areas, table, language)
    made = results_writer(kind)(table, about, language)
    if kind == ".xlsx":
        write_new(out, sealed(made), force=force, replaceable=unchanged)
    else:
        write_new(out, made, force=force, replaceable=lambda _: False)
    tell(language("export.written", n=len(table.rows), file=out))
    for warning in about.warnings:
        tell(warning)


def results_writer(kind: str) -> Writer:
    """What writes a table of results in the format of an ending."""
    from planlib.report.results import data, shown

    if kind == ".xlsx":
        from planlib.excel.results_workbook import results_workbook

        return results_workbook
    return {
        ".csv": lambda table, _, language: data.results_csv(table, language),
        ".json": data.results_json,
        ".parquet": data.results_parquet,
        ".md": shown.results_markdown,
        ".html": shown.results_mail,
    }[kind]


def standard_command(
    asked: ExportRequest, kind: str, out: Path, lang: str | None, *, force: bool
) -> None:
    """Write the figures in a standard's format. Raises InputError as ``results_command`` does."""
    from planlib.evaluation import evaluate
    from planlib.exchange.standards.writing import WRITERS, StandardExport, write_standard

    if kind not in WRITERS:
        message = said("cli.format-unknown", known=one_of(tuple(WRITERS)), found=repr(kind))
        raise refused(message, hint=did_you_mean(kind, tuple(WRITERS)))
    if any(same_file(path, out) for path in asked.figures or ()):
        raise refused(said("cli.export-must-not-replace"), out)
    given = evaluate(asked.plan, asked.figures or None)
    evaluation = given.as_known_on(asked.as_of).seen_by(asked.audience)
    area = given.area(asked.area)
    figures = evaluation.figures
    if evaluation.as_of is not None:
        known = figures.frame[figures.frame["vintage"] <= evaluation.as_of]
        figures = replace(figures, frame=known.reset_index(drop=True))
    if asked.area is not None:
        figures = figures.of_area(area)
    language = Language(lang or evaluation.plan.languages[0])
    request = StandardExport(evaluation, figures, area, language)
    files = write_standard(kind, request, out, force=force)
    tell(language("export.standard", n=len(figures.frame), format=kind, file=out, files=files))
