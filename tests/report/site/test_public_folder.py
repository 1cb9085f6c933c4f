"""What a public review leaves in its folder: not one byte of what is withheld."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from commands import planlib
from openpyxl import load_workbook

GOOD = Path(__file__).parents[2] / "plan" / "good-plan"
SENSITIVE = """\
  - id: third-births
    name: {vi: Sinh con thứ ba, en: Third births}
    unit: "%"
    source:
      - {document: text, section: "II.3", paragraph: 1}
    target: {comparison: at_most, value: 3, basis: share, cadence: every_year}
    sensitive: true
"""
# Numbers that occur nowhere else: 3 of 48611 are 0.00617 %, an earlier report had 7 of 48713.
ROWS = [
    "ward-a,third-births,2012,2013-01-31,,0.0062,3,48611,,,,measured,report 61237,only 3 of 48611,",
    "ward-a,third-births,2012,2012-12-31,,0.0144,7,48713,,,,estimate,report 61237,about 7,",
    "ward-a,third-births,2013,2014-01-31,,0.0179,9,50333,,,,measured,report 61237,,",
]
SECRETS = ("48611", "48.611", "48,611", "48713", "48.713", "48,713", "0.0062", "0,0062", "0,0061")
TOLD = ("50333", "50.333", "50,333")


GIVEN = ("area", "goal", "year", "vintage", "member", "value", "numerator", "denominator", "assigned",
         "low", "high", "state", "source", "note", "words")  # fmt: skip


def with_sensitive(tmp_path: Path) -> Path:
    """A plan with a sensitive goal and figures of it."""
    plan = tmp_path / "good-plan"
    if not plan.exists():
        shutil.copytree(GOOD, plan)
        society = plan / "society.yaml"
        society.write_text(society.read_text("utf-8") + SENSITIVE, "utf-8")
        add_rows(plan, ROWS)
    return plan


def add_rows(plan: Path, rows: Iterable[str]) -> None:
    figures = plan / "figures.csv"
    columns = figures.read_text("utf-8").splitlines()[0].split(",")
    lines = []
    for row in rows:
        told = dict(zip(GIVEN, row.split(","), strict=True))
        lines.append(",".join(told.get(name, "") for name in columns))
    figures.write_text(figures.read_text("utf-8") + "\n".join(lines) + "\n", "utf-8")


def reviewed(tmp_path: Path, audience: str) -> Path:
    plan, out = with_sensitive(tmp_path), tmp_path / audience
    given = ["--years", "2012,2013", "--audience", audience, "--lang", "en", "--jobs", "1"]
    run(tmp_path, "review", str(plan), *given, "--out", str(out))
    return out


def found_in(out: Path, texts: tuple[str, ...]) -> set[tuple[str, str]]:
    """Which of the texts stand in which files, byte for byte."""
    files = [path for path in out.rglob("*") if path.is_file()]
    assert len(files) > 8
    return {
        (text, path.name) for path in files for text in texts if text.encode() in path.read_bytes()
    }


@pytest.mark.notebook
@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_no_byte_of_a_public_folder_tells_what_is_withheld(tmp_path: Path) -> None:
    public = reviewed(tmp_path, "public")
    assert found_in(public, SECRETS) == set()
    assert found_in(public, TOLD)  # the year with nine is told
    assert found_in(public, ("Withheld",)) and found_in(public, ("for publication",)) == set()
    claims = json.loads((public / "good-plan" / "ward-a" / "verdicts.json").read_text("utf-8"))
    assert claims["audience"] == "public"
    assert [one["name"] for one in claims["figures"]] == ["figures.csv"]
    # Inside the office everything is there, and the same search finds it.
    internal = reviewed(tmp_path, "internal")
    assert found_in(internal, SECRETS) and found_in(internal, ("not for publication",))
    for out in (public, internal):
        proof = planlib("verify", str(out), "--plan-dir", str(tmp_path / "good-plan"))
        assert proof.returncode == 0, proof.stdout


def test_an_export_is_for_the_public_unless_asked_otherwise(tmp_path: Path) -> None:
    def exported(*more: str) -> str:
        out = tmp_path / "figures.csv"
        command = [
            "export",
            "--raw",
            "ward-2010-2015",
            "-o",
            str(out),
            "--force",
            "--area",
            "ward-01",
        ]
        assert planlib(*command, *more).returncode == 0
        return out.read_text("utf-8")

    public, internal = exported(), exported("--audience", "internal")
    row = "ward-01,third-births,2011"  # four of 184
    (told,) = [line for line in internal.splitlines() if line.startswith(row)]
    (kept,) = [line for line in public.splitlines() if line.startswith(row)]
    assert ",4,184," in told and "measured" in told
    assert ",4,184," not in kept and "suppressed" in kept


def run(folder: Path, *arguments: str) -> None:
    done = planlib(*arguments, folder=folder)
    assert done.returncode == 0, done.stderr


def unfolded(path: Path) -> bytes:
    """The bytes of a file, and of everything packed into it."""
    data = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            data += b"".join(archive.read(name) for name in archive.namelist())
    return data


def texts_of(path: Path) -> set[str]:
    """The texts in the cells of a workbook."""
    sheets = load_workbook(path).worksheets
    return {str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row if c.value}


# A second report of the withheld year: ten of 52817, which by itself identifies nobody.
REVISED = {"ward-a,third-births,2012,2014-06-30,,0.0189,10,52817,,,,measured,revised 61238,,"}
LATER = ("52817", "52.817", "52,817", "0.0189", "0,0189")


def test_no_byte_of_a_template_or_of_two_releases_of_an_export_tells_what_is_withheld(
    tmp_path: Path,
) -> None:
    plan = with_sensitive(tmp_path)
    for number in (1, 2):
        for name in ("f.csv", "f.xlsx"):
            run(tmp_path, "export", "--raw", str(plan), "-o", f"{number}-{name}")
            run(
                tmp_path, "export", "--raw", str(plan), "-o", f"in-{name}", "--audience", "internal"
            )
        for kind in ("xlsx", "csv", "json", "html"):
            run(tmp_path, "export", str(plan), "-o", f"{number}-r.{kind}")
        template = ["template", str(plan), "--area", "ward-a", "--year", "2013"]
        run(tmp_path, *template, "-o", f"{number}-t.xlsx", "--lang", "en")
        run(tmp_path, *template, "-o", "in-t.xlsx", "--audience", "internal", "--lang", "en")
        secrets = SECRETS if number == 1 else SECRETS + LATER
        for path in tmp_path.glob(f"{number}-*"):
            held = unfolded(path)
            assert [text for text in secrets if text.encode() in held] == [], path.name
        for path in tmp_path.glob("in-f.*"):
            held = unfolded(path)
            assert [text for text in secrets if text.encode() in held], path.name
        # What the internal template prints beside the goal, and the public one does not.
        inside, outside = (texts_of(tmp_path / f"{who}-t.xlsx") for who in ("in", str(number)))
        assert "withheld" in outside - inside
        assert any(text[0].isdigit() for text in inside - outside)
        # What was withheld once stays withheld in the release after a revision.
        add_rows(plan, REVISED)
