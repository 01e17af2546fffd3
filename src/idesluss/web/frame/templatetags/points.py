"""``{% load points %}``: exact points as people read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def points(value: Fraction | None, decimals: int = 1) -> str:
    """``{{ tally.mean|points }}`` gives "66,7" in Swedish; None becomes "–"."""
    if value is None:
        return "–"
    scale = 10**decimals
    exact = Decimal(round(Fraction(value) * scale)) / scale
    return formats.number_format(exact, decimals)
