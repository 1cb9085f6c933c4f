"""The commands as somebody types them, run in this process; a few tests start a real one instead."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path

from planlib.cli import main

PROCESS = [sys.executable, "-W", "error", "-c", "from planlib.cli import main; main()"]


def planlib(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """What a command says and how it ends; whatever it raises but an end is raised here too."""
    said, wrong = io.StringIO(), io.StringIO()
    before, sys.argv = sys.argv, ["planlib", *arguments]
    try:
        with (
            contextlib.chdir(folder or "."),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(wrong),
        ):
            main()
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.argv = before
    return subprocess.CompletedProcess(list(arguments), code, said.getvalue(), wrong.getvalue())


def process(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own."""
    command = [*PROCESS, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
