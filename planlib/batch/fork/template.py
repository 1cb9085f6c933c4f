"""The warm process that notebooks are forked from: ``python -m planlib.batch.fork.template FD MODULE… -- MODULE…``.

It imports what a kernel is made of, and the first modules named, then waits; the last come once the
first notebook has ended. Each request comes with the ends of a notebook's wire,
of the pipe its fate is told on, and of its standard streams. There is a single thread, as a fork
copies no other. It ends, and every notebook with it, when whoever asked is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from planlib.batch.fork.preload import import_next, warm_up
from planlib.batch.fork.reaper import adopt_orphans, end_below, report, supervise
from planlib.batch.fork.wire import HEADER, LATER, WARM_SECONDS, readable

LOOK = 2.0  # seconds between two looks at whether the parent is still there
IDLE = 0.1  # seconds without a request, after the first notebook, before more is imported
GRACE = 5.0  # seconds in which the reapers end what is left, once the template ends
SERVING = (
    "ipykernel.debugger",
    "planlib.batch.fork.child",
    "psutil",
)  # psutil ends child processes
Begun = tuple[dict[str, Any], socket.socket, int, int]  # what a notebook's process needs


class TemplateServer:
    """Forks notebooks, each below a reaper that tells how it ended."""

    def __init__(
        self, control: socket.socket, import_env: dict[str, str], later: list[str]
    ) -> None:
        self._control = control
        self._import_env = import_env
        self._parent = os.getppid()
        self._reapers: set[int] = set()
        self._sources = sources()
        self._later, self._used = later, False

    def run(self) -> Begun | None:
        """Serve until the parent is gone; in a fork, return what the notebook's process needs."""
        control = self._control.fileno()
        woken, waker = os.pipe()
        for end in (woken, waker):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        adopt_orphans()
        while os.getppid() == self._parent:
            # Whoever imports looks after nobody: not while a notebook runs.
            idle = self._used and self._later and not self._reapers
            ready = readable(control, woken, seconds=IDLE if idle else LOOK)
            if idle and not ready:
                import_next(self._later)
                self._sources = sources() | self._sources
            if woken in ready:
                os.read(woken, 1 << 12)
            self._reap()
            if control in ready:
                try:
                    request, fds = self._receive()
                except (EOFError, OSError):
                    break
                self._used = True
                begun = self._fork(request, fds)
                if begun is not None:
                    signal.set_wakeup_fd(-1)
                    for end in (woken, waker):
                        os.close(end)
                    return begun
        self._end()
        return None

    def _receive(self) -> tuple[dict[str, Any], list[int]]:
        head, fds, _, _ = socket.recv_fds(self._control, HEADER.size, 4)
        if len(head) < HEADER.size:
            raise EOFError
        for fd in fds:
            os.set_inheritable(fd, False)
        (left,) = HEADER.unpack(head)
        body = bytearray()
        while len(body) < left:
            piece = self._control.recv(left - len(body))
            if not piece:
                raise EOFError
            body += piece
        return json.loads(body), fds

    def _fork(self, request: dict[str, Any], fds: list[int]) -> Begun | None:
        wire, status, out, err = fds
        refusal = self._refusal(request["cwd"])
        if refusal:
            report(status, {"refused": refusal})
        else:
            request["env"] = self._import_env | request["env"]
            template = os.getpid()
            reaper = os.fork()
            if reaper == 0:
                self._control.close()
                supervise(template, status, (wire, out, err))
                return request, socket.socket(fileno=wire), out, err
            self._reapers.add(reaper)
        for fd in fds:
            os.close(fd)
        return None

    def _refusal(self, folder: str) -> str:
        """Why a fork of this process would not see what a new one sees, empty where it would."""
        if any(changed(path, then) for path, then in self._sources.items()):
            return "stale"
        for path in Path(folder).iterdir():
            name = path.name.partition(".")[0] if path.suffix in {".py", ".so", ".pyc"} else ""
            if not name and (path / "__init__.py").is_file():
                name = path.name
            module = sys.modules.get(name) if name else None
            if module is not None and not _same(module, path):
                return f"{path.name} in the notebook's folder goes before the module {name}"
        return ""

    def _reap(self) -> None:
        """Take leave of reapers that ended, and end what was left of those that were killed."""
        for reaper in list(self._reapers):
            if os.waitpid(reaper, os.WNOHANG)[0]:
                self._reapers.discard(reaper)
        end_below(self._reapers)

    def _end(self) -> None:
        """End every notebook, and what each of them left."""
        signal.set_wakeup_fd(-1)
        for reaper in self._reapers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(reaper, signal.SIGTERM)
        until = time.monotonic() + GRACE
        while self._reapers and time.monotonic() < until:
            self._reap()
            time.sleep(0.005)
        end_below(())


def _same(module: Any, path: Path) -> bool:
    file = getattr(module, "__file__", None)
    found = path / "__init__.py" if path.is_dir() else path
    return file is not None and Path(file).resolve() == found.resolve()


def sources() -> dict[str, int]:
    """The files of imported modules that may change while this runs, with their times."""
    found = {}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and "site-packages" not in file and not file.startswith(sys.base_prefix):
            with contextlib.suppress(OSError):
                found[file] = Path(file).stat().st_mtime_ns
    return found


def changed(path: str, then: int) -> bool:
    """Whether a file is not what it was."""
    try:
        return Path(path).stat().st_mtime_ns != then
    except OSError:
        return True


def main() -> Begun | None:
    """Warm up, say so, fork; in a fork, return what the notebook's process needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(control.fileno(), False)
    began = time.perf_counter()
    at = sys.argv.index(LATER)
    server = TemplateServer(control, warm_up(SERVING, sys.argv[2:at]), sys.argv[at + 1 :])
    control.sendall(WARM_SECONDS.pack(time.perf_counter() - began))
    return server.run()


if __name__ == "__main__":
    begun = main()
    if begun is not None:
        from planlib.batch.fork import child

        # From here, so that cells stand as deep in the stack as they do in a kernel.
        child.run(*begun)
