"""``{% load lists %}``: headings of a table by which its rows can be sorted."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

DESCENDING = ("asked",)  # the others begin with the first, the earliest, the lowest


@register.simple_block_tag(takes_context=True)
def sorted_by(
    context: template.Context, content: str, key: str, current: str, kind: str = ""
) -> SafeString:
    """A heading that sorts: ``{% sorted_by "title" wish.sort %}Title{% endsorted_by %}``.

    The link keeps what else is chosen and goes to the first page. ``kind`` is a class.
    """
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["sort"] = key
    way = ""
    if key == current:
        way = "descending" if key in DESCENDING else "ascending"
    said = format_html(' aria-sort="{}"', way) if way else ""
    named = format_html(' class="{}"', kind) if kind else ""
    link = format_html('<a href="?{}">{}</a>', query.urlencode(), content)
    return format_html('<th scope="col"{}{}>{}</th>', named, said, link)
