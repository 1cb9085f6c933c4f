"""What moved between two days is told of groups too, below their goal; no count holds them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from commands import planlib
from helpers import TEXT, goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.evaluation.changes import PlanChanges, changes
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import vintage_day
from planlib.language.language import Language
from planlib.plan.groups.dimensions import Dimension
from planlib.report.pages.outlook_section import outlook_section
from planlib.report.tables.changes import change_record, changes_shown

NORTHFIELD = Path(__file__).parent / "northfield"
AT_LEAST = {"comparison": "at_least", "value": 80, "basis": "share", "cadence": "every_year"}


def sexes(*rows: tuple[str, float, str]) -> Evaluation:
    """Shares of 2012 by group and day of the report."""
    dimension = Dimension.model_validate({
        "id": "sex", "name": TEXT,
        "members": [{"id": "w", "name": {"vi": "Nữ", "en": "Women"}},
                    {"id": "m", "name": {"vi": "Nam", "en": "Men"}}],
    })  # fmt: skip
    opened = plan(goal(by=("sex",), target=AT_LEAST))
    header = opened.header.model_copy(update={"dimensions": (dimension,)})
    found = observations(
        *({"year": 2012, "group": group, "value": value, "vintage": day}
          for group, value, day in rows)
    )  # fmt: skip
    return Evaluation(opened.model_copy(update={"header": header}), found)


def moved(evaluation: Evaluation) -> PlanChanges:
    return changes(evaluation, "a", vintage_day("2013-06-30"), vintage_day("2014-06-30"))


def test_a_group_is_told_below_its_goal_and_counted_by_itself() -> None:
    evaluation = sexes(
        ("", 81, "2013-01-31"), ("", 82, "2014-01-31"),
        ("sex=w", 79, "2013-01-31"), ("sex=w", 80, "2014-01-31"),  # from missed to met
        ("sex=m", 83, "2013-01-31"),
    )  # fmt: skip
    result = moved(evaluation)
    told = changes_shown(result, Language("en")).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "; 1 row of groups beside them." in told
    assert told.index("82") < told.index("text: Women")
    assert "text: Men" not in told
    (record,) = [change_record(one) for one in result.of_groups]
    assert (record["group"], record["flipped"]) == ("sex=w", True)
    assert (record["before"]["verdict"], record["after"]["verdict"]) == ("not_met", "met")
    assert [change_record(one)["group"] for one in result.changes] == [""]


def test_a_change_of_a_group_alone_is_not_nothing() -> None:
    result = moved(sexes(("", 81, "2013-01-31"), ("sex=w", 79, "2014-01-31")))
    assert result.changes == ()
    told = changes_shown(result, Language("en")).text
    assert "text: Women" in told and "Nothing" not in told


def test_the_command_gives_the_groups_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "northfield"
    shutil.copytree(NORTHFIELD, folder)
    days = ("--from", "2000", "--to", "2030")
    found = json.loads(planlib("changes", str(folder), *days, "--json").stdout)
    groups = {one["group"] for one in found}
    assert "" in groups and len(groups) > 1
    assert all(one["goal"] for one in found)


def test_no_forecast_is_made_of_groups_and_the_page_says_so() -> None:
    evaluation = sexes(("", 81, "2013-01-31"), ("sex=w", 79, "2013-01-31"))
    shown = outlook_section(outlook(evaluation, "a", 2012), Language("en"), illustrative=False)
    assert "Groups are judged by their figures and not forecast" in shown.text
