"""The differences that remain are listed, and are really there."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import concurrency_probes
import display_probes
import error_probes
import figure_probes
import isolation_probes
import magic_probes
import notebook_probes
import pytest
import stream_probes
from examples import ALL
from probing import MARKS, probe, result

import planlib.batch.fork
from planlib.batch.fork.templates import templates

pytestmark = MARKS

MODULES = (
    concurrency_probes,
    display_probes,
    error_probes,
    figure_probes,
    isolation_probes,
    magic_probes,
    notebook_probes,
    stream_probes,
)
# Marks in tracebacks differ in Python 3.11 only.
HELD_HERE = {"hash seeds", "processes left behind", "marks in tracebacks"}
SEED = probe("print(hash('planlib'))", shows="")


def test_the_list_of_differences_is_the_one_that_is_probed() -> None:
    text = Path(planlib.batch.fork.__file__).with_name("README.md").read_text(encoding="utf-8")
    section = text.partition("## Known differences")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([^|]+?) \|", section, re.MULTILINE)
    probed = {p.differs for module in MODULES for p in module.PROBES.values() if p.differs}
    assert rows[0] == "difference"
    assert set(rows[2:]) == probed | HELD_HERE
    assert sum(len(module.PROBES) for module in MODULES) >= 200


def printed(engine: str | None, folder: Path, **env: str) -> str:
    given = probe(*SEED.cells, shows="", env=env)
    found = re.search(r'"text": "(-?\d+)', result(given, engine, folder))
    assert found is not None
    return found[1]


def test_a_hash_seed_is_shared_by_the_notebooks_of_a_template_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_modules", ())  # three start here: none imports what none uses
    kernels = {printed(None, tmp_path / f"kernel-{n}") for n in range(2)} if ALL else set()
    forks = {printed("planlib-fork", tmp_path / f"fork-{n}") for n in range(2)}
    asked = {
        printed("planlib-fork", tmp_path / f"asked-{n}", PYTHONHASHSEED="random")
        for n in range(2 if ALL else 1)
    }
    assert (len(kernels), len(forks), len(asked)) == ((2, 1, 2) if ALL else (0, 1, 1))
    assert not forks & asked


def test_random_numbers_are_shared_by_none(tmp_path: Path) -> None:
    draw = probe(
        "import random, uuid, secrets, tempfile\nimport numpy as np, scipy.stats as st\n"
        "print([random.random(), np.random.random(), np.random.default_rng().random(),"
        " st.norm.rvs(), st.norm.rvs(random_state=None), int(uuid.uuid4()),"
        " secrets.randbits(60), next(tempfile._get_candidate_names())])",
        shows="",
    )
    drawn = []
    for n in range(3):
        found = re.search(r'"text": "\[(.*?)\]', result(draw, "planlib-fork", tmp_path / str(n)))
        assert found is not None
        drawn.append(found[1].split(", "))
    assert [len(set(numbers)) for numbers in zip(*drawn, strict=True)] == [3] * 8


def test_what_a_kernel_would_lose_sight_of_ends_with_the_notebook(tmp_path: Path) -> None:
    # a session of its own: a kernel that ends late on a busy machine has its group killed
    given = probe(
        "import os\nos.system('setsid sleep 600 > /dev/null 2>&1 & echo $! > left.txt')", shows=""
    )
    alive = {}
    for engine in (None, "planlib-fork"):
        result(given, engine, tmp_path / str(engine))
        pid = int((tmp_path / str(engine) / "left.txt").read_text())
        alive[engine] = runs(pid)
        if alive[engine]:
            os.kill(pid, signal.SIGKILL)
    assert alive == {None: True, "planlib-fork": False}


def runs(pid: int) -> bool:
    """Whether a process still runs a moment later; one that nobody has reaped yet does not."""
    time.sleep(0.2)
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("spoil", ["rcParams", "environ", "path", "patch", "locale", "threads"])
def test_nothing_leaks_into_the_next_notebook(spoil: str, tmp_path: Path) -> None:
    look = (
        "import builtins, calendar, decimal, gc, locale, os, signal, sys, threading, warnings\n"
        "import matplotlib, numpy, pandas\nfrom pathlib import Path\n"
        "print([matplotlib.rcParams['lines.linewidth'], pandas.options.display.max_rows,"
        " numpy.get_printoptions()['precision'], os.environ.get('LEFT'), Path.cwd().name,"
        " 'left' in sys.path, calendar.isleap(2012), locale.getlocale(), os.umask(0o22),"
        " decimal.getcontext().prec, threading.active_count(), 'left' in sys.modules,"
        " signal.getsignal(signal.SIGTERM), len(warnings.filters), sys.getrecursionlimit(),"
        " gc.get_threshold(), hasattr(builtins, 'left')])"
    )
    spoils = {
        "rcParams": "import matplotlib, pandas, numpy\nmatplotlib.rcParams['lines.linewidth'] = 99\n"
        "pandas.options.display.max_rows = 1\nnumpy.set_printoptions(precision=1)",
        "environ": "import os\nos.environ['LEFT'] = '1'\nos.umask(0)\nos.chdir('/')",
        "path": "import sys, types\nsys.path.insert(0, 'left')\nsys.modules['left'] = types.ModuleType('left')",
        # Not what a kernel itself lives on, such as json.dumps: that would end any kernel.
        "patch": "import builtins, calendar\ncalendar.isleap = lambda _: 'patched'\nbuiltins.left = 1",
        "locale": "import decimal, gc, locale, signal, sys, warnings\nlocale.setlocale(locale.LC_ALL, 'C')\n"
        "decimal.getcontext().prec = 2\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "warnings.simplefilter('error')\nsys.setrecursionlimit(555)\ngc.set_threshold(1)",
        "threads": "import threading, time\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()",
    }
    seen = []
    for n, cells in enumerate([(look,), (spoils[spoil], look), (look,)]):
        text = result(probe(*cells, shows=""), "planlib-fork", tmp_path / "run")
        (tmp_path / "run").rename(tmp_path / str(n))
        seen.append(re.findall(r'"text": "(\[.*?\])\\n', text)[-1])
    assert seen[0] == seen[2]
    assert seen[0] != seen[1]
