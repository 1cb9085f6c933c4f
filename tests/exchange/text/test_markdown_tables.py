"""Markdown: tables read cell by cell, signs of targets, and sizes behind sums of money."""

from __future__ import annotations

from pathlib import Path

import pytest

from planlib.exchange.text.proposals import Proposal
from planlib.exchange.text.reading import read_text

TABLE = """\
# Corporate strategy 2021-2025: KPIs

Figures are **illustrative**.

| KPI | Unit | Baseline 2020 | Target 2025 | Owner |
|---|:-:|---:|---:|---|
| **Customer satisfaction** | % | 71.2 | 85 | CX |
| Share of women in [senior roles](roles.md) | % | 24% | 40%\\* | HR |
| CO2 emissions | tCO2e | 12,500 | -30% | ESG |
| Net promoter score | points | -5 | +20 | CX |
| Days to hire | days | 48 | ≤35 | HR

Plant 900 trees by 2024.
"""


def proposals(folder: Path, lang: str, text: str, name: str = "plan.md") -> list[Proposal]:
    (folder / name).write_text(text, encoding="utf-8")
    return read_text(folder / name, lang).proposals


def test_a_markdown_table_is_read_cell_by_cell(tmp_path: Path) -> None:
    told = [
        (one.name, one.terms["comparison"], one.terms["value"], one.terms["basis"], one.baseline,
         one.confidence, one.passage.line_at(one.at))
        for one in proposals(tmp_path, "en", TABLE)
    ]  # fmt: skip
    assert told == [
        ("Customer satisfaction", "at_least", 85, "share", (2020, 71.2), "sure", 7),
        ("Share of women in senior roles", "at_least", 40, "share", (2020, 24), "sure", 8),
        ("CO2 emissions", "at_most", -30, "change_since", None, "sure", 9),
        ("Net promoter score", "at_least", 20, "level", (2020, -5), "sure", 10),
        ("Days to hire", "at_most", 35, "level", (2020, 48), "sure", 11),
        ("Plant trees", "at_least", 900, "level", None, "sure", 13),
    ]


def test_bars_without_a_rule_below_are_no_table(tmp_path: Path) -> None:
    text = "Plan 2021-2025\n\nTrees | woods\n\nPlant 900 trees by 2024.\n"
    assert [one.terms["value"] for one in proposals(tmp_path, "en", text)] == [900]


@pytest.mark.parametrize(
    ("lang", "words", "value", "currency", "scale"),
    [
        ("en", "By 2025, spend $500K on trees.", 500, "USD", "thousand"),
        ("en", "By 2025, spend US$ 7mn on clinics.", 7, "USD", "million"),
        ("en", "By 2025, spend $ 12 MM on ports.", 12, "USD", "million"),
        ("en", "By 2025, spend INR 5 crore on wells.", 50_000_000, "INR", ""),
        ("en", "By 2025, spend Rs 20 lakh on pumps.", 2_000_000, "INR", ""),
        ("en", "By 2025, spend R2.5bn on housing.", 2.5, "ZAR", "billion"),
        ("fr", "Investir au moins 500 k€ dans les arbres d’ici 2025.", 500, "EUR", "thousand"),
        ("fr", "Investir au moins 2 Mds d’euros dans le rail d’ici 2025.", 2, "EUR", "billion"),
        ("fr", "Investir au moins 3 MEUR dans les puits d’ici 2025.", 3, "EUR", "million"),
        ("vi", "Đến năm 2025, thu ngân sách đạt ít nhất 500tr đồng.", 500, "VND", "million"),
    ],
)  # fmt: skip
def test_a_size_behind_a_sum_of_money_is_part_of_it(
    tmp_path: Path, lang: str, words: str, value: float, currency: str, scale: str
) -> None:
    (one,) = proposals(tmp_path, lang, f"Plan 2021-2025\n\n{words}\n", "plan.txt")
    assert (one.terms["value"], one.unit.currency, one.unit.scale) == (value, currency, scale)


@pytest.mark.parametrize(
    ("words", "value"),
    [("plant 30k trees", 30_000), ("plant 2M trees", 2_000_000), ("reach 1.5 mln people", 1_500_000),
     ("build 5 m of wall", 5), ("build 30 km of road", 30)],
)  # fmt: skip
def test_a_size_behind_a_count_is_part_of_it_and_a_metre_is_none(
    tmp_path: Path, words: str, value: float
) -> None:
    (one,) = proposals(tmp_path, "en", f"Plan 2021-2025\n\nBy 2025, {words}.\n", "plan.txt")
    assert one.terms["value"] == value


@pytest.mark.parametrize(
    ("lang", "head", "items"),
    [
        ("vi", "Chỉ tiêu đến năm 2025", ["Về xã hội: (1) Tỷ lệ hộ nghèo: dưới 3%.", "(2) Tỷ lệ lao động qua đào tạo đạt ít nhất 75%;", "(3) Số giường bệnh/vạn dân đạt ít nhất 30 giường."]),
        ("en", "Targets by 2025", ["For people: (1) Poverty rate: below 3%.", "(2) At least 75% of workers are trained;", "(3) At least 30 beds are added."]),
        ("fr", "Objectifs d’ici 2025", ["Pour tous : (1) Taux de pauvreté : moins de 3 %.", "(2) Au moins 75 % des actifs sont formés ;", "(3) Au moins 30 lits sont ajoutés."]),
    ],
)  # fmt: skip
def test_numbers_of_items_within_a_paragraph_are_no_targets(
    tmp_path: Path, lang: str, head: str, items: list[str]
) -> None:
    found = proposals(tmp_path, lang, f"{head}\n\n{' '.join(items)}\n", "plan.txt")
    assert [one.terms["value"] for one in found] == [3, 75, 30]


@pytest.mark.parametrize("words", ["la référence 2012", "l’année de référence 2012", "2012"])
def test_a_reference_year_is_the_year_a_change_is_counted_from(tmp_path: Path, words: str) -> None:
    text = (
        f"Plan 2019-2030\n\nRéduire la consommation de gaz de 30 % en 2030 par rapport à {words}.\n"
    )
    (one,) = proposals(tmp_path, "fr", text, "plan.txt")
    assert (one.since, one.terms["value"], one.confidence) == (2012, -30, "sure")


@pytest.mark.parametrize(
    ("row", "basis", "value", "reasons"),
    [
        ("Émissions | ktCO2e | | −30 %", "change_since", -30, ["base-year"]),
        ("Émissions | ktCO2e | | −30", "difference_since", -30, ["range-or-change", "base-year"]),
        ("Accidents de la route | % | – | -10", "change_since", -10, ["range-or-change", "base-year"]),
        ("Solde migratoire | habitants | -120 | -20", "level", -20, []),
        ("Logements | logements | 100 | +250", "level", 250, []),
    ],
)  # fmt: skip
def test_a_sign_before_a_target_tells_a_change_unless_the_start_has_one(
    tmp_path: Path, row: str, basis: str, value: float, reasons: list[str]
) -> None:
    heads = "| Indicateur | Unité | Valeur 2020 | Cible 2026 |\n|---|---|---|---|\n"
    (one,) = proposals(tmp_path, "fr", f"# Plan 2022-2026\n\n{heads}| {row} |\n")
    assert (one.terms["basis"], one.terms["value"], one.reasons) == (basis, value, reasons)
    assert one.terms["comparison"] == ("at_most" if value < 0 and basis != "level" else "at_least")
