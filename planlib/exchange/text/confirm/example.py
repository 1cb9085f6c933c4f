"""A small district plan to try the reading of texts on. It is illustrative: no such place exists."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

FOLDER = files("planlib.exchange.text.confirm").joinpath("example")


def example_text(lang: str) -> Path:
    """The file of the example in a language, in English where it has none."""
    file = Path(str(FOLDER)) / f"district-plan.{lang}.txt"
    return file if file.is_file() else Path(str(FOLDER)) / "district-plan.en.txt"
