"""The caller's side of the template: starting it, asking for notebooks' processes, ending them."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from planlib.batch.fork.wire import HEADER, LATER, WARM_SECONDS, readable

GRACE = 2.5  # seconds, as jupyter_client gives a kernel before each sterner signal
STALE = "stale"


class Unfit(Exception):  # not an error: papermill's own engine runs the notebook
    """Why a notebook cannot be run in a fork."""


class Refused(Unfit):
    """A template says that a fork of it would not do for this notebook; it may for others."""


@dataclass(frozen=True)
class Launch:
    """A process that is asked for: its command line, environment and folder.

    With ``sockets`` it becomes a kernel that any client can connect to, by the connection file
    that ``argv`` names; without, one that speaks over the wire of this package.
    """

    argv: Sequence[str]
    env: dict[str, str]
    cwd: str
    sockets: bool = False


class Child:
    """A notebook's process, as seen from the caller.

    ``closed`` is called when this side is closed; ``failed`` then says that a template which
    starts such processes should start no more.
    """

    def __init__(self, end: socket.socket, status: int, key: str) -> None:
        self.closed: Callable[[], None] | None = None
        self.failed = False
        self.socket = end
        self.key = key  # signs the messages
        self.status = status
        self.pid: int | None = None
        self.code: int | None = None
        self.ended = False
        self._lines = b""

    def look(self, timeout: float | None = 0) -> None:
        """Take up what its reaper reports; waits for it as long as said."""
        while not self.ended:
            if not readable(self.status, seconds=timeout):
                return
            piece = os.read(self.status, 1 << 12)
            self._lines += piece
            *lines, self._lines = self._lines.split(b"\n")
            for line in lines:
                self._learn(json.loads(line))
            if not piece:
                self.signal(signal.SIGKILL)  # its reaper is gone, and so must it be
                self._learn({"code": -signal.SIGKILL})
            if lines:
                return

    def _learn(self, fact: dict[str, Any]) -> None:
        if "refused" in fact:
            self.ended = True
            raise Refused(fact["refused"])
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
        if self.status >= 0:
            os.close(self.status)
            self.status = -1
            if self.closed is not None:
                self.closed()


class Template:
    """A template process.

    Threads may share it: one waits until it is warm, the others for that one. ``users`` counts the
    notebooks that run on it; what is ``retired`` gets no more of them. ``modules`` are imported
    before the first, ``later`` after it; ``warm_seconds`` is how long that took, once it is known.
    """

    def __init__(
        self, env: dict[str, str], modules: Sequence[str] = (), later: Sequence[str] = ()
    ) -> None:
        self.env, self.modules = env, tuple(modules)
        self.warm_seconds = 0.0
        self.users = 0
        self.used = self.retired = False
        self._turn = threading.Lock()
        command = [sys.executable, "-m", "planlib.batch.fork.template"]
        try:
            self._control, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(
                    [*command, str(theirs.fileno()), *self.modules, LATER, *later],
                    env=env,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the caller, which then ends its children
                )
        except OSError as error:
            raise Unfit(f"the template process cannot be started: {error.strerror}") from None

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def fork(self, launch: Launch, timeout: float) -> Child:
        """A process for a notebook; raises Unfit where the template cannot give one in time."""
        until = time.monotonic() + timeout
        key = secrets.token_hex(16)
        body = json.dumps({**asdict(launch), "key": key}).encode()
        with contextlib.ExitStack() as failing:
            try:
                child, theirs = _ends(key, failing)
                try:
                    with self._warm(timeout):
                        self._control.settimeout(max(0.001, until - time.monotonic()))
                        socket.send_fds(self._control, [HEADER.pack(len(body))], theirs)
                        self._control.sendall(body)
                finally:
                    for number in theirs:
                        os.close(number)
            except OSError as error:
                raise Unfit(f"no process for the notebook: {error.strerror or error}") from None
            child.look(max(0.0, until - time.monotonic()))
            if child.pid is None:
                raise Unfit("the template process does not answer")
            failing.pop_all()
        return child

    def wait_warm(self, timeout: float) -> None:
        """Wait until it is warm; raises Unfit where it is not in time."""
        with self._warm(timeout):
            pass

    @contextlib.contextmanager
    def _warm(self, timeout: float) -> Iterator[None]:
        """The template once it is warm, for one thread at a time. Raises Unfit or OSError."""
        until = time.monotonic() + timeout
        late = f"the template process was not ready within {timeout:g} seconds"
        if not self._turn.acquire(timeout=timeout):
            raise Unfit(late)
        try:
            if not self.warm_seconds:
                left = max(0.001, until - time.monotonic())
                if not readable(self._control.fileno(), seconds=left):
                    raise Unfit(late)
                seconds = self._control.recv(WARM_SECONDS.size)
                if len(seconds) < WARM_SECONDS.size:
                    raise Unfit("the template process ended while it started")
                (self.warm_seconds,) = WARM_SECONDS.unpack(seconds)
            yield
        finally:
            self._turn.release()

    def stop(self) -> None:
        """End it and every notebook still running in a fork of it."""
        self._control.close()
        try:
            self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _ends(key: str, failing: contextlib.ExitStack) -> tuple[Child, list[int]]:
    """Our side of a notebook's process, and the descriptors of the other side. Raises OSError."""
    ours, theirs = socket.socketpair()
    failing.callback(ours.close)
    given = [theirs.detach()]
    try:
        status, reporter = os.pipe()
        given.append(reporter)
        child = Child(ours, status, key)
        failing.callback(child.close)
        for number in (1, 2):
            given.append(_copy(number))  # noqa: PERF401 - known even where the next fails
    except OSError:
        for number in given:
            os.close(number)
        raise
    return child, given


def _copy(number: int) -> int:
    """A copy of a standard stream, of nothing where it is closed."""
    try:
        return os.dup(number)
    except OSError as error:
        if error.errno != errno.EBADF:
            raise
        return os.open(os.devnull, os.O_RDWR)
