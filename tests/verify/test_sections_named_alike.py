"""Two sections of one name: each is held against its own goals."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import planlib
from here import tasks_here
from ruamel.yaml import YAML
from small_review import FIGURES, GOOD_PLAN, Small


@pytest.fixture(scope="module")
def alike(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The yearly review of 2012 of a plan whose last two goals stand in a second "Society"."""
    home, yaml = tmp_path_factory.mktemp("alike"), YAML()
    shutil.copytree(GOOD_PLAN, plan := home / "good-plan")
    (plan / "figures.csv").write_text(FIGURES, "utf-8")
    one = yaml.load(plan / "society.yaml")
    first, second = one["goals"][:-2], one["goals"][-2:]
    for section, goals in (("society", first), ("society-too", second)):
        yaml.dump({"section": section, "name": dict(one["name"]), "goals": goals},
                  plan / f"{section}.yaml")  # fmt: skip
    header = (plan / "plan.yaml").read_text("utf-8")
    (plan / "plan.yaml").write_text(
        header.replace("sections: [society]", "sections: [society, society-too]"), "utf-8"
    )
    with tasks_here():
        ran = planlib("review", str(plan), "--area", "ward-a", "--years", "2012", "--lang", "en",
                      "--no-midterm", "--out", str(home / "reports"))  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return Small(plan, home / "reports")


def heads(html: str) -> list[str]:
    return [part.partition("</tr>")[0] for part in html.split('<tr class="pl-group">')[1:]]


def test_sections_named_alike_are_proven(alike: Small) -> None:
    assert alike.told() == ""
    named = [one for one in heads(page(alike).read_text("utf-8")) if ">Society <span" in one]
    assert len({*named}) == 2  # the same name, another count


def test_a_count_of_the_other_section_is_found(alike: Small) -> None:
    html = page(alike).read_text("utf-8")
    one, other = list(dict.fromkeys(one for one in heads(html) if ">Society <span" in one))
    page(alike).write_text(html.replace(one, other, 1), "utf-8")
    alike.reseal()
    told = alike.told()
    page(alike).write_text(html, "utf-8")
    assert "the count of a section must say" in told


def page(small: Small) -> Path:
    return small.folder / "annual-2012.en.html"
