"""The tables of a comparison of areas: figures with what chance explains, ranks with their bands, changes.

Areas stand in the plan's order within each table, or group of one: no table ranks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.report.layout import Cell, Column, Fact, Group, Table, number_cell
from planlib.report.tables.annual import captioned
from planlib.report.text.areas import (
    area_figure,
    band_words,
    difference_words,
    figure_words,
    limits_words,
    period_words,
)
from planlib.report.text.numbers import digits_for, number_text
from planlib.review.compared_areas import AreaComparison, ComparedArea

MOST = (
    60  # rows of a table: of more areas those that differ, then those that stand first in the plan
)
RIGHT = frozenset(
    {"actual", "counted_of", "explained", "peers", "estimate", "band", "at_base", "now", "moved"}
)
BREAK = "✱"


def areas_table(found: AreaComparison, language: Language) -> Table:
    """Every area with its figure, what it is of, what chance explains there, and its peers' figure."""
    keys = ["area", "actual", "counted_of", "explained", "position", "peers"]
    if not found.curve:
        keys = ["area", "actual", "peers"]
    shown = _shown(found)

    def row(one: ComparedArea) -> tuple[Cell, ...]:
        cells = {
            "area": _name(found, one, language),
            "actual": number_cell(area_figure(found, one, language), language),
            "counted_of": number_cell(_size(one, language), language),
            "explained": Cell(limits_words(found, one, language)),
            "position": Cell(_position(one, language)),
            "peers": number_cell(figure_words(found, one.peers_value, language), language),
        }
        return tuple(cells[key] for key in keys)

    return _table(found, "areas", keys, _groups(found, shown, row, language), language, len(shown))


def ranks_table(found: AreaComparison, language: Language) -> Table | None:
    """Best estimates and the ranks each area may have; None where there are none."""
    shown = [one for one in _shown(found) if one.rank is not None]
    if not shown:
        return None
    count = sum(one.rank is not None for one in found.areas)
    rows = tuple(
        (
            _name(found, one, language, named=False),
            number_cell(_estimate(found, one, language), language),
            Cell(band_words(one, count, language)),
            Cell(language(f"compare.half.{one.standing}")),
        )
        for one in shown
    )
    keys = ["area", "estimate", "band", "half"]
    return _table(
        found, "ranks", keys, (Group(rows),), language, len(shown) + len(found.areas) - count
    )


def changes_table(found: AreaComparison, language: Language) -> Table | None:
    """What each area had in the base period and has now; None where none has both."""
    if found.base is None or all(one.change is None for one in found.areas):
        return None
    shown = [one for one in _shown(found) if one.change is not None]
    rows = tuple(
        (
            _name(found, one, language, named=False),
            number_cell(figure_words(found, one.before, language), language),
            number_cell(area_figure(found, one, language), language),
            number_cell(difference_words(found, one.change or 0.0, language, unit=False), language),
            Cell(BREAK if one.breaks else ""),
        )
        for one in shown
    )
    keys = ["area", "at_base", "now", "moved", "broken"]
    changed = sum(one.change is not None for one in found.areas)
    return _table(
        found, "change", keys, (Group(rows),), language, len(shown) + len(found.areas) - changed
    )


def _shown(found: AreaComparison) -> list[ComparedArea]:
    """The areas a page has room for, in the plan's order."""
    if len(found.areas) <= MOST:
        return list(found.areas)
    chosen = sorted(range(len(found.areas)), key=lambda at: found.areas[at].outside is None)[:MOST]
    return [found.areas[at] for at in sorted(chosen)]


def _groups(
    found: AreaComparison, shown: Sequence[ComparedArea], row: object, language: Language
) -> tuple[Group, ...]:
    assert callable(row)
    if not found.curve:
        return (Group(tuple(row(one) for one in shown)),)
    sides: dict[str, list[ComparedArea]] = {"high": [], "low": [], "within": [], "silent": []}
    for one in shown:
        side = "silent" if one.rank is None else one.outside or "within"
        sides[side].append(one)
    return tuple(
        Group(tuple(row(one) for one in some), language(f"compare.group.{side}"))
        for side, some in sides.items()
        if some
    )


def _table(
    found: AreaComparison, name: str, keys: Iterable[str], groups: tuple[Group, ...],
    language: Language, told: int,
) -> Table:  # fmt: skip
    caption = language(
        f"caption.compare.{name}", goal=found.goal.name.in_language(language.code),
        period=period_words(found.period),
        base=period_words(found.period if found.base is None else found.base),
    )  # fmt: skip
    more = len(found.areas) - told
    return Table(
        tuple(
            Column(key, language(f"column.{key}"), "right" if key in RIGHT else "left")
            for key in keys
        ),
        groups,
        captioned(caption, language, illustrative=found.illustrative),
        notes=(language("compare.more", n=more),) if more > 0 else (),
        look="simple",
    )


def _name(
    found: AreaComparison, one: ComparedArea, language: Language, *, named: bool = True
) -> Cell:
    name = found.plan.area_name(one.area).in_language(language.code)
    peers = joined(
        (found.plan.area_name(area).in_language(language.code) for area in one.peers), ", "
    )
    facts = (Fact(language("compare.peers_named"), peers, id="peers"),) if peers and named else ()
    return Cell(name, area=one.area, facts=facts)


def _size(one: ComparedArea, language: Language) -> str:
    return "" if one.n is None else number_text(one.n, language)


def _position(one: ComparedArea, language: Language) -> str:
    return "" if one.rank is None else language(f"compare.position.{one.outside or 'within'}")


def _estimate(found: AreaComparison, one: ComparedArea, language: Language) -> str:
    return (
        ""
        if one.shrunken is None
        else number_text(one.shrunken, language, digits=digits_for(found.target))
    )
