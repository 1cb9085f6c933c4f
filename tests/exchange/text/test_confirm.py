"""A person's yes, no and changes are carried out; a row that cannot be is told, and nothing changes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from commands import planlib

from planlib.exchange.text.confirm.deciding import Deciding, deciding
from planlib.exchange.text.confirm.example import example_text
from planlib.exchange.text.confirm.page import ProposalsPage
from planlib.exchange.text.confirm.table import CHANGED, FILE
from planlib.exchange.text.making import plan_from_text
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.plan.comparisons.registry import KINDS
from planlib.plan.target import Cadence

HOMES, WATER, OFFERED = (
    "new-homes-will-be-built", "increase-the-share-of-homes-with-clean-water",
    "apprenticeships-will-be-offered",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return plan_from_text(example_text("en"), "riverside", tmp_path, "en").folder


def decide(folder: Path, **rows: dict[str, str]) -> None:
    file = folder / FILE
    with file.open(encoding="utf-8") as stream:
        table = list(csv.DictReader(stream))
    for row in table:
        row.update(rows.get(row["goal"].replace("-", "_"), {}))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, table[0])
        writer.writeheader()
        writer.writerows(table)


def goals(folder: Path) -> dict[str, dict[str, Any]]:
    shown = planlib("goals", str(folder), "--json")
    return {goal["id"]: goal for goal in json.loads(shown.stdout)}


def test_yes_no_and_changes_are_carried_out(folder: Path) -> None:
    decide(folder, **{
        HOMES.replace("-", "_"): {"decision": "no"},
        WATER.replace("-", "_"): {"decision": "oui", "value": "90.5", "due": "2025", "name": "Clean water"},
        OFFERED.replace("-", "_"): {"decision": "yes", "reading": "least"},
    })  # fmt: skip
    done = planlib("confirm", str(folder))
    assert done.stdout.splitlines() == [
        "2 goals are confirmed.", "1 goal is taken out.", "9 goals are still proposals.",
    ]  # fmt: skip
    found = goals(folder)
    assert HOMES not in found
    water, offered = found[WATER], found[OFFERED]
    assert (water["name"], water["value"], water["due"]) == ({"en": "Clean water"}, 90.5, 2025)
    assert (offered["comparison"], offered["value"], offered["readings"]) == ("at_least", 50, [])
    assert "proposed" not in water and "proposed" not in offered
    assert sum("proposed" in goal for goal in found.values()) == 9
    assert planlib("check", str(folder)).returncode == 0
    # What is done stands in a table of its own; the other one holds what is open.
    assert len((folder / "reading" / "decided.csv").read_text("utf-8").splitlines()) == 4
    assert len((folder / FILE).read_text("utf-8").splitlines()) == 10


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"decision": "perhaps"}, "'decision' must be yes, no or empty, found 'perhaps'"),
        ({"value": "500"}, "'value' was changed, but nothing is decided"),
        ({"decision": "yes", "value": "1,300.5,2"}, "'value' must be a number"),
        ({"decision": "yes", "value": "1.300"}, "'value' must be a number that can be read in one way"),
        ({"decision": "yes", "comparison": "at_lest"}, "'comparison' cannot be 'at_lest'"),
        ({"decision": "yes", "reading": "other"}, "there is no reading 'other'"),
        ({"goal": "new-hoems-will-be-built", "decision": "yes"}, "did you mean 'new-homes-will-be-built'?"),
        ({"decision": "yes", "due": ""}, "needs"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_carried_out_is_one_line_and_changes_nothing(
    folder: Path, row: dict[str, str], says: str
) -> None:
    decide(folder, **{HOMES.replace("-", "_"): row, WATER.replace("-", "_"): {"decision": "yes"}})
    before = goals(folder)
    done = planlib("confirm", str(folder))
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "decisions.csv:2: " in done.stderr and says in done.stderr
    assert goals(folder) == before


def test_nothing_decided_and_everything_refused_are_told(folder: Path) -> None:
    done = planlib("confirm", str(folder))
    assert done.returncode == 1 and "nothing is decided yet" in done.stderr
    decide(folder, **{goal.replace("-", "_"): {"decision": "no"} for goal in goals(folder)})
    done = planlib("confirm", str(folder))
    assert done.returncode == 1 and "every goal is refused" in done.stderr
    assert len(goals(folder)) == 12


def test_controls_write_the_table_and_carry_it_out(folder: Path) -> None:
    controls = Deciding(folder)
    controls.answers[HOMES].value = "yes"
    controls.cells[HOMES]["value"].value = "450"
    controls.carry_out()
    assert "1 goal is confirmed." in controls.said.value
    assert goals(folder)[HOMES]["value"] == 450
    assert "application/vnd.jupyter.widget-view+json" in controls._repr_mimebundle_()
    # What is decided leaves the screen, and the rest can be decided afterwards.
    assert HOMES not in controls.rows and len(controls.widget.children) == 1 + 11 + 2
    controls.answers[WATER].value = "no"
    controls.carry_out()
    assert "1 goal is taken out." in controls.said.value
    assert WATER not in goals(folder)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_controls_are_named_in_words_and_say_whose_they_are(folder: Path, lang: str) -> None:
    controls, language = Deciding(folder, lang), Language(lang)
    ids = {*CHANGED, "decision", *KINDS, *Cadence}
    for goal, boxes in controls.cells.items():
        name = boxes["name"].value
        for key, box in boxes.items():
            assert box.description == language(f"from-text.control.{key}") not in ids
            assert box.tooltip.startswith(box.description) and box.tooltip.endswith(name)
            for word, value in getattr(box, "options", ()):
                assert word != value or word == "about"  # which is a word
        answer = controls.answers[goal]
        assert answer.description and all(told.endswith(name) for told in answer.tooltips)
    assert all(language.raw(f"from-text.comparison.{kind}") for kind in KINDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_the_example_in_every_language(lang: str) -> None:
    page = ProposalsPage.of("", lang)
    said = page.blocks().text
    for goal in page.proposed:
        assert goal.proposed and goal.proposed.words in said
    assert len(page.proposed) == 12
    assert deciding("", lang).text  # without a front end: where the table is
