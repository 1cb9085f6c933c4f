"""Disclosure control: what the public may see of counts of people, and what has to be withheld."""

from planlib.disclosure.publishing import Published, Withheld, published

__all__ = ["Published", "Withheld", "published"]
