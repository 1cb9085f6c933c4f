"""What a page prints of areas compared is worked out again by other code; one changed number is told."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from examples import ALL, LONG, turns
from helpers import goal, observations
from helpers import plan as plan_of

from planlib.evaluation import Evaluation, evaluate
from planlib.plan.areas import Area
from planlib.report.pages.compare import ComparePage
from planlib.review.areas import area_comparison
from planlib.verify.areas.figures import ComparedFigures
from planlib.verify.areas.page import ComparedPage
from planlib.verify.held.area_downloads import check_areas_download
from planlib.verify.markup import read_page
from planlib.verify.recompute import Recomputed

TEXT = {"vi": "chữ", "en": "text"}
SHARE = {"comparison": "at_least", "value": 90, "basis": "share", "cadence": "every_year"}
MIDDLE = {"comparison": "between", "low": 40, "high": 50, "beyond": "bad", "basis": "share",
          "cadence": "every_year"}  # fmt: skip
RATE = {"comparison": "at_most", "value": 60, "cadence": "every_year"}


@cache
def ward(audience: str) -> Evaluation:
    return evaluate("ward-2010-2015", audience=audience)


@cache
def made(e: Evaluation, goal_id: str, lang: str) -> tuple[ComparePage, str]:
    """A page of areas compared in 2013, and its HTML."""
    page = ComparePage(area_comparison(e, goal_id, 2013), lang)
    return page, page.blocks().html


@cache
def worked_out_again(e: Evaluation) -> dict[str, Recomputed]:
    """What a proof knows of all areas: it works out each goal when it is asked for."""
    frame = e.figures.frame
    return {
        area: Recomputed(
            e.plan, frame[frame["area"] == area].to_dict("records"), e.as_of, area=area
        )
        for area in e.areas
    }


def proof(e: Evaluation, goal_id: str, lang: str, change: tuple[str, str] = ("", "")) -> list[str]:
    """What is wrong with such a page, after a change to its HTML."""
    page, html = made(e, goal_id, lang)
    assert change[0] in html
    problems: list = []
    labels = ComparedPage(
        "page", "compare", 2013, lang, e.plan, "", "", page.illustrative, e.audience,
        lambda _: (0, 0, 0), problems,
    )  # fmt: skip
    read = read_page(html.replace(*change, 1) if change[0] else html)
    found = ComparedFigures(worked_out_again(e), goal_id, 2013)
    labels.compare(read.root, found, page=False, warned=False)
    problems += check_areas_download(read.downloads, "page", lang, found)
    assert labels.compared > 40
    return [str(problem) for problem in problems]


@pytest.mark.parametrize("lang", ["en", "vi", "fr"])
def test_a_page_as_it_was_made_is_proven(lang):
    assert proof(ward("public"), "cultural-families", lang) == []


@pytest.mark.parametrize("asked", turns(["poor-households", "child-vaccination", "staff-qualified",
                                   "case-clearance", "red-cross-new-members", "serious-crimes"], 2, whole=ALL))  # fmt: skip
def test_goals_of_every_kind_are_proven(asked):
    assert proof(ward("public"), asked, "en") == []


def drawn(number: int, target: dict, *, events: bool = False) -> Evaluation:
    """Areas with figures drawn at random; a third of them in a group of peers, one moved since."""
    rng = np.random.default_rng(number)
    rows = []
    for at in range(number):
        size = int(rng.integers(200, 4000))
        for year in (2010, 2013):
            cases = int(rng.binomial(size, rng.beta(20, 25)))
            row = {"area": f"a{at}", "year": year, "numerator": cases, "denominator": size}
            rows.append(row | ({"value": round(100 * cases / size, 1)} if events else {}))
    moved = [{"date": "2012-07-01", "note": TEXT}]
    registry = [
        Area(id=f"a{at}", name=TEXT, peer_group=None if at % 3 else "third",
             changes=moved if at == 1 else ())
        for at in range(number)
    ]  # fmt: skip
    plan = plan_of(goal(unit=TEXT if events else "%", target=target))
    return Evaluation(plan.model_copy(update={"registry": tuple(registry)}), observations(*rows))


@pytest.mark.parametrize(
    ("number", "target", "events"),
    turns(
        [(2, SHARE, False), (25, MIDDLE, False), (40, RATE, True)] + [(80, SHARE, False)] * LONG,
        2,
        whole=ALL,
    ),
)
def test_shares_rates_ranges_peers_and_many_areas_are_proven(number, target, events):
    assert proof(drawn(number, target, events=events), "g", "en") == []


@pytest.mark.parametrize(
    ("before", "after", "told"), turns([
        ('explained">2.6–4.7', 'explained">2.2–4.7', "ward-06"),
        ('band">1–3 of 10', 'band">1–2 of 10', "95%"),
        ('half">worse half', 'half">better half', "worse half"),
        ('position">▼ below', 'position">within', "▼ below"),
        ('number">2<span class="pl-fraction">.8', 'number">2<span class="pl-fraction">.7', "2.7"),
        ('broken">✱', 'broken">', "✱"),
        ('data-area="ward-06"', 'data-area="ward-07"', "ward-06"),
        ("1 of 10 areas; below it: 1", "2 of 10 areas; below it: 1", "above 1"),
        ("pl-whole\">2,963", "pl-whole\">2,964", "2963"),
        ("2.3,2.32872089099,ward-06", "2.3,2.33872089099,ward-06", "2.33872089099"),
        ("2.3,2.32872089099,ward-06", "2.4,2.32872089099,ward-06", "2.4"),
        (",ward-06%0A", ",ward-07%0A", "every area"),
    ], 2, whole=ALL))  # fmt: skip
def test_one_changed_number_is_told(before, after, told):
    problems = proof(ward("public"), "poor-households", "en", (before, after))
    assert problems and any(told in one or "Ward 06" in one for one in problems)
