"""What runs at the same time is the same in a fork as in a kernel."""

from pathlib import Path

import pytest
from concurrency_probes import PROBES
from probing import MARKS, check, chosen

pytestmark = MARKS


@pytest.mark.parametrize("name", chosen(PROBES))
def test_what_runs_at_once(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    check(PROBES[name], tmp_path, caplog)
