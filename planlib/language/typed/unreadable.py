"""What is said of a text that cannot be read as a figure or its unit."""

from __future__ import annotations

from planlib.errors import Said


class Unreadable(ValueError):
    """A text that is no number or date, or more than one; ``fault`` and ``hint`` say what and how.

    ``in_doubt`` says that it can be two.
    """

    def __init__(self, fault: Said, hint: Said | None = None, *, in_doubt: bool = False) -> None:
        super().__init__(str(fault))
        self.fault, self.hint, self.in_doubt = fault, hint, in_doubt
