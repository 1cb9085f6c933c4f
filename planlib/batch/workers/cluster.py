"""Jobs on an existing Dask cluster: the same tasks, carried out by the same worker processes.

A Dask worker runs tasks in threads of one process, which nanny processes may forbid to have
children of its own kind. So each of its threads keeps a ``planlib.batch.workers.worker`` as any run does,
and hands it the task; nothing of a notebook runs inside the Dask worker itself, and any engine
works there. A worker that dies takes its ``planlib.batch.workers.worker`` and kernels with it, and the
scheduler gives its jobs to another.

Whoever is on the cluster is trusted (see the README beside this file): Dask's messages are pickles.

Where the reports go to an address every machine can reach, the worker that ran a notebook writes
it; where they go to a folder of this machine, the files come back and are written here. Either way
each file is written once, and the manifest is kept here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import queue
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Self, TypeVar, cast

from planlib.batch.jobs.planning import Planned
from planlib.batch.jobs.versions import versions
from planlib.batch.notebooks.text import text_at
from planlib.batch.workers.dask_tasks import carry_out, held, release
from planlib.batch.workers.payload import pack
from planlib.batch.workers.pool import TaskEnded, TaskEvent, TaskStarted
from planlib.batch.workers.tasks import AnyTask, Task, TaskResult, failed, unreadable
from planlib.errors import InputError, Problem, one_line, said, without_secrets
from planlib.storage.store import LocalStore

CONNECT = 10.0  # seconds in which a scheduler must answer
CHECK = 120.0  # seconds in which its workers must say what they have; some import it first
Given = TypeVar("Given")
AHEAD = 2  # jobs sent for each thread of the cluster, so that none waits for the next


class Cluster:
    """Runs tasks on the workers of a Dask scheduler."""

    def __init__(self, address: str, planned: Planned, *, retries: int = 0) -> None:
        """Connect; raises InputError where that fails, or where the workers differ from here."""
        self._address, self._retries = address, retries
        self._return_files = not planned.store.shared or isinstance(planned.store, LocalStore)
        self._run = uuid.uuid4().hex
        self._payload = pack(planned.jobs, planned.checks)
        self._client = self._connected()
        try:
            self._check()
        except BaseException:
            with contextlib.suppress(Exception):
                in_time(self._client.close, CONNECT)
            raise

    def _connected(self) -> Any:
        try:
            from distributed import Client
        except ImportError:
            hint = "pip install 'planlib[cluster]'"
            raise self._refused(said("batch.cluster-needs-library-not"), hint) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            greeted(self._address)
            return in_time(
                lambda: Client(self._address, timeout=f"{CONNECT:g}s", set_as_default=False),
                2 * CONNECT,
            )
        except ValueError as error:
            hint = said("storage.example-hint", known="tcp://10.0.0.1:8786")
            raise self._refused(
                said("batch.no-address-scheduler", reason=self._words(error)), hint
            ) from (None)
        except Exception as error:  # whatever a library of connections raises
            raise self._refused(
                said("batch.no-scheduler-answers", reason=self._words(error))
            ) from None

    def _refused(self, message: str, hint: str | None = None) -> InputError:
        return InputError(
            [
                Problem(
                    message, subject=said("batch.cluster-subject", address=self._address), hint=hint
                )
            ]
        )

    def _words(self, error: BaseException) -> str:
        text = without_secrets(str(error).strip().split("\n")[0], self._address)
        return one_line(text)[:200] or type(error).__name__

    def _check(self) -> None:
        """Refuse workers whose Python, planlib or libraries are others than here."""
        try:
            found: dict[str, Any] = in_time(
                lambda: self._client.run(versions, on_error="return"), CHECK
            )
        except Exception as error:
            raise self._refused(
                said("batch.workers-not-answer", reason=self._words(error))
            ) from None
        if not found:
            raise self._refused(
                said("batch.cluster-no-workers"),
                said("batch.start-workers", command="dask worker ADDRESS"),
            )
        problems = []
        for worker, theirs in found.items():
            if isinstance(theirs, BaseException):
                message = said("batch.worker-cannot-load-planlib",
                               reason=one_line(str(theirs))[:200])  # fmt: skip
            elif other := difference(theirs):
                message = said("batch.worker-libraries-differ", difference=other)
            else:
                continue
            hint = said("batch.install-same-planlib-libraries")
            subject = said("batch.worker-subject", worker=worker)
            problems.append(Problem(message, subject=subject, hint=hint))
        if problems:
            raise InputError(problems)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._client.run(release, self._run, on_error="ignore")
        except Exception:  # a scheduler that is gone has nothing left to release
            logging.getLogger(__name__).debug("nothing to release", exc_info=True)
        finally:
            self._client.close()

    def run(self, tasks: Sequence[AnyTask]) -> Iterator[TaskEvent]:
        """Carry out tasks, telling what happens as it happens, in no fixed order."""
        from distributed import as_completed

        running = as_completed(loop=self._client.loop)
        sent: dict[str, tuple[int, int]] = {}
        payload = self._client.submit(held, self._payload)
        texts: dict[str, Any] = {}
        mine = versions()
        date = os.environ.get("SOURCE_DATE_EPOCH", "")

        def send(number: int, attempt: int) -> TaskResult | None:
            """Send a task; the result at once where its notebook is gone."""
            task = replace(tasks[number], return_files=self._return_files)
            notebook = task.notebook if isinstance(task, Task) else ""
            if notebook not in texts:
                try:
                    text = text_at(notebook) if notebook else ""
                except (OSError, ValueError) as error:
                    return unreadable(error)
                texts[notebook] = self._client.submit(held, text)
            future = self._client.submit(
                carry_out, task, texts[notebook], payload, self._run, mine, date, pure=False
            )
            sent[future.key] = (number, attempt)
            running.add(future)
            return None

        waiting = iter(range(len(tasks)))

        def begin() -> Iterator[TaskEvent]:
            """Send the next job that can be sent."""
            for number in waiting:
                yield TaskStarted(number)
                gone = send(number, 1)
                if gone is None:
                    return
                yield TaskEnded(number, gone)

        for _ in range(self._threads() * AHEAD):
            yield from begin()
        for future in running:
            number, attempt = sent.pop(future.key)
            result = self._result(future)
            if result is None or (result.failure is not None and attempt <= self._retries):
                send(number, attempt + (result is not None))
                continue
            yield TaskEnded(number, replace(result, attempts=attempt))
            yield from begin()

    def _threads(self) -> int:
        return max(1, int(sum(self._client.nthreads().values())))

    def _result(self, future: Any) -> TaskResult | None:
        """The result of a task; None where the cluster lost it and it must be sent again."""
        from distributed import KilledWorker

        if future.status == "finished":
            result: TaskResult = future.result()
            return result
        if self._client.status != "running":
            raise self._refused(
                said("batch.scheduler-gone"), said("batch.start-scheduler-and-run-again")
            )
        if future.status == "cancelled":
            return None
        error = future.exception()
        words = one_line(f"{type(error).__name__}: {error}")[:300]
        if isinstance(error, KilledWorker):
            words = "the workers it was given to died one after another (out of memory?)"
        return failed(words)


def in_time(what: Callable[[], Given], seconds: float) -> Given:
    """What a call gives; raises what it raises, and TimeoutError where it does neither in time."""
    came: queue.SimpleQueue[tuple[Given | None, BaseException | None]] = queue.SimpleQueue()

    def call() -> None:
        try:
            came.put((what(), None))
        except BaseException as error:
            came.put((None, error))

    threading.Thread(target=call, daemon=True).start()
    try:
        given, error = came.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"nothing came within {seconds:g} seconds") from None
    if error is not None:
        raise error
    return cast("Given", given)


def greeted(address: str) -> None:
    """Make sure that a scheduler speaks at an address: Dask's own client may wait for ever.

    Raises ValueError for what is no address, anything else where none speaks there.
    """
    from distributed.comm.addressing import get_address_host_port, normalize_address
    from distributed.comm.core import connect
    from distributed.security import Security

    full = normalize_address(address)
    _, port = get_address_host_port(full, strict=True)
    if not 0 < port < 65536:
        raise ValueError(f"there is no port {port}")

    async def greet() -> None:
        options = Security().get_connection_args("client")
        connection = await connect(full, timeout=CONNECT, **options)
        await connection.close()

    in_time(lambda: asyncio.run(greet()), 2 * CONNECT)


def difference(theirs: dict[str, str]) -> str:
    """Where versions differ from those here, in words; empty where they do not.

    >>> difference(versions() | {"pandas": "0.1"}).startswith("pandas 0.1 there,")
    True
    """
    mine = versions()
    found = [
        f"{name} {theirs.get(name, 'none')} there, {mine[name]} here"
        for name in mine
        if theirs.get(name) != mine[name]
    ]
    return "; ".join(found)
