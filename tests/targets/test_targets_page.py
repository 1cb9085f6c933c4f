"""docs/targets.md: every example of it is run, and every kind there is has one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from helpers import TEXT, goal, observations, plan

from planlib.figures.observations import vintage_day
from planlib.plan.checks.meaning import unclear_targets
from planlib.plan.comparisons.registry import KINDS
from planlib.plan.target import Basis, Cadence
from planlib.plan.yaml_text import read_yaml
from planlib.scoring.score import score, score_term
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.elsewhere import Elsewhere

PAGE = (Path(__file__).parent.parent.parent / "docs" / "targets.md").read_text("utf-8")
EXAMPLES = [
    (block, line)
    for block, figures in re.findall(r"```yaml\n(.*?)```\n```text\n(.*?)```", PAGE, re.DOTALL)
    for line in figures.splitlines()
]
LINE = re.compile(
    r"(?:(?P<area>[a-z]+) )?(?P<figures>[0-9].*?)(?: as of (?P<as_of>[0-9-]+))? -> (?P<term>term: )?(?P<verdict>\w+)"
    r"(?: \((?P<value>-?[0-9.]+)\))?"
)


def figures_of(text: str) -> list[dict[str, Any]]:
    """The figures of one period, as the page writes them; a dash stands for none."""
    if text == "-":
        return []
    if ":" in text:
        pairs = (answer.split(":") for answer in text.split(","))
        return [{"member": member, "value": float(answer)} for member, answer in pairs]
    for sign, names in (
        ("/", ("numerator", "denominator")),
        (" of ", ("value", "assigned")),
        ("..", ("low", "high")),
    ):
        if sign in text:
            return [dict(zip(names, map(float, text.split(sign)), strict=True))]
    return [{"value": float(text)}]


def rows_of(figures: str, area: str) -> list[dict[str, Any]]:
    periods = re.split(r", (?=[0-9]{4}=)", figures)
    return [
        {"area": area, "year": int(period[:4]), **figure}
        for period in periods
        for figure in figures_of(period[5:])
    ]


def plan_keys(block: str, path: Path) -> dict[str, Any]:
    """The keys of a goal as a plan file holds them."""
    path.write_text(block, "utf-8")
    file = read_yaml(path)
    assert file.problems == []
    return dict(file.data)


@pytest.mark.parametrize(("block", "line"), EXAMPLES)
def test_the_example_gets_the_verdict_the_page_says(block: str, line: str, tmp_path: Path) -> None:
    told = LINE.fullmatch(line)
    assert told is not None, line
    keys = plan_keys(block, tmp_path / "goal.yaml")
    tolerance = {"percent": 1} if "tolerance" in keys else None
    one = goal(unit=keys.pop("unit", TEXT), **keys)
    made = plan(one, tolerance=tolerance)
    assert list(unclear_targets(one, made.header)) == []
    area = told["area"] or "a"
    mine, *others = told["figures"].split("; ")
    rows = rows_of(mine, area)
    for other in others:
        name, _, its = other.partition(" ")
        rows += rows_of(its, name)
    figures = observations(*rows)
    year = int(re.findall(r"([0-9]{4})=", mine)[-1])
    as_of = vintage_day(told["as_of"]) if told["as_of"] else None
    frame = figures.frame
    by_area = {str(n): part.to_dict("records") for n, part in frame.groupby("area", observed=True)}
    again = Recomputed(made, by_area.get(area, []), as_of, area=area, elsewhere=Elsewhere(by_area))
    if told["term"]:
        frame, proven = score_term(made, figures, areas=[area]), again.term(one, 2015)
    else:
        frame = score(made, figures, years=[year], areas=[area], as_of=as_of)
        proven = again.annual(one, year)
    assert str(frame["verdict"][0]) == proven.verdict == told["verdict"]
    if told["value"]:
        assert float(frame["value"][0]) == pytest.approx(float(told["value"]))
        assert proven.value == pytest.approx(float(told["value"]))


def test_the_page_has_an_example_of_everything() -> None:
    blocks = "\n".join(block for block, _ in EXAMPLES)
    assert len(EXAMPLES) > 50
    for kind in KINDS:
        assert kind == "outside" or f"comparison: {kind}" in blocks, kind
    for basis in Basis:
        assert basis is Basis.level or f"basis: {basis}" in blocks, basis
    for cadence in Cadence:
        assert cadence is Cadence.every_period or f"cadence: {cadence}" in blocks, cadence
