"""Checks what notebooks are given, before anything runs, and tells all problems at once.

Names are held against the parameters cell, types against its literals, and plan, area, year, date
and language against what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planlib.batch.notebooks.parameters import Parameter, read_parameters
from planlib.errors import InputError, Problem, did_you_mean, one_of, said
from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.checked import day_of, known_period
from planlib.evaluation.given.handed_on import Stamp, stamp_of
from planlib.evaluation.opening import read_plan
from planlib.figures.fingerprints import AreaRows, RowHashes, figures_by_name
from planlib.language.languages import LANGUAGES
from planlib.plan.audience import AUDIENCES, INTERNAL
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS, yaml_files
from planlib.plan.remarks.reading import read_remarks
from planlib.plan.remarks.remark import Remark
from planlib.plan.shipped import PLANS, figure_files, plan_folder
from planlib.report.pages.office_remarks import remark_files
from planlib.report.site.summary import made_up_areas

REMARKS = "remarks"  # the parameter of a review's notebook that names the file of them


@dataclass
class Checks:
    """Checks parameters; reads each notebook and opens each plan once, however many jobs ask."""

    _declared: dict[Path, tuple[Parameter, ...]] = field(default_factory=dict)
    _plans: dict[tuple[str, str, str], Evaluation] = field(default_factory=dict)
    _areas: dict[str, frozenset[str]] = field(default_factory=dict)
    _about: dict[str, AreaRows] = field(default_factory=dict)
    rows: RowHashes = field(default_factory=RowHashes)
    # The files each plan and its figures were read from, as they were just before.
    read_from: dict[str, dict[Path, Stamp | None]] = field(default_factory=dict)
    _made_up: dict[str, frozenset[str]] = field(default_factory=dict)
    _remarks: dict[tuple[str, str], dict[str, list[Remark]] | InputError] = field(
        default_factory=dict
    )

    def declared(self, notebook: Path) -> tuple[Parameter, ...]:
        """The parameters of a notebook. Raises InputError."""
        if notebook not in self._declared:
            self._declared[notebook] = read_parameters(notebook)
        return self._declared[notebook]

    def evaluation(self, plan: str, audience: str = INTERNAL, as_of: str = "") -> Evaluation:
        """A plan with its figures, as known on a day and seen by an audience. Raises InputError."""
        key = (plan, audience, as_of)
        if key not in self._plans:
            if audience == INTERNAL and not as_of:
                made = evaluate(self._opened(plan))
                made.area()  # a plan whose figures name no area cannot be reviewed
            else:
                made = self.evaluation(plan).as_known_on(as_of).seen_by(audience)
            self._plans[key] = made
        return self._plans[key]

    def _opened(self, plan: str) -> Plan:
        """A plan, after a look at the files that it and its figures are read from. Raises InputError."""
        folder = plan_folder(plan)
        before = {path: stamp_of(path) for path in [*yaml_files(folder), PLANS / AREAS]}
        opened = read_plan(plan)
        before |= {path: stamp_of(path) for path in figure_files(opened, folder)}
        self.read_from[plan] = before
        return opened

    def areas(self, plan: str) -> frozenset[str]:
        """The areas a plan follows or has figures of. Raises InputError."""
        if plan not in self._areas:
            self._areas[plan] = frozenset(self.evaluation(plan).areas)
        return self._areas[plan]

    def about(self, plan: str) -> AreaRows:
        """The hashes of the rows that are about each area, to the byte. Raises InputError, OSError."""
        if plan not in self._about:
            folder, evaluation = plan_folder(plan), self.evaluation(plan)
            files = figures_by_name(figure_files(evaluation.plan, folder), folder)
            self._about[plan] = AreaRows(evaluation.figures, files, self.rows)
        return self._about[plan]

    def made_up(self, plan: str, area: str) -> bool:
        """Whether any figure of an area is made up. Raises InputError."""
        if plan not in self._made_up:
            self._made_up[plan] = made_up_areas(self.evaluation(plan).figures)
        return area in self._made_up[plan]

    def remarks(self, plan: str, given: str = "") -> Mapping[str, Sequence[Remark]]:
        """What the office says of each area, in a file or beside the figures. Raises InputError."""
        if (plan, given) not in self._remarks:
            evaluation = self.evaluation(plan)
            files, found = remark_files(evaluation, given), dict[str, list[Remark]]()
            try:
                for one in read_remarks(files, evaluation.plan, evaluation.areas):
                    found.setdefault(one.area, []).append(one)
                self._remarks[plan, given] = found
            except InputError as error:
                self._remarks[plan, given] = error
        known = self._remarks[plan, given]
        if isinstance(known, InputError):
            raise known
        return known

    def problems(self, notebook: Path, given: Mapping[str, object]) -> list[Problem]:
        """Everything wrong with the parameters given to a notebook."""
        known = {parameter.name: parameter for parameter in self.declared(notebook)}
        found: list[Problem] = []
        for name, value in given.items():
            subject = said("batch.parameter-subject", name=repr(name))
            if name not in known:
                hint = did_you_mean(str(name), known) or said(
                    "batch.notebook-parameters-known", names=", ".join(known)
                )
                message = said("batch.notebook-no-such-parameter", name=notebook.name)
                found.append(Problem(message, subject=subject, hint=hint))
            elif fault := known[name].fault(value):
                found.append(Problem(fault, subject=subject))
        if found:
            return found
        values = {name: parameter.default for name, parameter in known.items()} | dict(given)
        found = self.meanings(values)
        if not found and isinstance(remarks := values.get(REMARKS), str):
            found += _raised(lambda: self.remarks(str(values["plan"]), remarks))
        return found

    def meanings(self, values: Mapping[str, object]) -> list[Problem]:
        """What is wrong with a plan, area, year, date or language, where they are given."""
        found: list[Problem] = []
        lang, as_of = values.get("lang"), values.get("as_of")
        if lang and lang not in LANGUAGES:
            found.append(
                Problem(said("batch.language-unknown", known=one_of(LANGUAGES), found=repr(lang)))
            )
        audience = values.get("audience")
        if audience is not None and audience not in AUDIENCES:
            found.append(Problem(said("disclosure.audience-unknown", found=repr(audience))))
        if as_of is not None:
            found += _raised(lambda: day_of(str(as_of)))
        if values.get("plan") is None:
            return found
        try:
            evaluation = self.evaluation(str(values["plan"]))
        except InputError as error:
            return [*error.problems, *found]
        area, year = values.get("area"), values.get("year")
        if area is not None and area not in self.areas(str(values["plan"])):
            found += _raised(lambda: evaluation.area(str(area)))
        if isinstance(year, int | str):
            found += _raised(lambda: known_period(evaluation.plan, year))
        return found


def _raised(check: Callable[[], object]) -> list[Problem]:
    """The problems a check raises."""
    try:
        check()
    except InputError as error:
        return list(error.problems)
    return []
