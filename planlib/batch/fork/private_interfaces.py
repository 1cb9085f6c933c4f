"""Every interface of other libraries that the engine uses though they promise nothing for it.

It replaces parts of ipykernel, jupyter_client, nbclient and papermill, and their next versions may
name them otherwise. So each is listed here and imported from here, and ``missing`` names those that
are gone: that is what a test asks for before anything odd happens in a notebook.

A name is imported when it is first asked for: the caller needs no ipykernel, a template no papermill.
"""

from __future__ import annotations

import importlib
import inspect
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from atexit import _run_exitfuncs as _run_exitfuncs
    from threading import _shutdown as _shutdown  # type: ignore[attr-defined]

    from ipykernel.iostream import BackgroundSocket as BackgroundSocket
    from ipykernel.iostream import IOPubThread as IOPubThread
    from ipykernel.iostream import OutStream as OutStream
    from ipykernel.ipkernel import IPythonKernel as IPythonKernel
    from ipykernel.kernelapp import IPKernelApp as IPKernelApp
    from ipykernel.kernelbase import Kernel as Kernel
    from ipykernel.thread import make_selector_io_loop as make_selector_io_loop
    from ipykernel.utils import _async_in_context as _async_in_context
    from jupyter_client.client import KernelClient as KernelClient
    from jupyter_client.provisioning.factory import (
        KernelProvisionerFactory as KernelProvisionerFactory,
    )
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner as LocalProvisioner
    from nbclient.util import run_hook as run_hook
    from nbclient.util import run_sync as run_sync
    from papermill.clientwrap import PapermillNotebookClient as PapermillNotebookClient
    from papermill.engines import NBClientEngine as NBClientEngine
    from papermill.log import logger as logger
    from papermill.utils import merge_kwargs as merge_kwargs
    from papermill.utils import remove_args as remove_args

# By name: the module, and the members that are called, set or replaced.
USED: dict[str, tuple[str, tuple[str, ...]]] = {
    "_run_exitfuncs": ("atexit", ()),
    "_shutdown": ("threading", ()),
    "BackgroundSocket": ("ipykernel.iostream", ()),
    "IOPubThread": (
        "ipykernel.iostream",
        (
            "socket", "session", "thread", "io_loop", "background_socket", "start", "schedule",
            "_thread_main", "_stopped", "_master_pid", "_pipe_flag", "_event_pipes",
            "_event_pipe_gc_task",
        ),
    ),
    "OutStream": (
        "ipykernel.iostream",
        (
            "write", "flush", "_watch_pipe_fd", "_should_watch", "_fid", "_exc",
            "_original_stdstream_copy", "_is_master_process",
        ),
    ),
    "IPKernelApp": (
        "ipykernel.kernelapp",
        (
            "start", "init_connection_file", "write_connection_file", "cleanup_connection_file",
            "init_poller", "init_heartbeat", "log_connection_info", "init_sockets", "init_kernel",
            "configure_tornado_logger", "outstream_class", "parent_handle", "session",
            "iopub_thread", "iopub_socket", "displayhook", "kernel", "profile_dir", "user_ns",
            "launch_instance",
        ),
    ),
    "IPythonKernel": (
        "ipykernel.ipkernel",
        (
            "shell_main", "shell_channel_thread", "iopub_thread", "iopub_socket", "io_loop", "shell",
            "execution_count", "do_shutdown", "_aborting", "_progressively_terminate_all_children",
        ),
    ),
    "Kernel": ("ipykernel.kernelbase", ("start",)),
    "SubshellManager": (
        "ipykernel.subshell_manager",
        ("get_subshell_to_shell_channel_socket", "get_shell_channel_to_subshell_socket"),
    ),
    "make_selector_io_loop": ("ipykernel.thread", ()),
    "_async_in_context": ("ipykernel.utils", ()),
    "KernelClient": (
        "jupyter_client.client",
        ("session", "allow_stdin", "kernel_info", "shell_channel", "iopub_channel"),
    ),
    "KernelProvisionerFactory": (
        "jupyter_client.provisioning.factory",
        ("provisioners", "default_provisioner_name", "GROUP_NAME"),
    ),
    "LocalProvisioner": (
        "jupyter_client.provisioning.local_provisioner",
        ("launch_kernel", "connection_info", "process", "pid", "pgid"),
    ),
    "run_hook": ("nbclient.util", ()),
    "run_sync": ("nbclient.util", ()),
    "PapermillNotebookClient": (
        "papermill.clientwrap",
        (
            "execute", "process_message", "setup_kernel", "km", "kc", "nb", "on_notebook_start",
            "extra_arguments", "ipython_hist_file", "shutdown_kernel", "task_poll_for_reply",
            "_async_poll_kernel_alive",
        ),
    ),
    "NBClientEngine": ("papermill.engines", ("execute_managed_notebook",)),
    "logger": ("papermill.log", ()),
    "merge_kwargs": ("papermill.utils", ()),
    "remove_args": ("papermill.utils", ()),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in USED:
        raise AttributeError(name)
    return getattr(importlib.import_module(USED[name][0]), name)


def missing() -> list[str]:
    """What the libraries that are installed do not have any more, by its whole name."""
    found = []
    for name, (module, members) in USED.items():
        owner = getattr(importlib.import_module(module), name, None)
        if owner is None:
            found.append(f"{module}.{name}")
        else:
            found += [f"{module}.{name}.{one}" for one in members if not _has(owner, one)]
    return found


def _has(owner: Any, member: str) -> bool:
    """Whether a class has a member, or its code gives its instances one."""
    if hasattr(owner, member):
        return True
    sources = (inspect.getsource(base) for base in owner.__mro__ if _in_python(base))
    return any(re.search(rf"\bself\.{member}\b", source) for source in sources)


def _in_python(base: type) -> bool:
    """Whether the code of a class can be read: it has a file, and is no class written in C."""
    return base.__module__ != "io" and hasattr(inspect.getmodule(base), "__file__")
