"""What ``planlib backtest`` does: reads a panel, tests the methods, prints tables or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from planlib.cli.terminal import plain, tell_json
from planlib.language.language import Language
from planlib.language.languages import DEFAULT
from planlib.outlook.backtest.rivals import RULES
from planlib.outlook.backtest.run import HORIZONS, METHODS, Backtest

WIDE = 200


def backtest_panel(
    panel: Path,
    horizons: Sequence[int] = (),
    methods: Sequence[str] = (),
    *,
    as_json: bool = False,
    lang: str = DEFAULT,
) -> None:
    """Test forecasts on a panel and print what came out.

    ``horizons`` are years ahead and ``methods`` names, the defaults where empty. Raises InputError
    with every problem of the panel or of the parameters.
    """
    from planlib.figures.panels import read_panel
    from planlib.outlook.backtest.run import backtest

    asked = tuple(methods) or METHODS
    result = backtest(read_panel(panel), horizons=tuple(horizons) or HORIZONS, methods=asked)
    if as_json:
        tell_json(result.as_record())
        return
    language = Language(lang)
    console = Console()
    console = Console(width=None if console.is_terminal else WIDE)
    for table in _tables(result, language):
        console.print(table)


def _tables(result: Backtest, language: Language) -> list[Table]:
    record = result.as_record()
    cases = next(row["cases"] for row in record["scores"])
    trained, judged = result.areas
    title = language(
        "backtest.title", cases=language.number(cases), judged=judged, trained=trained
    )  # fmt: skip
    scores = Table(title=plain(title), box=None, pad_edge=False, title_justify="left")
    covers = [key for key in record["scores"][0] if key.startswith("cover_")]
    for key in ("indicator", "method", "cases", "brier", "log_score", "crps"):
        left = key in {"indicator", "method"}
        scores.add_column(language(f"backtest.{key}"), justify="left" if left else "right")
    for key in covers:
        scores.add_column(language("backtest.cover", level=key[6:]), justify="right")
    for row in sorted(record["scores"], key=lambda one: one["indicator"] != "all"):
        all_of_them = row["indicator"] == "all"
        name = plain(language("backtest.all") if all_of_them else row["indicator"])
        numbers = [_number(row[key], language) for key in ("brier", "log_score", "crps", *covers)]
        method = _method(row["method"], language)
        scores.add_row(name, plain(method), language.number(row["cases"]), *numbers)
    bins = Table(
        title=language("backtest.reliability"), box=None, pad_edge=False, title_justify="left"
    )
    for key in ("method", "forecast", "cases", "came"):
        bins.add_column(language(f"backtest.{key}"), justify="left" if key == "method" else "right")
    for row in record["reliability"]:
        if row["n"]:
            bins.add_row(
                _method(row["method"], language),
                f"{_number(row['low'], language, 2)}-{_number(row['high'], language, 2)}",
                language.number(row["n"]),
                _number(row["k"] / row["n"], language, 2),
            )
    return [scores, _by_horizon(record, language), bins]


def _by_horizon(record: dict[str, Any], language: Language) -> Table:
    """The scores of every method so many years ahead, all indicators together."""
    title = language("backtest.by_horizon")
    table = Table(title=title, box=None, pad_edge=False, title_justify="left")
    keys = ("horizon", "method", "cases", "brier", "log_score")
    for key in keys:
        left = key == "method"
        table.add_column(language(f"backtest.{key}"), justify="left" if left else "right")
    table.add_column(language("backtest.cover", level="80"), justify="right")
    for row in sorted(record["by_horizon"], key=lambda one: one["horizon"]):
        if row["indicator"] == "all":
            numbers = (_number(row[key], language) for key in ("brier", "log_score", "cover_80"))
            name = plain(_method(row["method"], language))
            table.add_row(str(row["horizon"]), name, language.number(row["cases"]), *numbers)
    return table


def _method(name: str, language: Language) -> str:
    return language(f"method.{name}.name" if name in RULES else f"rival.{name}")


def _number(value: float | None, language: Language, digits: int = 4) -> str:
    return "" if value is None else language.number(value, digits)
