"""pyproject.toml, requirements.lock and environment.yml say the same thing."""

import re
import tomllib
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

import planlib

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"

# How conda-forge spells a name where it differs from PyPI's normal form.
CONDA_NAMES = {
    "jupyter_server": "jupyter-server",
    "ruamel.yaml": "ruamel-yaml",
    "ruamel.yaml.clib": "ruamel-yaml-clib",
}


@cache
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def requirements(lines: list[str]) -> dict[str, Requirement]:
    parsed = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): one for one in parsed}


@cache
def runtime() -> dict[str, Requirement]:
    return requirements(project()["project"]["dependencies"])


@cache
def everything() -> dict[str, Requirement]:
    extras = project()["project"]["optional-dependencies"].values()
    groups = project()["dependency-groups"].values()
    lines = [line for several in (*extras, *groups) for line in several if isinstance(line, str)]
    return runtime() | requirements(lines)


@cache
def pins() -> dict[str, list[tuple[Version, Marker | None, list[str]]]]:
    """The lock by name: each pin's version, the machines it is for, and its hashes."""
    text = LOCK.read_text("utf-8").replace("\\\n", " ")
    found: dict[str, list[tuple[Version, Marker | None, list[str]]]] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        hashes = re.findall(r"--hash=(\S+)", line)
        pin = Requirement(line.partition("--hash=")[0].strip())
        (specifier,) = pin.specifier
        assert specifier.operator == "==", f"not pinned: {line[:80]}"
        name = canonicalize_name(pin.name)
        found.setdefault(name, []).append((Version(specifier.version), pin.marker, hashes))
    return found


def section(name: str) -> set[str]:
    """The names that a section of the lock pins."""
    text = LOCK.read_text("utf-8").partition(f"# ---- {name}\n")[2].partition("\n# ---- ")[0]
    return {canonicalize_name(pin) for pin in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)}


def conda() -> tuple[dict[str, str], list[str]]:
    """environment.yml: name to floor, as written, and what pip adds."""
    document = YAML(typ="safe").load(ROOT / "environment.yml")
    named: dict[str, str] = {}
    by_pip: list[str] = []
    for entry in document["dependencies"]:
        if isinstance(entry, dict):
            by_pip = entry["pip"]
            continue
        match = re.fullmatch(r"([A-Za-z0-9._-]+)(>=[0-9.]+)?", entry)
        assert match, f"not a name with a floor: {entry}"
        named[match[1]] = match[2] or ""
    return named, by_pip


def test_every_dependency_is_a_floor_and_not_a_pin():
    for name, requirement in everything().items():
        operators = [one.operator for one in requirement.specifier]
        assert operators == [">="], f"{name}: {requirement.specifier}"


@pytest.mark.parametrize("name", sorted(everything()))
def test_the_lock_satisfies_the_floor_of(name):
    assert name in pins(), "not in requirements.lock; run: make lock"
    for version, _, _ in pins()[name]:
        assert everything()[name].specifier.contains(version), f"{version}; run: make lock"


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lock_names_each_dependency_once_for_python(python):
    machine = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "os_name": "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for name in everything():
        fitting = {v for v, marker, _ in pins()[name] if not marker or marker.evaluate(machine)}
        assert len(fitting) == 1, f"{name}: {fitting}"


def test_every_pin_of_the_lock_carries_hashes():
    bare = [
        f"{name}=={version}"
        for name, versions in pins().items()
        for version, _, hashes in versions
        if not hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)
    ]
    assert bare == []


def test_the_lock_holds_no_address_and_no_path():
    text = LOCK.read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"--(index-url|extra-index-url|find-links|trusted-host)", text)
    assert not re.search(r"(^|\s)(-i|-f|-e)\s", text, re.MULTILINE)
    assert not re.search(r"\s(/|file:|\./)\S", text)


def test_the_lock_pins_the_installer_that_reads_it():
    assert "uv" in pins()
    assert re.search(r"^uv==\S+ \\$", LOCK.read_text("utf-8"), re.MULTILINE), (
        "the Makefile takes uv's block out of the lock by its first word"
    )


def test_environment_yml_lists_what_runs_planlib_nbval_and_voila_with_the_same_floors():
    named, _ = conda()
    floors = {
        CONDA_NAMES.get(name, name): floor
        for name, floor in named.items()
        if name not in ("python", "pip")
    }
    wanted = runtime() | {name: everything()[name] for name in ("nbval", "voila")}
    assert floors == {name: str(one.specifier) for name, one in wanted.items()}


def test_environment_yml_asks_for_the_same_python_and_leaves_planlib_to_pip():
    named, by_pip = conda()
    assert named["python"] == project()["project"]["requires-python"]
    assert "pip" in named
    assert by_pip == ["-e ."]


def test_the_package_states_the_version_it_is_released_under():
    assert planlib.__version__ == project()["project"]["version"]


# What somebody gets who reviews, opens JupyterLab or installs the wheel.
# ---------------------------------------------------------------------


def got_by_users() -> list[Distribution]:
    """The installed distributions that the lock's first section pins, and planlib."""
    names = section("planlib") | {"planlib"}
    return [one for one in distributions() if canonicalize_name(one.metadata["Name"]) in names]


def test_users_get_no_test_bench_or_rival_package():
    strangers = {"pytest", "coverage", "nbval", "hypothesis", "playwright", "moto", "mypy", "ruff"}
    strangers |= {"ploomber-engine", "ploomber-extension", "posthog", "undata"}
    strangers |= {"scikit-learn", "statsmodels"}
    strangers |= {"voila"}
    assert section("planlib") & strangers == set()
    assert "voila" in section("app")
    assert {"pytest", "nbval", "hypothesis"} <= section("test")
    assert {"ploomber-engine", "posthog", "undata"} <= section("bench")
    groups = {name for key in ("app", "test", "bench") for name in section(key)}
    assert set(runtime()) <= section("planlib") and set(runtime()) & groups == set()


def test_the_environment_of_the_tests_holds_no_rival():
    installed = {canonicalize_name(one.metadata["Name"]) for one in distributions()}
    assert installed & (section("bench") - section("test") - section("planlib")) == set()
    assert section("app") <= installed


@pytest.mark.parametrize(
    ("group", "known"),
    [
        ("pytest11", {"anyio", "platformdirs"}),
        ("papermill.engine", {"planlib-fork"}),
        ("papermill.io", set()),
        ("papermill.translators", set()),
        ("jupyter_client.kernel_provisioners", {"local-provisioner", "planlib-warm"}),
        ("jupyter_client.kernelspecs", set()),
        ("jupyterlab.extension_manager_v1", {"pypi", "readonly"}),
        ("nbconvert.preprocessors", set()),
    ],
)
def test_users_get_no_stranger_among_the_entry_points_of(group, known):
    found = {
        entry.name for one in got_by_users() for entry in one.entry_points if entry.group == group
    }
    assert found == known


def test_users_get_no_stranger_among_the_extensions_of_jupyterlab():
    paths = [file.as_posix() for one in got_by_users() for file in one.files or []]
    lab = {
        match[1]
        for path in paths
        if (
            match := re.search(
                r"share/jupyter/labextensions/((?:@[^/]+/)?[^/]+)/package\.json", path
            )
        )
    }
    assert lab == {"@jupyter-widgets/jupyterlab-manager", "jupyterlab_pygments"}
    server = {Path(path).stem for path in paths if "/jupyter_server_config.d/" in path}
    jupyter = {"jupyter-lsp-jupyter-server", "jupyter_server_terminals", "jupyterlab"}
    assert server == jupyter | {"notebook_shim"}
