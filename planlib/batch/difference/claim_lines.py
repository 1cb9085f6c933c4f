"""Claims read from their lines as plain values, all of a file checked at once, column by column.

Where everything moved, each of millions of claims is read. What holds of a claim is said once, by
``Claim``: each word it holds is asked of that once, and numbers by their kind. A file in which any
claim is written otherwise than planlib writes it, or wrong, is left to ``Claim`` itself.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from math import isfinite
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from pydantic_core import from_json

from planlib.plan.base import Part, period_record
from planlib.verify.evidence import Claim, HashedRow
from planlib.verify.targets.claimed import JudgedTarget

OF = ("goal", "group", "kind", "year", "on")  # what a claim is of
TARGET = "target"
OTHERS = tuple(name for name in Claim.model_fields if name not in (*OF, "inputs", TARGET))
OF_TARGET = tuple(JudgedTarget.model_fields)
NUMBERS = ("value", "low", "high", "level", "certainty", "against")
PERIODS = ("year", "figure_of")
WORDS = ("goal", "group", "kind", "on", "verdict", "published", "reading", "rule", "vintage")
TARGET_NUMBERS = ("value", "low", "high")
TARGET_WORDS = ("comparison", "better", "beyond", "basis", "cadence", "due_day")
TARGET_PERIODS = ("due", "since")
_NOTHING = type(None)
_HEX = dict.fromkeys(map(ord, "0123456789abcdef"))
_key, _others = itemgetter(*OF), itemgetter(*OTHERS)
_columns, _target_columns = itemgetter(*Claim.model_fields), itemgetter(*OF_TARGET)
_row = itemgetter("file", "row", "sha256")
_claim_key, _claim_others = attrgetter(*OF), attrgetter(*OTHERS)
_claim_row = attrgetter("file", "row", "sha256")

Row = tuple[str, int, str]  # the file, the row in it, and its hash


class ReadClaim(NamedTuple):
    """A claim: what it is ``OF``, its ``OTHERS``, the target as it is written, its rows."""

    of: tuple[Any, ...]
    others: tuple[Any, ...]
    target: Mapping[str, Any] | None
    rows: Sequence[Row]

    @property
    def goal(self) -> str:
        """The goal it is of."""
        return str(self.of[0])


def as_read(claim: Claim) -> ReadClaim:
    """A claim that was read in another way."""
    target = None if claim.target is None else claim.target.model_dump(mode="json")
    return ReadClaim(
        _claim_key(claim), _claim_others(claim), target, [*map(_claim_row, claim.inputs)]
    )


def read_claims(lines: Collection[str]) -> list[ReadClaim] | None:
    """The claims of lines; None where any is not one as planlib writes it."""
    try:
        told = from_json(f"[{','.join(lines)}]", allow_inf_nan=False)
        return _read(told) if told else []
    except (ValueError, TypeError, LookupError, AttributeError):
        return None  # ``Claim`` tells what is wrong with it, if anything


def _read(told: Sequence[dict[str, Any]]) -> list[ReadClaim]:
    """Claims as JSON has them. Raises ValueError, TypeError, LookupError or AttributeError."""
    _hold(all(len(one) == len(Claim.model_fields) for one in told))
    columns = dict(zip(Claim.model_fields, zip(*map(_columns, told), strict=True), strict=True))
    _numbers(columns, NUMBERS)
    _hold({*map(type, columns["estimate"])} <= {bool})
    _words(Claim, columns, WORDS, {str, _NOTHING})
    _words(Claim, columns, PERIODS, {str, int, _NOTHING})
    _hold({*map(type, columns["readings"])} <= {dict})
    readings = chain.from_iterable(map(dict.items, columns["readings"]))
    for key, value in {*readings}:
        _checked(Claim, "readings", key, value)
    _targets([one for one in columns[TARGET] if one is not None])
    inputs = columns["inputs"]
    rows = [*map(_row, chain.from_iterable(inputs))]
    _hold({*map(type, inputs)} <= {list} and {*map(len, chain.from_iterable(inputs))} <= {3})
    _rows(rows)
    if any(isinstance(one, str) for name in PERIODS for one in columns[name]):
        for one in told:
            for name in PERIODS:
                one[name] = _checked(Claim, name, one[name])
    parts = iter(rows)
    return [
        ReadClaim(_key(one), _others(one), one[TARGET], [*islice(parts, len(one["inputs"]))])
        for one in told
    ]


def _targets(told: Sequence[dict[str, Any]]) -> None:
    if not told:
        return
    _hold(all(len(one) == len(OF_TARGET) for one in told))
    columns = dict(zip(OF_TARGET, zip(*map(_target_columns, told), strict=True), strict=True))
    _numbers(columns, TARGET_NUMBERS)
    _words(JudgedTarget, columns, TARGET_WORDS, {str, _NOTHING})
    _words(JudgedTarget, columns, TARGET_PERIODS, {str, int, _NOTHING})
    for value in {value for name in TARGET_PERIODS for value in columns[name] if value is not None}:
        _hold(period_record(_checked(JudgedTarget, "due", value)) == value)  # as it is written
    _hold({*map(type, columns["members"])} <= {list})
    for member in {*chain.from_iterable(columns["members"])}:
        _checked(Claim, "goal", member)  # an id as well
    _hold({*map(type, columns["others"])} <= {dict, _NOTHING})


def _rows(rows: Sequence[Row]) -> None:
    if not rows:
        return
    files, numbers, hashes = zip(*rows, strict=True)
    for file in {*files}:
        _checked(HashedRow, "file", file)
    _hold({*map(type, numbers)} == {int} and min(numbers) >= 1)
    _hold({*map(len, hashes)} == {64} and not "".join(hashes).translate(_HEX))


def _hold(so: object) -> None:
    if not so:
        raise ValueError


def _numbers(columns: Mapping[str, Sequence[Any]], names: Iterable[str]) -> None:
    for name in names:
        column = columns[name]
        _hold({*map(type, column)} <= {float, _NOTHING})
        _hold(all(map(isfinite, filter(None, column))))


def _words(
    kind: type[Part],
    columns: Mapping[str, Sequence[Any]],
    names: Iterable[str],
    types: Collection[type],
) -> None:
    for name in names:
        column = columns[name]
        _hold({*map(type, column)} <= types)  # type: ignore[operator]
        for value in {*column}:
            _checked(kind, name, value)


_EXAMPLES: dict[type[Part], dict[str, Any]] = {
    Claim: dict.fromkeys(Claim.model_fields)
    | {"goal": "a", "group": "", "kind": "annual", "year": 2000, "on": "year", "verdict": "met"}
    | {"estimate": False, "readings": {}, "rule": "", "inputs": ()},
    JudgedTarget: dict.fromkeys(OF_TARGET)
    | {"comparison": "", "members": (), "basis": "", "cadence": ""},
    HashedRow: {"file": "a", "row": 1, "sha256": "0" * 64},
}


@lru_cache(maxsize=20_000, typed=True)
def _checked(kind: type[Part], name: str, *value: Hashable) -> Any:
    """A value as a part has it under a name; of two the one is a key. Raises ValueError."""
    told = value[0] if len(value) == 1 else {value[0]: value[1]}
    return getattr(kind.model_validate(_EXAMPLES[kind] | {name: told}), name)
