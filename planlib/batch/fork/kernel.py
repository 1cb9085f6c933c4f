"""ipykernel's application and kernel in this process, spoken to over a wire instead of zmq.

The kernel object, its shell, display hook, publisher, comms and streams are ipykernel's own, so
what a notebook sees and shows is what it would see and show there. Left out are the sockets, the
heartbeat and the debugger's port.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import sys
import threading
from functools import partial
from typing import Any

import zmq
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait

from planlib.batch.fork.capture import PubThread
from planlib.batch.fork.channel import Channel
from planlib.batch.fork.private_interfaces import IPKernelApp as KernelApp
from planlib.batch.fork.private_interfaces import IPythonKernel, Kernel, _async_in_context
from planlib.batch.fork.wire import END, IOPUB, SHELL


class Shell:
    """The kernel's shell channel: replies go out here, and nothing queues behind an error."""

    def __init__(self, channel: Channel) -> None:
        self.parent_thread = threading.current_thread()
        self.manager = self
        self.io_loop = IOLoop.current()
        self.kernel: Any = None
        self._channel = channel

    def get_subshell_to_shell_channel_socket(self, subshell: str | None) -> Channel:
        """Where replies are sent."""
        return self._channel

    def get_shell_channel_to_subshell_socket(self, subshell: str | None) -> Shell:
        """Where the kernel announces that aborting after an error is over."""
        return self

    def send(self, message: bytes, *, copy: bool = True) -> None:
        """Aborting is over: the client asks for the next cell only after the last reply."""
        self.kernel._aborting = False

    def is_alive(self) -> bool:
        """It is no thread, so there is none to stop at the end."""
        return False


class IPKernelApp(KernelApp):
    """The kernel application without its sockets."""

    wire = AnyTrait()
    secret = AnyTrait()

    def init_connection_file(self) -> None:
        """There is none."""

    def write_connection_file(self, **_: Any) -> None:
        """There is none."""

    def cleanup_connection_file(self) -> None:
        """There is none."""

    def init_poller(self) -> None:
        """The template looks after its children."""

    def init_heartbeat(self) -> None:
        """The template says when a child has ended."""

    def log_connection_info(self) -> None:
        """Nobody can connect."""

    def init_sockets(self) -> None:
        """One wire for all channels."""
        self.session = Session(parent=self, key=self.secret)
        self.configure_tornado_logger()  # type: ignore[no-untyped-call]
        self.iopub_thread = PubThread(Channel(self.wire, IOPUB), self.session)
        self.iopub_thread.start()  # type: ignore[no-untyped-call]
        self.iopub_socket = self.iopub_thread.background_socket

    def init_kernel(self) -> None:
        """Create the kernel."""
        shell = Shell(Channel(self.wire, SHELL))
        self.kernel = shell.kernel = IPythonKernel.instance(
            parent=self,
            session=self.session,
            shell_channel_thread=shell,
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count

    def start(self) -> None:
        """Answer requests until asked to end."""
        self.kernel.shell.exit_now = False
        Kernel.start(self.kernel)  # IPythonKernel's would start the debugger
        loop = self.kernel.io_loop.asyncio_loop
        run = _async_in_context(partial(self.kernel.shell_main, None))
        running: set[asyncio.Future[None]] = set()  # the loop itself holds tasks weakly

        def take() -> None:
            try:
                for channel, *frames in self.wire.receive():
                    if channel == END:
                        loop.create_task(self._end())
                        continue
                    task = loop.create_task(run([zmq.Frame(frame) for frame in frames]))
                    running.add(task)
                    task.add_done_callback(running.discard)
            except (EOFError, OSError):
                loop.stop()

        loop.add_reader(self.wire.socket, take)
        self.kernel.io_loop.start()

    async def _end(self) -> None:
        """End as a kernel does that is shut down: its child processes first."""
        ended = self.kernel.do_shutdown(restart=False)
        if inspect.isawaitable(ended):  # a kernel may do it either way
            await ended
        if has_children():
            await self.kernel._progressively_terminate_all_children()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.kernel.io_loop.stop()


def has_children() -> bool:
    """Whether this process has any child process."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True
