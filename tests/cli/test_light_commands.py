"""Commands that read figures start light: what they do not need is not imported."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"scipy.special", "jsonschema", "matplotlib", "openpyxl", "statsmodels", "jinja2"}
CODE = """
import sys
from planlib.cli import main
for asked in (["check"], ["score", "--json"], ["score", "--json", "--audience", "public"]):
    sys.argv = ["planlib", *asked, "ward-2010-2015"]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code
print(*sys.modules, file=sys.stderr)
"""


def test_scoring_and_checking_import_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "planlib.cli.inputs" in loaded
    assert not HEAVY & loaded
