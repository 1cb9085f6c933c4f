"""What surrounds the outputs is the same in a fork as in a kernel."""

from pathlib import Path

import pytest
from notebook_probes import PROBES
from probing import MARKS, check, chosen

pytestmark = MARKS


@pytest.mark.parametrize("name", chosen(PROBES))
def test_what_surrounds_the_outputs(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    check(PROBES[name], tmp_path, caplog)
