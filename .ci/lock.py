"""Writes requirements.lock: every pin with its hashes, in a section for each who needs it.

One resolution of everything decides the versions; each section is then resolved again from it, and
holds what the sections before it do not. A pin stands again in a later section where that section
needs it on more machines. Whatever file uv is to write, the pins it finds there stay where they can.

    python .ci/lock.py UV [--upgrade]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path("requirements.lock")
HEAD = """\
# Made by: make lock
# A section for each who needs it: what runs planlib, then what `make app`, `make test` and `make
# bench` add.
"""
SECTIONS = {
    "planlib": ["--group", "build"],
    "app": ["--group", "build", "--extra", "app"],
    "test": ["--group", "test", "--all-extras"],
    "bench": ["--group", "test", "--all-extras", "--group", "bench"],
}


def resolved(uv: str, out: Path, *options: str) -> list[str]:
    """The pins of one resolution, each with its hashes and with who asks for it."""
    command = [
        uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version",
        "3.11", "--generate-hashes", "--no-header", *options, "--output-file", str(out),
    ]  # fmt: skip
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    pins: list[str] = []
    for line in out.read_text("utf-8").splitlines(keepends=True):
        if line[0].isspace():
            pins[-1] += line
        else:
            pins.append(line)
    return pins


def main(uv: str, *options: str) -> None:
    text, seen = HEAD, set[str]()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "whole.txt")
        if LOCK.is_file():
            whole.write_bytes(LOCK.read_bytes())
        resolved(uv, whole, *SECTIONS["bench"], *options)
        for name, groups in SECTIONS.items():
            part = Path(folder, f"{name}.txt")
            part.write_bytes(whole.read_bytes())
            pins = resolved(uv, part, *groups)
            new = [pin for pin in pins if pin.partition(" \\")[0] not in seen]
            seen |= {pin.partition(" \\")[0] for pin in pins}
            text += f"\n# ---- {name}\n" + "".join(new)
    LOCK.write_text(text, "utf-8")


main(*sys.argv[1:])
