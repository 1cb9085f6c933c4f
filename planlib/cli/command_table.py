"""Which command is which function. A run imports and builds the one command it was asked for.

Help, a wrong use and the completion of a shell look at all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command_from_info

FUNCTIONS = {  # in the order of help
    "plans": "plan_commands.plans",
    "new": "plans.making.new",
    "confirm": "plans.making.confirm",
    "goals": "plan_commands.goals",
    "check": "plan_commands.check",
    "audit": "plans.auditing.audit",
    "due": "plans.late.due",
    "score": "plan_commands.score",
    "changes": "plans.changing.changes",
    "compare": "plans.comparing.compare",
    "review": "report_commands.review",
    "batch": "batches.command.batch",
    "watch": "batches.command.watch",
    "diff": "batches.differing.diff",
    "verify": "report_commands.verify",
    "template": "office_commands.template",
    "import": "office_commands.import_file",
    "check-format": "document_commands.check_format",
    "import-plan": "plans.making.import_plan",
    "export-plan": "plans.making.export_plan",
    "report": "document_commands.report",
    "remarks": "document_commands.remarks",
    "export": "office_commands.export",
    "methods": "research.commands.methods",
    "backtest": "research.commands.backtest",
    "notebooks": "report_commands.notebooks",
    "schema": "plan_commands.schema",
}


class CommandTable(MutableMapping[str, Any]):
    """The commands by their names, each built when it is first looked up."""

    def __init__(self) -> None:
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            module, _, function = FUNCTIONS[name].rpartition(".")
            alone = typer.Typer()
            alone.command(name)(getattr(import_module(f"planlib.cli.{module}"), function))
            self._built[name] = get_command_from_info(
                alone.registered_commands[0],
                pretty_exceptions_short=alone.pretty_exceptions_short,
                rich_markup_mode=alone.rich_markup_mode,
            )
        return self._built[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._built[name] = command

    def __delitem__(self, name: str) -> None:
        del self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(FUNCTIONS)

    def __len__(self) -> int:
        return len(FUNCTIONS)
