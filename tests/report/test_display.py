"""What a cell shows where there is nothing to show."""

from __future__ import annotations

import pytest
from helpers import goal, observations, plan
from IPython.core.formatters import DisplayFormatter
from IPython.utils.capture import capture_output

from planlib.report.display import NOTHING
from planlib.report.pages.annual import AnnualPage
from planlib.review import annual


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_picture_of_nothing_is_no_output_and_not_the_word_none(lang: str) -> None:
    target = {"comparison": "at_least", "value": 1, "cadence": "every_year"}
    review = annual(plan(goal(target=target)), observations({"year": 2013, "value": 2}), "a", 2013)
    with capture_output() as captured:
        made = DisplayFormatter().format(AnnualPage(review, lang).changes_picture())
    assert made == ({}, {}) and captured.stdout == ""
    assert str(NOTHING) == "" and not NOTHING
