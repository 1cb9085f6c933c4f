"""How far from the target? A section's goals, each against its own target, furthest short first."""

from __future__ import annotations

from collections.abc import Sequence

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.report.layout import Cell, Group, Table, number_cell, verdict_cell
from planlib.report.tables.annual import (
    captioned,
    columns,
    figure_cell,
    level_text,
    name_cell,
    target_cell,
)
from planlib.report.tables.strips import ATTAINED, attainment_strip
from planlib.report.text.certainty import sure_text
from planlib.report.text.numbers import percent
from planlib.scoring.verdict import REACHED, Verdict

# Goals without a figure come last, real gaps first.
_SILENT = (Verdict.no_data, Verdict.suppressed, Verdict.not_due, Verdict.not_applicable)


def attainment_table(
    verdicts: Sequence[GoalVerdict], language: Language, *, illustrative: bool
) -> Table:
    """Each goal's figure as a share of its target, drawn and told."""

    def row(verdict: GoalVerdict) -> tuple[Cell, ...]:
        return (
            name_cell(verdict, language),
            figure_cell(verdict, language),
            target_cell(verdict, language, unit=True),
            number_cell(level_text(verdict, language), language, strip=attainment_strip(verdict)),
            verdict_cell(verdict.verdict, language, sure=sure_text(verdict, language)),
        )

    drawn = any(attainment_strip(verdict) for verdict in verdicts)
    note = language("note.attainment", most=percent(ATTAINED.high, language))
    return Table(
        columns(("indicator", "actual", "target", "level", "verdict"), language),
        (Group(tuple(row(verdict) for verdict in by_shortfall(verdicts))),),
        captioned(language("caption.attainment"), language, illustrative=illustrative),
        look="simple",
        drawn=note if drawn else "",
    )


def by_shortfall(verdicts: Sequence[GoalVerdict]) -> list[GoalVerdict]:
    """The furthest short first, then what is reached, then what has no figure."""

    def rank(verdict: GoalVerdict) -> tuple[int, float]:
        kind = verdict.verdict
        if kind in _SILENT:
            return 2 + _SILENT.index(kind), 0.0
        if kind in REACHED:
            return 1, -float(kind)
        return 0, verdict.attainment or 0.0

    return sorted(verdicts, key=rank)
