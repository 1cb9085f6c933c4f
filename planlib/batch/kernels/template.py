"""A warm process that kernels are forked from: ``python -m planlib.batch.kernels.template``.

Half of a review's time goes into starting Python and importing the same libraries. Here they are
imported once; each kernel is then a fork that becomes a real ipykernel, with nothing of another
notebook in it. The process answers one line of JSON with another and has a single thread, as a
fork copies no other.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import time
from typing import IO, Any

from planlib.batch.workers.preload import warm_up

LAUNCHER = "ipykernel_launcher"


def main() -> None:
    """Fork kernels until there are no more requests, then end those still running."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    _point(0, os.devnull)
    os.dup2(2, 1)
    began = time.perf_counter()
    made = warm_up()
    children: set[int] = set()
    _answer(answers, {"ready": time.perf_counter() - began})
    for line in requests:
        request = json.loads(line)
        if "poll" in request:
            _answer(answers, {"code": _poll(request["poll"], children)})
            continue
        child = os.fork()
        if child == 0:
            requests.close()
            answers.close()
            _become_kernel(request, made)
            return
        children.add(child)
        _answer(answers, {"pid": child})
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)


def _answer(answers: IO[str], answer: dict[str, Any]) -> None:
    print(json.dumps(answer), file=answers, flush=True)


def _point(descriptor: int, path: str) -> None:
    opened = os.open(path, os.O_RDWR)
    os.dup2(opened, descriptor)
    os.close(opened)


def _poll(child: int, children: set[int]) -> int | None:
    """The exit code of a child as ``Popen`` gives it, None while it runs."""
    if child not in children:
        return 0
    found, status = os.waitpid(child, os.WNOHANG)
    if found == 0:
        return None
    children.discard(child)
    return os.waitstatus_to_exitcode(status)


def _become_kernel(request: dict[str, Any], made: dict[str, str]) -> None:
    """In the child: the surroundings a fresh kernel would have, then the kernel itself."""
    import numpy as np
    from ipykernel.kernelapp import launch_new_instance

    parent = os.getppid()
    os.setsid()
    os.environ.clear()
    os.environ.update(made | request["env"], JPY_PARENT_PID=str(parent))
    os.chdir(request["cwd"])
    np.random.seed()  # noqa: NPY002 - else every notebook would draw the same numbers
    # ipykernel reads whose child it is when it is imported, which here was too early.
    sys.argv = [LAUNCHER, *request["argv"], f"--IPKernelApp.parent_handle={parent}"]
    gc.unfreeze()
    launch_new_instance()


if __name__ == "__main__":
    main()
