"""Kernels forked from a warm template, for papermill and everything else built on jupyter_client.

For nbval (see ``nbval_warm``) and the like, where the system can fork; wherever anything is out of
the ordinary a kernel is started as always. ``tests/batch`` runs the same notebooks both ways.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from planlib.batch.kernels.template import LAUNCHER

NAME = "planlib-warm"


class Template:
    """The template process, started when first asked for."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._ready = False
        self.warming = 0.0  # seconds it took to import everything, once it is known
        self.forks: list[float] = []  # seconds from asking for each kernel to its process

    def start(self) -> None:
        """Start the process without waiting for it to be warm."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "planlib.batch.kernels.template"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def wait_ready(self) -> None:
        """Wait until it is warm; raises OSError or ValueError where it is gone."""
        if self._process is None:
            self.start()
        assert self._process is not None and self._process.stdout is not None
        if not self._ready:
            self.warming = float(json.loads(self._process.stdout.readline())["ready"])
            self._ready = True

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request; raises OSError or ValueError where the template is gone."""
        self.wait_ready()
        process = self._process
        assert process is not None and process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        return answer

    def stop(self) -> None:
        """End the template and every kernel still running."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait()


class Forked:
    """A forked kernel, as much of a ``Popen`` as a provisioner needs."""

    stdin = stdout = stderr = None

    def __init__(self, template: Template, pid: int) -> None:
        self._template = template
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, None while it runs; a kernel whose template is gone has ended with it."""
        if self.returncode is None:
            try:
                self.returncode = self._template.ask({"poll": self.pid})["code"]
            except (OSError, ValueError):
                self.returncode = -signal.SIGKILL
        return self.returncode

    def wait(self) -> int | None:
        """The exit code; called once the kernel has ended."""
        return self.poll()

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


template = Template()


class WarmProvisioner(LocalProvisioner):
    """Launches ipykernel as a fork of the template, any other kernel as always."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch a kernel."""
        if LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **kwargs)
        request = {
            "argv": cmd[cmd.index(LAUNCHER) + 1 :],
            "env": kwargs.get("env") or dict(os.environ),
            "cwd": kwargs.get("cwd") or str(Path.cwd()),
        }
        try:
            template.wait_ready()
            asked = time.perf_counter()
            pid = int(template.ask(request)["pid"])
        except (OSError, ValueError, KeyError):
            return await super().launch_kernel(cmd, **kwargs)
        template.forks.append(time.perf_counter() - asked)
        self.process = cast("subprocess.Popen[Any]", Forked(template, pid))
        self.pid = self.pgid = pid
        return self.connection_info


def use_warm_kernels() -> bool:
    """Make kernels of this process forks of a template, where the system can fork safely."""
    if not sys.platform.startswith("linux"):
        return False  # macOS forbids much after a fork, Windows has none
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[NAME] = EntryPoint(
        NAME, f"{__name__}:WarmProvisioner", KernelProvisionerFactory.GROUP_NAME
    )
    factory.default_provisioner_name = NAME
    template.start()
    return True
