"""Why a notebook stopped, in one block a person can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planlib.errors import without_secrets

EXCERPT = 8  # lines of a failing cell that are shown


@dataclass(frozen=True)
class NotebookFailure:
    """Why a notebook stopped: the cell (from 1, None outside the cells), its source, the error."""

    cell: int | None
    source: str
    error: str
    at: str = ""

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> NotebookFailure:
        """A failure as a worker sent it, without what its addresses keep secret."""
        fields: dict[str, Any] = {
            key: without_secrets(v) if isinstance(v, str) else v for key, v in message.items()
        }
        return cls(**fields)

    def block(self) -> str:
        """The failure as a few lines a person can read."""
        lines = [f"cell {self.cell}: {self.error}" if self.cell else self.error]
        source = self.source.strip().splitlines()
        lines += [f"    | {line}" for line in source[:EXCERPT]]
        lines += ["    | …"] if len(source) > EXCERPT else []
        lines += [f"    at {self.at}"] if self.at else []
        return "\n".join(lines)
