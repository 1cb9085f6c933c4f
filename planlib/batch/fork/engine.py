"""The papermill engine ``planlib-fork``: ``papermill --engine planlib-fork in.ipynb out.ipynb``.

On any doubt whether a fork would do what a kernel does, papermill's own engine runs the notebook
and a warning says why.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import ipykernel_launcher
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel

from planlib.batch.fork.bounded import BoundedEngine, client_options
from planlib.batch.fork.client import ForkClient
from planlib.batch.fork.processes import STALE, Child, Launch, Unfit
from planlib.batch.fork.system import NAME, unfit_system
from planlib.batch.fork.templates import surroundings, templates

log = logging.getLogger("planlib.batch.fork")
# Options of papermill's engine that say which process runs the notebook: not ours to follow.
FOREIGN = ("km", "kernel_manager_class", "resources")
TRIES = 2


class ForkEngine(BoundedEngine):
    """Runs notebooks in forks of a warm process."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run the notebook; takes the options of papermill's own engine."""
        try:
            client = _client(nb_man, client_options(kernel_name, **options))
        except Unfit as why:
            log.warning("%s: %s; papermill's own engine runs this notebook", NAME, why)
            return super().execute_managed_notebook(nb_man, kernel_name, **options)
        return client.execute()


def _client(nb_man: Any, options: dict[str, Any]) -> ForkClient:
    """A client whose process takes requests; raises Unfit where there cannot be one."""
    why = unfit(options)
    if why:
        raise Unfit(why)
    spec = kernel_spec(options["kernel_name"])
    probe = ForkClient(nb_man, None, **options)  # type: ignore[arg-type]  # settles its options
    arguments = [*probe.extra_arguments]
    if probe.ipython_hist_file and not any("hist_file" in one for one in arguments):
        arguments.append(f"--HistoryManager.hist_file={probe.ipython_hist_file}")
    timeout = float(options["startup_timeout"])
    for left in reversed(range(TRIES)):
        child = None
        try:
            child = _fork(spec, arguments, timeout)
            client = ForkClient(nb_man, child, **options)
            client.get_ready(timeout)
            return client
        except Unfit as why_not:
            if child is not None:
                child.failed = True
                child.stop()
            if not left or str(why_not) != STALE:
                raise
    raise AssertionError


def _fork(spec: KernelSpec, arguments: list[str], timeout: float) -> Child:
    env = surroundings() | spec.env
    env.pop("PYTHONEXECUTABLE", None)
    connection = Path(tempfile.gettempdir(), f"planlib-fork-{os.getpid()}.json")  # none is written
    argv = [ipykernel_launcher.__file__, "-f", str(connection), *arguments]
    return templates.fork(Launch(argv, env, str(Path.cwd())), timeout)


def kernel_spec(name: str) -> KernelSpec:
    """The kernel of a name; raises Unfit where there is none."""
    try:
        return KernelSpecManager().get_kernel_spec(name)
    except NoSuchKernel:
        raise Unfit(f"there is no kernel {name}") from None


def unfit(options: dict[str, Any]) -> str:
    """Why a fork might differ from the kernel asked for, empty where it does not."""
    system = unfit_system()
    if system:
        return system
    foreign = [name for name in FOREIGN if options.get(name)]
    if foreign:
        return f"the option {foreign[0]} chooses another kernel"
    spec = kernel_spec(options["kernel_name"])
    if spec.language.lower() != "python":
        return f"the kernel {options['kernel_name']} speaks {spec.language}"
    python, *rest = [*spec.argv, ""]
    if python not in {"python", "python3", Path(sys.executable).name, sys.executable} or rest[
        :2
    ] != ["-m", "ipykernel_launcher"]:
        return f"the kernel {options['kernel_name']} is not this Python's"
    if Path("matplotlibrc").exists():
        return "the notebook's folder has a matplotlibrc"
    return ""
