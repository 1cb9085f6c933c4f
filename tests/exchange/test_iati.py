"""IATI results become a plan: what can be read, what cannot, and back again with every number."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from commands import planlib
from examples import examples, turns
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planlib.errors import InputError
from planlib.exchange.iati.writing import iati_text
from planlib.exchange.importing import PlanImport, import_plan
from planlib.figures.observations import NUMBER_COLUMNS, Observations
from planlib.figures.reading import read_observations
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import read_plan
from planlib.plan.shipped import PLANS, figure_files, open_plan
from planlib.plan.target import Target
from tests.batch.own_plans import small_plan

PROGRAMME = Path(__file__).with_name("programme.xml")


def imported(file: Path, out: Path, plan_id: str | None = None) -> PlanImport:
    return import_plan(file, None, plan_id, out, "en")


def figures_of(plan: Plan, folder: Path | None = None) -> Observations:
    return read_observations(figure_files(plan, folder), plan)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> PlanImport:
    return imported(PROGRAMME, tmp_path_factory.mktemp("iati"))


def test_targets_and_starts_are_those_of_the_file(programme: PlanImport) -> None:
    goals = {goal.id: goal for goal in programme.plan.goals}
    wells = goals["wells-dug"]
    assert [(t.year, t.comparison, t.value) for t in wells.yearly] == [
        (2015, "at_least", 1200), (2016, "at_least", 1500),
    ]  # fmt: skip
    assert wells.baseline is not None
    assert (wells.baseline.year, wells.baseline.value) == (2014, 3)
    assert wells.baseline.source == "survey of 2014"
    water = goals["people-without-safe-water"]
    assert water.unit == "%"
    first, second = water.yearly
    assert (first.year, first.comparison, first.value, first.better) == (2016, "below", 30, "lower")
    assert (second.year, second.low, second.high, second.better) == (2018, 10, 20, "lower")
    assert first.source == "2014-07-01/2016-06-30"


def test_figures_stand_in_the_period_they_end_in(programme: PlanImport) -> None:
    frame = figures_of(programme.plan, programme.folder).frame
    rows = {
        (str(r.goal), int(r.year), str(r.get("group", "") or "")): r for _, r in frame.iterrows()
    }
    assert rows["wells-dug", 2015, ""]["value"] == 1300
    assert rows["wells-dug", 2016, ""]["value"] == 1450
    assert rows["wells-dug", 2016, ""]["words"] == "about 1450"
    assert rows["people-without-safe-water", 2016, ""]["value"] == 28.5  # "28,5%"
    # The file was last changed on 1 March 2018, before this period was over.
    assert rows["people-without-safe-water", 2018, ""]["state"] == 1
    assert rows["eleves-inscrits", 2016, ""]["value"] == 150


def test_what_cannot_be_read_is_listed_with_its_line_and_in_the_folder(
    programme: PlanImport,
) -> None:
    with programme.unread_file.open(encoding="utf-8") as stream:
        listed = [(row["line"], row["what"], row["found"]) for row in csv.DictReader(stream)]
    assert listed == [
        ("38", "baseline", ""),
        ("41", "target", "2015:1004106"),
        ("42", "actual", "2015:1584728 (158%)"),
        ("47", "actual", ""),
        ("54", "target", "1:25"),
        ("55", "actual", "30"),
        ("62", "target", "As required by the situation"),
        ("63", "actual", "drafted"),
        ("78", "actual", "1,234"),
    ]
    lines = PROGRAMME.read_text("utf-8").splitlines()
    for line, what, _ in listed:
        assert f"<{what}" in lines[int(line) - 1]


def test_every_value_of_the_file_is_a_number_of_the_plan_or_on_the_list(
    programme: PlanImport,
) -> None:
    values = PROGRAMME.read_text("utf-8").count("<target") + PROGRAMME.read_text("utf-8").count(
        "<actual"
    )
    values += PROGRAMME.read_text("utf-8").count("<baseline")
    goals = programme.plan.goals
    kept = sum(len(g.yearly) + (g.baseline is not None) for g in goals) + programme.figures
    assert kept + len(programme.unread) == values


def test_the_command_prints_the_list_and_the_plan_is_accepted(tmp_path: Path) -> None:
    done = planlib("import-plan", str(PROGRAMME), "--lang", "vi", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (
        "programme.xml:42: Incidents at wells: actual '2015:1584728 (158%)': có năm đứng trước"
        in done.stdout
    )
    assert planlib("check", "programme", folder=tmp_path).returncode == 0
    again = planlib("import-plan", str(PROGRAMME), folder=tmp_path)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.startswith("programme: is there already")


def test_a_file_without_one_readable_target_is_refused_with_the_whole_list(tmp_path: Path) -> None:
    text = PROGRAMME.read_text("utf-8")
    path = tmp_path / "none.xml"
    path.write_text(text.replace("<target value=", "<target value='2015:' was="), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        imported(path, tmp_path)
    told = [str(problem) for problem in refused.value.problems]
    assert "no target of it can be read" in told[-1]
    assert sum("target" in line for line in told) >= 8
    assert list(tmp_path.iterdir()) == [path]


LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE iati-activities [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<iati-activities>&b;</iati-activities>"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAUGHS, ":2: declares a document type"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', ":1: declares a document type"),
        ("<iati-activities>&other;</iati-activities>", ":1: is not valid XML: undefined entity"),
        ("<a><b></a>", ":1: is not valid XML: mismatched tag"),
        ("", ":1: is not valid XML: no element found"),
        ("<html/>", ":1: must begin with iati-activities, found 'html'"),
        ("<iati-activities/>", ":1: holds no result with an indicator"),
        ("<a>" * 100, ":1: must have at most 5000000 elements, nested at most 60 deep"),
        ("<?xml version='1.0' encoding='klingon'?><x/>", ":1: is not valid XML: unknown encoding"),
    ],
)  # fmt: skip
def test_hostile_and_other_files_are_refused_in_one_line(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "file.xml"
    path.write_text(text, encoding="utf-8")
    done = planlib("import-plan", "file.xml", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"file.xml{message}"), done.stderr
    assert list(tmp_path.iterdir()) == [path]


YEARS = tuple(f"{year}-01-01/{year}-12-31" for year in range(2014, 2018))


def one_indicator(
    values: list[tuple[str, str]], days: Sequence[str] = YEARS, more: str = ""
) -> str:
    """A file of one indicator with a target and an actual value for each period."""
    periods = "".join(
        f'<period><period-start iso-date="{day[:10]}"/><period-end iso-date="{day[11:]}"/>'
        f'<target value="{target}"/><actual value="{actual}"/></period>'
        for day, (target, actual) in zip(days, values, strict=False)
    )
    return (
        '<iati-activities version="2.03"><iati-activity><result><indicator measure="1">'
        f"<title><narrative>Calls</narrative></title>{periods}</indicator>{more}</result>"
        "</iati-activity></iati-activities>"
    )


QUARTERS = ("2014-04-01/2014-06-30", "2014-07-01/2014-09-30", "2014-10-01/2014-12-31",
            "2015-01-01/2015-03-31")  # fmt: skip


def test_quarters_of_a_year_that_ends_in_march(tmp_path: Path) -> None:
    year = (
        '<indicator measure="1"><title><narrative>Visits</narrative></title><period>'
        '<period-start iso-date="2014-04-01"/><period-end iso-date="2015-03-31"/>'
        '<target value="9"/></period></indicator>'
    )
    values = [("10", "11"), ("20", "19"), ("30", "31"), ("40", "38")]
    path = tmp_path / "council.xml"
    path.write_text(one_indicator(values, QUARTERS, year))
    done = imported(path, tmp_path)
    plan = done.plan
    assert (str(plan.header.periods), plan.header.year_ends) == ("quarter", "03-31")
    calls, visits = plan.goals
    assert [str(t.year) for t in calls.yearly] == [f"2014/15-Q{n}" for n in (1, 2, 3, 4)]
    assert (str(visits.period), {t.value for t in visits.yearly}) == ("year", {9})
    back = iati_text(plan, figures_of(plan, done.folder))
    assert back.count('<target value="9" />') == 1 and back.count("<target ") == 5
    assert back.count('iso-date="2014-04-01"') == 2  # the first quarter, and the year
    verdicts = {}
    for quarter in ("2014/15-Q1", "2014/15-Q2"):
        told = planlib("score", str(done.folder), "--period", quarter, "--json").stdout
        verdicts[quarter] = {row["goal"]: row["verdict"] for row in json.loads(told)}["calls"]
    assert verdicts == {"2014/15-Q1": "exceeded", "2014/15-Q2": "not_met"}


def test_dimensions_become_groups_and_locations_areas(tmp_path: Path) -> None:
    text = one_indicator([("10", "11")]).replace(
        '<actual value="11"/>',
        '<actual value="11"/><actual value="6"><dimension name="Sex" value="Women"/></actual>'
        '<actual value="5"><dimension name="Sex" value="Men"/></actual>'
        '<actual value="4"><location ref="AF-KAN"/></actual>'
        '<target value="3"><location ref="AF-KAN"/></target>',
    )
    path = tmp_path / "groups.xml"
    path.write_text(text)
    done = imported(path, tmp_path)
    assert done.unread == ()
    (goal,) = done.plan.goals
    assert goal.by == ("sex",)
    frame = figures_of(done.plan, done.folder).frame
    told = {(str(row.area), str(row.group)): row.value for row in frame.itertuples()}
    assert told == {
        ("whole", ""): 11,
        ("whole", "sex=women"): 6,
        ("whole", "sex=men"): 5,
        ("af-kan", ""): 4,
    }
    held = [(one.area, one.period, one.value) for one in goal.targets]
    assert held == [(None, 2014, 10), ("af-kan", 2014, 3)]


# ------------------------------------------------------------------------ and back


def ends_of(target: Target) -> tuple[float | None, float | None]:
    return (1.0, 1.0) if target.comparison == "done" else (target.near, target.far)


def targets_of(plan: Plan) -> list[Counter[tuple[object, ...]]]:
    """Of each goal the numbers of its targets by the period they are for, every year written out."""
    found = []
    for goal in plan.goals:
        main = goal.main_target()
        told: list[tuple[object, ...]] = [(one.year, *ends_of(one)) for one in goal.yearly]
        others = ([] if goal.yearly else [main]) + [
            one
            for one in (goal.term_target,)
            if one is not None and (goal.yearly or one is not main)
        ]
        for target in others:
            ends = ends_of(target)
            if target.cadence == "by":
                told.append((target.due, *ends))
            elif target.cadence in {"over_term", "keep"}:
                told.append((plan.years[-1], *ends))
            else:
                told += [(year, *ends) for year in plan.years]
        found.append(Counter(told))
    return found


def figures_by_number(plan: Plan, figures: Observations) -> Counter[tuple[object, ...]]:
    order = {goal.id: number for number, goal in enumerate(plan.goals)}
    frame = figures.frame
    numbers = (
        frame[list(NUMBER_COLUMNS)].astype(object).where(frame[list(NUMBER_COLUMNS)].notna(), None)
    )
    columns = [frame["goal"].map(order), frame["year"], frame["vintage"], frame["state"]]
    columns += [numbers[name] for name in NUMBER_COLUMNS]
    return Counter(zip(*(list(column) for column in columns), strict=True))


def own_targets_of(plan: Plan) -> list[list[tuple[object, ...]]]:
    """Of each goal the targets of single areas, and where each area starts from."""
    return [
        [(one.area, one.due, *ends_of(one.over(goal.target)), one.baseline and one.baseline.value)
         for one in goal.targets]
        for goal in plan.goals
    ]  # fmt: skip


def test_the_day_of_a_report_stays_as_it_was_typed(tmp_path: Path) -> None:
    out = small_plan(tmp_path / "small")
    figures = out / "figures.csv"
    text = figures.read_text("utf-8")
    assert "2012-01-15" in text
    figures.write_text(text.replace("2012-01-15", "2012-01"), "utf-8")
    plan = open_plan(str(out))
    path = tmp_path / "plan.xml"
    path.write_text(iati_text(plan, figures_of(plan, out)), encoding="utf-8")
    again = imported(path, tmp_path, "again")
    (written,) = (again.folder / "figures").glob("*.csv")
    typed = set(pd.read_csv(written, dtype=str)["vintage"].dropna())
    assert "2012-01" in typed and not any(one.startswith("2012-01-") for one in typed)


@pytest.mark.parametrize(
    "name",
    turns(["ward-2010-2015", "viet-nam-2011-2015", "europe-2020", "viet-nam-2016-2020"], 2),
)
def test_a_plan_written_and_read_again_has_the_same_numbers(tmp_path: Path, name: str) -> None:
    plan = open_plan(name)
    figures = figures_of(plan)
    path = tmp_path / "plan.xml"
    path.write_text(iati_text(plan, figures), encoding="utf-8")
    again = imported(path, tmp_path, "again")
    assert [str(one.why) for one in again.unread] == []
    other = figures_of(again.plan, again.folder)
    assert figures_by_number(again.plan, other) == figures_by_number(plan, figures)
    assert targets_of(again.plan) == targets_of(plan)
    assert own_targets_of(again.plan) == own_targets_of(plan)
    starts = [
        [g.baseline and (g.baseline.year, g.baseline.value) for g in p.goals]
        for p in (plan, again.plan)
    ]
    assert starts[0] == starts[1]


def test_a_file_read_and_written_again_has_the_same_numbers(
    tmp_path: Path, programme: PlanImport
) -> None:
    path = tmp_path / "again.xml"
    path.write_text(
        iati_text(programme.plan, figures_of(programme.plan, programme.folder)), "utf-8"
    )
    again = imported(path, tmp_path)
    assert again.unread == ()
    assert targets_of(again.plan) == targets_of(programme.plan)
    first, second = (figures_of(one.plan, one.folder) for one in (programme, again))
    assert figures_by_number(programme.plan, first) == figures_by_number(again.plan, second)
    text = path.read_text("utf-8")
    assert text.count("<iati-activity>") == 2
    assert "XX-MADE-UP-100/7" in text and 'iso-date="2014-07-01"' in text


NUMBERS = st.floats(-1e15, 1e15, allow_nan=False) | st.integers(-(10**15), 10**15).map(float)
# -97 and the like are asked about: they may stand for no figure
FIGURES = NUMBERS.filter(lambda one: not one.is_integer() or not 77 <= abs(one) < 10**8)


@settings(examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(st.tuples(NUMBERS, FIGURES), min_size=1, max_size=4))
def test_no_number_changes_on_the_way(
    tmp_path_factory: pytest.TempPathFactory, values: list[tuple[float, float]]
) -> None:
    folder = tmp_path_factory.mktemp("numbers")
    path = folder / "file.xml"
    written = [(f"{target:.12f}", f"{actual:.12f}") for target, actual in values]
    path.write_text(one_indicator(written))
    plan = imported(path, folder, "one")
    figures = figures_of(plan.plan, plan.folder)
    expected = [(float(target), float(actual)) for target, actual in written]
    for _ in range(2):
        (goal,) = plan.plan.goals
        assert [target.value for target in goal.yearly] == [target for target, _ in expected]
        assert figures.frame.sort_values("year")["value"].tolist() == [one for _, one in expected]
        path.write_text(iati_text(plan.plan, figures))
        plan = imported(path, folder, "two") if not (folder / "two").exists() else plan
        figures = figures_of(plan.plan, plan.folder)


def test_the_command_writes_a_file_once_and_says_what_has_no_place(tmp_path: Path) -> None:
    arguments = (
        "export-plan",
        "ward-2010-2015",
        "--format",
        "iati",
        "--out",
        "ward.xml",
        "--lang",
        "en",
    )
    done = planlib(*arguments, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    head, told, *lines = done.stdout.splitlines()
    assert head == "ward.xml is written: 79 goals and 5,865 figures."
    plan = open_plan("ward-2010-2015")
    assert told == f"IATI has no place for {len(lines)} things of the plan; they are left out:"
    names = [line.strip().partition(": ")[0] for line in lines if "other than the default" in line]
    assert names == [goal.name["en"] for goal in plan.goals if goal.readings]
    assert f"  {len(plan.measures)} measures" in lines
    again = planlib(*arguments, folder=tmp_path)
    assert again.returncode == 1
    assert (
        again.stderr
        == "ward.xml: is there already, and nothing is written over it (choose another --out, or give --force)\n"
    )
    assert planlib(*arguments, "--force", folder=tmp_path).returncode == 0
    own = planlib(*arguments[:-2], "--force", folder=tmp_path)  # in the plan's first language
    assert own.stdout.startswith("Đã ghi ward.xml: 79 chỉ tiêu và 5.865 số liệu.")
    other = planlib("export-plan", "ward-2010-2015", "--format", "xml", "--out", "x.xml")
    assert other.returncode == 2


def test_what_somebody_else_writes_as_planlibs_comment_is_listed(tmp_path: Path) -> None:
    for number, more in enumerate(({"state": "gone"}, {"numerator": "x" * 3, "vintage": []},
                                   {"comparison": "exec"}, [1, 2])):  # fmt: skip
        comment = f"<comment><narrative>planlib {json.dumps(more)}</narrative></comment>"
        text = one_indicator([("10", "11")]).replace(
            '<actual value="11"/>', f'<actual value="11">{comment}</actual>'
        )
        path = tmp_path / f"file{number}.xml"
        path.write_text(text)
        done = imported(path, tmp_path)
        assert done.plan.goals[0].yearly[0].value == 10
        assert len(done.unread) == (1 if number < 2 else 0)


def test_the_shared_areas_are_not_needed(programme: PlanImport) -> None:
    assert read_plan(programme.folder, PLANS / AREAS).header.areas == ("whole",)


RANKED = """<iati-activities version="2.03"><iati-activity xml:lang="en">
<iati-identifier>XX-1</iati-identifier><title><narrative>Water</narrative></title>
<result type="2"><title><narrative>Access</narrative></title>
{indicators}
</result></iati-activity></iati-activities>"""
INDICATOR = """<indicator measure="{measure}" ascending="{up}"><title><narrative>{name}</narrative></title>
<baseline year="2016" value="{start}"/>
<period><period-start iso-date="2017-01-01"/><period-end iso-date="2017-12-31"/>
<target value="{target}"/><actual value="{actual}"/></period></indicator>"""


@pytest.mark.parametrize(
    ("measure", "up", "numbers", "doubt"),
    [
        ("2", "0", ("0.6", "0.45", "0.5"), "exchange.fractions"),
        ("2", "0", ("60", "45", "50"), ""),
        ("2", "0", ("0.6", "0.45", "5"), ""),
        ("1", "0", ("0.6", "0.45", "0.5"), ""),
        ("3", "1", ("40", "30", "35"), "exchange.start-beyond-target"),
        ("3", "0", ("40", "30", "35"), ""),
    ],
)
def test_fractions_and_starts_beyond_the_target_are_worth_a_look(
    tmp_path: Path, measure: str, up: str, numbers: tuple[str, str, str], doubt: str
) -> None:
    start, target, actual = numbers
    told = INDICATOR.format(
        measure=measure, up=up, name="One", start=start, target=target, actual=actual
    )
    (tmp_path / "a.xml").write_text(RANKED.format(indicators=told), encoding="utf-8")
    done = imported(tmp_path / "a.xml", tmp_path)
    assert [one.why.key for one in done.doubtful] == [doubt] * bool(doubt)
    assert done.unread == () and done.figures == 1
