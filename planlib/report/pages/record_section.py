"""The track record on a page: how forecasts did against their rivals, and how sure one may be."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.outlook.backtest.record import EVERY, Score, standings, track_record, track_scores
from planlib.report.blocks import Heading
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Group, Table, number_cell
from planlib.report.tables.annual import columns
from planlib.report.text.numbers import percent

_DIGITS = 3
_OF_RULES = {"planlib", "last_year", "line", "plug_in", "base_rate"}  # named under "rival."


def record_section(language: Language) -> Blocks:
    """Scores overall and by indicator, and forecast against outcome as a picture."""
    from planlib.report.charts import reliability_dots

    overall, *each = standings()
    key = "record.result" if overall.better else "record.result.not"
    sentence = language(
        key, won=language.number(sum(one.better for one in each)),
        indicators=language.number(len(each)), cover=_cover(overall.ours, language),
    )  # fmt: skip
    walks = [record for record in track_record() if record.kind == "walk"]
    return Blocks.of(
        Heading(language("heading.methods.record"), "record"),
        language("record.how", cases=language.number(overall.ours.cases)),
        sentence,
        _overall(language),
        _each(language),
        reliability_dots(walks, language),
    )


def method_name(method: str, language: Language) -> str:
    """The name of a way to forecast: ours, a simple rival, or a published rule."""
    key = f"rival.{method}" if method in _OF_RULES else f"method.{method}.name"
    return language(key)


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
