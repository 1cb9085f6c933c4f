"""Bounds what the outputs of a notebook may come to: a page of more no browser opens.

Papermill keeps every output in memory, whatever it comes to. Here a notebook that goes too far is
ended at once, and what it had shown by then is kept.
"""

from __future__ import annotations

import json
from typing import Any

from nbclient.exceptions import DeadKernelError
from traitlets import Int

from planlib.batch.fork.private_interfaces import (
    NBClientEngine,
    PapermillNotebookClient,
    logger,
    merge_kwargs,
    remove_args,
)

MOST = 50_000_000  # characters of all outputs of a notebook together


class TooMuchOutput(Exception):
    """A notebook was ended as its outputs came to too much."""


class BoundedClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types
    """Papermill's client; ends a notebook whose outputs come to more than ``most_output`` (0: none)."""

    most_output = Int(0, help="Characters that all outputs may come to together.")
    _shown = 0
    too_much = False

    def execute(self, **kwargs: Any) -> Any:
        """Run the cells; raises TooMuchOutput besides what papermill raises."""
        try:
            done = super().execute(**kwargs)
        except DeadKernelError:
            if not self.too_much:
                raise
        if self.too_much:
            raise TooMuchOutput
        return done

    def process_message(self, msg: dict[str, Any], *where: Any, **more: Any) -> Any:
        """Take up an output, unless it is one too many."""
        self._shown += size_of(msg["content"])
        if self.most_output and self._shown > self.most_output and not self.too_much:
            # Some was cleared or replaced since: count what is really there.
            outputs = [out for cell in self.nb.cells for out in cell.get("outputs", [])]
            self._shown = sum(map(size_of, outputs)) + size_of(msg["content"])
            if self._shown > self.most_output:
                self.end_now()
        return None if self.too_much else super().process_message(msg, *where, **more)

    def end_now(self) -> None:
        """End the notebook, whatever it is doing."""
        self.too_much = True
        self.shutdown_kernel = "immediate"
        if self.task_poll_for_reply is not None:
            self.task_poll_for_reply.cancel()


def size_of(output: Any) -> int:
    """The characters of an output, or of the content of a message.

    >>> (
    ...     size_of({"name": "stdout", "text": "abc"}),
    ...     size_of({"data": {"text/plain": "ab", "x": [1]}}),
    ... )
    (3, 5)
    """
    data = output.get("data") or {}
    texts = [output.get("text") or "", *(output.get("traceback") or []), *data.values()]
    return sum(len(one) if isinstance(one, str) else len(json.dumps(one)) for one in texts)


class BoundedEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """Papermill's own engine with a client that minds the size of outputs."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run the notebook; takes the options of papermill's own engine, and ``most_output``."""
        return BoundedClient(nb_man, **client_options(kernel_name, **options)).execute()


def client_options(
    kernel_name: str,
    *,
    log_output: bool = False,
    stdout_file: Any = None,
    stderr_file: Any = None,
    start_timeout: float = 60,
    execution_timeout: float | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The options of papermill's engine as its client takes them."""
    options: dict[str, Any] = merge_kwargs(
        remove_args(["input_path", "timeout", "startup_timeout"], **more),
        timeout=execution_timeout if execution_timeout else more.get("timeout"),
        startup_timeout=start_timeout,
        kernel_name=kernel_name,
        log=logger,
        log_output=log_output,
        stdout_file=stdout_file,
        stderr_file=stderr_file,
    )
    return options
