"""Makes a plan's folder of a document: goals to confirm, and a list of every number in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from planlib.exchange.folder import new_folder, write_folder
from planlib.exchange.text.confirm.table import FILE, decisions_table
from planlib.exchange.text.plan_out import NUMBERS, TextPlan
from planlib.exchange.text.proposals import ListedNumber
from planlib.exchange.text.reading import read_text
from planlib.plan.plan import Plan

UNPLACED = {"none"}


@dataclass(frozen=True)
class PlanOfText:
    """What came of a text: the plan, its folder, how sure its goals are, and what was not placed."""

    plan: Plan
    folder: Path
    confidence: Counter[str]
    unplaced: tuple[ListedNumber, ...]

    @property
    def numbers_file(self) -> Path:
        """Where every number is listed."""
        return self.folder / NUMBERS


def plan_from_text(file: Path, plan_id: str, out: Path, lang: str | None = None) -> PlanOfText:
    """Read a document and write the folder of the plan it proposes.

    ``lang`` is the language of the text, told by its words where it is None. Raises InputError where
    the document cannot be read, where there is such a folder, and where no target is found.
    """
    folder = new_folder(plan_id, out)
    reading = read_text(file, lang)
    files = TextPlan(reading, plan_id)
    plan = write_folder(folder, {**files.files(), FILE: decisions_table(files.records)})
    told = Counter[str](one.confidence for one in reading.proposals)
    unplaced = tuple(one for one in reading.listed if one.role in UNPLACED)
    return PlanOfText(plan, folder, told, unplaced)
