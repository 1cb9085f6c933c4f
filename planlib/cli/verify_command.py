"""What ``planlib verify`` prints: every difference on a line, then what was checked."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from planlib.cli.terminal import tell
from planlib.errors import shown_path
from planlib.verify.prove import prove


def verify_command(out: Path, plan_dirs: Sequence[Path], observations: Sequence[Path]) -> int:
    """Prove a reports folder; returns the exit code, 1 where anything differs."""
    found = prove(out, plan_dirs, observations, version("planlib"))
    for problem in found.problems:
        tell(problem)
    for note in found.notes:
        tell(f"note: {note}")
    reviews = "1 review" if found.reviews == 1 else f"{found.reviews} reviews"
    tell(
        f"{shown_path(str(out))}: {reviews}, {found.verdicts} verdicts recomputed, "
        f"{found.files} hashes of files checked, "
        f"{found.shown} figures and verdicts compared as they are shown."
    )
    if found.problems:
        differences = "1 difference" if len(found.problems) == 1 else (
            f"{len(found.problems)} differences"
        )  # fmt: skip
        tell(f"Not proven: {differences}.")
        return 1
    tell(f"Proven. Seal: {found.seal}")
    return 0
