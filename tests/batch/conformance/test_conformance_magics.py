"""What magics do is the same in a fork as in a kernel."""

from pathlib import Path

import pytest
from magic_probes import PROBES
from probing import MARKS, check, chosen

pytestmark = MARKS


@pytest.mark.parametrize("name", chosen(PROBES))
def test_what_magics_do(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    check(PROBES[name], tmp_path, caplog)
