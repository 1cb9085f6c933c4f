"""A pytest plugin for notebooks: ``pytest --nbval -p planlib.batch.nbval_warm notebooks``.

nbval starts a kernel for every notebook. Most of that time goes into starting Python and importing
the same libraries; here they are imported once in each pytest process, and every kernel, a real
one, is a fork of it. Where the system cannot fork, kernels start as always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Fork the kernels of this pytest process, unless xdist's workers run the tests."""
    if config.getoption("numprocesses", None) and not hasattr(config, "workerinput"):
        return
    from planlib.batch import warm

    if warm.use_warm_kernels():
        config.add_cleanup(warm.template.stop)
