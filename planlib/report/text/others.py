"""Targets held against others, and the figures and places that come of them, in words."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.plan.target import Target
from planlib.plan.targets.others import Best
from planlib.report.text.numbers import exact_text


def compared_text(target: Target, size: str, language: Language) -> str:
    """“at least Europe plus 5 points”, ``size`` being the number with its unit."""
    assert target.to is not None
    of = target.to.called(language.code)
    if target.measure == "percent":
        quantity = language("relative.percent_of", size=size, of=of)
    elif not target.value:
        quantity = of
    else:
        sign = "plus" if target.value > 0 else "less"
        quantity = language(f"relative.{sign}", of=of, size=size)
    up = target.better != "lower"
    kind = ("above" if up else "below") if target.strict else ("at_least" if up else "at_most")
    return language(f"target.{kind}", quantity=quantity)


def ranked_text(target: Target, language: Language) -> str:
    """“among the 3 highest of the areas”, “in the lowest quarter of the areas”."""
    among = target.among
    if isinstance(among, Best):
        return language(f"target.rank.best.{target.better}", n=among.best)
    return language(f"target.rank.{among}.{target.better}")


def place_among(places: list[float], areas: float | None, language: Language) -> str:
    """“2 of 28”, or the places between which it lies."""
    numbers = [exact_text(place, language) for place in places]
    place = numbers[0] if numbers[0] == numbers[-1] else language(
        "range", low=numbers[0], high=numbers[-1]
    )  # fmt: skip
    if areas is None:
        return place
    return language("figure.place", place=place, areas=language.number(areas))
