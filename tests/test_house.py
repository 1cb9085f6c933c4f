"""The rules of the house, each held against the code itself.

A rule that does not hold everywhere yet names who breaks it. Such a list only gets shorter: who no
longer breaks the rule must come off it, and nobody may be added.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from planlib.batch.notebooks.parsing import parsed
from planlib.cli.command_table import FUNCTIONS

ROOT = Path(__file__).parent.parent
PLANLIB = ROOT / "planlib"
MODULE_LINES, FOLDER_FILES, PARAMETERS = 300, 20, 7

# Called by other libraries, which say what they give and how.
CALLED_FROM_OUTSIDE = {
    "planlib.cli.app.tell_version",
}
# Whose parameters are the options of several commands, which take its signature.
OPTIONS_SHARED = {
    "planlib.cli.batches.command.asked",
}
# --- who does not keep a rule yet
LONG_MODULES: set[str] = set()
FULL_FOLDERS: set[str] = set()
MANY_PARAMETERS: set[str] = set()
POSITIONAL_BOOLEANS: set[str] = set()
SHARED_NAMES: set[str] = set()
# --- end

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of planlib by its dotted name."""
    found = {}
    for path in sorted(PLANLIB.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = parsed(path.read_text("utf-8"))
    return found


def at_module_level(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported; what only type checkers read is left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.expr):
            continue  # what runs later, or holds no statement
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield other
                yield from at_module_level(other)
            continue
        if isinstance(child, ast.stmt):
            yield child
        yield from at_module_level(child)


def imported_by(name: str) -> set[str]:
    """The modules of planlib a module imports as it is imported itself, without itself."""
    known = modules()
    package = (
        name
        if (PLANLIB.parent / name.replace(".", "/") / "__init__.py").exists()
        else name.rpartition(".")[0]
    )
    found = set()
    for node in at_module_level(known[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1])
            base = ".".join(filter(None, (above if node.level else "", node.module or "")))
            # ``from package import module`` is an import of the module, any other name of the package.
            found |= {
                inner if (inner := f"{base}.{alias.name}") in known else base
                for alias in node.names
            }
    return (found & known.keys()) - {name}


def circles() -> list[list[str]]:
    """Modules that import one another, in whatever number of steps (Tarjan's components)."""
    place: dict[str, int] = {}
    low: dict[str, int] = {}
    waiting: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        place[name] = low[name] = len(place)
        waiting.append(name)
        for other in sorted(imported_by(name)):
            if other not in place:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in waiting:
                low[name] = min(low[name], place[other])
        if low[name] == place[name]:
            at = waiting.index(name)
            if len(waiting) - at > 1:
                found.append(sorted(waiting[at:]))
            del waiting[at:]

    for name in modules():
        if name not in place:
            visit(name)
    return found


def functions() -> Iterator[tuple[str, Function]]:
    """Every function and method of planlib with its dotted name."""

    def within(name: str, node: ast.AST) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            inner = name
            if isinstance(child, Function | ast.ClassDef):
                inner = f"{name}.{child.name}"
            if isinstance(child, Function):
                yield inner, child
            yield from within(inner, child)

    for name, tree in modules().items():
        yield from within(name, tree)


@cache
def commands() -> set[str]:
    """The commands of the command line, whose parameters are its options."""
    return {f"planlib.cli.{function}" for function in FUNCTIONS.values()} | OPTIONS_SHARED


def parameters(function: Function) -> list[ast.arg]:
    """All parameters of a function but the object or class of a method."""
    every = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [one for one in every if one.arg not in {"self", "cls"}]


def held(broken: set[str], known: set[str]) -> None:
    assert not broken - known, f"breaks the rule: {sorted(broken - known)}"
    assert not known - broken, (
        f"breaks it no longer, take it off the list: {sorted(known - broken)}"
    )


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert not circles()


def test_circles_are_found_at_all() -> None:
    assert "planlib.plan.plan" in imported_by("planlib.plan.reading")
    assert "planlib.errors" in imported_by("planlib.verify.prove")


def test_a_module_is_short() -> None:
    lines = {
        str(path.relative_to(PLANLIB)): path.read_text("utf-8").count("\n")
        for path in PLANLIB.rglob("*.py")
    }
    held({name for name, count in lines.items() if count > MODULE_LINES}, LONG_MODULES)


def test_a_folder_has_few_files() -> None:
    files = Counter(str(path.parent.relative_to(PLANLIB)) for path in PLANLIB.rglob("*.py"))
    held({name for name, count in files.items() if count > FOLDER_FILES}, FULL_FOLDERS)


def test_a_function_takes_few_parameters() -> None:
    """Those of a command are its options, as many as it has."""
    broken = {
        name
        for name, function in functions()
        if len(parameters(function)) > PARAMETERS and name not in commands()
    }
    held(broken, MANY_PARAMETERS)


def test_a_boolean_is_given_by_name() -> None:
    """``open(path, True)`` says nothing; ``open(path, binary=True)`` does."""
    broken = set()
    for name, function in functions():
        given = [one for one in (*function.args.posonlyargs, *function.args.args)
                 if one.arg not in {"self", "cls"}]  # fmt: skip
        booleans = {
            one.arg for one in given if one.annotation and ast.unparse(one.annotation) == "bool"
        }
        if booleans and name not in commands():
            broken.add(name)
    held(broken, CALLED_FROM_OUTSIDE | POSITIONAL_BOOLEANS)


def test_a_class_has_a_name_of_its_own() -> None:
    names = Counter(
        node.name
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    held({name for name, count in names.items() if count > 1}, SHARED_NAMES)


def test_the_floors_of_the_documentation_are_those_that_are_proven() -> None:
    """Top to bottom in pyproject.toml, bottom to top in CONTRIBUTING.md."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = {one["id"]: one for one in told["tool"]["importlinter"]["contracts"]}
    proven = {
        name.strip(): number
        for number, layer in enumerate(reversed(contracts["floors"]["layers"]))
        for name in layer.split("|")
    }
    table = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and "`planlib." in line
    ]
    documented = [
        (cells[0], name.strip("` ").removeprefix("planlib."))
        for cells in table
        if cells[0].isdigit() and cells[1].count("`") >= 2
        for name in cells[1].split(",")
    ]
    assert {name for _, name in documented} <= proven.keys()
    rooms = {name for name in proven if (PLANLIB / name).is_dir()}
    assert rooms <= {name for _, name in documented}
    floors = [proven[name] for _, name in sorted(documented, key=lambda one: int(one[0]))]
    assert floors == sorted(floors)
