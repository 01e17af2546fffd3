"""Pages that belong to no room: home, accessibility, an organisation's colours, the language."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from idesluss.logic.themes import fingerprint, stylesheet
from idesluss.web.frame import showcase
from idesluss.web.frame.access import PUBLIC, access
from idesluss.web.frame.home import organisations_with_rounds
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request

YEAR = 365 * 24 * 60 * 60


@list_page
@access(PUBLIC)
@require_GET
def home(request: Request) -> HttpResponse:
    """Every organisation, with its rounds that are open and those whose results are out."""
    found = organisations_with_rounds(request.user, at=request.at)
    return render(request, "frame/home.html", {"organisations": found})


@access(PUBLIC)
@require_GET
def accessibility(request: Request, org: str = "") -> HttpResponse:
    """The accessibility statement, with the organisation's contact when there is one."""
    return render(request, "frame/accessibility.html")


@access(PUBLIC)
@require_GET
def theme(request: Request, org: str, digest: str) -> HttpResponse:
    """The organisation's colours; kept by browsers for ever when the address names this version."""
    colour = request.organisation.colour
    response = HttpResponse(stylesheet(colour), content_type="text/css")
    current = digest == fingerprint(colour)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if current else "no-cache"
    return response


@csrf_exempt  # sets nothing but the language of this browser
@access(PUBLIC)
@require_POST
def language(request: Request) -> HttpResponse:
    """Remember the language in this browser and go back to the same page."""
    code = request.POST.get("language", "")
    following = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, {request.get_host()}):
        following = "/"
    response = HttpResponseRedirect(following)
    if code in dict(settings.LANGUAGES) and check_for_language(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    return response


@access(PUBLIC)
def components(request: Request) -> HttpResponse:
    """Every component on one page; only while developing and in the demonstration."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    context = showcase.everything(request)
    status = 422 if request.method == "POST" and context["form"].errors else 200
    return render(request, "frame/components.html", context, status=status)
