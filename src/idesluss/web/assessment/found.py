"""Rounds and cases as the office side finds them: what is hidden is as if it did not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from idesluss.funding.models import Application
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.web.frame.request import Request

OFFICE = (Role.ADMINISTRATOR, Role.REGISTRAR)


def round_here(request: Request, slug: str) -> Round:
    """The round ``slug`` of the organisation in the address, if the person may see it."""
    rounds = Round.objects.visible_to(request.user, at=request.at).filter(
        programme__organisation=request.organisation, slug=slug
    )
    found = rounds.select_related("programme__organisation").order_by("-pk").first()
    if found is None:
        raise Http404
    return found


def office_round(request: Request, slug: str, *roles: Role) -> Round:
    """The same for those who hold one of ``roles`` in the organisation."""
    if not request.user.has_role(request.organisation.pk, *(roles or OFFICE), at=request.at):
        raise Http404
    return round_here(request, slug)


Cases = QuerySet[Application]


def plain(cases: Cases) -> Cases:
    """What every page of a case shows at its head."""
    return cases.select_related("idea__unit", "round__programme__organisation")


def handled_case(
    request: Request, pk: int, *, loaded: Callable[[Cases], Cases] = plain
) -> Application:
    """The application ``pk`` of the organisation in the address, if it is open by office.

    ``loaded`` says what is read together with it.
    """
    return get_object_or_404(loaded(_handled(request)), pk=pk)


def _handled(request: Request, among: Any = Application.objects) -> Cases:
    handled: Cases = among.handled_by(request.user, at=request.at)
    # The programme of the case, which is its round's too: that is looked at already.
    return handled.filter(idea__programme__organisation=request.organisation)


def office_cases(request: Request, *roles: Role, among: Any = Application.objects) -> Cases:
    """All of them, for those who hold one of ``roles`` in the organisation; else 404.

    ``among`` says what is read together with them.
    """
    if not request.user.has_role(request.organisation.pk, *(roles or OFFICE), at=request.at):
        raise Http404
    return _handled(request, among)


def office_case(request: Request, pk: int, *roles: Role) -> Application:
    """One of them."""
    return get_object_or_404(plain(office_cases(request, *roles)), pk=pk)
