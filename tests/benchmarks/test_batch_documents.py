"""What documents beside the pages cost: a batch of 100 yearly reviews with the Word file of each.

    make bench

Thousands of Word files may take no more than one and a half times what their pages take.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

MOST = 1.5  # times the pages
WARDS = ",".join(f"ward-{n:02d}" for n in range(1, 11))


@pytest.mark.slow
def test_word_files_cost_no_more_than_one_and_a_half_times_their_pages(tmp_path: Path) -> None:
    asked = ["--areas", WARDS, "--no-midterm", "--lang", "vi,en", "--format", "html,docx"]
    command = [sys.executable, "-m", "planlib.cli", "batch", "ward-2010-2015", *asked]
    subprocess.run([*command, "--out", str(tmp_path)], check=True, capture_output=True)
    seconds: dict[str, list[float]] = defaultdict(list)
    for line in (tmp_path / "batch-log.jsonl").read_text().splitlines()[1:]:
        told = json.loads(line)
        seconds["docx" if told["job"].endswith(".docx") else "html"].append(told["seconds"])
    pages, words = (sum(seconds[kind]) for kind in ("html", "docx"))
    print(f"\n{len(seconds['html'])} pages {pages:.0f} s, {len(seconds['docx'])} Word files "
          f"{words:.0f} s of one worker: {words / pages:.2f} times")  # fmt: skip
    assert len(seconds["docx"]) == len(seconds["html"]) == 100
    assert words <= MOST * pages
