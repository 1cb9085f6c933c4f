"""What holds for every test: hypothesis judges results, not how busy the machine is."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("planlib", deadline=None)
settings.load_profile("planlib")
