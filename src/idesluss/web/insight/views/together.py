"""What several towns need: everybody reads it, and nothing that is not public is in it."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from idesluss.insight.reads.together import Groups
from idesluss.insight.search.pairs import followed
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request

PAGE = 20  # groups


@list_page
@require_safe
@access(PUBLIC)
def together(request: Request) -> HttpResponse:
    """Groups of public needs and ideas that look alike, with the towns that have them."""
    found = Groups(at=request.at)
    page = Paginator(cast("Any", found), PAGE).get_page(request.GET.get("page"))
    groups = list(page.object_list)
    context = {"page": page, "groups": groups, "ready": followed() is not None}
    return render(request, "insight/together.html", context)
