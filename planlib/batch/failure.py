"""Why a notebook stopped, in one block a person can read."""

from __future__ import annotations

from dataclasses import dataclass

EXCERPT = 8  # lines of a failing cell that are shown


@dataclass(frozen=True)
class Failure:
    """Why a notebook stopped: the cell (from 1, None outside the cells), its source, the error."""

    cell: int | None
    source: str
    error: str
    at: str = ""

    def block(self) -> str:
        """The failure as a few lines a person can read."""
        lines = [f"cell {self.cell}: {self.error}" if self.cell else self.error]
        source = self.source.strip().splitlines()
        lines += [f"    | {line}" for line in source[:EXCERPT]]
        lines += ["    | …"] if len(source) > EXCERPT else []
        lines += [f"    at {self.at}"] if self.at else []
        return "\n".join(lines)
