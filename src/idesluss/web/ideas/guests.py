"""Guests: signed in with a follow-up code, for a short while, to their own cases alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import auth
from django.contrib.auth.backends import BaseBackend
from django.http import HttpResponse

from idesluss.ideas.usecases.codes import WrongCode, sign_in_with
from idesluss.people.models import Person
from idesluss.web.frame.request import Request

BACKEND = "idesluss.web.ideas.guests.FollowUpBackend"
STAY = timedelta(minutes=30)
SEEN = "follow_up_seen"
UNTIL_THE_BROWSER_CLOSES = 0


class FollowUpBackend(BaseBackend):
    """Follow-up codes. A session is bound to its code by Django's own session hash (see codes)."""

    def authenticate(self, request: Any, follow_up_code: str = "", **kwargs: Any) -> Person | None:
        """The guest whose code it is, None if it does not work."""
        if not follow_up_code:
            return None
        try:
            return sign_in_with(follow_up_code, at=request.at)
        except WrongCode:
            return None

    def get_user(self, user_id: int) -> Person | None:
        return Person.objects.filter(pk=user_id, guest=True, is_active=True).first()


def sign_in(request: Request, guest: Person) -> None:
    """Sign a guest in until the browser is closed, or half an hour goes by without anything."""
    auth.login(request, guest, backend=BACKEND)
    request.session.set_expiry(UNTIL_THE_BROWSER_CLOSES)
    request.session[SEEN] = request.at.isoformat()


def short_stay(respond: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Sign a guest out after half an hour without anything: the machine may be anybody's."""

    def answer(request: Request) -> HttpResponse:
        if request.user.is_authenticated and request.user.guest:
            seen = request.session.get(SEEN, request.at.isoformat())
            gone = request.at - datetime.fromisoformat(seen)
            if gone >= STAY:
                auth.logout(request)
            elif gone >= timedelta(minutes=1) or SEEN not in request.session:
                request.session[SEEN] = request.at.isoformat()
        return respond(request)

    return answer
