"""A plan to begin with: a folder that is checked, scored and reviewed as it stands.

Every key is explained where it stands, in the language asked for. The one area, the two goals and
their figures are examples, and say so, until their owner writes his own over them.
"""

from __future__ import annotations

import re
import textwrap
from datetime import date
from pathlib import Path

from planlib.exchange.folder import new_folder, write_folder
from planlib.exchange.yaml_out import inline
from planlib.figures.observations import ILLUSTRATIVE
from planlib.language.language import Language
from planlib.plan.plan import Plan

SECTION, AREA, SHARE, COUNT = "section-one", "area-one", "example-share", "example-count"
FIGURES = "figures/figures.csv"
WIDTH = 96

# "#: key" becomes the explanation of that key, "<key>" a text in the plan's language.
HEADER = f"""\
#: file
id: ID
#: languages
languages: [LANG]
#: name
name: <name.text>
#: term
term: {{first: FIRST, last: LAST}}
#: baseline_year
baseline_year: BEFORE
#: sections
sections: [{SECTION}]
#: areas
areas: [{AREA}]
#: figures
figures: [{FIGURES}]
#: rule
rule:
  id: office-table
  dated: "TODAY"
  note: <rule.note>
  source: planlib
#: sources
sources:
  - {{id: text, title: <document>}}
"""

GOALS = f"""\
#: section
section: {SECTION}
name: <section.name>
#: goals
goals:
  #: goal
  - id: {SHARE}
    name: <share.name>
    unit: "%"
    #: place
    source: [{{document: text, section: "1", paragraph: 1}}]
    #: target
    target: {{comparison: at_least, value: 95, basis: share, cadence: every_year}}
  #: second
  - id: {COUNT}
    name: <count.name>
    unit: <count.unit>
    source: [{{document: text, section: "1", paragraph: 2}}]
    target: {{comparison: at_least, value: 20, basis: level, cadence: by, due: LAST}}
"""

AREAS = f"""\
#: area
areas:
  - {{id: {AREA}, name: <area.name>}}
"""

ROWS = f"""\
area,goal,year,vintage,value,numerator,denominator,state,source,note
{AREA},{SHARE},FIRST,,,188,200,measured,"SOURCE",
{AREA},{COUNT},BEFORE,,5,,,measured,"SOURCE",
{AREA},{COUNT},FIRST,,9,,,measured,"SOURCE",
"""


def new_plan(plan_id: str, lang: str, out: Path) -> tuple[Plan, Path]:
    """Write the plan's folder below ``out``; the plan, and where it is.

    Raises InputError for an id that is none and for a folder that is there already.
    """
    folder = new_folder(plan_id, out)
    language, today = Language(lang), date.today()
    facts = {
        "ID": inline(plan_id), "LANG": lang, "TODAY": today.isoformat(),
        "BEFORE": str(today.year - 2), "FIRST": str(today.year - 1), "LAST": str(today.year + 3),
        "SOURCE": f"{ILLUSTRATIVE}: {language('new.source')}",
    }  # fmt: skip
    files = {
        "plan.yaml": HEADER, f"01-{SECTION}.yaml": GOALS, "areas.yaml": AREAS, FIGURES: ROWS,
    }  # fmt: skip
    written = {name: _filled(text, facts, language) for name, text in files.items()}
    written["README.md"] = language("new.readme", plan=plan_id)
    return write_folder(folder, written), folder


def _filled(text: str, facts: dict[str, str], language: Language) -> str:
    lines: list[str] = []
    for line in text.splitlines():
        if found := re.fullmatch(r"( *)#: (\S+)", line):
            told = textwrap.wrap(language(f"new.{found[2]}"), WIDTH - len(found[1]) - 2)
            lines += [f"{found[1]}# {part}" for part in told]
            continue
        line = re.sub(r"<([a-z.]+)>", lambda key: inline(language(f"new.{key[1]}")), line)
        lines.append(re.sub(r"\b[A-Z]{2,}\b", lambda fact: facts.get(fact[0], fact[0]), line))
    return "\n".join(lines) + "\n"
