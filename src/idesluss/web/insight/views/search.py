"""The search: one box for everything that one may see, as a page, a piece of it, and for programs.

All three ask the same question and are kept to what the same person may see.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from idesluss.logic.text.asking import MOST_LETTERS
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.insight.forms import SearchFilter
from idesluss.web.insight.searching import NAMES, Search, Unknown
from idesluss.web.insight.shown import Shown

BOX = "input#q"
"""Who asks when somebody types, as htmx calls it."""
SOON = {"Retry-After": "60"}


@list_page
@require_safe
@access(PUBLIC)
def search(request: Request) -> HttpResponse:
    """What is found, with what it can be narrowed to; a piece of the page for htmx.

    An address with choices that are empty, as forms send them, leads to the same without them.
    """
    typing = request.htmx and request.headers.get("HX-Source") == BOX
    found = Search(request, typing=typing)
    tidy = found.asked.query()
    if not request.htmx and any(not value for value in request.GET.values()):
        return redirect(found.asked.address())
    request.GET = QueryDict(urlencode(tidy))  # what the links to other pages are made of
    status = 422 if found.wish.is_long else 200
    context: dict[str, Any] = {"search": found, "most": MOST_LETTERS, "names": NAMES}
    if typing:
        response = render(request, "insight/_search_results.html", context, status=status)
    else:
        context["form"] = SearchFilter(found.choices, found.wish.chosen)
        name = "_search_found" if request.htmx else "search"
        response = render(request, f"insight/{name}.html", context, status=status)
    if request.htmx:  # a letter more is not worth a step back of its own
        response["HX-Replace-Url" if typing else "HX-Push-Url"] = found.wish.address()
    return _cached(request, response)


@list_page
@require_safe
@access(PUBLIC)
def search_json(request: Request) -> HttpResponse:
    """The same for programs (docs/open-data.md). What is not understood is a 400 with a sentence.

    503 while there is no index yet.
    """
    found = Search(request)
    said = _refused(found)
    if said:
        return _cached(request, _json({"error": said}, status=400))
    if not found.is_ready:
        said = gettext("The search is being made ready. Try again in a minute.")
        return _cached(request, _json({"error": said}, status=503, headers=SOON))
    page = found.page
    answer = {
        "query": found.wish.text,
        "language": found.page_language,
        "filters": found.wish.chosen,
        "total": page.total,
        "more": page.more,
        "page": found.wish.page,
        "pages": found.pages.paginator.num_pages,
        "hits": [_hit(request, it) for it in found.shown],
    }
    return _cached(request, _json(answer))


def _refused(found: Search) -> str:
    """What is wrong with a question, in a sentence; "" for nothing."""
    if found.wish.is_long:
        return gettext("The question is longer than %(most)s characters.") % {"most": MOST_LETTERS}
    if found.unknown:
        return " ".join(map(unknown_words, found.unknown))
    if not found.wish.text:
        return gettext("Say in “q” what to search for.")
    return ""


def unknown_words(unknown: Unknown) -> str:
    """That there is no such choice, in a sentence."""
    told = {"name": unknown.name, "value": unknown.value}
    return gettext("“%(value)s” is not known as “%(name)s”.") % told


def _hit(request: Request, shown: Shown) -> dict[str, Any]:
    return {
        "kind": shown.kind.value,
        "title": _whole(shown.title),
        "url": request.build_absolute_uri(shown.address) if shown.address else None,
        "organisation": {"name": shown.organisation.name, "slug": shown.organisation.slug},
        "department": shown.unit or None,
        "stage": shown.stage,
        "year": shown.year,
        "language": shown.language,
        "invented": shown.invented,
        "excerpt": _whole(shown.excerpt),
        "outcome": _whole(shown.came) or None,
        "score": shown.score,
        "near": shown.near,
        "why": [{"asked": it.asked, "words": list(it.words)} for it in shown.why],
    }


def _whole(pieces: Any) -> str:
    return "".join(it.text for it in pieces)


def _json(content: dict[str, Any], **more: Any) -> JsonResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2}, **more)


def _cached(request: Request, response: HttpResponse) -> HttpResponse:
    """What is found depends on who asks: kept by nobody. What is public may be read anywhere."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
        return response
    patch_cache_control(response, no_cache=True)
    if response.headers["Content-Type"].startswith("application/json"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
