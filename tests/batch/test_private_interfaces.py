"""What the engine uses of other libraries without their promise is listed, and still there."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from planlib.batch.fork import bounded, capture, client, kernel, private_interfaces
from planlib.batch.fork.system import unfit_system
from planlib.batch.kernels import warm
from planlib.batch.notebooks.parsing import parsed

pytestmark = pytest.mark.skipif(unfit_system() != "", reason="forks nothing")
LIBRARIES = ("ipykernel", "jupyter_client", "nbclient", "papermill")
# Each class that stands in for one of theirs, and the one it is derived from.
DERIVED = (
    (capture.PubThread, "IOPubThread"),
    (capture.OutStream, "OutStream"),
    (kernel.IPKernelApp, "IPKernelApp"),
    (client.WireClient, "KernelClient"),
    (client.ForkClient, "PapermillNotebookClient"),
    (bounded.BoundedClient, "PapermillNotebookClient"),
    (bounded.BoundedEngine, "NBClientEngine"),
    (warm.WarmProvisioner, "LocalProvisioner"),
)


def modules() -> list[Path]:
    fork = Path(private_interfaces.__file__).parent
    own = [path for path in fork.glob("*.py") if path.name != "private_interfaces.py"]
    return [*own, Path(warm.__file__)]


def test_every_interface_the_engine_uses_is_still_there() -> None:
    assert private_interfaces.missing() == []


def test_what_is_gone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = {
        "OutStream": ("ipykernel.iostream", ("write", "_gone_tomorrow")),
        "FormerStream": ("ipykernel.iostream", ()),
    }
    monkeypatch.setattr(private_interfaces, "USED", gone)
    assert private_interfaces.missing() == [
        "ipykernel.iostream.OutStream._gone_tomorrow",
        "ipykernel.iostream.FormerStream",
    ]


def test_the_engine_imports_them_from_the_list_only() -> None:
    for path in modules():
        for node in ast.walk(parsed(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in LIBRARIES:
                taken = {alias.name for alias in node.names}
                assert not taken & private_interfaces.USED.keys(), (path.name, taken)
                assert not any(name.startswith("_") for name in taken), (path.name, taken)


def test_no_private_member_of_another_object_is_used_unlisted() -> None:
    listed = {name for _, members in private_interfaces.USED.values() for name in members}
    for path in modules():
        for node in ast.walk(parsed(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
                own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
                dunder = node.attr.startswith("__")
                assert own or dunder or node.attr in listed or node.attr == "_exit", (
                    path.name, node.attr,
                )  # fmt: skip


@pytest.mark.parametrize(("derived", "name"), DERIVED)
def test_what_a_class_replaces_of_another_is_listed(derived: type, name: str) -> None:
    base = getattr(private_interfaces, name)
    assert issubclass(derived, base)
    written = [m for m, v in vars(derived).items() if inspect.isroutine(v) or type(v) is property]
    replaced = {m for m in written if hasattr(base, m) and not m.startswith("__")}
    assert replaced - {*private_interfaces.USED[name][1]} == set()
