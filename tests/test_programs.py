"""What stands among the tests and is started by its name finds what it imports, without pytest's paths."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from planlib.batch.notebooks.parsing import parsed

TESTS = Path(__file__).parent
SHARED = {path.stem for path in TESTS.glob("*.py")}  # found where a program says so, or pytest
SAYS_SO = "sys.path.insert(0, str("


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name.partition(".")[0]) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module.partition(".")[0]


def needs_shared(name: str, folder: Path, seen: set[str]) -> bool:
    """Whether a module needs one of those beside this file, itself or by way of its neighbours."""
    path = folder / f"{name}.py"
    if name in SHARED or name in seen or not path.exists():
        return name in SHARED
    seen.add(name)
    names = [one for _, one in imported(parsed(path.read_text("utf-8")))]
    return any(needs_shared(one, folder, seen) for one in names)


def lost(path: Path) -> list[str]:
    """What a program imports before it has said where that is."""
    text = path.read_text("utf-8")
    lines = text.split("\n")
    says = next((at for at, line in enumerate(lines, 1) if line.startswith(SAYS_SO)), len(lines))
    return [
        name
        for line, name in imported(parsed(text))
        if line < says and needs_shared(name, path.parent, set())
    ]


def test_every_program_of_the_tests_finds_what_it_imports() -> None:
    programs = [
        path
        for path in sorted(TESTS.rglob("*.py"))
        if '\nif __name__ == "__main__"' in path.read_text("utf-8")
    ]
    assert {TESTS / "batch/soak.py", TESTS / "browser/looks.py"} <= set(programs)
    assert {str(path): lost(path) for path in programs if lost(path)} == {}
