"""What a cell shows where there is nothing to show."""

from __future__ import annotations

import pytest
from IPython.core.formatters import DisplayFormatter
from IPython.utils.capture import capture_output

from planlib.report.display import NOTHING
from planlib.report.pages.explore import ExplorePage
from planlib.review import open_desk


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_picture_of_nothing_is_no_output_and_not_the_word_none(lang: str) -> None:
    before_any_figure = open_desk("ward-2010-2015", "ward-01", "2009-01-01")
    with capture_output() as captured:
        page = ExplorePage(before_any_figure, "case-clearance", lang)
        made = DisplayFormatter().format(page.picture())
    assert made == ({}, {}) and captured.stdout == ""
    assert str(NOTHING) == "" and not NOTHING
