"""What a notebook prints is the same in a fork as in a kernel."""

from pathlib import Path

import pytest
from probing import MARKS, check, chosen
from stream_probes import PROBES

pytestmark = MARKS


@pytest.mark.parametrize("name", chosen(PROBES))
def test_what_is_printed(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    check(PROBES[name], tmp_path, caplog)
