"""Commands that read figures start light: what they do not need is not imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"scipy.special", "jsonschema", "matplotlib", "openpyxl", "statsmodels", "jinja2"}
CODE = """
import sys
from planlib.cli import main
sys.argv = ["planlib", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("command", [("score", "--json"), ("check",)])
def test_scoring_and_checking_import_nothing_heavy(command: tuple[str, ...]) -> None:
    name, *more = command
    asked = [sys.executable, "-c", CODE, name, "ward-2010-2015", *more]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "planlib.cli.inputs" in loaded
    assert not HEAVY & loaded
