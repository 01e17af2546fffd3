"""A draft goes on into the round that is open now, with one click."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from idesluss.funding.models import Application
from idesluss.funding.usecases.carry import carry_draft
from idesluss.logic.refusals import Refusal
from idesluss.web.frame.access import SIGNED_IN, access
from idesluss.web.frame.formats import say
from idesluss.web.frame.request import Request


@require_POST
@access(SIGNED_IN)
def carry(request: Request, org: str, pk: int) -> HttpResponse:
    """Move one's own draft to the open round, and go on where it is."""
    own = Application.objects.owned_by(request.user)
    get_object_or_404(own, pk=pk, round__programme__organisation=request.organisation)
    try:
        moved = carry_draft(pk, by=request.user, at=request.at)
    except Refusal as refusal:
        messages.error(request, say(refusal, request.organisation.timezone))
    else:
        told = gettext("Your draft is in %(round)s now, with everything that you had written.")
        messages.success(request, told % {"round": moved.round.name})
    return redirect("funding:application", org, pk)
