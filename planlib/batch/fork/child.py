"""A notebook's process: the surroundings of a fresh kernel, then the kernel, then a tidy end."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import time
from typing import Any

from planlib.batch.fork.channel import Wire
from planlib.batch.fork.kernel import IPKernelApp
from planlib.batch.fork.private_interfaces import IPKernelApp as KernelApp
from planlib.batch.fork.private_interfaces import _run_exitfuncs, _shutdown


def run(request: dict[str, Any], end: socket.socket, out: int, err: int) -> None:
    """Become a kernel, in a fork of the template; never returns."""
    code = 1
    try:
        surround(request, out, err)
        if request["sockets"]:
            end.close()
            launch_kernel(request["argv"])
        else:
            _app(request, end).start()
        code = 0
    except SystemExit as asked:
        code = asked.code if isinstance(asked.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc(file=sys.__stderr__)
    finally:
        with contextlib.suppress(Exception):
            _finish()
        os._exit(code)


def surround(request: dict[str, Any], out: int, err: int) -> None:
    """What a kernel started by jupyter_client finds: session, streams, environment, folder."""
    import numpy as np

    os.setsid()
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    closed, writer = os.pipe()
    os.close(writer)  # a kernel's standard input is a pipe that has ended
    for here, there in ((closed, 0), (out, 1), (err, 2)):
        os.dup2(here, there)
        os.close(here)
    os.environ.clear()
    os.environ.update(request["env"], JPY_PARENT_PID=str(os.getppid()))
    time.tzset()
    os.chdir(request["cwd"])
    sys.argv = list(request["argv"])
    np.random.seed()  # noqa: NPY002 - else every notebook would draw the same numbers


def launch_kernel(argv: list[str]) -> None:
    """ipykernel's own application, sockets and all, until it is shut down."""
    gc.unfreeze()
    # ipykernel reads whose child it is when it is imported, which here was too early.
    KernelApp.launch_instance([*argv[1:], f"--IPKernelApp.parent_handle={os.getppid()}"])


def _app(request: dict[str, Any], end: socket.socket) -> IPKernelApp:
    app: IPKernelApp = IPKernelApp.instance(
        wire=Wire(end),
        secret=request["key"].encode(),
        outstream_class="planlib.batch.fork.capture.OutStream",
    )
    app.initialize(request["argv"][1:])  # type: ignore[no-untyped-call]
    return app


def _finish() -> None:
    """What the end of an interpreter does that a notebook can notice, without its slow rest."""
    _shutdown()  # waits for threads that are no daemons
    _run_exitfuncs()
    main = sys.modules.get("__main__")
    if main is not None:
        vars(main).clear()  # files still open are written out
    gc.collect()
