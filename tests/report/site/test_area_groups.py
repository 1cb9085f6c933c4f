"""Groups of areas: a line each, a page each, and the choice among them where areas are listed by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from test_publish_site import links

from planlib.language.text import Text
from planlib.report.site.area_results import AreaResults, HeadGoal, PlanHead
from planlib.report.site.areas.letters import SHORT_LIST, jumps
from planlib.report.site.areas.overview import LARGEST, write_tables
from planlib.report.site.areas.table import FEW, PlanTable
from planlib.report.site.folder import PeriodColumn
from planlib.report.site.frame import INDEX
from planlib.report.site.goals.names import GoalLinks
from planlib.storage.store import LocalStore
from planlib.verify.allowed import faults_of_page
from planlib.verify.markup import read_page

COLUMNS = tuple(PeriodColumn(kind="annual", year=year) for year in (2014, 2015))
Within = Sequence[tuple[str, str, str]]  # kind, id, name


def drawn(out: Path, within: Sequence[Within], goals: int = 3) -> Path:
    """The site of areas in some groups; goal k is met in each area whose number k divides, else missed."""
    named = tuple(HeadGoal(f"goal-{at}", Text({"en": f"Goal {at}"})) for at in range(1, goals + 1))
    head = PlanHead("plan-a", Text({"en": "Plan"}), (2014, 2015), "", COLUMNS, named)
    some = [
        AreaResults(
            head, f"area-{at}", {"en": f"Ward {at}"}, ("en",), False, at, 0, 0, (),
            "".join("13"[at % goal > 0] for goal in range(1, goals + 1)) * len(COLUMNS),
            tuple((kind, group, {"en": name}) for kind, group, name in mine),
        )
        for at, mine in enumerate(within)
    ]  # fmt: skip
    for at in range(len(within)):
        index = out / "plan-a" / f"area-{at}" / INDEX["en"]
        index.parent.mkdir(parents=True)
        index.write_text("<h1>The page of the area</h1>", "utf-8")
    write_tables(LocalStore(out), [PlanTable.of(some, GoalLinks(frozenset(), ""))], ["en"])
    return out


def told(html: str) -> str:
    text = html.partition("</style>")[2].partition("<script>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def pages(out: Path) -> set[str]:
    return {path.name for path in out.glob("plan-a/areas*.html")}


NORTH, SOUTH = ("whole", "north", "North"), ("whole", "south", "South")
RURAL = ("peers", "rural", "Rural")


def test_each_group_has_a_line_with_its_counts_and_a_page_with_its_areas(tmp_path: Path) -> None:
    """Of 30 wards the even ones are in the north, each fifth in both groups; goal 1 is met everywhere,
    goal 2 in the even ones, goal 3 in each third.
    """
    within = [[NORTH] * (at % 2 == 0) + [RURAL] * (at % 5 == 0) for at in range(30)]
    out = drawn(tmp_path, within)
    assert pages(out) == {
        "areas.en.html", "areas-1.en.html", "areas-by-group.en.html", "areas-in-north.en.html",
        "areas-peers-rural.en.html", "areas-without-group.en.html",
    }  # fmt: skip
    for html in (out / "index.en.html", out / "plan-a/areas-by-group.en.html"):
        text = told(html.read_text("utf-8"))
        # 15 wards in the north: 15 + 15 + 5 goals met of 45; 6 rural (0, 5, 10 …): 6 + 3 + 2 of 18.
        assert re.search(r"North 15 ● 35 Met, ▼ 10 Missed 35/45", text)
        assert re.search(r"Rural 6 ● 11 Met, ▼ 7 Missed 11/18", text)
        # In neither are the 12 odd ones but 5, 15, 25: 12 + 0 + 4 (3, 9, 21, 27) of 36.
        assert re.search(r"Areas in no group 12 ● 16 Met, ▼ 20 Missed 16/36", text)
    html = (out / "plan-a/areas-peers-rural.en.html").read_text("utf-8")
    assert re.findall(r'<tr><th scope="row"><a href="(area-\d+)/', html) == [
        f"area-{at}" for at in range(0, 30, 5)
    ]
    assert "Goal 2 3 3" in told(html)
    names = (out / "plan-a/areas.en.html").read_text("utf-8")
    assert 'data-in="0 1"><th scope="row"><a href="area-10/' in names
    assert '<a href="areas-in-north.en.html" data-in="0">North</a>' in names


@pytest.mark.parametrize("within", [[[]] * 30, [[NORTH]] * 30])
def test_without_a_choice_there_are_no_groups(tmp_path: Path, within: Sequence[Within]) -> None:
    """No area is in a group, or all are in one: it would tell nothing from nothing."""
    out = drawn(tmp_path, within)
    assert pages(out) == {"areas.en.html", "areas-1.en.html"}
    for path in out.rglob("*.html"):
        assert "by group" not in told(path.read_text("utf-8"))


def test_every_link_leads_somewhere_and_names_stay_names(tmp_path: Path) -> None:
    """Two groups of one name are told apart by their ids."""
    hostile = ["<script>alert(1)</script>", "x" * 300, "\u202eشارع ../../x", "' onclick='x", "&amp;",
               "Twin", "Twin"]  # fmt: skip
    within = [[("whole", f"g-{at % 7}", hostile[at % 7])] for at in range(FEW + 4)]
    out = drawn(tmp_path, within)
    text = (out / "plan-a/areas-by-group.en.html").read_text("utf-8")
    assert "Twin (g-5)" in text and "Twin (g-6)" in text and "<script>alert" not in text
    for path in [*out.glob("*.html"), *out.glob("plan-a/areas*.html")]:
        html = path.read_text("utf-8")
        assert list(faults_of_page(read_page(html), index=True)) == []
        for href in links(html):
            file, _, place = href.partition("#")
            there = (path.parent / file) if file else path
            assert there.is_file(), (path, href)
            if place and there.parent.name != "area-0":
                assert f'id="{place}"' in there.read_text("utf-8"), (path, href)


def test_many_groups_stand_on_their_page_alone(tmp_path: Path) -> None:
    within = [[("whole", f"g-{at % 60}", f"District {at % 60}")] for at in range(300)]
    out = drawn(tmp_path, within, goals=50)
    index = (out / "index.en.html").read_text("utf-8")
    assert len(index.encode()) <= LARGEST and 'class="ix-grid ix-groups"' not in index
    assert 'href="plan-a/areas-by-group.en.html">Areas by group (60 groups)</a>' in index
    assert len(pages(out)) == 2 + 60 + 6
    found = re.findall(
        r">(District \d+)</a></th>", (out / "plan-a/areas-by-group.en.html").read_text("utf-8")
    )
    assert found == [f"District {at}" for at in range(60)]


def test_a_long_list_is_entered_at_its_letters_and_behind_words_that_all_begin_with() -> None:
    assert jumps(["An", "Bo"], "vi") == []  # it is short
    some = [f"Phường {name}" for name in ["An"] * 170 + ["Dương"] * 40 + ["Đông"] * 10]
    assert [(one.label, one.at) for one in jumps([*some, "Xuân"], "vi")] == [
        ("Phường A", 0), ("Phường D", 170), ("Phường Đ", 210), ("X", 220),
    ]  # fmt: skip
    few = [f"{name} {at}" for name in ("Ash", "Barnes") for at in range(SHORT_LIST)]
    assert [(one.label, one.at) for one in jumps(few, "en")] == [("A", 0), ("B", SHORT_LIST)]
    assert jumps([f"Ward {at}" for at in range(200)], "en") == []  # one place is no choice
