"""Two small plans, of months and of halves, with figures that are made up and easy to add up."""

from __future__ import annotations

from pathlib import Path

_PLAN = """\
id: {id}
name: {name}
languages: {languages}
periods: {periods}
year_ends: {ends}
term: {{first: {first}, last: {last}}}
baseline_year: {base}
sections: [work]
areas: [north]
figures: [figures.csv]
rule:
  id: rag
  tolerance: {{percent: 5}}
  dated: "2023"
  note: {rule}
  source: invented
sources:
  - {{id: text, title: {text}}}
{more}"""

_HARBOUR = """\
section: work
name: Work of the harbour
goals:
  - {id: ships-on-time, name: Ships on time, unit: "%", make_up: mean,
     source: [{document: text, section: "1", paragraph: 1}],
     target: {comparison: at_least, value: 90, cadence: every_period}}
  - {id: berths-mended, name: Berths mended, unit: berths,
     source: [{document: text, section: "1", paragraph: 2}], by: [side],
     target: {comparison: at_least, value: 24, basis: count, cadence: every_year}}
  - {id: waiting-hours, name: Hours a ship waits, unit: hours, make_up: last,
     source: [{document: text, section: "1", paragraph: 3}],
     target: {comparison: at_most, value: 10, cadence: by, due: 2024-06}}
  - {id: trained-crews, name: Crews trained, unit: "%", year_to_date: true,
     source: [{document: text, section: "1", paragraph: 4}],
     target: {comparison: at_least, value: 60, basis: share, cadence: every_year}}
  - {id: dredging, name: Dredged by the quarter, unit: tonnes, period: quarter, make_up: sum,
     source: [{document: text, section: "1", paragraph: 5}],
     target: {comparison: at_least, value: 300, cadence: every_period}}
"""

_SCHOOLS = """\
section: work
name: {fr: Écoles, en: Schools}
goals:
  - {id: pupils-passed, name: {fr: Élèves reçus, en: Pupils passed}, unit: "%",
     source: [{document: text, section: "1", paragraph: 1}],
     target: {comparison: at_least, value: 75, basis: share, cadence: every_year}}
  - {id: places, name: {fr: Places créées, en: New places},
     unit: {fr: places, en: places}, make_up: sum,
     source: [{document: text, section: "1", paragraph: 2}],
     yearly: [
       {year: 2023/24-H1, comparison: at_least, value: 20, cadence: every_period, cumulative: true},
       {year: 2023/24-H2, comparison: at_least, value: 50, cadence: every_period, cumulative: true}]}
  - {id: absences, name: {fr: Absences, en: Absences}, unit: "%", period: year,
     source: [{document: text, section: "1", paragraph: 3}],
     target: {comparison: at_most, value: 4, cadence: by, due: 2024/25}}
"""


def harbour(folder: Path) -> Path:
    """A plan of months, with a goal by the quarter, groups and running totals; figures of 2023."""
    side = """\
dimensions:
  - id: side
    name: Side of the harbour
    members:
      - {id: east, name: East side}
      - {id: west, name: West side}
"""
    rows = [f"north,ships-on-time,2023-{m:02d},{_reported(2023, m)},,{85 + m},," for m in MONTHS]
    rows += [f"north,berths-mended,2023-{m:02d},{_reported(2023, m)},,2,," for m in MONTHS]
    rows += [
        f"north,berths-mended,2023-{m:02d},{_reported(2023, m)},side={side_},1,,"
        for m in MONTHS
        for side_ in ("east", "west")
    ]
    rows += [f"north,waiting-hours,2023-{m:02d},{_reported(2023, m)},,{30 - m},," for m in MONTHS]
    rows += [f"north,trained-crews,2023-{m:02d},{_reported(2023, m)},,,{5 * m},100" for m in MONTHS]
    rows += [
        f"north,dredging,2023-Q{q},{_reported(2023, 3 * q)},,{280 + 10 * q},," for q in (1, 2, 3, 4)
    ]
    return _written(
        folder, _HARBOUR, rows, id="harbour", name="Harbour plan", languages="[en]",
        periods="month", ends="12-31", first=2023, last=2024, base=2022, rule="The harbour's own",
        text="Harbour text", more=side,
    )  # fmt: skip


def schools(folder: Path) -> Path:
    """A plan of halves of years that end in June, in French and English, with a goal by the year."""
    rows = [
        "north,pupils-passed,2023/24-H1,2024-01-20,,,70,100",
        "north,pupils-passed,2023/24-H2,2024-07-20,,,160,200",
        "north,places,2023/24-H1,2024-01-20,,21,,",
        "north,places,2023/24-H2,2024-07-20,,28,,",
        "north,absences,2022/23,2023-09-01,,6,,",
        "north,absences,2023/24,2024-09-01,,5,,",
    ]
    return _written(
        folder, _SCHOOLS, rows, id="schools", name="{fr: Plan des écoles, en: Plan of the schools}",
        languages="[fr, en]", periods="half", ends="06-30", first="2023/24", last="2024/25",
        base="2022/23", rule="{fr: Règle locale, en: The local rule}",
        text="{fr: Texte, en: Text}", more="",
    )  # fmt: skip


MONTHS = range(1, 13)


def _reported(year: int, month: int) -> str:
    """The tenth day of the month after one."""
    return f"{year + month // 12}-{month % 12 + 1:02d}-10"


def _written(folder: Path, section: str, rows: list[str], **words: object) -> Path:
    name = "{fr: Nord, en: North}" if words["id"] == "schools" else "North"
    folder.mkdir()
    (folder / "plan.yaml").write_text(_PLAN.format(**words), "utf-8")
    (folder / "work.yaml").write_text(section, "utf-8")
    (folder / "areas.yaml").write_text(f"areas:\n  - {{id: north, name: {name}}}\n", "utf-8")
    head = "area,goal,period,vintage,group,value,numerator,denominator,source"
    lines = [head, *(f"{row},illustrative" for row in rows)]
    (folder / "figures.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder
