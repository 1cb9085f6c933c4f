"""The caller's side of the template: starting it, asking for notebooks' processes, ending them."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from planlib.batch.fork.template import HEADER

GRACE = 2.5  # seconds, as jupyter_client gives a kernel before each sterner signal
RANDOM = "random"


class Unfit(Exception):  # not an error: papermill's own engine runs the notebook
    """Why a notebook cannot be run in a fork."""


class Child:
    """A notebook's process, as seen from the caller."""

    def __init__(self, end: socket.socket, told: int, key: str) -> None:
        self.socket = end
        self.key = key  # signs the messages
        self.told = told
        self.pid: int | None = None
        self.code: int | None = None
        self.ended = False
        self._lines = b""

    def look(self, timeout: float | None = 0) -> None:
        """Take up what the template tells; waits for it as long as said."""
        while not self.ended:
            ready, _, _ = select.select([self.told], [], [], timeout)
            if not ready:
                return
            piece = os.read(self.told, 1 << 12)
            self._lines += piece
            *lines, self._lines = self._lines.split(b"\n")
            for line in lines:
                self._learn(json.loads(line))
            if not piece:
                self.signal(signal.SIGKILL)  # the template is gone, and so must be its child
                self._learn({"code": -signal.SIGKILL})
            if lines:
                return

    def _learn(self, fact: dict[str, Any]) -> None:
        if "refused" in fact:
            self.ended = True
            raise Unfit(fact["refused"])
        self.pid = fact.get("pid", self.pid)
        if "code" in fact:
            self.code, self.ended = fact["code"], True

    def wait(self, timeout: float) -> bool:
        """Whether it has ended, waiting for it as long as said."""
        until = time.monotonic() + timeout
        while not self.ended and (left := until - time.monotonic()) > 0:
            self.look(left)
        return self.ended

    def stop(self) -> None:
        """End it now, and whatever it started."""
        if not self.ended:
            self.signal(signal.SIGKILL)
            self.wait(GRACE)
        self.close()

    def signal(self, number: int) -> None:
        """Send a signal to it and to what it started."""
        if self.pid is not None and not self.ended:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, number)

    def close(self) -> None:
        """Close this side."""
        self.socket.close()
        if self.told >= 0:
            os.close(self.told)
            self.told = -1


class Template:
    """A template process."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.used = False
        self._ready = False
        self._turn = threading.Lock()
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "planlib.batch.fork.template", str(theirs.fileno())],
                env=env,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the caller, which then ends its children
            )

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def wait_ready(self, timeout: float) -> None:
        """Wait until it is warm; raises Unfit where it is not in time."""
        if self._ready:
            return
        ready, _, _ = select.select([self._control], [], [], timeout)
        if not ready:
            raise Unfit(f"the template process was not ready within {timeout:g} seconds")
        if not self._control.recv(1):
            raise Unfit("the template process ended while it started")
        self._ready = True

    def fork(self, argv: list[str], env: dict[str, str], cwd: str, timeout: float) -> Child:
        """A process for a notebook; raises Unfit where the template cannot give one."""
        self.used = True
        self.wait_ready(timeout)
        key = secrets.token_hex(16)
        body = json.dumps({"argv": argv, "env": env, "cwd": cwd, "key": key}).encode()
        ours, theirs = socket.socketpair()
        told, teller = os.pipe()
        streams = [_copy(number) for number in (1, 2)]
        child = Child(ours, told, key)
        try:
            with self._turn:
                socket.send_fds(
                    self._control, [HEADER.pack(len(body))], [theirs.fileno(), teller, *streams]
                )
                self._control.sendall(body)
        except OSError as error:
            child.close()
            raise Unfit(f"the template process is gone: {error.strerror or error}") from None
        finally:
            theirs.close()
            for number in (teller, *streams):
                os.close(number)
        try:
            child.look(timeout)
        except Unfit:
            child.close()
            raise
        if child.pid is None:
            child.close()
            raise Unfit("the template process does not answer")
        return child

    def stop(self) -> None:
        """End it and every notebook still running in a fork of it."""
        self._control.close()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _copy(number: int) -> int:
    """A copy of a standard stream, of nothing where it is closed."""
    try:
        return os.dup(number)
    except OSError:
        return os.open(os.devnull, os.O_RDWR)


class Templates:
    """The template of this process: one, started again where the environment has changed."""

    def __init__(self) -> None:
        self._current: Template | None = None
        self._owner = 0
        self._turn = threading.Lock()

    def get(self, env: dict[str, str] | None = None) -> Template:
        """A template started in this environment, warm or warming up."""
        env = startup(dict(os.environ) if env is None else env)
        with self._turn:
            if self._owner != os.getpid():  # we are a fork of whoever started it
                self._current, self._owner = None, os.getpid()
                atexit.register(self.stop)
            current = self._current
            # Hash seeds are drawn when an interpreter starts; who asks for random ones gets a
            # new interpreter for each notebook.
            spent = current is not None and current.used and env.get("PYTHONHASHSEED") == RANDOM
            if current is None or spent or current.env != env or not current.alive:
                if current is not None:
                    current.stop()
                self._current = current = Template(env)
            return current

    def stop(self) -> None:
        """End the template."""
        with self._turn:
            if self._current is not None and self._owner == os.getpid():
                self._current.stop()
            self._current = None


def startup(env: dict[str, str]) -> dict[str, str]:
    """An environment without what changes from notebook to notebook and nothing reads at start."""
    return {k: v for k, v in env.items() if not k.startswith(("PYTEST_", "JPY_", "PWD", "OLDPWD"))}


templates = Templates()


def folder_of(cwd: str | None) -> str:
    """Where the cells stand."""
    return str(Path.cwd()) if cwd is None else cwd
