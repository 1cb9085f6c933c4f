"""What prints in a notebook is a line: every object that an analyst meets is short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

import planlib
from planlib.evaluation.changes import changes
from planlib.evaluation.methods import methods
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import Observations, vintage_day
from planlib.plan.base import Part
from planlib.review import annual, midterm, profile, sensitivity

E = planlib.evaluate("ward-2010-2015")


def met() -> Iterator[object]:
    """What the parts of an evaluation and its reviews are, one of each kind."""
    days = vintage_day("2013"), vintage_day("2014-06-30")
    yield from (E, E.plan, E.figures, planlib.annual_review(E, period=2013))
    yield from (annual(E, "ward-01", 2013), midterm(E, "ward-01"), sensitivity(E, "ward-01", 2013))
    yield from (profile(E, "ward-01", "case-clearance"), outlook(E, "ward-01", 2013))
    yield from (methods(E, "ward-01", 2013)[0], changes(E, "ward-01", *days))


def every(thing: object, seen: dict[type, object]) -> None:
    """One object of each class that planlib has, of the thing and of what it holds."""
    if isinstance(thing, tuple | list):
        for one in thing:
            every(one, seen)
    elif isinstance(thing, dict):
        every(list(thing.values()), seen)
    elif type(thing).__module__.startswith("planlib") and not isinstance(thing, type):
        longest = seen.get(type(thing))
        if longest is None or len(repr(thing)) > len(repr(longest)):
            seen[type(thing)] = thing
        if longest is None or isinstance(thing, Part):
            held = fields(thing) if is_dataclass(thing) else ()
            every([getattr(thing, field.name) for field in held], seen)
        if isinstance(thing, Part):
            every([value for _, value in thing], seen)


@pytest.fixture(scope="module")
def found() -> dict[type, object]:
    seen: dict[type, object] = {}
    for thing in met():
        every(thing, seen)
    return seen


def test_every_object_prints_in_a_line(found: dict[type, object]) -> None:
    assert len(found) > 30
    long = {
        kind.__name__: repr(thing)[:500] for kind, thing in found.items() if len(repr(thing)) >= 400
    }
    assert long == {}
    assert not [kind for kind, thing in found.items() if "\n" in repr(thing)]
    assert not [
        kind for kind, thing in found.items() if len(str(thing)) >= 400 and isinstance(thing, Part)
    ]


def test_a_line_says_what_the_object_is_of() -> None:
    goal = E.plan.goal("case-clearance")
    assert repr(E.plan) == "<Plan ward-2010-2015 2011-2015: 79 goals>"
    assert repr(goal).startswith("<Goal id='case-clearance'")
    (verdict,) = E.year_verdicts("ward-01", 2013, ["case-clearance"])
    assert repr(verdict).startswith("<GoalVerdict goal='case-clearance' area='ward-01' ")
    assert "verdict=exceeded" in repr(verdict)
    few = Observations(E.figures.frame[:10])
    assert repr(few).startswith("<Observations: 10 figures of ")
