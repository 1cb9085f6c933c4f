"""How many examples hypothesis tries: an eighth of them in `make test`, all in `make fuzz`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")

# Whether all of what costs much is to be tried: ``make conformance``.
ALL = os.environ.get("PLANLIB_PROBES") == "all"
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def examples(most: int) -> settings:
    """Try so many examples, or an eighth of them where the profile is not the long one."""
    return settings(max_examples=most if LONG else max(most // 8, 5))


# What only multiplies what another test in `make test` tries too stands in a longer run alone.
in_conformance = pytest.mark.skipif(not ALL, reason="make conformance")


def turns(cases: Iterable[T], every: int, *, whole: bool = LONG) -> list[T]:
    """All cases in the long profile (or with ``whole=ALL``); else each so-many-th, so that kinds take turns."""
    return [*cases][:: 1 if whole else every]
