"""What every request gets: its moment, organisation and language, and headers that close doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)

from idesluss.funding.reads.endorsing import asks
from idesluss.people.models import Organisation
from idesluss.programmes.reads import has_sluice
from idesluss.web.frame import kept
from idesluss.web.frame.request import Request

Respond = Callable[[Request], HttpResponse]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # icons inside the stylesheet
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
CLOSED = {
    "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in POLICY.items()),
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def headers(respond: Respond) -> Respond:
    """Nothing from elsewhere, nothing inline, nobody frames us. A view may set a header itself."""

    def answer(request: Request) -> HttpResponse:
        response = respond(request)
        for name, value in CLOSED.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def moment(respond: Respond) -> Respond:
    """``request.at``: the one moment at which everything in this request happens (aware, UTC).

    Also ``request.htmx``: whether htmx asks and swaps the answer in.
    """

    def answer(request: Request) -> HttpResponse:
        request.at = timezone.now()
        request.htmx = request.headers.get("HX-Request") == "true"
        request.organisation = None  # type: ignore[assignment]  # until the address names one
        response = respond(request)
        patch_vary_headers(response, ("HX-Request",))
        return response

    return answer


class Place:
    """``request.organisation`` from the address, language and zone; sits after authentication.

    A view's argument ``org`` is the organisation's slug. Unknown or archived is 404.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Request) -> HttpResponse:
        request.chosen_language = chosen_language(request)
        translation.activate(request.chosen_language or settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
        was_signed_in = request.user.is_authenticated
        with timezone.override(None):
            response = self.respond(request)
        if response.status_code == 405 and not response.content:  # Django says nothing there
            allowed = response.headers["Allow"]
            response = render(request, "frame/405.html", status=405)
            response.headers["Allow"] = allowed
        kept.remember_person(request, response, was_signed_in=was_signed_in)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    def process_view(self, request: Request, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if "org" not in kwargs:
            return
        visible = Organisation.objects.visible_to(request.user, at=request.at)
        here = visible.filter(slug=kwargs["org"])
        signed_in, reads = request.user.is_authenticated, request.method in ("GET", "HEAD")
        if reads:
            here = here.annotate(takes_ideas=has_sluice(request.user, at=request.at))
        if signed_in and reads:
            here = here.annotate(asks=asks(request.user))
        organisation: Any = here.first()
        if organisation is None:
            raise Http404
        if signed_in and not reads:  # mostly sent on to another page, without any navigation
            organisation.asks = SimpleLazyObject(here.filter(asks(request.user)).exists)
        if not reads:
            taking = here.filter(has_sluice(request.user, at=request.at))
            organisation.takes_ideas = SimpleLazyObject(taking.exists)
        request.organisation = organisation
        timezone.activate(organisation.timezone)
        if request.chosen_language is None:
            translation.activate(organisation.language)
            request.LANGUAGE_CODE = translation.get_language()


def chosen_language(request: Request) -> str | None:
    """The person's choice: cookie, then their own setting, then the browser; else None."""
    ours = dict(settings.LANGUAGES)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if cookie in ours:
        return cookie
    setting = getattr(request.user, "language", "")
    if setting in ours:
        return setting
    for wish, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(wish)
        except LookupError:
            continue
    return None
