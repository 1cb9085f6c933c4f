"""A notebook in a fork finds what a kernel finds, and leaves nothing to the next."""

from pathlib import Path

import pytest
from isolation_probes import PROBES
from probing import MARKS, check, chosen

pytestmark = MARKS


@pytest.mark.parametrize("name", chosen(PROBES))
def test_what_a_notebook_finds(name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    check(PROBES[name], tmp_path, caplog)
