"""The process between the template and a notebook's: it ends whatever the notebook leaves behind.

A process in a session of its own gets away from signals to the notebook's group. When its parent is
gone the system gives it to the nearest ancestor that adopts orphans; that is the reaper, one for
each notebook. Should the reaper itself be killed, the template adopts and ends them.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
GRACE = 2.5  # seconds a process may take to be gone once it is killed


def supervise(template: int, status: int, theirs: Sequence[int]) -> None:
    """Fork the notebook's process: returns there, while the reaper stays here until its end.

    ``status`` is the pipe on which its number and its end are reported, ``theirs`` are the descriptors
    that only the notebook's process shall have.
    """
    reaper = os.getpid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, lambda *_: _leave())
    adopt_orphans()
    die_with(template, signal.SIGTERM)
    notebook = os.fork()
    if notebook == 0:
        os.close(status)
        die_with(reaper, signal.SIGKILL)
        return
    for descriptor in theirs:
        os.close(descriptor)
    report(status, {"pid": notebook})
    while (end := _ended()).si_pid != notebook:
        os.waitpid(end.si_pid, 0)
    # While it is not reaped its number is its own, and so is that of its group.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(notebook, signal.SIGKILL)
    end_below({notebook})
    exited = end.si_code == os.CLD_EXITED
    report(status, {"code": end.si_status if exited else -end.si_status})
    os._exit(0)


def _ended() -> os.waitid_result:
    """A child that ended, which is not reaped; waits for one."""
    end = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    assert end is not None
    return end


def _leave() -> None:
    """The template is gone, or ends: end everything here at once."""
    end_below(())
    os._exit(0)


def adopt_orphans() -> None:
    """Become the parent of every process below whose own parent ends."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with(parent: int, number: signal.Signals) -> None:
    """Get a signal when the parent ends, whatever ends it."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def end_below(spared: Collection[int]) -> None:
    """Kill and reap every process below but these children, which must have ended or be wanted.

    What a child leaves becomes a child of this process, so it ends too. A process that cannot be
    killed, as it belongs to another user, is left after a while.
    """
    until = time.monotonic() + GRACE
    while (found := set(children()) - set(spared)) and time.monotonic() < until:
        for child in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.001)
        for child in found:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, os.WNOHANG)


def children() -> list[int]:
    """The child processes of this process, which has one thread; those not reaped yet too."""
    try:
        return [int(pid) for pid in Path("/proc/thread-self/children").read_text().split()]
    except FileNotFoundError:  # a kernel built without this file
        import psutil  # type: ignore[import-untyped]  # ipykernel's own dependency

        return [child.pid for child in psutil.Process().children()]


def report(pipe: int, fact: dict[str, Any]) -> None:
    """Report something to the caller; nothing happens where nobody listens any more."""
    with contextlib.suppress(OSError):
        os.write(pipe, json.dumps(fact).encode() + b"\n")
