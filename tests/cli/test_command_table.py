"""The table of commands: help shows them all in its order, a run builds the one it was asked for."""

import subprocess
import sys

from planlib.cli.command_table import FUNCTIONS, CommandTable


def test_every_command_is_built_under_its_own_name() -> None:
    table = CommandTable()
    assert [(name, table[name].name) for name in table] == [(name, name) for name in FUNCTIONS]
    assert table["score"] is table["score"]
    assert {"--observations", "--json"} <= {o for one in table["score"].params for o in one.opts}


def test_a_command_imports_no_other() -> None:
    asked = (
        "import sys; from planlib.cli.app import app; app(['schema'], standalone_mode=False);"
        "print(*[name for name in sys.modules if name.startswith('planlib.cli.')], file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert "planlib.cli.plan_commands" in run.stderr
    assert "planlib.cli.report_commands" not in run.stderr
    assert "planlib.cli.batches" not in run.stderr
