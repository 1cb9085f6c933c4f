"""What a notebook may be given: read from its parameters cell, checked before anything runs.

Papermill pastes a parameter's name into the notebook as code and only logs a name it does not
know, so a slip would be run with the default year and nobody would notice. Here nothing reaches it
unchecked: names against the cell, types against its literals, and plan, area, year, date and
language against what there is. All problems are told at once.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from planlib.batch.notebooks.text import NO_NOTEBOOK, text_at, why_unread
from planlib.errors import InputError, Problem, did_you_mean, one_of, said
from planlib.language.languages import LANGUAGES
from planlib.plan.audience import AUDIENCES, INTERNAL
from planlib.report.site.summary import made_up_areas
from planlib.review.desk import Desk, known_area, known_year, open_desk, report_date
from planlib.storage.whole_files import LONGEST_NAME

TAG = "parameters"
Value = str | int | float | bool | None


@dataclass(frozen=True)
class Parameter:
    """One parameter a notebook declares: its default says its type, its comment what it is."""

    name: str
    default: Value
    help: str

    def fault(self, value: object) -> str | None:
        """Why a value is not of the parameter's type, or None.

        >>> Parameter("year", 2013, "").fault("2013")
        "must be a whole number, found '2013'"
        >>> Parameter("year", 2013, "").fault(2014) is None
        True
        """
        kind = type(self.default)
        if type(value) is kind or (kind is float and type(value) is int):
            return None
        if self.default is None and isinstance(value, str | int | float):
            return None
        return f"must be {_KINDS.get(kind, 'text')}, found {value!r}"


_KINDS = {str: "text", int: "a whole number", float: "a number", bool: "True or False"}


def read_parameters(notebook: Path) -> tuple[Parameter, ...]:
    """The parameters a notebook declares; raises InputError where they are not plain literals."""
    # Read as JSON: nbformat takes over a second to import, and only cells and tags are needed.
    file = shown_name(notebook)
    try:
        cells = json.loads(text_at(str(notebook)))["cells"]
        tagged = [
            (at, "".join(cell["source"]))
            for at, cell in enumerate(cells, start=1)
            if cell["cell_type"] == "code" and TAG in cell["metadata"].get("tags", [])
        ]
    except FileNotFoundError:
        raise InputError([Problem(said("batch.notebook-not-found"), file=file)]) from None
    except NO_NOTEBOOK as error:
        message = said("batch.cannot-read-notebook", reason=why_unread(error))
        raise InputError([Problem(message, file=file)]) from None
    if len(tagged) != 1:
        message = said("batch.notebook-needs-tagged-cell", tag=TAG, found=len(tagged))
        raise InputError([Problem(message, file=file)])
    number, source = tagged[0]
    try:
        return _declared(source, file, f"cell {number}")
    except (ValueError, RecursionError, MemoryError, tokenize.TokenError) as error:
        message = said("batch.cell-not-python", reason=why_unread(error))
        raise InputError([Problem(message, file=file, place=f"cell {number}")]) from None


def shown_name(notebook: Path) -> str:
    """The path of a notebook as a problem names it, cut where it is the fault.

    >>> len(shown_name(Path("x" * 5000)))
    201
    """
    name = str(notebook)
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _declared(source: str, file: str, place: str) -> tuple[Parameter, ...]:
    """The assignments of a parameters cell."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        message = said("batch.cell-not-python", reason=error.msg)
        raise InputError([Problem(message, file=file, place=f"{place} line {error.lineno}")]) from (
            None
        )
    comments = _comments(source)
    found: list[Parameter] = []
    problems: list[Problem] = []
    for statement in statements:
        name, value = _assignment(statement)
        where = f"{place} line {statement.lineno}"
        if name is None or value is None:
            message = said("batch.holds-assignments-literals-only")
            problems.append(Problem(message, file=file, place=where))
            continue
        try:
            default = ast.literal_eval(value)
        except (ValueError, TypeError, RecursionError, MemoryError):
            default = ...
        if not isinstance(default, str | int | float | None):
            message = said("batch.parameter-value-not-written-out")
            problems.append(Problem(message, file=file, place=where, subject=f"'{name}'"))
            continue
        found.append(Parameter(name, default, comments.get(statement.end_lineno or 0, "")))
    if problems:
        raise InputError(problems)
    return tuple(found)


def _assignment(statement: ast.stmt) -> tuple[str | None, ast.expr | None]:
    """The name and the value of ``name = value``; None for anything else."""
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id, statement.value
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        return (target.id if isinstance(target, ast.Name) else None), statement.value
    return None, None


def _comments(source: str) -> dict[int, str]:
    """The comments by line, without their sign."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("# ").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


@dataclass
class Checks:
    """Checks parameters; reads each notebook and opens each plan once, however many jobs ask."""

    _declared: dict[Path, tuple[Parameter, ...]] = field(default_factory=dict)
    _plans: dict[tuple[str, str, str], Desk] = field(default_factory=dict)
    _areas: dict[str, frozenset[str]] = field(default_factory=dict)
    _made_up: dict[str, frozenset[str]] = field(default_factory=dict)

    def declared(self, notebook: Path) -> tuple[Parameter, ...]:
        """The parameters of a notebook. Raises InputError."""
        if notebook not in self._declared:
            self._declared[notebook] = read_parameters(notebook)
        return self._declared[notebook]

    def desk(self, plan: str, audience: str = INTERNAL, as_of: str = "") -> Desk:
        """A plan with its figures as of a day, standing in its first area. Raises InputError."""
        key = (plan, audience, as_of)
        if key not in self._plans:
            if audience == INTERNAL and not as_of:
                desk = open_desk(plan)
            else:
                desk = replace(self.desk(plan), audience=audience, as_of=report_date(as_of))
            self._plans[key] = desk
        return self._plans[key]

    def areas(self, plan: str) -> frozenset[str]:
        """The areas a plan follows or has figures of. Raises InputError."""
        if plan not in self._areas:
            desk = self.desk(plan)
            held = map(str, desk.observations.frame["area"].cat.categories)
            self._areas[plan] = frozenset([*desk.plan.header.areas, *held])
        return self._areas[plan]

    def made_up(self, plan: str, area: str) -> bool:
        """Whether any figure of an area is made up. Raises InputError."""
        if plan not in self._made_up:
            self._made_up[plan] = made_up_areas(self.desk(plan).observations)
        return area in self._made_up[plan]

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
        return self.meanings(values)

    def meanings(self, values: Mapping[str, object]) -> list[Problem]:
        """What is wrong with a plan, area, year, date or language, where they are given."""
        found: list[Problem] = []
        lang, as_of = values.get("lang"), values.get("as_of")
        if lang is not None and lang not in LANGUAGES:
            found.append(
                Problem(said("batch.language-unknown", known=one_of(LANGUAGES), found=repr(lang)))
            )
        audience = values.get("audience")
        if audience is not None and audience not in AUDIENCES:
            found.append(Problem(said("disclosure.audience-unknown", found=repr(audience))))
        if as_of is not None:
            found += _raised(lambda: report_date(str(as_of)))
        if values.get("plan") is None:
            return found
        try:
            desk = self.desk(str(values["plan"]))
        except InputError as error:
            return [*error.problems, *found]
        area, year = values.get("area"), values.get("year")
        if area is not None and area not in self.areas(str(values["plan"])):
            found += _raised(lambda: known_area(desk.plan, desk.observations, str(area)))
        if isinstance(year, int):
            found += _raised(lambda: known_year(desk.plan, year))
        return found


def _raised(check: Callable[[], object]) -> list[Problem]:
    """The problems a check raises."""
    try:
        check()
    except InputError as error:
        return list(error.problems)
    return []
