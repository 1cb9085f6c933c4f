"""How many examples hypothesis tries: a quarter of them in `make test`, all in `make fuzz`."""

from __future__ import annotations

import os

from hypothesis import settings

# Whether all of what costs much is to be tried: ``make conformance``.
ALL = os.environ.get("PLANLIB_PROBES") == "all"
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def examples(most: int) -> settings:
    """Try so many examples, or a quarter of them where the profile is not the long one."""
    return settings(max_examples=most if LONG else max(most // 4, 5))
