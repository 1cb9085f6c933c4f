"""Renders the templates. Everything put into them is escaped: names in data are hostile."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from planlib.language.direction import shown
from planlib.report.display import Shown


def finalized(value: object) -> object:
    """What a template prints: texts in their own direction; HTML of ours as it is."""
    return shown(value) if type(value) is str else value


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("planlib.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: object) -> str:
    """The HTML of a template of ``planlib/show/templates``."""
    return _environment().get_template(f"{template}.html.j2").render(**values).strip()


def safe_link(address: str | None) -> str:
    """An address a page may link to; empty for anything but the web (``javascript:`` is a link too).

    >>> safe_link("https://example.org/a"), safe_link("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    return address if address and address.startswith(("https://", "http://")) else ""


def together(*parts: Shown | None) -> Shown:
    """Several pieces as one output, in order; None is left out."""
    given = [part for part in parts if part is not None]
    return Shown(
        html="\n".join(part.html for part in given if part.html),
        text="\n\n".join(part.text for part in given if part.text),
    )
