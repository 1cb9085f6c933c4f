"""One changed row among 2,000 areas of fifty goals, in imports of pandas.

    make bench

For another number of areas: ``python tests/benchmarks/one_row.py FOLDER AREAS``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

AREAS = 2_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_one_changed_row(kind: str, tmp_path: Path) -> None:
    script = Path(__file__).parent / "one_row.py"
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "made"), str(AREAS), kind],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout[done.stdout.index("{\n") :])
    one, pandas = found["one row"], found["pandas"]
    print(f"\n{AREAS:,} areas × 50 goals, {found['figures']:,} figures ({kind}), one row changed:")
    print(
        f"{one['cpu']:.1f} s of processor time in all processes, {one['wall']:.1f} s by the clock"
    )
    print(f"import pandas: {pandas['cpu']:.2f} s; {one['cpu'] / pandas['cpu']:.0f} times that")
    mine = {name for name in found["touched"] if "/area-" in name}
    assert mine
    assert all(name.startswith("reports/large-plan/area-7/") for name in mine)
