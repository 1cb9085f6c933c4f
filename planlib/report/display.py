"""What a notebook cell shows: blocks, in whatever format is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planlib.report.blocks import Block, Items, Paragraph
from planlib.report.render import html, notebook, text

NO_ITEMS = Items(())


@dataclass(frozen=True, repr=False)
class Blocks:
    """A page, or a part of one, as blocks in order. It shows itself in Jupyter."""

    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, *parts: Block | Blocks | str | None) -> Blocks:
        """Blocks one after another; a text is a paragraph, and nothing is left out.

        >>> str(Blocks.of("One.", None, "", Blocks.of("Two.")))
        'One.\\nTwo.'
        """
        found: list[Block] = []
        for part in parts:
            if isinstance(part, Blocks):
                found += part.blocks
            elif isinstance(part, str):
                found += [Paragraph(part)] if part else []
            elif part is not None and part != NO_ITEMS:
                found.append(part)
        return cls(tuple(found))

    def __add__(self, other: Blocks) -> Blocks:
        return Blocks(self.blocks + other.blocks)

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)

    def __len__(self) -> int:
        return len(self.blocks)

    @property
    def html(self) -> str:
        """The blocks as HTML, to stand where the stylesheet is."""
        return html(self.blocks)

    @property
    def text(self) -> str:
        """The blocks in words."""
        return text(self.blocks)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return notebook(self.blocks)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        kinds = ", ".join(type(block).__name__ for block in self.blocks[:8])
        return f"<Blocks: {kinds}{', …' if len(self) > 8 else ''}>"
