"""What is stuck in the organisation, and with whom; a button reminds whose turn it is."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from idesluss.insight.acts import Act
from idesluss.insight.reads.stuck import stuck_in
from idesluss.people import usecases
from idesluss.web.frame.access import MEMBER, access
from idesluss.web.frame.lists import list_page
from idesluss.web.frame.request import Request
from idesluss.web.people.attempts import done, set_up_here


@list_page
@access(MEMBER)
@require_safe
def stuck(request: Request, org: str) -> HttpResponse:
    """Cases near or past their promised day, whose turn it is, and letters in trouble."""
    found = stuck_in(set_up_here(request), request.user, at=request.at)
    return render(request, "insight/stuck.html", {"stuck": found})


@access(MEMBER)
@require_POST
def remind(request: Request, org: str, pk: int) -> HttpResponse:
    """Send somebody of the organisation a friendly letter, once a day at most."""
    organisation = set_up_here(request)
    what = request.POST.get("what", "")
    if what not in Act.values:
        raise Http404

    def act() -> None:
        usecases.remind(
            pk, organisation_id=organisation.pk, what=what, by=request.user, at=request.at
        )

    done(request, act, gettext("A friendly reminder is on its way."))
    return redirect("insight:stuck", org)
