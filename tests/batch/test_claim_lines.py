"""Claims read from their lines say what ``Claim`` says of them, and what it refuses is never read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from planlib.batch.difference.claim_lines import (
    NUMBERS,
    OF_TARGET,
    PERIODS,
    TARGET,
    TARGET_NUMBERS,
    TARGET_PERIODS,
    TARGET_WORDS,
    WORDS,
    ReadClaim,
    as_read,
    read_claims,
)
from planlib.verify.evidence import Claim, canonical

ROW = {"file": "figures.csv", "row": 2, "sha256": "5e" * 32}
AIMED = {
    "comparison": "at_least", "value": 100.0, "low": None, "high": None, "better": "higher",
    "beyond": None, "members": ["tax"], "basis": "quota", "cadence": "every_year", "due": "2013-Q4",
    "due_day": None, "since": 2010, "others": {"to": "area", "of": [1, {"a": None}]},
}  # fmt: skip
CLAIM = {
    "goal": "tax", "group": "sex=women", "kind": "annual", "year": 2013, "on": "year",
    "verdict": "met", "published": "exceeded", "value": 101.25, "low": None, "high": None,
    "level": 1.0125, "estimate": False, "certainty": 0.98, "figure_of": 2012, "against": None,
    "target": AIMED, "reading": "strict", "readings": {"strict": "met", "wide": "exceeded"},
    "rule": "office-table 2019-12-31", "vintage": "2014-01-31", "inputs": [ROW, ROW | {"row": 3}],
}  # fmt: skip
QUARTER = CLAIM | {"year": "2013-Q1", "figure_of": "2012-Q4", "target": None, "inputs": []}


def lines(*claims: dict[str, Any]) -> list[str]:
    told = canonical({"verdicts": [*claims]})
    return told.removeprefix('{\n"verdicts": [\n').removesuffix("\n]\n}\n").split(",\n")


def exact(claims: list[ReadClaim]) -> list[str]:
    """Claims with the kinds of their values; the order in which a target's stand is no matter."""
    return [
        f"{one._replace(target=None)} {json.dumps(one.target, sort_keys=True)}" for one in claims
    ]


def test_every_field_of_a_claim_is_checked_once() -> None:
    names = [*NUMBERS, *PERIODS, *WORDS, "estimate", "readings", "inputs", TARGET]
    assert sorted(names) == sorted(Claim.model_fields)
    names = [*TARGET_NUMBERS, *TARGET_PERIODS, *TARGET_WORDS, "members", "others"]
    assert sorted(names) == sorted(OF_TARGET)


def test_what_is_read_is_what_a_claim_says() -> None:
    found = read_claims(lines(CLAIM, QUARTER))
    assert found is not None
    assert exact(found) == exact(
        [as_read(Claim.model_validate_json(line)) for line in lines(CLAIM, QUARTER)]
    )
    assert found[0].of == ("tax", "sex=women", "annual", 2013, "year")
    assert found[0].target == AIMED
    assert found[0].rows == [("figures.csv", 2, "5e" * 32), ("figures.csv", 3, "5e" * 32)]
    assert read_claims([]) == []


WRONG = (
    None, True, False, 0, 1, -1, 2013, 1899, 2201, 1e3, "", "a", "A b", "Tax\n", "met", "2013", "2013-Q1",
    "2013-Q5", "annual", "5e" * 32, "5E" * 32, "a/../b", "/a", "x" * 300, [], ["tax"], ["A b"], [1], {},
    {"a": "met"}, {"A b": "met"}, {"a": "b"}, {"a": None}, [ROW], [ROW | {"row": 0}], [ROW | {"row": True}],
    [ROW | {"row": "2"}], [ROW | {"sha256": "5E" * 32}], [ROW | {"sha256": "5e" * 31}], [ROW | {"x": 1}],
    [ROW | {"file": "a//b"}], [ROW | {"file": "a\nb"}], [{"file": "a", "row": 1}], AIMED, AIMED | {"x": 1},
)  # fmt: skip


@pytest.mark.parametrize("name", [*CLAIM, *(f"{TARGET}.{name}" for name in AIMED)])
def test_what_a_claim_refuses_is_not_read(name: str) -> None:
    """Whatever stands in a field: it is read as a claim has it, or left to that."""
    _, _, part = name.partition(".")
    for value in WRONG:
        claim = CLAIM | ({TARGET: AIMED | {part: value}} if part else {name: value})
        (line,) = lines(claim)
        try:
            right = [as_read(Claim.model_validate_json(line))]
        except ValidationError:
            right = None
        found = read_claims([line])
        assert found is None or exact(found) == exact(right or []), value
    left_out = {key: value for key, value in CLAIM.items() if key != name}
    assert part or read_claims(lines(left_out)) is None  # what stands in for it is said by a claim


@pytest.mark.parametrize(
    "line",
    ["{", "1", "null", "[]", '"a"', lines(CLAIM)[0] + "]", lines(CLAIM)[0].replace("0.98", "NaN"),
     lines(CLAIM)[0].replace("0.98", "1e999"), lines(CLAIM)[0].replace("0.98", "98e-2x")],
)  # fmt: skip
def test_a_line_that_is_no_claim_is_not_read(line: str) -> None:
    assert read_claims([line]) is None
    assert json.loads(lines(CLAIM)[0]) == CLAIM  # the line that was spoilt
