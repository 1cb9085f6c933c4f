"""Each rule against its file of numbers (``vectors/RULE.csv``).

Expected numbers are worked from the formulas the rules' docstrings cite, with the four operations and
powers alone; none was made by the code under test. A status is its place among the rule's statuses,
best first. ``_`` is no figure, ``sign`` −1 where less is better.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planlib.scoring.rules import METHODS, vn335, vn366
from planlib.scoring.rules.method import Method
from planlib.scoring.rules.registry import assess

VECTORS = Path(__file__).with_name("vectors")
Line = dict[str, str]


def number(text: str) -> float:
    return np.nan if text in {"", "_"} else float(text)


def numbers(text: str) -> list[float]:
    return [number(one) for one in text.split()]


def target_of(line: Line) -> pd.DataFrame:
    told = {name: number(line[name]) for name in ("target", "limit", "worst") if name in line}
    years = {name: int(line.get(name) or 2012) for name in ("base_year", "target_year")}
    way = "increase" if line["sign"] == "1" else "decrease"
    every_year = bool(line.get("every_year"))
    return pd.DataFrame(
        [{"series": "s", "direction": way, "every_year": every_year, **years, **told}]
    )


def of_areas(line: Line) -> tuple[list[float], list[float]]:
    values = numbers(line["values"])
    figures = pd.DataFrame(
        {"series": "s", "area": range(len(values)), "year": 2010, "value": values}
    )
    aim = target_of(line).assign(base_year=2008)
    return assess("oecd", figures, aim)["ratio"].tolist(), numbers(line["distances"])


def of_bodies(rule: Method, line: Line) -> tuple[list[float], list[float]]:
    given = {name: [float(cell)] for name, cell in line.items() if name != "grade"}
    if rule.id == "vn366":
        grade = vn366.grade(**given)[0]
        return [list(rule.statuses).index(grade) + 1], [float(line["grade"])]
    stated = given.pop("points")
    grade = vn335.grade(**given)[0]
    found = [float(vn335.points(**given)[0]), list(rule.statuses).index(grade) + 1]
    return found, [*stated, float(line["grade"])]


def of_series(rule: Method, line: Line) -> tuple[list[float], list[float]]:
    values = numbers(line["values"])
    years = range(int(line["first"]), int(line["first"]) + len(values))
    figures = pd.DataFrame({"series": "s", "year": years, "value": values})
    answer = assess(rule.id, figures, target_of(line)).iloc[0]
    status = answer["status"]
    place = np.nan if pd.isna(status) else list(rule.statuses).index(status) + 1
    found = [place, answer["ratio"], answer["score"]]
    return found, [number(line[name]) for name in ("status", "ratio", "score")]


@pytest.mark.parametrize("rule", METHODS, ids=lambda rule: rule.id)
def test_every_rule_answers_with_the_numbers_of_its_file(rule: Method) -> None:
    with (VECTORS / f"{rule.id}.csv").open(encoding="ascii") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) >= 3
    for line in lines:
        found, expected = (
            of_areas(line) if rule.id == "oecd"
            else of_bodies(rule, line) if rule.lens
            else of_series(rule, line)
        )  # fmt: skip
        assert found == pytest.approx(expected, abs=2e-6, nan_ok=True), line


@pytest.mark.parametrize("rule", METHODS, ids=lambda rule: rule.id)
def test_every_rule_tells_what_of_it_is_confirmed_and_what_is_not(rule: Method) -> None:
    told = sys.modules[f"planlib.scoring.rules.{rule.id}"].__doc__ or ""
    for words in (
        "Source: ",
        f"Confidence {rule.confidence}",
        "\nConfirmed: ",
        "\nNot confirmed: ",
    ):
        assert words in told, words
