"""When and how figures appear is the same in a fork as in a kernel."""

from pathlib import Path

import pytest
from figure_probes import PROBES
from probing import MARKS, check, chosen

pytestmark = MARKS


@pytest.mark.parametrize("name", chosen(PROBES))
def test_what_drawn(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    check(PROBES[name], tmp_path, caplog)
