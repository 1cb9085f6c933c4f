"""The controls of the notebook to explore: each turn redraws, and nobody is left without a view."""

from __future__ import annotations

import pytest

from planlib.errors import InputError
from planlib.report.controls import WIDGET, Controls, controls
from planlib.report.display import Blocks


@pytest.fixture
def live() -> Controls:
    return Controls("ward-2010-2015", "ward-01", "case-clearance", "", "en")


def test_without_a_front_end_a_sentence_stands_in_their_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    shown = controls("ward-2010-2015", "ward-01", "case-clearance", lang="en")
    assert isinstance(shown, Blocks) and "JupyterLab" in shown.text


def test_in_a_session_the_widget_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "explore.ipynb")
    widget = controls("ward-2010-2015", "ward-01", "case-clearance", lang="en")
    assert len(widget.widget.children) == 5
    bundle = widget._repr_mimebundle_()
    assert bundle.pop(WIDGET)["model_id"] == widget.widget.model_id
    monkeypatch.delenv("JPY_SESSION_NAME")
    alone = controls("ward-2010-2015", "ward-01", "case-clearance", lang="en")
    assert bundle == alone._repr_mimebundle_()  # what is left of it in a cleaned file


def test_the_view_shows_goal_picture_verdicts_and_the_banner(live: Controls) -> None:
    view = live.view.value
    assert "Case clearance rate" in view and "<svg" in view and "llustrative" in view


def test_another_goal_redraws_the_view(live: Controls) -> None:
    live.goal.value = "criminal-offences"
    assert "Change in the number of criminal offences" in live.view.value


def test_an_earlier_date_hides_later_reports(live: Controls) -> None:
    before = live.view.value
    days = [day for _, day in live.as_of.options if day]
    live.as_of.value = next(day for day in days if day >= "2013-12-01")
    assert live.view.value != before
    live.as_of.value = ""
    assert live.view.value == before


def test_another_area_and_another_plan_bring_their_own_goals_and_dates(live: Controls) -> None:
    live.area.value = "ward-07"
    assert "Ward 07" in live.view.value
    live.plan.value = "viet-nam-2016-2020"
    assert live.area.value == "viet-nam"
    assert "gdp-growth" in [goal for _, goal in live.goal.options]
    assert "llustrative" not in live.view.value
    live.plan.value = "ward-2010-2015"
    assert "llustrative" in live.view.value


def test_an_as_of_date_between_two_reports_means_the_earlier_one() -> None:
    live = Controls("ward-2010-2015", "ward-01", "case-clearance", "2014-01-01", "vi")
    assert live.as_of.value and live.as_of.value <= "2014-01-01"


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="there is no area"):
        Controls("ward-2010-2015", "ward-77", "case-clearance", "", "vi")
