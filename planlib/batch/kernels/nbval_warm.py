"""A pytest plugin for notebooks: ``pytest --nbval -p planlib.batch.kernels.nbval_warm notebooks``.

nbval starts a kernel for every notebook. Most of that time goes into starting Python and importing
the same libraries; here they are imported once in each pytest process, and every kernel, a real
one, is a fork of it. Where the system cannot fork, kernels start as always. The last line of the
run says what was forked from what, and how long that took.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import pytest

from planlib.report.site import notebook_format  # noqa: F401 - two seconds sooner than nbval would

KEY = "planlib_warm"


@dataclass
class ForkTally:
    """What the pytest processes of a run had from their templates."""

    warming: list[float] = field(default_factory=list)  # a number for each process
    forks: list[float] = field(default_factory=list)  # a number for each kernel

    def add(self, counts: dict[str, Any]) -> None:
        """Add what one process had."""
        if counts["forks"]:
            self.warming.append(counts["warming"])
            self.forks += counts["forks"]

    def text(self) -> str:
        """What it came to, in a line; empty without kernels.

        Nothing is said of time saved: how long the run would have taken without is not known.

        >>> ForkTally([3.0, 3.0], [0.5] * 6).text()
        'planlib: 6 kernels forked (0.5 s each) from 2 warm processes (3.0 s each)'
        """
        if not self.forks:
            return ""
        import_time = sum(self.warming) / len(self.warming)
        fork_time = sum(self.forks) / len(self.forks)
        return (
            f"planlib: {len(self.forks)} kernels forked ({fork_time:.1f} s each) from "
            f"{len(self.warming)} warm processes ({import_time:.1f} s each)"
        )


class Plugin:
    """Uses warm kernels in this process, and adds up what they came to."""

    def __init__(self) -> None:
        self.tally = ForkTally()

    def counts(self) -> dict[str, Any]:
        """What this process had from its template."""
        from planlib.batch.kernels import warm

        return asdict(warm.times)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A worker of xdist hands its numbers to the process that prints."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[KEY] = self.counts()

    @pytest.hookimpl(optionalhook=True)  # xdist asks for it, where it is there
    def pytest_testnodedown(self, node: Any) -> None:
        """Take up a worker's numbers."""
        counts = getattr(node, "workeroutput", {}).get(KEY)
        if counts:
            self.tally.add(counts)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what it came to."""
        self.tally.add(self.counts())
        if self.tally.text():
            terminalreporter.write_line(self.tally.text())


def pytest_configure(config: pytest.Config) -> None:
    """Fork the kernels of this pytest process, unless xdist's workers run the tests."""
    plugin = Plugin()
    config.pluginmanager.register(plugin, "planlib-warm-tally")
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        return
    from planlib.batch.fork.templates import templates
    from planlib.batch.kernels import warm

    if warm.use_warm_kernels():
        config.add_cleanup(templates.stop)
