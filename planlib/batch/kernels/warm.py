"""Kernels forked from a warm process, for papermill and everything else built on jupyter_client.

For nbval (see ``nbval_warm``) and the like, where the system can fork; wherever anything is out of
the ordinary a kernel is started as always. ``tests/batch`` runs the same notebooks both ways.
"""

from __future__ import annotations

import signal
import subprocess
import time
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo

from planlib.batch.fork.preload import REVIEWS
from planlib.batch.fork.private_interfaces import KernelProvisionerFactory, LocalProvisioner
from planlib.batch.fork.processes import Child, Launch, Unfit
from planlib.batch.fork.system import unfit_system
from planlib.batch.fork.templates import surroundings, templates

NAME = "planlib-warm"
LAUNCHER = "ipykernel_launcher"
START = 120.0  # seconds a template may take to be warm


@dataclass
class Times:
    """Seconds it took to warm a template up, and from asking for each kernel to its process."""

    warming: float = 0.0
    forks: list[float] = field(default_factory=list)


times = Times()


class ForkedKernel:
    """A forked kernel, as much of a ``Popen`` as a provisioner needs."""

    stdin = stdout = stderr = None

    def __init__(self, child: Child) -> None:
        self._child = child
        self.pid = child.pid

    def poll(self) -> int | None:
        """The exit code, None while it runs; a kernel whose template is gone has ended with it."""
        self._child.look()
        return self._child.code

    def wait(self) -> int | None:
        """The exit code; called once the kernel has ended."""
        self._child.close()
        return self._child.code

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel."""
        self._child.signal(signal.Signals(number))

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Launches ipykernel as a fork of a template, any other kernel as always."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel."""
        if LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        env, cwd = kwargs.get("env") or surroundings(), kwargs.get("cwd") or str(Path.cwd())
        launch = Launch(cmd[cmd.index(LAUNCHER) :], env, cwd, sockets=True)
        try:
            template = templates.get(env)
            template.wait_warm(START)
            asked = time.perf_counter()
            child = templates.fork(launch, START)
        except (Unfit, OSError):
            return await super().launch_kernel(cmd, **kwargs)
        times.warming = template.warm_seconds
        times.forks.append(time.perf_counter() - asked)
        assert child.pid is not None
        self.process = cast("subprocess.Popen[Any]", ForkedKernel(child))
        self.pid = self.pgid = child.pid
        return self.connection_info


def use_warm_kernels() -> bool:
    """Make kernels of this process forks of a template, where the system can fork safely."""
    if unfit_system():
        return False
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[NAME] = EntryPoint(
        NAME, f"{__name__}:WarmProvisioner", KernelProvisionerFactory.GROUP_NAME
    )
    factory.default_provisioner_name = NAME
    templates.preload(*REVIEWS)
    templates.get()  # it warms up while this process goes on
    return True
