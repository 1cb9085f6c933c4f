"""Makes a plan's folder of a file of somebody else's: IATI results, or a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from planlib.errors import InputError, Problem, refused, said
from planlib.evaluation.agreement import Agreement, agreement_of
from planlib.evaluation.evaluation import Evaluation
from planlib.exchange.draft import PlanDraft, Unread
from planlib.exchange.draft_out import UNREAD, DraftFiles
from planlib.exchange.folder import new_folder, write_folder
from planlib.exchange.slugs import slug
from planlib.figures.reading import read_observations
from planlib.plan.plan import Plan
from planlib.plan.shipped import figure_files

XML, TABLES = {".xml"}, {".csv", ".xlsx"}


@dataclass(frozen=True)
class PlanImport:
    """What came of a file: the plan, its folder, what could not be read and what is worth a look."""

    plan: Plan
    folder: Path
    figures: int
    agreement: Agreement
    unread: tuple[Unread, ...]
    doubtful: tuple[Unread, ...]

    @property
    def unread_file(self) -> Path:
        """Where that is listed."""
        return self.folder / UNREAD


def import_plan(
    file: Path, mapping: Path | None, plan_id: str | None, out: Path, lang: str
) -> PlanImport:
    """Read a file and write the folder of the plan it tells.

    ``plan_id`` is made from the file's name where it is None. Raises InputError where the file
    cannot be read at all, where there is such a folder, and where nothing of it can be a plan.
    """
    name = plan_id if plan_id is not None else slug(file.stem)
    if not name:
        raise refused(said("exchange.name-the-plan"), file, hint=said("exchange.give-id"))
    folder = new_folder(name, out)
    draft = _read(file, mapping, name, lang)
    draft.unread.sort(key=lambda one: one.place if isinstance(one.place, int) else 0)
    if not any(goal.targets for goal in draft.goals):
        why, hint = said("exchange.nothing-to-plan"), said("exchange.nothing-to-plan-hint")
        lines = [one.problem(str(file)) for one in draft.unread]
        raise InputError([*lines, Problem(why, str(file), hint=hint)])
    files = DraftFiles(draft, lang).files()
    plan = write_folder(folder, files)
    return PlanImport(
        plan,
        folder,
        len(draft.figures),
        _agreement(plan, folder),
        tuple(draft.unread),
        tuple(draft.doubtful),
    )


def _agreement(plan: Plan, folder: Path) -> Agreement:
    """How many verdicts published in the file the computed ones agree with."""
    figures = read_observations(figure_files(plan, folder), plan)
    if "published_verdict" not in figures.frame:
        return Agreement(0, ())
    return agreement_of(Evaluation(plan, figures))


def _read(file: Path, mapping: Path | None, name: str, lang: str) -> PlanDraft:
    kind = file.suffix.lower()
    if kind in XML:
        from planlib.exchange.iati.reading import read_iati

        if mapping is not None:
            hint = said("excel.leave-out-map")
            raise refused(said("exchange.mapping-of-a-table"), file, hint=hint)
        return read_iati(file, name, lang)
    if kind not in TABLES:
        raise refused(said("exchange.kind-unknown"), file)
    if mapping is None:
        hint = said("exchange.needs-mapping-hint")
        raise refused(said("exchange.needs-mapping"), file, hint=hint)
    from planlib.exchange.table.reading import read_indicator_table

    return read_indicator_table(file, mapping, name, lang)
