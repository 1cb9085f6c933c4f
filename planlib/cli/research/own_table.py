"""The body of ``planlib methods`` on a table of one's own: every rule on its series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from planlib.cli.research.methods_command import rule_notes
from planlib.cli.terminal import plain, tell_json, wrong_use
from planlib.errors import said
from planlib.exchange.table.opening import TABLES
from planlib.exchange.table.series import KNOWN, OwnTables, read_series
from planlib.language.language import Language
from planlib.scoring.rules import METHODS
from planlib.scoring.rules.every import ROLLED_UP, SeriesAnswer, every_rule
from planlib.scoring.rules.method import Method
from planlib.scoring.rules.results import why_key

_PAIR = re.compile(rf",(?=\s*(?:{'|'.join(KNOWN)})\s*=)")  # a head may hold a comma itself


def is_table(name: str) -> bool:
    """Whether an argument names a table and not a plan."""
    return Path(name).suffix.lower() in TABLES


def pairs(texts: Iterable[str], option: str) -> Mapping[str, str]:
    """``NAME=…`` joined by commas, as a mapping; wrong usage where it is not that.

    >>> pairs(["year=Năm,value=Tỷ lệ, %", "series=Tên"], "--columns")
    {'year': 'Năm', 'value': 'Tỷ lệ, %', 'series': 'Tên'}
    """
    found: dict[str, str] = {}
    for text in texts:
        for pair in _PAIR.split(text):
            name, sign, rest = (part.strip() for part in pair.partition("="))
            if not sign or not name or name in found:
                raise wrong_use(said("cli.pairs-needed", found=repr(pair)), option)
            found[name] = rest
    return found


def own_table_command(tables: OwnTables, lang: str, *, as_json: bool) -> None:
    """Print what every published rule says of every series, as a table or as JSON.

    Raises InputError with every problem of the tables.
    """
    answers = every_rule(read_series(tables))
    if as_json:
        tell_json([asdict(answer) for answer in answers])
        return
    console = Console()
    wide = Console(width=None if console.is_terminal else 240)
    wide.print(_table(answers, Language(lang), tables.figures))


def _table(answers: Sequence[SeriesAnswer], language: Language, file: Path) -> Table:
    """Series × rules; below an indicator of several series what they come to together."""
    shown = [method for method in METHODS if not method.lens]
    by_series: dict[tuple[str, str], dict[str | None, dict[str, SeriesAnswer]]] = {}
    for one in answers:
        of_indicator = by_series.setdefault((one.area, one.indicator), {})
        of_indicator.setdefault(one.series, {})[one.method] = one
    title = language("method.table.own", file=file.name)
    table = Table(title=plain(title), box=None, pad_edge=False, caption_justify="left")
    areas = any(area for area, _ in by_series)
    for head in (
        "",
        *([language("column.area")] if areas else []),
        language("method.table.series"),
    ):
        table.add_column(head)
    for method in shown:
        table.add_column(language(f"method.{method.id}.name"))
    silent: dict[str, None] = {}
    for (area, indicator), of_indicator in by_series.items():
        for series, by_method in of_indicator.items():
            name = f"{indicator} · {series}" if series else indicator
            if series is None:
                counted = by_method[ROLLED_UP].counted
                name += f" · {language('method.table.rolled_up', n=counted)}"
            cells = [_cell(by_method.get(method.id), language, silent) for method in shown]
            mark = "≠" if _disagree(by_method, shown) else ""
            table.add_row(mark, *map(plain, [*([area] if areas else []), name, *cells]))
    notes = [language("method.table.note", why=language.parts_mark.join(silent) or "–")]
    if any(None in of_indicator for of_indicator in by_series.values()):
        notes.append(language("method.table.note_rolled_up"))
    notes += rule_notes(shown, language)
    table.caption = plain("\n".join(notes))
    return table


def _cell(answer: SeriesAnswer | None, language: Language, silent: dict[str, None]) -> str:
    """A status in words; what is not told is remembered for the notes."""
    if answer is None:
        return ""
    if answer.status is not None:
        return language(f"method.{answer.method}.status.{answer.status}")
    if key := why_key(answer.why_not):
        silent[language(f"method.why_not.{key}")] = None
    return "–"


def _disagree(by_method: Mapping[str, SeriesAnswer], shown: Iterable[Method]) -> bool:
    standings = {
        method.statuses[status]
        for method in shown
        if method.id in by_method and (status := by_method[method.id].status) is not None
    }
    return len(standings - {None}) > 1
