"""A small review, made by the real command, for tests to damage; and the means to hide the damage."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from commands import planlib

from planlib.errors import Problem
from planlib.figures.fingerprints import RowHashes
from planlib.verify.evidence import PROOF, VERDICTS, Evidence, HashedFile, Proof
from planlib.verify.prove import prove

GOOD_PLAN = Path(__file__).parent.parent / "plan" / "good-plan"
FIGURES = """\
area,goal,year,vintage,member,value,numerator,denominator,assigned,low,high,state,source,note,words,published_verdict
ward-a,vaccination,2011,2012-01-15,,,190,200,,,,measured,report,,,
ward-a,vaccination,2012,2012-12-10,,,185,200,,,,estimate,report,,,met
ward-a,vaccination,2012,2013-01-15,,,191,200,,,,measured,report,,,met
ward-a,vaccination,2013,2014-01-15,,,197,200,,,,measured,report,,,
ward-a,alleys,2011,2012-01-15,,13,,,,,,measured,report,,,
ward-a,alleys,2012,2013-01-15,,,,,,11,12,measured,report,,11 đến 12,
ward-a,alleys,2013,2014-01-15,,16,,,,,,estimate,report,,,
ward-a,hamlets,2011,2012-01-15,kp-1,1,,,,,,measured,report,,,
ward-a,hamlets,2013,2014-01-15,kp-1,1,,,,,,measured,report,,,
ward-a,hamlets,2013,2014-01-15,kp-2,0,,,,,,measured,report,,,
ward-a,clean-party,2011,2012-01-15,,1,,,,,,measured,report,,,
ward-a,clean-party,2012,2013-01-15,,0,,,,,,measured,report,,,exceeded
ward-a,clean-party,2013,2014-01-15,,1,,,,,,measured,report,,,
ward-a,tax,2011,2012-01-15,,42.5,,,40,,,estimate,report,,,
ward-a,tax,2012,2013-01-15,,39.9,,,40,,,measured,report,,,
ward-a,tax,2013,2014-01-15,,1234.5,,,1000,,,measured,report,,,
ward-a,staff,2011,2012-01-15,,,,,,,,missing,report,not counted,,
ward-a,staff,2012,2013-01-15,,,48,50,,,,measured,report,,,
ward-a,staff,2013,2014-01-15,,,50,50,,,,measured,report,,,
"""


@dataclass(frozen=True)
class Small:
    """A plan of the user's own, its figures, and the reports made from them."""

    plan: Path
    out: Path
    alone: bool = False  # whether ``out`` is the folder of the review

    @property
    def folder(self) -> Path:
        """Where the review's pages are."""
        return self.out if self.alone else self.out / "good-plan" / "ward-a"

    def problems(self) -> tuple[Problem, ...]:
        """What a proof of the reports finds."""
        return prove(self.out, [self.plan]).problems

    @property
    def seal(self) -> str:
        """The seal the reports have now."""
        return str(json.loads((self.out / PROOF).read_text("utf-8"))["sha256"])

    def told(self) -> str:
        """The same as lines."""
        return "\n".join(str(problem) for problem in self.problems())

    def kinds(self) -> dict[str, list[Path]]:
        """Every file that counts, by what it is."""
        return {
            "figures": [self.plan / "figures.csv"],
            "plan": sorted(self.plan.glob("*.yaml")),
            "notebook": sorted(self.folder.glob("*.ipynb")),
            "page": sorted(self.folder.glob("*.html")),
            "index": sorted(self.out.glob("*.html")),
            "verdicts": [self.folder / VERDICTS],
            "index verdicts": [self.folder / "review.json"],
            "proof": [self.out / PROOF],
        }

    def reseal(self) -> None:
        """Every hash and seal again, as somebody would who hides what was changed."""
        path = self.folder / VERDICTS
        told = json.loads(path.read_text("utf-8"))
        rows = RowHashes()
        told["pages"] = [page for page in told["pages"] if (self.folder / page["name"]).is_file()]
        for page in told["pages"]:
            page["sha256"] = hashed(self.folder / page["name"])
        for file in told["plan"]["files"]:
            if (self.plan / file["name"]).is_file():
                file["sha256"] = hashed(self.plan / file["name"])
        for file in told["figures"]:
            lines = (self.plan / file["name"]).read_bytes().splitlines(keepends=True)
            mine = (line for line in lines if line.startswith(f"{told['area']},".encode()))
            file["sha256"] = hashlib.sha256(b"".join(mine)).hexdigest()
        told["shelf"] = hashed(self.folder / "review.json")
        for claim in told["verdicts"]:
            for one in claim["inputs"]:
                one["sha256"] = rows.of(self.plan / one["file"], one["row"])
        path.write_text(Evidence.model_validate_json(json.dumps(told)).sealed().text(), "utf-8")
        if self.alone:
            return
        proof = Proof.model_validate_json((self.out / PROOF).read_text("utf-8"))
        pages = [HashedFile(name=p.name, sha256=hashed(self.out / p.name)) for p in proof.pages]
        reviews = [one.model_copy(update={"sha256": hashed(path)}) for one in proof.reviews]
        made = proof.model_copy(update={"pages": tuple(pages), "reviews": tuple(reviews)})
        (self.out / PROOF).write_text(made.sealed().text(), "utf-8")


class Silent:
    """Listens to a run."""

    def expect(self, jobs: int, reused: int) -> None:
        """How many jobs there are."""

    def started(self, label: str) -> None:
        """A job was taken up."""

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended."""
        assert not failure

    def after(self, stage: str, done: int, total: int) -> None:
        """So much is done of what is made of all jobs together."""


def verified(small: Small, *more: str) -> subprocess.CompletedProcess[str]:
    """What the command says of the reports; whatever it raises but an end is raised here too."""
    return planlib("verify", str(small.out), "--plan-dir", str(small.plan), *more)


def changed(path: Path, change: Callable[[str], str]) -> None:
    """Change a file, which must make a difference."""
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")


def hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make(folder: Path) -> Small:
    """Copy the plan, write its figures, and run the review command."""
    small = made_in(folder)
    shutil.copytree(GOOD_PLAN, small.plan)
    (small.plan / "figures.csv").write_text(FIGURES, "utf-8")
    asked = ["--years", "2012", "--midterm", "--jobs", "1", "--out", str(small.out)]
    done = planlib("review", str(small.plan), *asked)
    assert done.returncode == 0, done.stderr
    return small


def made_in(folder: Path) -> Small:
    """What ``make`` made there."""
    return Small(folder / "good-plan", folder / "reports")


def copied(small: Small, folder: Path) -> Small:
    """The same review again, to be damaged."""
    shutil.copytree(small.plan, folder / "good-plan")
    shutil.copytree(small.out, folder / "reports")
    return Small(folder / "good-plan", folder / "reports")


def of_one_page(small: Small, folder: Path, stem: str) -> Small:
    """The folder of the review by itself, as of a run that was asked for one page and no more."""
    one = copied(small, folder)
    for path in [*one.folder.glob("*.html"), *one.folder.glob("*.ipynb")]:
        if path.stem != stem:
            path.unlink()
    path = one.folder / VERDICTS
    made = json.loads(path.read_text("utf-8")) | {"asked": [stem]}
    path.write_text(json.dumps(made), "utf-8")
    alone = Small(one.plan, one.folder, alone=True)
    alone.reseal()
    return alone


def copied_alone(one: Small, folder: Path) -> Small:
    """The same folder of one page again, to be damaged."""
    out = folder / "reports" / "good-plan" / "ward-a"
    shutil.copytree(one.plan, folder / "good-plan")
    shutil.copytree(one.out, out)
    return Small(folder / "good-plan", out, alone=True)
