"""A JupyterLab or a Voilà of its own for tests, and the page it shows in Chromium."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, Response

ROOT = Path(__file__).parent.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))),
    None,
)
LIMIT = 60_000


def copied(folder: Path) -> Path:
    """The notebook to explore, and the settings of its app, in a folder of their own."""
    for name in ("explore.ipynb", "voila.json"):
        shutil.copy(ROOT / "notebooks" / name, folder)
    return folder


@contextlib.contextmanager
def served(folder: Path, *command: str) -> Iterator[str]:
    """A server of a folder, until it is no longer needed: its address, with the token."""
    log = folder / "server.log"
    home = folder / "home"  # nobody's own settings count
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    own = {name: str(home / name.lower()) for name in names}
    kept = {k: v for k, v in os.environ.items() if k != "JPY_SESSION_NAME"}
    with log.open("w") as told:
        server = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=folder, env=kept | own, stdout=told,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        until = time.monotonic() + LIMIT / 1000
        found = None
        while found is None and time.monotonic() < until and server.poll() is None:
            time.sleep(0.2)
            found = re.search(r"http://127\.0\.0\.1:\d+/\S*\?token=\w+", log.read_text())
        assert found, log.read_text()[-2000:]
        yield found[0]
    finally:
        server.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def lab(folder: Path) -> contextlib.AbstractContextManager[str]:
    """JupyterLab on a folder."""
    root = ["--allow-root"] if os.geteuid() == 0 else []
    options = ["--no-browser", "--ip=127.0.0.1", "--port=0", "--ServerApp.port_retries=0", *root]
    return served(folder, "jupyterlab", *options, "--expose-app-in-browser")


def app(folder: Path) -> contextlib.AbstractContextManager[str]:
    """The notebook to explore as an app, as ``make app`` opens it."""
    return served(folder, "voila", "--no-browser", f"--port={free_port()}", "explore.ipynb")


def free_port() -> int:
    """A port that nobody listens on."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def opened(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page of a server, and what it got from any other machine."""
    context = browser.new_context(viewport={"width": 1400, "height": 1200})
    context.set_default_timeout(LIMIT)
    page = context.new_page()
    elsewhere: list[str] = []

    def told(answer: Response) -> None:
        if not answer.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            elsewhere.append(answer.url)

    page.on("response", told)
    page.goto(address)
    yield page, elsewhere
    context.close()
