"""What a site tells of groups of areas is proven: their lines, their pages, and the choice among them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_area_grid import MANY, again, evaluated, page_problems, problems, proven, site_of

from planlib.evaluation import Evaluation
from planlib.language.text import Text
from planlib.plan.areas import Area
from planlib.verify.folder import Checked
from planlib.verify.recompute import Recomputed
from planlib.verify.site.areas_page import AreaPages


def grouped(*, names: bool) -> Evaluation:
    """The many areas; each third in the north, the others in the south, each tenth in a peer group too."""
    evaluation = evaluated(MANY)
    opened = evaluation.plan
    wholes = [
        Area(id=one, name=dict.fromkeys(("vi", "en"), one.title())) for one in ("north", "south")
    ]
    areas = [
        Area(id=area, name={"vi": f"Xã {area}", "en": f"{'SOUTH'[at % 5]} {area}"},
             part_of="south" if at % 3 else "north", peer_group=None if at % 10 else "rural")
        for at, area in enumerate(MANY)
    ]  # fmt: skip
    called = {"rural": Text({"vi": "Nông thôn", "en": "Rural"})} if names else {}
    header = opened.header.model_copy(update={"peer_groups": called})
    update = {"header": header, "registry": (*wholes, *areas)}
    return Evaluation(opened.model_copy(update=update), evaluation.figures)


@pytest.fixture(scope="module")
def of_groups(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, Recomputed], dict[str, str]]:
    """The many areas in groups, worked out again, and the pages of their site."""
    evaluation = grouped(names=True)
    return again(evaluation, MANY), site_of(evaluation, MANY, tmp_path_factory.mktemp("grouped"))


GROUPS_SAID = {
    "index.en.html": (
        (">North</a>", ">South</a>"),
        ('<tr data-in="0">', '<tr data-in="1">'),
        ("<td>35</td>", "<td>36</td>"),
        ('href="test-plan/areas-in-north.en.html"', 'href="test-plan/areas-in-south.en.html"'),
        ("areas-in-south.en.html#test-plan.v.met", "areas-in-south.en.html#test-plan.v.not-met"),
        ("Areas by group (3 groups)", "Areas by group (4 groups)"),
        ('id="test-plan.groups">Groups of areas, 2012', 'id="test-plan.groups">Groups of areas, 2013'),
        ("By peer group", "By the area they are part of"),
        ('class="ix-grid ix-groups"', 'class="ix-grid"'),
    ),
    "areas-by-group.en.html": (
        (">Rural</a>", ">Urban</a>"),
        ("<td>11</td>", "<td>12</td>"),
        ('href="areas-peers-rural.en.html"', 'href="areas-in-rural.en.html"'),
        ('data-year="2013"', 'data-year="2014"'),
        ('class="ix-grid ix-groups"', 'class="ix-grid"'),
    ),
    "areas-in-north.en.html": (
        ("<h1>North</h1>", "<h1>South</h1>"),
        ("Goals of all 35 areas", "Goals of all 36 areas"),
        (">2/2</a>", ">1/2</a>"),
        ('href="areas-2.en.html#at.area-003"', 'href="areas-1.en.html#at.area-003"'),
        ("Goals by their verdicts in these areas, 2012", "Goals by their verdicts in all areas, 2012"),
        ('class="ix-grid ix-spread"', 'class="ix-grid"'),
    ),
    "areas.en.html": (
        ('<tr data-in="0 2"', '<tr data-in="1 2"'),
        ('data-in="0">South</a>', 'data-in="1">South</a>'),
        (">North</a>", ">Nord</a>"),
        ('<details class="ix-in">', '<details>'),
        ('<a href="#names.1">O</a>', '<a href="#names.1">P</a>'),
        ('<a href="#names.1">O</a>', '<a href="#names.2">O</a>'),
        ('<a href="#names.1">O</a>', ''),
        (' id="names.1"', ''),
    ),
}  # fmt: skip


def test_groups_as_they_were_made_are_proven(
    of_groups: tuple[dict[str, Recomputed], dict[str, str]],
) -> None:
    reviews, pages = of_groups
    assert pages.keys() >= {*GROUPS_SAID, "areas-in-south.en.html", "areas-peers-rural.en.html"}
    for name in sorted(pages.keys() - {"index.en.html"}):
        assert page_problems(reviews, pages, name, pages[name]) == [], name


@pytest.mark.parametrize("name", GROUPS_SAID)
def test_whatever_is_changed_of_groups_is_found(
    of_groups: tuple[dict[str, Recomputed], dict[str, str]], name: str
) -> None:
    reviews, pages = of_groups
    for old, new in GROUPS_SAID[name]:
        assert old in pages[name], old
        damaged = pages[name].replace(old, new, 1)
        if name == "index.en.html":
            found = proven(reviews, damaged)[0]
        else:
            found = page_problems(reviews, pages, name, damaged)
        assert found, old


def test_a_page_of_a_group_that_is_not_there_is_missed(
    of_groups: tuple[dict[str, Recomputed], dict[str, str]], tmp_path: Path
) -> None:
    reviews, pages = of_groups
    _, left = proven(reviews, pages["index.en.html"])
    tally = Checked()
    AreaPages(tmp_path, {}, frozenset(), tally).check({}, {"en": left})
    told = " ".join(map(str, tally.problems))
    for name in ("by-group", "in-north", "in-south", "peers-rural"):
        assert f"test-plan/areas-{name}.en.html" in told


def test_a_peer_group_without_a_name_is_told_by_its_id(tmp_path: Path) -> None:
    evaluation = grouped(names=False)
    pages = site_of(evaluation, MANY, tmp_path)
    assert ">rural</a>" in pages["index.en.html"]
    assert problems(again(evaluation, MANY), pages["index.en.html"]) == []
