"""The long tests of a batch, run by ``make soak``: fifty kills, and 2,000 notebooks.

The first kills parent, workers, templates and kernels at random moments (from a fixed seed) and
looks at what is left. The second watches the memory of every process of a batch of 2,000 small
notebooks, and looks for strays and temporary files after it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from killing import MARK, Torment, marked, tree
from scratch_notebooks import TITLE, reviews, write

KILLS, SEED = 50, 20102015
NOTEBOOKS, WORKERS = 2000, 2
WARM = 0.2  # of the run, after which memory has no reason to grow
GROWTH = 1.15  # how much more a process may hold at the end than then
PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6


def killed(folder: Path) -> None:
    """Fifty kills; raises AssertionError where anything is lost, doubled or left."""
    began = time.monotonic()
    torment = Torment(folder / "batch", reviews(folder / "notebooks"), SEED)
    torment.torment(KILLS)
    torment.finish()
    torment.finish(folder / "quiet")
    torment.assert_same(folder / "quiet")
    torment.assert_no_strays()
    told = ", ".join(f"{count} × {target}" for target, count in torment.kills.items())
    seconds = time.monotonic() - began
    print(f"{sum(torment.kills.values())} kills ({told}) in {torment.runs} runs: {seconds:.0f} s")


def held(folder: Path, count: int) -> None:
    """Many notebooks; raises AssertionError where memory grows or anything is left."""
    book = write(folder, "small", TITLE.replace("{plan} {area} {year} {lang}", "{n}"),
                 parameters="n = 0\nyear = 0")  # fmt: skip
    entries = "".join(
        f"- {{notebook: {book}, output: all/n-{n}, parameters: {{n: {n}}}}}\n" for n in range(count)
    )
    (folder / "jobs.yaml").write_text(entries, encoding="utf-8")
    temporary = folder / "tmp"
    temporary.mkdir()
    mark = f"soak-{os.getpid()}"
    command = [
        sys.executable, "-m", "planlib.cli", "batch", str(folder / "jobs.yaml"), "--workers",
        str(WORKERS), "--out", str(folder / "reports"),
    ]  # fmt: skip
    began = time.monotonic()
    environment = os.environ | {MARK: mark, "TMPDIR": str(temporary)}
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        series = watched(process, mark)
    seconds = time.monotonic() - began
    assert process.returncode == 0, (folder / "said.txt").read_text("utf-8")[-2000:]
    assert len(tree(folder / "reports" / "all")) == 2 * count
    assert not list(temporary.iterdir()), list(temporary.iterdir())
    assert not list(marked(mark))
    print(f"{count} notebooks in {seconds:.0f} s, {seconds / count:.2f} s each")
    for name, points in sorted(series.items()):
        early = [mb for at, mb in points if at <= WARM * seconds][-1]
        late = points[-1][1]
        most = max(mb for _, mb in points)
        print(f"  {name:<24} {early:6.0f} MB early, {late:6.0f} MB at the end, {most:6.0f} at most")
        assert late < early * GROWTH, (name, early, late)


def watched(process: subprocess.Popen[bytes], mark: str) -> dict[str, list[tuple[float, float]]]:
    """The memory of the parent, the workers and their templates, by name, until the end."""
    series: dict[int, list[tuple[float, float]]] = {}
    names: dict[int, str] = {process.pid: "parent"}
    began = time.monotonic()
    while process.poll() is None:
        for pid, command in marked(mark):
            kind = command.rpartition(b"planlib.")[2].split(b"\0")[0].decode()
            names.setdefault(pid, f"{kind} {pid}")
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            except (OSError, IndexError):
                continue
            series.setdefault(pid, []).append((time.monotonic() - began, pages * PAGE))
        time.sleep(0.5)
    whole = time.monotonic() - began
    # Kernels come and go; what was there from early on to the end must not grow.
    return {
        names[pid]: points
        for pid, points in series.items()
        if points[0][0] < WARM * whole and points[-1][0] > 0.9 * whole
    }


def main() -> None:
    """Run both; ``soak.py 200`` runs fewer notebooks."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else NOTEBOOKS
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        held(Path(name), count)
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        killed(Path(name))


if __name__ == "__main__":
    main()
