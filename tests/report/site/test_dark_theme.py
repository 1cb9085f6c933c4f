"""Pages and the index follow a reader who asks for dark: every colour of the page has its other one."""

from __future__ import annotations

import re

import pytest

from planlib.report.site.frame import page_style

DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\)\{(.*?\})\}", re.DOTALL)


def luminance(colour: str) -> float:
    """Relative luminance of a colour, by WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sheet", ["index.css", "page.css"])
def test_every_colour_of_the_page_has_a_dark_one_that_can_be_read(sheet: str) -> None:
    style = page_style(sheet)
    (dark,) = DARK.findall(style)
    colours = re.compile(r"(--pg-[a-z]+): (#[0-9a-f]{6})")
    light_of, dark_of = dict(colours.findall(DARK.sub("", style))), dict(colours.findall(dark))
    assert light_of.keys() == dark_of.keys()
    assert set(re.findall(r"var\((--pg-[a-z]+)\)", style)) <= light_of.keys()
    for of in (light_of, dark_of):
        for ink in ("--pg-ink", "--pg-faint", "--pg-link"):
            for paper in ("--pg-paper", "--pg-hover"):
                assert contrast(of[ink], of[paper]) >= 4.5, (ink, paper)
        assert contrast(of["--pg-warned"], of["--pg-warn"]) >= 4.5
