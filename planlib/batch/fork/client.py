"""nbclient's own handling of messages, fed from a notebook's process instead of a kernel.

BatchSettings outputs are appended, updated and cleared, widgets recorded, time-outs counted and errors
raised is left to nbclient and papermill; here only the transport differs.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty
from typing import Any

from jupyter_client.session import Session

from planlib.batch.fork.bounded import BoundedClient
from planlib.batch.fork.private_interfaces import KernelClient, run_hook, run_sync
from planlib.batch.fork.processes import GRACE, Child, Unfit
from planlib.batch.fork.wire import END, IOPUB, SHELL, Unpacker, packed

PIECE = 1 << 18
WIDEST = 4  # bytes of a character
SOON = 0.2  # seconds between a reply and word that nothing runs any more


class WireChannel:
    """One channel as nbclient reads it."""

    def __init__(self, line: NotebookWire) -> None:
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._line = line

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message; raises ``queue.Empty`` where none comes in time."""
        self._line.listen()
        try:
            return await asyncio.wait_for(self.messages.get(), timeout)
        except TimeoutError:
            raise Empty from None

    def send(self, msg: dict[str, Any]) -> None:
        """Send a request."""
        self._line.send(SHELL, msg)


class NotebookWire:
    """This end of a notebook's wire."""

    def __init__(self, child: Child, session: Session) -> None:
        self.child = child
        self._session = session
        self.boxes = {SHELL: WireChannel(self), IOPUB: WireChannel(self)}
        self._unpacker = Unpacker()
        self._outgoing = bytearray()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed = asyncio.Event()
        self.idle = asyncio.Event()
        self._most, self._over = 0, False
        self._beyond: Callable[[], None] = self.deafen

    def limit(self, most: int, beyond: Callable[[], None]) -> None:
        """Call a function when a message of more bytes than this is arriving."""
        self._most, self._beyond = most, beyond

    def send(self, channel: bytes, msg: dict[str, Any]) -> None:
        """Send a message; a process that is gone is noticed by whoever waits for its answer."""
        frames = self._session.serialize(msg)
        self.idle.clear()
        self.write([channel, *frames, *(bytes(part) for part in msg.get("buffers") or [])])

    def write(self, frames: list[bytes]) -> None:
        """Write frames as one message, later what the process is too busy to take now.

        It must never be waited for: it may itself be waiting for us to take its outputs.
        """
        self._outgoing += packed(frames)
        self._give()

    def _give(self) -> None:
        try:
            while self._outgoing:
                del self._outgoing[: self.child.socket.send(self._outgoing, socket.MSG_DONTWAIT)]
        except BlockingIOError:
            self.listen()
            assert self._loop is not None
            self._loop.add_writer(self.child.socket, self._give)
            return
        except OSError:
            self._outgoing.clear()  # it is gone
        if self._loop is not None and self.child.status >= 0:
            self._loop.remove_writer(self.child.socket)

    def listen(self) -> None:
        """Have the running event loop take up what arrives."""
        loop = asyncio.get_running_loop()
        if loop is self._loop or self.child.status < 0:
            return
        self.deafen()
        self._loop = loop
        loop.add_reader(self.child.socket, self._take)
        loop.add_reader(self.child.status, self._look)

    def deafen(self) -> None:
        """Stop listening."""
        if self._loop is not None and not self._loop.is_closed() and self.child.status >= 0:
            self._loop.remove_reader(self.child.socket)
            self._loop.remove_writer(self.child.socket)
            self._loop.remove_reader(self.child.status)
        self._loop = None

    def _take(self) -> bool:
        """Take up what has arrived; whether there was anything."""
        try:
            data = self.child.socket.recv(PIECE, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            if self._loop is not None:
                self._loop.remove_reader(self.child.socket)
            return False
        if self._over:
            return True
        if self._most and self._unpacker.held > self._most:
            self._over = True  # what still comes begins in the middle of a message
            self._unpacker = Unpacker()
            self._beyond()
            return True
        for channel, *frames in self._unpacker.feed(data):
            _, parts = self._session.feed_identities(frames)
            message = self._session.deserialize(parts)
            self.boxes[channel].messages.put_nowait(message)
            if message["content"].get("execution_state") == "idle":
                self.idle.set()
        return True

    def _look(self) -> None:
        self.child.look()
        if self.child.ended:
            if self._loop is not None:
                self._loop.remove_reader(self.child.status)
            self._changed.set()

    async def ended(self) -> None:
        """Wait until the process has ended."""
        self.listen()
        await self._changed.wait()

    async def gone(self) -> None:
        """Wait until the process has ended and all it sent has been handled."""
        await self.ended()
        while self._take():
            pass
        while not all(box.messages.empty() for box in self.boxes.values()):
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.001)


class WireClient(KernelClient):
    """A kernel's client over a line."""

    def __init__(self, child: Child) -> None:
        super().__init__(session=Session(key=child.key.encode()))
        self.allow_stdin = False
        self.line = NotebookWire(child, self.session)

    @property
    def shell_channel(self) -> WireChannel:
        """Requests and their replies."""
        return self.line.boxes[SHELL]

    @property
    def iopub_channel(self) -> WireChannel:
        """Outputs."""
        return self.line.boxes[IOPUB]

    async def is_alive(self) -> bool:
        """Whether the process runs."""
        self.line.child.look()
        return not self.line.child.ended


class Manager:
    """As much of a kernel's manager as nbclient asks for in the middle of a run."""

    def __init__(self, child: Child) -> None:
        self._child = child

    async def interrupt_kernel(self) -> None:
        """Interrupt the process and what it started."""
        self._child.signal(signal.SIGINT)


class ForkClient(BoundedClient):
    """Runs a notebook's cells in a notebook's process."""

    def __init__(self, nb_man: Any, child: Child, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._child = child
        self.km = Manager(child)

    def get_ready(self, timeout: float) -> None:
        """Wait until the process takes requests; raises Unfit where it does not."""
        self.kc = WireClient(self._child)
        self.kc.allow_stdin = False
        if self.most_output:
            self.kc.line.limit(WIDEST * self.most_output, self.end_now)
        run_sync(self._get_ready)(timeout)

    def end_now(self) -> None:
        """End the notebook, whatever it is doing, and take up no more of it."""
        self._child.signal(signal.SIGKILL)
        super().end_now()

    async def _get_ready(self, timeout: float) -> None:
        assert self.kc is not None
        asked = self.kc.kernel_info()
        answer = asyncio.ensure_future(self._answer(asked))
        gone = asyncio.ensure_future(self.kc.line.gone())
        await asyncio.wait({answer, gone}, timeout=timeout, return_when="FIRST_COMPLETED")
        gone.cancel()
        if not answer.done():
            answer.cancel()
            raise Unfit(
                f"the notebook's process ended with code {self._child.code} before it was ready"
                if self._child.ended
                else f"the notebook's process was not ready within {timeout:g} seconds"
            )

    async def _answer(self, asked: str) -> None:
        assert self.kc is not None
        while (await self.kc.shell_channel.get_msg())["parent_header"].get("msg_id") != asked:
            pass

    @contextmanager
    def setup_kernel(self, **_: Any) -> Iterator[None]:
        """The process is there already; end it when all is done."""
        run_sync(run_hook)(self.on_notebook_start, notebook=self.nb)
        try:
            yield
        finally:
            try:
                run_sync(self._shut_down)()
            finally:
                self._child.stop()

    async def _shut_down(self) -> None:
        """End the process by the steps and pauses by which jupyter_client ends a kernel."""
        assert self.kc is not None
        line = self.kc.line
        line.listen()
        try:
            await asyncio.wait_for(line.idle.wait(), SOON)
        except TimeoutError:
            self._child.signal(signal.SIGINT)  # idle, a kernel ignores it
        line.write([END])
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(line.ended(), GRACE)
                break
            self._child.signal(number)
        line.deafen()

    async def _async_poll_kernel_alive(self) -> None:
        """Where nbclient asks every second, here we are told."""
        assert self.kc is not None
        await self.kc.line.gone()
        self.log.error("Kernel died while waiting for execute reply.")
        assert self.task_poll_for_reply is not None
        self.task_poll_for_reply.cancel()
