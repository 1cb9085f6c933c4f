"""A comparison is an object: one defined here is read, scored, worded, asked for and forecast."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from helpers import TEXT, goal, observations, plan
from office import cells_of, write_template
from openpyxl import load_workbook

from planlib.errors import Said, said
from planlib.evaluation import Evaluation
from planlib.evaluation.outlook import outlook
from planlib.excel.template.columns import NUMBERS
from planlib.language.language import Language
from planlib.plan import comparisons
from planlib.plan.comparisons.base import INSIDE, SHORT, Against, Bools, Codes, Comparison, Floats
from planlib.plan.comparisons.registry import KINDS, register
from planlib.plan.reading import load_plan
from planlib.plan.target import Target
from planlib.report.text.phrases import target_text
from planlib.scoring.score import score
from planlib.scoring.verdict import Verdict, cautious_position

GOOD = Path(__file__).parent / "good-plan"
SHIPPED = [
    "at_least",
    "above",
    "at_most",
    "below",
    "between",
    "about",
    "all_of",
    "done",
    "maintain",
    "relative",
    "rank",
]


class Outside(Comparison):
    """Less than a low number or more than a high one."""

    id = "outside"
    order = 55
    keys = ("low", "high")
    strict = True

    def faults(self, target: Target) -> Iterator[Said]:
        if target.low is not None and target.high is not None and target.low > target.high:
            yield said("plan.low-exceeds-high", low=target.low, high=target.high)

    def bounds(self, target: Target) -> tuple[float, float]:
        assert target.low is not None and target.high is not None
        return target.low, target.high

    def position(self, at: Against, target: Target) -> Codes:
        low, high = at
        return np.where((low < 0) | (high > 0), INSIDE, SHORT).astype(np.int8)

    def interval_position(self, low: Against, high: Against, target: Target) -> Codes:
        one_way = (high[0] < 0) | (low[1] > 0)  # all of it less, or all of it more
        return np.where(one_way, INSIDE, SHORT).astype(np.int8)

    def decided(self, near: Codes, far: Codes, target: Target) -> tuple[Bools, Bools]:
        return far > 0, np.zeros(far.shape, bool)

    def nearness(self, figures: Floats, target: Target) -> Floats:
        low, high = self.bounds(target)
        return np.maximum(low / figures, figures / high)

    def good(self, target: Target) -> tuple[tuple[float, float], ...]:
        low, high = self.bounds(target)
        return ((-np.inf, low), (high, np.inf))


OUTSIDE = {"comparison": "outside", "low": 10, "high": 20, "cadence": "every_year"}


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison is registered, and its two texts are in the catalogues."""
    monkeypatch.setitem(KINDS, "outside", KINDS["at_least"])  # puts back what was there before
    register(Outside())
    for code, words in (("en", "under or over {quantity}"), ("vi", "ngoài {quantity}")):
        texts = Language(code)._catalogue.texts
        monkeypatch.setitem(cast("dict[str, tuple[str, ...]]", texts), "target.outside", (words,))


def test_the_kinds_that_come_with_planlib_are_found_in_their_folder() -> None:
    folder = Path(comparisons.__path__[0])
    assert sorted(SHIPPED) == sorted(
        path.stem
        for path in folder.glob("*.py")
        if path.stem not in {"__init__", "base", "registry"}
    )
    assert [kind for kind in KINDS if kind != "outside"] == SHIPPED


def read(tmp_path: Path, old: str, new: str) -> tuple[object, list[str]]:
    folder = tmp_path / "plan"
    shutil.copytree(GOOD, folder)
    text = (folder / "society.yaml").read_text("utf-8")
    assert old in text
    (folder / "society.yaml").write_text(text.replace(old, new), encoding="utf-8")
    made, problems = load_plan(folder)
    return made, [problem.message for problem in problems]


SHARE = "{comparison: at_least, value: 95, basis: share, cadence: every_year}"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("{comparison: outside, low: 30, high: 20, basis: share, cadence: every_year}",
         "'low' must not exceed 'high', found 30 and 20"),
        ("{comparison: outside, low: 10, high: 20, value: 5, basis: share, cadence: every_year}",
         "'outside' has no 'value'"),
        ("{comparison: outsid, low: 10, high: 20, basis: share, cadence: every_year}",
         ("'comparison' must be 'at_least', 'above', 'at_most', 'below', 'between', 'about', "
         "'all_of', 'done', 'maintain', 'relative', 'rank' or 'outside', found 'outsid'")),
    ],
)  # fmt: skip
def test_a_plan_that_names_it_is_read_and_its_faults_are_told(
    tmp_path: Path, target: str, message: str
) -> None:
    good = "{comparison: outside, low: 10, high: 20, basis: share, cadence: every_year}"
    made, problems = read(tmp_path / "good", SHARE, good)
    assert made is not None and problems == []
    assert read(tmp_path / "bad", SHARE, target) == (None, [message])


def test_figures_are_scored_by_it() -> None:
    whole = plan(goal(unit=TEXT, target=OUTSIDE))
    figures = {2011: 9.0, 2012: 10.0, 2013: 16.0, 2014: 20.0, 2015: 20.5}
    rows = [{"year": year, "value": value} for year, value in figures.items()]
    scored = score(whole, observations(*rows))
    assert scored["verdict"].tolist() == ["met", "not_met", "not_met", "not_met", "met"]
    assert scored["attainment"].tolist() == [1.0, 1.0, 0.8, 1.0, 1.0]
    target = whole.goal("g").main_target()
    spread = cautious_position(np.array([5.0, 5.0, 21.0]), np.array([9.0, 25.0, 25.0]), target)
    assert spread.tolist() == [INSIDE, SHORT, INSIDE]
    total = plan(goal(unit=TEXT, target=OUTSIDE | {"cadence": "over_term", "basis": "count"}))
    rows = [{"year": 2011, "value": 25.0}]
    first = score(total, observations(*rows), years=[2011]).iloc[0]
    assert first["secured"] and first["verdict"] == Verdict.met.name


def test_it_has_its_words_in_both_languages() -> None:
    one = goal(unit=TEXT, target=OUTSIDE)
    told = [target_text(one, one.target, Language(code)) for code in ("en", "vi")]
    plain = [text.replace("\N{NO-BREAK SPACE}", " ") for text in told]
    assert plain == ["under or over 10–20 text", "ngoài 10–20 chữ"]


def test_a_template_asks_for_its_figure(tmp_path: Path) -> None:
    whole = plan(goal(unit=TEXT, target=OUTSIDE))
    path = write_template(tmp_path / "t.xlsx", whole, "a", 2013, lang="en")
    book, where = load_workbook(path), cells_of(path)
    open_cells = {
        head
        for (_, head), (sheet, cell) in where.items()
        if not book[sheet][cell].protection.locked and head in NUMBERS
    }
    assert open_cells == {"value", "low", "high"}
    sheet, cell = where["g", "plan"]
    assert "under or over 10–20" in book[sheet][cell].value.replace("\N{NO-BREAK SPACE}", " ")


def test_it_is_forecast() -> None:
    def chance(target: dict[str, object]) -> float:
        whole = plan(goal(unit=TEXT, target={"cadence": "by", "due": 2014} | target))
        rows = [
            {"year": 2010 + at, "value": value} for at, value in enumerate((14.0, 16.0, 13.0, 15.0))
        ]
        found = outlook(Evaluation(whole, observations(*rows)), "a", 2013).of("g")
        return float(found.reached)

    out = chance({"comparison": "outside", "low": 10, "high": 20})
    inside = chance({"comparison": "between", "low": 10, "high": 20, "beyond": "bad"})
    under, over = (
        chance({"comparison": "at_most", "value": 10}),
        chance({"comparison": "at_least", "value": 20}),
    )
    assert 0 < out < inside < 1
    assert out + inside == pytest.approx(1, abs=1e-6)
    assert out == pytest.approx(under + over, abs=1e-6)
