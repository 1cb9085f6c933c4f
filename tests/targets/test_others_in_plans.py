"""Plans whose targets are held against others: what is refused, what pages say, and that it is proven."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import planlib

from planlib.evaluation import evaluate
from planlib.plan.reading import load_plan
from planlib.report.pages.explore import ExplorePage
from planlib.verify.prove import prove

STATES = Path(__file__).parent / "states-plan"
LEAVERS = "    target: {comparison: at_most, value: 10"
RELATIVE = "comparison: relative, better: lower, cadence: every_year"


def changed(tmp_path: Path, target: str, more: str = "") -> Path:
    """The plan of the states with another target of its second goal, and further goals."""
    folder = tmp_path / "states-plan"
    shutil.copytree(STATES, folder)
    section = folder / "labour.yaml"
    text = section.read_text("utf-8")
    section.write_text(f"{text[: text.index(LEAVERS)]}{target}\n{more}", "utf-8")
    return folder


def another(name: str, target: str, unit: str = '"%"') -> str:
    return (
        f"  - id: {name}\n    name: {{vi: Tên, en: Name}}\n    unit: {unit}\n"
        f'    source: [{{document: text, section: "1", paragraph: 3}}]\n    target: {target}\n'
    )


SERIES = "series: [{year: 2012, value: 3}], name: {vi: Tên, en: Name}, source: text"


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ("{area: unon}", "area 'unon'"),
        ("{goal: employmen}", "goal 'employmen'"),
        ("{goal: leavers}", "it is held against itself"),
        ("{group: sex=men}", "'sex'"),
        ("{goal: other}", "a difference needs one unit: this goal is in '%', 'other' in 'people'"),
        ("{goal: law}", "the goal 'law' is a yes or a no, or counts members"),
        ("{goal: mirror}", "in a circle: mirror → leavers → mirror"),
        ("{area: union, series: [{year: 2012, value: 3}]}", "'to' names a 'goal', an 'area'"),
        ("{series: [{year: 2012, value: 3}]}", "a 'series' needs a 'name'"),
        (f"{{{SERIES.replace('2012', '2009')}}}", "no period of the series lies in the term"),
        (f"{{{SERIES.replace('2012', '2012-Q1')}}}", "'2012-Q1'"),
    ],
)
def test_what_cannot_be_held_against_is_refused(tmp_path: Path, to: str, message: str) -> None:
    least = "{comparison: at_least, value: 1, cadence: every_year}"
    mirror = f"{{{RELATIVE}, to: {{goal: leavers}}}}"
    more = another("other", least, "{vi: người, en: people}") + another("mirror", mirror)
    more += another("law", "{comparison: done, cadence: every_year}", "{vi: có/không, en: yes/no}")
    folder = changed(tmp_path, f"    target: {{{RELATIVE}, to: {to}}}", more)
    problems = [str(problem) for problem in load_plan(folder)[1]]
    assert any(message in problem and "labour.yaml:" in problem for problem in problems), problems


def test_areas_in_a_circle_are_refused(tmp_path: Path) -> None:
    own = (
        "    targets:\n"
        f"      - {{area: north, {RELATIVE}, to: {{area: south}}}}\n"
        f"      - {{area: south, {RELATIVE}, to: {{area: north}}}}\n"
        f"      - {{area: island, {RELATIVE}, to: {{area: island}}}}"
    )
    folder = changed(tmp_path, own)
    told = "\n".join(str(problem) for problem in load_plan(folder)[1])
    assert "in a circle: south → north → south" in told
    assert "it is held against itself" in told


@pytest.mark.parametrize(
    ("rank", "message"),
    [
        ("among: {best: 3}, of: [north, south]", "at least 4 areas must be ranked"),
        ("among: top_half, of: [north, sout]", "area 'sout'"),
        ("among: top_half, of: [north, north]", "the areas of 'of' must differ"),
        ("among: top_half, of_at_least: 50000", "at least 50000 areas must be ranked"),
        ("of: [north, south]", "'rank' needs 'among'"),
        ("among: top_half, to: {area: north}", "'to' does not go with 'rank'"),
        ("among: top_half, tolerance: {points: 1}", "tolerance"),
    ],
)
def test_ranks_that_say_nothing_are_refused(tmp_path: Path, rank: str, message: str) -> None:
    target = f"    target: {{comparison: rank, better: higher, {rank}, cadence: every_year}}"
    problems = [str(problem) for problem in load_plan(changed(tmp_path, target))[1]]
    assert any(message in problem for problem in problems), problems


def made(tmp_path: Path) -> Path:
    """Targets of every kind that needs others; one figure is withheld by its office."""
    target = (
        f"    target: {{{RELATIVE}, strict: true, to: {{area: union}}}}\n"
        "    targets: [{area: south, value: 2, strict: false}]"
    )
    rank = "{comparison: rank, better: higher, among: {best: 2}, of: [north, south, island], cadence: every_year}"
    part = (
        "{comparison: relative, better: higher, measure: percent, value: 80, "
        "to: {goal: place}, cadence: by, due: 2013}"
    )
    folder = changed(tmp_path, target, another("place", rank) + another("part", part))
    section = folder / "labour.yaml"
    section.write_text(
        section.read_text("utf-8").replace(
            "  - id: place\n", "  - id: place\n    latest_within: 1\n"
        ),
        "utf-8",
    )
    figures = folder / "figures.csv"
    head, *rows = figures.read_text("utf-8").splitlines()
    rows = [f"{row}," for row in rows]
    for area, value in (("north", 7), ("south", 5)):
        rows.append(f"{area},place,2012,2013-02-01,{value},report,")
        rows.append(f"{area},part,2012,2013-02-01,{0.75 * value},report,")
    rows.append("island,place,2012,2013-02-01,,report,suppressed")
    figures.write_text("\n".join([f"{head},state", *rows]) + "\n", "utf-8")
    return folder


@pytest.mark.usefixtures("here")
def test_pages_that_need_others_are_proven_and_tampering_with_them_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = made(tmp_path), tmp_path / "reports"
    ran = planlib(
        "batch", str(folder), "--areas", "north", "--years", "2013", "--audience", "public",
        "--lang", "en", "--out", str(out),
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    proven = prove(out, [folder])
    assert [str(one) for one in proven.problems] == [] and proven.ranks_apart == 0
    review = out / "states-plan" / "north"
    page = (review / "annual-2013.en.html").read_text("utf-8")
    assert "1–2 of 3 (figure of 2012)" in page and "under Union" in page
    beside = (review / "figures.csv").read_text("utf-8")
    assert "union,leavers,2012" in beside and "south,place,2012" in beside
    assert (
        "south,leavers" not in beside and "island,place,2012,2013-02-01,,,,,,,,suppressed" in beside
    )
    claims = json.loads((review / "verdicts.json").read_text("utf-8"))["verdicts"]
    (placed,) = [
        c for c in claims if (c["goal"], c["year"], c["kind"]) == ("place", 2013, "annual")
    ]
    assert (placed["figure_of"], placed["against"], placed["low"], placed["high"]) == (
        2012,
        3,
        1,
        2,
    )
    (review / "annual-2013.en.html").write_text(page.replace("1–2 of 3", "1–2 of 4"), "utf-8")
    told = " ".join(str(one) for one in prove(out, [folder]).problems)
    assert "1–2 of 4" in told
    # Too many rows for the file beside: the places are worked out of the plan's figures, which is said.
    monkeypatch.setattr("planlib.verify.sources.MOST_BESIDE", 3)
    told = planlib("verify", str(out), "--plan-dir", str(folder)).stdout
    rows = len(beside.splitlines()) - 1
    assert f"figures are more than 5,000 rows ({rows} would stand beside it), and so do" in told


def test_the_public_learns_no_place_that_hangs_on_what_is_withheld(tmp_path: Path) -> None:
    folder = made(tmp_path)
    asked = ["--area", "south", "--year", "2012", "--json"]
    for audience in ("public", "internal"):
        answer = planlib("score", str(folder), *asked, "--audience", audience)
        found = {one["goal"]: one for one in json.loads(answer.stdout)}
        assert found["place"]["verdict"] == "suppressed"  # second or third
        assert found["place"]["why_none"] == "rank_withheld" and found["place"]["ranked"] == 3
        assert found["leavers"]["compared_with"] == 10.3
        assert found["leavers"]["target"]["to"] == {"area": "union"}


def test_they_go_out_to_iati_and_come_in_as_they_were(tmp_path: Path) -> None:
    folder, xml, back = made(tmp_path), tmp_path / "plan.xml", tmp_path / "back"
    assert (
        planlib("export-plan", str(folder), "--format", "iati", "--out", str(xml)).returncode == 0
    )
    came = planlib("import-plan", str(xml), "--out", str(back))
    assert came.returncode == 0, came.stderr
    (again,) = back.iterdir()
    asked = ["--area", "south", "--year", "2012", "--json"]
    one, other = (json.loads(planlib("score", str(f), *asked).stdout) for f in (folder, again))
    for name in ("goal", "verdict", "value", "compared_with", "ranked"):
        assert [row.get(name) for row in one] == [row.get(name) for row in other]


def test_an_explorer_shows_the_figures_themselves_and_what_they_were_held_against(
    tmp_path: Path,
) -> None:
    page = ExplorePage(evaluate(str(made(tmp_path))), "south", "leavers", "en")
    assert "Early leavers (%): report by report" in page.vintages().html
    told = page.made().html.replace("\N{NO-BREAK SPACE}", " ")
    assert "1.6 percentage points more" in told and "Compared with: 10.3" in told
    assert "at most Union plus 2 percentage points" in told
    picture = page.picture().html
    assert "South, yearly figures, unit: %." in picture.replace("\N{NO-BREAK SPACE}", " ")
