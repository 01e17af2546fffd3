"""Who may open a view at all: every view sits behind one ``@access(...)``.

The decorator is the outer door only. What is behind it is still read through ``visible_to`` and
written through use cases that ask their rules.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse

from idesluss.web.frame import kept
from idesluss.web.frame.request import Request

View = Callable[..., Any]
GUESTS_GO = frozenset({"ideas"})
"""Rooms of the web whose signed-in pages are open to a guest, who has come in with a follow-up code
to follow a case, and has no account."""


class Access(Enum):
    """The outer doors, from open to closed."""

    PUBLIC = "everybody"
    SIGNED_IN = "everybody who is signed in"
    MEMBER = "those with a role or a seat in the organisation of the address"
    PLATFORM = "those who set up the installation"


PUBLIC = Access.PUBLIC
SIGNED_IN = Access.SIGNED_IN
MEMBER = Access.MEMBER
PLATFORM = Access.PLATFORM


def access(who: Access) -> Callable[[View], View]:
    """Let ``who`` through to the view; the mark ``view.access`` is what the tests count.

    Not signed in: sent to sign-in, and back again. A form that was posted meanwhile is kept
    (``kept.keep``) and comes back after sign-in, not saved. Signed in but not allowed: 404, the
    same as for a page that does not exist.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> Any:
            if who is not PUBLIC and not request.user.is_authenticated:
                return _sign_in_first(request)
            if not _may(request, who):
                raise Http404
            if who is PUBLIC:
                return view(request, *args, **kwargs)
            return kept.give_back(request, lambda: view(request, *args, **kwargs))

        guarded.access = who  # type: ignore[attr-defined]
        return guarded

    return decorate


def _may(request: Request, who: Access) -> bool:
    if who is SIGNED_IN and request.user.guest:
        return bool(request.resolver_match and request.resolver_match.app_name in GUESTS_GO)
    if who is MEMBER:
        organisation = getattr(request.organisation, "pk", None)
        return organisation in request.user.standing(request.at).organisations()
    if who is PLATFORM:
        return bool(request.user.is_installer)
    return True


def _sign_in_first(request: Request) -> HttpResponse:
    """Send to sign-in and back: to the address itself, or to the page the person was on.

    The latter when a piece of a page was asked for, or something was posted without any text, so
    that nobody lands on an address that only takes what is posted. With htmx the whole page goes.
    """
    response = redirect_to_login(request.get_full_path())
    kept_it = kept.keep(request, response)
    if not kept_it and (request.htmx or request.method == "POST"):
        response = redirect_to_login(_page_they_were_on(request))
    if not request.htmx:
        return response
    whole = HttpResponse(headers={"HX-Redirect": response.url})
    whole.cookies = response.cookies
    return whole


def _page_they_were_on(request: Request) -> str:
    """Path of the page of ours that the browser names, or the home page."""
    named = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    page = urlsplit(named)
    if page.netloc != request.get_host():
        return "/"
    return urlunsplit(("", "", page.path or "/", page.query, ""))
