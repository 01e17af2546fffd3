"""Pages for what went wrong, in plain words, each with a way onwards.

They must work when little else does, so the page for our own faults reads nothing at all.
"""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from idesluss.web.frame import kept
from idesluss.web.frame.request import Request

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: Request, exception: Exception) -> HttpResponse:
    """400, or 413 when more was sent than we take."""
    if isinstance(exception, TOO_MUCH):
        return render(request, "frame/413.html", status=413)
    return render(request, "frame/400.html", status=400)


def forbidden(request: Request, exception: Exception) -> HttpResponse:
    """403: signed in, and told no."""
    return render(request, "frame/403.html", status=403)


def not_found(request: Request, exception: Exception) -> HttpResponse:
    """404: no such page, or none for this person; the same answer to both."""
    return render(request, "frame/404.html", status=404)


def server_error(request: Request) -> HttpResponse:
    """500: no database, no session, no context processors."""
    language = translation.get_language()
    html = render_to_string("frame/500.html", {"LANGUAGE_CODE": language})
    return HttpResponse(html, status=500)


def csrf_failure(request: Request, reason: str = "") -> HttpResponse:
    """The form came from a page that was opened before the last sign-in, or from elsewhere.

    From our own page (the browser says so): what was typed is kept and the page opened anew, so
    that nothing is lost. From elsewhere: 403.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    response = HttpResponseRedirect(request.get_full_path())
    if ours and kept.keep(request, response):
        return response
    return render(request, "frame/csrf.html", status=403)
