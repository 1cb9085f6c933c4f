"""A finished review is proven, and no digit of anything it rests on can change unnoticed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from examples import ALL, LONG, turns
from small_review import Small, changed, hashed, verified

from planlib.batch.runs.evidence import proof_of
from planlib.errors import Problem
from planlib.figures.reading import read_observations
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import read_plan
from planlib.plan.shipped import PLANS
from planlib.report.site.areas.overview import write_overview
from planlib.storage.store import LocalStore
from planlib.verify import sources
from planlib.verify.documents import check_hash, read_sealed
from planlib.verify.evidence import PROOF, VERDICTS, Proof
from planlib.verify.markup import read_page
from planlib.verify.prove import prove
from planlib.verify.recompute import Recomputed
from planlib.verify.tables import GoalTables

FLIPS = 120
KINDS = ("figures", "plan", "notebook", "page", "index", "verdicts", "index verdicts", "proof")

pytestmark = pytest.mark.notebook


def told(small: Small) -> str:
    return small.told()


# --------------------------------------------------------------------- what is proven
def test_an_untouched_review_is_proven_and_the_command_says_what_was_checked(made: Small) -> None:
    done = verified(made)
    assert done.returncode == 0 and not done.stderr
    # 6 goals × 5 years and the mid-term; the files: 5 of the plan (with the shared areas), one of
    # figures, review.json, 8 pages and notebooks, verdicts.json, 2 index pages, 12 of goals.
    assert "1 review, 36 verdicts recomputed, 30 hashes of files checked" in done.stdout
    seal = json.loads((made.out / PROOF).read_text("utf-8"))["sha256"]
    *_, proven, last = done.stdout.splitlines()
    assert proven == f"Proven. Seal: {seal}"
    assert last.startswith("Not read: ") and "Without --seal, anybody who changed a file" in last


def test_the_folder_of_one_review_is_proven_by_itself(made: Small) -> None:
    alone = Small(made.plan, made.folder)
    assert verified(alone).returncode == 0
    assert "Proven. Seal: " in verified(alone).stdout


def test_no_path_of_this_machine_stands_in_what_is_proven(made: Small) -> None:
    for path in (made.folder / VERDICTS, made.out / PROOF):
        assert str(made.out.parent) not in path.read_text("utf-8")
    evidence = json.loads((made.folder / VERDICTS).read_text("utf-8"))
    assert [file["name"] for file in evidence["figures"]] == ["figures.csv"]
    assert "shared/areas.yaml" in [file["name"] for file in evidence["plan"]["files"]]


def test_a_row_has_the_hash_that_sed_and_sha256sum_give(made: Small) -> None:
    evidence = json.loads((made.folder / VERDICTS).read_text("utf-8"))
    one = next(c for c in evidence["verdicts"] if (c["goal"], c["year"]) == ("tax", 2012))
    assert [row["row"] for row in one["inputs"]] == [16]
    line = subprocess.run(
        f"sed -n 16p '{made.plan}/figures.csv' | sha256sum",
        shell=True, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert line.stdout.split()[0] == one["inputs"][0]["sha256"]


def test_a_verdict_holds_what_it_was_made_from(made: Small) -> None:
    evidence = json.loads((made.folder / VERDICTS).read_text("utf-8"))
    found = {(c["goal"], c["kind"], c["year"]): c for c in evidence["verdicts"]}
    # 191 of 200 vaccinated is 95.5 % of at least 95: the January report corrected December's.
    one = found["vaccination", "annual", 2012]
    assert (one["verdict"], one["value"], one["vintage"]) == ("exceeded", 95.5, "2013-01-15")
    assert (one["published"], one["estimate"], one["rule"]) == (
        "met", False, "office-table 2019-12-31",
    )  # fmt: skip
    # 11 to 12 alleys of 12 to 15 a year: the less favourable end is short; 24 to 25 in two years
    # of 12 to 15 over the term is beyond already.
    one = found["alleys", "annual", 2012]
    assert (one["verdict"], one["value"], one["low"], one["high"]) == ("not_met", None, 11, 12)
    assert one["reading"] == "each-year"
    assert one["readings"] == {"each-year": "not_met", "whole-term": "exceeded"}
    # One of two neighbourhoods lacks it in 2013, and 2015 is ahead.
    one = found["hamlets", "midterm", 2013]
    assert (one["verdict"], one["on"], one["target"]["members"]) == (
        "not_yet", "term", ["kp-1", "kp-2"],
    )  # fmt: skip


def test_writing_the_proof_again_gives_the_same_bytes(small: Small) -> None:
    before = (small.folder / VERDICTS).read_bytes(), (small.out / PROOF).read_bytes()
    small.reseal()
    assert ((small.folder / VERDICTS).read_bytes(), (small.out / PROOF).read_bytes()) == before


# ------------------------------------------------------------------ one digit anywhere
def flipped(before: bytes, rng: random.Random) -> bytes:
    """The bytes with another digit in one place."""
    at = rng.choice([at for at, byte in enumerate(before) if chr(byte).isdigit()])
    other = rng.choice([digit for digit in b"0123456789" if digit != before[at]])
    return before[:at] + bytes([other]) + before[at + 1 :]


@pytest.mark.parametrize("kind", KINDS)
def test_a_digit_changed_in_any_kind_of_file_is_found_there(small: Small, kind: str) -> None:
    rng = random.Random(f"2015 {kind}")
    path = rng.choice(small.kinds()[kind])
    path.write_bytes(flipped(path.read_bytes(), rng))
    assert any(Path(str(one.file)).name == path.name for one in small.problems()), path.name


@pytest.mark.parametrize("kind", turns(KINDS, 2, whole=ALL))
def test_a_proof_names_the_hash_of_every_file_which_any_digit_changes(
    made: Small, tmp_path: Path, kind: str
) -> None:
    rng = random.Random(f"2015 {kind}")
    told = (made.folder / VERDICTS).read_text("utf-8") + (made.out / PROOF).read_text("utf-8")
    for path in made.kinds()[kind]:
        if kind != "proof":  # which is told by its own seal
            assert f'"{vouched(path, kind)}"' in told, path.name
        for _ in range(FLIPS // len(KINDS)):
            copy = tmp_path / path.name
            copy.write_bytes(flipped(path.read_bytes(), rng))
            problems: list[Problem] = []
            if kind == "proof":
                read_sealed(copy, Proof, problems)
            else:
                assert vouched(copy, kind) != vouched(path, kind)
                assert not check_hash(copy, hashed(path), problems)
            assert problems


def vouched(path: Path, kind: str) -> str:
    """The hash a review gives of a file: of figures that of the rows about its area, here all."""
    data = path.read_bytes()
    rows = data[data.index(b"\n") + 1 :] if kind == "figures" else data
    return hashlib.sha256(rows).hexdigest()


# ------------------------------------------- changes whose hashes were made again to hide them
CELL = re.compile(
    r'<td class="[^"]*pl-c-(?:actual|level|target|verdict|so_far|new|year|term|published|computed)'
    r'[^>]*>.*?</td>', re.DOTALL,
)  # fmt: skip
SEEN = re.compile(r"(?<=>)[^<>]*[0-9][^<>]*(?=<)")


def in_cells(text: str) -> list[int]:
    """Where the digits are that a reader sees in the cells of figures, targets and verdicts."""
    return [
        cell.start() + piece.start() + at
        for cell in CELL.finditer(text)
        for piece in SEEN.finditer(cell[0])
        if 'pl-under">' not in cell[0][: piece.start()][-20:] or "pl-c-target" in cell[0]
        for at, letter in enumerate(piece[0])
        if letter.isdigit()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["annual-2012.vi.html", "midterm-2013.en.html"])
def test_a_digit_shown_on_a_page_is_found_though_every_hash_was_made_again(
    small: Small, name: str
) -> None:
    path = small.folder / name
    before = path.read_text("utf-8")
    places = in_cells(before)
    assert len(places) > 20
    plan = read_plan(small.plan)
    figures = read_observations([small.plan / "figures.csv"], plan)
    made = Recomputed(plan, figures.of_area("ward-a").frame.to_dict("records"))
    kind, year, lang = re.findall(r"annual|midterm|[0-9]{4}|vi|en", name)[:3]
    for at in random.Random(name).sample(places, 20 if LONG else 6):
        text = before[:at] + str((int(before[at]) + 1) % 10) + before[at + 1 :]
        problems: list[Problem] = []
        GoalTables(name, kind, int(year), lang, made, problems).check(read_page(text).root)
        assert any(f"{name} [" in str(one) for one in problems), before[at - 60 : at + 40]
    path.write_text(text, "utf-8")
    small.reseal()
    assert f"{name} [" in told(small)


def test_a_verdict_word_is_found_though_page_notebook_and_hashes_agree(small: Small) -> None:
    shown = re.compile(r"pl-v-not-met(.{1,80}?)▼(.{1,40}?)Không đạt", re.DOTALL)
    page, notebook = small.folder / "annual-2012.vi.html", small.folder / "annual-2012.vi.ipynb"
    for path in (page, notebook):
        changed(path, lambda text: shown.sub(r"pl-v-met\1●\2Đạt", text))
    small.reseal()
    assert "goal 'alleys': the verdict is 'Không đạt', the page shows 'Đạt'" in told(small)
    assert "annual-2012.vi.html: the counts are" in told(small)
    assert "annual-2012.vi.ipynb [" in told(small)


def test_colour_glyph_and_word_must_agree(small: Small) -> None:
    page = small.folder / "annual-2012.vi.html"
    changed(page, lambda text: text.replace("▼</span> Không đạt", "●</span> Không đạt"))
    small.reseal()
    assert "the verdict is 'Không đạt', the page shows" in told(small)


def test_a_notebook_that_says_other_than_its_page_is_found(small: Small) -> None:
    changed(small.folder / "annual-2012.en.ipynb", lambda text: text.replace("Sources", "Origins"))
    small.reseal()
    assert re.search(r"annual-2012.en.html: output \d+ of the notebook is not what", told(small))


def test_a_figure_changed_in_the_inputs_is_found_in_claims_pages_and_notebooks(
    small: Small,
) -> None:
    changed(small.plan / "figures.csv", lambda text: text.replace("39.9,,,40", "40.9,,,40"))
    small.reseal()
    found = told(small)
    # 40.9 of 40 assigned is 102.25 %, no longer short of 100 %.
    assert "verdicts.json [annual 2012]: goal 'tax': 'verdict' must be 'exceeded'" in found
    assert "goal 'tax': the figure is 102.25, the page shows '99,8'" in found
    for name in ("annual-2012.vi.html", "annual-2012.en.ipynb", "index.html", "review.json"):
        assert name in found


def test_a_target_changed_in_the_plan_is_found(small: Small) -> None:
    changed(small.plan / "society.yaml", lambda text: text.replace("value: 95", "value: 96"))
    small.reseal()
    assert "goal 'vaccination': the plan sets another target than 'từ 95 trở lên" in told(small)


def test_claims_that_do_not_follow_are_found_though_sealed(small: Small) -> None:
    changed(
        small.folder / VERDICTS,
        lambda text: text.replace('"whole-term": "exceeded"', '"whole-term": "met"', 1),
    )
    small.reseal()
    assert "goal 'alleys': 'readings' must be {'each-year':" in told(small)


def test_a_claim_left_out_is_found_though_sealed(small: Small) -> None:
    path = small.folder / VERDICTS
    evidence = json.loads(path.read_text("utf-8"))
    del evidence["verdicts"][7]
    path.write_text(json.dumps(evidence), "utf-8")
    small.reseal()
    # Six goals a year: the eighth claim is the second goal's in the second year.
    assert "(lacks alleys annual 2012)" in told(small)


def test_a_row_taken_out_of_a_table_is_found(small: Small) -> None:
    row = re.compile(r'<tr data-goal="tax">.*?</tr>', re.DOTALL)
    changed(small.folder / "annual-2012.vi.html", lambda text: row.sub("", text, count=1))
    small.reseal()
    assert "must list every goal of the plan, once and in order" in told(small)


def test_the_index_is_held_against_the_verdicts_too(small: Small) -> None:
    changed(small.out / "index.html", lambda text: text.replace(": Không đạt", ": Đạt", 1))
    small.reseal()
    assert "index.html [good-plan.ward-a" in told(small)


def test_goals_the_index_names_as_not_reached_are_held_against_the_verdicts(small: Small) -> None:
    index = small.out / "index.en.html"
    changed(index, lambda text: text.replace("<li>Alleys maintained", "<li>Tax revenue"))
    small.reseal()
    assert "name 'Alleys maintained', found 'Tax revenue'" in told(small)


def test_an_index_of_many_areas_and_the_page_of_each_are_proven_too(small: Small) -> None:
    write_overview(LocalStore(small.out))
    (small.out / PROOF).write_text(proof_of(LocalStore(small.out)).sealed_text(), "utf-8")
    assert not small.problems()
    listed = json.loads((small.out / PROOF).read_text("utf-8"))["pages"]
    own = "good-plan/ward-a/index.html"
    assert [page["name"] for page in listed if "/goal-" not in page["name"]] == [
        "good-plan/ward-a/index.en.html", own, "index.en.html", "index.html",
    ]  # fmt: skip

    changed(small.out / "index.html", lambda text: re.sub(r">(\d)/", r">1\1/", text, count=1))
    changed(small.out / own, lambda text: text.replace(": Không đạt", ": Đạt", 1))
    small.reseal()
    found = told(small)
    assert "index.html [good-plan.ward-a, annual 2011]: it is " in found
    assert f"{own} [good-plan.ward-a" in found

    (small.out / own).unlink()
    assert f"the page {own} is gone" in told(small)
    (small.out / own).write_text("", "utf-8")
    proof = Proof.model_validate_json((small.out / PROOF).read_text("utf-8"))
    fewer = proof.model_copy(update={"pages": tuple(p for p in proof.pages if p.name != own)})
    (small.out / PROOF).write_text(fewer.sealed().text(), "utf-8")
    assert f"does not know the page {own}" in told(small)


def test_a_page_more_or_less_is_found(small: Small) -> None:
    shutil.copy(small.folder / "annual-2012.vi.html", small.folder / "annual-2014.vi.html")
    (small.folder / "midterm-2013.vi.html").unlink()
    assert "annual-2014.vi.html: is not part of what was proven" in told(small)
    assert "midterm-2013.vi.html: there is no such file any more" in told(small)


def test_a_whole_review_gone_is_found(small: Small) -> None:
    shutil.copytree(small.folder, small.folder.parent / "ward-b")
    assert "does not know the review good-plan/ward-b" in told(small)
    assert "is about the area 'ward-a', and lies in another's folder" in told(small)
    shutil.rmtree(small.folder)
    assert "the review good-plan/ward-a is gone" in told(small)


# -------------------------------------------------------------------- hostile input
def damaged(one: Small, text: str, file: str = VERDICTS) -> list[str]:
    (one.folder / file).write_text(text, "utf-8")
    done = verified(one)
    assert done.returncode == 1 and "Traceback" not in done.stderr + done.stdout
    return [line for line in done.stdout.splitlines() if file in line]


@pytest.mark.parametrize(
    "text",
    turns(["", "{", "[" * 100_000, "null", '{"schema_version": 2}', '{"a": 1e999}'], 2, whole=ALL),
)
def test_a_damaged_verdict_file_is_one_line(one: Small, text: str) -> None:
    lines = [line for line in damaged(one, text) if "is not a file of verdicts" in line]
    assert len(lines) == 1 and len(lines[0]) < 500


@pytest.mark.parametrize(
    "name", turns(["../../../etc/passwd", "/etc/passwd", "a\x00b", "x" * 5000, ".."], 2, whole=ALL)
)
def test_a_file_name_in_a_verdict_file_leads_nowhere(one: Small, name: str) -> None:
    evidence = json.loads((one.folder / VERDICTS).read_text("utf-8"))
    evidence["pages"][0]["name"] = name
    assert len(damaged(one, json.dumps(evidence))) <= 3
    evidence = json.loads((one.folder / VERDICTS).read_text("utf-8"))
    evidence["figures"][0]["name"] = name
    told = damaged(one, json.dumps(evidence))
    assert told and "root:" not in "".join(told)


@pytest.mark.parametrize(
    "text", turns(["", "{}", '{"cells": 3}', '{"cells": [{}]}', "[" * 100_000], 2, whole=ALL)
)
def test_a_damaged_notebook_is_told_in_a_line(one: Small, text: str) -> None:
    lines = damaged(one, text, "annual-2012.en.ipynb")
    assert any("is not a notebook" in line or "must have one table" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    turns(
        [
            "",
            "<table" * 50_000,
            "<div>" * 50_000,
            "<!--a>" * 50_000,
            "<svg>" * 9_000,
            "</p>" * 9_000,
        ],
        2,
        whole=ALL,
    ),
)
def test_a_damaged_page_is_told_in_a_line(one: Small, text: str) -> None:
    lines = damaged(one, text, "annual-2012.en.html")
    told = ("must have one table of all targets, found 0", "is unlike any page of planlib")
    assert any(text in line for line in lines for text in told)


def test_a_page_that_is_no_text_or_no_file_is_told_in_a_line(small: Small) -> None:
    (small.folder / "annual-2012.vi.html").write_bytes(b"\xff\xfe")
    (small.folder / "annual-2012.en.html").unlink()
    os.mkfifo(small.folder / "annual-2012.en.html")
    done = verified(small)
    assert done.returncode == 1 and not done.stderr
    assert "annual-2012.vi.html: must be UTF-8 text, byte 1 is not" in done.stdout
    assert "annual-2012.en.html: there is no such file any more" in done.stdout


def test_missing_inputs_are_named(small: Small) -> None:
    (small.plan / "figures.csv").rename(small.plan / "other.csv")
    done = verified(small)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "figures.csv: cannot be read" in done.stdout
    done = verified(small, "--observations", str(small.plan / "figures.csv"))
    assert "figures.csv: there is no such file" in done.stdout


def test_figures_kept_elsewhere_are_given_by_name(small: Small, tmp_path: Path) -> None:
    kept = tmp_path / "archive" / "figures.csv"
    kept.parent.mkdir()
    (small.plan / "figures.csv").rename(kept)
    assert verified(small, "--observations", str(kept)).returncode == 0


def test_a_plan_that_does_not_ship_is_asked_for(made: Small) -> None:
    done = verified(made, "--plan-dir", str(made.plan / "nowhere"))
    assert done.returncode == 1
    done = verified(Small(PLANS / "ward-2010-2015", made.out))
    assert done.returncode == 1
    assert "no plan 'good-plan' comes with planlib (give its folder with --plan-dir)" in done.stdout


def test_a_plan_that_ships_under_the_same_id_is_not_taken_for_it_without_a_hint(
    made: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(made.plan, tmp_path / "good-plan")
    shutil.copy(PLANS / AREAS, tmp_path / AREAS)
    with (tmp_path / "good-plan" / "plan.yaml").open("a", encoding="utf-8") as file:
        file.write("# another\n")
    monkeypatch.setattr(sources, "PLANS", tmp_path)
    monkeypatch.setattr(sources, "shipped_plans", lambda: ("good-plan",))
    hint = "a plan of your own with this id? give its folder with --plan-dir"
    told = [str(one) for one in prove(made.out).problems if "another hash" in str(one)]
    assert [hint in one for one in told] == [True]
    told = [str(one) for one in prove(made.out, [tmp_path / "good-plan"]).problems]
    assert any("another hash" in one for one in told) and hint not in " ".join(told)


def test_a_folder_without_reviews_is_told(tmp_path: Path) -> None:
    done = verified(Small(tmp_path, tmp_path / "nothing"))
    assert done.returncode == 1 and "no review here" in done.stdout and not done.stderr
