"""Mutants chosen by what code they reach, with atheris: ``make fuzz`` runs this where it is there.

    pip install atheris
    python tests/excel/guided.py -runs=3000 -len_control=0 -max_len=400

The bytes that libFuzzer tries are the luck by which ``mutants`` changes a workbook, a table or a
plan; bytes that reach code nothing reached before are kept and changed further. What got through is
written to a file ``crash-…``, which given as an argument runs that case again.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["planlib"]):
    from mutants import KINDS, Ground


BY_BITS = random.Random._randbelow_with_getrandbits  # type: ignore[attr-defined]


class Luck(random.Random):
    """Random choices read off a string of bytes, all zero behind its end."""

    def __init__(self, data: bytes) -> None:
        super().__init__(0)
        self._bytes = atheris.FuzzedDataProvider(data)

    def random(self) -> float:
        """A number from 0 to below 1."""
        return self.getrandbits(24) / (1 << 24)

    def getrandbits(self, k: int, /) -> int:
        """A whole number of so many bits."""
        return int(self._bytes.ConsumeIntInRange(0, (1 << k) - 1))

    _randbelow = BY_BITS  # else choices would be made by random(), as that is replaced too


def main() -> None:
    """Run until the number of runs is reached, or a mutant gets through."""
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))

        def one(data: bytes) -> None:
            luck = Luck(data)
            KINDS[luck.choice(sorted(KINDS))](ground, luck)

        atheris.Setup(sys.argv, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
