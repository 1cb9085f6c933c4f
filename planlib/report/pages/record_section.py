"""The track record on a page: how forecasts did against their rivals, and how sure one may be."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.outlook.backtest.record import (
    EVERY,
    Lent,
    Score,
    horizon_standings,
    record_of_all_years,
    standings,
    together_records,
    track_scores,
)
from planlib.report.blocks import Heading
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, number_cell
from planlib.report.tables.annual import columns
from planlib.report.text.numbers import percent
from planlib.report.text.units import quantity_text
from planlib.scoring.rules import METHODS

_DIGITS = 3
_RULES = {method.id for method in METHODS}


def record_section(language: Language) -> Blocks:
    """Scores overall and by indicator, and forecast against outcome as a picture."""
    from planlib.report.charts import reliability_dots

    overall, *each = standings()
    key = "record.result" if overall.better else "record.result.not"
    sentence = language(
        key, won=language.number(sum(one.better for one in each)),
        indicators=language.number(len(each)), cover=_cover(overall.ours, language),
    )  # fmt: skip
    return Blocks.of(
        Heading(language("heading.methods.record"), "record"),
        language("record.how", cases=language.number(overall.ours.cases)),
        sentence,
        _overall(language),
        _horizons(Lent.pool, language),
        _each(language),
        language("record.office"),
        _horizons(Lent.office, language),
        language("record.together"),
        _together(language),
        reliability_dots(record_of_all_years("walk"), language),
        language("record.cannot"),
    )


def method_name(method: str, language: Language) -> str:
    """The name of a way to forecast: ours, a simple rival, or a published rule."""
    return language(f"method.{method}.name" if method in _RULES else f"rival.{method}")


def _cover(score: Score, language: Language) -> str:
    if score.cover_80 is None:
        return language("record.no_range")
    return percent(score.cover_80, language)


def _score(number: float, language: Language) -> Cell:
    return number_cell(language.number(number, _DIGITS), language)


def _overall(language: Language) -> Table:
    scores = sorted(
        (score for score in track_scores() if score.indicator == EVERY), key=lambda s: s.log_score
    )
    rows = tuple(
        (
            Cell(method_name(score.method, language)),
            _score(score.brier, language),
            _score(score.log_score, language),
            Cell(_cover(score, language), quiet=score.cover_80 is None),
        )
        for score in scores
    )
    keys = ("method", "brier", "log_score", "cover_80")
    caption = language("caption.record")
    return Table(columns(keys, language), (Group(rows),), caption, look="simple")


def _each(language: Language) -> Table:
    rows = tuple(
        (
            Cell(language(f"panel.{one.ours.indicator}")),
            _score(one.ours.log_score, language),
            _score(one.rival.log_score, language),
            Cell(method_name(one.rival.method, language)),
            Cell(_cover(one.ours, language)),
        )
        for one in standings()
        if one.ours.indicator != EVERY
    )
    keys = ("panel", "ours", "best_rival", "method", "cover_80")
    caption = language("caption.record.by")
    return Table(columns(keys, language), (Group(rows),), caption, look="simple")


def _horizons(lent: Lent, language: Language) -> Table:
    """Ours and the best rival so many years ahead, and what the range covered."""
    rows = tuple(
        (
            Cell(language("record.years", n=one.horizon)),
            _score(one.ours.brier, language),
            _score(one.ours.log_score, language),
            _score(one.rival.log_score, language),
            Cell(method_name(one.rival.method, language)),
            Cell(_cover(one.ours, language)),
            Cell(language("record.covers", low=_percent(one.worst, language),
                high=_percent(one.best, language))),
        )
        for one in horizon_standings()
        if one.lent is lent
    )  # fmt: skip
    keys = ("years_ahead", "brier", "ours", "best_rival", "method", "cover_80", "cover_each")
    caption = language(f"caption.record.{lent}")
    return Table(columns(keys, language), (Group(rows),), caption, look="simple")


def _together(language: Language) -> Table:
    """How the range of the number of goals met did, and the common shock that was seen."""
    rows = tuple(
        (
            Cell(language("record.years", n=one.horizon)),
            number_cell(language.number(one.places), language),
            Cell(_percent(one.covered, language)),
            Cell(_percent(one.claimed, language)),
            number_cell(language.number(one.shock, _DIGITS), language),
        )
        for one in together_records()
    )
    keys = ("years_ahead", "places", "covered", "claimed", "shock")
    caption = language("caption.record.together")
    return Table(columns(keys, language), (Group(rows),), caption, look="simple")


def _percent(share: float, language: Language) -> str:
    return quantity_text(percent(share, language), "%", language)
