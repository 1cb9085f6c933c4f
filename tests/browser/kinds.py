"""The pages that tests look at: a site of several plans and many kinds of page, and pages shown alone."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from examples import ALL
from ruamel.yaml import YAML

from planlib.language.text import Text
from planlib.plan.shipped import DATA, PLANS
from planlib.report.site.area_results import AreaResults, HeadGoal, PlanHead
from planlib.report.site.folder import PeriodColumn
from planlib.report.site.frame import INDEX
from planlib.report.site.goals.names import GoalLinks

NORTHFIELD = Path(__file__).parents[1] / "groups" / "northfield"
WARDS = [f"ward-{number:02d}" for number in range(1, 11)]
# What `make test` keeps of each plan: the ward's, one of a country and one of many states.
SECTIONS = {
    "ward-2010-2015": ["economy", "urban"],
    "viet-nam-2016-2020": ["environment"],
    "europe-2020": ["employment", "education"],
}
WARD = "ward-2010-2015/ward-01"
COMPARED = "noncompliant-construction"
JOBS = f"""\
- {{plan: "PLANS/ward-2010-2015", areas: [{", ".join(WARDS[1:])}], years: [2013], midterm: false, lang: vi}}
- {{plan: "PLANS/ward-2010-2015", areas: [ward-01], years: [2013], midterm: true, lang: "vi,en", compare: ["{COMPARED}:2013"]}}
- {{plan: "PLANS/viet-nam-2016-2020", areas: [viet-nam], years: [2019], midterm: false, lang: en}}
- {{plan: "PLANS/europe-2020", areas: [eu28], years: [2020], midterm: {str(ALL).lower()}}}
- {{plan: "{NORTHFIELD}", areas: [northfield], years: [2023], midterm: false}}
"""
KINDS = {
    "index": "index.html",
    "area": f"{WARD}/index.en.html",
    "groups": "northfield/northfield/index.html",
    "goal": f"ward-2010-2015/goal-{COMPARED}.vi.html",
    "goal-of-one": "europe-2020/goal-employment-rate-20-64.fr.html",
    "annual": f"{WARD}/annual-2013.vi.html",
    "annual-real": "viet-nam-2016-2020/viet-nam/annual-2019.en.html",
    "midterm": f"{WARD}/midterm-2013.en.html",
    "comparison": f"{WARD}/compare-{COMPARED}-2013.en.html",
    "term": "alone/term.en.html",
    "audit": "alone/audit.fr.html",
    "difference": "alone/difference.en.html",
    "many": "many/index.en.html",
    "many-names": "many/many/areas.en.html",
}
# What `make test` looks at besides links, a phone's width and silence, on the page of each sort that has
# least of the same; `make conformance` looks at everything on all of them.
LOOKED_AT = {
    "accessible": {"index", "area", "goal-of-one", "annual", "midterm", "audit", "many-names"},
    "dark": {"area", "goal-of-one", "audit"},
    "keyboard": {"index", "annual", "many-names"},
    "forced colours": {"area"},
    "paper": {"index", "goal-of-one", "annual", "midterm"},
}
MANY = {"many", "many-names"}  # of a site of their own
ALONE = {"term", "audit", "difference"}  # pages that stand in no site


def made_site(out: Path) -> Path:
    """Reviews of ten wards, a country, the European Union and of groups, made by commands a user types."""
    from commands import planlib
    from here import tasks_here

    for plan in SECTIONS:
        _part_of(plan, out.parent / plan)
    jobs = out.parent / "jobs.yaml"
    jobs.write_text(JOBS.replace("PLANS", str(out.parent)), "utf-8")
    early = out.parent / "early"
    commands = (
        ("batch", str(jobs), "--workers", "1", "--out", str(out)),
        ("review", str(NORTHFIELD), "--years", "2023", "--no-midterm", "--as-of", "2023-12-31",
         "--jobs", "1", "--out", str(early)),
    )  # fmt: skip
    with tasks_here():
        for command in commands:
            done = planlib(*command)
            assert done.returncode == 0, done.stdout + done.stderr
    _alone(out.parent / "ward-2010-2015", out, early)
    _many(out / "many")
    return out


def _many(site: Path) -> None:
    """An index of more areas than it has room for, and the pages beside it, of what is kept of each."""
    from planlib.report.site.areas.overview import write_tables
    from planlib.report.site.areas.table import PlanTable
    from planlib.storage.store import LocalStore

    goals = tuple(
        HeadGoal(
            f"goal-{at}", Text({"en": f"Reduce the share of poor households {at}"}),
            lead=Text({"en": "Department of welfare" if at % 3 else "Office of the mayor"}),
        )
        for at in range(30)
    )  # fmt: skip
    sections = (Text({"en": "Poverty"}), 20), (Text({"en": "Housing"}), 10)
    columns = tuple(PeriodColumn(kind="annual", year=year) for year in (2014, 2015))
    head = PlanHead(
        "many", Text({"en": "A plan of many areas"}), (2014, 2015), "", columns, goals, sections
    )
    names = [
        "<script>alert(1)</script>",
        "x" * 300,
        "\u202eشارع ../../x",
        *(f"Commune {at}" for at in range(120)),
    ]
    areas = []
    for at, name in enumerate(names):
        codes = "".join("01367"[(at * goal) % 5] for goal in range(len(goals))) * len(columns)
        areas.append(
            AreaResults(head, f"area-{at}", {"en": name}, ("en", "fr"), True, at, 0, 0, (), codes)
        )
        for lang in ("en", "fr"):
            beside = site / "many" / f"area-{at}" / INDEX[lang]
            beside.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text("<h1>The page of the area</h1>", "utf-8")
    write_tables(LocalStore(site), [PlanTable.of(areas, GoalLinks(frozenset(), ""))], ["en", "fr"])


def _part_of(plan: str, folder: Path) -> None:
    """A plan with its figures; in all of its areas, and in some of its sections."""
    shutil.copytree(PLANS / plan, folder)
    yaml, goals = YAML(typ="safe"), set[str]()
    text = (folder / "plan.yaml").read_text("utf-8")
    (name,) = yaml.load(text)["figures"]
    figures = folder / name
    figures.parent.mkdir(exist_ok=True)
    shutil.copy(DATA / name, figures)
    if ALL:  # all of its sections
        return
    for path in sorted(folder.glob("0*.yaml")):
        section = yaml.load(path)
        if section["section"] in SECTIONS[plan]:
            goals |= {goal["id"] for goal in section["goals"]}
        else:
            path.unlink()
    begin, _, rest = text.partition("sections: [")
    text = f"{begin}sections: [{', '.join(SECTIONS[plan])}]{rest.partition(']')[2]}"
    (folder / "plan.yaml").write_text(text, "utf-8")
    if (measured := folder / "measures.yaml").exists():
        measures = yaml.load(measured)
        kept = [one for one in measures["measures"] if goals.issuperset(one["goals"])]
        yaml.dump({**measures, "measures": kept}, measured)
    with figures.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    at = head.index("goal")
    with figures.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *(row for row in rows if row[at] in goals)])


def _alone(ward: Path, out: Path, early: Path) -> None:
    """A review of the term, an audit, and how two runs differ: each a file of its own."""
    from commands import planlib as called

    import planlib

    folder = out / "alone"
    folder.mkdir()
    seen = planlib.evaluate(ward, audience="public")
    planlib.term_review(seen, area="ward-01", lang="en").to_html(folder / "term.en.html")
    planlib.audit(seen, lang="fr").to_html(folder / "audit.fr.html")
    late = out.parent / "late"
    shutil.copytree(out / "northfield", late / "northfield")
    page = folder / "difference.en.html"
    done = called("diff", str(early), str(late), "--out", str(page))
    assert done.returncode == 0, done.stdout + done.stderr
