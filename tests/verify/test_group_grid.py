"""The verdicts of groups on an index: below their goals, worked out again, as many as there is room for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planlib.errors import Problem
from planlib.evaluation import evaluate
from planlib.report.site import index
from planlib.report.site.folder import save_summary
from planlib.report.site.summary import area_summary
from planlib.report.site.writing import write_index
from planlib.verify.markup import read_page
from planlib.verify.recompute import Recomputed
from planlib.verify.site import goal_grid
from planlib.verify.site.index_page import IndexPage

NORTHFIELD = Path(__file__).parent.parent / "groups" / "northfield"
PLAN = evaluate(NORTHFIELD)


def written(out: Path) -> str:
    save_summary(out, area_summary(PLAN, "northfield"))
    write_index(out)
    return (out / "index.en.html").read_text("utf-8")


def problems(html: str) -> list[Problem]:
    rows = PLAN.figures.frame.to_dict("records")
    found: list[Problem] = []
    reviews = {"northfield.northfield": Recomputed(PLAN.plan, rows)}
    IndexPage("index.en.html", "en", reviews, frozenset(), found).check(read_page(html).root)
    return found


def test_the_groups_of_a_goal_stand_below_it_with_their_verdicts(tmp_path: Path) -> None:
    """School completion is promised at 80 %: women stood at 82, 84 and 86, men at 58, 66 and 72."""
    html = written(tmp_path)
    rows = re.findall(
        r'<tr class="ix-grouped" data-goal="school-completion" (.*?)</tr>', html, re.DOTALL
    )
    told = {
        re.search(r'group="(.*?)"', row)[1]: re.findall(r'title="20..: (.*?)"', row) for row in rows
    }  # type: ignore[index]
    assert told["sex=women"] == ["Exceeded", "Exceeded", "Exceeded", "No data"]
    assert told["sex=men"] == ["Missed", "Missed", "Missed", "No data"]
    assert "district=south;sex=women" in told or "sex=women;district=south" in told
    assert problems(html) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'(data-group="sex=)men', r"\1women"),
        (r'(data-group="sex=women"><th scope="row">)Women', r"\1Men"),
        (r'(data-group="sex=women">.*?2021: )Exceeded', r"\1Met"),
        (r'<tr class="ix-grouped".*?</tr>', ""),
        (r'(data-group=")Group', r"\1Nobody"),
    ],
)
def test_whatever_is_changed_in_the_rows_of_groups_is_found(
    tmp_path: Path, old: str, new: str
) -> None:
    html = written(tmp_path)
    changed = re.sub(old, new, html, count=1, flags=re.DOTALL)
    assert changed != html
    assert problems(changed)


def test_groups_without_room_are_said_to_stand_on_their_goals_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "GROUP_CELLS", 40)  # of the first goal's groups alone
    html = written(tmp_path)
    assert "The groups of 2 more goals stand on the pages of those goals." in html
    assert 'data-group="sex=women"' in html and 'data-goal="new-jobs" data-group' not in html
    assert problems(html)
    monkeypatch.setattr(goal_grid, "MOST_OF_GROUPS", 40)
    assert problems(html) == []
