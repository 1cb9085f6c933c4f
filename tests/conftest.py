"""What holds for every test: how hypothesis judges, and which tests share a process of xdist."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("planlib", deadline=None)
settings.load_profile("planlib")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of a file stay together, as they share what is costly to make.

    Those marked ``apart`` share nothing and take long: whichever process is free takes them.
    """
    for item in items:
        if "apart" not in item.keywords:
            item.add_marker(pytest.mark.xdist_group(item.path.name))
