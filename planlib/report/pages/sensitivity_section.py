"""The part of a page that says whether another reasonable analyst would say the same."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.report.blocks import Heading
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, verdict_cell
from planlib.report.tables.annual import captioned, columns, figure_cell, name_cell
from planlib.report.text.certainty import sure_notes, sure_text
from planlib.report.text.numbers import percent
from planlib.report.text.phrases import reading_text
from planlib.review.sensitivity import Alternative, GoalSensitivity, Sensitivity


def sensitivity_section(
    result: Sensitivity, year: int, sections: dict[str, str], language: Language, *,
    illustrative: bool,
) -> Blocks:  # fmt: skip
    """The headline with its bounds, the goals it hangs on, and how sensitive the sums are.

    ``sections`` gives the name of each section of the plan in the page's language.
    """
    numbers = {
        "reached": language.number(result.counts.reached),
        "always": language.number(result.reached_always),
        "best": language.number(result.reached_at_best),
    }
    heading = language("heading.robust", n=len(result.to_check))
    found = Blocks.of(
        Heading(heading, "robust"),
        language("robust.headline", n=result.counts.expected, year=year, **numbers),
        _sums(result, sections, language),
    )
    if not result.to_check:
        return found + Blocks.of(language("robust.none"))
    return found + Blocks.of(
        language("robust.order"), _table(result, language, illustrative=illustrative)
    )


def _sums(result: Sensitivity, sections: dict[str, str], language: Language) -> str:
    """What other weights, and leaving a section out, would do to the sums."""
    shares = [(reached / of, name) for name, reached, of in result.without_section if of]
    if result.weights is None or len(shares) < 2:
        return language("robust.no_sums")
    low, _, high = (percent(end, language) for end in result.weights)
    weights = language(
        "robust.weights.same" if low == high else "robust.weights", low=low, high=high
    )
    (lowest, without_least), (highest, without_most) = min(shares), max(shares)
    least, most = percent(lowest, language), percent(highest, language)
    if least == most:
        return joined([weights, language("robust.without.same", share=least)])
    return joined([weights, language(
        "robust.without", least=least, without_least=sections[without_least],
        most=most, without_most=sections[without_most],
    )])  # fmt: skip


def _table(result: Sensitivity, language: Language, *, illustrative: bool) -> Table:
    def row(goal: GoalSensitivity) -> tuple[Cell, ...]:
        return (
            name_cell(goal.verdict, language),
            figure_cell(goal.verdict, language),
            verdict_cell(goal.verdict.verdict, language, sure=sure_text(goal.verdict, language)),
            Cell(
                items=tuple(_flip_text(alternative, goal, language) for alternative in goal.flips)
            ),
        )

    caption = captioned(language("caption.robust"), language, illustrative=illustrative)
    rows = Group(tuple(row(goal) for goal in result.to_check))
    keys = ("indicator", "actual", "verdict", "flips")
    notes = sure_notes((goal.verdict for goal in result.to_check), language)
    return Table(columns(keys, language), (rows,), caption, notes, look="list")


def _flip_text(alternative: Alternative, goal: GoalSensitivity, language: Language) -> str:
    """One alternative and the verdict it leads to, in words."""
    why = language(f"doubt.{alternative.kind}")
    if alternative.reading is not None:
        reading = next(r for r in goal.verdict.goal.readings if r.id == alternative.reading)
        why = language("doubt.read_as", reading=reading_text(goal.verdict.goal, reading, language))
    return language("doubt.leads_to", doubt=why, verdict=language.verdict(alternative.verdict))
