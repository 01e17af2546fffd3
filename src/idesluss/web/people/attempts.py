"""Carry out what a form or a button asks, and put a refusal where the person looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404

from idesluss.logic.refusals import Refusal
from idesluss.people.models import Organisation
from idesluss.people.rules import may_set_up
from idesluss.web.frame.formats import refused, say
from idesluss.web.frame.request import Request


def carried_out(request: Request, form: Any, act: Callable[[], object]) -> bool:
    """Whether the posted ``form`` is right and ``act`` (which reads its data) was not refused.

    A refusal stands at its field, or at the top of the form.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refusal as refusal:
        refused(form, refusal, zone_of(request))
        return False
    return True


def done(request: Request, act: Callable[[], object], told: str = "") -> bool:
    """Whether ``act`` was not refused; says ``told``, or why not, on the next page."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, say(refusal, zone_of(request)))
        return False
    if told:
        messages.success(request, told)
    return True


def zone_of(request: Request) -> Any:
    """The time zone of the address's organisation, None where there is none."""
    organisation = getattr(request, "organisation", None)
    return organisation.timezone if organisation else None


def set_up_here(request: Request) -> Organisation:
    """The organisation of the address, for its fund administrators; 404 for everybody else."""
    if not may_set_up(request.user, request.organisation.pk, request.at):
        raise Http404
    return request.organisation


def status_of(*forms: Any) -> int:
    """422 when something must be put right, else 200."""
    return 422 if any(form.is_bound and form.errors for form in forms) else 200
