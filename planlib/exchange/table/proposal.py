"""Proposes a mapping of a table: columns with a plain name are filled in, the rest is asked."""

from __future__ import annotations

from pathlib import Path

from planlib.errors import refused, said
from planlib.excel.sheets.table import SEARCHED
from planlib.excel.workbook.sheet_cells import SheetCells
from planlib.exchange.table.reading import open_table
from planlib.exchange.yaml_out import inline
from planlib.figures.typed.office_words import verdict_of
from planlib.language.language import Language
from planlib.language.typed.words import folded
from planlib.plan.periods.typed import names_a_period
from planlib.plan.verdicts import PUBLISHED

MOST_WORDS = 12  # different words of a column that are told
# What a column can only hold by its name; what might be two things is not here.
PLAIN: dict[str, tuple[str, ...]] = {
    "indicator": ("indicator", "kpi", "indicator id", "kpi id", "chỉ tiêu", "tên chỉ tiêu",
                  "chỉ số", "indicateur"),
    "name": ("title", "indicator name", "indicator title", "intitulé", "libellé"),
    "unit": ("unit", "unit of measure", "đơn vị", "đơn vị tính", "unité", "unité de mesure"),
    "better": ("better", "direction", "polarity", "chiều", "sens"),
    "section": ("section", "theme", "priority", "phần", "lĩnh vực", "thème"),
    "area": ("area", "region", "district", "country", "council", "địa bàn", "địa phương",
             "territoire", "région", "pays"),
    "period": ("period", "quarter", "reporting period", "kỳ", "kỳ báo cáo", "quý", "période",
               "trimestre"),
    "target": ("target", "target value", "mục tiêu", "kế hoạch", "cible", "valeur cible"),
    "low": ("target low", "target minimum"),
    "high": ("target high", "target maximum"),
    "due": ("due", "due date", "deadline", "target year", "target date", "hạn", "thời hạn",
            "échéance", "due quarter", "quarter due", "due by"),
    "baseline": ("baseline", "baseline value", "giá trị gốc", "valeur de référence"),
    "baseline_year": ("baseline year", "base year", "năm gốc", "année de référence"),
    "actual": ("actual", "actual value", "outturn", "thực hiện", "kết quả", "réalisé",
               "valeur réalisée"),
    "published_verdict": ("status", "published status", "rag", "rag status", "đánh giá", "statut"),
    "vintage": ("reported on", "report date", "ngày báo cáo", "date du rapport"),
    "source": ("source", "nguồn"),
    "note": ("note", "notes", "comment", "comments", "remark", "ghi chú", "remarque"),
}  # fmt: skip
_KNOWN = {folded(word): key for key, words in PLAIN.items() for word in words}


def proposed_mapping(path: Path, lang: str) -> str:
    """The text of a mapping for a table, with a comment at everything it does not know.

    Raises InputError where no row of the table has heads with a plain name.
    """
    sheet, head, heads = _head(path)
    language = Language(lang)
    lines = [f"# {language('proposal.look')}", "columns:"]
    found: dict[str, int] = {}
    unused = []
    for at, text in enumerate(heads):
        key = _key(text)
        if key is not None and [_key(other) for other in heads].count(key) == 1:
            found[key] = at
            lines.append(f"  {key}: {inline(text)}")
        elif text:
            unused.append(text)
    if "indicator" not in found:
        lines.append(f"  indicator:  # {language('proposal.indicator')}")
    if "target" not in found and not {"low", "high"} <= found.keys():
        lines.append(f"  target:  # {language('proposal.target')}")
    across = [text for text in unused if "actual" not in found and names_a_period(text)]
    if len(across) > 1:
        unused = [text for text in unused if text not in across]
    if unused:
        names = ", ".join(inline(text) for text in unused)
        lines.append(f"  # {language('proposal.unused', names=names)}")
    if len(across) > 1:
        lines.append(f"across: {{actual: all}}  # {language('proposal.across')}")
    rows = range(head + 1, len(sheet.rows))
    lines += _words(sheet, rows, found, language)
    if not {"period", "due"} & found.keys():
        lines.append(f"due:  # {language('proposal.due')}")
    if "better" not in found:
        lines.append(f"# better: higher  # {language('proposal.better')}")
    lines.append(f"# periods: quarter  # {language('proposal.periods')}")
    lines.append(f"# make_up: last  # {language('proposal.make_up')}")
    lines.append(f'# year_ends: "03-31"  # {language("proposal.year_ends")}')
    lines.append(f'# decimal: "."  # {language("proposal.decimal")}')
    return "\n".join(lines) + "\n"


def _key(text: str) -> str | None:
    return _KNOWN.get(folded(text.replace("_", " ")))


def _head(path: Path) -> tuple[SheetCells, int, list[str]]:
    best: tuple[int, SheetCells | None, int, list[str]] = (0, None, 0, [])
    for sheet in open_table(path).sheets:
        for row in range(0 if sheet.hidden else min(len(sheet.rows), SEARCHED)):
            heads = [sheet.text(row, at) for at in range(sheet.width(row))]
            known = len({_key(text) for text in heads} - {None})
            if known > best[0]:
                best = known, sheet, row, heads
    _, found, row, heads = best
    if found is None:
        raise refused(
            said("exchange.no-plain-head"), path, hint=said("exchange.no-plain-head-hint")
        )
    return found, row, heads


def _words(sheet: SheetCells, rows: range, found: dict[str, int], language: Language) -> list[str]:
    """The words of the columns whose words mean something, for their owner to say what."""
    lines: list[str] = []
    known: dict[str, dict[str, str | None]] = {}
    for key in ("better", "published_verdict"):
        if key in found:
            cells = (sheet.text(row, found[key]) for row in rows)
            known[key] = dict.fromkeys(word for word in cells if word)
    for word in known.get("better", {}):
        known["better"][word] = folded(word) if folded(word) in {"higher", "lower"} else None
    for word in known.get("published_verdict", {}):
        known["published_verdict"][word] = verdict_of(word)
    asked = {
        "better": "higher, lower",
        "published_verdict": ", ".join(one.name for one in PUBLISHED),
    }
    for key, words in known.items():
        if not words or (key == "better" and None not in words.values()):
            continue
        lines += [] if lines else ["words:"]
        lines.append(f"  {key}:  # {language('proposal.words', known=asked[key])}")
        for word in list(words)[:MOST_WORDS]:
            lines.append(f"    {inline(word)}: {words[word] or ''}".rstrip())
        if len(words) > MOST_WORDS:
            lines.append(f"    # {language('proposal.more', n=len(words) - MOST_WORDS)}")
    return lines
