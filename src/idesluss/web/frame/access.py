"""Who may open a view at all: every view sits behind one ``@access(...)``.

The decorator is the outer door only. What is behind it is still read through ``visible_to`` and
written through use cases that ask their rules.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse

from idesluss.web.frame import kept
from idesluss.web.frame.request import Request

View = Callable[..., Any]


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
    if who is MEMBER:
        organisation = getattr(request.organisation, "pk", None)
        return organisation in request.user.standing(request.at).organisations()
    if who is PLATFORM:
        return bool(request.user.is_installer)
    return True


def _sign_in_first(request: Request) -> HttpResponse:
    """Send to sign-in and back; a piece that htmx asked for sends the whole page there."""
    next_page = request.get_full_path()
    if request.htmx and request.method == "GET":
        next_page = request.headers.get("HX-Current-URL", next_page)
    response = redirect_to_login(next_page)
    kept.keep(request, response)
    if request.htmx:
        whole = HttpResponse(status=200)
        whole.headers["HX-Redirect"] = response.url
        whole.cookies = response.cookies
        return whole
    return response
