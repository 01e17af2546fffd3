"""``{% load lists %}``: headings of a table by which its rows can be sorted, and short dates."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

register = template.Library()

DESCENDING = ("asked",)  # the others begin with the first, the earliest, the lowest


@register.filter
def shortdate(when: date | datetime | None) -> str:
    """``{{ row.since|shortdate }}`` gives "5 okt 2026"; a moment is taken to the current zone."""
    if when is None:
        return ""
    day = timezone.localtime(when) if isinstance(when, datetime) else when
    return formats.date_format(day, pgettext("short date", "j M Y"), use_l10n=False)


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
