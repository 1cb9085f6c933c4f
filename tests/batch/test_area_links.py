"""A page that compares areas leads to those that have a page in the site, whichever run brought them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from commands import planlib
from own_plans import small_plan

from planlib.report.site.areas.linked import without_area_links
from planlib.verify.held.goal_links import goal_links_differ
from planlib.verify.markup import read_page
from planlib.verify.prove import prove

COMPARED = "good-plan/ward-a/compare-vaccination-2011.en.html"


def three_areas(folder: Path) -> Path:
    """The small plan in two areas, and figures of a third that no run reviews."""
    small_plan(folder)
    for name in ("areas.yaml", "figures.csv"):
        text = (folder / name).read_text("utf-8")
        more = [
            part
            for part in re.split(r"(?=^  - id)|(?<=\n)(?=ward-)", text, flags=re.MULTILINE)
            if "ward-b" in part
        ]
        (folder / name).write_text(
            text + "".join(more).replace("ward-b", "ward-c").replace("Ward B", "Ward C"), "utf-8"
        )
    plan = (folder / "plan.yaml").read_text("utf-8")
    (folder / "plan.yaml").write_text(
        plan.replace("ward-a, ward-b", "ward-a, ward-b, ward-c"), "utf-8"
    )
    return folder


def run(plan: Path, out: Path, area: str, compare: str = "") -> None:
    jobs = plan.parent / "jobs.yaml"
    jobs.write_text(
        f"- {{plan: {plan}, areas: [{area}], years: [2011], midterm: false, lang: en{compare}}}\n",
        "utf-8",
    )
    done = planlib("batch", str(jobs), "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr


def linked(out: Path) -> set[str]:
    return set(
        re.findall(r'<a class="pg-area" href="([^"]+)"', (out / COMPARED).read_text("utf-8"))
    )


def wrong_links(html: str, here: Path) -> dict[str, list[str]]:
    """What is found of a page, and of it with one link changed or told twice."""

    def told(text: str) -> list[str]:
        return [str(one) for one in goal_links_differ(read_page(text).root, "en", here)]

    one = '<a class="pg-area" href="../ward-b/index.en.html"'
    at = html.index(one)
    cell = html[at : html.index("</td>", at)]
    wrong = ("../ward-a/index.en.html", "../ward-b/index.fr.html", "../goal-vaccination.en.html")
    changed = {to: html.replace(one, f'<a class="pg-area" href="{to}"', 1) for to in wrong}
    changed["twice"] = html.replace(cell, cell + cell, 1)
    return {"": told(html)} | {name: told(text) for name, text in changed.items()}


@pytest.mark.usefixtures("here")
def test_areas_compared_lead_to_their_pages_as_far_as_there_are_any(tmp_path: Path) -> None:
    plan, out = three_areas(tmp_path / "good-plan"), tmp_path / "out"
    compare = ', compare: ["vaccination:2011"]'
    run(plan, out, "ward-a", compare)
    page = (out / COMPARED).read_text("utf-8")
    assert (
        'data-area="ward-c"' in page and linked(out) == set()
    )  # a site of one review has no pages of areas

    run(plan, out, "ward-b")  # a run that does not make the page again
    assert linked(out) == {"../ward-a/index.en.html", "../ward-b/index.en.html"}
    assert (
        without_area_links((out / COMPARED).read_text("utf-8")).partition("<main")[2]
        == page.partition("<main")[2]
    )
    for to in linked(out):
        assert (out / COMPARED).parent.joinpath(to).is_file()
    assert [str(one) for one in prove(out, [plan]).problems] == []
    told = wrong_links((out / COMPARED).read_text("utf-8"), (out / COMPARED).parent)
    assert [name for name, found in told.items() if not found] == [""]

    stamp = (out / COMPARED).stat().st_mtime_ns
    run(plan, out, "ward-a", compare)
    assert (out / COMPARED).stat().st_mtime_ns == stamp

    shutil.rmtree(out / "good-plan" / "ward-b")
    run(plan, out, "ward-a", compare)
    assert linked(out) == set()
    assert [str(one) for one in prove(out, [plan]).problems] == []
