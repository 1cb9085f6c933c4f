"""The colours of verdicts and outlooks are apart for every kind of colour vision, on paper and on screen."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from planlib.report.vocabulary import LOOKS, OUTLOOKS, Look

# What is left of red, green and blue (linear light) where a kind of cone is missing altogether:
# Machado, Oliveira & Fernandes 2009, "A physiologically-based model for simulation of color vision
# deficiency", table 1, severity 1.0.
SEEN = {
    "common": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
APART = 8.0  # CIE 1976 colour difference: a just noticeable one is about 2.3


def linear(colour: str) -> np.ndarray:
    """Red, green and blue as light (IEC 61966-2-1)."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* under D65."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    share = to_xyz @ np.clip(light, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    root = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted(float(weights @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def test_the_measures_themselves() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert lab(linear("#ffffff")) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)


RULE = re.compile(r"^\.pl \.pg-figure (.*) \{ (?:fill|stroke): light-dark\((\S+), (\S+)\)", re.M)
COLOUR = re.compile(r'(?:fill|stroke)[:=]\\?"?(#[0-9a-fA-F]{3,6})')
GROUNDS = ("#111111", "#15181c")  # of JupyterLab, and of our pages


def whole(colour: str) -> str:
    return colour if len(colour) > 4 else "#" + "".join(2 * one for one in colour[1:])


def test_every_colour_of_a_picture_has_its_like_in_a_dark_theme() -> None:
    """Lines and signs differ from the ground three to one, quiet words by more (WCAG 1.4.3, 1.4.11)."""
    sheet = files("planlib.report").joinpath("templates", "style.css").read_text("utf-8")
    rules = {light.casefold(): dark for _, light, dark in RULE.findall(sheet)}
    assert len(rules) >= 12
    drawn: set[str] = set()
    for notebook in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"):
        for picture in re.findall(r"<svg.*?</svg>", notebook.read_text("utf-8"), re.S):
            drawn |= {colour.casefold() for colour in COLOUR.findall(picture)}
    verdicts = {look.colour.casefold() for look in LOOKS.values()}
    assert len(drawn) > 8 and drawn - verdicts <= rules.keys()
    for light, dark in rules.items():
        for ground in GROUNDS if dark.startswith("#") else ():
            least = {"#6b6b6b": 4.5, "#0072b2": 3, "#d55e00": 3, "#555": 3, "#b87a00": 3}
            assert contrast(whole(dark), ground) >= least.get(light, 1.15), light
    assert contrast(rules["#0072b2"], rules["#9cc7e1"]) >= 3  # the line over its own fan


@pytest.mark.parametrize("kind", SEEN)
@pytest.mark.parametrize("looks", [LOOKS, OUTLOOKS], ids=["verdicts", "outlooks"])
def test_statuses_are_apart_whatever_cones_are_missing(
    looks: dict[object, Look], kind: str
) -> None:
    seen = {look.name: lab(SEEN[kind] @ linear(look.colour)) for look in looks.values()}
    near = {
        (one, other): round(float(np.linalg.norm(seen[one] - seen[other])), 1)
        for one, other in combinations(seen, 2)
        if np.linalg.norm(seen[one] - seen[other]) < APART
    }
    assert near == {}


@pytest.mark.parametrize("look", [*LOOKS.values(), *OUTLOOKS.values()], ids=lambda look: look.name)
def test_a_status_can_be_read_on_its_colour(look: Look) -> None:
    assert contrast(look.colour, look.ink) >= 4.5  # WCAG 2.2, 1.4.3


def test_no_two_statuses_share_a_sign() -> None:
    for looks in (LOOKS, OUTLOOKS):
        assert len({look.glyph for look in looks.values()}) == len(looks)
