"""Whom figures and reports are for."""

from __future__ import annotations

from typing import Final, Literal, get_args

Audience = Literal["public", "internal"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
PUBLIC: Final = "public"  # figures that identify people are withheld
INTERNAL: Final = "internal"
