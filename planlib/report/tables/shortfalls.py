"""The table of missed goals: who answers for each, the cause, and the next step, or which is absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.goal_parts import Measure
from planlib.report.layout import Cell, Group, Table
from planlib.report.tables.annual import captioned, columns, name_cell
from planlib.review.shortfalls import Shortfall

Causes = Mapping[str, Sequence[str]]  # what the office says of a goal, by its id


def shortfalls_table(
    found: Sequence[Shortfall], causes: Causes, language: Language, *, illustrative: bool
) -> Table:
    """A row a missed goal, with what is named for it in the plan and the office's words."""

    def row(one: Shortfall) -> tuple[Cell, ...]:
        code = language.code
        said = tuple(causes.get(one.verdict.goal.id, ()))
        lead, step = one.lead, one.step
        if step is not None:
            following = step_text(step, language)
        else:
            following = language("owners.no_open" if one.served else "owners.no_measure")
        return (
            name_cell(one.verdict, language),
            Cell(lead.in_language(code) if lead else language("owners.no_lead"), quiet=not lead),
            Cell(items=said) if said else Cell(language("owners.no_cause"), quiet=True),
            Cell(following, quiet=step is None),
        )

    keys = ("indicator", "lead", "cause", "next")
    caption = captioned(language("caption.shortfalls"), language, illustrative=illustrative)
    group = Group(tuple(row(one) for one in found))
    return Table(columns(keys, language), (group,), caption, look="simple")


def step_text(step: Measure, language: Language) -> str:
    """A measure with its day, its state and who does it, as far as the plan says."""
    told = []
    if step.due_day is not None:
        told.append(language("owners.by.day", day=step.due_day))
    elif step.due is not None:
        told.append(language("owners.by", due=step.due))
    else:
        told.append(language("owners.no_day"))
    if step.state is not None:
        told.append(language(f"owners.state.{step.state}"))
    if step.lead is not None:
        told.append(step.lead.in_language(language.code))
    name = step.name.in_language(language.code)
    return language("owners.next", name=name, details=joined(told, ", "))
